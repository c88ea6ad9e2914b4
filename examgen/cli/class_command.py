"""`examgen generate` for a class: who sits which form, and what the instructor is told."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from examgen.cli.classes import Job, Sitting, Written, write_class
from examgen.cli.folders import RECORD, write_file
from examgen.cli.pools import pool_of
from examgen.documents.class_tables import fairness_table, roster_table
from examgen.exams.form_names import lettered
from examgen.exams.forms import spread
from examgen.exams.roster import read_roster
from examgen.faults import Fault, visible

ROSTER, FAIRNESS = Path("instructor", "roster.csv"), Path("instructor", "fairness.csv")


def seated(roster: Path | None, forms: int | None) -> tuple[Sitting, ...]:
    """The forms to write: one for each student, or so many with letters."""
    if roster is None:
        return tuple(Sitting(name) for name in lettered(forms or 1))
    if forms is not None:
        raise click.UsageError(
            "--roster and --forms: a form for each student, or so many; not both"
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
    with pool_of(min(jobs, len(sittings)), scheduler) as pool, bar(len(sittings)) as advance:
        written = []
        for each in write_class(job, sittings, pool):
            written.append(each)
            advance()
    forms = [(each.sitting.form, each.exam, each.sitting.student) for each in written]
    work = [(each.sitting.form, each.seconds) for each in written]
    write_file(job.folder / ROSTER, roster_table(forms))
    write_file(job.folder / FAIRNESS, fairness_table(work))
    tell(job, written, as_json=as_json)


@contextmanager
def bar(count: int) -> Iterator[Callable[[], object]]:
    """A progress bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    with click.progressbar(length=count, label="Forms", file=sys.stderr) as shown:
        yield lambda: shown.update(1)


def tell(job: Job, written: Sequence[Written], *, as_json: bool) -> None:
    """Say what was written, and how alike the forms are."""
    new = sum(each.is_new for each in written)
    totals = [each.total for each in written]
    apart = 100 * spread(totals)
    blueprint, seed = job.plan.blueprint, job.plan.seed
    click.echo(f"{blueprint.title}, {len(written)} forms, seed {visible(seed)}", err=as_json)
    click.echo(f"  {new} new, {len(written) - new} already there, in {job.folder}", err=as_json)
    click.echo(
        f"  hand-work {min(totals) / 60:.0f} to {max(totals) / 60:.0f} minutes a form, "
        f"{float(apart):.1f} % apart ({job.folder / FAIRNESS})",
        err=as_json,
    )
    if as_json:
        report = {
            "seed": seed,
            "possible": job.plan.points,
            "new": new,
            "spread_percent": round(float(apart), 2),
            "forms": [{"form": each.sitting.form, "exam": each.exam} for each in written],
        }
        click.echo(json.dumps(report, ensure_ascii=False))
