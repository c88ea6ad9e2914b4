"""`examgen generate` for a class: who sits which form, and the tables for the instructor."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from examgen.cli.drawing.class_folders import Job, Sitting, Written, write_class
from examgen.cli.exam_folder import ExamFolder, owner
from examgen.cli.folders import RECORD, write_file
from examgen.cli.pools import pool_of
from examgen.documents.class_tables import fairness_table, roster_table
from examgen.exams.form_names import lettered
from examgen.exams.forms import spread
from examgen.exams.roster import read_roster
from examgen.faults import Fault, visible
from examgen.grading.belonging import FormEntry

ROSTER, FAIRNESS = Path("instructor", "roster.csv"), Path("instructor", "fairness.csv")


def seated(roster: Path | None, forms: int | None) -> tuple[Sitting, ...]:
    """The forms to write: one for each student, or *forms* of them, named by letters."""
    if roster is None:
        return tuple(Sitting(name) for name in lettered(forms or 1))
    if forms is not None:
        raise click.UsageError(
            "--roster writes a form for each student, --forms a number of them; not both"
        )
    students = read_roster(roster.read_bytes(), roster.name)
    return tuple(Sitting(student.form, student) for student in students)


def generate_class(
    job: Job, sittings: Sequence[Sitting], jobs: int, scheduler: str, *, as_json: bool
) -> None:
    """Write the forms, the tables about them, and tell what was done."""
    if (job.folder / RECORD).exists():
        raise Fault(
            str(job.folder / RECORD), "an exam of one form is there already", "another folder"
        )
    others = beside(job, sittings)
    with pool_of(min(jobs, len(sittings)), scheduler) as pool, bar(len(sittings)) as advance:
        written = []
        for each in write_class(job, sittings, pool):
            written.append(each)
            advance()
    forms = [(each.sitting.form, each.exam, each.sitting.student) for each in written]
    work = [(each.sitting.form, each.seconds) for each in written]
    forms += [(each.form, each.exam, owner(each)) for each in others]
    work += work_of(job.folder / FAIRNESS, {each.form for each in others})
    write_file(job.folder / ROSTER, roster_table(forms))
    write_file(job.folder / FAIRNESS, fairness_table(work))
    tell(job, written, [sum(seconds) for _, seconds in work], as_json=as_json)


def beside(job: Job, sittings: Sequence[Sitting]) -> list[FormEntry]:
    """The forms of this exam that are there but not asked for, as when students have left.

    Raises `Fault` where some are of another exam: one folder would hold two.
    """
    room = job.folder / RECORD.parent
    asked = {each.form for each in sittings}
    entries = ExamFolder(room, None).register.forms if room.is_dir() else ()
    others = [each for each in entries if each.form not in asked]
    strange = [each for each in others if each.exam != job.plan.form_id(each.form)]
    if strange:
        some = ", ".join(each.form for each in strange[:8]) + (", …" if len(strange) > 8 else "")
        raise Fault(str(room), f"it holds forms of another exam, too: {some}", "another folder")
    return others


def work_of(path: Path, forms: Collection[str]) -> list[tuple[str, tuple[int, ...]]]:
    """The hand-work of these forms, as far as the table of an earlier run has it."""
    with suppress(OSError, ValueError, KeyError):
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        return [
            (row["form"], tuple(int(row[each]) for each in row if each.isdecimal() and row[each]))
            for row in rows
            if row["form"] in forms
        ]
    return []


@contextmanager
def bar(count: int) -> Iterator[Callable[[], object]]:
    """A progress bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    with click.progressbar(length=count, label="Forms", file=sys.stderr) as shown:
        yield lambda: shown.update(1)


def tell(job: Job, written: Sequence[Written], totals: Sequence[int], *, as_json: bool) -> None:
    """Say what was written, and how alike the forms are: *totals* is their hand-work."""
    new = sum(each.is_new for each in written)
    apart = float(100 * spread(totals))
    blueprint, seed = job.plan.blueprint, job.plan.seed
    forms = f"{len(written)} form{'' if len(written) == 1 else 's'}"
    click.echo(f"{blueprint.title}, {forms}, seed {visible(seed)}", err=as_json)
    click.echo(f"  {new} new, {len(written) - new} already there, in {job.folder}", err=as_json)
    least, most = (f"{each / 60:.0f}" for each in (min(totals), max(totals)))
    between = most if least == most else f"{least} to {most}"
    minutes = f"{between} minute{'' if most == '1' else 's'}"
    alike = f" a form, {apart:.1f} % apart" if len(totals) > 1 else ""
    click.echo(f"  hand-work {minutes}{alike} ({job.folder / FAIRNESS})", err=as_json)
    if as_json:
        report = {
            "seed": seed,
            "possible": job.plan.points,
            "new": new,
            "spread_percent": round(apart, 2),
            "forms": [{"form": each.sitting.form, "exam": each.exam} for each in written],
        }
        click.echo(json.dumps(report, ensure_ascii=False))
