"""Expressions in variables: equal by value, not by spelling."""

import pytest

from examgen import answers
from examgen.answers import Formula, Verdict

EXPRESSION = answers.kind("expression")


def verdict(key: str, text: str) -> Verdict:
    return EXPRESSION.judge(EXPRESSION.parse(key), EXPRESSION.read(text)).verdict


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("2*w*x + b", "2wx+b"),
        ("2*w*x + b", "b + 2 x w"),
        ("2*w*x + b", "y = w(2x) + b"),
        ("2*w*x + b", r"2 w x + b"),
        ("2*w*x + b", r"2 \cdot w \cdot x + b"),
        ("x^2 - 1", "(x-1)(x+1)"),
        ("x^2 - 1", "x² − 1"),
        ("1/(1+e^(-x))", "sigma(x)"),
        ("1/(1+e^(-x))", "e^x/(1+e^x)"),
        ("1/(1+e^(-x))", "1 - σ(-x)"),
        ("1/(1+e^(-x))", r"\frac{1}{1+e^{-x}}"),
        ("1/(1+exp(-w*x))", "1/(1+exp(-wx))"),
        ("(e^(2*x)-1)/(e^(2*x)+1)", "tanh(x)"),
        ("x/y", r"\frac{x}{y}"),
        ("x_1 + x_2", "x1 + x2"),
        ("x_1 + x_2", "x_{2} + x_{1}"),
        ("x_1 + x_2", r"$x_1 + x_2$"),
        ("alpha*x", r"\alpha x"),
        ("lambda*w", "λ w"),
        ("ln(x)", "ln x"),
        ("ln(x*y)", "ln(x) + ln(y)"),
        ("max(0, x)", "relu(x)"),
        ("n*(n+1)/2", "n^2/2 + n/2"),
        ("n*(n-1)/2", "binom(n, 2)"),
        ("n!", "n (n-1)!"),
        ("1", "x^0"),
        ("2", "2"),
        ("x*ln(2)", "ln(2^x)"),
        ("sqrt(x^2)", "abs(x)"),
        ("ln(1+e^x)", "x + ln(1+e^(-x))"),
        ("ln(1+e^x)", "-ln(σ(-x))"),
        ("ln(1+e^x)", "-ln(1 - σ(x))"),
        ("ln(1+e^x)", "ln(2 + 2e^x) - ln(2)"),
        ("ln(1+e^x)", "2 ln(sqrt(1+e^x))"),
        ("ln(1+e^x)", "log_2(1+e^x)*ln(2)"),
        ("ln(1+e^x)", "max(0, ln(1+e^x))"),
        ("1+e^x", "exp(ln(1+e^x))"),
        ("e^(ln(1+e^x)/2)", "e^(ln(1+e^x)/2)"),
        ("sqrt(1+e^x)", "(1+e^x)^(1/2)"),
        ("sqrt(1+e^x)", "e^(x/2) sqrt(1+e^(-x))"),
        ("1/sqrt(1+e^x)", "sqrt(1/(1+e^x))"),
        ("w*ln(σ(x)) + v*ln(1-σ(x))", "w x - (w+v) ln(1+e^x)"),
        ("2^(n+1)", "2*2^n"),
        ("(1+1/n)^n", "((n+1)/n)^n"),
        ("tanh(ln(1+e^x))", "2σ(2ln(1+e^x)) - 1"),
    ],
)
def test_equal_expressions(key: str, text: str) -> None:
    assert verdict(key, text) is Verdict.CORRECT


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("2*w*x + b", "2*w*x - b"),
        ("2*w*x + b", "w*x + b"),
        ("2*w*x + b", "2*w*x + c"),
        ("2*w*x + b", "7"),
        ("x^2", "x^2 + 10^-40"),
        ("x^2", "x^(2+10^-9)"),
        ("1/(1+e^(-x))", "1/(1+e^x)"),
        ("max(0, x)", "x"),
        ("max(0, x)", "abs(x)"),
        ("sqrt(x^2)", "x"),
        ("x_1 + x_2", "x_1 + x_3"),
        ("W*x", "w*x"),
        ("x", "x + x*(x-1)*(x-2)*10^-20"),
        ("ln(1+e^x)", "ln(1+e^x) + 10^-500"),
        ("ln(1+e^x)", "ln(2+e^x)"),
        ("ln(σ(x))", "abs(ln(σ(x)))"),
        ("2^n", "2^(n-1)"),
        ("e^x", "2.718281828459045^x"),
    ],
)
def test_different_expressions(key: str, text: str) -> None:
    assert verdict(key, text) is Verdict.WRONG


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x +", "missing"),
        ("2x = y + 1", "equation"),
        ("sine(x)", '"sine"'),
        ("x and y", "more than one"),
        ("x/0", "division by zero"),
        ("ln(-1-x^2)", "not positive"),
        ("ln(-ln(1+e^x))", "not positive"),
        ("inf", "infinity"),
        ("x^99999", "10000"),
        ("(x+1)^9999999", "10000"),
    ],
)
def test_unreadable_expressions(text: str, said: str) -> None:
    reading = EXPRESSION.read(text)
    judgement = EXPRESSION.judge(EXPRESSION.parse("x"), reading)
    assert judgement.credit == 0
    assert judgement.verdict in (Verdict.UNREADABLE, Verdict.WRONG)
    assert judgement.verdict is Verdict.UNREADABLE or "more than one" in judgement.reason
    assert said in judgement.reason


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("x", "x + 10^-700*ln(1+e^x)"),
        ("ln(1+e^x)", "ln(1+e^x) + 10^-700"),
        ("ln(1+e^x)", "ln(1+e^x+10^-700)"),
        ("2*ln(1+e^x)", "ln(1+2e^x+e^(2x))"),
        ("e^(x*ln(1+e^x))", "(1+e^x)^x"),
        ("1+e^x", "sqrt(1+e^x)^2 + 10^-800"),
    ],
)
def test_what_balls_cannot_tell_apart_is_never_right(key: str, text: str) -> None:
    judgement = EXPRESSION.judge(EXPRESSION.parse(key), EXPRESSION.read(text))
    assert judgement.verdict is Verdict.UNREADABLE
    assert "600 digits" in judgement.reason


def test_a_power_of_a_negative_number_that_is_too_long_to_hold() -> None:
    for text in ("(e-2.71828182845b04523536)^40", "(e-2.71828182845b04523536)^40+ln(1+e^b)"):
        judgement = EXPRESSION.judge(EXPRESSION.parse("2*w*x + b"), EXPRESSION.read(text))
        assert judgement.verdict is Verdict.WRONG


def test_two_readings_of_an_expression() -> None:
    reading = EXPRESSION.read("1/2x")
    assert [reading.shown, *(each.shown for each in reading.alternatives)] == ["1/2*x", "1/(2*x)"]
    assert verdict("x/2", "1/2x") is Verdict.UNREADABLE
    assert verdict("1/(2*x)", "1/2x") is Verdict.UNREADABLE
    assert verdict("7*x", "1/2x") is Verdict.WRONG


def test_a_variable_that_does_not_occur_is_named() -> None:
    judgement = EXPRESSION.judge(EXPRESSION.parse("w*x"), EXPRESSION.read("w*z"))
    assert "z does not occur" in judgement.reason


def test_the_same_answer_always_gets_the_same_verdict() -> None:
    key, reading = EXPRESSION.parse("x*ln(1+e^x)"), EXPRESSION.read("ln((1+e^x)^x)")
    assert len({EXPRESSION.judge(key, reading) for _ in range(5)}) == 1


@pytest.mark.parametrize(
    ("text", "plain", "latex"),
    [
        ("2wx+b", "2*w*x + b", "2 w x + b"),
        ("x/(2y)", "x/(2*y)", r"\frac{x}{2 y}"),
        ("-(x+1)^2", "-(x + 1)^2", r"-\left(x + 1\right)^{2}"),
        ("x-(y-z)", "x - (y - z)", r"x - \left(y - z\right)"),
        ("x*(-y)", "x*(-y)", r"x \left(-y\right)"),
        ("2*3", "2*3", r"2 \cdot 3"),
        ("x_1^2", "x1^2", r"x_{1}^{2}"),
        ("sqrt(x)", "sqrt(x)", r"\sqrt{x}"),
        ("e^(-x)", "e^(-x)", "e^{-x}"),
        ("1/(x/y)", "1/(x/y)", r"\frac{1}{\frac{x}{y}}"),
        ("ln(x)/2", "ln(x)/2", r"\frac{\ln(x)}{2}"),
        ("(x^2)^3", "(x^2)^3", r"\left(x^{2}\right)^{3}"),
        ("x^(y^z)", "x^(y^z)", "x^{y^{z}}"),
        ("n!", "n!", "n!"),
    ],
)
def test_expressions_are_written_with_the_brackets_they_need(
    text: str, plain: str, latex: str
) -> None:
    formula = EXPRESSION.parse(text)
    assert answers.plain(formula) == plain
    assert answers.latex(formula) == latex
    for written in (plain, latex):
        again = EXPRESSION.read(written)
        assert EXPRESSION.judge(formula, again).verdict is Verdict.CORRECT, again
    assert EXPRESSION.parse(plain) == formula


def test_what_is_no_expression_is_not_accepted() -> None:
    assert EXPRESSION.accepts(EXPRESSION.parse("x")) is None
    assert EXPRESSION.accepts("x") is not None
    assert answers.kind_of(Formula) is EXPRESSION
    assert EXPRESSION.parse("w*x_1 + b").variables == ("b", "w", "x1")
    for text in ("x +", "1/2x", "", "x or y"):
        with pytest.raises(ValueError, match=r"\S"):
            EXPRESSION.parse(text)


def test_of_many_variables_that_do_not_occur_a_few_are_named() -> None:
    many = "+".join(f"v{number}" for number in range(100))
    judgement = EXPRESSION.judge(EXPRESSION.parse("w*x"), EXPRESSION.read(many))
    assert "v0, v1, " in judgement.reason
    assert "do not occur" in judgement.reason
    assert len(judgement.reason) < 200
