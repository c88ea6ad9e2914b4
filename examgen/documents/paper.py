"""Laying out an exam: its front page and its sections."""

from __future__ import annotations

from collections.abc import Iterator

from examgen.answers import Policy
from examgen.documents.counted import points
from examgen.documents.items import lay_out_item
from examgen.documents.layout import Document, Front, Prose, SectionPage
from examgen.exams.blueprint import Section
from examgen.exams.exam import Exam, Item
from examgen.exams.roster import Student
from examgen.questions import conventions

EXACTLY = "Answer exactly, as in `5/7`, `0.25` or `(2+e^5)/7`."
HOW_TO_ANSWER = (
    "Write each answer into the file `answers.txt`, after the colon of its label; hints there say "
    "how matrices, shapes and formulas are written. Neither a blank nor a wrong answer costs "
    "points."
)


def lay_out(exam: Exam, student: Student | None = None) -> Document:
    """The paper of an exam, which knows neither answers nor seed; *student* is to sit it."""
    return Document(
        exam=exam.id,
        form=exam.form,
        front=lay_out_front(exam, student),
        sections=tuple(lay_out_sections(exam)),
    )


def lay_out_front(exam: Exam, student: Student | None) -> Front:
    """The front page."""
    blueprint = exam.blueprint
    used = {name for item in exam.items if item.problem for name in item.problem.family.conventions}
    rounded = blueprint.policy.decimals is not None
    return Front(
        name=student.name if student else "",
        id=student.id if student else "",
        title=blueprint.title,
        course=blueprint.course,
        minutes=blueprint.minutes,
        points=exam.points,
        items=tuple((item.number, item.points) for item in exam.items),
        instructions=(Prose(HOW_TO_ANSWER), *map(Prose, about_marking(exam))),
        conventions=tuple(map(Prose, conventions.in_force({*used, "exact"}, rounded=rounded))),
    )


def about_marking(exam: Exam) -> Iterator[str]:
    """What the blueprint says of marking, as far as a student should know it."""
    policy = exam.blueprint.policy
    if any(part.options for part in exam.parts):
        yield (
            "Each multiple-choice question has exactly one right answer: write its letter. A wrong "
            "letter earns nothing."
        )
    yield about_accuracy(policy)
    if policy.natural_log:
        yield r"$\log$ without a base is the natural logarithm, $\ln$."
    if any(not part.options for part in exam.parts):
        yield about_partial_credit(exam)
    yield "Two answers to one question earn nothing."
    if policy.carried_forward and any(len(item.parts) > 1 for item in exam.items):
        share = "" if policy.carried_forward == 1 else f"{policy.carried_forward} of "
        yield f"A right step on a wrong earlier answer still earns {share}its points, so go on."


def about_partial_credit(exam: Exam) -> str:
    """What a wrong answer without options may earn."""
    arrays = any(part.kind == "array" and not part.options for part in exam.parts)
    if arrays and exam.blueprint.policy.entries:
        return (
            "In a question without options, a typical mistake or a mostly right matrix may still "
            "earn points."
        )
    return "In a question without options, a typical mistake may still earn part of its points."


def about_accuracy(policy: Policy) -> str:
    """How exact an answer must be."""
    if policy.decimals is not None:
        places = "decimal place" if policy.decimals == 1 else "decimal places"
        return f"Answer exactly, or with at least {policy.decimals} {places}, correctly rounded."
    if policy.rounded_credit:
        return (
            f"{EXACTLY} A decimal that is correctly rounded, to two places or more, earns "
            f"{policy.rounded_credit} of the points."
        )
    return f"{EXACTLY} A rounded decimal earns nothing."


def lay_out_sections(exam: Exam) -> Iterator[SectionPage]:
    """The sections, each with its share of the items."""
    left = list(exam.items)
    for section in exam.blueprint.sections:
        items, left = left[: section.count], left[section.count :]
        pages = tuple(lay_out_item(item) for item in items)
        yield SectionPage(section.title, Prose(about(section, items)), pages)


def about(section: Section, items: list[Item]) -> str:
    """How many items there are and what they are worth."""
    worth = {item.points for item in items}
    if len(worth) > 1:
        return f"{len(items)} items, {points(sum(item.points for item in items))} together."
    each = points(section.points or items[0].points)
    return f"{len(items)} items, {each} each." if len(items) > 1 else f"One item, {each}."
