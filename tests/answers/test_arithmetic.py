"""The parser against an oracle that shares nothing with it: values made along with their text."""

import math
import random
from fractions import Fraction
from typing import Any, NamedTuple

import pytest

from examgen import answers
from examgen.exact import approximate

CLOSED = answers.kind("closed")
TIMES = ["*", " * ", "×", "·", r" \cdot ", r"\times "]
OVER = ["/", " / ", "÷"]
MINUS = ["-", "−", " - ", " – "]
PLUS = ["+", " + "]


class Spelled(NamedTuple):
    """A text, its value and how tightly it holds (0 sum, 1 product, 2 power, 3 atom)."""

    text: str
    value: Any
    tightness: int


def bracketed(spelled: Spelled, needed: int, rng: random.Random) -> str:
    """The text, in some brackets where it holds too loosely."""
    if spelled.tightness >= needed and rng.random() < 0.9:
        return spelled.text
    before, after = rng.choice([("(", ")"), ("( ", " )"), (r"\left(", r"\right)"), ("{", "}")])
    return before + spelled.text + after


def rational(rng: random.Random, depth: int) -> Spelled:
    """A rational number and its text."""
    if depth == 0 or rng.random() < 0.15:
        number = rng.randint(0, 12)
        return Spelled(str(number), Fraction(number), 3)
    left, right = rational(rng, depth - 1), rational(rng, depth - 1)
    match rng.choice(["+", "-", "*", "/", "frac", "^", "neg", "side"]):
        case "+":
            text = left.text + rng.choice(PLUS) + bracketed(right, 1, rng)
            return Spelled(text, left.value + right.value, 0)
        case "-":
            text = left.text + rng.choice(MINUS) + bracketed(right, 1, rng)
            return Spelled(text, left.value - right.value, 0)
        case "*":
            text = bracketed(left, 1, rng) + rng.choice(TIMES) + bracketed(right, 2, rng)
            return Spelled(text, left.value * right.value, 1)
        case "/" if right.value:
            text = bracketed(left, 1, rng) + rng.choice(OVER) + bracketed(right, 2, rng)
            return Spelled(text, left.value / right.value, 1)
        case "frac" if right.value:
            return Spelled(rf"\frac{{{left.text}}}{{{right.text}}}", left.value / right.value, 3)
        case "^" if left.value:
            power = rng.randint(-3, 3)
            spelled = rng.choice([f"^({power})", f"^{{{power}}}", f"**({power})", f"^{power}"])
            return Spelled(bracketed(left, 3, rng) + spelled, left.value**power, 2)
        case "side":
            text = f"({left.text})({right.text})"
            return Spelled(text, left.value * right.value, 1)
    return Spelled(f"-{bracketed(left, 2, rng)}", -left.value, 1)


@pytest.mark.parametrize("seed", range(6))
def test_rational_arithmetic(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(250):
        spelled = rational(rng, 4)
        reading = CLOSED.read(spelled.text)
        readings = [reading, *reading.alternatives]
        assert reading.state == "read", (spelled.text, reading.reason)
        assert any(each.value == spelled.value for each in readings), (spelled, reading)
        if not reading.alternatives:
            assert reading.value == spelled.value, spelled


def transcendental(rng: random.Random, depth: int) -> Spelled:
    """A number with e, ln, sqrt and its text; the value is a float."""
    if depth == 0:
        number = rng.randint(1, 9)
        return Spelled(str(number), float(number), 3)
    inner = transcendental(rng, depth - 1)
    number = rng.randint(2, 9)
    choices = [
        lambda: Spelled(f"exp({number}/2)", math.exp(number / 2), 3),
        lambda: Spelled(f"e^{number}", math.exp(number), 2),
        lambda: Spelled(f"e^(-{number}/3)", math.exp(-number / 3), 2),
        lambda: Spelled(rf"\ln({number})", math.log(number), 3),
        lambda: Spelled(rf"\sqrt{{{number}}}", math.sqrt(number), 3),
        lambda: Spelled(f"sqrt({number})", math.sqrt(number), 3),
        lambda: Spelled("π", math.pi, 3),
        lambda: Spelled(f"σ({number})", 1 / (1 + math.exp(-number)), 3),
        lambda: Spelled(f"{number}e", number * math.e, 1),
        lambda: Spelled(f"{inner.text} + {number}", inner.value + number, 0),
        lambda: Spelled(f"({inner.text})*{number}", inner.value * number, 1),
        lambda: Spelled(f"({inner.text})/(1+e)", inner.value / (1 + math.e), 1),
        lambda: Spelled(f"{number} - ({inner.text})", number - inner.value, 0),
        lambda: Spelled(f"({inner.text})^2", inner.value**2, 2),
    ]
    return rng.choice(choices)()


@pytest.mark.parametrize("seed", range(4))
def test_transcendental_arithmetic(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(150):
        spelled = transcendental(rng, 4)
        reading = CLOSED.read(spelled.text)
        assert reading.state == "read", (spelled.text, reading.reason)
        assert reading.alternatives == ()
        digits = float(approximate(reading.value, 30))
        assert math.isclose(digits, spelled.value, rel_tol=1e-9, abs_tol=1e-9), spelled


def test_a_value_and_a_near_one_are_told_apart() -> None:
    rng = random.Random(1)
    for _ in range(60):
        spelled = transcendental(rng, 3)
        key = CLOSED.read(spelled.text).value
        near = CLOSED.read(f"({spelled.text}) + 10^-{rng.randint(18, 60)}")
        assert CLOSED.judge(key, near).credit == 0, spelled
        same = CLOSED.read(f"2*({spelled.text}) - ({spelled.text})")
        assert CLOSED.judge(key, same).credit == 1, spelled
