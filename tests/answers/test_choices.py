"""Choices and texts: letters, values, words."""

from fractions import Fraction

import pytest

from examgen import answers
from examgen.answers import Option, Several, Verdict
from examgen.exact import NEG_INF, E, Shape, array, exp, sqrt

CHOICE = answers.kind("choice")
TEXT = answers.kind("text")
NUMBERS = (
    Option("A", Fraction(1, 2)),
    Option("B", E / (1 + E)),
    Option("C", 2),
    Option("D", sqrt(2)),
)
WORDS = (
    Option("A", "It shares its weights"),
    Option("B", "ReLU"),
    Option("C", "A convolution"),
    Option("D", "It is not linear."),
)


def letter(text: str, options: tuple[Option, ...] = NUMBERS) -> str:
    reading = CHOICE.read(text, options=options)
    assert reading.state == "read", reading.reason
    return str(reading.value)


@pytest.mark.parametrize(
    "text",
    [
        "B",
        "b",
        " B ",
        "B.",
        "B)",
        "b)",
        "(B)",
        "(b)",
        "[B]",
        "B:",
        "option B",
        "Option (B)",
        "choice b",
        "letter B",
        "answer B",
        "Answer: B",
        "The answer is B.",
        "**B**",
        "*B*",
        "`B`",
        '"B"',
        "$B$",
        r"\text{B}",
        r"\mathbf{B}",
        "Ｂ",
        "B and B",
        "7: B",
        "3a) B",
        "e/(1+e)",
        "σ(1)",
        r"\frac{e}{1+e}",
        "1/(1+e^-1)",
        "B) e/(1+e)",
        "(B) e/(1+e)",
        "B: 1/(1+e^-1)",
        "B) because the sigmoid says so",
        "B, because the sigmoid says so",
        "B because the sigmoid says so",
        "B is right",
        "B) A sigmoid, I think",
        "B: as in 2b",
        "B?",
        "b !",
        r"\(B\)",
        "3) B",
        "3. (b)",
        "B (I guess)",
        "b (because k = 4)",
        "b, since c = 3 or so",
        "b, as w is not flipped",
        "B (e/(1+e))",
        "σ(1) (B)",
    ],
)
def test_notations_of_a_choice(text: str) -> None:
    assert letter(text) == "B"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It shares its weights", "A"),
        ("it shares its weights.", "A"),
        ("RELU", "B"),
        ("B) ReLU", "B"),
        ("a convolution", "C"),
        ("C. A convolution", "C"),
        ("b (relu)", "B"),
        ("ReLU (b).", "B"),
        ("It is not linear", "D"),
        ("a", "A"),
    ],
)
def test_the_options_own_text(text: str, expected: str) -> None:
    assert letter(text, WORDS) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A or B",
        "A, B",
        "A B",
        "A/B",
        "A and B",
        "B) 1/2",
        "A) ReLU",
        "B (1/2)",
        "1/2 (B)",
        "A (ReLU)",
    ],
)
def test_two_letters_do_not_score(text: str) -> None:
    options = WORDS if "ReLU" in text else NUMBERS
    reading = CHOICE.read(text, options=options)
    assert isinstance(reading.value, Several), reading
    for key in "AB":
        assert CHOICE.judge(key, reading).verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("E", NUMBERS),
        ("7", NUMBERS),
        ("AB", NUMBERS),
        ("B, I mean C", NUMBERS),
        ("A) not B", NUMBERS),
        ("b, maybe c", NUMBERS),
        ("b; perhaps d", NUMBERS),
        ("b (possibly a)", NUMBERS),
        ("a, not b", NUMBERS),
        ("b is wrong", NUMBERS),
        ("B is not it", NUMBERS),
        ("2 (ReLU)", WORDS),
        ("A conv layer", WORDS),
        ("I think it is the second", WORDS),
        ("nothing of this", WORDS),
        ("none", NUMBERS),
        ("0.73", NUMBERS),
        ("log 2", NUMBERS),
        ("\x1b[1mB", NUMBERS),
    ],
)
def test_unreadable_choices(text: str, options: tuple[Option, ...]) -> None:
    reading = CHOICE.read(text, options=options)
    assert reading.state == "unreadable", reading
    assert "A, B, C, D" in reading.reason
    assert reading.reason.isprintable()


def test_an_option_is_named_by_its_value_not_by_similar_signs() -> None:
    options = (Option("A", 11), Option("B", E), Option("C", frozenset({1, 2})), Option("D", 12))
    for text in ("1 1", "1,1", "12 or 11", "1/2e"):
        assert CHOICE.read(text, options=options).state == "unreadable", text
    assert letter("2, 1", options) == "C"
    assert letter("11.0", options) == "A"


def test_an_option_may_name_others() -> None:
    options = (*WORDS[:3], Option("D", "Both (A) and (B)"))
    assert letter("both (A) and (B)", options) == "D"
    assert letter("Both (A) and (B) (D)", options) == "D"


@pytest.mark.parametrize("text", ["E", "E.", "(E)", "E)", "option E", "Answer: E", "**E**"])
def test_a_lone_letter_that_is_no_option_is_no_number(text: str) -> None:
    options = (Option("A", 1), Option("B", E), Option("C", 2), Option("D", 3))
    reading = CHOICE.read(text, options=options)
    assert reading.state == "unreadable"
    assert "there is no option E; the options are A, B, C, D" in reading.reason
    assert letter("e", options) == "B"
    assert letter("exp(1)", options) == "B"


def test_without_options_any_letter_can_be_chosen() -> None:
    assert CHOICE.read("b)").value == "B"
    assert CHOICE.read("Z").value == "Z"
    assert CHOICE.read("7").state == "unreadable"
    assert CHOICE.read("").state == "blank"


def test_a_letter_that_is_another_options_value_is_ambiguous() -> None:
    options = (Option("D", 1), Option("E", 2), Option("F", E))
    reading = CHOICE.read("e", options=options)
    assert [reading.value, *(each.value for each in reading.alternatives)] == ["E", "F"]
    assert CHOICE.judge("E", reading).verdict is Verdict.UNREADABLE
    assert CHOICE.judge("F", reading).verdict is Verdict.UNREADABLE
    assert CHOICE.judge("D", reading).verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (array([[1, 2], [3, NEG_INF]]), "1 2; 3 -inf"),
        (Shape((1, 8, 24, 24)), "1x8x24x24"),
        (frozenset({2, 3}), "rows 2 and 3"),
        (1024, "1,024"),
        (exp(2), "e²"),
    ],
)
def test_values_of_every_kind_can_be_chosen_by_value(value: object, text: str) -> None:
    options = (Option("A", 0), Option("B", value), Option("C", "neither"))
    assert letter(text, options) == "B"


def test_a_choice_is_judged_by_its_letter() -> None:
    assert CHOICE.judge("B", CHOICE.read("b")).verdict is Verdict.CORRECT
    wrong = CHOICE.judge("B", CHOICE.read("a"))
    assert (wrong.verdict, wrong.credit) == (Verdict.WRONG, Fraction(0))
    assert wrong.reason
    assert CHOICE.parse("B") == "B"
    for text in ("b", "", "AB", "1"):
        with pytest.raises(ValueError, match="letter"):
            CHOICE.parse(text)
    assert CHOICE.accepts("B") is None
    assert CHOICE.accepts("BC") is not None
    assert CHOICE.accepts(2) is not None


@pytest.mark.parametrize(
    "text", ["ReLU", "relu", "ReLU.", '"ReLU"', " ReLU ", "answer: ReLU", "**relu**"]
)
def test_a_declared_text(text: str) -> None:
    for reading in (TEXT.read(text, options=WORDS), TEXT.read(text)):
        assert TEXT.judge("ReLU", reading).verdict is Verdict.CORRECT
        assert TEXT.judge("sigmoid", reading).verdict is Verdict.WRONG


def test_a_text_that_was_not_declared_is_unreadable() -> None:
    reading = TEXT.read("RelU6", options=WORDS)
    assert reading.state == "unreadable"
    assert "ReLU" in reading.reason
    assert TEXT.read("\x1b[1m", options=WORDS).reason.isprintable()
    assert TEXT.read("", options=WORDS).state == "blank"
    assert TEXT.read("x" * 5000).state == "unreadable"
    assert TEXT.accepts("ReLU") is None
    assert TEXT.accepts("") is not None
    assert TEXT.accepts(3) is not None
    assert TEXT.parse("ReLU") == "ReLU"
    with pytest.raises(ValueError, match="empty"):
        TEXT.parse(" ")


@pytest.mark.parametrize("text", ["(3,224,224)", "3,224,224", "3x224x224"])
def test_commas_part_the_axes_of_an_option_and_no_thousands(text: str) -> None:
    options = (Option("A", Shape((3, 224, 224))), Option("B", Shape((224, 224, 3))))
    assert letter(text, options) == "A"
