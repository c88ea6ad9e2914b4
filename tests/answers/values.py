"""Strategies for exact values as they stand in answers."""

from typing import Any

from hypothesis import strategies as st

from examgen.exact import (
    NEG_INF,
    PI,
    Shape,
    Undefined,
    array,
    exp,
    ln,
    ratio,
    sqrt,
)

INTEGERS = st.integers(-(10**12), 10**12)
SMALL = st.integers(-9, 9)
RATIONALS = st.builds(ratio, INTEGERS, st.integers(1, 10**6))


@st.composite
def atoms(draw: st.DrawFn) -> Any:
    """A power of e, a logarithm, a square root, pi or a rational number."""
    match draw(st.integers(0, 5)):
        case 0:
            return exp(draw(SMALL))
        case 1:
            return exp(ratio(draw(SMALL), draw(st.integers(1, 4))))
        case 2:
            return ln(ratio(draw(st.integers(1, 30)), draw(st.integers(1, 30))))
        case 3:
            return sqrt(draw(st.integers(0, 50)))
        case 4:
            return PI
    return ratio(draw(SMALL), draw(st.integers(1, 9)))


@st.composite
def sums(draw: st.DrawFn) -> Any:
    """A sum of products of a few atoms."""
    total: Any = 0
    for _ in range(draw(st.integers(1, 3))):
        product: Any = draw(SMALL)
        for _ in range(draw(st.integers(0, 2))):
            product = product * draw(atoms())
        total = total + product
    return total


@st.composite
def numbers(draw: st.DrawFn) -> Any:
    """Any number: an integer, a fraction or a quotient of sums."""
    kind = draw(st.integers(0, 3))
    if kind == 0:
        return draw(INTEGERS)
    if kind == 1:
        return draw(RATIONALS)
    above, below = draw(sums()), draw(sums()) if kind == 3 else 1
    try:
        return ratio(above, below) if below else above
    except Undefined:
        return above


@st.composite
def arrays(draw: st.DrawFn, entries: Any = None) -> Any:
    """An array of up to three axes, scores may be masked."""
    shape = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    values = entries or st.one_of(numbers(), st.just(NEG_INF))

    def nested(axes: list[int]) -> Any:
        if not axes:
            return draw(values)
        return [nested(axes[1:]) for _ in range(axes[0])]

    return array(nested(shape))


SHAPES = st.builds(Shape, st.lists(st.integers(0, 10**6), max_size=6))
SETS = st.frozensets(st.integers(0, 10**6), max_size=64)
