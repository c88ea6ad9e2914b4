"""Limits: each is named, and each is checked before any arithmetic."""

import pytest

from examgen import answers
from examgen.answers.arithmetic.values import Computable
from examgen.answers.limits import NESTING, SET_ENTRIES, STUDENT
from examgen.exact import Closed
from tests.answers.bombs import BOMBS

CLOSED = answers.kind("closed")
ARRAY = answers.kind("array")


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
        (" or ".join("1" * 21), "20 answers"),
    ],
)
def test_each_limit_is_named(text: str, said: str) -> None:
    reading = CLOSED.read(text)
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
        BOMBS["a power of a sum"],
    ):
        assert isinstance(CLOSED.read(text).value, Computable), text
    for text in ("(1+e)^10", "(1+e+e^2)^4/(1+e)^3", "+".join(f"1/(1+e^{i})" for i in range(1, 9))):
        assert isinstance(CLOSED.read(text).value, Closed), text


def test_containers_have_limits() -> None:
    assert ARRAY.read(",".join("1" * 600)).state == "read"
    assert "1024 entries" in ARRAY.read(" ".join("1" * 1100)).reason
    indices = answers.kind("indices")
    assert indices.read(" ".join(map(str, range(SET_ENTRIES)))).state == "read"
    assert "64" in indices.read(" ".join(map(str, range(SET_ENTRIES + 1)))).reason
