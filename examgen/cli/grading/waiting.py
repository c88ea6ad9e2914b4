"""Answers that wait for a person, and what a person needs to see of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from examgen.answers import Verdict
from examgen.cli.exam_folder import ExamFolder, load
from examgen.exams.exam import ExamPart, Item
from examgen.grading.gradebook.decisions import ManualMark, manual_marks
from examgen.grading.gradebook.standing import read_terms, totals
from examgen.grading.gradebook.stored_marks import marks_of
from examgen.grading.gradebook.submissions import Submission, submissions
from examgen.grading.marks import Mark
from examgen.questions import wording

WAITING = (Verdict.PERSON, Verdict.UNREADABLE)


@dataclass(frozen=True)
class Waiting:
    """One answer that somebody has to look at."""

    submission: Submission
    mark: Mark
    part: ExamPart
    item: Item
    by_hand: ManualMark | None
    """What a person gave it before."""

    @property
    def prompt(self) -> str:
        """What was asked, in Markdown; empty where the code no longer knows it."""
        problem = self.item.problem
        drawn = [each for each in problem.parts if each.name == self.part.name] if problem else []
        return wording.prompt_in_full(problem, drawn[0]) if problem and drawn else ""

    def marked(self, points: Fraction, comment: str, who: str) -> ManualMark:
        """A person's mark of it."""
        submission = self.submission
        response = self.mark.response.strip()
        return ManualMark(
            submission.student, submission.exam, self.mark.label, response, points, comment, who
        )


def waiting(
    book: sqlite3.Connection, folder: ExamFolder, *, label: str = "", anew: bool = False
) -> Iterator[Waiting]:
    """The answers that nobody has marked, part by part so that they are marked alike.

    With *anew* also those that somebody has; with *label* only those of one part.
    """
    answers = []
    for each in submissions(book):
        by_hand = manual_marks(book, each)
        for place, mark in enumerate(marks_of(book, each)):
            is_asked = label in ("", mark.label) and waits(mark)
            if is_asked and (anew or mark.label not in by_hand):
                answers.append((place, each.id, each, mark, by_hand.get(mark.label)))
    for _, _, each, mark, given in sorted(answers, key=lambda entry: entry[:2]):
        yield look_up(folder, each, mark, given)


def waits(mark: Mark) -> bool:
    """Whether somebody has to look at an answer: not where the part was dropped."""
    return mark.verdict in WAITING and not mark.is_dropped


def look_up(
    folder: ExamFolder, submission: Submission, mark: Mark, by_hand: ManualMark | None
) -> Waiting:
    """An answer with its part."""
    for item in load(folder.record_of(submission.form)).items:
        for part in item.parts:
            if part.label == mark.label:
                return Waiting(submission, mark, part, item, by_hand)
    raise LookupError(mark.label)


def answer_of(
    book: sqlite3.Connection, folder: ExamFolder, student: str, label: str
) -> Waiting | None:
    """The answer of one student to one part in the attempt that counts, whatever its verdict."""
    for each in totals(book, read_terms(book)):
        submission = each.submission
        if submission.student.casefold() == student.casefold():
            given = manual_marks(book, submission)
            for mark in marks_of(book, submission):
                if mark.label == label:
                    return look_up(folder, submission, mark, given.get(label))
    return None
