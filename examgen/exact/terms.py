"""The terms of a sum as a person shows them: ascending exponents, ln 2 + ln 3 as ln 6."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING, NamedTuple

from examgen.exact import exponents
from examgen.exact.monomials import ONE, PI_SYMBOL, Monomial, powers
from examgen.exact.sums import Sum

if TYPE_CHECKING:
    from examgen.exact.closed import Exact

LONGEST_LOG = 10**6
"""Largest number above or below the line in an argument of ln that sums of logs are folded to."""


class Term(NamedTuple):
    """coefficient · e^exponent · √root · ∏ (ln argument)^power · π^pi.

    The coefficient is not zero, the root squarefree (1 for none), every argument above 1.
    """

    coefficient: int
    exponent: Exact
    root: int
    logs: tuple[tuple[int | Fraction, int], ...]
    pi: int


def shown(a: Sum, number: Callable[[Sum, Sum], Exact]) -> tuple[Term, ...]:
    """Return the terms in canonical order; number makes the values of exponents."""
    found = [_term(m, c, number) for m, c in _ordered(a)]
    return tuple(_folded(found))


def _ordered(a: Sum) -> list[tuple[Monomial, int]]:
    """Sort by exponent, then terms without symbols first, then by symbols and root."""
    return sorted(
        a.items(),
        key=lambda item: (
            exponents.ascending(item[0][0]),
            sum(item[0][2][1::2]),
            item[0][2],
            item[0][1],
        ),
    )


def _term(m: Monomial, c: int, number: Callable[[Sum, Sum], Exact]) -> Term:
    power = powers(m[2])
    pi = power.pop(PI_SYMBOL, 0)
    exponent: Exact = 0
    for r, q in exponents.parts(m[0]).items():
        exponent = number({(0, r, ()): q.numerator}, {ONE: q.denominator}) + exponent
    return Term(c, exponent, m[1], tuple(sorted(power.items())), pi)


def _folded(terms: Iterable[Term]) -> list[Term]:
    """Join neighbouring terms that differ only in the argument of one plain logarithm."""
    runs: list[list[Term]] = []
    for term in terms:
        if runs and _same_but_for_log(runs[-1][0], term):
            runs[-1].append(term)
        else:
            runs.append([term])
    return [term for run in runs for term in _joined(run)]


def _same_but_for_log(a: Term, b: Term) -> bool:
    plain = len(a.logs) == len(b.logs) == 1 and a.logs[0][1] == b.logs[0][1] == 1
    return plain and (a.exponent, a.root, a.pi) == (b.exponent, b.root, b.pi)


def _joined(run: list[Term]) -> list[Term]:
    """Return one term c·ln q for several, unless q would be too long to read."""
    if len(run) == 1:
        return run
    common = gcd(*(t.coefficient for t in run))
    above = below = 1
    for term in run:
        power = abs(term.coefficient) // common
        if power > LONGEST_LOG.bit_length():
            return run
        factor = int(term.logs[0][0]) ** power
        above, below = (above * factor, below) if term.coefficient > 0 else (above, below * factor)
        if max(above, below) > LONGEST_LOG:
            return run
    if above < below:
        common, above, below = -common, below, above
    argument = above if below == 1 else Fraction(above, below)
    return [run[0]._replace(coefficient=common, logs=((argument, 1),))]
