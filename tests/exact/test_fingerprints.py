"""The hash is a ring homomorphism, so it cannot tell equal values apart."""

from math import prod

from hypothesis import given
from hypothesis import strategies as st

from examgen.exact import E, ln, ratio, sqrt
from examgen.exact.exponents import exponent
from examgen.exact.fingerprints import P, _image, fingerprint
from examgen.exact.monomials import ONE, symbols_of
from examgen.exact.primes import factor
from examgen.exact.sums import Sum, add, multiply

QUOTIENTS = st.fractions(-9, 9, max_denominator=12)
POWERS = st.tuples(QUOTIENTS, QUOTIENTS).map(
    lambda pair: exponent(
        (r, q.numerator, q.denominator) for r, q in zip((1, 6), pair, strict=True)
    )
)
ROOTS = st.sets(st.sampled_from([2, 3, 5, 7, 11, 13, 17]), max_size=5).map(prod)
SYMBOLS = st.dictionaries(st.sampled_from([1, 2, 3, 1009]), st.integers(1, 4), max_size=2).map(
    symbols_of
)
SUMS: st.SearchStrategy[Sum] = st.dictionaries(
    st.tuples(POWERS, ROOTS, SYMBOLS), st.integers(-99, 99).filter(bool), min_size=1, max_size=4
)


@given(SUMS, SUMS)
def test_sums_and_products_are_kept(a: Sum, b: Sum) -> None:
    (x, y), (u, v) = _image(a), _image(b)
    assert _image(add(a, b)) == ((x + u) % P, (y + v) % P)
    assert _image(multiply(a, b)) == ((x * u - y * v) % P, (x * v + y * u) % P)


@given(SUMS, SUMS, SUMS)
def test_common_factors_do_not_matter(a: Sum, b: Sum, c: Sum) -> None:
    assert fingerprint(multiply(a, c), multiply(b, c)) == fingerprint(a, b)


def test_the_field_is_large_and_has_the_roots_of_all_exponents() -> None:
    assert factor(P) == ((P, 1),)
    assert factor((P - 1) // 2) == (((P - 1) // 2, 1),)
    assert P % 4 == 3


def test_different_values_differ() -> None:
    values = [E, 1 / E, E + 1, ln(2), ln(3), sqrt(2), sqrt(3), -sqrt(2), ratio(1, 2) * E, E**2]
    assert len({hash(x) for x in values}) == len(values)
    assert fingerprint({ONE: 1}, {ONE: 2}) == fingerprint({ONE: 2}, {ONE: 4})
