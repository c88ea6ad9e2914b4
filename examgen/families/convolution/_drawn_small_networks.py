"""Small networks drawn at random: their sizes, and numbers that leave no tie open."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product
from random import Random
from typing import NamedTuple

from examgen.exact import Array, array
from examgen.families.convolution._small_kernels import mixed
from examgen.families.convolution._small_network import POOL, SmallNetwork
from examgen.nn.conv import cross_correlate
from examgen.nn.shapes import output_size_2d
from examgen.questions.levels import Level
from examgen.questions.sampling import integers

BIASES = (-4, -3, -2, -1, 1, 2, 3, 4)
SCORE_WEIGHTS = (-4, -3, -2, -1, 1, 2, 3, 4, 5)
"""All nine are given, in any order: more than p has entries, so that they do not tell its size."""


class Layout(NamedTuple):
    """The sizes of a network; with `pool_stride` 1 the pooling windows overlap."""

    image: tuple[int, int]
    kernel: tuple[int, int]
    pool_stride: int
    stride: int = 1
    padding: int = 0


LAYOUTS: dict[Level, tuple[Layout, ...]] = {
    "easy": (
        *[Layout((4, 4), (2, 2), 1)] * 12,
        *[Layout((4, 5), (2, 2), 1)] * 11,
        *[Layout((5, 4), (2, 2), 1)] * 15,
    ),
    "medium": (
        Layout((5, 5), (3, 3), 1),
        Layout((5, 5), (2, 3), 1),
        Layout((5, 5), (3, 2), 1),
        Layout((5, 5), (2, 2), 2),
    ),
    "hard": (
        *[Layout((5, 5), (3, 3), 1, stride=2, padding=1)] * 2,
        *[Layout((5, 6), (2, 2), 1, stride=2, padding=1)] * 2,
        *[Layout((6, 5), (2, 2), 1, stride=2, padding=1)] * 3,
        *[Layout((4, 4), (3, 3), 2, padding=1)] * 2,
    ),
}
"""The less often its draws are accepted, the more often a layout stands: no size of z is usual."""


def draw_network(rng: Random, layout: Layout) -> SmallNetwork | None:
    """Draw a network, if any bias suits its map; two maps in three have none.

    The image has both signs: with x ≥ 0 hardly any map has one.
    """
    image, kernel = integers(rng, layout.image, -2, 3), mixed(rng, layout.kernel)
    z = cross_correlate(image, kernel, stride=layout.stride, padding=layout.padding)
    biases = fitting_biases(z, layout.pool_stride)
    if not biases:
        return None
    return SmallNetwork(
        image,
        kernel,
        rng.choice(biases),
        draw_score_weights(rng),
        layout.pool_stride,
        layout.stride,
        layout.padding,
    )


def weighted_anew(rng: Random, network: SmallNetwork) -> SmallNetwork:
    """The same network but for its score weights."""
    return replace(network, score_weights=draw_score_weights(rng))


def draw_score_weights(rng: Random) -> Array:
    """All of them, in any order."""
    return array(rng.sample(SCORE_WEIGHTS, len(SCORE_WEIGHTS)))


def fitting_biases(z: Array, pool_stride: int) -> list[int]:
    """Biases that leave no entry of z 0, some negative, and each pooling window a positive one.

    There is none where a window has two largest entries: which of them gets the gradient would be
    open. After ReLU it is open, too, where all four are negative.
    """
    rows = z.tolist()
    height, width = output_size_2d(z.shape, POOL, stride=pool_stride)
    ordered = []
    for top, left in product(range(height), range(width)):
        down, right = top * pool_stride, left * pool_stride
        pooled = sorted(
            each for row in rows[down : down + POOL] for each in row[right : right + POOL]
        )
        if pooled[-1] == pooled[-2]:
            return []
        ordered.append(pooled)
    values = sorted(each for row in rows for each in row)
    second_least, least_pooled = values[1], min(each[-1] for each in ordered)
    return [b for b in BIASES if second_least + b < 0 < least_pooled + b and -b not in values]


def one_prevails(values: Sequence[int]) -> bool:
    """Whether more than half of the values are equal: most ways to choose among them agree."""
    return max(Counter(values).values()) > len(values) / 2


def cancel(terms: Sequence[int], most: int) -> bool:
    """Whether some of the terms, *most* of them at most, add up to 0 and none of them is 0."""
    real = [each for each in terms if each != 0]
    groups = (combinations(real, size) for size in range(2, most + 1))
    return any(sum(group) == 0 for each in groups for group in each)
