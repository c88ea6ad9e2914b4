"""Numbers: every notation, near misses, two readings, accuracy."""

from fractions import Fraction
from typing import Any

import pytest

from examgen import answers
from examgen.answers import Policy, Reading, Several, Verdict
from examgen.exact import NEG_INF, PI, E, exp, ln, ratio, sqrt

CLOSED = answers.kind("closed")
INTEGER = answers.kind("integer")
RATIONAL = answers.kind("rational")


def read(text: str, kind: str = "closed") -> Reading:
    return answers.kind(kind).read(text)


def verdict(key: str, text: str, kind: str = "closed", policy: Policy = answers.EXACT) -> Verdict:
    asked = answers.kind(kind)
    return asked.judge(asked.parse(key), asked.read(text), policy).verdict


def reason(key: str, text: str, kind: str = "closed", policy: Policy = answers.EXACT) -> str:
    asked = answers.kind(kind)
    return asked.judge(asked.parse(key), asked.read(text), policy).reason


SOFTMAX = exp(2) / (1 + exp(2))

NOTATIONS: list[tuple[str, Any]] = [
    # integers and grouped digits
    ("42", 42),
    ("-3", -3),
    ("−3", -3),
    ("–3", -3),
    ("+3", 3),
    ("- 3", -3),
    ("3.", 3),
    ("  3\t", 3),
    ("(3)", 3),
    ("[3]", 3),
    ("{3}", 3),
    ("147_456", 147456),
    ("147 456", 147456),
    ("147\u202f456", 147456),
    ("147\\,456", 147456),
    ("147{,}456", 147456),
    ("1,234,567", 1234567),
    ("1'234'567", 1234567),
    ("４２", 42),
    ("𝟒𝟐", 42),
    ("2^10", 1024),
    ("2**10", 1024),
    ("2¹⁰", 1024),
    ("12*768*768", 7077888),
    ("12×768×768", 7077888),
    ("12·768·768", 7077888),
    ("12 x 768 x 768", 7077888),
    ("12x768x768", 7077888),
    ("2x(3+4)", 14),
    ("12 times 768 times 768", 7077888),
    (r"12 \cdot 768 \times 768", 7077888),
    ("5!", 120),
    ("10^3!", 1000000),
    ("binom(5, 2)", 10),
    (r"\binom{5}{2}", 10),
    ("floor((32-5)/2)+1", 14),
    ("⌊27/2⌋+1", 14),
    (r"\lfloor 27/2 \rfloor + 1", 14),
    ("max(1, 2)", 2),
    ("relu(-3)", 0),
    ("abs(-3)", 3),
    ("42 parameters", 42),
    ("3*3*64 weights", 576),
    # fractions and decimals
    ("1/2", Fraction(1, 2)),
    ("1 / 2", Fraction(1, 2)),
    ("1÷2", Fraction(1, 2)),
    ("½", Fraction(1, 2)),
    ("2½", Fraction(5, 2)),
    ("-2½", Fraction(-5, 2)),
    ("3⁄4", Fraction(3, 4)),
    ("4/2", 2),
    ("-1/3", Fraction(-1, 3)),
    ("1/-3", Fraction(-1, 3)),
    (r"\frac{1}{2}", Fraction(1, 2)),
    (r"\dfrac12", Fraction(1, 2)),
    (r"\tfrac 1 2", Fraction(1, 2)),
    (r"\frac1{2}", Fraction(1, 2)),
    (r"-\frac{5}{7}", Fraction(-5, 7)),
    ("Fraction(5, 12)", Fraction(5, 12)),
    ("fractions.Fraction(-5,12) + 1", Fraction(7, 12)),
    ("x = Rational(5, -12)", Fraction(-5, 12)),
    ("⁵⁄₁₂", Fraction(5, 12)),
    ("-⁵/₁₂", Fraction(-5, 12)),
    ("¹⁰/12", Fraction(5, 6)),
    ("minus 3", -3),
    ("negative 5/12", Fraction(-5, 12)),
    ("5 minus 3", 2),
    ("Minus infinity", NEG_INF),
    (r"$\frac{1}{2}$", Fraction(1, 2)),
    (r"$$\frac{1}{2}$$", Fraction(1, 2)),
    (r"\(\frac{1}{2}\)", Fraction(1, 2)),
    (r"\boxed{\frac{1}{2}}", Fraction(1, 2)),
    ("0.5", Fraction(1, 2)),
    (".5", Fraction(1, 2)),
    ("0.50", Fraction(1, 2)),
    ("1.0", 1),
    ("1e3", 1000),
    ("2.5E-1", Fraction(1, 4)),
    ("3×10^-2", Fraction(3, 100)),
    ("3 * 10⁻²", Fraction(3, 100)),
    ("2^-3", Fraction(1, 8)),
    ("(1/2)^3", Fraction(1, 8)),
    ("4^(1/2)", 2),
    ("8^(1/3)", 2),
    (r"\sqrt[3]{8}", 2),
    ("1-2-3", -4),
    ("2026-4-3", 2019),
    ("3/4/5", Fraction(3, 20)),
    ("3.4", Fraction(17, 5)),
    ("8/4/2", 1),
    ("2^3^2", 512),
    ("-2^2", -4),
    ("(-2)^2", 4),
    ("--2", 2),
    ("1--2", 3),
    ("2*-3", -6),
    # closed forms
    ("e", E),
    ("E", E),
    ("ℯ", E),
    ("𝑒", E),
    (r"\mathrm{e}", E),
    ("e^2", exp(2)),
    ("e²", exp(2)),
    ("e⁻²", exp(-2)),
    ("e^{2}", exp(2)),
    ("e^-2", exp(-2)),
    ("e**2", exp(2)),
    ("e^(1/2)", exp(Fraction(1, 2))),
    ("e^0.5", exp(Fraction(1, 2))),
    ("exp(2)", exp(2)),
    ("EXP(2)", exp(2)),
    ("Exp(2)", exp(2)),
    (r"\exp(2)", exp(2)),
    (r"\exp\left(2\right)", exp(2)),
    ("np.exp(2)", exp(2)),
    ("torch.exp(2)", exp(2)),
    ("math.e", E),
    ("e*e", exp(2)),
    ("2e", 2 * E),
    ("2 e^2", 2 * exp(2)),
    ("e^2/(1+e^2)", SOFTMAX),
    ("e^2 / (e^2 + 1)", SOFTMAX),
    ("1/(1+e^-2)", SOFTMAX),
    ("1/(1+e^(-2))", SOFTMAX),
    ("1/(1+exp(-2))", SOFTMAX),
    ("1 - 1/(1+e^2)", SOFTMAX),
    (r"\frac{e^2}{1+e^2}", SOFTMAX),
    (r"\frac{e^{2}}{1 + e^{2}}", SOFTMAX),
    (r"\displaystyle\frac{e^{2}}{1 + e^{2}}", SOFTMAX),
    (r"$\dfrac{e^{4}}{e^{4}+e^2}$", SOFTMAX),
    ("σ(2)", SOFTMAX),
    ("sigma(2)", SOFTMAX),
    ("sigmoid(2)", SOFTMAX),
    (r"\sigma(2)", SOFTMAX),
    (r"\operatorname{sigmoid}(2)", SOFTMAX),
    ("ln 2", ln(2)),
    ("ln2", ln(2)),
    ("ln(2)", ln(2)),
    ("LN(2)", ln(2)),
    (r"\ln 2", ln(2)),
    (r"\ln{2}", ln(2)),
    ("np.log(2)", ln(2)),
    ("math.log(2)", ln(2)),
    ("log_e(2)", ln(2)),
    ("3ln2", 3 * ln(2)),
    ("3 ln 2", 3 * ln(2)),
    ("ln 8", 3 * ln(2)),
    ("ln(2)+ln(3)", ln(6)),
    ("ln 2 + ln 3", ln(6)),
    ("ln 2 ln 3", ln(2) * ln(3)),
    ("-ln(1/2)", ln(2)),
    ("ln(e^3)", 3),
    ("ln^2(3)", ln(3) * ln(3)),
    (r"\ln^{2} 3", ln(3) * ln(3)),
    ("log2(8)", 3),
    ("log_2(8)", 3),
    (r"\log_{2} 8", 3),
    ("log₂(8)", 3),
    ("log10(100)", 2),
    ("e^(ln 3)", 3),
    ("e^{\\ln 3}", 3),
    ("sqrt(2)", sqrt(2)),
    ("sqrt2", sqrt(2)),
    ("sqrt 2", sqrt(2)),
    ("√2", sqrt(2)),
    ("√(2)", sqrt(2)),
    (r"\sqrt{2}", sqrt(2)),
    (r"\sqrt2", sqrt(2)),
    ("sqrt2/2", ratio(sqrt(2), 2)),
    ("√2/2", ratio(sqrt(2), 2)),
    ("1/√2", ratio(sqrt(2), 2)),
    (r"\frac{\sqrt{2}}{2}", ratio(sqrt(2), 2)),
    ("2^(1/2)", sqrt(2)),
    ("2^0.5", sqrt(2)),
    ("sqrt(8)", 2 * sqrt(2)),
    ("2√2", 2 * sqrt(2)),
    ("sqrt(2)sqrt(3)", sqrt(6)),
    ("pi", PI),
    ("π", PI),
    ("PI", PI),
    (r"\pi", PI),
    ("np.pi", PI),
    ("2π", 2 * PI),
    ("tanh(1)", (exp(2) - 1) / (exp(2) + 1)),
    ("e·ln 2", E * ln(2)),
    ("(1+e)(1-e)", 1 - exp(2)),
    ("(1+e)^2", 1 + 2 * E + exp(2)),
    # what stands around an answer
    ("x = 3", 3),
    ("x=3", 3),
    ("x := 3", 3),
    ("= 3", 3),
    ("y[1,2] = 3", 3),
    ("y_{12} = 3", 3),
    ("h^{(1)} = 3", 3),
    ("P(y=1|x) = 3", 3),
    ("softmax(z)_1 = 3", 3),
    ("dL/dw = 3", 3),
    ("∂L/∂W_1 = 3", 3),
    (r"\partial L/\partial w = 3", 3),
    (r"\frac{\partial L}{\partial w} = 3", 3),
    ("feature map = 3", 3),
    ("w* = 3", 3),
    ("w^* = 3", 3),
    ("f - y = 3", 3),
    ("dL/df = f - y = 3", 3),
    ("p_1 * x = 3", 3),
    ("e*x = 3", 3),
    ("e*e = e^2", exp(2)),
    ("ŷ = 3", 3),
    ("x\u0304 = 3", 3),
    ("‖w‖ = 3", 3),
    ("||w||_2 = 3", 3),
    (r"\lVert w \rVert^2 = 3", 3),
    ("⟨w, x⟩ = 3", 3),
    ("loss: 3", 3),
    ("lambda: 3", 3),
    ("Total : 1 + 2 = 3", 3),
    ("w → 3", 3),
    ("so w -> 3", 3),
    ("=> 3", 3),
    ("∴ w = 3", 3),
    ("pi/e = pi/e", PI / E),
    ("answer: 3", 3),
    ("Answer = 3", 3),
    ("The answer is 3.", 3),
    ("7a: 3", 3),
    ("7a) 3", 3),
    ("(7a) 3", 3),
    ("(a) 3", 3),
    ("a) 3", 3),
    ("e) 3", 3),
    ("tensor(3)", 3),
    ("np.float(0.5)", Fraction(1, 2)),
    ("(a) -3", -3),
    ("**3**", 3),
    ("`3`", 3),
    ('"3"', 3),
    ("“3”", 3),
    ("e^2.", exp(2)),
    ("$e^2$.", exp(2)),
    ("12*768 = 9216", 9216),
    ("12*768\n= 9216", 9216),
    ("x = 12*768 = 9216", 9216),
    ("1/2 = 0.5", Fraction(1, 2)),
    ("2/3 ≈ 0.667", Fraction(2, 3)),
    (r"2/3 \approx 0.667", Fraction(2, 3)),
    ("2/3 = 0.667", Fraction(2, 3)),
    ("0.667 ≈ 2/3", Fraction(2, 3)),
    ("2/3 = 0.666", Fraction(2, 3)),
    ("2/3 = 0.666...", Fraction(2, 3)),
    ("0.6666… = 2/3", Fraction(2, 3)),
    ("-2/3 = -0.66", Fraction(-2, 3)),
    ("e/(1+e) = 0.73105", E / (1 + E)),
    ("e/(1+e) ≈ 0.731", E / (1 + E)),
    ("1/2 or 0.5", Fraction(1, 2)),
    # a formula, worked out
    ("L = -ln(1-p) = ln(1 + 2/9) = ln(11/9)", ln(11) - ln(9)),
    ("(n - k)/s + 1 = (32-5)/3 + 1 = 10", 10),
    ("p - y = (2/9)/(1+2/9) = 2/11", Fraction(2, 11)),
    (r"\sigma(w^T x + b) = 1/2", Fraction(1, 2)),
    # of two readings the one that makes the sides equal
    ("2 1/2 = 5/2", Fraction(5, 2)),
    ("1/2e = 0.5e", E / 2),
    ("1/2e ≈ 0.184", 1 / (2 * E)),
    ("log 100 = 2", 2),
    ("L = -log(1/2) = 0.693", ln(2)),
    ("-1 - 1/2 * 2/11 ln 2 = -1 - ln(2)/11", -1 - ratio(ln(2), 11)),
    # the same once more in brackets
    ("5/12 (0.417)", Fraction(5, 12)),
    ("5/12 (0.41666)", Fraction(5, 12)),
    ("5/12 (41.7%).", Fraction(5, 12)),
    ("0.417 (5/12)", Fraction(5, 12)),
    ("5/12 (≈0.417)", Fraction(5, 12)),
    (r"5/12 (\approx 0.417)", Fraction(5, 12)),
    ("10/24 (= 5/12)", Fraction(5, 12)),
    ("5/12 (about 0.42)", Fraction(5, 12)),
    ("p = e/(1+e) (0.731)", E / (1 + E)),
    ("147456 (= (3*3)*(128*128))", 147456),
    ("9 multiplications (= 3*3)", 9),
    ("ln 2 (natural logarithm)", ln(2)),
    # and what is a factor
    ("2 (e)", 2 * E),
    ("2 (pi)", 2 * PI),
    ("3 (4)", 12),
    ("2 (0.43)", Fraction(43, 50)),
    ("(3) (3)", 9),
    ("3(3)", 9),
    ("3 (3) = 9", 9),
    ("(1+1) (1+1)", 4),
    ("exp (2)", exp(2)),
    ("1 +\n2", 3),
    ("3\u200b", 3),
    ("\ufeff3", 3),
    ("-inf", NEG_INF),
    ("-∞", NEG_INF),
    (r"-\infty", NEG_INF),
    ("-oo", NEG_INF),
    ("-np.inf", NEG_INF),
    ("float('-inf')", NEG_INF),
    ("masked", NEG_INF),
]


@pytest.mark.parametrize(("text", "value"), NOTATIONS)
def test_notations_of_a_number(text: str, value: Any) -> None:
    reading = read(text)
    assert reading.state == "read", reading.reason
    assert type(reading.value) is type(value)
    assert reading.value == value
    assert reading.alternatives == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("147,456", 147456),
        ("1,024", 1024),
        ("3e-2", Fraction(3, 100)),
        ("1e3", 1000),
        ("-1,024", -1024),
        ("147,456 + 1", 147457),
    ],
)
def test_where_an_integer_is_asked_commas_group_and_e_is_a_power_of_ten(
    text: str, value: Any
) -> None:
    reading = INTEGER.read(text)
    assert (reading.value, reading.alternatives) == (value, ())


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "-", "—", "?", "n/a", "...", "___", "$ $", "\u200b"]
)
def test_nothing_is_blank(text: str) -> None:
    assert read(text).state == "blank"
    assert verdict("1", text) is Verdict.BLANK


UNREADABLE = [
    ("x", "x", 1),
    ("2x = 6", '"x"', 2),
    ("x/2 + 1 = 6", '"x"', 1),
    (r"\frac{1}{2} x = 6", '"x"', 13),
    ("2e^x = 6", '"x"', 4),
    ("a + 2b", '"a"', 1),
    ("3 = a + 2b", '"a"', 5),
    ("sqr(2)", 'did you mean "sqrt"', 1),
    ("lnn 2", 'did you mean "ln"', 1),
    ("1 + sigmod(2)", 'did you mean "sigmoid"', 5),
    ("nan", "not a number", 1),
    ("1/0", "division by zero", 2),
    ("0^-1", "division by zero", 2),
    ("1/(e-e)", "division by zero", 2),
    ("ln(0)", "not positive", 1),
    ("ln(1-e)", "not positive", 1),
    ("sqrt(-1)", "negative", 1),
    ("(-8)^(1/3)", "negative", 5),
    ("inf", "write -inf", 1),
    ("1/inf", "infinity", 2),
    ("inf - inf", "infinity", 5),
    ("1.2.3", "two points", 1),
    ("1 2", "side by side", 3),
    ("e2", "e^2", 2),
    ("e 2", "side by side", 3),
    ("5! 2", "side by side", 4),
    ("1/2 1/3", "side by side", 5),
    ("1 + 3/2 1/3", "side by side", 9),
    ("np.log", "missing", 7),
    ("max 2", "max(", 1),
    ("max(2)", "1 numbers", 4),
    ("math.", "math", 1),
    ("(1+e", "never closed", 1),
    ("1+e)", "closes nothing", 4),
    ("(1+e]", "closed by", 5),
    ("1 +", "missing", 4),
    ("1 + * 2", "cannot stand here", 5),
    ("[1, 2]", "one number", 3),
    ("(1, 2)", "one number", 3),
    ("±2", "±", 1),
    ("2 ± 1", "±", 3),
    ("__import__('os')", "import", 3),
    ("e.__class__", "means here", 2),
    ("1 + lambda", "lambda", 5),
    (r"\foo{2}", "foo", 1),
    (r"\begin{cases} 1 \end{cases}", "cases", 1),
    ("1 < 2", "<", 3),
    ("3 apples", "apples", 3),
    ("(1/2)!", "whole number", 6),
    ("1 234/5", "one number or two", 1),
    ("1/2%", "brackets", 4),
    ("\\frac123", "frac", 6),
    ("e^T", "", 3),
    ("1; drop table", "drop", 4),
    ("Fraction(1, 2, 3)", "Fraction", 1),
    ("Fraction(x, 2)", "Fraction", 1),
    ("minus", "minus", 1),
    ("minus two", "minus", 1),
    ("2026-04-03", "date", 1),
    ("2026-04-03 00:00:00", "date", 1),
    ("3/4/2026", "date", 1),
    ("03.04.2026", "date", 1),
    ("3-Apr", "date", 1),
    ("03. April", "date", 1),
    ("Apr-03", "date", 1),
    ("3-Apr-26", "date", 1),
    ("5 (or six)", '"six"', 7),
    ("5 (million)", '"million"', 4),
    ("5 (negative)", '"negative"', 4),
    ("5 (in thousands)", '"thousands"', 7),
    ("101 (binary)", '"binary"', 6),
    ("5 (w)", '"w"', 4),
    ("5 (none)", '"none"', 4),
    ("(no bias)", '"no"', 2),
    ("5:12", ":", 2),
    ("w: 1 → 3", "→", 6),
    ("w: v: 3", '"v"', 4),
    ("w < 3", '"w"', 1),
]


@pytest.mark.parametrize(("text", "said", "position"), UNREADABLE)
def test_unreadable_says_why_and_where(text: str, said: str, position: int) -> None:
    reading = read(text)
    assert reading.state == "unreadable"
    assert said in reading.reason
    assert reading.position == position
    assert f"character {position}" in reading.reason
    judgement = CLOSED.judge(1, reading)
    assert (judgement.verdict, judgement.credit) == (Verdict.UNREADABLE, Fraction(0))
    assert judgement.reason == reading.reason


NEAR_MISSES = [
    ("e^(-50)", "e^-60"),
    ("147456", "147457"),
    ("1", "1-10^-18"),
    ("1", "0.999999999999999999"),
    ("1-1/e", "1+1/e"),
    ("1024", "1030"),
    ("e/(1+e)", "1/(1+e)"),
    ("ln(2)", "0.69314718055994530941723212145817656807550013436025"),
    ("pi", "355/113"),
    ("pi", "3.14159265358979323846264338327950288419716939937510"),
    ("sqrt(2)", "1.41421356237309504880168872420969807856967187537694"),
    ("e^2/(1+e^2)", "e^2/(1+e^2+10^-40)"),
    ("3/2", "1 1/3"),
    ("2", "sqrt(4)+10^-30"),
    ("sqrt(2)+sqrt(3)", "sqrt(5+2sqrt(6))+10^-50"),
    ("1/2", "0.5000000000000000000000000000000001"),
]


@pytest.mark.parametrize(("key", "text"), NEAR_MISSES)
def test_near_misses_are_wrong(key: str, text: str) -> None:
    assert verdict(key, text) in (Verdict.WRONG, Verdict.UNREADABLE)
    asked = CLOSED
    assert asked.judge(asked.parse(key), asked.read(text)).credit == 0


def test_a_number_that_exact_cannot_hold_is_proved_different() -> None:
    assert verdict("1", "ln(1+e)") is Verdict.WRONG
    assert verdict("1", "sqrt(3+2sqrt(2)) - sqrt(2) + 10^-500") is Verdict.WRONG


def test_a_number_that_cannot_be_decided_goes_to_a_person() -> None:
    judgement = CLOSED.judge(1 + sqrt(2), read("sqrt(3+2sqrt(2))"))
    assert judgement.verdict is Verdict.UNREADABLE
    assert "600 digits" in judgement.reason


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1/2e", ["e/2", "1/(2*e)"]),
        ("1/2π", ["pi/2", "1/(2*pi)"]),
        ("1/2(1+e)", ["(1+e)/2", "1/(2+2*e)"]),
        ("e/2(3)", ["3*e/2", "e/6"]),
        ("2 1/2", ["5/2", "1"]),
        (r"2\frac{1}{2}", ["5/2", "1"]),
        ("-2 1/2", ["-5/2", "-1"]),
        ("3 + 2 1/2", ["11/2", "4"]),
        ("1,5", ["1 and 5", "1.5"]),
        ("1,234", ["1234", "1.234"]),
        ("log 2", ["ln(2)", "ln(2)/ln(10)"]),
        ("log(2)", ["ln(2)", "ln(2)/ln(10)"]),
        ("ln 3/2", ["ln(3)/2", "ln(3/2)"]),
        ("sqrt 2e", ["sqrt(2)*e", "sqrt(2)*e^(1/2)"]),
        ("3e-2", ["0.03", "3*e-2"]),
        ("5 (5)", ["25", "5"]),
        ("0.5 (1/2)", ["1/4", "1/2"]),
        ("0.4 (5/12)", ["1/6", "5/12"]),
        ("(e) 1/2", ["e/2", "1/2"]),
        ("(e) 1/2e", ["e^2/2", "1/2", "e/2", "1/(2*e)"]),
    ],
)
def test_two_readings_are_both_kept(text: str, shown: list[str]) -> None:
    reading = read(text)
    assert [reading.shown, *(each.shown for each in reading.alternatives)] == shown
    assert all(each.convention for each in (reading, *reading.alternatives))


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("e/2", "1/2e", Verdict.UNREADABLE),
        ("1/(2*e)", "1/2e", Verdict.UNREADABLE),
        ("7", "1/2e", Verdict.WRONG),
        ("5/2", "2 1/2", Verdict.UNREADABLE),
        ("1", "2 1/2", Verdict.UNREADABLE),
        ("7", "2 1/2", Verdict.WRONG),
        ("3/2", "1,5", Verdict.UNREADABLE),
        ("7", "1,5", Verdict.WRONG),
        ("ln(2)", "log 2", Verdict.UNREADABLE),
        ("0", "log 1", Verdict.CORRECT),
        ("7", "log 2", Verdict.WRONG),
        ("1234", "1,234", Verdict.CORRECT),
        ("617/500", "1,234", Verdict.UNREADABLE),
        ("2*e", "4/2e", Verdict.UNREADABLE),
        ("1/2", "1/2e^0", Verdict.CORRECT),
        ("1/2", "(e) 1/2", Verdict.UNREADABLE),
        ("0", "(e) 0", Verdict.CORRECT),
        ("1/2", "1/2 (0.5)", Verdict.UNREADABLE),
        ("1/4", "1/2 (0.5)", Verdict.UNREADABLE),
        ("1", "1 (1)", Verdict.CORRECT),
        ("1/3", "1/2 (0.5)", Verdict.WRONG),
        ("1", "2 1/2 = 1", Verdict.CORRECT),
        ("5/2", "2 1/2 = 3", Verdict.WRONG),
        ("5/2", "2 1/2 or 1", Verdict.WRONG),
        ("e/2", "1/2e = 1/2e", Verdict.UNREADABLE),
        ("e/2", "(e)/2", Verdict.CORRECT),
    ],
)
def test_ambiguity_is_never_decided_silently(key: str, text: str, expected: Verdict) -> None:
    assert verdict(key, text) is expected
    if expected is Verdict.UNREADABLE:
        for each in (read(text), *read(text).alternatives):
            assert each.shown in reason(key, text)


@pytest.mark.parametrize(
    ("kind", "key", "text", "expected"),
    [
        ("closed", "ln(2)", "log 2", Verdict.CORRECT),
        ("closed", "ln(2)/ln(10)", "log 2", Verdict.WRONG),
        ("closed", "ln(2)/ln(10)", "log10(2)", Verdict.CORRECT),
        ("closed", "ln(2)/2", "log 2/2", Verdict.UNREADABLE),
        ("array", "[ln(2), 1]", "[log 2, log(e)]", Verdict.CORRECT),
        ("expression", "ln(x)", "log x", Verdict.CORRECT),
    ],
)
def test_log_is_ln_where_the_paper_says_so(
    kind: str, key: str, text: str, expected: Verdict
) -> None:
    judged = answers.judge(kind, key, text, policy=Policy(natural_log=True))
    assert judged.judgement.verdict is expected
    assert answers.as_stated(judged.reading, answers.EXACT) is judged.reading


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1/2 or 1/3",
            "1/2, 1/3",
            "1/2 and 1/3",
            "1/2; 1/3",
            "1/3 or 1/2",
            "1/2\n1/3",
            "1/2 = 1/3",
        ),
        *("1/3 = 0.32", "1/3 = 0.34", "0.667 or 0.66", "1/2 = 0.49", "-1/3 = -0.34", "1/3 = 0"),
    ],
)
def test_two_answers_in_one_slot_never_score(text: str) -> None:
    reading = read(text)
    assert isinstance(reading.value, Several)
    for key in (Fraction(1, 2), Fraction(1, 3)):
        for policy in (answers.EXACT, Policy(decimals=1, rounded_credit=Fraction(1))):
            judgement = CLOSED.judge(key, reading, policy)
            assert (judgement.verdict, judgement.credit) == (Verdict.WRONG, Fraction(0))
            assert "more than one answer" in judgement.reason


HALF = Policy(rounded_credit=Fraction(1, 2))
THREE = Policy(decimals=3)


@pytest.mark.parametrize(
    ("key", "text", "policy", "expected", "said"),
    [
        ("e/(1+e)", "0.731", answers.EXACT, Verdict.WRONG, "rounding"),
        ("e/(1+e)", "0.731", HALF, Verdict.PARTIAL, "rounding"),
        ("e/(1+e)", "0.73", HALF, Verdict.PARTIAL, "rounding"),
        ("e/(1+e)", "0.7", HALF, Verdict.WRONG, "rounding"),
        ("e/(1+e)", "0.732", HALF, Verdict.WRONG, "not the right value"),
        ("1/3", "0.333", HALF, Verdict.PARTIAL, "rounding"),
        ("1/3", "0.33...", HALF, Verdict.PARTIAL, "rounding"),
        ("1/3", "≈ 0.33", HALF, Verdict.PARTIAL, "rounding"),
        ("1/3", "about 0.33", HALF, Verdict.PARTIAL, "rounding"),
        ("1/3", "0.333333", HALF, Verdict.PARTIAL, "rounding"),
        ("1/2", "0.5", answers.EXACT, Verdict.CORRECT, ""),
        ("1/2", "0.500", answers.EXACT, Verdict.CORRECT, ""),
        ("1/2", "50%", answers.EXACT, Verdict.WRONG, "percentage"),
        ("1/2", "50%", HALF, Verdict.PARTIAL, "percentage"),
        ("1/2", "50 %", HALF, Verdict.PARTIAL, "percentage"),
        (r"1/2", r"50\%", HALF, Verdict.PARTIAL, "percentage"),
        ("2/3", "66.7%", HALF, Verdict.PARTIAL, "rounding"),
        ("2/3", "0.666", answers.EXACT, Verdict.WRONG, "cut off"),
        ("1/e^10", "0", answers.EXACT, Verdict.WRONG, "not the right value"),
        ("1/2", "0.4", answers.EXACT, Verdict.WRONG, "not the right value"),
        ("-1/2", "-0.4", answers.EXACT, Verdict.WRONG, "not the right value"),
        ("2/3", "66.7", answers.EXACT, Verdict.WRONG, "percentage"),
        ("1/2", "50", answers.EXACT, Verdict.WRONG, "percentage"),
        ("147456", "147.456", answers.EXACT, Verdict.WRONG, "point"),
        ("5/7", "-5/7", answers.EXACT, Verdict.WRONG, "sign"),
        ("7", "15/2", answers.EXACT, Verdict.WRONG, "integer"),
        ("e/(1+e)", "0.731", THREE, Verdict.CORRECT, ""),
        ("e/(1+e)", "0.7311", THREE, Verdict.CORRECT, ""),
        ("e/(1+e)", "e/(1+e)", THREE, Verdict.CORRECT, ""),
        ("e/(1+e)", "0.73", THREE, Verdict.WRONG, "2 decimal places; 3"),
        ("e/(1+e)", "1", THREE, Verdict.WRONG, "no decimal places; 3"),
        ("e/(1+e)", "0.732", THREE, Verdict.WRONG, "not the right value"),
        ("2/3", "0.666", THREE, Verdict.WRONG, "cut off"),
        (f"{5 * 10**26 + 1}/{10**30}", "0.000", THREE, Verdict.WRONG, ""),
        (f"{5 * 10**26 - 1}/{10**30}", "0.000", THREE, Verdict.CORRECT, ""),
        ("2/3", "0.6667", THREE, Verdict.CORRECT, ""),
        ("2/3", "6.667", THREE, Verdict.WRONG, "point"),
        ("2/3", "0.0667", THREE, Verdict.WRONG, "point"),
        ("2/3", "66.667", THREE, Verdict.WRONG, "percentage"),
        ("2/3", "66.7%", THREE, Verdict.CORRECT, ""),
        ("2/3", "67%", THREE, Verdict.WRONG, "2 decimal places; 3"),
        ("1/2", "0.5", THREE, Verdict.CORRECT, ""),
        ("1/8", "0.12", Policy(decimals=2), Verdict.CORRECT, ""),
        ("1/8", "0.13", Policy(decimals=2), Verdict.CORRECT, ""),
        ("1/8", "0.14", Policy(decimals=2), Verdict.WRONG, "not the right value"),
        ("-2/3", "-0.667", THREE, Verdict.CORRECT, ""),
        ("-2/3", "-0.666", THREE, Verdict.WRONG, "cut off"),
        ("-2/3", "0.667", THREE, Verdict.WRONG, ""),
    ],
)
def test_accuracy(key: str, text: str, policy: Policy, expected: Verdict, said: str) -> None:
    asked = CLOSED
    judgement = asked.judge(asked.parse(key), asked.read(text), policy)
    assert judgement.verdict is expected, judgement.reason
    assert said in judgement.reason
    assert (
        judgement.credit
        == {
            Verdict.CORRECT: 1,
            Verdict.PARTIAL: policy.rounded_credit,
            Verdict.WRONG: 0,
        }[expected]
    )
    assert (judgement.reason == "") == (expected is Verdict.CORRECT)


def test_the_reading_shows_what_was_understood() -> None:
    shown = {
        "0.30": "0.30",
        "12*768*768": "7077888",
        "σ(2)": "e^2/(1+e^2)",
        "50%": "50%",
        "31.3%": "31.3%",
        "4/2": "2",
        "ln(1+e)": "ln(1 + e)",
        "1/3 or 1/2": "1/3 and 1/2",
    }
    for text, expected in shown.items():
        assert read(text).shown == expected, text


def test_what_is_shown_is_short_and_printable() -> None:
    reading = read("3^10000")
    assert reading.state == "read"
    assert len(reading.shown) < 200
    for text in ("\x1b[31m1", "1\x00", "a\u202eb", "\ud800", "x\x07"):
        found = read(text)
        assert found.state == "unreadable"
        assert found.reason.isprintable()
        assert found.shown.isprintable()


def test_the_record_is_parsed_strictly() -> None:
    assert INTEGER.parse("-42") == -42
    assert RATIONAL.parse("5/7") == Fraction(5, 7)
    for kind, text in [
        ("integer", "1/2"),
        ("integer", "x"),
        ("integer", ""),
        ("rational", "e"),
        ("closed", "ln(1+e)"),
        ("closed", "-inf"),
        ("closed", "1/2e"),
        ("closed", "1, 2"),
    ]:
        with pytest.raises(ValueError, match=r"\S"):
            answers.kind(kind).parse(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0 (none)", 0),
        ("none", 0),
        ("None.", 0),
        ("zero", 0),
        ("no parameters", 0),
        ("zero parameters", 0),
        ("Seven", 7),
        ("twelve weights", 12),
        ("7a) three", 3),
        ("12 multiply–adds", 12),
        ("3*4 multiply-adds = 12", 12),
        ("12 multiply adds in total", 12),
        ("12 trainable parameters", 12),
        ("0 (ReLU has no parameters)", 0),
        ("12 (no bias)", 12),
        ("3*4 = 12 (without biases).", 12),
        ("12 weights (biases do not count)", 12),
    ],
)
def test_counts_in_words(text: str, value: int) -> None:
    reading = answers.kind("integer").read(text)
    assert (reading.value, reading.shown, reading.alternatives) == (value, str(value), ())


@pytest.mark.parametrize(
    "text", ["no", "(0 ", "5 (none)", "twenty two", "one two", "0 0 none", "none 3"]
)
def test_words_that_are_no_count(text: str) -> None:
    assert answers.kind("integer").read(text).state == "unreadable"
    assert answers.kind("closed").read("zero").state == "unreadable"


@pytest.mark.parametrize(
    "text", ["8x8", "8x8 (pixels)", "8 x 8", "8 x 8 pixels", "8 X 8.", "8×8", "8 by 8"]
)
def test_a_square_can_be_meant_by_its_side(text: str) -> None:
    kind = answers.kind("integer")
    reading = kind.read(text)
    assert [each.value for each in (reading, *reading.alternatives)] == [64, 8]
    for key in (64, 8):
        judgement = kind.judge(key, reading)
        assert judgement.verdict is Verdict.UNREADABLE
        assert "8 (as the side of a square); one number is asked" in judgement.reason
    assert kind.judge(63, reading).verdict is Verdict.WRONG


@pytest.mark.parametrize("text", ["8*8", "8x8 = 64", "8 x 9", "64", r"8 \cdot 8", "2x8x8"])
def test_what_is_a_product_or_a_number_alone(text: str) -> None:
    assert answers.kind("integer").read(text).alternatives == ()
