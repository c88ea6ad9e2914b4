"""What must hold of any count of sizes, parameters and activations, tried on what is drawn."""

from dataclasses import replace
from itertools import pairwise

import pytest

from examgen.exact import Shape
from examgen.nn import layers as nn
from examgen.questions.problem import Problem
from tests.families.laws import answer, drawn


def test_parameters_of_filters_add_up_and_see_no_image_and_no_batch() -> None:
    for each in drawn("conv-param-count"):
        channels, *sides = each.givens.input_shape
        larger = Shape((channels, *(3 * side for side in sides)))
        assert answer(each, input_shape=larger, batch=1) == answer(each), each.givens
        doubled = answer(each, out_channels=2 * each.givens.out_channels)
        assert doubled == 2 * answer(each), each.givens


def test_a_kernel_has_weights_for_every_channel_and_one_bias_for_all() -> None:
    for each in drawn("conv-param-count", bias=True):
        filters = each.givens.out_channels
        weights = answer(each, bias=False)
        assert answer(each) == weights + filters, each.givens
        channels, *sides = each.givens.input_shape
        deeper = Shape((2 * channels, *sides))
        assert answer(each, input_shape=deeper, bias=False) == 2 * weights, each.givens


def test_a_network_has_the_parameters_of_its_layers() -> None:
    for each in drawn("mlp-param-count", is_deep=False):
        layers = pairwise(each.givens.widths)
        assert answer(each) == sum(answer(each, widths=ends) for ends in layers), each.givens
        assert answer(each, batch=1) == answer(each)


def test_a_deeper_network_has_a_square_more() -> None:
    for each in drawn("mlp-param-count", is_deep=True):
        first, hidden, *others = each.givens.widths
        deeper = answer(each, widths=(first, hidden, hidden, *others))
        biases = hidden if each.givens.bias else 0
        assert deeper - answer(each) in (hidden**2, hidden**2 + biases), each.givens


def test_the_rows_of_a_table_add_up_and_later_layers_change_none() -> None:
    """By the layers' numbers: a longer table may leave another ReLU out."""
    for each in drawn("long-cnn-shape-table"):
        layers = each.givens.layers
        longer = replace(each.givens, layers=(*layers, nn.Linear(4)))
        rows, longer_rows = by_layer(each), by_layer(Problem.of(longer, each.level))
        total, longer_total = (
            Problem.of(givens, each.level).answer_key["total"] for givens in (each.givens, longer)
        )
        assert total == sum(count for _, count in rows.values()), each.givens
        for number in rows.keys() & longer_rows.keys():
            assert longer_rows[number] == rows[number], (number, each.givens)
        assert longer_total == total + longer_rows[len(layers) + 1][1], each.givens


def by_layer(each: Problem) -> dict[int, tuple[Shape, int]]:
    """What a table of layers says of each one that it asks about, by the layer's number."""
    key = each.answer_key
    return {
        number: (key[f"output_shape[{row}]"], key[f"parameters[{row}]"])
        for row, number in enumerate(each.givens.asked, start=1)
    }


def test_heads_and_tokens_bring_no_parameters() -> None:
    for each in drawn("mha-params"):
        assert answer(each, tokens=each.givens.tokens + 100) == answer(each), each.givens
    for each in drawn("mha-params", layer="multi"):
        width = each.givens.width
        for heads in (1, each.givens.heads, width):
            assert answer(each, heads=heads, key_width=width // heads) == 4 * width**2 + 4 * width


def test_heads_with_matrices_of_their_own_add_up() -> None:
    for each in drawn("mha-params", "hard", layer="rectangular"):
        heads = each.givens.heads
        assert answer(each) == heads * answer(each, heads=1), each.givens


def test_a_block_has_twelve_squares_and_thirteen_widths() -> None:
    for each in drawn("transformer-block-params"):
        width = each.givens.width
        block = answer(each, hidden=4 * width, blocks=1, vocabulary=0)
        assert block == 12 * width**2 + 13 * width, each.givens


def test_blocks_words_and_places_of_a_model_add_up() -> None:
    for each in drawn("transformer-block-params", "hard"):
        givens = each.givens
        block = answer(each, blocks=1, vocabulary=0)
        assert answer(each, blocks=givens.blocks + 2) == answer(each) + 2 * block, givens
        words = answer(each, vocabulary=givens.vocabulary + 7) - answer(each)
        places = answer(each, tokens=givens.tokens + 7) - answer(each)
        assert words == places == 7 * givens.width, givens
        assert answer(each, heads=1) == answer(each)


def test_experts_layers_and_what_they_share_add_up() -> None:
    for each in drawn("moe-total-active"):
        givens, experts = each.givens, each.givens.experts
        whole = answer(each, asked="total")
        everyone = answer(each, asked="active", chosen=experts)
        assert everyone == whole, givens
        assert answer(each, layers=3 * givens.layers) == 3 * answer(each), givens
        one, two = (answer(each, asked="total", experts=experts + more) for more in (1, 2))
        assert two - one == one - whole, givens
        router = givens.width * givens.layers
        chosen = answer(each, asked="active", chosen=givens.chosen + 1)
        assert chosen - answer(each, asked="active") == one - whole - router, givens


def test_every_example_of_a_batch_stores_as_much() -> None:
    for each in drawn("activation-memory"):
        single = answer(each, batch=1)
        assert answer(each) == each.givens.batch * single, each.givens


def test_what_layers_store_adds_up() -> None:
    for each in drawn("activation-memory"):
        layers, shape = each.givens.layers, each.givens.input_shape
        for count in range(1, len(layers)):
            between = nn.shape_trace(layers[:count], shape)[-1]
            first = answer(each, layers=layers[:count])
            others = answer(each, layers=layers[count:], input_shape=between)
            assert first + others == answer(each), each.givens


def test_features_are_so_many_for_each_channel() -> None:
    for each in drawn("flatten-in-features"):
        layers = list(each.givens.layers)
        last = max(at for at, layer in enumerate(layers) if isinstance(layer, nn.Conv2d))
        layers[last] = replace(layers[last], out_channels=3 * layers[last].out_channels)
        assert answer(each, layers=tuple(layers)) == 3 * answer(each), each.givens
        assert answer(each, batch=1) == answer(each)


def test_a_layer_that_looks_at_one_pixel_sees_no_further() -> None:
    for each in drawn("receptive-field"):
        layers = each.givens.layers
        look = nn.Conv2d(3, 1)
        for at in range(len(layers) + 1):
            assert answer(each, layers=(*layers[:at], look, *layers[at:])) == answer(each)


def test_small_kernels_one_after_the_other_see_as_much_as_a_large_one() -> None:
    """A side grows by k − 1, the same as by k − 1 kernels of two."""
    for each in drawn("receptive-field", "easy"):
        small: list[nn.Layer] = []
        for layer in each.givens.layers:
            assert isinstance(layer, nn.Conv2d)
            assert isinstance(layer.kernel, int)
            small += [nn.Conv2d(3, 2)] * (layer.kernel - 1)
        assert answer(each, layers=tuple(small)) == answer(each), each.givens


def test_padding_and_channels_are_not_seen_by_a_unit_inside() -> None:
    for each in drawn("receptive-field"):
        padded = tuple(
            replace(layer, padding=1, out_channels=1) if isinstance(layer, nn.Conv2d) else layer
            for layer in each.givens.layers
        )
        assert answer(each, layers=padded) == answer(each), each.givens


@pytest.mark.parametrize("asked", ["separable", "projected"])
def test_more_outputs_bring_the_same_each_time(asked: str) -> None:
    for each in drawn("separable-and-bottleneck", asked=asked):
        outputs = each.givens.outputs
        none, one, two = (answer(each, outputs=outputs + more) for more in (0, 1, 2))
        assert two - one == one - none > 0, each.givens
