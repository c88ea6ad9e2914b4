"""How many answers one process reads and judges, and how many the strongest peer does.

The peer is Math-Verify, which is no dependency: `pip install math-verify`.
"""

import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from time import process_time
from typing import Any, NamedTuple

from examgen import answers
from examgen.answers import Verdict
from examgen.exact import array, exp, ratio

COUNTS = {
    "integers": 3000,
    "fractions": 3000,
    "closed forms": 3000,
    "3×3 integer matrices": 1500,
    "3×3 softmax matrices": 300,
}
KINDS = {"integers": "integer", "fractions": "rational", "closed forms": "closed"}
BLOCKS = 10
PEER_PAIRS = 10

Judge = Callable[[str, str, str], bool]


class Pair(NamedTuple):
    """A key, and its value as responses: as the key is written, with spaces, in LaTeX."""

    key: str
    spaced: str
    latex: str


def value_of(sort: str, chance: random.Random) -> Any:
    """One value of a sort."""
    match sort:
        case "integers":
            return chance.randrange(10**9)
        case "fractions":
            return Fraction(2 * chance.randrange(10**4) + 1, 2 * chance.randrange(1, 10**4))
        case "closed forms":
            return chance.randint(1, 9) * softmax(chance)[0]
        case "3×3 integer matrices":
            return array([[chance.randint(-99, 99) for _ in range(3)] for _ in range(3)])
    return array([softmax(chance) for _ in range(3)])


def softmax(chance: random.Random) -> list[Any]:
    """The softmax of three small integers."""
    powers = [exp(chance.randint(-9, 9)) for _ in range(3)]
    return [ratio(each, powers[0] + powers[1] + powers[2]) for each in powers]


def pairs(sort: str) -> list[Pair]:
    """Pairs whose keys are all different: keys are parsed once, and that must not count."""
    chance = random.Random(sort)
    values: dict[str, Any] = {}
    while len(values) < COUNTS[sort]:
        value = value_of(sort, chance)
        values[answers.plain(value)] = value
    return [
        Pair(key, key.replace("/", " / ").replace("+", " + "), f"${answers.latex(value)}$")
        for key, value in values.items()
    ]


def ours(kind: str, key: str, response: str) -> bool:
    """Parse the key, read the response, judge it."""
    asked = answers.kind(kind)
    judgement = asked.judge(asked.parse(key), asked.read(response))
    return judgement.verdict is Verdict.CORRECT


def peer() -> Judge | None:
    """How Math-Verify judges, None where it is not installed."""
    if find_spec("math_verify") is None:
        return None
    theirs = import_module("math_verify")

    def judge(_: str, key: str, response: str) -> bool:
        return bool(theirs.verify(theirs.parse(key), theirs.parse(response)))

    return judge


def rate(judge: Judge, kind: str, texts: Sequence[tuple[str, str]]) -> float:
    """Pairs per second of processor time, in the best of some blocks; all must be right."""
    best = 0.0
    size = len(texts) // BLOCKS
    for block in range(BLOCKS):
        begin = process_time()
        right = [judge(kind, *each) for each in texts[block * size : (block + 1) * size]]
        best = max(best, size / (process_time() - begin))
        if not all(right):
            best = float("nan")
    return best


def report() -> None:
    """Print the rates for three ways to write a response, and the ratio to the peer's."""
    other = peer()
    title = "Answers per second, key and response parsed and judged, every key new:"
    print(title if other else f"{title} (pip install math-verify to see the ratios)")
    print(f"  {'':24}{'as the key':>11}{'spaced':>9}{'LaTeX':>9}{'Math-Verify, LaTeX':>21}")
    for sort in COUNTS:
        kind, all_pairs = KINDS.get(sort, "array"), pairs(sort)
        third = len(all_pairs) // 3
        blocks = [all_pairs[i * third : (i + 1) * third] for i in range(3)]
        plain = rate(ours, kind, [(each.key, each.key) for each in blocks[0]])
        spaced = rate(ours, kind, [(each.key, each.spaced) for each in blocks[1]])
        latex = rate(ours, kind, [(each.key, each.latex) for each in blocks[2]])
        line = f"  {sort:24}{plain:11.0f}{spaced:9.0f}{latex:9.0f}"
        if other:
            texts = [(each.latex, each.latex) for each in blocks[2][: BLOCKS * PEER_PAIRS]]
            theirs = rate(other, kind, texts)
            line += f"{theirs:14.0f}, × {latex / theirs:.0f}"
        print(line)


if __name__ == "__main__":
    report()
