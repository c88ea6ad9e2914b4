"""Random closed forms as trees, and their values in examgen, mpmath and sympy side by side."""

from fractions import Fraction
from math import gcd
from typing import Any, TypeAlias

import mpmath  # type: ignore[import-untyped]
import sympy
from hypothesis import reject
from hypothesis import strategies as st

from examgen.exact import PI, Closed, Exact, Undefined, exp, ln, ratio, sqrt
from examgen.exact.closed import value
from examgen.exact.exponents import ascending
from examgen.exact.monomials import ONE

Tree: TypeAlias = tuple[Any, ...]
"""An operation's name and its operands, trees or numbers."""

DIGITS = 120
REALS = mpmath.MPContext()
REALS.dps = DIGITS
NOTHING = REALS.mpf(10) ** (-DIGITS + 40)
"""Below this, a number computed to DIGITS digits is zero or the trees are larger than they are."""

integers = st.integers(-6, 6)
LEAVES = st.one_of(
    st.tuples(st.just("rational"), integers, st.integers(1, 6)),
    st.tuples(st.just("exp"), integers, st.sampled_from([1, 1, 1, 2, 3]), st.just(1)),
    st.tuples(st.just("exp"), integers, st.sampled_from([1, 2]), st.sampled_from([2, 3])),
    st.tuples(st.just("sqrt"), st.integers(1, 12)),
    st.tuples(st.just("ln"), st.integers(1, 12), st.integers(1, 6)),
    st.just(("pi",)),
)


def _grown(trees: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.one_of(
        st.tuples(st.sampled_from("+-*/+-*/"), trees, trees),
        st.tuples(st.just("**"), trees, st.integers(-3, 3)),
    )


TREES: st.SearchStrategy[Tree] = st.recursive(LEAVES, _grown, max_leaves=7)
SMALL_TREES: st.SearchStrategy[Tree] = st.recursive(LEAVES, _grown, max_leaves=4)


@st.composite
def values(draw: st.DrawFn, trees: st.SearchStrategy[Tree]) -> Exact:
    """Draw values of trees that have one."""
    try:
        return exact(draw(trees))
    except Undefined:
        reject()


VALUES = values(TREES)
SMALL_VALUES = values(SMALL_TREES)


def exact(tree: Tree) -> Exact:
    """The value of a tree in examgen."""
    match tree:
        case ("rational", n, d):
            return ratio(n, d)
        case ("exp", n, d, r):
            return exp(ratio(n, d) * sqrt(r))
        case ("sqrt", n):
            return sqrt(n)
        case ("ln", n, d):
            return ln(ratio(n, d))
        case ("pi",):
            return PI
        case ("**", base, power):
            return applied("**", exact(base), power)
        case (name, left, right):
            return applied(name, exact(left), exact(right))
    raise AssertionError(tree)


def applied(name: str, a: Exact, b: Exact) -> Exact:
    """One operation on values."""
    match name:
        case "+":
            return ratio(a + b, 1)
        case "-":
            return ratio(a - b, 1)
        case "*":
            return ratio(a * b, 1)
        case "/":
            return ratio(a, b)
    power = int(str(b))
    found: Exact = (ratio(1, a) if power < 0 else a) ** abs(power)
    return ratio(found, 1)


def real(tree: Tree) -> Any:
    """The value of a tree as an mpmath number; division by (almost) nothing raises."""
    match tree:
        case ("rational", n, d):
            return REALS.mpf(n) / d
        case ("exp", n, d, r):
            return REALS.exp(REALS.sqrt(r) * n / d)
        case ("sqrt", n):
            return REALS.sqrt(n)
        case ("ln", n, d):
            return REALS.log(REALS.mpf(n) / d)
        case ("pi",):
            return +REALS.pi
        case ("**", base, power):
            return _divided(1, real(base) ** -power) if power < 0 else real(base) ** power
        case (name, left, right):
            a, b = real(left), real(right)
            return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b}.get(
                name, lambda: _divided(a, b)
            )()
    raise AssertionError(tree)


def _divided(a: Any, b: Any) -> Any:
    if abs(b) < NOTHING:
        raise ZeroDivisionError
    return a / b


def symbolic(tree: Tree) -> Any:
    """The tree as a sympy expression."""
    match tree:
        case ("rational", n, d):
            return sympy.Rational(n, d)
        case ("exp", n, d, r):
            return sympy.exp(sympy.sqrt(r) * n / d)
        case ("sqrt", n):
            return sympy.sqrt(n)
        case ("ln", n, d):
            return sympy.log(sympy.Rational(n, d))
        case ("pi",):
            return sympy.pi
        case ("**", base, power):
            return symbolic(base) ** power
        case (name, left, right):
            a, b = symbolic(left), symbolic(right)
            return {"+": a + b, "-": a - b, "*": a * b}[name] if name != "/" else a / b
    raise AssertionError(tree)


def from_sympy(expression: Any) -> Exact:
    """The value of a sympy expression in e, logarithms, square roots and pi."""
    if expression.is_Rational:
        return ratio(int(expression.p), int(expression.q))
    if expression is sympy.pi:
        return PI
    arguments = [from_sympy(a) for a in expression.args]
    if expression.is_Add or expression.is_Mul:
        found: Exact = arguments[0]
        for other in arguments[1:]:
            found = found + other if expression.is_Add else found * other
        return found
    if isinstance(expression, sympy.log):
        return ln(arguments[0])
    if expression is sympy.E:
        return exp(1)
    if isinstance(expression, sympy.exp):
        return exp(arguments[0])
    assert expression.is_Pow, expression
    base, power = arguments
    if isinstance(power, Fraction) and power.denominator == 2:
        return applied("**", sqrt(base), power.numerator)
    return applied("**", base, power)


def check_canonical(x: Exact) -> None:
    """Assert that a value has the type and the form that it should have."""
    if not isinstance(x, Closed):
        assert type(x) is int or (type(x) is Fraction and x.denominator != 1)
        return
    n, d = x.sums
    coefficients = [*n.values(), *d.values()]
    assert all(type(c) is int and c for c in coefficients)
    assert gcd(*coefficients) == 1
    assert min((m[0] for m in (*n, *d)), key=ascending) == 0
    assert all(max(sympy.factorint(m[1]).values(), default=1) == 1 for m in (*n, *d))
    algebraic = all(m[0] == 0 and not m[2] for m in d)
    assert not algebraic or list(d) == [ONE], "an algebraic denominator is an integer"
    again = value(n, d)
    assert isinstance(again, Closed)
    assert again.sums == (n, d)
