"""`examgen regrade`: decisions about parts after the fact, shown before they are written."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from examgen.cli import options
from examgen.cli.codes import DONE, FINDINGS
from examgen.cli.decisions.decision_options import RegradeRequest, decision_options
from examgen.cli.decisions.decision_report import as_gone, as_record, listed, proposed
from examgen.cli.decisions.new_decisions import By, about_all, about_parts, no_more, the_student
from examgen.cli.decisions.regrading import Change, Step, changes, put_in_force
from examgen.cli.exam_folder import ExamFolder, known_gradebook
from examgen.cli.grading.last_run import like_the_last, write_tables
from examgen.cli.grading.lateness import odd_lines
from examgen.faults import visible
from examgen.grading.gradebook.decisions import rulings, taken_back
from examgen.grading.gradebook.schema import open_gradebook
from examgen.grading.gradebook.standing import terms_of
from examgen.grading.marks import rounded

SHOWN = 40
"""Students listed on the terminal; --json lists all."""


@click.command()
@options.exam
@options.families
@decision_options
@options.gradebook
@options.output_of_grade
@click.option("--yes", is_flag=True, help="Write without asking.")
@options.jobs
@options.as_json
def command(
    exam: Path,
    request: RegradeRequest,
    gradebook: Path | None,
    output: Path | None,
    yes: bool,
    jobs: int,
    as_json: bool,
) -> int:
    """Change how parts of EXAM are marked, after the fact; shows first whose points change.

    Without a decision, everything is marked by the key and the decisions in force. Feedback is
    written again as `grade` wrote it last.
    """
    folder = ExamFolder.at(exam)
    by = By.now(request.who, request.why)
    new = list(about_parts(folder, request, by))
    path = known_gradebook(folder, gradebook)
    with open_gradebook(path, exam=folder.id) as book:
        student = the_student(book, folder, request.student) if request.student else ""
        new += about_all(request, student, by)
        if request.as_list:
            if new or request.take_back:
                raise click.UsageError("--list decides nothing; call it alone")
            say_decisions(book, as_json=as_json)
            return DONE
        run = like_the_last(book, path, folder, output, jobs)
        step = Step.of(rulings(book), new, list(no_more(request.take_back, rulings(book), by)))
        if request.late and not any(each.kind == "due" and each.answer for each in step.then):
            raise click.UsageError("--late needs --due: nothing says yet what is late")
        changed = list(changes(book, folder, step))
        preview = [*proposed(step.new, step.gone), *said(changed)]
        if not yes:
            say([*preview, *odd_lines(book, terms_of(step.then))], as_json=as_json)
        is_written = yes or confirmed(as_json=as_json)
        if is_written:
            # What needs no answer is written before it is said: whoever reads may leave early.
            lines = list(write_tables(book, run, put_in_force(book, run, step)))
            say([*(preview if yes else ()), *lines], as_json=as_json)
    if as_json:
        click.echo(json.dumps({"written": is_written, "changes": list(map(as_data, changed))}))
    return DONE if is_written or not changed else FINDINGS


def confirmed(*, as_json: bool) -> bool:
    """Whether a person at a terminal says that it should be written."""
    if sys.stdin.isatty() and click.confirm("Write this?", err=as_json):
        return True
    click.echo("Nothing was written; --yes writes it.", err=as_json)
    return False


def say(lines: Sequence[str], *, as_json: bool) -> None:
    """Print lines for people."""
    for line in lines:
        click.echo(line, err=as_json)


def say_decisions(book: sqlite3.Connection, *, as_json: bool) -> None:
    """Print what was decided, for people or for other programs."""
    decided, gone = rulings(book), taken_back(book)
    if as_json:
        kept = {"decisions": list(map(as_record, decided)), "taken_back": list(map(as_gone, gone))}
        click.echo(json.dumps(kept))
        return
    for line in listed(decided, gone):
        click.echo(line)


def said(changed: Sequence[Change]) -> Iterator[str]:
    """Who changes, and by how much."""
    if not changed:
        yield "Nobody's points change."
        return
    gain = sum(each.after > each.before for each in changed)
    students = "1 student changes" if len(changed) == 1 else f"{len(changed)} students change"
    yield f"{students}: {gain} gain, {len(changed) - gain} lose."
    for each in changed[:SHOWN]:
        name = f" ({visible(each.name)})" if each.name and each.name != each.student else ""
        change = each.after - each.before
        yield (
            f"  {visible(each.student)}{name}: {rounded(each.before)} → {rounded(each.after)}"
            f" ({'+' if change > 0 else '−'}{rounded(abs(change))})"
        )
    if len(changed) > SHOWN:
        yield f"  and {len(changed) - SHOWN} more"


def as_data(change: Change) -> dict[str, Any]:
    """A change for other programs."""
    return {
        "student": change.student,
        "name": change.name,
        "before": rounded(change.before),
        "after": rounded(change.after),
    }
