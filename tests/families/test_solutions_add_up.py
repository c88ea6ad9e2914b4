"""Every equation between numbers in a worked solution holds."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from examgen import answers
from examgen.exact import Closed, Exact, equal
from examgen.questions import wording
from examgen.questions.levels import Level
from tests.families.drawn import every_case, problem

SEEDS = range(10)
FORMULA = re.compile(r"\$\$(.*?)\$\$|\$([^$]+)\$", re.DOTALL)
ALIGNED = re.compile(r"\\(?:begin|end)\{aligned\}|&")
APART = re.compile(r"\\\\|\\q?quad|\\(?:right|left)arrow|\\text\{[^}]*\}")
"""What stands between two equations of a formula."""


def wrong_equations(solution: str) -> Iterator[str]:
    """The equations whose two sides are different numbers."""
    for line in lines(solution):
        for left, right in pairwise(line.split("=")):
            values = number(left), number(right)
            if None not in values and not equal(*values):
                yield f"{left.strip()} = {right.strip()}"


def lines(solution: str) -> Iterator[str]:
    """What stands in formulas, one chain of equations after the other; matrices are left out."""
    for found in FORMULA.finditer(solution):
        body = found[1] or found[2]
        if "bmatrix" not in body:
            yield from APART.split(" ".join(ALIGNED.sub("", body).split()))


def number(text: str) -> Exact | None:
    """The value of one side; None where it is no number written out."""
    reading = answers.kind("closed").read(text.strip().rstrip(",."))
    is_number = reading.state == "read" and isinstance(reading.value, int | Fraction | Closed)
    return reading.value if is_number and re.search(r"\d", text) else None


@every_case
def test_every_equation_holds(family: str, level: Level) -> None:
    for seed in SEEDS:
        drawn = problem(family, level, seed)
        for part in drawn.parts:
            found = [*wrong_equations(wording.solution(drawn, part))]
            assert not found, (seed, part.name, found)


def test_a_wrong_equation_is_found() -> None:
    solution = (
        r"$$ \begin{aligned} x &= 2 \cdot 3 + 1 = 7 \\ y &= \frac{1}{2} + 1 = 2 \end{aligned} $$"
    )
    assert [*wrong_equations(solution)] == [r"\frac{1}{2} + 1 = 2"]
