"""Cross-correlation, which is what a convolutional layer computes: the kernel is not flipped.

Indices are 0-based here. y[s, t] = Σ_σ Σ_τ x[s·stride + σ·dilation, t·stride + τ·dilation] w[σ, τ],
the convention of torch.nn.functional.conv2d.
"""

from collections.abc import Sequence
from operator import mul
from typing import Any, TypeAlias

from examgen.exact import Array, Exact, array
from examgen.nn.shapes import DoesNotFit, Pair, output_size_2d, pair

Rows: TypeAlias = list[list[Any]]


def cross_correlate(
    image: Array,
    kernel: Array,
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
    bias: Exact = 0,
) -> Array:
    """Return the map image ⋆ kernel + bias, of shape output_size_2d.

    image (H, W), kernel (kh, kw). `padding` zeros surround the image on each side. Raise
    DoesNotFit, a ValueError, where the window fits nowhere.
    """
    rows, weights = _rows(image, "image"), _rows(kernel, "kernel")
    return array(_slide(rows, weights, pair(stride), pair(padding), pair(dilation), bias))


def cross_correlate_1d(
    signal: Array,
    kernel: Array,
    *,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    bias: Exact = 0,
) -> Array:
    """Return signal ⋆ kernel + bias for a signal (n,) and a kernel (k,)."""
    _check_axes(signal, 1, "signal")
    _check_axes(kernel, 1, "kernel")
    rows, weights = [signal.tolist()], [kernel.tolist()]
    [response] = _slide(rows, weights, (1, stride), (0, padding), (1, dilation), bias)
    return array(response)


def cross_correlate_channels(
    image: Array,
    kernels: Array,
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
    bias: Sequence[Exact] | Array | None = None,
) -> Array:
    """Return the maps (C_out, H', W') of a convolutional layer.

    image (C_in, H, W), kernels (C_out, C_in, kh, kw), bias (C_out,). A filter has one slice per
    input channel; the slices' maps are summed and the filter's bias is added once.
    """
    _check_axes(image, 3, "image")
    _check_axes(kernels, 4, "kernels")
    channels, filters = image.tolist(), kernels.tolist()
    offsets = [0] * len(filters) if bias is None else list(bias)
    if kernels.shape[1] != len(channels) or len(offsets) != len(filters):
        raise DoesNotFit(
            f"kernels {kernels.shape} and {len(offsets)} biases over {len(channels)} channels"
        )
    steps = pair(stride), pair(padding), pair(dilation)
    return array(
        [
            _add_maps(
                [_slide(x, w, *steps, 0) for x, w in zip(channels, slices, strict=True)], offset
            )
            for slices, offset in zip(filters, offsets, strict=True)
        ]
    )


def kernel_gradient(
    image: Array,
    upstream: Array,
    kernel: tuple[int, int],
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
) -> Array:
    """Return ∂L/∂w of shape `kernel` for y = image ⋆ w, given upstream = ∂L/∂y.

    Every window uses the same weights, so ∂L/∂w[σ, τ] = Σ_{s,t} upstream[s, t] x[s·stride +
    σ·dilation, t·stride + τ·dilation]: the cross-correlation of image and upstream in which
    stride and dilation change places.
    """
    expected = output_size_2d(
        image.shape, kernel, stride=stride, padding=padding, dilation=dilation
    )
    if upstream.shape != tuple(expected):
        raise DoesNotFit(f"gradient {upstream.shape} of a map {tuple(expected)}")
    uses = cross_correlate(image, upstream, stride=dilation, padding=padding, dilation=stride)
    return uses[: kernel[0], : kernel[1]]


def kernel_gradient_1d(signal: Array, upstream: Array) -> Array:
    """Return ∂L/∂w for y = signal ⋆ w (stride 1, no padding), given upstream = ∂L/∂y: x ⋆ g.

    Every window uses the same weights: ∂L/∂w[τ] = Σ_i g[i] x[i + τ]. Shapes (n,) and (n − k + 1,)
    give (k,).
    """
    return cross_correlate_1d(signal, upstream)


def signal_gradient(kernel: Array, upstream: Array) -> Array:
    """Return ∂L/∂x for y = x ⋆ kernel (stride 1, no padding), given upstream = ∂L/∂y.

    x[j] meets w[τ] in y[j − τ], so ∂L/∂x[j] = Σ_τ g[j − τ] w[τ]: g with k − 1 zeros at each end,
    under the kernel from behind. Shapes (k,) and (n − k + 1,) give (n,).
    """
    return cross_correlate_1d(upstream, array(kernel[::-1]), padding=len(kernel) - 1)


def pad(image: Array, padding: Pair) -> Array:
    """Return the image (H, W) with `padding` zeros on each side."""
    return array(_padded(_rows(image, "image"), pair(padding)))


def window(
    image: Array,
    row: int,
    column: int,
    shape: tuple[int, int],
    stride: Pair = 1,
    dilation: Pair = 1,
) -> Array:
    """Return the part of the image under the kernel at output position [row, column], 0-based."""
    _check_axes(image, 2, "image")
    (down, right), (gap_down, gap_right) = pair(stride), pair(dilation)
    top, left = row * down, column * right
    below, beyond = top + gap_down * (shape[0] - 1) + 1, left + gap_right * (shape[1] - 1) + 1
    if min(top, left) < 0 or below > image.shape[0] or beyond > image.shape[1]:
        raise DoesNotFit(f"window {shape} at [{row}, {column}] leaves the image {image.shape}")
    return image[top:below:gap_down, left:beyond:gap_right]


def windows(
    image: Array, shape: tuple[int, int], *, stride: Pair = 1, dilation: Pair = 1
) -> list[list[Array]]:
    """Return every window of the image, arranged as the output map."""
    _check_axes(image, 2, "image")
    height, width = output_size_2d(image.shape, shape, stride=stride, dilation=dilation)
    return [
        [window(image, row, column, shape, stride, dilation) for column in range(width)]
        for row in range(height)
    ]


def _slide(
    image: Rows,
    kernel: Rows,
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
    bias: Exact,
) -> Rows:
    # Plain lists: a draw computes hundreds of small maps, and numpy's calls cost more than they do.
    height, width = output_size_2d(
        (len(image), len(image[0])),
        (len(kernel), len(kernel[0])),
        stride=stride,
        padding=padding,
        dilation=dilation,
    )
    padded = _padded(image, padding)
    (down, right), (gap_down, gap_right) = stride, dilation
    span = gap_right * (len(kernel[0]) - 1) + 1
    response = []
    for top in range(0, height * down, down):
        strips = list(zip(kernel, padded[top::gap_down], strict=False))
        response.append(
            [
                sum(
                    [
                        sum(map(mul, weights, row[left : left + span : gap_right]))
                        for weights, row in strips
                    ],
                    bias,
                )
                for left in range(0, width * right, right)
            ]
        )
    return response


def _padded(image: Rows, padding: tuple[int, int]) -> Rows:
    above, beside = padding
    if not (above or beside):
        return image
    width = len(image[0]) + 2 * beside
    margin = [[0] * width for _ in range(above)]
    return [*margin, *([0] * beside + row + [0] * beside for row in image), *margin]


def _add_maps(maps: Sequence[Rows], bias: Exact) -> Rows:
    return [
        [sum(entries, bias) for entries in zip(*rows, strict=True)]
        for rows in zip(*maps, strict=True)
    ]


def _rows(matrix: Array, name: str) -> Rows:
    _check_axes(matrix, 2, name)
    rows: Rows = matrix.tolist()
    return rows


def _check_axes(values: Array, axes: int, name: str) -> None:
    if values.ndim != axes or not values.size:
        raise DoesNotFit(f"{name} of shape {values.shape}; it has {axes} axes and an entry")
