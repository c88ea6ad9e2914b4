"""The tables of a class: whose each form is, and how much hand-work it takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from examgen.documents.tables import table
from examgen.exams.roster import Student


def roster_table(forms: Iterable[tuple[str, str, Student | None]]) -> str:
    """Which form, with which exam id, is whose."""
    rows = ((form, exam, *owner(student)) for form, exam, student in forms)
    return table(("form", "exam", "id", "name", "email"), rows)


def owner(student: Student | None) -> tuple[str, str, str]:
    """A student's cells; empty where there is no roster."""
    return (student.id, student.name, student.email) if student else ("", "", "")


def fairness_table(forms: Sequence[tuple[str, Sequence[int]]]) -> str:
    """The hand-work of every form and of each of its items, in seconds."""
    items = max((len(seconds) for _, seconds in forms), default=0)
    heading = ("form", "seconds", *(str(number) for number in range(1, items + 1)))
    return table(heading, ((form, sum(seconds), *seconds) for form, seconds in forms))
