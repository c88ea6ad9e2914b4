"""An item that asks for formulas in variables, from the family to the marks."""

from functools import cache
from random import Random
from typing import Self

from examgen import answers
from examgen.answers import Formula, Policy
from examgen.exams.blueprint_file import find_blueprint
from examgen.exams.exam import Exam, Item
from examgen.exams.items import closed_part, open_part
from examgen.grading.key_check import stale_parts
from examgen.grading.marking import mark_item
from examgen.questions.family import family
from examgen.questions.givens import write_givens
from examgen.questions.levels import Level
from examgen.questions.options import choose_options
from examgen.questions.parts import SLIP, part
from examgen.questions.problem import Problem


def formula(text: str) -> Formula:
    found: Formula = answers.kind("expression").parse(text)
    return found


@family(title="A derivative", minutes=1)
class Derivative:
    """A polynomial in one variable, with a parameter."""

    slope: int

    stem = "Let $f(x) = << slope >> x^2 + b x$."

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:  # noqa: ARG003
        return cls(rng.randint(2, 9))

    @part("What is $f'(x)$?", points=4, solution="$<< answer >>$")
    def first(self) -> Formula:
        return formula(f"{2 * self.slope}*x + b")

    @first.misconception("The exponent goes down by one.", credit=SLIP)
    def keeps_the_exponent(self) -> Formula:
        return formula(f"{2 * self.slope}*x^2 + b*x")

    @first.misconception("This is the derivative itself.")
    def writes_it_otherwise(self) -> Formula:
        return formula(f"b + {self.slope}*(x + x)")

    @part("What is $2 f'(x)$?", points=2, solution="$<< answer >>$")
    def twice(self, first: Formula) -> Formula:
        return formula(f"2*({first.text})")


@family(title="A line", minutes=1)
class Line:
    """A line, to be recognised."""

    slope: int

    stem = "A line has the slope << slope >> and meets the axis at $b$."

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:  # noqa: ARG003
        return cls(rng.randint(2, 9))

    @part("Which is it?", points=1, solution="$<< answer >>$")
    def line(self) -> Formula:
        return formula(f"{self.slope}*x + b")

    @line.misconception("It meets the axis at $b$.")
    def drops_the_offset(self) -> Formula:
        return formula(f"{self.slope}*x")

    @line.misconception("That is no line.")
    def squares(self) -> Formula:
        return formula(f"{self.slope}*x^2")

    @line.misconception("The slope stands before $x$ as it is.")
    def adds_one(self) -> Formula:
        return formula(f"{self.slope + 1}*x + b")

    @line.misconception("The slope stands before $x$ as it is.")
    def adds_one_before(self) -> Formula:
        return formula(f"b + x + {self.slope}*x")


@cache
def closed() -> Item:
    """The line as a question with options."""
    problem = Problem.of(Line(5), "easy")
    (drawn,) = problem.parts
    options = choose_options(problem, drawn, 4, Random(1))
    asked = closed_part(problem, drawn, "1", 1, options)
    return Item(1, "line", "easy", write_givens(problem.givens), (asked,), problem=problem)


PROBLEM = Problem.of(Derivative(3), "easy")
ITEM = Item(
    1,
    "derivative",
    "easy",
    write_givens(PROBLEM.givens),
    tuple(
        open_part(PROBLEM, each, label, each.declared.points)
        for each, label in zip(PROBLEM.parts, ("1a", "1b"), strict=True)
    ),
    problem=PROBLEM,
)


def verdicts(first: str, twice: str) -> str:
    """The verdicts on an answer to each part."""
    marks = mark_item(ITEM, {"1a": first, "1b": twice}, Policy())
    return " ".join(str(mark.verdict) for mark in marks)


def test_formulas_are_marked_by_what_they_say() -> None:
    assert verdicts("6x + b", "12x + 2b") == "correct correct"
    assert verdicts("b + 3*(x + x)", "2*(b + 6x)") == "correct correct"
    assert verdicts("6x^2 + bx", "12x + 2b") == "misconception correct"
    assert verdicts("7x", "14x") == "wrong carried"
    assert verdicts("7x", "15x") == "wrong wrong"


def test_a_mistake_that_only_writes_it_otherwise_is_none() -> None:
    assert [each.name for each in ITEM.parts[0].misconceptions] == ["keeps_the_exponent"]


def test_formulas_can_be_options() -> None:
    """Two that say the same are one option, which both mistakes lead to."""
    exam = Exam("examgen", "id", "A", "1", find_blueprint("midterm"), (closed(),))
    (part,) = exam.parts
    assert sorted(each.answer for each in part.options) == ["5*x", "5*x + b", "5*x^2", "6*x + b"]
    assert ("adds_one", "adds_one_before") in [each.misconceptions for each in part.options]
    assert stale_parts(exam) == ()
    (mark,) = mark_item(closed(), {part.label: "5*x + b"}, Policy())
    assert mark.verdict == "correct"


def test_the_code_still_computes_what_is_recorded() -> None:
    exam = Exam("examgen", "id", "A", "1", find_blueprint("midterm"), (ITEM,))
    assert stale_parts(exam) == ()
