"""A small convolutional network against autograd, with each mistake built into the network."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import product
from random import Random
from types import ModuleType
from typing import Any

import pytest

from examgen.answers import Policy, plain
from examgen.exact import Array, Undefined, array
from examgen.families.convolution._drawn_small_networks import LAYOUTS, Layout
from examgen.families.convolution._small_network import SmallNetwork
from examgen.families.convolution.long_conv2d_by_hand import LongConv2dByHand
from examgen.grading.marking import mark_item
from examgen.nn.dense import relu
from examgen.questions import wording
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Part, Problem
from tests.families.drawn import SEEDS, item, problem

FAMILY = "long-conv2d-by-hand"


class Network:
    """The network of a problem in torch, up to h; a student's *own* z or h may take its place."""

    def __init__(
        self, torch: ModuleType, givens: LongConv2dByHand, own: dict[str, Array] | None = None
    ) -> None:
        self.torch, self.givens, self.made = torch, givens, givens.network
        self.own = own or {}
        self.w, self.b = self.leaf(self.made.kernel), self.leaf(array([self.made.bias]))
        self.z = self.keep("feature_map", self.convolved())
        self.h = self.keep("activation", torch.relu(self.z))

    def leaf(self, values: Array) -> Any:
        return self.torch.tensor(values.astype(float), requires_grad=True)

    def keep(self, name: str, value: Any) -> Any:
        """The student's value, which passes gradients on as the computed one does."""
        if name not in self.own:
            return value
        return value + (self.leaf(self.own[name]) - value).detach()

    def convolved(self, **changes: Any) -> Any:
        options = {
            "weight": self.w,
            "bias": self.b,
            "stride": self.made.stride,
            "padding": self.made.padding,
        } | changes
        image, weight = self.leaf(self.made.image), options.pop("weight")
        return self.torch.conv2d(image[None, None], weight[None, None], **options)[0, 0]

    def pooled(self, pool: str = "max_pool2d", **changes: Any) -> Any:
        options = {"kernel_size": 2, "stride": self.made.pool_stride} | changes
        return getattr(self.torch.nn.functional, pool)(self.h[None, None], **options)[0, 0]

    @property
    def v(self) -> Any:
        """As many of the weights as the right map has entries after pooling."""
        return self.leaf(self.made.score_weights)[: self.pooled().numel()]

    def score(self) -> Any:
        return self.v @ self.pooled().flatten()

    def gradient(self, by: Any, score: Any = None) -> Any:
        of = self.score() if score is None else score
        (found,) = self.torch.autograd.grad(of, by, retain_graph=True)
        return found

    def rights(self) -> dict[str, Any]:
        """The answers to all that some level asks, by the names of the parts."""
        by_kernel = self.gradient(self.w)
        return {
            "size": self.torch.tensor(self.convolved().shape),
            "feature_map": self.z,
            "activation": self.h,
            "pooled": self.pooled(),
            "score": self.score(),
            "gradient_entry": self.entry(by_kernel),
            "gradient_kernel": self.asked(by_kernel),
            "gradient_bias": self.gradient(self.b)[0],
        }

    def entry(self, by_kernel: Any) -> Any:
        return by_kernel[self.givens.row - 1, self.givens.column - 1]

    def asked(self, by_kernel: Any) -> Any:
        return by_kernel if by_kernel.shape == (2, 2) else by_kernel[self.givens.row - 1]

    def unrouted(self) -> Any:
        """u with sums for maxima."""
        return self.v @ (4 * self.pooled("avg_pool2d")).flatten()

    def first_term(self) -> Any:
        return self.v[0] * self.pooled()[0, 0]

    def turned(self) -> Any:
        """∂u/∂w where w slides flipped, h being what it is."""
        z = self.convolved(weight=self.w.flip(0, 1))
        h = self.h.detach() + (z - z.detach()) * (self.h > 0)
        pooled = self.torch.nn.functional.max_pool2d(h[None], 2, self.made.pool_stride)
        return self.gradient(self.w, self.v @ pooled.flatten())

    def kernel_for_input(self) -> Any:
        return self.gradient(self.b) * self.w

    def each_winner_once(self) -> Any:
        """u with only the first of the windows that share their largest entry."""
        _, at = self.torch.nn.functional.max_pool2d(
            self.h[None], 2, self.made.pool_stride, return_indices=True
        )
        places = at.flatten().tolist()
        new = [place not in places[:m] for m, place in enumerate(places)]
        return (self.v * self.torch.tensor(new)) @ self.pooled().flatten()


def half(net: Network) -> Any:
    return [size // 2 for size in net.made.kernel.shape]


def size(feature_map: Any) -> Any:
    return feature_map.new_tensor(feature_map.shape)


WRONG: dict[tuple[str, str], Callable[[Network], Any]] = {
    ("size", "forgets_the_first_position"): lambda net: size(net.convolved()[1:, 1:]),
    ("size", "pads_unasked"): lambda net: size(net.convolved(padding=half(net))),
    ("size", "ignores_the_padding"): lambda net: size(net.convolved(padding=0)),
    ("size", "ignores_the_stride"): lambda net: size(net.convolved(stride=1)),
    ("feature_map", "flips_the_kernel"): lambda net: net.convolved(weight=net.w.flip(0, 1)),
    ("feature_map", "forgets_the_bias"): lambda net: net.convolved(bias=None),
    ("feature_map", "pads_unasked"): lambda net: net.convolved(padding=half(net)),
    ("feature_map", "ignores_the_padding"): lambda net: net.convolved(padding=0),
    ("feature_map", "ignores_the_stride"): lambda net: net.convolved(stride=1),
    ("feature_map", "drops_the_last_position"): lambda net: net.convolved()[:-1, :-1],
    ("feature_map", "transposes_the_map"): lambda net: net.z.T,
    ("activation", "takes_absolute_values"): lambda net: net.z.abs(),
    ("activation", "forgets_the_activation"): lambda net: net.z,
    ("pooled", "averages_the_pool"): lambda net: net.pooled("avg_pool2d"),
    ("pooled", "pools_with_stride_one"): lambda net: net.pooled(stride=1),
    ("pooled", "strides_by_the_kernel"): lambda net: net.pooled(stride=None),
    ("score", "flattens_by_columns"): lambda net: net.v @ net.pooled().T.flatten(),
    ("score", "forgets_the_score_weights"): lambda net: net.pooled().sum(),
    ("gradient_entry", "ignores_the_routing"): lambda net: net.entry(
        net.gradient(net.w, net.unrouted())
    ),
    ("gradient_entry", "uses_one_window_only"): lambda net: net.entry(
        net.gradient(net.w, net.first_term())
    ),
    ("gradient_entry", "takes_the_kernel_for_the_input"): lambda net: net.entry(
        net.kernel_for_input()
    ),
    ("gradient_kernel", "ignores_the_routing"): lambda net: net.asked(
        net.gradient(net.w, net.unrouted())
    ),
    ("gradient_kernel", "uses_one_window_only"): lambda net: net.asked(
        net.gradient(net.w, net.first_term())
    ),
    ("gradient_kernel", "takes_the_kernel_for_the_input"): lambda net: net.asked(
        net.kernel_for_input()
    ),
    ("gradient_entry", "flips_the_kernel"): lambda net: net.entry(net.turned()),
    ("gradient_kernel", "flips_the_kernel"): lambda net: net.asked(net.turned()),
    ("gradient_bias", "ignores_the_routing"): lambda net: net.gradient(net.b, net.unrouted())[0],
    ("gradient_bias", "counts_a_winner_once"): lambda net: net.gradient(
        net.b, net.each_winner_once()
    )[0],
}


def same(found: Any, expected: Any) -> bool:
    """Whether an answer of ours has the entries, and the shape, of a tensor."""
    ours = found.tolist() if hasattr(found, "tolist") else found
    return bool((list(ours) if isinstance(ours, tuple) else ours) == expected.tolist())


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_autograd(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        rights = Network(torch, drawn.givens).rights()
        for part in drawn.parts:
            assert same(drawn.answer_key[part.name], rights[part.name]), (seed, part.name)


@pytest.mark.parametrize("level", LEVELS)
def test_mistakes_agree_with_autograd(torch: ModuleType, level: Level) -> None:
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        network = Network(torch, drawn.givens)
        for part in drawn.parts:
            for misconception, wrong in drawn.mistakes[part.name]:
                expected = WRONG[part.name, misconception.name](network)
                assert same(wrong, expected), (seed, part.name, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("own_part", ["feature_map", "activation"])
def test_who_errs_goes_on_as_autograd_does(torch: ModuleType, own_part: str, level: Level) -> None:
    """A map of the right size; z decides where ReLU is on, so an own h stands for both."""
    for seed in range(100):
        drawn, rng = problem(FAMILY, level, seed), Random(seed)
        height, width = drawn.answer_key["size"]
        own = array([[rng.randint(-6, 9) for _ in range(width)] for _ in range(height)])
        given = {"feature_map": own} | ({"activation": own} if own_part == "activation" else {})
        rights = Network(torch, drawn.givens, given).rights()
        answers = dict(drawn.answer_key)
        later = False
        for part in drawn.parts:
            answers[part.name] = own if part.name == own_part else part.procedure(answers)
            later = later or part.name == own_part
            assert not later or same(answers[part.name], rights[part.name]), (seed, part.name)


@pytest.mark.parametrize("level", LEVELS)
def test_a_map_of_another_size_goes_as_far_as_it_can(torch: ModuleType, level: Level) -> None:
    """ReLU, pooling, the sum by v and ∂u/∂b as torch does them; ∂u/∂w is undefined."""
    sizes, counts = set(), set()
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        right = tuple(drawn.answer_key["size"])
        for _, own in drawn.mistakes["feature_map"]:
            if own.shape == right:
                continue
            sizes.add(own.shape)
            answers, parts = drawn.answer_key | {"feature_map": own}, parts_of(drawn)
            z = torch.tensor(own.astype(float), requires_grad=True)
            answers["activation"] = parts["activation"].procedure(answers)
            assert same(answers["activation"], torch.relu(z)), seed
            for name in {"gradient_entry", "gradient_kernel"} & parts.keys():
                assert is_undefined(parts[name], answers), (seed, name)
                named = {each.name for each, _ in parts[name].mistakes(answers)}
                assert named <= {"takes_the_kernel_for_the_input"}, (seed, name)
            if min(own.shape) < 2:
                assert is_undefined(parts["pooled"], answers)
                continue
            stride = drawn.givens.network.pool_stride
            pooled = torch.nn.functional.max_pool2d(torch.relu(z)[None], 2, stride)[0]
            answers["pooled"] = parts["pooled"].procedure(answers)
            assert same(answers["pooled"], pooled), seed
            counts.add(pooled.numel())
            last = [parts[name] for name in ("score", "gradient_bias") if name in parts]
            if pooled.numel() > 9:
                assert all(is_undefined(each, answers) for each in last), seed
                continue
            weights = torch.tensor(drawn.givens.network.score_weights.astype(float))
            u = weights[: pooled.numel()] @ pooled.flatten()
            assert same(parts["score"].procedure(answers), u), seed
            if level == "hard":
                (by_z,) = torch.autograd.grad(u, z)
                assert same(parts["gradient_bias"].procedure(answers), by_z.sum()), seed
    assert len(sizes) > 3
    assert min(counts) < 4
    assert max(counts) > 6


@pytest.mark.parametrize("level", LEVELS)
def test_the_weights_of_the_sum_tell_no_size(level: Level) -> None:
    """Every draw prints the same nine numbers, in an order that has nothing to do with its maps."""
    first: dict[int, set[int]] = {}
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        weights = drawn.givens.network.score_weights.tolist()
        assert sorted(weights) == [-4, -3, -2, -1, 1, 2, 3, 4, 5]
        first.setdefault(drawn.answer_key["pooled"].size, set()).add(weights[0])
    assert first.keys() == {4, 6}
    assert all(len(each) == 9 for each in first.values())


def parts_of(drawn: Problem) -> dict[str, Part]:
    return {part.name: part for part in drawn.parts}


def is_undefined(part: Part, answers: dict[str, Any]) -> bool:
    """Whether the right step cannot be taken on these earlier answers."""
    try:
        part.procedure(answers)
    except Undefined:
        return True
    return False


@pytest.mark.parametrize("level", LEVELS)
def test_the_worked_solutions_add_up(level: Level) -> None:
    """They use other procedures than the answers: windows, term by term."""
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        givens, key = drawn.givens, drawn.answer_key
        network, h = givens.network, key["activation"]
        for (row, column), entry in zip(network.places, key["feature_map"].flat, strict=True):
            assert sum(network.terms(row, column)) == entry, seed
        assert [max(each.flat) for each in network.pools(h)] == [*key["pooled"].flat], seed
        winners, v = network.winners(h), givens.weights_used
        assert len(v) == key["pooled"].size
        assert [h[row - 1, column - 1] for row, column in winners] == [*key["pooled"].flat]
        if level == "medium":
            assert sum(v * array(givens.met(h))) == key["gradient_entry"], seed
        if level == "hard":
            terms = [m * network.seen(*at) for m, at in zip(v, winners, strict=True)]
            assert givens.asked(sum(terms)).tolist() == key["gradient_kernel"].tolist(), seed
            assert sum(v) == key["gradient_bias"], seed


PLACES = {"easy": {1, 2}, "medium": {1, 2, 3}, "hard": {1, 2, 3}}
"""Rows and columns of the kernel of which the gradient is asked; hard asks of the middle row."""


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    layouts, places = set(), set()
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        key, network = drawn.answer_key, drawn.givens.network
        strides = network.pool_stride, network.stride, network.padding
        layouts.add(Layout(network.image.shape, network.kernel.shape, *strides))
        places.add((drawn.givens.row, drawn.givens.column))
        z = [entry for row in key["feature_map"].tolist() for entry in row]
        assert 0 not in z and sum(entry < 0 for entry in z) >= 2
        pools = network.pools(key["feature_map"])
        for *_, second, largest in (sorted(each.ravel().tolist()) for each in pools):
            assert second < largest > 0
        assert bool(network.padding) == (level == "hard")
        assert {"gradient_entry", "gradient_kernel", "gradient_bias"} & key.keys() == {
            "easy": set(),
            "medium": {"gradient_entry"},
            "hard": {"gradient_kernel", "gradient_bias"},
        }[level]
    assert layouts == set(LAYOUTS[level])
    assert {row for row, _ in places} == ({2} if level == "hard" else PLACES[level])
    assert {column for _, column in places} == PLACES[level]


@pytest.mark.parametrize("level", LEVELS)
def test_wrong_ways_through_the_pools_and_the_gradient_show(level: Level) -> None:
    """No value prevails, no terms of one derivative cancel, and nothing is routed by chance."""
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        givens, key = drawn.givens, drawn.answer_key
        pooled, v = [*key["pooled"].flat], [*givens.weights_used.flat]
        assert most_frequent(pooled) <= len(pooled) / 2, seed
        winners = givens.network.winners(key["activation"])
        if level == "medium":
            met = [givens.network.seen(*at)[givens.row - 1, givens.column - 1] for at in winners]
            assert most_frequent(met) <= len(met) / 2, seed
            assert not adds_up_to_nothing(v, met, len(met)), seed
        if level == "hard":
            under = [[*givens.asked(givens.network.seen(*at)).flat] for at in winners]
            for routed in zip(*under, strict=True):
                assert len({*routed}) > 1, seed
                assert not adds_up_to_nothing(v, routed, 2), seed


def most_frequent(values: Sequence[int]) -> int:
    return max(Counter(values).values())


def adds_up_to_nothing(weights: Sequence[int], values: Sequence[int], most: int) -> bool:
    """Whether two or more of the products that are not 0, *most* at most, have the sum 0."""
    real = [a * b for a, b in zip(weights, values, strict=True) if a * b]
    chosen = (each for each in product([0, 1], repeat=len(real)) if 2 <= sum(each) <= most)
    return any(sum(a * b for a, b in zip(each, real, strict=True)) == 0 for each in chosen)


@pytest.mark.parametrize(("level", "name"), [("medium", "entry"), ("hard", "kernel")])
def test_who_flips_the_kernel_throughout_is_told_so(
    torch: ModuleType, level: Level, name: str
) -> None:
    """On that student's own z and h: the derivative for the entry on the other side."""
    named = Counter[tuple[str, ...]]()
    for seed in range(40):
        drawn = item(FAMILY, level, seed)
        givens = problem(FAMILY, level, seed).givens
        z = givens.network.feature_map(givens.network.kernel[::-1, ::-1])
        own = Network(torch, givens, {"feature_map": z})
        turned = own.entry(own.turned()) if name == "entry" else own.asked(own.turned())
        response = str(turned.to(int).tolist())
        by_name = {each.name: each.label for each in drawn.parts}
        sheet = {by_name["feature_map"]: plain(z), by_name["activation"]: plain(relu(z))}
        marks = mark_item(drawn, sheet | {by_name[f"gradient_{name}"]: response}, Policy())
        (mark,) = (each for each in marks if each.label == by_name[f"gradient_{name}"])
        named[tuple(mark.misconceptions)] += 1
        assert "takes_the_kernel_for_the_input" not in mark.misconceptions, seed
    assert named["flips_the_kernel",] > 30


@pytest.mark.parametrize("level", LEVELS)
def test_derivatives_are_taken_with_respect_to_something(level: Level) -> None:
    for seed in range(40):
        drawn = problem(FAMILY, level, seed)
        for part in drawn.parts:
            said = wording.prompt(drawn, part) + wording.solution(drawn, part)
            said += "".join(
                misconception.feedback for misconception in part.declared.misconceptions
            )
            words = " ".join(said.split())
            assert not re.search(r"derivatives? (of \S+ )?by", words), (seed, part.name)


BY_HAND = LongConv2dByHand(
    SmallNetwork(
        image=array([[1, 2, 0, 1], [0, 1, 3, -1], [2, 0, 1, 1], [-1, 1, 0, 2]]),
        kernel=array([[1, -1], [0, 2]]),
        bias=-2,
        score_weights=array([1, 3, -2, -1, 4, 5, 2, -3, -4]),
        pool_stride=1,
        stride=1,
        padding=0,
    ),
    row=2,
    column=1,
)
"""z[1, 2] = 2 − 0 + 2 · 3 − 2 = 6 wins the upper windows, z[3, 1] = 2 and z[2, 3] = 4 the lower."""


def test_by_hand() -> None:
    medium, hard = Problem.of(BY_HAND, "medium"), Problem.of(BY_HAND, "hard")
    key = medium.answer_key | hard.answer_key
    assert key["size"] == (3, 3)
    assert key["feature_map"].tolist() == [[-1, 6, -5], [-3, -2, 4], [2, -3, 2]]
    assert key["activation"].tolist() == [[0, 6, 0], [0, 0, 4], [2, 0, 2]]
    assert key["pooled"].tolist() == [[6, 6], [2, 4]]
    assert key["score"] == 6 + 3 * 6 - 2 * 2 - 4
    # (1 + 3) · [[2, 0], [1, 3]] − 2 · [[2, 0], [−1, 1]] − [[3, −1], [1, 1]]
    assert key["gradient_kernel"].tolist() == [[1, 1], [5, 9]]
    assert key["gradient_entry"] == 5
    assert key["gradient_bias"] == 1 + 3 - 2 - 1


def test_mistakes_by_hand() -> None:
    drawn = Problem.of(BY_HAND, "hard")
    found = {
        (part, misconception.name): wrong
        for part in drawn.answer_key
        for misconception, wrong in drawn.mistakes[part]
    }
    assert found["size", "pads_unasked"] == (5, 5)
    assert found["feature_map", "flips_the_kernel"].tolist() == [
        [1, 4, -6],
        [-4, 1, 4],
        [4, -3, 2],
    ]
    assert found["pooled", "strides_by_the_kernel"].tolist() == [[6]]
    assert found["score", "flattens_by_columns"] == 6 + 3 * 2 - 2 * 6 - 4
    # z[1, 2] would get 1 + 3, z[2, 3] 3 − 1, z[3, 1] −2 and z[3, 3] −1
    assert found["gradient_kernel", "ignores_the_routing"].tolist() == [[9, -3], [8, 10]]
    assert found["gradient_bias", "ignores_the_routing"] == 4 + 2 - 2 - 1
    assert found["gradient_kernel", "uses_one_window_only"].tolist() == [[2, 0], [1, 3]]
    assert found["gradient_bias", "counts_a_winner_once"] == 1 - 2 - 1
