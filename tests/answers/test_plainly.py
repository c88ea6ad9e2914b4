"""Plain notation is read at once; the long way, by tokens, must say the same of every text."""

import random
import re
from collections.abc import Callable

import pytest

from examgen import answers
from examgen.answers.limits import RECORD
from examgen.answers.notation import lexer
from examgen.answers.notation.conventions import Encounter
from examgen.answers.notation.grammar import Grammar
from examgen.answers.notation.lexer import Lexer
from examgen.answers.notation.normal import normalise
from examgen.answers.notation.tokens import Token
from examgen.answers.readers import arrays, scalars, shapes
from examgen.answers.readers.plainly import plain_lists, plain_number, plain_shape
from examgen.answers.reading import Reading, Unreadable
from examgen.exact import equal

SCALARS = (
    Grammar(),
    Grammar(euler=False),
    Grammar(euler=False, whole=True),
    Grammar(limits=RECORD, grouping=False),
)
LISTS = (Grammar(grouping=False), Grammar(limits=RECORD, grouping=False))
POWERS = (
    "e",
    "e^2",
    "e^-1",
    "e^(-3)",
    "e^{2}",
    "exp(2)",
    "exp(-1)",
    "e^0",
    "e^{-12}",
    "e^10",
    "e**2",
    "e**(-1)",
)
NUMBERS = ("1", "-2", "007", "0", "3/4", "-6/8", "4/2", "1 / 2", "-3 /7", "8/ 4", "0.50", "-1.0")
PIECES: tuple[str, ...] = (
    *POWERS,
    *NUMBERS,
    *"+-*/^()[]{} ,.e",
    ", ",
    " + ",
    "1/0",
    "\t",
    "\n",
    "3*e",
    "-inf",
)


def exponential_sum(chance: random.Random) -> str:
    terms = []
    for _ in range(chance.randint(1, 4)):
        count = chance.choice(["", "", "2*", "10 * ", "3"])
        power = chance.choice(POWERS)
        terms.append(count if count == "3" else count + power)
    sign = chance.choice(["+", "+", "-", " + ", " - "])
    minus = "-" if chance.random() < 0.3 else ""
    return minus + sign.join(terms)


def number(chance: random.Random) -> str:
    if chance.random() < 0.4:
        return chance.choice(NUMBERS)
    above, below = exponential_sum(chance), exponential_sum(chance)
    shape: str = chance.choice(["{0}", "({0})/({1})", "{0}/({1})", "({0}) / {1}", "{0}/{1}"])
    return shape.format(above, below)


def lists(chance: random.Random) -> str:
    comma = chance.choice([", ", ", ", ",", " , ", " "])
    width = chance.randint(0, 3)
    rows = []
    for _ in range(chance.randint(1, 3)):
        length = width if chance.random() < 0.95 else 2
        entries = [chance.choice([number(chance), "-inf", "7"]) for _ in range(length)]
        rows.append(f"[{comma.join(entries)}]")
    shape: str = chance.choice(["{}", "[{}]", "[{}]", " [{}]\n", "[[{}]]", "[{},]"])
    return shape.format(", ".join(rows))


def shape(chance: random.Random) -> str:
    sizes = (chance.choice(["0", "1", "3", "12", "224", "007", "1000"]) for _ in range(9))
    comma = chance.choice([", ", ", ", ", ", ",", " x ", " "])
    listed = comma.join(each for each, _ in zip(sizes, range(chance.randint(0, 9)), strict=False))
    around: str = chance.choice(["(%s)", "(%s)", "(%s)", " (%s)\n", "(%s,)", "[%s]", "$(%s)$"])
    return around % listed


def typeset_sum(chance: random.Random) -> str:
    powers = ["e", "e^{2}", "e^{-1}", "e^2", "e^{12}", r"\exp(2)", r"e^{\frac{1}{2}}"]
    terms = [
        chance.choice(["", "", "2 ", r"10 \cdot ", "3", r"2\times "]) + chance.choice(powers)
        if chance.random() < 0.8
        else chance.choice(["1", "12", "0"])
        for _ in range(chance.randint(1, 3))
    ]
    return chance.choice(["", "", "-"]) + chance.choice([" + ", "+", " - "]).join(terms)


def typeset_number(chance: random.Random) -> str:
    above, below = typeset_sum(chance), typeset_sum(chance)
    shape: str = chance.choice(
        [
            r"\frac{%s}{%s}",
            r"$\frac{%s}{%s}$",
            r"-\frac{%s}{%s}",
            r"\dfrac{%s} {%s}",
            "%s / (%s)",
            r"\frac{%s}{%s}^2",
            r"2 \frac{%s}{%s}",
            r"\left(%s\right) / 3 + %s",
            "$%s$",
        ]
    )
    if chance.random() < 0.4:
        above, below = chance.choice(["1", "-3", "12", "0.5"]), chance.choice(["2", "7", "0"])
    return shape % ((above, below)[: shape.count("%s")])


def typeset_matrix(chance: random.Random) -> str:
    width = chance.randint(1, 3)
    sort = chance.choice(["bmatrix", "bmatrix", "pmatrix", "vmatrix"])
    rows = []
    for _ in range(chance.randint(1, 3)):
        length = width if chance.random() < 0.95 else 2
        entry = chance.choice(["-1", "2", r"-\infty", r"\frac{1}{2}", " ", "1 - 2", "e^{2}"])
        cells = [chance.choice([entry, "7", "7", typeset_sum(chance)]) for _ in range(length)]
        rows.append(chance.choice([" & ", "&", "\n&"]).join(cells))
    inside = chance.choice([r" \\ ", r" \\ ", "\\\\\n", "\n", r"\\[2pt]"]).join(rows)
    around: str = chance.choice(["%s", "%s", "$%s$", "$%s$", "$$%s$$", "%s^T", "2 %s", "%s."])
    return around % rf"\begin{{{sort}}} {inside} \end{{{sort}}}"


def garbled(text: str, chance: random.Random) -> str:
    place = chance.randint(0, len(text))
    return text[:place] + chance.choice(PIECES) + text[place + chance.randint(0, 1) :]


def texts(source: Callable[[random.Random], str], chance: random.Random, count: int) -> list[str]:
    found = []
    for _ in range(count):
        text = source(chance)
        found += [text, garbled(text, chance)]
        found.append("".join(chance.choice(PIECES) for _ in range(chance.randint(1, 6))))
    return found


def same_reading(one: Reading, other: Reading) -> bool:
    """Whether two readings agree in everything, also in how their values are held."""
    return repr(one) == repr(other) and (one.state != "read" or one.written == other.written)


@pytest.mark.parametrize("seed", range(4))
def test_both_ways_read_a_number_alike(seed: int) -> None:
    quick = 0
    for text in texts(number, random.Random(f"numbers {seed}"), 200):
        quick += plain_number(text) is not None
        for grammar in SCALARS:
            long_way = scalars.read_tokens_of(text, grammar)
            assert same_reading(scalars.read_scalar(text, grammar), long_way), text
    assert quick > 150


@pytest.mark.parametrize("seed", range(4))
def test_both_ways_read_typeset_numbers_alike(seed: int) -> None:
    quick = 0
    for text in texts(typeset_number, random.Random(f"typeset {seed}"), 150):
        quick += plain_number(text) is not None
        for grammar in SCALARS:
            long_way = scalars.read_tokens_of(text, grammar)
            assert same_reading(scalars.read_scalar(text, grammar), long_way), text
    assert quick > 40


@pytest.mark.parametrize("seed", range(4))
def test_both_ways_read_a_shape_alike(seed: int) -> None:
    quick = 0
    for text in texts(shape, random.Random(f"shapes {seed}"), 200):
        quick += plain_shape(text) is not None
        for grammar in LISTS:
            long_way = shapes.read_tokens_of(text, grammar)
            assert same_reading(shapes.read_shape(text, grammar), long_way), text
    assert quick > 15


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("source", [lists, typeset_matrix])
def test_both_ways_read_an_array_alike(source: Callable[[random.Random], str], seed: int) -> None:
    quick = 0
    for text in texts(source, random.Random(f"arrays {seed}"), 150):
        quick += plain_lists(text) is not None
        for grammar in LISTS:
            long_way = arrays.read_tokens_of(text, grammar)
            assert same_reading(arrays.read_array(text, grammar), long_way), text
    assert quick > 15


@pytest.mark.parametrize(
    "text",
    [
        "[1 -2]",
        "[e -2]",
        "[[e +2], [e -1]]",
        "[e + 2]",
        "[[1 -2], [3 -4]]",
        "[[1]\n[2]]",
        "[1, 2] ",
        "[[1], [2]]",
        "[" * 9 + "1" + "]" * 9,
        "[]",
        "[[], []]",
        "[1,]",
        "[[1, 2], [3]]",
        "[1, [2]]",
        "[1]]",
        "[-inf]",
        "[1, - inf]",
        "[1, -0]",
        "[1, 007]",
        "[1, 1_000]",
        "[1, 2], [3, 4]",
        "[[1, 2]\t,[3, 4]]",
        "[" + ", ".join(["1"] * 300) + "]",
        "[" * 100 + "1" + "]" * 100,
        "[1, 1234567890123456]",
        r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}",
        r"\begin{bmatrix} 1 & 2 \end{bmatrix}",
        r"\begin{bmatrix} 1 \\ 2 \end{bmatrix}",
        r"\begin{bmatrix} 1 & [2] \end{bmatrix}",
        r"\begin{bmatrix} 1, 2 \end{bmatrix}",
        r"\begin{bmatrix} 1 & 2 \\ 3 \end{bmatrix}",
        r"\begin{bmatrix} [1, 2], [3, 4] \end{bmatrix}",
        r"$\begin{pmatrix} -7 \end{pmatrix}$",
    ],
)
def test_lists_that_only_look_plain(text: str) -> None:
    for grammar in LISTS:
        assert same_reading(arrays.read_array(text, grammar), arrays.read_tokens_of(text, grammar))


def test_the_usual_notations_need_no_tokens() -> None:
    for text in (
        "12",
        "-3/7",
        "0.25",
        "e^2/(e^2+e+1)",
        "1/(1+exp(-2))",
        "e^2 / (1 + e^2)",
        "e**2/(e**2+1)",
    ):
        assert plain_number(text) is not None, text
    for text in (r"$\frac{8 e^{6}}{1 + 2 e^{6}}$", r"-\frac{3}{7}", "$12$", r"2 \cdot e^{-3} + 1"):
        assert plain_number(text) is not None, text
    for text in ("[[1, 2], [3, -inf]]", "[[1/2, e/(1 + e)], [0.5, e^{2}]]", "[1,2,3]"):
        assert plain_lists(text) is not None, text
    for text in (r"\begin{bmatrix} 1 & -\infty \\ \frac{e}{1 + e} & 3 \end{bmatrix}",):
        assert plain_lists(text) is not None, text


def tokens_of(text: str, grammar: Grammar) -> list[Token] | str:
    try:
        return Lexer(normalise(text, grammar.limits), grammar, Encounter()).tokens()
    except Unreadable as fault:
        return f"{fault.reason} {fault.position}"


@pytest.mark.parametrize("grammar", [*SCALARS, *LISTS, Grammar(variables=True, grouping=False)])
def test_plain_tokens_are_those_of_the_long_way(
    grammar: Grammar, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random("tokens")
    found = texts(lists, chance, 300)
    for _ in range(3000):
        found.append("".join(chance.choice("0123e+-*/^()[], .x'%πE½") for _ in range(8)))
    quick = [tokens_of(text, grammar) for text in found]
    monkeypatch.setattr(lexer, "SEPARATING", re.compile("(?!)"))
    monkeypatch.setattr(lexer, "GROUPING", re.compile("(?!)"))
    for text, tokens in zip(found, quick, strict=True):
        assert tokens == tokens_of(text, grammar), text


def test_a_key_is_parsed_once_and_stays_as_it_is() -> None:
    kind = answers.kind("array")
    first, second = kind.parse("[[1, 2], [3, 4]]"), kind.parse("[[1, 2], [3, 4]]")
    assert first is second
    assert not first.flags.writeable
    assert equal(first, kind.read("1 2; 3 4").value)
    for _ in range(2):
        with pytest.raises(ValueError, match="different lengths"):
            kind.parse("[[1, 2], [3]]")
