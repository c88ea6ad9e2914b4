"""The folders of a class: a form for each student, written side by side and resumed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from examgen.cli.folders import OUTLINE, RECORD, clear, read_exam, write_file
from examgen.exams.additions import open_catalog
from examgen.exams.exam import Exam
from examgen.exams.forms import Plan, item_seconds
from examgen.exams.record import write_record
from examgen.exams.roster import Student
from examgen.faults import Fault

Pages = Callable[[Exam, Student | None], Mapping[str, str | bytes]]
"""What makes the pages of a form, by their paths in the folder of an exam of its own."""
CHUNK = 16
"""Forms that a worker is given at a time."""
catalog_of = lru_cache(maxsize=1)(open_catalog)
"""The catalog with these banks, opened once in each process."""


@dataclass(frozen=True)
class Sitting:
    """A form and, where there is a roster, who is to sit it."""

    form: str
    student: Student | None = None


@dataclass(frozen=True)
class Written:
    """What there is to tell of a form that lies in its folder."""

    sitting: Sitting
    exam: str
    seconds: tuple[int, ...]
    """The hand-work of each item."""
    is_new: bool

    @property
    def total(self) -> int:
        """The hand-work of the whole form, in seconds."""
        return sum(self.seconds)


@dataclass(frozen=True)
class Job:
    """What is the same for all forms of a class."""

    folder: Path
    plan: Plan
    pages: Pages
    expected: tuple[str, ...]
    """The pages that a whole form has at least."""
    banks: tuple[Path, ...]
    """The instructor's own; each worker opens them for itself."""
    force: bool


def write_class(
    job: Job, sittings: Sequence[Sitting], pool: Executor | None = None
) -> Iterator[Written]:
    """Write every form that is not there yet, in order; with a *pool*, many at a time."""
    if pool is None:
        for each in sittings:
            yield write_form(job, each)
        return
    chunks = [sittings[start : start + CHUNK] for start in range(0, len(sittings), CHUNK)]
    for written in pool.map(partial(write_forms, job), chunks):
        yield from written


def write_forms(job: Job, sittings: Iterable[Sitting]) -> list[Written]:
    """Write some of the forms."""
    return [write_form(job, each) for each in sittings]


def write_form(job: Job, sitting: Sitting) -> Written:
    """Write a form; files of it that are there already stay, unless the job forces them.

    The record comes last: a form that has one is whole, or was.
    """
    record = job.folder / path_in_class(RECORD.as_posix(), sitting.form)
    paths = {name: job.folder / path_in_class(name, sitting.form) for name in job.expected}
    existing = None if job.force or not record.exists() else recorded(job, sitting, record)
    if existing is not None and all(path.exists() for path in paths.values()):
        return Written(sitting, existing.id, item_seconds(existing), is_new=False)
    exam = existing or job.plan.form(sitting.form, catalog_of(job.banks))
    if existing is None:
        # If this run is killed, the form has no record and is drawn again, never half of it.
        record.unlink(missing_ok=True)
        clear(*(job.folder / side / sitting.form for side in ("student", "instructor")))
    for name, content in job.pages(exam, sitting.student).items():
        path = job.folder / path_in_class(name, sitting.form)
        if name == OUTLINE:
            share(job.folder / name, content, sitting.form)
        elif existing is None or not path.exists():
            write_file(path, content)
    if existing is None:
        write_file(record, write_record(exam))
    return Written(sitting, exam.id, item_seconds(exam), is_new=existing is None)


def share(path: Path, content: str | bytes, form: str) -> None:
    """Write what all forms have in common; raise `Fault` where this form differs."""
    if not path.exists():
        write_file(path, content)
    elif path.read_bytes() != (content.encode() if isinstance(content, str) else content):
        raise Fault(
            str(path),
            f"form {form} has its answer boxes elsewhere than the forms written before",
            "another folder for another blueprint, layout or answer space, or --force",
        )


def recorded(job: Job, sitting: Sitting, record: Path) -> Exam:
    """The recorded form, if it is the one that this job would draw."""
    exam, _ = read_exam(record)
    if exam.id != job.plan.form_id(sitting.form):
        raise Fault(
            str(record),
            f"a form of another exam is there already, {exam.id}",
            "its own seed and blueprint, another folder, or --force",
        )
    return exam


def path_in_class(name: str, form: str) -> str:
    """Where a file of an exam lies in the folder of a class: student/A/paper.md."""
    side, _, rest = name.partition("/")
    return f"{side}/{form}/{rest}"
