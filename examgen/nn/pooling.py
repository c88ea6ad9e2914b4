"""Pooling: the largest entry of each window, or its mean.

As torch.nn.functional.max_pool2d and avg_pool2d without padding and without ceil_mode: a window
moves by its own size unless a stride is given, and a last one that sticks out is dropped.
Positions are (row, column), from 0.
"""

from typing import TypeAlias

from examgen.exact import Array, array, ratio
from examgen.nn.shapes import DoesNotFit, Pair, output_size_2d, pair

Position: TypeAlias = tuple[int, int]


def max_pool(image: Array, size: Pair, *, stride: Pair | None = None) -> Array:
    """Return the largest entry of every window of the map (H, W); stride defaults to `size`."""
    winners = max_positions(image, size, stride=stride)
    return array([[image[at] for at in row] for row in winners])


def average_pool(image: Array, size: Pair, *, stride: Pair | None = None) -> Array:
    """Return the mean of every window of the map (H, W); stride defaults to `size`."""
    windows = _windows(image, size, stride)
    rows = image.tolist()
    return array(
        [
            [ratio(sum(rows[r][c] for r, c in window), len(window)) for window in row]
            for row in windows
        ]
    )


def max_positions(image: Array, size: Pair, *, stride: Pair | None = None) -> list[list[Position]]:
    """Return where in the map (H, W) each window has its largest entry.

    Of equal entries the first counts, row by row, as torch routes the gradient.
    """
    windows = _windows(image, size, stride)
    rows = image.tolist()
    return [[max(window, key=lambda at: rows[at[0]][at[1]]) for window in row] for row in windows]


def max_pool_gradient(
    image: Array, upstream: Array, size: Pair, *, stride: Pair | None = None
) -> Array:
    """Return ∂L/∂image of max pooling, given upstream = ∂L/∂(pooled map).

    A window hands its gradient to its largest entry; an entry that wins twice gets both.
    """
    winners = max_positions(image, size, stride=stride)
    if upstream.shape != (len(winners), len(winners[0])):
        raise DoesNotFit(f"gradient {upstream.shape} of a map {(len(winners), len(winners[0]))}")
    gradient = [[0] * image.shape[1] for _ in range(image.shape[0])]
    for shares, positions in zip(upstream.tolist(), winners, strict=True):
        for share, (row, column) in zip(shares, positions, strict=True):
            gradient[row][column] += share
    return array(gradient)


def _windows(image: Array, size: Pair, stride: Pair | None) -> list[list[list[Position]]]:
    kernel = pair(size)
    down, right = steps = kernel if stride is None else pair(stride)
    height, width = output_size_2d(image.shape, kernel, stride=steps)
    inside = [(row, column) for row in range(kernel[0]) for column in range(kernel[1])]
    return [
        [
            [(top + row, left + column) for row, column in inside]
            for left in range(0, width * right, right)
        ]
        for top in range(0, height * down, down)
    ]
