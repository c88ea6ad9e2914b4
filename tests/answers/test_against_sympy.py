"""Reading and judging against sympy and mpmath, which share no code with ours.

sympy rewrites a random closed form and writes it down, mpmath says to 120 digits what it is worth.
"""

from collections import Counter
from typing import Any

import pytest
import sympy
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from examgen import answers
from examgen.answers import Policy, Verdict
from examgen.exact import Closed, Undefined
from tests.exact.closed_forms import NOTHING, SMALL_TREES, Tree, exact, real, symbolic

CLOSED = answers.kind("closed")
NATURAL = Policy(natural_log=True)
"""Sympy writes log for ln."""
REWRITES = (lambda x: x, sympy.expand, sympy.together, sympy.factor, sympy.cancel)
PRINTERS = (str, sympy.latex, lambda x: sympy.latex(x, mul_symbol="dot", fold_short_frac=True))


def examples(count: int) -> settings:
    """So many examples, however long sympy takes."""
    return settings(
        max_examples=count,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


def verdict(key: Any, text: str) -> Verdict:
    """The verdict on a text; what is not held exactly must not be called right or wrong rashly."""
    judged = CLOSED.judge(key, CLOSED.read(text), NATURAL)
    assert judged.credit == (judged.verdict is Verdict.CORRECT)
    return judged.verdict


def held(tree: Tree) -> Any:
    """The value of a tree, where `exact` holds it."""
    try:
        return exact(tree)
    except Undefined:
        assume(False)


def check_rewritten(tree: Tree, rewrite: Any, printer: Any, seen: Counter[str]) -> None:
    """A rewritten form is right, and with a small change it is not."""
    key = held(tree)
    text = printer(rewrite(symbolic(tree)))
    assume(len(text) < 400)
    found = verdict(key, text)
    assert found in (Verdict.CORRECT, Verdict.UNREADABLE), (key, text, CLOSED.read(text))
    seen[found] += 1
    for change in ("+ 10^-30", "- 1/10^300", "+ e^-70"):
        assert verdict(key, f"({text}) {change}") is not Verdict.CORRECT, (key, text, change)


def check_pair(one: Tree, other: Tree) -> None:
    """Two forms are equal for us exactly where they are to 120 digits."""
    key = held(one)
    text = str(symbolic(other))
    try:
        expected = abs(real(one) - real(other)) < NOTHING
    except ZeroDivisionError:
        assume(False)
    found = verdict(key, text)
    if isinstance(CLOSED.read(text).value, int | Closed):
        assert found is (Verdict.CORRECT if expected else Verdict.WRONG), (key, text)
    assert found is not (Verdict.WRONG if expected else Verdict.CORRECT), (key, text)


SEEN: Counter[str] = Counter()


@examples(150)
@given(SMALL_TREES, st.sampled_from(REWRITES), st.sampled_from(PRINTERS))
def test_what_sympy_rewrites_and_prints_is_right(tree: Tree, rewrite: Any, printer: Any) -> None:
    check_rewritten(tree, rewrite, printer, SEEN)


def test_nearly_all_of_it_was_decided() -> None:
    assert SEEN[Verdict.CORRECT] > 20 * SEEN[Verdict.UNREADABLE]


@examples(100)
@given(SMALL_TREES, SMALL_TREES)
def test_two_forms_are_equal_where_their_digits_are(one: Tree, other: Tree) -> None:
    check_pair(one, other)


@pytest.mark.oracle
@examples(3000)
@given(SMALL_TREES, st.sampled_from(REWRITES), st.sampled_from(PRINTERS))
def test_many_that_sympy_rewrites(tree: Tree, rewrite: Any, printer: Any) -> None:
    check_rewritten(tree, rewrite, printer, Counter())


@pytest.mark.oracle
@examples(3000)
@given(SMALL_TREES, SMALL_TREES)
def test_many_pairs(one: Tree, other: Tree) -> None:
    check_pair(one, other)
