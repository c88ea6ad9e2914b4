"""How and where `grade` wrote feedback last: later decisions are told in the same way."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from examgen.cli.exam_folder import ExamFolder, check_key
from examgen.cli.folders import check_writable, write_lines
from examgen.cli.grading.final_points import Exports, write_exports
from examgen.cli.grading.grading_run import Run
from examgen.cli.grading.marking_pool import Feedback
from examgen.cli.looks import chosen
from examgen.documents.grades_table import write_csv
from examgen.faults import Fault
from examgen.grading.gradebook.schema import transaction
from examgen.grading.marks import Grades

SETTING = "told"


def note(book: sqlite3.Connection, gradebook: Path, run: Run) -> None:
    """Write down how a run tells students, and where; paths as they lie to the gradebook."""
    feedback = run.feedback
    templates = feedback.look.templates
    kept = {
        "output": beside(gradebook, run.output),
        "formats": feedback.formats,
        "solutions": feedback.solutions,
        "flavor": feedback.look.flavor,
        "templates": beside(gradebook, templates) if templates else None,
        "recorded_key": run.recorded_key,
    }
    with transaction(book):
        row = (SETTING, json.dumps(kept))
        book.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", row)


def is_last(book: sqlite3.Connection, gradebook: Path, run: Run) -> bool:
    """Whether the run before wrote where this one writes."""
    row = book.execute("SELECT value FROM setting WHERE name = ?", (SETTING,)).fetchone()
    return bool(row and json.loads(row[0])["output"] == beside(gradebook, run.output))


def beside(gradebook: Path, path: Path) -> str:
    """A path from the gradebook's folder, so that both can be moved together."""
    try:
        return os.path.relpath(path.resolve(), gradebook.resolve().parent)
    except ValueError:  # on another drive of Windows
        return str(path.resolve())


def like_the_last(
    book: sqlite3.Connection,
    gradebook: Path,
    folder: ExamFolder,
    output: Path | None,
    jobs: int = 1,
) -> Run:
    """A run that tells students as `grade` did last; into *output*, if that is said.

    Raises `Fault` where the key cannot be computed and `grade` was not to do without, where its
    templates are gone, and where nothing can be written.
    """
    found = book.execute("SELECT value FROM setting WHERE name = ?", (SETTING,)).fetchone()
    if found is None:
        check_writable(output or folder.grades)
        return Run(folder, output or folder.grades, Feedback(), recorded_key=True, jobs=jobs)
    kept = json.loads(found[0])
    room = gradebook.resolve().parent
    templates = room / kept["templates"] if kept["templates"] else None
    if templates and not templates.is_dir():
        found = "the templates that feedback was written with are not there"
        raise Fault(str(shortened(templates)), found, "`grade` first, with others or none")
    look = chosen(kept["flavor"], templates)
    check_key(folder, recorded_key=kept["recorded_key"])
    feedback = Feedback(tuple(kept["formats"]), kept["solutions"], look)
    last = room / kept["output"]
    # Where the exam was moved without it, nothing is written to a place that nobody named.
    target = output or (shortened(last) if last.is_dir() else folder.grades)
    check_writable(target)
    return Run(folder, target, feedback, recorded_key=kept["recorded_key"], jobs=jobs)


def shortened(path: Path) -> Path:
    """A path as a person would write it: from the current folder where it lies below."""
    whole = path.resolve()
    return whole.relative_to(Path.cwd()) if whole.is_relative_to(Path.cwd()) else whole


def write_tables(book: sqlite3.Connection, run: Run, grades: Grades) -> Iterator[str]:
    """Write the tables of a run that graded again; a line about each, and where they are.

    Tables for other systems that are there are rewritten too: nobody should send old points.
    """
    write_lines(run.output / "grades.csv", write_csv(grades, run.folder.any_form))
    yield f"Feedback and grades.csv are in {run.output}"
    yield from (f"  refused: {each.file}: {each.reason}" for each in grades.refused)
    gradescope, moodle = (
        (run.output / f"{each}.csv").exists() for each in ("gradescope", "moodle")
    )
    again = Exports(gradescope=gradescope, moodle=moodle)
    yield from write_exports(book, run.folder, run.output, len(grades.sheets), again)
    if (run.output / "canvas.csv").exists():
        yield "  canvas.csv still has the earlier points: `examgen grade --canvas` updates it"
