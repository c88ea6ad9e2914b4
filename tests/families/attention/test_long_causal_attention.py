"""Causal attention by hand against torch's attention, with each mistake built into it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import inf
from types import ModuleType
from typing import Any

import pytest

from examgen.answers import Policy, Verdict
from examgen.exact import NEG_INF, Shape, Undefined, array, equal, exp, ln, ratio, sqrt
from examgen.exams.exam import Item
from examgen.families.attention.long_causal_attention import LongCausalAttention
from examgen.grading.marking import mark_item
from examgen.grading.marks import Mark
from examgen.nn.attention import mask_causally, softmax_rows
from examgen.nn.dense import identity
from examgen.questions.levels import LEVELS, Level
from examgen.questions.parts import SLIP
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, item, problem
from tests.nn.drawn import floats

FAMILY = "long-causal-attention"
CORNERS = array([[1, 0], [0, 1], [1, 1]])

Tensor = Any


@dataclass
class Layer:
    """The layer of a problem in torch; every step can be taken from another tensor."""

    torch: ModuleType
    givens: LongCausalAttention
    x: Tensor

    @classmethod
    def of(cls, torch: ModuleType, givens: LongCausalAttention) -> "Layer":
        return cls(torch, givens, torch.tensor(floats(givens.x).tolist(), dtype=torch.double))

    def weight(self, name: str) -> Tensor:
        rows = floats(getattr(self.givens, name)).tolist()
        return self.torch.tensor(rows, dtype=self.torch.double)

    @cached_property
    def queries(self) -> Tensor:
        return self.torch.nn.functional.linear(self.x, self.weight("w_q").T)

    @cached_property
    def keys(self) -> Tensor:
        return self.torch.nn.functional.linear(self.x, self.weight("w_k").T)

    @cached_property
    def values(self) -> Tensor:
        return self.torch.nn.functional.linear(self.x, self.weight("w_v").T)

    def asked(self, row: int) -> Tensor:
        """The matrix whose shape is asked in this row."""
        made = {"Q": "queries", "K": "keys", "V": "values", "S": "scores", "A": "weights"}
        return getattr(self, (made | {"Y": "outputs"})[self.givens.names[row - 1]])

    @property
    def scale(self) -> float:
        return float(self.keys.shape[1] ** -0.5) if self.givens.scaled else 1.0

    def products(self, left: Tensor, right: Tensor) -> Tensor:
        return self.torch.einsum("if,jf->ij", left, right)

    @cached_property
    def scores(self) -> Tensor:
        return self.products(self.queries, self.keys) * self.scale

    def hidden(self, offset: int = 1) -> Tensor:
        """True where the key comes after the query."""
        return self.torch.ones_like(self.scores, dtype=self.torch.bool).triu(offset)

    @cached_property
    def masked(self) -> Tensor:
        return self.scores.masked_fill(self.hidden(), -inf)

    def attend(self, values: Tensor) -> Tensor:
        """torch's own attention, mask and scaling included."""
        return self.torch.nn.functional.scaled_dot_product_attention(
            self.queries[None], self.keys[None], values[None], is_causal=True, scale=self.scale
        )[0]

    @cached_property
    def weights(self) -> Tensor:
        return self.attend(self.torch.eye(len(self.x), dtype=self.torch.double))

    def later(self) -> "Layer":
        """The layer after the change; irrational tokens share no score with integer ones."""
        news = self.givens.new_tokens
        x = self.torch.zeros(max(len(self.x), *news), self.x.shape[1], dtype=self.torch.double)
        x[: len(self.x)] = self.x
        for number in news:
            fresh = [2**0.5 + number / 7, -(3**0.5) - number / 3]
            x[number - 1] = self.torch.tensor(fresh, dtype=self.torch.double)
        return Layer(self.torch, self.givens, x)

    def changes(self, name: str) -> Tensor:
        """True for each entry of a step that is new or different after the change."""
        before, after = getattr(self, name), getattr(self.later(), name)
        changed = self.torch.ones_like(after, dtype=self.torch.bool)
        rows, columns = before.shape
        changed[:rows, :columns] = after[:rows, :columns] != before
        return changed

    @cached_property
    def outputs(self) -> Tensor:
        return self.attend(self.values)

    def changed_rows(self) -> set[int]:
        rows = self.changes("outputs").any(dim=1).tolist()
        return {number for number, changed in enumerate(rows, start=1) if changed}

    def new_scores(self) -> Tensor:
        return self.changes("scores") & ~self.later().hidden()


def features(net: Layer) -> tuple[int, ...]:
    return tuple((net.queries.T @ net.keys).shape)


def table(net: Layer) -> tuple[int, ...]:
    return tuple(net.weights.shape)


RIGHT: dict[str, Callable[[Layer], Any]] = {
    "shape[1]": lambda net: tuple(net.asked(1).shape),
    "shape[2]": lambda net: tuple(net.asked(2).shape),
    "shape[3]": lambda net: tuple(net.asked(3).shape),
    "queries": lambda net: net.queries,
    "keys": lambda net: net.keys,
    "values": lambda net: net.values,
    "scores": lambda net: net.scores,
    "masked_scores": lambda net: net.masked,
    "weights": lambda net: net.weights,
    "outputs": lambda net: net.outputs,
    "changed_rows": lambda net: net.changed_rows(),
    "new_scores": lambda net: int(net.new_scores().sum()),
}
WRONG: dict[tuple[str, str], Callable[[Layer], Any]] = {
    ("shape[1]", "puts_columns_first"): lambda net: tuple(net.asked(1).T.shape),
    ("shape[2]", "puts_columns_first"): lambda net: tuple(net.asked(2).T.shape),
    ("shape[3]", "puts_columns_first"): lambda net: tuple(net.asked(3).T.shape),
    **dict.fromkeys(
        [(f"shape[{row}]", "takes_features_for_tokens") for row in (1, 2, 3)], features
    ),
    **dict.fromkeys([(f"shape[{row}]", "gives_the_weights") for row in (1, 2, 3)], table),
    ("queries", "transposes_the_query_matrix"): lambda net: net.x @ net.weight("w_q").T,
    ("keys", "transposes_the_key_matrix"): lambda net: net.x @ net.weight("w_k").T,
    ("keys", "uses_the_query_matrix_for_keys"): lambda net: net.x @ net.weight("w_q"),
    ("values", "transposes_the_value_matrix"): lambda net: net.x @ net.weight("w_v").T,
    ("scores", "swaps_query_and_key"): lambda net: net.scores.T,
    ("scores", "forgets_to_scale"): lambda net: net.products(net.queries, net.keys),
    ("scores", "divides_by_d"): lambda net: net.products(net.queries, net.keys) / net.x.shape[1],
    ("scores", "uses_the_tokens_themselves"): lambda net: net.products(net.x, net.x) * net.scale,
    ("masked_scores", "masks_with_zero"): lambda net: net.scores.tril(),
    ("masked_scores", "masks_itself_too"): lambda net: net.scores.masked_fill(net.hidden(0), -inf),
    ("masked_scores", "masks_the_past"): lambda net: net.scores.masked_fill(net.hidden().T, -inf),
    ("weights", "normalises_down_the_columns"): lambda net: net.masked.softmax(dim=0),
    ("weights", "masks_after_softmax"): lambda net: net.scores.softmax(dim=1).tril(),
    ("weights", "forgets_the_mask"): lambda net: net.scores.softmax(dim=1),
    ("weights", "masks_with_zero"): lambda net: net.scores.tril().softmax(dim=1),
    ("weights", "masks_the_past"): lambda net: net.scores.masked_fill(net.hidden().T, -inf).softmax(
        dim=1
    ),
    ("weights", "forgets_to_normalise"): lambda net: net.masked.exp(),
    ("outputs", "forgets_the_values"): lambda net: net.attend(net.x),
    ("outputs", "mixes_the_keys"): lambda net: net.attend(net.keys),
    ("changed_rows", "changes_every_row"): lambda net: {*range(1, len(net.later().x) + 1)},
    ("changed_rows", "changes_its_own_row_only"): lambda net: {*net.givens.new_tokens},
    ("changed_rows", "counts_from_zero"): lambda net: {row - 1 for row in net.changed_rows()},
    ("new_scores", "recomputes_every_score"): lambda net: net.later().scores.numel(),
    ("new_scores", "recomputes_the_triangle"): lambda net: int((~net.later().hidden()).sum()),
    ("new_scores", "counts_one_score"): lambda net: len(net.givens.new_tokens),
    ("new_scores", "leaves_the_new_token_out"): lambda net: int(net.new_scores().tril(-1).sum()),
}


def agree(ours: Any, theirs: Any) -> bool:
    """Compare an answer with a tensor of doubles, or with a shape, a set or a number."""
    if isinstance(theirs, int | set | tuple):
        return bool(type(ours)(theirs) == ours)
    return bool(floats(ours).tolist() == approximately(theirs))


def approximately(tensor: Tensor) -> list[Any]:
    return [pytest.approx(row, rel=1e-9, abs=1e-12) for row in tensor.tolist()]


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        net = Layer.of(torch, drawn.givens)
        assert drawn.answer_key.keys() == RIGHT.keys()
        for name, right in drawn.answer_key.items():
            assert agree(right, RIGHT[name](net)), (seed, name)
        for name, mistakes in drawn.mistakes.items():
            for each, wrong in mistakes:
                assert agree(wrong, WRONG[name, each.name](net)), (seed, name, each.name)


STEPS: dict[str, tuple[str, Callable[[Layer, Tensor], Tensor]]] = {
    "queries": ("scores", lambda net, own: net.products(own, net.keys) * net.scale),
    "keys": ("scores", lambda net, own: net.products(net.queries, own) * net.scale),
    "scores": ("masked_scores", lambda net, own: own.masked_fill(net.hidden(), -inf)),
    "masked_scores": ("weights", lambda net, own: own.masked_fill(net.hidden(), -inf).softmax(1)),
    "weights": ("outputs", lambda net, own: own @ net.values),
    "values": ("outputs", lambda net, own: net.attend(own)),
}
"""Which part builds on an answer, and how it goes on from a wrong one."""


@pytest.mark.parametrize("level", LEVELS)
def test_goes_on_from_wrong_answers_as_torch_does(torch: ModuleType, level: Level) -> None:
    for seed in range(60):
        drawn = problem(FAMILY, level, seed)
        net = Layer.of(torch, drawn.givens)
        parts = {part.name: part for part in drawn.parts}
        for name, (later, step) in STEPS.items():
            for each, wrong in drawn.mistakes[name]:
                own = dict(drawn.answer_key) | {name: wrong}
                expected = step(net, torch.tensor(floats(wrong).tolist(), dtype=torch.double))
                if each.name == "masks_itself_too":
                    with pytest.raises(Undefined, match="masked"):
                        parts[later].procedure(own)
                    continue
                assert agree(parts[later].procedure(own), expected), (seed, each.name)


@pytest.mark.parametrize("mistake", ["masks_with_zero", "masks_the_past"])
@pytest.mark.parametrize("level", LEVELS)
def test_the_right_mask_is_carried_on(level: Level, mistake: str) -> None:
    """Who masks wrongly and weighs later tokens is named; who masks after all is right."""
    for seed in range(20):
        drawn = item(FAMILY, level, seed)
        parts = {each.name: each for each in drawn.parts}
        own = {each.name: each.answer for each in parts["masked_scores"].misconceptions}[mistake]
        earlier = {parts["masked_scores"].label: own}
        slipped = {each.name: each for each in parts["weights"].misconceptions}[mistake]
        right, named = (
            marked(drawn, earlier, parts["weights"].answer),
            marked(drawn, earlier, slipped.answer),
        )
        assert right.verdict is Verdict.CORRECT and right.points == right.possible, seed
        assert named.points == SLIP * named.possible, (seed, named)
        assert mistake in named.misconceptions, (seed, named)


def marked(drawn: Item, earlier: dict[str, str], weights: str) -> Mark:
    """The mark for these weights after earlier answers."""
    (label,) = (each.label for each in drawn.parts if each.name == "weights")
    marks = mark_item(drawn, earlier | {label: weights}, Policy())
    (found,) = (each for each in marks if each.label == label)
    return found


def test_masked_softmax_of_own_scores_is_right() -> None:
    """Wrong scores, 0 under the mask, and then the causal softmax of them after all."""
    drawn = problem(FAMILY, "medium", 0)
    parts = {part.name: part for part in drawn.parts}
    for each, wrong in drawn.mistakes["scores"]:
        zeros = array(wrong * array([[1, 0, 0], [1, 1, 0], [1, 1, 1]]))
        own = dict(drawn.answer_key) | {"scores": wrong, "masked_scores": zeros}
        expected = softmax_rows(mask_causally(wrong))
        assert equal(parts["weights"].procedure(own), expected), each.name


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(torch: ModuleType, level: Level) -> None:
    kinds = set()
    for seed in range(200):
        givens = problem(FAMILY, level, seed).givens
        net = Layer.of(torch, givens)
        n = len(net.x)
        kinds.add((n, givens.scaled, givens.rational))
        assert not torch.equal(net.scores, net.scores.T)
        for i, row in enumerate(net.scores.tolist()):
            seen = {round(score, 9) for score in row[: i + 1]}
            assert len(seen) == min(i + 1, 3)
            assert any(abs(score) > 1e-9 for score in row[i + 1 :]) or i == n - 1
        for other in (net.x, net.keys, net.values[:1].expand(net.values.shape)):
            assert not torch.equal(net.values, other)
        assert n != givens.x.shape[1]
        assert not equal(givens.w_q, givens.w_q.T) and not equal(givens.w_v, givens.w_v.T)
    assert (
        kinds
        == {
            "easy": {(3, False, False)},
            "medium": {(3, False, True)},
            "hard": {(3, True, False), (4, False, True)},
        }[level]
    )


def solved(givens: LongCausalAttention) -> dict[str, Any]:
    return Problem.of(givens, "hard").answer_key


def test_the_problem_set_by_hand() -> None:
    """X = corners, all matrices I, scores over √2; a = e^(1/√2)."""
    unit = identity(2)
    key = solved(LongCausalAttention(CORNERS, unit, unit, unit, True, (3,)))
    a, side = exp(ratio(1, sqrt(2))), ratio(1, sqrt(2))
    for name in ("queries", "keys", "values"):
        assert equal(key[name], CORNERS)
    assert equal(key["scores"], array([[side, 0, side], [0, side, side], [side, side, sqrt(2)]]))
    masked = [[side, NEG_INF, NEG_INF], [0, side, NEG_INF], [side, side, sqrt(2)]]
    assert equal(key["masked_scores"], array(masked))
    second, third = [ratio(1, 1 + a), ratio(a, 1 + a)], [ratio(1, 2 + a), ratio(a, 2 + a)]
    weights = [[1, 0, 0], [*second, 0], [third[0], third[0], third[1]]]
    assert equal(key["weights"], array(weights))
    last = ratio(1 + a, 2 + a)
    assert equal(key["outputs"], array([[1, 0], second, [last, last]]))
    assert floats(key["weights"])[2] == pytest.approx([0.24826, 0.24826, 0.50349], abs=5e-6)
    assert floats(key["outputs"])[1] == pytest.approx([0.33024, 0.66976], abs=5e-6)
    assert [key[f"shape[{row}]"] for row in (1, 2, 3)] == [(3, 2), (3, 3), (3, 2)]


def test_logarithms_by_hand() -> None:
    """e^S = 2, 6, 12 | 1, 2, 2 | 2, 12, 24, so the rows are 1 | 1, 2 | 1, 6, 12 over their sums."""
    w_q, w_k = array([[ln(2), ln(3)], [0, ln(2)]]), array([[1, 0], [1, 1]])
    key = solved(LongCausalAttention(CORNERS, w_q, w_k, w_k, False, (4, 5)))
    assert key["weights"].tolist() == [
        [1, 0, 0],
        [Fraction(1, 3), Fraction(2, 3), 0],
        [Fraction(1, 19), Fraction(6, 19), Fraction(12, 19)],
    ]
    # V = K = (1, 0), (1, 1), (2, 1)
    assert key["outputs"].tolist() == [
        [1, 0],
        [1, Fraction(2, 3)],
        [Fraction(31, 19), Fraction(18, 19)],
    ]
    assert key["shape[2]"] == Shape((3, 3))


@pytest.mark.parametrize(
    ("new_tokens", "rows", "count"),
    [
        ((3,), {3}, 3),  # 31, 32, 33
        ((2, 3), {2, 3}, 5),  # 21, 22; 31, 32, 33
        ((4,), {4}, 4),  # 41, 42, 43, 44
        ((2,), {2, 3}, 3),  # 21, 22 and 32, whose key is new
        ((4, 5), {4, 5}, 9),  # 4 + 5
    ],
)
def test_changes_by_hand(new_tokens: tuple[int, ...], rows: set[int], count: int) -> None:
    unit = identity(2)
    givens = LongCausalAttention(CORNERS, unit, unit, unit, False, (3,))
    key = solved(replace(givens, new_tokens=new_tokens))
    assert key["changed_rows"] == rows
    assert key["new_scores"] == count
