"""Shapes of what sliding windows make of a map, and the error where they do not fit."""

from collections.abc import Sequence
from typing import TypeAlias

from examgen.exact import Shape, Undefined

Pair: TypeAlias = int | tuple[int, int]
"""A size along height and width: one number for both, or (height, width)."""


class DoesNotFit(Undefined, ValueError):
    """Shapes that do not go together: a window over a smaller map, a product of unlike sizes."""


def pair(size: Pair) -> tuple[int, int]:
    """Return a size as (height, width)."""
    return (size, size) if isinstance(size, int) else size


def output_size(
    size: int, kernel: int, *, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Return how many positions a window has along one axis, ⌊(n + 2p − d(k − 1) − 1)/s⌋ + 1.

    `padding` counts the zeros added on each side. The formula is that of torch.nn.Conv2d and
    torch.nn.MaxPool2d (a last window that sticks out is dropped). Raise DoesNotFit where not
    even one window fits.
    """
    if min(kernel, stride, dilation) < 1 or padding < 0:
        raise ValueError(
            f"window: kernel {kernel}, stride {stride}, dilation {dilation}, padding {padding}; "
            "the first three are at least 1, the padding at least 0"
        )
    span = dilation * (kernel - 1) + 1
    room = size + 2 * padding - span
    if size < 1 or room < 0:
        raise DoesNotFit(f"a window spanning {span} does not fit {size} padded by {padding}")
    return room // stride + 1


def fitting_paddings(
    size: int, target: int, kernel: int, *, stride: int = 1, dilation: int = 1
) -> list[int]:
    """Return every padding with which a window has *target* positions along an axis."""
    span = dilation * (kernel - 1) + 1
    largest = (target * stride + span) // 2 + 1  # beyond it there are more positions than that
    paddings = []
    for padding in range(largest + 1):
        if size + 2 * padding >= span:
            options = {"stride": stride, "padding": padding, "dilation": dilation}
            if output_size(size, kernel, **options) == target:
                paddings.append(padding)
    return paddings


def fitting_kernels(
    size: int, target: int, padding: int, *, stride: int = 1, dilation: int = 1
) -> list[int]:
    """Return every kernel size with which a window has *target* positions along an axis."""
    longest = (size + 2 * padding - 1) // dilation + 1
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    return [
        kernel for kernel in range(1, longest + 1) if output_size(size, kernel, **options) == target
    ]


def output_size_2d(
    size: tuple[int, ...],
    kernel: Pair,
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
) -> Shape:
    """Return the (height, width) of a map after a window slid over `size`, axis by axis."""
    if len(size) != 2:
        raise DoesNotFit(f"a window over a map of shape {tuple(size)}; it has a height and a width")
    (tall, wide), (down, right) = pair(kernel), pair(stride)
    (above, beside), (gap_down, gap_right) = pair(padding), pair(dilation)
    height = output_size(size[0], tall, stride=down, padding=above, dilation=gap_down)
    width = output_size(size[1], wide, stride=right, padding=beside, dilation=gap_right)
    return Shape((height, width))


def convolution_shape(
    shape: Shape,
    out_channels: int,
    kernel: Sequence[int],
    *,
    stride: Sequence[int] | None = None,
    padding: Sequence[int] | None = None,
) -> Shape:
    """Return (C_out, …) of a convolution of an input (C, …) along one, two or three axes.

    The kernel reaches through all channels and slides along the other axes, one size, stride and
    padding for each of them; without a stride by one, without a padding inside the input.
    """
    sizes = shape[1:]
    axes = zip(sizes, kernel, stride or [1] * len(sizes), padding or [0] * len(sizes), strict=True)
    return Shape((out_channels, *(output_size(n, k, stride=s, padding=p) for n, k, s, p in axes)))
