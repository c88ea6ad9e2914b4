"""The exam of the golden pages: an item of each form of layout, with nothing left to chance.

Its questions are its own, so that a better question in the catalog renews no page.
"""

from collections.abc import Sequence
from fractions import Fraction
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from examgen.answers import Policy, Verdict
from examgen.exact import array
from examgen.exams.blueprint import Blueprint, Section
from examgen.exams.exam import Exam, Item
from examgen.exams.items import closed_part, open_part
from examgen.grading.marks import GradedSheet, Mark
from examgen.questions.givens import write_givens
from examgen.questions.options import DrawnOption
from examgen.questions.problem import Problem
from tests.golden.long_steps import LongSteps
from tests.golden.product_of_sides import ProductOfSides
from tests.golden.softmax_of_two import SoftmaxOfTwo

WEIGHTS = [1, 1, 4, 2]
"""The points of the long item's parts."""


def closed(number: int, givens: Any, order: Sequence[int]) -> Item:
    """An item with the options in this order, 0 being the right one."""
    problem = Problem.of(givens, "easy")
    (part,) = problem.parts
    values: list[tuple[Any, tuple[str, ...]]] = [(problem.answer_key[part.name], ())]
    values += [(wrong, (each.name,)) for each, wrong in problem.wrong_answers(part)]
    options = tuple(
        DrawnOption(letter, *values[i]) for letter, i in zip(ascii_uppercase, order, strict=False)
    )
    made = closed_part(problem, part, str(number), 5, options)
    return item(number, problem, [made])


def long(number: int, givens: Any) -> Item:
    """An item with parts."""
    problem = Problem.of(givens, "easy")
    parts = [
        open_part(problem, part, f"{number}{letter}", points)
        for part, letter, points in zip(problem.parts, ascii_lowercase, WEIGHTS, strict=False)
    ]
    return item(number, problem, parts)


def item(number: int, problem: Problem, parts: Sequence[Any]) -> Item:
    """The item of a problem."""
    givens = write_givens(problem.givens)
    return Item(number, problem.family.id, "easy", givens, tuple(parts), problem=problem)


BLUEPRINT = Blueprint(
    title="Golden Quiz",
    course="Machine Learning & Numbers",
    minutes=20,
    policy=Policy(),
    sections=(
        Section("Multiple choice", "closed", 2, 5, ("easy", "easy")),
        Section("Long questions", "open", 1, 8, ("easy",)),
    ),
)
EXAM = Exam(
    "examgen",
    "0123456789ab",
    "A",
    "golden",
    BLUEPRINT,
    (
        closed(1, ProductOfSides(3, 4), [1, 0, 3, 2]),
        closed(2, SoftmaxOfTwo(array([[0, 1]])), [2, 3, 0, 1]),
        long(3, LongSteps(array([[1, -2], [3, 1]]), array([1, 2]))),
    ),
)


def mark(label: str, verdict: Verdict, response: str, points: int = 0, **more: Any) -> Mark:
    """One mark."""
    possible = next(part.points for part in EXAM.parts if part.label == label)
    known: dict[str, Any] = {"read": response, "reason": "", **more}
    return Mark(label, verdict, Fraction(points), possible, response, **known)


SHEET = GradedSheet(
    "ada.txt",
    "a1",
    "Ada <3",
    (
        mark("1", Verdict.CORRECT, "B", 5),
        mark("2", Verdict.WRONG, "(a)", read="A"),
        mark("3a", Verdict.CORRECT, "2", 1),
        mark("3b", Verdict.BLANK, ""),
        mark(
            "3c",
            Verdict.MISCONCEPTION,
            "7; 0",
            2,
            read="[7, 0]",
            misconceptions=("transposes_the_weights",),
            feedback="You multiplied by the transpose of $W$.",
        ),
        mark("3d", Verdict.CARRIED, "7/2", 2),
    ),
    ("line 9: what is `this`?",),
)
