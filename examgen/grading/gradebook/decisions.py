"""What people decided: rulings about parts, and marks by hand that stand whatever is regraded."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

from examgen.answers import Verdict
from examgen.grading.gradebook.schema import transaction
from examgen.grading.gradebook.submissions import Submission
from examgen.grading.marks import Late, Mark
from examgen.grading.rulings import NONE, Rulings, joined


@dataclass(frozen=True)
class Ruling:
    """One decision about a part or about all sheets: who made it, when and why."""

    kind: str
    """`drop`, `accept` or `correct`; of all sheets `counting`, `due` or `late`."""
    label: str
    form: str
    """The form it is for; empty for all."""
    answer: str
    """What is accepted or right, or which attempt counts, when it is due, what lateness costs."""
    who: str
    why: str
    may_lose: bool = False
    """Of a corrected key: whether those who gave the printed answer lose its points."""
    decided: str = ""
    """When, ISO 8601 in UTC; empty where that was not noted."""
    number: int = 0
    """What it is called in the gradebook; 0 before it stands there."""
    student: str = ""
    """Whom alone it is for, by the id of the gradebook; empty for everybody."""


@dataclass(frozen=True)
class TakenBack:
    """A decision that is no more in force, and who took it back."""

    ruling: Ruling
    who: str
    why: str
    decided: str


@dataclass(frozen=True)
class ManualMark:
    """A person's mark of one answer."""

    student: str
    exam: str
    label: str
    response: str
    """What the person saw; where the student answers anew, it is asked anew."""
    points: Fraction
    comment: str
    who: str


def rule(book: sqlite3.Connection, rulings: Iterable[Ruling]) -> None:
    """Write decisions down, in the transaction that is open."""
    book.executemany(
        "INSERT INTO ruling (kind, label, form, student, answer, may_lose, who, why, decided)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                *(each.kind, each.label, each.form, each.student, each.answer),
                *(each.may_lose, each.who, each.why, each.decided),
            )
            for each in rulings
        ),
    )


def take_back(book: sqlite3.Connection, taken: Iterable[TakenBack]) -> None:
    """Write down that decisions are no more in force, in the transaction that is open.

    They stay in the gradebook, so that it still tells what was decided when.
    """
    book.executemany(
        "INSERT INTO taken_back VALUES (?, ?, ?, ?)",
        ((each.ruling.number, each.who, each.why, each.decided) for each in taken),
    )


RULING = (
    "kind, label, form, answer, ruling.who, ruling.why, may_lose, ruling.decided, ruling.id,"
    " student"
)
"""The columns of a decision, in the order of the fields of `Ruling`."""


def rulings(book: sqlite3.Connection) -> tuple[Ruling, ...]:
    """The decisions in force, in the order they were made."""
    rows = book.execute(
        f"SELECT {RULING} FROM ruling"
        " WHERE id NOT IN (SELECT ruling FROM taken_back) ORDER BY ruling.id"
    )
    return tuple(map(as_ruling, rows))


def taken_back(book: sqlite3.Connection) -> tuple[TakenBack, ...]:
    """The decisions that were taken back, in the order they were made."""
    rows = book.execute(
        f"SELECT taken_back.who, taken_back.why, taken_back.decided, {RULING}"
        " FROM taken_back JOIN ruling ON ruling.id = taken_back.ruling ORDER BY ruling.id"
    )
    return tuple(TakenBack(as_ruling(row), who, why, decided) for who, why, decided, *row in rows)


def as_ruling(row: Sequence[Any]) -> Ruling:
    """A row as a record; SQLite has numbers for true and false."""
    ruling = Ruling(*row)
    return replace(ruling, may_lose=bool(ruling.may_lose))


def in_force(decided: Collection[Ruling], form: str) -> Rulings:
    """What the decisions come to for one form.

    A corrected key is accepted beside the printed one, and replaces it only where people may lose.
    """
    if not decided:  # the usual case
        return NONE
    dropped: set[str] = set()
    accepted: dict[str, tuple[str, ...]] = {}
    corrected: dict[str, str] = {}
    told: dict[str, str] = {}
    for each in decided:
        if each.form not in ("", form):
            continue
        if each.kind == "correct":
            told[each.label] = each.answer
        if each.kind == "drop":
            dropped.add(each.label)
        elif each.kind == "correct" and each.may_lose:
            corrected[each.label] = each.answer
        elif each.kind in ("accept", "correct"):
            accepted[each.label] = (*accepted.get(each.label, ()), each.answer)
    return Rulings(frozenset(dropped), accepted, corrected, told)


def fingerprint(record: bytes, decided: Collection[Ruling], form: str, *also: str) -> str:
    """What a form is marked with, in short: its record, the rulings, and whatever else counts."""
    ruled = in_force(decided, form)
    corrections = [dict(ruled.told)] if ruled.told else []
    parts = (sorted(ruled.dropped), dict(ruled.accepted), dict(ruled.corrected), also, *corrections)
    return hashlib.sha256(record + json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def told_with(
    base: str, by_hand: Mapping[str, ManualMark], late: Late | None, instead: str = ""
) -> str:
    """The fingerprint of all that the feedback on a submission tells.

    That is the *base*, what people decided about it, and which other sheet counts *instead*.
    """
    if not (by_hand or late or instead):
        return base
    told = sorted((each.label, str(each.points), each.comment) for each in by_hand.values())
    also = [*([str(late)] if late else []), *([instead] if instead else [])]
    return hashlib.sha256((base + json.dumps([*told, *also])).encode()).hexdigest()[:16]


def mark_by_hand(book: sqlite3.Connection, mark: ManualMark) -> None:
    """Write a person's mark down; an earlier one of the same answer gives way."""
    with transaction(book):
        book.execute(
            "INSERT OR REPLACE INTO manual VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(mark.student, mark.exam, mark.label, mark.response, str(mark.points)),
                *(mark.comment, mark.who),
            ),
        )


def manual_marks_finder(
    book: sqlite3.Connection,
) -> Callable[[Submission], Mapping[str, ManualMark]]:
    """A function that finds the marks by hand of a submission, at once where there are none."""
    return partial(manual_marks, book) if any_by_hand(book) else lambda _: {}


def any_by_hand(book: sqlite3.Connection) -> bool:
    """Whether anything was marked by hand."""
    return book.execute("SELECT 1 FROM manual").fetchone() is not None


def manual_marks(book: sqlite3.Connection, submission: Submission) -> dict[str, ManualMark]:
    """The marks by hand of a submission, by label, where the response is still the same."""
    rows = book.execute(
        "SELECT student, exam, label, response, points, comment, who FROM manual"
        " WHERE student = ? AND exam = ?",
        (submission.student, submission.exam),
    )
    marks = (
        ManualMark(student, exam, label, response, Fraction(points), comment, who)
        for student, exam, label, response, points, comment, who in rows
    )
    return {
        each.label: each
        for each in marks
        if each.response == submission.responses.get(each.label, "").strip()
    }


def with_manual(mark: Mark, by_hand: ManualMark | None) -> Mark:
    """A mark with the points that a person gave, if any, and a verdict that fits them.

    Of a dropped part everybody gets the points, whatever a person gave before.
    """
    if by_hand is None or mark.is_dropped:
        return mark
    said = f"marked by hand: {by_hand.comment}" if by_hand.comment else "marked by hand"
    waits = mark.verdict in (Verdict.PERSON, Verdict.UNREADABLE)
    is_new = waits or by_hand.points != mark.points
    return mark._replace(
        points=by_hand.points,
        verdict=verdict_of(by_hand.points, mark.possible) if is_new else mark.verdict,
        reason=joined("" if waits else mark.reason, said),
    )


def verdict_of(points: Fraction, possible: int) -> Verdict:
    """The verdict that a person's points amount to."""
    if points >= possible:
        return Verdict.CORRECT
    return Verdict.PARTIAL if points > 0 else Verdict.WRONG
