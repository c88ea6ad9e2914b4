"""Marking submissions and writing what their students are told, many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path

from examgen.cli.exam_folder import load
from examgen.documents.feedback import write_feedback
from examgen.documents.look import Look
from examgen.grading.grade import mark_responses
from examgen.grading.gradebook.decisions import ManualMark, with_manual
from examgen.grading.gradebook.submissions import Submission
from examgen.grading.key_check import stale_parts
from examgen.grading.marks import GradedSheet, Mark
from examgen.grading.rulings import Rulings

CHUNK = 25
"""Submissions that a worker is given at a time."""


@dataclass(frozen=True)
class Feedback:
    """How students are told."""

    formats: tuple[str, ...] = ("md",)
    solutions: bool = True
    look: Look = field(default_factory=Look)

    @property
    def key(self) -> str:
        """What tells one way from another; the formats are told by their files."""
        return f"{self.solutions} {self.look.flavor} {self.look.templates}"


@dataclass(frozen=True)
class Todo:
    """A submission to be marked, or only to be told of its marks."""

    submission: Submission
    record: Path
    rulings: Rulings
    by_hand: Mapping[str, ManualMark]
    fingerprint: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Task:
    """Some submissions, and what is the same for all."""

    todo: tuple[Todo, ...]
    recorded_key: bool
    feedback: Feedback


@dataclass(frozen=True)
class Done:
    """What came of one submission; `refused` where the code no longer knows its form."""

    submission: int
    marks: tuple[Mark, ...]
    texts: Mapping[str, str]
    fingerprint: str
    refused: str = ""


def tasks(todo: Iterable[Todo], feedback: Feedback, *, recorded_key: bool) -> Iterator[Task]:
    """The work in pieces."""
    left = iter(todo)
    while piece := tuple(islice(left, CHUNK)):
        yield Task(piece, recorded_key, feedback)


def work(task: Task) -> list[Done]:
    """Mark the submissions of a task and write their feedback."""
    return [done(each, task) for each in task.todo]


def done(todo: Todo, task: Task) -> Done:
    """Mark one submission, unless it is marked, and write what its student is told."""
    exam, stale, found = load(todo.record), stale_of(todo.record), todo.submission
    if stale and not task.recorded_key:
        said = f"this examgen no longer computes the recorded answer of {', '.join(stale)}"
        return Done(found.id, (), {}, "", said)
    marks = todo.marks or mark_responses(
        exam, found.responses, by_record=frozenset(stale), rulings=todo.rulings
    )
    told = tuple(with_manual(mark, todo.by_hand.get(mark.label)) for mark in marks)
    sheet = GradedSheet(found.file, found.written_id, found.name, told, found.warnings)
    wish = task.feedback
    texts = {
        each: write_feedback(exam, sheet, each, solutions=wish.solutions, look=wish.look)
        for each in wish.formats
    }
    return Done(found.id, marks, texts, todo.fingerprint)


@lru_cache(maxsize=64)
def stale_of(record: Path) -> tuple[str, ...]:
    """The parts of a form whose recorded answer the code no longer computes."""
    return stale_parts(load(record))


def work_all(pieces: Iterable[Task], pool: Executor | None) -> Iterator[Done]:
    """The work done, in order; with a pool, several pieces at a time but never all at once."""
    if pool is None:
        for piece in pieces:
            yield from work(piece)
        return
    waiting = []
    for piece in pieces:
        waiting.append(pool.submit(work, piece))
        if len(waiting) > 16:
            yield from waiting.pop(0).result()
    for future in waiting:
        yield from future.result()
