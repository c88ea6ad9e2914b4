"""Laying out answers.txt: a line for each label, and above it how to write its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from examgen.documents.hints import hints_of
from examgen.exams.exam import Exam, ExamPart, Item
from examgen.exams.roster import Student


@dataclass(frozen=True)
class Group:
    """Labels under a comment."""

    comments: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class AnswerSheet:
    """The file that students fill in."""

    title: str
    exam: str
    form: str
    name: str
    """The student's, where it is known; else empty, as is the id."""
    id: str
    groups: tuple[Group, ...]


def lay_out_sheet(exam: Exam, student: Student | None = None) -> AnswerSheet:
    """The answer sheet of an exam, or of the form that *student* is to sit."""
    name, id_ = (student.name, student.id) if student else ("", "")
    title = exam.blueprint.title
    return AnswerSheet(title, exam.id, exam.form, name, id_, tuple(groups(exam)))


def groups(exam: Exam) -> Iterator[Group]:
    """Items of one part together, those of several parts each under its title."""
    by_kind = hints_of(exam)
    for is_long, items in groupby(exam.items, lambda item: len(item.parts) > 1):
        if is_long:
            for item in items:
                yield from hinted([item], (heading(item),), by_kind)
        else:
            yield from hinted(list(items), (), by_kind)


def hinted(
    items: list[Item], heading: tuple[str, ...], by_kind: Mapping[str, str]
) -> Iterator[Group]:
    """Neighbouring labels that take the same hint; the first under the heading, too."""
    parts = (part for item in items for part in item.parts)
    for text, group in groupby(parts, lambda part: hint(part, by_kind)):
        labels = tuple(part.label for part in group)
        yield Group((*heading, f"{span(labels)}: {text}"), labels)
        heading = ()


def heading(item: Item) -> str:
    """The item's number, and its title where the code knows it."""
    return f"{item.number}. {item.problem.family.title}" if item.problem else f"{item.number}."


def span(labels: tuple[str, ...]) -> str:
    """The first and the last label."""
    return labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"


def hint(part: ExamPart, by_kind: Mapping[str, str]) -> str:
    """How an answer of this kind is written; it tells nothing of this answer."""
    if part.options:
        return f"one letter (A–{part.options[-1].letter})"
    return by_kind[part.kind]
