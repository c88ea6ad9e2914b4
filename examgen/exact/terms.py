"""The terms of a sum as a person shows them: ascending exponents, ln 2 + ln 3 as ln 6."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import groupby
from math import gcd
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from examgen.exact import exponents
from examgen.exact.monomials import ONE, PI_SYMBOL, Monomial, powers
from examgen.exact.sums import Sum, is_plain

if TYPE_CHECKING:
    from examgen.exact.closed import Exact

LONGEST_LOG = 10_000
"""Largest numerator and denominator of an argument of ln into which logarithms are joined."""

Number: TypeAlias = "Callable[[Sum, Sum], Exact]"


class Term(NamedTuple):
    """coefficient · e^exponent · √root · ∏ (ln argument)^power · π^pi.

    The coefficient is not zero, the root squarefree (1 for none), every argument above 1 and
    every power positive, the power of π not negative.
    """

    coefficient: int
    exponent: Exact
    root: int
    logs: tuple[tuple[int | Fraction, int], ...]
    pi: int

    def __str__(self) -> str:
        """Return the term in plain characters, for people who debug."""
        factors = [str(self.coefficient)] if self.coefficient != 1 else []
        if self.exponent != 0:
            factors.append("e" if self.exponent == 1 else f"e^{_in_brackets(self.exponent)}")
        factors += [f"sqrt({self.root})"] if self.root != 1 else []
        factors += [f"ln({q})^{k}" if k > 1 else f"ln({q})" for q, k in self.logs]
        factors += [f"pi^{self.pi}"] if self.pi else []
        return "*".join(factors) or "1"


def _in_brackets(exponent: Exact) -> str:
    if isinstance(exponent, Fraction):
        return f"({exponent})"
    return repr(exponent).removeprefix("Closed")


def shown(a: Sum, number: Number) -> tuple[Term, ...]:
    """Return the terms in canonical order; number makes the values of exponents.

    Exponents ascend, and before them nothing but rationals, then roots, then logarithms; but a
    sum that would begin with a minus and ends with a plus is turned round: e - 1, √2 - 1.
    """
    joined: list[Term] = []
    if is_plain(a):
        joined = [Term(c, m[0], 1, (), 0) for m, c in sorted(a.items())]  # type: ignore[arg-type]
    else:
        for _, run in groupby(sorted(a.items(), key=_place), key=_all_but_a_log):
            joined += _joined([_term(m, c, number) for m, c in run])
    if joined[0].coefficient < 0 < joined[-1].coefficient:
        joined.reverse()
    return tuple(joined)


def _place(item: tuple[Monomial, int]) -> tuple[object, ...]:
    exponent, root, symbols = item[0]
    return exponents.ascending(exponent), sum(symbols[1::2]), _pi(symbols), root, symbols


def _all_but_a_log(item: tuple[Monomial, int]) -> tuple[object, ...]:
    """Return the same key for terms that differ in the argument of one plain logarithm alone."""
    exponent, root, symbols = item[0]
    pi = _pi(symbols)
    logs = symbols[2:] if pi else symbols
    return exponent, root, pi, (len(logs) == 2 and logs[1] == 1) or symbols


def _pi(symbols: tuple[int, ...]) -> int:
    return symbols[1] if symbols and symbols[0] == PI_SYMBOL else 0


def _term(m: Monomial, c: int, number: Number) -> Term:
    exponent, root, symbols = m
    total: Exact = exponent if isinstance(exponent, int) else 0
    if not isinstance(exponent, int):
        for r, (n, d) in exponents.fractions(exponent).items():
            total = total + number({(0, r, ()): n}, {ONE: d})
    logs = tuple((p, k) for p, k in powers(symbols).items() if p != PI_SYMBOL)
    return Term(c, total, root, logs, _pi(symbols))


def _joined(run: list[Term]) -> list[Term]:
    """Return one term c·ln q for a sum of logarithms, unless q would be long."""
    if len(run) == 1:
        return run
    common = gcd(*(t.coefficient for t in run))
    above = below = 1
    for term in run:
        times = abs(term.coefficient) // common
        if times > LONGEST_LOG.bit_length():
            return run
        factor = int(term.logs[0][0]) ** times
        above, below = (above * factor, below) if term.coefficient > 0 else (above, below * factor)
    if max(above, below) > LONGEST_LOG:
        return run
    if above < below:
        common, above, below = -common, below, above
    argument = above if below == 1 else Fraction(above, below)
    return [run[0]._replace(coefficient=common, logs=((argument, 1),))]
