"""Closed forms are held and shown as a person writes them."""

# To mypy `/` between exact numbers may be int/int, so a float; here one side is always closed.
# mypy: disable-error-code="operator,arg-type,list-item"

import copy
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest

from examgen.exact import PI, Closed, E, Exact, Term, exp, ln, ratio, sqrt

HALF = Fraction(1, 2)
S2 = sqrt(2)

MANY_ROOTS = sum((sqrt(p) for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)), start=E)
"""Too many roots for any to be cleared away."""

FORMS: list[tuple[Exact, str]] = [
    (exp(2) / (exp(1) + exp(2)), "(e) / (1 + e)"),
    (1 / (1 + exp(-2)), "(e^2) / (1 + e^2)"),
    (exp(2) / (exp(2) + exp(1) + 1), "(e^2) / (1 + e + e^2)"),
    (1 / (1 + exp(1) + exp(2)), "(1) / (1 + e + e^2)"),
    (exp(-2), "(1) / (e^2)"),
    (exp(1) - exp(-1), "(e^2 + -1) / (e)"),
    (E / (E - 1), "(e) / (e + -1)"),
    (E / (1 - E), "(-1*e) / (e + -1)"),
    (1 - E + E**2, "1 + -1*e + e^2"),
    (-1 + E - E**2, "-1 + e + -1*e^2"),
    (E - 1, "e + -1"),
    (1 - E, "1 + -1*e"),
    (exp(HALF) / (exp(HALF) + exp(1)), "(1) / (1 + e^(1/2))"),
    (exp(S2) / (exp(S2) + exp(2 * S2)), "(1) / (1 + e^(sqrt(2)))"),
    (exp(S2 / 2) * 1, "e^((sqrt(2)) / (2))"),
    (exp(1 + S2), "e^(1 + sqrt(2))"),
    (1 / S2, "(sqrt(2)) / (2)"),
    (ratio(3, 1) / sqrt(3), "sqrt(3)"),
    (1 / (1 + S2), "sqrt(2) + -1"),
    (1 / (E + S2), "(1) / (sqrt(2) + e)"),
    (1 / (S2 * E + S2), "(sqrt(2)) / (2 + 2*e)"),
    (5 / (1 + sqrt(6)), "sqrt(6) + -1"),
    (1 / (S2 + sqrt(3)), "sqrt(3) + -1*sqrt(2)"),
    (4 / (S2 + sqrt(6)), "sqrt(6) + -1*sqrt(2)"),
    (S2 / (S2 + 2 * E), "(sqrt(2)) / (sqrt(2) + 2*e)"),
    (sqrt(8), "2*sqrt(2)"),
    (sqrt(Fraction(2, 3)), "(sqrt(6)) / (3)"),
    (S2 * sqrt(6), "2*sqrt(3)"),
    (ln(2) + ln(3), "ln(6)"),
    (ln(3) - ln(2), "ln(3/2)"),
    (ln(2) - ln(3), "-1*ln(3/2)"),
    (ln(8), "3*ln(2)"),
    (ln(Fraction(1, 9)), "-2*ln(3)"),
    (ln(12), "ln(12)"),
    (2 * ln(6), "2*ln(6)"),
    (1 + ln(2) + ln(3), "1 + ln(6)"),
    (HALF + ln(3), "(1 + 2*ln(3)) / (2)"),
    (ln(2) * ln(3), "ln(2)*ln(3)"),
    (ln(2) ** 2 + ln(3), "ln(3) + ln(2)^2"),
    (E * ln(2) + E * ln(5), "e*ln(10)"),
    (PI * ln(2) + PI * ln(5), "ln(10)*pi^1"),
    (PI**2 / 6, "(pi^2) / (6)"),
    (1 / PI, "(1) / (pi^1)"),
    (ln(2) / (ln(2) * ln(3) + ln(2)), "(1) / (1 + ln(3))"),
    (20 * ln(2) + ln(3), "20*ln(2) + ln(3)"),
    ((E**2 - 1) / (E - 1), "1 + e"),
    ((E + 1) / (2 * E + 2) * E, "(e) / (2)"),
]


@pytest.mark.parametrize(("value", "form"), FORMS, ids=[form for _, form in FORMS])
def test_form(value: Exact, form: str) -> None:
    assert isinstance(value, Closed)
    assert repr(value) == f"Closed({form})"


@pytest.mark.parametrize(
    ("value", "rational"),
    [
        (S2 * S2, 2),
        (E * exp(-1), 1),
        (E - E, 0),
        (0 * E, 0),
        (S2 / sqrt(8), HALF),
        ((E + 1) / (2 * E + 2), HALF),
        ((E + S2) * 3 / (E + S2), 3),
        (ln(4) / ln(2), 2),
        (ln(8) / ln(4), Fraction(3, 2)),
        (exp(ln(3)), 3),
        (exp(-ln(4) / 2), HALF),
        (1 / (1 + E) + E / (1 + E), 1),
        (1 / (1 + exp(S2)) + 1 / (1 + exp(-S2)), 1),
        ((PI + ln(2)) / (2 * PI + ln(4)), HALF),
        (E**0, 1),
        (3 * MANY_ROOTS / (-2 * MANY_ROOTS), Fraction(-3, 2)),
    ],
)
def test_what_turns_out_rational_is_rational(value: Exact, rational: Exact) -> None:
    assert value == rational
    assert type(value) is type(rational)


def test_terms_are_public() -> None:
    value = 3 * E**2 * S2 * ln(Fraction(3, 2)) * PI / (1 + exp(S2 / 2))
    assert isinstance(value, Closed)
    (above,) = value.numerator
    assert above == Term(3, 2, 2, ((Fraction(3, 2), 1),), 1)
    one, other = value.denominator
    assert one == Term(1, 0, 1, (), 0)
    assert other == Term(1, S2 / 2, 1, (), 0)
    assert E.denominator == (Term(1, 0, 1, (), 0),)
    with pytest.raises(AttributeError):
        value.numerator = ()  # type: ignore[misc]


@pytest.mark.parametrize("value", [E, 1 / (E + S2), ln(6) * PI, exp(S2 / 2)], ids=repr)
def test_copies_are_equal(value: Closed) -> None:
    for other in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert other == value
        assert hash(other) == hash(value)
        assert repr(other) == repr(value)


def test_closed_forms_work_in_sets() -> None:
    twice = {1 / (E + S2), (E - S2) / (E**2 - 2), 1 / (E - S2)}
    assert len(twice) == 2


def test_only_exact_numbers_mix() -> None:
    for other in (0.5, True, 1j, "1", None):
        for operation in ("__add__", "__sub__", "__mul__", "__truediv__", "__lt__", "__rsub__"):
            assert getattr(E, operation)(other) is NotImplemented
        assert other != E
    for power in (0.5, HALF, E, True):
        with pytest.raises(TypeError):
            E**power
    with pytest.raises(TypeError):
        float(E)


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    """Forms, terms and hashes do not depend on the order of sets or on what was computed before."""
    script = (
        "from tests.exact.test_forms import FORMS\n"
        "import sys\n"
        "values = [v for v, _ in FORMS]\n"
        "values = values[:: -1 if sys.argv[1] == '1' else 1]\n"
        "total = sum(values[::5])\n"
        "lines = sorted([f'{v!r} {hash(v)} {v * v!r} {1 / v!r}' for v in values])\n"
        "print(lines)"
    )
    root = Path(__file__).resolve().parents[2]
    printed = [
        subprocess.run(
            [sys.executable, "-c", script, seed],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            cwd=root,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    ]
    assert printed[0]
    assert printed.count(printed[0]) == 3


def test_threads_do_not_disturb_each_other() -> None:
    def work(k: int) -> list[object]:
        weights = [exp(ratio(i * k, 2)) / (1 + E + exp(S2)) for i in range(1, 6)]
        total = sum(weights[1:], weights[0])
        return [repr(total), [w < ratio(1, i + 2) for i, w in enumerate(weights)], hash(total)]

    expected = [work(k) for k in range(12)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(work, list(range(12)) * 4)) == expected * 4
