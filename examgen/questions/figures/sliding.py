"""The figure of a convolution or a pooling: the input, the first two windows, the kernel."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from examgen.exact import Array
from examgen.questions.figures.grid import Grid, Grids, Pair, Window


def sliding(
    image: Array,
    kernel: Array,
    *,
    stride: Pair = 1,
    padding: int = 0,
    dilation: int = 1,
    captions: tuple[str, str] = ("$x$", "$w$"),
) -> Grids:
    """A kernel over an input, matrices or vectors, as it starts and takes its first step."""
    high, wide = np.atleast_2d(kernel).shape
    ring: Pair = padding if kernel.ndim > 1 else (0, padding)
    return Grids(
        (
            slid(Grid.of(image, captions[0], padding=ring), (high, wide), stride, dilation),
            Grid.of(kernel, captions[1]),
        ),
        "⋆",
    )


def slid(
    grid: Grid,
    shape: tuple[int, int],
    stride: Pair = 1,
    dilation: int = 1,
    *,
    step: bool = True,
) -> Grid:
    """The grid with the first window of this shape, and with a *step* the next if there is one."""
    first = Window(1, 1, shape[0], shape[1], dilation)
    down, right = (stride, stride) if isinstance(stride, int) else stride
    steps = (first.moved(0, right), first.moved(down, 0)) if step else ()
    following = [each for each in steps if fits(each, grid)][:1]
    return replace(grid, windows=(first, *following))


def fits(window: Window, grid: Grid) -> bool:
    """Whether a window lies within the padded grid."""
    high, wide = grid.size
    return window.rows[-1] <= high and window.columns[-1] <= wide
