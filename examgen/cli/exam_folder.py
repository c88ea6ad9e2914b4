"""An exam's folder, of one form or of a class: which forms there are, and where things lie."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from pathlib import Path
from secrets import token_hex
from typing import Any

from examgen.cli.folders import RECORD, read_exam, read_text
from examgen.exams.assembly import exam_id
from examgen.exams.exam import Exam
from examgen.exams.record import read_labels, read_printed, read_record
from examgen.exams.roster import Student
from examgen.faults import Fault
from examgen.grading.belonging import FormEntry, Register
from examgen.grading.key_check import stale_parts

GRADEBOOK = "gradebook.sqlite"
GRADES = "grades"
ROSTER = "roster.csv"


@dataclass(frozen=True)
class ExamFolder:
    """The instructor's side of an exam."""

    folder: Path
    """Where the record lies, or for a class the folders of its forms."""
    record: Path | None
    """The record of an exam of one form."""
    run: str = field(default_factory=partial(token_hex, 4), compare=False, repr=False)
    """What tells this run from others in workers that outlive it."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Workers read the roster for themselves, once."""
        return exam_folder, (self.folder, self.record, self.run)

    @classmethod
    def at(cls, path: Path) -> ExamFolder:
        """The exam whose folder, or whose exam.json, is named."""
        if path.is_dir() and not (path / RECORD).exists() and not (path / RECORD.name).exists():
            for folder in (path / RECORD.parent, path):
                if any(folder.glob(f"*/{RECORD.name}")):
                    return cls(folder, None)
        _, record = read_exam(path)
        return cls(record.parent, record)

    @property
    def gradebook(self) -> Path:
        """Where the gradebook lies unless it is said otherwise."""
        return self.folder / GRADEBOOK

    @property
    def grades(self) -> Path:
        """Where feedback goes unless it is said otherwise."""
        return self.folder / GRADES

    @property
    def rooms(self) -> tuple[Path, ...]:
        """Where the exam's own files lie; nothing where its record lies alone."""
        if self.folder.name != RECORD.parent.name:
            return ()
        return self.folder, self.folder.with_name("student")

    def record_of(self, form: str) -> Path:
        """Where the record of a form lies."""
        return self.record or self.folder / form / RECORD.name

    @cached_property
    def labels(self) -> Callable[[str], tuple[str, ...]]:
        """The labels of a form; those of the latest are known."""
        return lru_cache(maxsize=64)(self.read_labels)

    def read_labels(self, form: str) -> tuple[str, ...]:
        """The labels of a form, from its record."""
        record = self.record_of(form)
        return read_labels(read_text(record), str(record))

    @cached_property
    def id(self) -> str:
        """The exam's id; of a class one that no form bears."""
        exam = self.any_form
        return exam.id if self.record else exam_id(exam.blueprint, exam.seed, "")

    @cached_property
    def any_form(self) -> Exam:
        """A form, for what all have in common."""
        record = self.record or min(self.folder.glob(f"*/{RECORD.name}"))
        return load(record)

    @cached_property
    def register(self) -> Register:
        """All forms; of a class those that have a record."""
        if self.record:
            return Register((FormEntry(self.any_form.form, self.any_form.id),))
        listed = {each.form: each for each in self.listed()}
        names = sorted(path.parent.name for path in self.folder.glob(f"*/{RECORD.name}"))
        return Register(tuple(listed.get(form) or self.read_entry(form) for form in names))

    def listed(self) -> Iterator[FormEntry]:
        """The forms that the roster lists; none where there is no roster."""
        try:
            text = (self.folder / ROSTER).read_text(encoding="utf-8")
        except FileNotFoundError:
            return
        except (OSError, UnicodeDecodeError) as error:
            raise Fault(str(self.folder / ROSTER), f"it cannot be read ({error})") from error
        for row in csv.DictReader(text.splitlines()):
            told = (undefused(row.get(column) or "") for column in ("id", "name", "email"))
            yield FormEntry(row["form"], row["exam"], *told)

    def read_entry(self, form: str) -> FormEntry:
        """A form that is not on the roster, from its record."""
        path = self.record_of(form)
        try:
            return FormEntry(form, str(json.loads(path.read_text(encoding="utf-8"))["id"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Fault(str(path), f"it is not the record of an exam ({error})") from error


def known_gradebook(folder: ExamFolder, named: Path | None) -> Path:
    """The gradebook that is named, else the exam's own; raises `Fault` where there is none yet."""
    path = named or folder.gradebook
    if not path.exists():
        raise Fault(str(path), "there is no gradebook", "`examgen grade` first")
    return path


def check_key(folder: ExamFolder, *, recorded_key: bool) -> None:
    """Refuse to mark an exam of one form whose key the code no longer computes, or nobody reads."""
    stale = stale_parts(load(folder.record)) if folder.record else ()
    if stale and not recorded_key:
        raise Fault(
            str(folder.record),
            f"this examgen no longer computes the recorded answer of {', '.join(stale)}",
            "the version that drew it, your --families, or `grade --recorded-key`; "
            "nothing was marked",
        )


@lru_cache(maxsize=1)
def exam_folder(folder: Path, record: Path | None, run: str) -> ExamFolder:
    """The exam's folder in a worker, the same for all its work of one run."""
    return ExamFolder(folder, record, run)


def owner(entry: FormEntry) -> Student | None:
    """Whose form it is, where there is a roster."""
    return Student(entry.id, entry.name, entry.email) if entry.id else None


def undefused(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from computing it."""
    return cell[1:] if cell.startswith("'") else cell


def stamp(path: Path) -> tuple[int, int]:
    """What tells a file from what it was before: workers of a cluster outlive a run."""
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size


def load_printed(record: Path) -> Exam:
    """The exam with this record as it was printed, without its problems: read much sooner."""
    return read_printed_form(record, stamp(record))


@lru_cache(maxsize=16)
def read_printed_form(record: Path, _: tuple[int, int]) -> Exam:
    """The exam as it was printed, read once."""
    return read_printed(read_text(record), str(record))


def load(record: Path) -> Exam:
    """The exam with this record."""
    return read_form(record, stamp(record))


@lru_cache(maxsize=16)
def read_form(record: Path, _: tuple[int, int]) -> Exam:
    """The exam with this record, read once."""
    return read_record(read_text(record), str(record))
