"""Convolution, ReLU, max pooling and a weighted sum on a small image, forward and backward."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import cast

import numpy as np

from examgen.exact import Array, Shape, array, entries
from examgen.families.convolution._sliding import terms
from examgen.nn.conv import cross_correlate, kernel_gradient, pad, window, windows
from examgen.nn.dense import flatten, inner, relu, relu_derivative, times
from examgen.nn.pooling import max_pool_gradient, max_positions
from examgen.nn.shapes import DoesNotFit, Pair, output_size_2d

POOL = 2
"""The side of a pooling window."""


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

    @property
    def places(self) -> list[tuple[int, int]]:
        """(row, column) of every entry of z."""
        height, width = self.map_size()
        return list(product(range(1, height + 1), range(1, width + 1)))

    @property
    def unasked_padding(self) -> tuple[int, int]:
        """The padding that would nearly keep the size."""
        height, width = self.kernel.shape
        return height // 2, width // 2

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

    def pools(self, activation: Array) -> list[Array]:
        """What each pooling window sees, row by row."""
        lines = windows(activation, (POOL, POOL), stride=self.pool_stride)
        return [each for line in lines for each in line]

    def score(self, pooled: Array) -> Fraction:
        """⟨v, flatten(p)⟩, with as much of v as there are entries."""
        return cast(Fraction, inner(self.weights_used(pooled.size), flatten(pooled)))

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

    def kernel_gradient(self, activation: Array) -> Array:
        """∂u/∂w."""
        return self.through_kernel(self.map_gradient(activation))

    def unrouted_kernel_gradient(self, activation: Array) -> Array:
        """∂u/∂w if pooling windows let all their entries through."""
        return self.through_kernel(self.unrouted_gradient(activation))

    def first_window_gradient(self, activation: Array) -> Array:
        """∂u/∂w of the first pooling window alone."""
        first, *others = entries(self.score_weights)
        only = [first, *(0 for _ in others)]
        return self.through_kernel(self.map_gradient(activation, only))

    def bias_gradient(self, activation: Array) -> int:
        """∂u/∂b."""
        return int(sum(entries(self.map_gradient(activation))))
