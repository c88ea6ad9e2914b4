"""Closed forms against mpmath (120 digits) and sympy: values, zero decisions, rewritten forms."""

from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import pytest
import sympy
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from examgen.exact import (
    Closed,
    E,
    Exact,
    Undefined,
    array,
    compare,
    divide,
    enclose,
    entries,
    equal,
    exp,
    ln,
    ratio,
    sign,
    sqrt,
)
from tests.exact.closed_forms import (
    NOTHING,
    REALS,
    SMALL_TREES,
    TREES,
    Tree,
    check_canonical,
    exact,
    from_sympy,
    real,
    symbolic,
)


def bound(q: Fraction) -> Any:
    return REALS.mpf(q.numerator) / q.denominator


def check_value(x: Exact, number: Any) -> None:
    """Assert that x has this value, and that it is zero or rational iff it is so decided."""
    low, high = enclose(x, 200)
    assert high - low <= Fraction(1, 2**200)
    slack = abs(number) * NOTHING + NOTHING
    assert bound(low) - slack <= number <= bound(high) + slack
    assert (x == 0) == (abs(number) < NOTHING)
    assert sign(x) == (0 if abs(number) < NOTHING else 1 if number > 0 else -1)


@settings(max_examples=400)
@given(TREES)
def test_values_and_zeros_agree_with_mpmath(tree: Tree) -> None:
    try:
        number = real(tree)
    except ZeroDivisionError:
        with pytest.raises(Undefined):
            exact(tree)
        return
    x = exact(tree)
    check_canonical(x)
    check_value(x, number)


@settings(max_examples=200)
@given(TREES, TREES)
def test_order_and_equality_agree_with_mpmath(left: Tree, right: Tree) -> None:
    try:
        difference = real(left) - real(right)
    except ZeroDivisionError:
        assume(False)
    a, b = exact(left), exact(right)
    expected = 0 if abs(difference) < NOTHING else 1 if difference > 0 else -1
    assert compare(a, b) == expected == -compare(b, a)
    assert (a == b) == (expected == 0)
    assert (a < b, a <= b, a > b, a >= b) == (
        expected < 0,
        expected <= 0,
        expected > 0,
        expected >= 0,
    )


@pytest.mark.parametrize("rewrite", [sympy.expand, sympy.together, sympy.factor, sympy.cancel])
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(tree=SMALL_TREES)
def test_what_sympy_rewrites_stays_equal(rewrite: Any, tree: Tree) -> None:
    """The same value in another form is recognised, has the same hash, and its difference is 0."""
    try:
        x = exact(tree)
    except Undefined:
        assume(False)
    rewritten = from_sympy(rewrite(symbolic(tree)))
    assert rewritten == x
    assert hash(rewritten) == hash(x)
    assert rewritten - x == 0
    assert isinstance(rewritten, Closed) == isinstance(x, Closed)


def _polynomial(*names: sympy.Symbol) -> st.SearchStrategy[Any]:
    """Polynomials of two to four terms with a constant, not all of one sign."""
    powers = st.tuples(*[st.integers(0, 3)] * len(names))
    terms = st.dictionaries(powers, st.integers(-4, 4).filter(bool), min_size=1, max_size=3)

    def made(coefficients: dict[tuple[int, ...], int]) -> Any:
        total = sympy.Integer(1)
        for power, c in coefficients.items():
            total += c * sympy.Mul(*[x**k for x, k in zip(names, power, strict=True)])
        return total

    return terms.map(made).filter(lambda p: p.free_symbols)


T, U, V = sympy.symbols("t u v")
MEANINGS: list[dict[Any, Exact]] = [
    {T: exp(1), U: exp(sqrt(2)), V: ln(2)},
    {T: exp(ratio(1, 2)), U: exp(ratio(1, 2) * sqrt(2)), V: ln(3)},
    {T: exp(3), U: exp(sqrt(3) - 1), V: ln(5)},
]


def _at(polynomial: Any, meaning: dict[Any, Exact]) -> Exact:
    total: Exact = 0
    for power, c in sympy.Poly(polynomial, T, U, V).terms():
        term: Exact = int(c)
        for x, k in zip((T, U, V), power, strict=True):
            factor = meaning[x]
            assert isinstance(factor, Closed)
            term = term * factor**k
        total = total + term
    return total


@pytest.mark.parametrize("variables", [(T,), (U,), (V,), (T, U), (T, V), (T, U, V)], ids=str)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_common_factors_are_cancelled_as_sympy_does(
    variables: tuple[Any, ...], data: st.DataObject
) -> None:
    """(p·g)/(q·g) is left with as few terms as p/q in lowest terms."""
    p, q, g = (data.draw(_polynomial(*variables)) for _ in range(3))
    meaning = data.draw(st.sampled_from(MEANINGS))
    below = _at(q * g, meaning)
    assume(below != 0)
    x = ratio(_at(p * g, meaning), below)
    n, d = sympy.fraction(sympy.cancel(p / q))
    if not isinstance(x, Closed):
        assert not n.free_symbols
        assert not d.free_symbols
        return
    lengths = [len(sympy.Poly(s, T, U, V).terms()) for s in (n, d)]
    assert [len(s) for s in x.sums] == lengths


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ((E**2 - 1) / (E - 1), E + 1),
        ((exp(sqrt(2)) - exp(-sqrt(2))) / (exp(ratio(1, 2) * sqrt(2)) + 1), None),
        (exp(E * 0 + ln(2)) * sqrt(8) / sqrt(2), 4),
        ((1 + sqrt(2)) ** 2 / (3 + 2 * sqrt(2)), 1),
        ((sqrt(2) + sqrt(3)) * (sqrt(3) - sqrt(2)), 1),
        ((ln(6) ** 2 - ln(2) ** 2) / (ln(6) + ln(2)), ln(3)),
        ((1 + sqrt(2) * E) ** 3 / (1 + sqrt(2) * E) ** 2, 1 + sqrt(2) * E),
    ],
)
def test_known_identities(form: Exact, expected: Exact | None) -> None:
    if expected is None:
        expected = from_sympy(
            sympy.cancel(sympy.sympify("(exp(sqrt(2))-exp(-sqrt(2)))/(exp(sqrt(2)/2)+1)"))
        )
    assert form == expected
    assert type(form) is type(expected)


@pytest.mark.oracle
@settings(max_examples=5000)
@given(TREES)
def test_many_values_agree_with_mpmath(tree: Tree) -> None:
    test_values_and_zeros_agree_with_mpmath.hypothesis.inner_test(tree)  # type: ignore[attr-defined]


@pytest.mark.oracle
@pytest.mark.parametrize("seed", range(400))
def test_attention_agrees_with_mpmath(seed: int) -> None:
    """Softmax over scaled scores, its product with values, and the order of the outputs."""
    rng = Random(seed)
    side, scale = rng.randint(2, 4), rng.choice([1, 1, 2, 3, 4])
    scores = [[rng.randint(-3, 3) for _ in range(side)] for _ in range(side)]
    values = array([[rng.randint(-4, 4) for _ in range(2)] for _ in range(side)])
    powers = exp(divide(array(scores), sqrt(scale)))
    weights = array([divide(row, row.sum()) for row in powers])
    outputs = array(weights @ values)
    root = REALS.sqrt(scale)
    numbers = []
    for row in scores:
        real_powers = [REALS.exp(s / root) for s in row]
        for column in values.T:
            total = sum(p * v for p, v in zip(real_powers, column, strict=True))
            numbers.append(total / sum(real_powers))
    for x, number in zip(entries(outputs), numbers, strict=True):
        check_canonical(x if isinstance(x, Closed) else ratio(x, 1))
        check_value(x, number)
    assert all(equal(ratio(sum(row), 1), 1) for row in weights)
    for (a, real_a), (b, real_b) in pairwise(zip(entries(outputs), numbers, strict=True)):
        difference = real_a - real_b
        assert compare(a, b) == (0 if abs(difference) < NOTHING else 1 if difference > 0 else -1)
