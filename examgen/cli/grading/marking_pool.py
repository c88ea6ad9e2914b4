"""Marking submissions and writing what their students are told, many at a time."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path

from examgen.cli.exam_folder import stamp
from examgen.cli.folders import read_text, write_file
from examgen.documents.feedback import lay_out_feedback, write_page
from examgen.documents.feedback_page import FeedbackPage
from examgen.documents.look import Look
from examgen.exams.exam import Exam
from examgen.exams.record import read_record
from examgen.grading.grade import item_keys, mark_responses
from examgen.grading.gradebook.decisions import ManualMark, with_manual
from examgen.grading.gradebook.submissions import Row, Submission, row_of
from examgen.grading.item_key import ItemKey
from examgen.grading.key_check import stale_parts
from examgen.grading.line_slips import line_slips
from examgen.grading.marks import GradedSheet, Late, Mark
from examgen.grading.rulings import Rulings
from examgen.kept import interned

CHUNK = 25
"""Submissions that a worker is given at a time."""
KEPT = 16
"""Forms whose keys, and the marks given with them, are remembered."""


@dataclass(frozen=True)
class Feedback:
    """How feedback is written."""

    formats: tuple[str, ...] = ("md",)
    solutions: bool = True
    look: Look = field(default_factory=Look)

    @property
    def key(self) -> str:
        """What tells one way from another; the formats are told by their files."""
        return f"{self.solutions} {self.look.flavor} {self.look.templates}"


@dataclass(frozen=True)
class Todo:
    """A submission that is to be marked, or marked already and without its feedback."""

    submission: Submission
    record: Path
    rulings: Rulings
    by_hand: Mapping[str, ManualMark]
    late: Late | None
    instead: str
    """The file of the student's sheet that counts, where this one does not."""
    fingerprint: str
    form: str
    """The fingerprint that all have who sit the same form."""
    target: Path
    """Where its feedback goes, but for the ending."""
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
    rows: tuple[Row, ...]
    fingerprint: str
    refused: str = ""
    slips: tuple[str, ...] = ()
    """Answers that look as if they stood on the wrong lines, which a person decides on."""


def tasks(todo: Iterable[Todo], feedback: Feedback, *, recorded_key: bool) -> Iterator[Task]:
    """The work in pieces."""
    left = iter(todo)
    while piece := tuple(islice(left, CHUNK)):
        yield Task(piece, recorded_key, feedback)


@dataclass
class AtWork:
    """A submission, and what has come of it so far."""

    todo: Todo
    form: Form
    marks: tuple[Mark, ...] = ()
    page: FeedbackPage | None = None
    slips: tuple[str, ...] = ()

    def mark(self) -> None:
        """Mark it, unless it is marked."""
        responses = self.todo.submission.responses
        self.marks = self.todo.marks or mark_responses(
            self.form.exam, responses, keys=self.form.keys
        )

    def lay_out(self, *, solutions: bool) -> None:
        """Say what its student is told."""
        found, by_hand, told = self.todo.submission, self.todo.by_hand, self.marks
        if by_hand:
            told = tuple(with_manual(each, by_hand.get(each.label)) for each in told)
        whose = (found.file, found.written_id, found.name)
        sheet = GradedSheet(*whose, told, found.warnings, self.todo.late, self.todo.instead)
        self.slips = tuple(line_slips(self.form.exam, told))
        right = self.todo.rulings.told
        self.page = lay_out_feedback(self.form.exam, sheet, solutions=solutions, right=right)

    @property
    def done(self) -> Done:
        """What came of it; without a page it was refused."""
        number, stale = self.todo.submission.id, ", ".join(self.form.stale)
        if self.page is None:
            said = f"this examgen no longer computes the recorded answer of {stale}"
            return Done(number, (), "", said)
        rows = tuple(map(row_of, self.marks))
        return Done(number, rows, self.todo.fingerprint, slips=self.slips)


def work(task: Task) -> list[Done]:
    """Mark the submissions of a task and write what their students are told.

    Each step is done for all of them before the next one begins: the code and data that it needs
    are then at hand, which saves a tenth of the time.
    """
    # What is written is cached by the same object, but every task brings a copy of it.
    feedback = interned(task.feedback)
    at_work = [AtWork(each, form_of(each.record, each.form, each.rulings)) for each in task.todo]
    known = [each for each in at_work if task.recorded_key or not each.form.stale]
    for each in known:
        each.mark()
    for each in known:
        each.lay_out(solutions=feedback.solutions)
    for suffix in feedback.formats:
        texts = [write_page(each.page, suffix, feedback.look) for each in known if each.page]
        for each, text in zip(known, texts, strict=True):
            write_file(Path(f"{each.todo.target}.{suffix}"), text)
    return [each.done for each in at_work]


@dataclass(frozen=True)
class Form:
    """A form as it is marked; parts that the code no longer knows are marked by the record."""

    exam: Exam
    stale: tuple[str, ...]
    keys: tuple[ItemKey, ...]


@lru_cache(maxsize=KEPT)
def form_of(record: Path, _: Hashable, rulings: Rulings) -> Form:
    """The form with this record, read and checked once for whatever tells it from others."""
    exam = read_record(read_text(record), str(record))
    stale = stale_parts(exam)
    return Form(exam, stale, item_keys(exam, frozenset(stale), rulings))


def marked_by(record: Path, rulings: Rulings, submission: Submission) -> tuple[Mark, ...]:
    """A submission marked by a form's record and the rulings."""
    form = form_of(record, stamp(record), rulings)
    return mark_responses(form.exam, submission.responses, keys=form.keys)
