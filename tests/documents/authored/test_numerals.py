"""A text written by way of another that differs from it in numbers alone: nobody sees it."""

import re
from inspect import unwrap
from random import Random

import pytest

from examgen.documents.authored.numerals import STAND_IN, but_for_numbers
from examgen.documents.keys import add_keys
from examgen.documents.latex.prose import prose
from examgen.documents.paper import lay_out
from examgen.faults import Fault
from examgen.questions.levels import LEVELS, Level
from tests.documents.authored.test_reading import texts
from tests.documents.exams import full_exam

converted = unwrap(prose)
PIECES = [
    *("1", "-3", "12", "0.25", "1234567890", " ", " ", "\n", "\n\n", "- ", "1. ", "2) ", "    "),
    *("$", "$$", "$x$", "$-3$", " $", "$ ", "\\", "\\\\", "{", "}", "(", ")", "=", "&", ",", "^"),
    *(
        "`",
        "``",
        "```\n",
        "~~~\n",
        "*",
        "**",
        "_",
        "|",
        "-",
        "--",
        "&#65;",
        "&#x41;",
        "#",
        "<",
        ">",
    ),
    *("\\frac{1}{-2}", "\\begin{bmatrix} 1 & -2 \\\\ -3 & 4 \\end{bmatrix}", "word", "\t", ":"),
]


def told(write: object, text: str) -> str:
    """What is written, or what speaks against it."""
    try:
        return write(text)  # type: ignore[operator,no-any-return]
    except Fault as fault:
        return str(fault)


@pytest.mark.parametrize("level", LEVELS)
def test_every_text_of_an_exam(level: Level) -> None:
    exam = full_exam(level, "x")
    for text in set(texts(add_keys(lay_out(exam), exam))):
        for numbers in ("7", "10"):  # so that what is between the numbers is known before
            prose(re.sub("[0-9]+", numbers, text))
        assert prose(text) == converted(text), text


@pytest.mark.parametrize(
    "text",
    [
        "word\n1. not an item but where it is the first\n",
        "word\n2. no item",
        "1. one\n2. two",
        "12345678901. no item",
        "- 1. an item in an item",
        "> 1. quoted",
        "$x$-3",
        "$x $-3$",
        "$f($-3",
        "at $-3$, and $-x$",
        "*-3*, **-3** and *3*",
        "`f(x)=-3, 4`",
        "    f(x)=-3",
        "~~~\nf(x)=-3\n~~~",
        "1\t2",
        "&#65;, &#x41; and &#-3;",
        "5-3 -3--3 - 3",
        "$$\n-3 + 4\n$$",
        "| 1 | -2 |\n|---|--:|\n| 3 | -4 |",
        "$\\1$",
        "costs 5$",
        "³ and ²3",
        "text ٣ and 3",
        f"the number {STAND_IN} itself",
    ],
)
def test_what_numbers_might_mean_something_to(text: str) -> None:
    assert told(prose, text) == told(converted, text)


def test_any_pieces() -> None:
    rng = Random("numbers")
    for _ in range(4000):
        text = "".join(rng.choices(PIECES, k=rng.randint(1, 9)))
        assert told(prose, text) == told(converted, text), text


def test_what_is_between_numbers_is_written_once() -> None:
    seen = []

    def write(text: str) -> str:
        seen.append(text)
        return text.upper()

    shout = but_for_numbers(kept=10)(write)
    assert [shout(text) for text in ("x = 1", "x = -23", "x = 4 a")] == [
        "X = 1",
        "X = -23",
        "X = 4 A",
    ]
    assert len(seen) == 2
