"""A step with a cache against torch's attention over all tokens, with each mistake built in."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import array, entries, equal, ln
from examgen.families.attention.long_decode_with_cache import LongDecodeWithCache
from examgen.nn.shapes import DoesNotFit
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem
from tests.nn.drawn import floats

FAMILY = "long-decode-with-cache"

Tensor = Any


@dataclass
class Layer:
    """The layer of a problem in torch, all tokens at once: nothing is cached here.

    The tokens before the new one are found from their keys, as W_K is invertible; any values for
    them come from no matrix, so they are put in.
    """

    torch: ModuleType
    givens: LongDecodeWithCache

    def tensor(self, name: str) -> Tensor:
        rows = floats(getattr(self.givens, name)).tolist()
        return self.torch.tensor(rows, dtype=self.torch.double)

    def projected(self, name: str, transposed: bool = False) -> Tensor:
        weight = self.tensor(name) if transposed else self.tensor(name).T
        return self.torch.nn.functional.linear(self.tensor("x"), weight)

    @cached_property
    def tokens(self) -> Tensor:
        old = self.torch.linalg.solve(self.tensor("w_k").T, self.tensor("old_keys").T).T
        return self.torch.cat([old, self.tensor("x")[None]])

    @cached_property
    def queries(self) -> Tensor:
        return self.tokens @ self.tensor("w_q")

    @cached_property
    def keys(self) -> Tensor:
        return self.tokens @ self.tensor("w_k")

    @cached_property
    def values(self) -> Tensor:
        return self.torch.cat([self.tensor("old_values"), self.projected("w_v")[None]])

    def attend(self, values: Tensor) -> Tensor:
        """The last row of full causal attention."""
        three = (each[None, None] for each in (self.queries, self.keys, values))
        attend = self.torch.nn.functional.scaled_dot_product_attention
        return attend(*three, is_causal=True, scale=1.0)[0, 0, -1]

    @cached_property
    def weights(self) -> Tensor:
        return self.attend(self.torch.eye(len(self.tokens)).double())

    @cached_property
    def scores(self) -> Tensor:
        return (self.queries @ self.keys.T)[-1]

    def allowed(self, tokens: int) -> Tensor:
        """Which scores there are among so many tokens, 1 or 0."""
        every = self.torch.ones(tokens, tokens)
        return every if self.givens.masked else every.tril()

    def further(self) -> Tensor:
        """Which scores there are in the rows of the tokens that follow."""
        return self.torch.ones(self.givens.last, self.givens.last).tril()[self.givens.prompt :]

    def arrivals(self) -> range:
        """How many tokens there are when each of those that follow has arrived."""
        return range(self.givens.prompt + 1, self.givens.last + 1)

    def cache(self, kept: int = 2) -> Tensor:
        """The cache, zeros for the numbers in it."""
        shape = (self.givens.layers, kept, self.givens.last, len(self.keys[0]))
        return self.torch.zeros(shape)

    def changed(self, make: Callable[[Tensor], Tensor]) -> set[int]:
        """The rows of what is made of the tokens that change with the replaced one."""
        other = self.tokens.clone()
        other[self.givens.replaced - 1] = self.torch.tensor(
            [2**0.5, -(3**0.5)], dtype=self.torch.double
        )
        differ = (make(other) != make(self.tokens)).any(dim=1).tolist()
        return {number for number, each in enumerate(differ, start=1) if each}

    def all_outputs(self, tokens: Tensor) -> Tensor:
        """Every output for these tokens; the value matrix is that of the new token."""
        three = (tokens @ self.tensor(name) for name in ("w_q", "w_k", "w_v"))
        attend = self.torch.nn.functional.scaled_dot_product_attention
        return attend(*(each[None, None] for each in three), is_causal=True, scale=1.0)[0, 0]


def pairs(net: Layer) -> set[int]:
    return net.changed(
        lambda x: net.torch.cat([x @ net.tensor("w_k"), x @ net.tensor("w_v")], dim=1)
    )


RIGHT: dict[str, Callable[[Layer], Any]] = {
    "query": lambda net: net.queries[-1],
    "key": lambda net: net.keys[-1],
    "value": lambda net: net.values[-1],
    "scores": lambda net: net.scores,
    "weights": lambda net: net.weights,
    "output": lambda net: net.attend(net.values),
    "further_scores": lambda net: int(net.further().sum()),
    "scores_without_cache": lambda net: int(net.allowed(net.givens.prompt + 1).sum()),
    "cache_size": lambda net: net.cache().numel(),
    "stale": pairs,
}
WRONG: dict[tuple[str, str], Callable[[Layer], Any]] = {
    ("query", "transposes_the_query_matrix"): lambda net: net.projected("w_q", transposed=True),
    ("key", "transposes_the_key_matrix"): lambda net: net.projected("w_k", transposed=True),
    ("value", "transposes_the_value_matrix"): lambda net: net.projected("w_v", transposed=True),
    ("scores", "leaves_the_new_token_out"): lambda net: net.scores[:-1],
    ("scores", "uses_the_token_for_the_query"): lambda net: net.keys @ net.tensor("x"),
    ("scores", "multiplies_by_the_values"): lambda net: net.values @ net.queries[-1],
    ("weights", "forgets_to_normalise"): lambda net: net.scores.exp(),
    ("weights", "masks_itself_too"): lambda net: net.torch.cat(
        [net.scores[:-1].softmax(0), net.torch.zeros(1).double()]
    ),
    ("output", "mixes_the_keys"): lambda net: net.attend(net.keys),
    ("output", "forgets_the_new_value"): lambda net: net.attend(
        net.torch.cat([net.values[:-1], net.torch.zeros(1, 2).double()])
    ),
    ("further_scores", "counts_one_score"): lambda net: len(net.further()),
    ("further_scores", "forgets_the_prompt"): lambda net: int(
        net.further()[:, net.givens.prompt :].sum()
    ),
    ("further_scores", "meets_the_prompt_only"): lambda net: int(
        net.further()[:, : net.givens.prompt].sum()
    ),
    ("further_scores", "leaves_the_new_tokens_out"): lambda net: int(
        net.further().sum() - len(net.further())
    ),
    ("further_scores", "squares_the_total"): lambda net: net.further().numel(),
    ("further_scores", "recomputes_every_score"): lambda net: sum(
        net.torch.ones(n, n).numel() for n in net.arrivals()
    ),
    ("further_scores", "recomputes_the_triangle"): lambda net: int(
        sum(net.torch.ones(n, n).tril().sum() for n in net.arrivals())
    ),
    ("scores_without_cache", "uses_the_cache"): lambda net: net.givens.prompt + 1,
    ("scores_without_cache", "mistakes_the_mask"): lambda net: int(
        net.torch.ones_like(net.allowed(net.givens.prompt + 1)).sum()
        if not net.givens.masked
        else net.allowed(net.givens.prompt + 1).tril().sum()
    ),
    ("scores_without_cache", "leaves_itself_out"): lambda net: int(
        net.allowed(net.givens.prompt + 1).fill_diagonal_(0).sum()
    ),
    ("cache_size", "caches_keys_only"): lambda net: net.cache(1).numel(),
    ("cache_size", "caches_the_queries_too"): lambda net: net.cache(3).numel(),
    ("cache_size", "counts_one_layer"): lambda net: net.cache()[0].numel(),
    ("stale", "takes_outputs_for_keys"): lambda net: net.changed(net.all_outputs),
    ("stale", "changes_every_pair"): lambda net: {*range(1, len(net.tokens) + 1)},
}


def agree(ours: Any, theirs: Any) -> bool:
    """Compare an answer with a tensor of doubles, or with a set or a number."""
    if isinstance(theirs, int | set):
        return bool(ours == theirs)
    return bool(floats(ours).tolist() == pytest.approx(theirs.tolist(), rel=1e-9, abs=1e-9))


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        net = Layer(torch, drawn.givens)
        assert drawn.answer_key.keys() == RIGHT.keys()
        for name, right in drawn.answer_key.items():
            assert agree(right, RIGHT[name](net)), (seed, name)
        for name, mistakes in drawn.mistakes.items():
            for each, wrong in mistakes:
                assert agree(wrong, WRONG[name, each.name](net)), (seed, name, each.name)


STEPS: dict[str, tuple[str, Callable[[Layer, Tensor], Tensor]]] = {
    "query": ("scores", lambda net, own: net.keys @ own),
    "key": ("scores", lambda net, own: net.torch.cat([net.keys[:-1], own[None]]) @ net.queries[-1]),
    "scores": ("weights", lambda _, own: own.softmax(0)),
    "weights": ("output", lambda net, own: own @ net.values),
    "value": ("output", lambda net, own: net.attend(net.torch.cat([net.values[:-1], own[None]]))),
}
"""Which part builds on an answer, and how it goes on from a wrong one."""


@pytest.mark.parametrize("level", LEVELS)
def test_goes_on_from_wrong_answers_as_torch_does(torch: ModuleType, level: Level) -> None:
    for seed in range(60):
        drawn = problem(FAMILY, level, seed)
        net = Layer(torch, drawn.givens)
        parts = {part.name: part for part in drawn.parts}
        for name, (later, step) in STEPS.items():
            assert name in parts[later].procedure.parents
            for each, wrong in drawn.mistakes[name]:
                own = dict(drawn.answer_key) | {name: wrong}
                expected = step(net, torch.tensor(floats(wrong).tolist(), dtype=torch.double))
                assert agree(parts[later].procedure(own), expected), (seed, each.name)


def test_weights_of_too_few_scores_mix_nothing() -> None:
    drawn = problem(FAMILY, "easy", 0)
    (output,) = (part for part in drawn.parts if part.name == "output")
    short = dict(drawn.answer_key) | {"weights": drawn.answer_key["weights"][:-1]}
    with pytest.raises(DoesNotFit):
        output.procedure(short)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(torch: ModuleType, level: Level) -> None:
    kinds = set()
    for seed in range(200):
        givens = problem(FAMILY, level, seed).givens
        net = Layer(torch, givens)
        kinds.add((len(net.tokens), givens.rational))
        different = len({round(score, 9) for score in net.scores.tolist()})
        assert different == 3 or (givens.rational and different > 3)
        assert (givens.layers > 1) == (level != "easy")
        assert not equal(givens.w_q, givens.w_k)
        assert all(not equal(each, each.T) for each in (givens.w_q, givens.w_k, givens.w_v))
    expected = {"easy": {(4, False)}, "medium": {(4, True)}, "hard": {(5, False), (5, True)}}
    assert kinds == expected[level]


@pytest.mark.parametrize("level", LEVELS)
def test_all_of_the_matrices_and_of_the_keys_is_needed(level: Level) -> None:
    """A 0 in the token would leave a row of W unused, one in the query a column of the keys."""
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        assert not any(equal(each, 0) for each in entries(drawn.givens.x)), seed
        assert not any(equal(each, 0) for each in entries(drawn.answer_key["query"])), seed


@pytest.mark.parametrize("level", LEVELS)
def test_outputs_from_the_replaced_token_on_are_another_answer(level: Level) -> None:
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        assert "takes_outputs_for_keys" in {each.name for each, _ in drawn.mistakes["stale"]}, seed


@pytest.mark.parametrize("level", LEVELS)
def test_two_exams_seldom_have_the_same_query_or_weights(level: Level) -> None:
    queries, rows = Counter[str](), Counter[str]()
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        queries[str([drawn.givens.x.tolist(), drawn.givens.w_q.tolist()])] += 1
        rows[str(drawn.answer_key["weights"].tolist())] += 1
    assert max(queries.values()) <= 9
    assert len(rows) > (60 if level == "easy" else 180)


def test_the_figure_names_the_weights_as_the_text_does() -> None:
    figure = problem(FAMILY, "hard", 0).givens.figure
    assert [each.label for each in figure.edges] == [f"$w_{{{number}}}$" for number in range(1, 6)]


def test_a_step_by_hand() -> None:
    """q = (2 ln 2, 0), k = (0, 3), v = (0, 1): e^s is 16, 1, 1, 4, 1 with the sum 23."""
    givens = LongDecodeWithCache(
        x=array([1, 1]),
        w_q=array([[ln(2), -ln(3)], [ln(2), ln(3)]]),
        w_k=array([[1, 2], [-1, 1]]),
        w_v=array([[1, 0], [-1, 1]]),
        old_keys=array([[2, 0], [0, 2], [0, -1], [1, 1]]),
        old_values=array([[2, 0], [0, -1], [2, 1], [-1, 0]]),
        layers=3,
        prompt=8,
        more=3,
        replaced=2,
    )
    key = Problem.of(givens, "hard").answer_key
    assert key["weights"].tolist() == [Fraction(each, 23) for each in (16, 1, 1, 4, 1)]
    assert key["output"].tolist() == [Fraction(30, 23), Fraction(1, 23)]
    assert key["further_scores"] == 9 + 10 + 11
    assert key["scores_without_cache"] == 45  # 9 · 10 / 2
    assert key["cache_size"] == 132  # 11 · 2 · 2 · 3
    assert key["stale"] == {2}


def test_who_computes_everything_anew_is_told_so() -> None:
    """6 tokens are cached and 2 follow: 7² + 8², or 28 + 36 without what the mask hides."""
    givens = replace(problem(FAMILY, "easy", 0).givens, prompt=6, more=2)
    mistakes = Problem.of(givens, "easy").mistakes["further_scores"]
    found = {each.name: wrong for each, wrong in mistakes}
    assert found["recomputes_every_score"] == 49 + 64
    assert found["recomputes_the_triangle"] == 28 + 36
