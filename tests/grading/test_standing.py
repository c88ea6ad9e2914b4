"""Who stands where: the same whether marks are read whole or their points alone."""

import sqlite3
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from examgen.answers import Verdict
from examgen.grading.gradebook.decisions import ManualMark, mark_by_hand
from examgen.grading.gradebook.schema import open_gradebook
from examgen.grading.gradebook.standing import Terms, standings, totals
from examgen.grading.gradebook.submissions import Handed, hand_in, keep_marks, row_of
from examgen.grading.marks import Mark

DUE = "2026-03-01T12:00:00+00:00"
AFTER = "2026-03-02T13:00:00+00:00"
TERMS = [Terms(), Terms("best"), Terms("latest", DUE, Fraction(1, 10))]


def mark(label: str, points: str) -> Mark:
    return Mark(label, Verdict.PARTIAL, Fraction(points), 4, "x", "x", "")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Ann has two attempts, Bob one that came late, and Cem's is not marked yet."""
    sheets = [("ann", "1", DUE), ("Ann", "2", DUE), ("bob", "1", AFTER), ("cem", "1", DUE)]
    with open_gradebook(tmp_path / "gradebook.sqlite", exam="e") as opened:
        handed = [
            Handed("e", "A", who, who, "", f"{who}{n}.txt", n.encode(), {"1": "x"}, (), received)
            for who, n, received in sheets
        ]
        first, second, third, _ = (number for number, _ in hand_in(opened, handed))
        for number, points in ((first, ("4", "7/2")), (second, ("1", "4/3")), (third, ("0", "3"))):
            rows = [row_of(mark(label, each)) for label, each in zip("12", points, strict=True)]
            keep_marks(opened, [(number, rows, "with this key")])
        yield opened


@pytest.mark.parametrize("terms", TERMS)
@pytest.mark.parametrize("by_hand", [False, True])
def test_points_alone_come_to_the_same(
    book: sqlite3.Connection, terms: Terms, *, by_hand: bool
) -> None:
    if by_hand:
        mark_by_hand(book, ManualMark("bob", "e", "1", "x", Fraction(2), "", "me"))
    whole = list(standings(book, terms))
    found = list(totals(book, terms))
    assert [each.submission for each in found] == [each.submission for each in whole]
    for alone, each in zip(found, whole, strict=True):
        assert alone.sheet.by_label == {one.label: one.points for one in each.sheet.marks}
        assert (alone.attempts, alone.days_late) == (each.attempts, each.days_late)
        assert (alone.points, alone.deduction) == (each.points, each.deduction)


def test_who_stands_where(book: sqlite3.Connection) -> None:
    (ann, bob) = totals(book, TERMS[2])
    assert (ann.submission.student, ann.points, ann.attempts) == ("Ann", Fraction(7, 3), 2)
    assert (bob.points, bob.days_late) == (Fraction(12, 5), 2)
    (ann, _) = totals(book, TERMS[1])
    assert ann.points == Fraction(15, 2)
