"""Why each question of a practice exam is there, in a line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from examgen.documents.escaping import markdown
from examgen.exams.exam import Exam
from examgen.exams.practice import Reason, Weaknesses
from examgen.grading.analysis.flags import percent

MOST = 3
"""Mistakes named in one line."""


def write_reasons(exam: Exam, reasons: Sequence[Reason], weak: Weaknesses) -> str:
    """The page that goes with a practice exam, in Markdown."""
    heading = f"# Why these questions: {markdown.escape(exam.blueprint.title)}, exam {exam.id}"
    lines = [f"{number}. {line}" for number, line in enumerate(lines_of(exam, reasons, weak), 1)]
    return "\n".join([heading, "", *lines, ""])


def lines_of(exam: Exam, reasons: Sequence[Reason], weak: Weaknesses) -> Iterator[str]:
    """A line for each item."""
    for item, reason in zip(exam.items, reasons, strict=True):
        title = item.problem.family.title if item.problem else item.family
        yield f"{title}: {because(reason, weak)}"


def because(reason: Reason, weak: Weaknesses) -> str:
    """Why one question is there."""
    if reason.mistakes:
        named = "; ".join(mistake(name, weak) for name in reason.mistakes[:MOST])
        more = len(reason.mistakes) - MOST
        rest = f"; and {more} more" if more > 0 else ""
        return f"it invites what went wrong last time ({named}{rest})."
    topic = reason.topic.replace("_", " ")
    if reason.lost:
        return f"{percent(reason.lost)} of the points on {topic} were lost last time."
    if reason.lost is None:
        return f"{topic} was not asked last time."
    return "for variety: nothing of this kind went wrong."


def mistake(name: str, weak: Weaknesses) -> str:
    """A mistake in words, and where it was seen."""
    places = ", ".join(weak.places.get(name, ()))
    return f"{name.replace('_', ' ')}, in {places}" if places else name.replace("_", " ")
