"""Shape tables against the modules of torch: shapes, parameters, and what inputs they take."""

from collections.abc import Callable, Iterable
from math import ceil
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from examgen.exact import Shape
from examgen.families.shapes.long_cnn_shape_table import LongCnnShapeTable
from examgen.nn.layers import (
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    Flatten,
    GlobalAveragePool,
    Layer,
    Linear,
    MaxPool2d,
    ReLU,
    shape_trace,
)
from examgen.questions import wording
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, item, problem
from tests.nn.networks import LENET, PYTORCH_CIFAR, PYTORCH_MNIST

FAMILY = "long-cnn-shape-table"
LENGTH = 200
BATCH = 2


class Row(NamedTuple):
    """One layer in torch, what it gets and what it gives."""

    layer: Any
    module: Any
    x: Any
    y: Any


class Network:
    """The network of a problem in torch, built from what reaches each layer."""

    def __init__(self, torch: ModuleType, givens: LongCnnShapeTable) -> None:
        self.torch, self.givens = torch, givens
        self.rows: list[Row] = []
        x = torch.zeros(BATCH, *givens.input_shape)
        for layer in givens.layers:
            module = self.module(layer, x.shape[1])
            self.rows.append(Row(layer, module, x, module(x)))
            x = self.rows[-1].y

    @property
    def asked(self) -> list[Row]:
        """What the table asks about, of eight layers all but the first that is a ReLU."""
        relu = next(row for row in self.rows if isinstance(row.layer, ReLU))
        return [row for row in self.rows if row is not relu or len(self.rows) < 8]

    @property
    def seen(self) -> list[Any]:
        """The layers up to the last convolution."""
        layers = list(self.givens.layers)
        while not isinstance(layers[-1], Conv2d):
            layers.pop()
        return layers

    def module(self, layer: Layer, inputs: int) -> Any:
        nn = self.torch.nn
        match layer:
            case Conv2d():
                sizes = layer.kernel, layer.stride, layer.padding
                return nn.Conv2d(inputs, layer.out_channels, *sizes, bias=layer.bias)
            case Linear():
                return nn.Linear(inputs, layer.out_features, bias=layer.bias)
            case MaxPool2d():
                return nn.MaxPool2d(layer.kernel, layer.stride)
            case AvgPool2d():
                return nn.AvgPool2d(layer.kernel, layer.stride)
            case BatchNorm2d():
                return nn.BatchNorm2d(inputs).eval()
            case ReLU():
                return nn.ReLU()
            case Flatten():
                return nn.Flatten()
            case GlobalAveragePool():
                return nn.AdaptiveAvgPool2d(1)
        raise AssertionError(layer)

    def takes(self, shape: Shape, skipping: Iterable[type] = (), channels: int = 0) -> bool:
        """Whether the built network runs on a shape, perhaps without some layers or its filters."""
        x = self.torch.zeros(1, *shape)
        if channels:
            x = x[:, :1].expand(1, channels, *shape[1:])
        try:
            for row in self.rows:
                x = x if isinstance(row.layer, tuple(skipping)) else row.module(x)
        except RuntimeError:
            return False
        return True

    def span(self, layers: Iterable[Layer]) -> int:
        """How far along one axis the gradient of an interior unit reaches, by ones and means."""
        signal = self.torch.ones(1, 1, LENGTH, requires_grad=True)
        response = signal
        for layer in layers:
            match layer:
                case MaxPool2d() | AvgPool2d():
                    pool = self.torch.nn.functional.avg_pool1d
                    response = pool(response, layer.kernel, layer.stride)
                case Conv2d():
                    weights = self.torch.ones(1, 1, layer.kernel)
                    response = self.torch.conv1d(response, weights, stride=layer.stride)
        response[0, 0, response.shape[2] // 2].backward()
        reached = signal.grad[0, 0].nonzero().flatten().tolist()
        assert 0 < reached[0] < reached[-1] < LENGTH - 1
        return int(reached[-1] - reached[0] + 1)


def shape(tensor: Any) -> Shape:
    return Shape(tensor.shape[1:])


def count(module: Any) -> int:
    return sum(each.numel() for each in module.parameters())


def changed(torch: ModuleType, row: Row, **changes: Any) -> Any:
    """The convolution or pooling of a row with other arguments."""
    old = row.module
    if isinstance(old, torch.nn.Conv2d):
        names = ("in_channels", "out_channels", "kernel_size", "stride", "padding")
        bias = changes.pop("bias", old.bias is not None)
        return torch.nn.Conv2d(**{name: getattr(old, name) for name in names} | changes, bias=bias)
    return type(old)(**{name: getattr(old, name) for name in ("kernel_size", "stride")} | changes)


def rounded_up(row: Row) -> Shape:
    """The formula with ⌈ ⌉, in floating point."""
    kernel, stride, padding = (
        each if isinstance(each, int) else each[0]
        for each in (row.module.kernel_size, row.module.stride, row.module.padding)
    )
    sides = [ceil((side + 2 * padding - kernel) / stride) + 1 for side in row.x.shape[2:]]
    return Shape((row.y.shape[1], *sides))


def padded_above_and_left(torch: ModuleType, row: Row) -> Shape:
    side = row.module.padding[0]
    x = torch.nn.functional.pad(row.x, (side, 0, side, 0))
    return shape(changed(torch, row, padding=0)(x))


def padded_by_half(torch: ModuleType, row: Row) -> Shape:
    return shape(changed(torch, row, padding=row.module.kernel_size[0] // 2)(row.x))


WRONG_SHAPES: dict[str, Callable[[ModuleType, Row], Shape]] = {
    "rounds_up": lambda _, row: rounded_up(row),
    "forgets_the_first_position": lambda _, row: Shape(
        (row.y.shape[1], row.y.shape[2] - 1, row.y.shape[3] - 1)
    ),
    "pads_unasked": padded_by_half,
    "ignores_the_padding": lambda torch, row: shape(changed(torch, row, padding=0)(row.x)),
    "pads_one_side": padded_above_and_left,
    "ignores_the_stride": lambda torch, row: shape(changed(torch, row, stride=1)(row.x)),
    "pools_with_stride_one": lambda torch, row: shape(changed(torch, row, stride=1)(row.x)),
    "keeps_the_input_channels": lambda torch, row: shape(
        changed(torch, row, out_channels=row.x.shape[1])(row.x)
    ),
    "averages_over_the_channels": lambda _, row: shape(row.x.mean((1, 2, 3), keepdim=True)),
    "flattens_height_and_width_only": lambda _, row: shape(row.x[:, 0].flatten(1)),
    "flattens_channels_only": lambda _, row: shape(row.x[:, :, 0, 0]),
}
WRONG_COUNTS: dict[str, Callable[[ModuleType, Row], int]] = {
    "forgets_the_bias": lambda _, row: row.module.weight.numel(),
    "one_bias_per_layer": lambda _, row: row.module.weight.numel() + 1,
    "one_bias_per_pixel": lambda _, row: row.module.weight.numel() + row.y[0].numel(),
    "one_bias_per_channel_pair": lambda _, row: (
        row.module.weight.numel() + row.module.weight[:, :, 0, 0].numel()
    ),
    "one_bias_per_input": lambda _, row: row.module.weight.numel() + row.x[0].numel(),
    "counts_one_input_channel": lambda torch, row: count(changed(torch, row, in_channels=1)),
    "uses_k_for_k_squared": lambda torch, row: count(
        changed(torch, row, kernel_size=(1, row.module.kernel_size[0]))
    ),
    "counts_every_position": lambda _, row: count(row.module) * row.y[0, 0].numel(),
    "gives_pooling_parameters": lambda torch, row: torch.nn.Conv2d(
        row.x.shape[1], row.x.shape[1], row.module.kernel_size, groups=row.x.shape[1]
    ).weight.numel(),
    "gives_activation_parameters": lambda _, row: row.y[0].numel(),
    "counts_the_scale_only": lambda _, row: row.module.weight.numel(),
    "counts_the_running_statistics": lambda _, row: (
        count(row.module) + row.module.running_mean.numel() + row.module.running_var.numel()
    ),
}


def early(network: Network) -> int:
    """The same kernels, each with the stride of the layer after it; first comes a mere stride."""
    windows = [each for each in network.seen if hasattr(each, "kernel")]
    kernels = [1, *(each.kernel for each in windows)]
    strides = [*(each.stride or each.kernel for each in windows), 1]
    return network.span(Conv2d(1, *each) for each in zip(kernels, strides, strict=True))


def unstrided(network: Network) -> int:
    windows = [each for each in network.seen if hasattr(each, "kernel")]
    return network.span(Conv2d(1, each.kernel) for each in windows)


def taken(network: Network, takes: Callable[[Shape], bool]) -> frozenset[int]:
    """The numbers of the other inputs that pass."""
    others = network.givens.other_inputs
    return frozenset(number for number, each in enumerate(others, start=1) if takes(each))


def flattens_alike(network: Network, other: Shape) -> bool:
    """Whether as much as for the own input is left before the maps are averaged."""
    if other[0] != network.givens.input_shape[0]:
        return False
    x = network.torch.zeros(1, *other)
    for row in network.rows:
        if isinstance(row.layer, GlobalAveragePool):
            return bool(x[0].numel() == row.x[0].numel())
        x = row.module(x) if not isinstance(row.layer, Linear | Flatten) else x
    return False


WRONG_TOTALS: dict[str, Callable[[Network], int]] = {
    "multiplies_by_the_batch": lambda network: (
        network.givens.batch * sum(count(row.module) for row in network.rows)
    ),
    "leaves_out_the_linear_layers": lambda network: sum(
        count(row.module) for row in network.rows if not isinstance(row.layer, Linear)
    ),
}
WRONG_SIDES: dict[str, Callable[[Network], int]] = {
    "skips_the_pooling": lambda network: network.span(
        each for each in network.seen if isinstance(each, Conv2d)
    ),
    "sums_the_kernels": lambda network: sum(
        each.kernel for each in network.seen if hasattr(each, "kernel")
    ),
    "ignores_the_jumps": unstrided,
    "counts_a_stride_too_early": early,
    "gives_the_area": lambda network: network.span(network.seen) ** 2,
}
WRONG_WEIGHTS: dict[str, Callable[[ModuleType, Row], int]] = {
    "counts_the_convolution": lambda _, row: row.module.weight.numel(),
    "keeps_to_the_window": lambda _, row: row.module.weight[0].numel() * row.y[0].numel(),
    "leaves_the_channels_out": lambda _, row: row.x[0, 0].numel() * row.y[0, 0].numel(),
    "adds_a_bias_unasked": lambda torch, row: count(
        torch.nn.Linear(row.x[0].numel(), row.y[0].numel(), device="meta")
    ),
}
WRONG_INPUTS: dict[str, Callable[[Network], frozenset[int]]] = {
    "ties_every_layer_to_the_input": lambda network: taken(
        network, lambda each: each == network.givens.input_shape
    ),
    "ties_no_layer_to_the_input": lambda network: taken(
        network, lambda each: network.takes(each, skipping=(Flatten, Linear))
    ),
    "ignores_the_channels": lambda network: taken(
        network, lambda each: network.takes(each, channels=network.givens.input_shape[0])
    ),
    "forgets_the_global_pooling": lambda network: taken(
        network, lambda each: flattens_alike(network, each)
    ),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        network = Network(torch, drawn.givens)
        for number, row in enumerate(network.asked, start=1):
            check(drawn, f"output_shape[{number}]", shape(row.y), WRONG_SHAPES, torch, row)
            check(drawn, f"parameters[{number}]", count(row.module), WRONG_COUNTS, torch, row)
        first, own = network.rows[0], drawn.givens.other_inputs
        model = torch.nn.Sequential(*(row.module for row in network.rows))
        fitting = frozenset(number for number, each in enumerate(own, 1) if network.takes(each))
        dense = first.x[0].numel() * first.y[0].numel()
        check(drawn, "total", count(model), WRONG_TOTALS, network)
        check(drawn, "receptive_field", network.span(network.seen), WRONG_SIDES, network)
        check(drawn, "dense_weights", dense, WRONG_WEIGHTS, torch, first)
        check(drawn, "fitting_inputs", fitting, WRONG_INPUTS, network)


def check(
    drawn: Problem, part: str, right: Any, wrong: dict[str, Callable[..., Any]], *given: Any
) -> None:
    """Compare the key and every mistake of a part with what the oracle makes of *given*."""
    assert drawn.answer_key[part] == right, (drawn.givens, part)
    for misconception, reached in drawn.mistakes[part]:
        assert reached == wrong[misconception.name](*given), (drawn.givens, misconception.name)


def table_of(layers: Iterable[Layer], input_shape: Shape) -> Problem:
    """The problem that a network of the world would be."""
    givens = LongCnnShapeTable(tuple(layers), input_shape, 64, (input_shape,))
    return Problem.of(givens, "hard")


@pytest.mark.parametrize(
    ("layers", "input_shape", "published"),
    [
        (LENET, Shape((1, 28, 28)), 61_706),
        (PYTORCH_MNIST, Shape((1, 28, 28)), 1_199_882),
        (PYTORCH_CIFAR, Shape((3, 32, 32)), 62_006),
    ],
)
def test_published_totals(layers: list[Layer], input_shape: Shape, published: int) -> None:
    assert table_of(layers, input_shape).answer_key["total"] == published


def test_lenet_row_by_row() -> None:
    drawn = table_of(LENET, Shape((1, 28, 28)))
    shapes = [drawn.answer_key[f"output_shape[{row}]"] for row in range(1, 9)]
    maps = [(6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5)]
    assert shapes == [*maps, (400,), (120,), (84,), (10,)]
    counts = [drawn.answer_key[f"parameters[{row}]"] for row in range(1, 9)]
    assert counts == [156, 0, 2416, 0, 0, 48_120, 10_164, 850]
    assert drawn.answer_key["receptive_field"] == 14
    assert drawn.answer_key["dense_weights"] == 784 * 4704


def test_a_network_worked_out_by_hand() -> None:
    # 2 channels of 11 × 13; filters 3 × 3 leave 9 × 11, pooling by 2 leaves 4 × 5, 2 × 2 leave
    # 3 × 4. Parameters 4·(2·9 + 1) = 76, 5·(4·4 + 1) = 85, 3·(60 + 1) = 183.
    layers: list[Layer] = [Conv2d(4, 3), MaxPool2d(2), Conv2d(5, 2), ReLU(), Flatten(), Linear(3)]
    others = (Shape((2, 10, 13)), Shape((2, 13, 11)), Shape((2, 12, 13)), Shape((3, 11, 13)))
    givens = LongCnnShapeTable(tuple(layers), Shape((2, 11, 13)), 8, others)
    key = Problem.of(givens, "easy").answer_key
    shapes = [key[f"output_shape[{row}]"] for row in range(1, 7)]
    assert shapes == [(4, 9, 11), (4, 4, 5), (5, 3, 4), (5, 3, 4), (60,), (3,)]
    assert [key[f"parameters[{row}]"] for row in range(1, 7)] == [76, 0, 85, 0, 0, 183]
    # A unit after layer 3 sees 3 pixels, 4 after pooling, and one step of 2 more.
    assert key["total"] == 344
    assert key["receptive_field"] == 6
    assert key["dense_weights"] == 286 * 396
    # 10 rows leave 8, so also 4; 12 leave 10, so 5; turning the input turns the last map.
    assert key["fitting_inputs"] == {1, 2}


@pytest.mark.parametrize("level", LEVELS)
def test_each_row_builds_on_the_row_before_and_nothing_else(level: Level) -> None:
    drawn = problem(FAMILY, level, 0)
    parents = {part.name: part.procedure.parents for part in drawn.parts}
    rows = range(1, len(drawn.givens.rows) + 1)
    assert parents["output_shape[1]"] == parents["parameters[1]"] == ()
    for row in rows[1:]:
        assert parents[f"output_shape[{row}]"] == (f"output_shape[{row - 1}]",)
        assert parents[f"parameters[{row}]"] == (f"output_shape[{row - 1}]",)
    assert parents["total"] == tuple(f"parameters[{row}]" for row in rows)
    assert "output_shape[1]" in parents["dense_weights"]
    assert parents["receptive_field"] == parents["fitting_inputs"] == ()


@pytest.mark.parametrize("level", LEVELS)
def test_of_a_map_only_its_channels_decide_the_parameters(level: Level) -> None:
    for seed in range(40):
        drawn = problem(FAMILY, level, seed)
        for part in drawn.parts:
            if part.declared.name != "parameters" or not part.procedure.parents:
                continue
            (before,) = part.procedure.parents
            key = drawn.answer_key[before]
            for side in (1, 2, 50):
                own = Shape((key[0], *(side for _ in key[1:])))
                assert part.procedure({before: own}) == drawn.answer_key[part.name], (seed, part)


@pytest.mark.parametrize(("level", "rows"), [("easy", 6), ("medium", 7), ("hard", 7)])
def test_twenty_points_give_every_part_one(level: Level, rows: int) -> None:
    for seed in range(20):
        parts = item(FAMILY, level, seed).parts
        assert len(parts) == 2 * rows + 4
        assert sum(part.points for part in parts) == 20
        assert min(part.points for part in parts) == 1


@pytest.mark.parametrize("level", LEVELS)
def test_points_follow_the_work(level: Level) -> None:
    """What takes a network for each input has most, and a sum of three numbers least."""
    for seed in range(20):
        points = {part.name: part.points for part in item(FAMILY, level, seed).parts}
        others = [each for name, each in points.items() if name != "fitting_inputs"]
        assert points["fitting_inputs"] > max(others), seed
        assert points["total"] == 1, seed


def test_a_long_table_leaves_the_first_activation_out() -> None:
    """It keeps the shape and has no parameters, so what follows does not need it."""
    for seed in range(20):
        drawn = problem(FAMILY, "hard", seed)
        layers = drawn.givens.layers
        numbers = [n for n in range(1, 9) if n != layers.index(ReLU()) + 1]
        titles = [wording.row_title(drawn, each) for each in drawn.parts if each.row]
        assert titles[::2] == titles[1::2]
        assert [each.split(",")[0] for each in titles[::2]] == [f"Layer {n}" for n in numbers]
        trace = shape_trace(layers, drawn.givens.input_shape)
        for row, number in enumerate(numbers, start=1):
            assert drawn.answer_key[f"output_shape[{row}]"] == trace[number]


@pytest.mark.parametrize("level", LEVELS)
def test_the_listing_gives_no_size_away(level: Level) -> None:
    for seed in range(40):
        givens = problem(FAMILY, level, seed).givens
        calls = givens.network.listing.splitlines()[1:-1]
        for line, layer in zip(calls, givens.layers, strict=True):
            arguments = line.partition("(")[2].partition(")")[0]
            expected = {Conv2d: 2, Linear: 1, MaxPool2d: 1, AvgPool2d: 1, GlobalAveragePool: 1}
            positional = [each for each in arguments.split(", ") if each and "=" not in each]
            assert len(positional) == expected.get(type(layer), 0), line
        assert givens.network.listing in wording.stem(problem(FAMILY, level, seed))


@pytest.mark.parametrize("level", LEVELS)
def test_other_inputs_come_in_batches(torch: ModuleType, level: Level) -> None:
    """Alone, without a batch axis, an input would be flattened to one axis too few."""
    drawn = problem(FAMILY, level, 0)
    (asked,) = (part for part in drawn.parts if part.name == "fitting_inputs")
    assert "batches of inputs of other shapes" in wording.prompt(drawn, asked)
    model = torch.nn.Sequential(*(row.module for row in Network(torch, drawn.givens).rows)).eval()
    first = drawn.givens.other_inputs[min(drawn.answer_key["fitting_inputs"]) - 1]
    assert len(model(torch.zeros(BATCH, *first))) == BATCH
    with pytest.raises((RuntimeError, ValueError)):
        model(torch.zeros(*first))


ARRANGEMENTS = {
    "easy": {
        "conv max2/2 conv relu flatten linear",
        "conv max3/3 conv relu flatten linear",
    },
    "medium": {
        "conv relu mean2/2 conv max2/2 flatten linear",
        "conv relu max3/2 conv max2/2 flatten linear",
    },
    "hard": {
        "conv norm relu mean2/2 conv relu flatten linear",
        "conv norm relu max3/2 conv relu flatten linear",
        "conv norm max2/2 conv relu mean flatten linear",
        "conv norm relu conv max2/2 conv mean flatten",
    },
}


def arrangement(layer: Layer) -> str:
    """A layer in a word; a pooling with its kernel and its stride."""
    words = {Conv2d: "conv", ReLU: "relu", BatchNorm2d: "norm", Flatten: "flatten"}
    words |= {Linear: "linear", GlobalAveragePool: "mean", MaxPool2d: "max", AvgPool2d: "mean"}
    if isinstance(layer, MaxPool2d | AvgPool2d):
        return f"{words[type(layer)]}{layer.kernel}/{layer.stride or layer.kernel}"
    return words[type(layer)]


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    kinds: set[type] = set()
    arrangements: set[tuple[str, ...]] = set()
    for seed in range(200):
        givens = problem(FAMILY, level, seed).givens
        channels, height, width = givens.input_shape
        filters = [each.out_channels for each in givens.layers if isinstance(each, Conv2d)]
        assert height != width
        assert len({channels, *filters}) == len(filters) + 1
        assert max(height, width) <= 100
        assert problem(FAMILY, level, seed).answer_key["total"] < 2000
        kinds |= {type(each) for each in givens.layers}
        arrangements.add(tuple(map(arrangement, givens.layers)))
    advanced = {BatchNorm2d, GlobalAveragePool}
    assert kinds & advanced == (advanced if level == "hard" else set())
    assert arrangements == {tuple(each.split()) for each in ARRANGEMENTS[level]}


def test_the_mistakes_of_the_short_questions_are_named_here_too() -> None:
    """LeNet: 5 + 2 + 5 pixels in a row; a bias for each of 16 · 6 pairs of channels."""
    drawn = table_of(LENET, Shape((1, 28, 28)))
    sides = {each.name: wrong for each, wrong in drawn.mistakes["receptive_field"]}
    assert sides["sums_the_kernels"] == 12
    counts = {each.name: wrong for each, wrong in drawn.mistakes["parameters[3]"]}
    assert counts["one_bias_per_channel_pair"] == 2400 + 96
    first = [each.name for each, _ in drawn.mistakes["parameters[1]"]]
    assert "one_bias_per_channel_pair" not in first, "of one channel there is no other pair"
