"""Convolution, ReLU, max pooling and a weighted sum on a small image, and how they are drawn."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, product
from math import prod
from random import Random
from typing import NamedTuple, Self

import numpy as np

from examgen.exact import Array, Shape, array, entries
from examgen.families.convolution._sliding import terms
from examgen.nn.conv import cross_correlate, kernel_gradient, pad, window, windows
from examgen.nn.dense import relu, relu_derivative, times
from examgen.nn.pooling import max_pool_gradient, max_positions
from examgen.nn.shapes import DoesNotFit, Pair, output_size_2d
from examgen.questions.sampling import integers

POOL = 2
"""The side of a pooling window."""
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


@dataclass(frozen=True, eq=False)
class SmallNetwork:
    """u = ⟨v, flatten(maxpool(ReLU(x ⋆ w + b)))⟩; rows and columns count from 1.

    Of v, `score_weights`, only as many entries are used as the pooled map has.
    """

    image: Array
    kernel: Array
    bias: int
    score_weights: Array
    pool_stride: int
    stride: int
    padding: int

    @classmethod
    def drawn(cls, rng: Random, layout: Layout) -> Self | None:
        """Draw a network, if any bias suits its map; two maps in three have none.

        The image has both signs: with x ≥ 0 hardly any map has one.
        """
        image, kernel = integers(rng, layout.image, -2, 3), mixed(rng, layout.kernel)
        z = cross_correlate(image, kernel, stride=layout.stride, padding=layout.padding)
        biases = fitting_biases(z, layout.pool_stride)
        if not biases:
            return None
        return cls(
            image,
            kernel,
            rng.choice(biases),
            array(rng.sample(SCORE_WEIGHTS, len(SCORE_WEIGHTS))),
            layout.pool_stride,
            layout.stride,
            layout.padding,
        )

    def weighted_anew(self, rng: Random) -> Self:
        """The same network but for its score weights."""
        return replace(self, score_weights=array(rng.sample(SCORE_WEIGHTS, len(SCORE_WEIGHTS))))

    def map_size(self, *, stride: int | None = None, padding: Pair | None = None) -> Shape:
        """The size of z, with the network's stride and padding unless others are said."""
        return output_size_2d(
            self.image.shape,
            self.kernel.shape,
            stride=self.stride if stride is None else stride,
            padding=self.padding if padding is None else padding,
        )

    def feature_map(
        self,
        kernel: Array | None = None,
        *,
        stride: int | None = None,
        padding: Pair | None = None,
        bias: int | None = None,
    ) -> Array:
        """z = x ⋆ w + b, with the network's own numbers unless others are said."""
        return cross_correlate(
            self.image,
            self.kernel if kernel is None else kernel,
            stride=self.stride if stride is None else stride,
            padding=self.padding if padding is None else padding,
            bias=self.bias if bias is None else bias,
        )

    @cached_property
    def padded(self) -> Array:
        """The image with its border of zeros."""
        return pad(self.image, self.padding)

    @cached_property
    def activation(self) -> Array:
        """h = ReLU(z)."""
        return relu(self.feature_map())

    @cached_property
    def routed(self) -> list[Array]:
        """What lies under the kernel at the largest entry of each pooling window."""
        return [self.seen(*at) for at in self.winners(self.activation)]

    def seen(self, row: int, column: int) -> Array:
        """What of the (padded) image lies under the kernel at z[row, column]."""
        return window(self.padded, row - 1, column - 1, self.kernel.shape, self.stride)

    def terms(self, row: int, column: int) -> list[int]:
        """What z[row, column] adds up: the products, without those that are 0, and the bias."""
        return [*terms(self.seen(row, column), self.kernel), self.bias]

    def winners(self, activation: Array) -> list[tuple[int, int]]:
        """(row, column) of the largest entry of each pooling window, row by row."""
        positions = max_positions(activation, POOL, stride=self.pool_stride)
        return [(row + 1, column + 1) for line in positions for row, column in line]

    def map_gradient(self, activation: Array, score_weights: Sequence[int] | None = None) -> Array:
        """∂u/∂z: a pooling window hands its weight to its largest entry, where h > 0."""
        upstream = self.pooled_gradient(activation, score_weights)
        routed = max_pool_gradient(activation, upstream, POOL, stride=self.pool_stride)
        return times(routed, relu_derivative(activation))

    def unrouted_gradient(self, activation: Array) -> Array:
        """∂u/∂z if a pooling window handed its weight to all its entries."""
        upstream = self.pooled_gradient(activation)
        height, width = upstream.shape
        shares = np.zeros(activation.shape, dtype=object)
        for down, right in product(range(POOL), repeat=2):
            share = shares[down :: self.pool_stride, right :: self.pool_stride]
            share[:height, :width] += upstream
        return times(array(shares), relu_derivative(activation))

    def pooled_gradient(
        self, activation: Array, score_weights: Sequence[int] | None = None
    ) -> Array:
        """∂u/∂p: the score weights, or others, arranged as p is."""
        size = output_size_2d(activation.shape, POOL, stride=self.pool_stride)
        return self.weights_used(prod(size), score_weights).reshape(size)

    def weights_used(self, count: int, score_weights: Sequence[int] | None = None) -> Array:
        """The score weights, or others, that a pooled map of so many entries uses.

        Undefined where there are fewer.
        """
        weights = entries(self.score_weights) if score_weights is None else [*score_weights]
        if count > len(weights):
            raise DoesNotFit(f"{len(weights)} weights for {count} pooled entries")
        return array(weights[:count])

    def through_kernel(self, map_gradient: Array) -> Array:
        """∂u/∂w, given ∂u/∂z; Undefined where that has not the size of z."""
        return kernel_gradient(
            self.image, map_gradient, self.kernel.shape, stride=self.stride, padding=self.padding
        )


def mixed(rng: Random, shape: tuple[int, int]) -> Array:
    """A kernel with both signs, at most a third of its entries 0, and few ties in its maps.

    In a kernel of four entries one is doubled: sums of so few terms would often be equal.
    """
    size = prod(shape)
    signs = size - size // 3
    plus = rng.randint(1, signs - 1)
    flat = [1] * plus + [-1] * (signs - plus) + [0] * (size - signs)
    if size == 4:
        flat[rng.randint(0, signs - 1)] *= 2
    rng.shuffle(flat)
    return array(np.array(flat).reshape(shape))


def one_prevails(values: Sequence[int]) -> bool:
    """Whether more than half of the values are equal: most ways to choose among them agree."""
    return max(Counter(values).values()) > len(values) / 2


def cancel(terms: Sequence[int], most: int) -> bool:
    """Whether some of the terms, *most* of them at most, add up to 0 and none of them is 0."""
    real = [each for each in terms if each != 0]
    groups = (combinations(real, size) for size in range(2, most + 1))
    return any(sum(group) == 0 for each in groups for group in each)


def pool_windows(feature_map: Array, stride: int) -> list[Array]:
    """What each pooling window sees, row by row."""
    lines = windows(feature_map, (POOL, POOL), stride=stride)
    return [each for line in lines for each in line]


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
