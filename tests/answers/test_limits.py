"""Limits: each is named, each is checked before any arithmetic, nothing takes long."""

from time import perf_counter

import pytest

from examgen import answers
from examgen.answers import Option
from examgen.answers.arithmetic.values import Computable
from examgen.answers.limits import NESTING, SET_ENTRIES, STUDENT
from examgen.answers.work import Work
from examgen.exact import Closed, E, Shape, Undefined, array, exp, sqrt

CLOSED = answers.kind("closed")
ARRAY = answers.kind("array")
OPTIONS = tuple(
    Option(letter, value)
    for letter, value in zip(
        "ABCDEFGHIJ",
        [77, E, sqrt(2), Shape((7, 7)), array([7, 7]), frozenset({77}), "ReLU", 78, 79, exp(2)],
        strict=True,
    )
)
SOON = 1.0
"""Seconds that the worst of these may take on a slow machine; each takes far less."""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1" + " " * STUDENT.characters, "4000"),
        ("+".join("1" * 601), "1200"),
        ("9" * 61, "60"),
        ("0." + "9" * 61, "60"),
        ("1e99999", "6020"),
        ("1e9999999999", "6020"),
        ("(" * 61 + "1" + ")" * 61, "60 brackets"),
        ("9**9**9", "10000"),
        ("9^9^9^9^9", "10000"),
        ("2^10001", "10000"),
        ("2^-10001", "10000"),
        ("e^10001", "10000"),
        ("exp(10001)", "10000"),
        ("exp(exp(exp(9)))", "10000"),
        ("ln(1+e)^10001", "10000"),
        ("(1+e)^(ln(1+e)*99999)", "10000"),
        ("9^10000", "20000 bits"),
        ("(3^9000*3^9000)^10000", "20000 bits"),
        ("(1/(3^9000*3^9000))^-9999", "20000 bits"),
        ("(1/3)^10000*7^9999", "20000 bits"),
        ("501!", "500!"),
        ("10^6!!", "500!"),
        ("1000000!", "500!"),
        ("binom(501, 2)", "500"),
        ("3^9000*3^9000*3^9000", "40000 bits"),
        ("3^9000/2^9000 + 5^8000/2^8000", "40000 bits"),
        ("^".join("2" * 70), "60 levels"),
        ("\\frac" * 100 + "1 " * 101, "60 levels"),
        ("ln " * 100 + "2", "60 levels"),
        ("√" * 100 + "2", "60 levels"),
        ("-" * 1300 + "1", "1200"),
        ("1/2e + log 2 + 2 1/2 + 3e-2 + ln 3/2", "too many ways"),
    ],
)
def test_each_limit_is_named(text: str, said: str) -> None:
    start = perf_counter()
    reading = CLOSED.read(text)
    assert perf_counter() - start < SOON
    assert reading.state == "unreadable", reading.shown
    assert said in reading.reason


@pytest.mark.parametrize(
    "text",
    [
        "1" + " " * (STUDENT.characters - 1),
        "+".join("1" * 600),
        "9" * 60,
        "(" * NESTING + "1" + ")" * NESTING,
        "2^10000",
        "2^-10000",
        "500!",
        "-" * 1000 + "1",
        "3^9000*3^9000",
        "^".join("1" * 60),
        "\\frac" * 59 + "1 " * 60,
    ],
)
def test_what_is_within_the_limits_is_read(text: str) -> None:
    reading = CLOSED.read(text)
    assert reading.state == "read", reading.reason
    assert len(reading.shown) < 200


def test_work_is_limited_and_what_is_left_is_computed_to_any_precision() -> None:
    for text in (
        "(1+e+sqrt(2))^200",
        "(1+e)^200",
        "(1+e)^500",
        BOMBS["quotients"],
        BOMBS["powers of sums"],
    ):
        assert isinstance(CLOSED.read(text).value, Computable), text
    for text in ("(1+e)^10", "(1+e+e^2)^4/(1+e)^3", "+".join(f"1/(1+e^{i})" for i in range(1, 9))):
        assert isinstance(CLOSED.read(text).value, Closed), text
    work = Work(left=3)
    work.spend(3)
    with pytest.raises(Undefined):
        work.spend(1)


def test_containers_have_limits() -> None:
    assert ARRAY.read(",".join("1" * 600)).state == "read"
    assert "1024 entries" in ARRAY.read(" ".join("1" * 1100)).reason
    indices = answers.kind("indices")
    assert indices.read(" ".join(map(str, range(SET_ENTRIES)))).state == "read"
    assert "64" in indices.read(" ".join(map(str, range(SET_ENTRIES + 1)))).reason


BOMBS = {
    "quotients": "+".join(f"1/(1+e^{i})" for i in range(1, 110)),
    "products": "*".join(f"(1+e^{i})" for i in range(1, 110)),
    "fractional exponents": "+".join(f"e^(1/{i})" for i in range(2, 130)),
    "powers of sums": "+".join(["(1+e)^200/(2+e)^50"] * 60),
    "a power of a sum": "(1+e+sqrt(2)+pi+ln(2))^10000",
    "roots below": "1/(" + "+".join(f"sqrt({i})" for i in range(2, 60)) + ")",
    "products of roots": "*".join(f"(1+sqrt({i}))" for i in range(2, 120)),
    "long primes": "+".join(f"ln({10**50 + i})" for i in range(60)),
    "semiprimes": "ln(1000000000000000003000000000000000002077)",
    "square root of a semiprime": "sqrt(1000000000000000003000000000000000002077)",
    "mixture": "+".join(f"(ln({i})+sqrt({i}))/(e^{i}+pi)" for i in range(2, 50)),
    "denominators": "+".join(f"1/{10**50 + i}" for i in range(60)),
    "continued fraction": "1/(e+" * 59 + "e" + ")" * 59,
    "nested roots": "sqrt(1+" * 59 + "1" + ")" * 59,
    "sigmoids": "+".join(f"σ({i})" for i in range(1, 150)),
    "nested sigmoids": "σ(" * 59 + "1" + ")" * 59,
    "ambiguous": "1/2e + log 3 + 2 1/2 + 3e-2 + " + "+".join(f"1/(1+e^{i})" for i in range(1, 50)),
    "brackets": "()" * 600,
    "opened": "(" * 4000,
    "signs": "+-" * 2000,
    "spaces": "1" + " " * 3990 + "1",
    "commas": "1," * 2000,
    "points": "." * 4000,
    "digits and commas": "1" * 60 + ",1" * 500,
    "backslashes": "\\" * 4000,
    "commands": "\\frac" * 800,
    "text": "\\text{" * 600,
    "braces": "{" * 60 + "1" + "}" * 60,
    "equals": "1=" * 600 + "1",
    "names": "x=" * 1000 + "1",
    "labels": "(a) " * 900 + "1",
    "quotes": '"' * 4000,
    "stars": "*" * 4000,
    "superscripts": "2" + "²" * 3000,
    "a long name": "a" * 4000,
    "long names": "sqr" * 1300,
    "newlines": "\n" * 3999 + "1",
    "long differences": "1/2tanh1,234π",
    "long quotients": "(1+e)^60/(2+e)^60",
    "roots": "^(1/9999)".join("7" * 40),
    "or": " or ".join("1" * 500),
    "transposes": "[1]" + "'" * 1000,
    "matrices": "\\begin{bmatrix}" * 60 + "1" + "\\end{bmatrix}" * 60,
}


@pytest.mark.parametrize("kind", ["closed", "array", "shape", "indices", "expression", "choice"])
@pytest.mark.parametrize("bomb", list(BOMBS))
def test_no_bomb_takes_long(kind: str, bomb: str) -> None:
    asked = answers.kind(kind)
    keys = {"array": "[77, 78]", "shape": "(77, 78)", "indices": "{77}", "choice": "J"}
    key = asked.parse(keys.get(kind, "77"))
    start = perf_counter()
    judgement = asked.judge(key, asked.read(BOMBS[bomb], options=OPTIONS))
    assert perf_counter() - start < SOON
    assert judgement.credit < 1
