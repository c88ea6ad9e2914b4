"""Whether the installed code still computes the recorded answers."""

from __future__ import annotations

from examgen.exams.exam import Exam, Item
from examgen.grading.recorded import says
from examgen.kept import kept_with


def stale_parts(exam: Exam) -> tuple[str, ...]:
    """The labels of the parts whose recorded answer the installed code does not compute."""
    return tuple(label for item in exam.items for label in stale_labels(item))


@kept_with
def stale_labels(item: Item) -> list[str]:
    """The same for one item: all its parts, if the code does not know its problem."""
    labels = [part.label for part in item.parts]
    if item.problem is None or len(item.problem.parts) != len(item.parts):
        return labels
    try:
        computed = item.problem.answer_key
    except Exception:  # whatever the code does instead, it no longer computes the answer
        return labels
    return [
        part.label
        for part, drawn in zip(item.parts, item.problem.parts, strict=True)
        if part.name != drawn.name or not says(part, computed[drawn.name])
    ]
