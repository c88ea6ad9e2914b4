"""Equations for what is illegible: one for each entry of a feature map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from examgen.exact import Array, Exact, Undefined, array, entries
from examgen.nn.systems import inverse, solve


@dataclass(frozen=True)
class Equation:
    """coefficients · unknowns + rest = result, from the window of the entry [row, column]."""

    coefficients: tuple[int, ...]
    rest: int
    result: int
    row: int
    column: int

    @property
    def effort(self) -> tuple[int, int]:
        """What makes it hard to use: how many unknowns it has, and how large their factors are."""
        return sum(each != 0 for each in self.coefficients), sum(map(abs, self.coefficients))


def equations(coefficients: Sequence[Array], rest: Array, results: Array) -> list[Equation]:
    """One equation for each entry, in the order of the map, of maps of one shape."""
    height, width = rest.shape
    return [
        Equation(
            tuple(each[s, t] for each in coefficients), rest[s, t], results[s, t], s + 1, t + 1
        )
        for s in range(height)
        for t in range(width)
    ]


def simplest(found: Iterable[Equation], unknowns: int) -> tuple[Equation, ...]:
    """As many equations as there are unknowns, the easiest that decide them; else Undefined."""
    useful = [each for each in found if any(each.coefficients)]
    for chosen in combinations(sorted(useful, key=lambda each: each.effort), unknowns):
        try:
            inverse(array([each.coefficients for each in chosen]))
        except Undefined:
            continue
        return chosen
    raise Undefined("no windows decide the unknowns")


def solution(chosen: Sequence[Equation]) -> list[Exact]:
    """The unknowns that as many equations have."""
    left = array([each.coefficients for each in chosen])
    return entries(solve(left, array([each.result - each.rest for each in chosen])))
