"""What every page owes its reader: whole sentences of TeX, and numbers fit for a hand."""

import re

from examgen.questions import wording
from examgen.questions.levels import Level
from examgen.questions.problem import Part, Problem
from tests.families.drawn import every_case, problem

SEEDS = range(40)
COUNTED = (
    "zero|weight|row|column|token|channel|filter|feature|point|block|head|step|neighbour|pixel"
)
SEVERAL = f"(?:entries|matrices|(?:{COUNTED})s)"
ONE = f"(?:entry|matrix|{COUNTED})"
BEFORE = r"(?<=[a-z,:] )(?<!times )(?<!cdot )"
"""A word, not a factor, before a number."""
UGLY = {
    "two signs in a row": re.compile(r"[+-] ?[+-](?! ?\\infty)"),
    "a negative factor without parentheses": re.compile(r"\\cdot ?-"),
    "a factor of 1 before a symbol": re.compile(r"(?<![\d.\w^_{])1 ?(?:e\^|\\ln|\\sqrt|[xwzh]_)"),
    "an index or a power without braces": re.compile(r"[_^](?:-|\d\d)"),
    "the power of a bare negative": re.compile(r"(?<![\w}])-\d+\^"),
    "a template left open": re.compile(r"<<|>>|<%|%>"),
    "Python's own notation": re.compile(r"Fraction\(|array\(|None|True|False|object at"),
    "an escape that Jinja resolved": re.compile(r"[\t\a\b\f\v\r]"),
    "several where there is one": re.compile(rf"{BEFORE}\$?1\$? {SEVERAL}\b"),
    "one where there are several": re.compile(rf"{BEFORE}\$?(?:[2-9]|[1-9]\d)\$? {ONE}\b"),
    "a for an": re.compile(r"\b[Aa] \$?(?:8|11|18|8\d)\b"),
    "an for a": re.compile(r"\b[Aa]n \$?(?!8|11\b|18\b)\d"),
    "a word twice": re.compile(r"\b([A-Za-z]{2,}) \1\b"),
    "a matrix inline": re.compile(r"(?<!\$)\$[^$\n]*begin\{bmatrix\}[^$\n]*\$(?!\$)"),
}
NOT_WORDS = re.compile(r"\$\$.*?\$\$|```.*?```|`[^`]*`|\$[^$]*\$", re.DOTALL)
"""Formulas and code."""
MINUS = re.compile(r"(?<![\w-])-\d")
INTEGER = re.compile(r"(?<![\w.\\])\d+(?![\w.])")
FACTOR = r"(\(-?\d+\)|\d+)"
PRODUCT = re.compile(rf"{FACTOR} \\cdot (?={FACTOR})")


def texts(drawn: Problem, part: Part) -> list[str]:
    """All that is said of one part."""
    said = [wording.prompt(drawn, part), wording.solution(drawn, part)]
    for misconception, wrong in drawn.wrong_answers(part):
        said.append(wording.feedback(drawn, part, misconception.feedback, wrong))
    return said


@every_case
def test_pages_read_well(family: str, level: Level) -> None:
    for seed in SEEDS:
        drawn = problem(family, level, seed)
        said = [wording.stem(drawn)]
        for part in drawn.parts:
            said += texts(drawn, part)
            assert wording.solution(drawn, part)
        for text in said:
            for fault, pattern in UGLY.items():
                found = pattern.search(text)
                around = found and text[max(0, found.start() - 30) : found.end() + 30]
                assert not found, f"seed {seed}: {fault}: {around!r}"
            assert text.count("$") % 2 == 0
            assert text.count("{") == text.count("}")


@every_case
def test_a_minus_stands_in_a_formula(family: str, level: Level) -> None:
    """Among words it would be printed as a hyphen."""
    for seed in SEEDS:
        drawn = problem(family, level, seed)
        for text in (text for part in drawn.parts for text in texts(drawn, part)):
            words = NOT_WORDS.sub("x", text)
            found = MINUS.search(words)
            assert not found, words[max(0, found.start() - 40) : found.end() + 30]


@every_case
def test_a_hand_can_do_it(family: str, level: Level) -> None:
    """At most 25 real multiplications in a part, and no integer over 100 but in counts."""
    for seed in SEEDS:
        drawn = problem(family, level, seed)
        for part in drawn.parts:
            if part.declared.counts:
                continue
            solution = wording.solution(drawn, part)
            large = [number for number in INTEGER.findall(solution) if int(number) > 100]
            assert not large, (seed, part.name, large)
            assert multiplications(solution) <= 25, (seed, part.name)


def multiplications(solution: str) -> int:
    """The products written out whose factors are not 0, 1 or −1."""
    pairs = PRODUCT.findall(solution)
    return sum(all(abs(number(factor)) > 1 for factor in pair) for pair in pairs)


def number(factor: str) -> int:
    """The integer in a factor."""
    found = re.search(r"-?\d+", factor)
    assert found
    return int(found[0])


def test_multiplications_are_counted() -> None:
    assert multiplications(r"2 \cdot 3 + 1 \cdot 5 + (-2) \cdot 4") == 2
    assert multiplications(r"2 \cdot 3 \cdot (-4)") == 2
