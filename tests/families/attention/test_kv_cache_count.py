"""Scores with and without a cache against a layer that computes, and counts what it computes."""

from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from examgen.families.attention.kv_cache_count import KvCacheCount
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, item, problem

FAMILY = "kv-cache-count"
WIDTH = 3


class Layer:
    """Causal self-attention that gets a token at a time and counts its scores and its terms."""

    def __init__(self, torch: ModuleType, givens: KvCacheCount, seed: int) -> None:
        self.torch, self.givens = torch, givens
        generator = torch.Generator().manual_seed(seed)
        shape = (3, givens.prompt + givens.tokens, WIDTH)
        self.queries, self.keys, self.values = torch.randn(shape, generator=generator).double()
        self.scores = self.terms = 0
        self.outputs: list[Any] = []

    def score(self, query: int, keys: int) -> Any:
        """The scores of one query with the first keys."""
        self.scores += keys
        return self.keys[:keys] @ self.queries[query]

    def mix(self, scores: Any) -> Any:
        """The output that these scores give."""
        self.terms += len(scores)
        return scores.softmax(0) @ self.values[: len(scores)]

    def get(self, token: int) -> None:
        """Bring the outputs up to date when this token, from 0, has arrived."""
        if self.givens.cached:
            self.outputs.append(self.mix(self.score(token, token + 1)))
            return
        self.outputs = []
        for query in range(token + 1):
            scores = self.score(query, token + 1 if self.givens.masked else query + 1)
            self.outputs.append(self.mix(scores[: query + 1]))

    def run(self) -> None:
        """Process the prompt, forget what it cost, process the new tokens."""
        for token in range(self.givens.prompt):
            self.get(token)
        self.scores = self.terms = 0
        for token in range(self.givens.prompt, len(self.keys)):
            self.get(token)

    def attention(self) -> Any:
        """What torch makes of the same queries, keys and values."""
        attend = self.torch.nn.functional.scaled_dot_product_attention
        three = (each[None, None] for each in (self.queries, self.keys, self.values))
        return attend(*three, is_causal=True, scale=1.0)[0, 0]


class Pair(NamedTuple):
    """A query and a key, from 1."""

    query: int
    key: int


Rule = Callable[[int], Iterable[Pair]]
"""Which pairs get a score when there are so many tokens."""


def row(n: int) -> list[Pair]:
    return [Pair(n, key) for key in range(1, n + 1)]


def square(n: int) -> list[Pair]:
    return [Pair(query, key) for query in range(1, n + 1) for key in range(1, n + 1)]


def triangle(n: int) -> list[Pair]:
    return [pair for pair in square(n) if pair.key <= pair.query]


def cross(n: int) -> list[Pair]:
    return [pair for pair in square(n) if n in pair]


def others(rule: Rule) -> Rule:
    return lambda n: [pair for pair in rule(n) if pair.key != pair.query]


class Counting:
    """What students count: pairs of a query and a key, one step after the other."""

    def __init__(self, givens: KvCacheCount) -> None:
        self.givens = givens
        self.first, self.last = givens.prompt + 1, givens.prompt + givens.tokens
        self.rule: Rule = row if givens.cached else square if givens.masked else triangle

    def count(
        self,
        rule: Rule | None = None,
        lengths: Iterable[int] | None = None,
        worth: int | None = None,
    ) -> int:
        """All pairs of the steps, each worth 1, or its multiply–adds where they are asked."""
        steps = range(self.first, self.last + 1) if lengths is None else lengths
        each = (2 * self.givens.width or 1) if worth is None else worth
        return each * sum(len(list((rule or self.rule)(n))) for n in steps)


WRONG: dict[str, Callable[[Counting], int]] = {
    "recomputes_every_score": lambda it: it.count(square),
    "recomputes_the_triangle": lambda it: it.count(triangle),
    "fills_the_column_too": lambda it: it.count(cross),
    "counts_one_score": lambda it: it.count(lambda n: [Pair(n, n)]),
    "leaves_the_new_token_out": lambda it: it.count(others(row)),
    "leaves_itself_out": lambda it: it.count(others(it.rule)),
    "uses_the_cache": lambda it: it.count(row),
    "forgets_the_mask": lambda it: it.count(square),
    "skips_the_masked_scores": lambda it: it.count(triangle),
    "squares_the_total": lambda it: it.count(lengths=[it.last] * it.givens.tokens),
    "counts_the_last_step_only": lambda it: it.count(lengths=[it.last]),
    "counts_the_earlier_steps": lambda it: it.count(lengths=range(1, it.last + 1)),
    "forgets_the_prompt": lambda it: it.count(lengths=range(1, it.givens.tokens + 1)),
    "leaves_the_last_token_out": lambda it: it.count(
        lengths=range(min(it.first, it.last - 1), it.last)
    ),
    "counts_the_next_token_too": lambda it: it.count(
        lengths=range(it.first + (it.first == it.last), it.last + 2)
    ),
    "forgets_the_weighted_sum": lambda it: it.count(worth=it.givens.width),
    "counts_scores_only": lambda it: it.count(worth=1),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_a_layer_that_counts(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        layer = Layer(torch, drawn.givens, seed)
        layer.run()
        assert torch.allclose(torch.stack(layer.outputs), layer.attention()), seed
        width = drawn.givens.width
        asked = width * (layer.scores + layer.terms) if width else layer.scores
        assert drawn.answer_key["count"] == asked == Counting(drawn.givens).count(), seed
        for misconception, wrong in drawn.mistakes["count"]:
            expected = WRONG[misconception.name](Counting(drawn.givens))
            assert wrong == expected, (drawn.givens, misconception.name)


@pytest.mark.parametrize(
    ("givens", "count"),
    [
        # Token 6 meets 6 keys.
        (KvCacheCount(5, 1, cached=True), 6),
        # Of 6 · 6 scores 15 are masked.
        (KvCacheCount(5, 1, cached=False), 21),
        (KvCacheCount(5, 1, cached=False, masked=True), 36),
        # 1 + 2 + 3 + 4; 1 + 3 + 6 + 10; 1 + 4 + 9 + 16.
        (KvCacheCount(0, 4, cached=True), 10),
        (KvCacheCount(0, 4, cached=False), 20),
        (KvCacheCount(0, 4, cached=False, masked=True), 30),
        # 11 + 12 + 13, and each score with its term takes 2 · 8 multiply–adds.
        (KvCacheCount(10, 3, cached=True), 36),
        (KvCacheCount(10, 3, cached=True, width=8), 576),
    ],
)
def test_counts_worked_out_by_hand(givens: KvCacheCount, count: int) -> None:
    assert Problem.of(givens, "hard").answer_key["count"] == count


def test_what_the_levels_promise() -> None:
    for seed in range(200):
        one, text, after = (problem(FAMILY, level, seed).givens for level in LEVELS)
        assert one.tokens == 1
        assert 4 <= one.prompt + 1 <= 10
        assert text.prompt == 0
        assert text.tokens >= 5
        assert after.prompt >= 3
        assert after.tokens >= 2
        assert after.cached or not after.width


@pytest.mark.parametrize("level", LEVELS)
def test_each_way_to_compute_is_asked_for(level: Level) -> None:
    drawn = [problem(FAMILY, level, seed).givens for seed in range(200)]
    ways = [(givens.cached, givens.masked) for givens in drawn]
    assert ways.count((True, False)) > 80
    assert ways.count((False, False)) > 30
    assert ways.count((False, True)) > 30
    assert any(givens.width for givens in drawn) == (level == "hard")


def test_no_rank_is_the_right_one_too_often() -> None:
    for level in LEVELS:
        ranks = [0] * 4
        for seed in range(200):
            (part,) = item(FAMILY, level, seed).parts
            values = {option.letter: int(option.answer) for option in part.options}
            ranks[sorted(values.values()).index(values[part.answer])] += 1
        assert max(ranks) < 100
        assert min(ranks) > 5
