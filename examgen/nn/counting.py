"""Trainable parameters, counted as torch counts them: biases where stated, buffers never."""

from collections.abc import Sequence
from math import prod


def convolution_parameters(
    in_channels: int,
    out_channels: int,
    kernel: Sequence[int],
    *,
    groups: int = 1,
    bias: bool = True,
) -> int:
    """Return C_out · C_in/groups · Πk, and C_out biases; one kernel size per axis (1, 2 or 3)."""
    if in_channels % groups or out_channels % groups:
        raise ValueError(
            f"{groups} groups divide neither {in_channels} nor {out_channels} channels"
        )
    return out_channels * (in_channels // groups) * prod(kernel) + bias * out_channels


def separable_parameters(in_channels: int, out_channels: int, kernel: int) -> int:
    """Return k² C_in + C_in · C_out, a depthwise and a pointwise convolution without biases."""
    size = (kernel, kernel)
    depthwise = convolution_parameters(
        in_channels, in_channels, size, groups=in_channels, bias=False
    )
    return depthwise + convolution_parameters(in_channels, out_channels, (1, 1), bias=False)


def bottleneck_parameters(
    in_channels: int,
    inner: int,
    out_channels: int,
    *,
    projects: bool = False,
    normalises: bool = False,
) -> int:
    """Return C_in · m + 9 m² + m · C_out of the convolutions 1×1, 3×3, 1×1 without biases.

    A projection in the skip adds C_in · C_out; where each convolution is followed by a batch
    normalisation, every output channel of each adds a scale and a shift.
    """
    convolutions = [(in_channels, inner, 1), (inner, inner, 3), (inner, out_channels, 1)]
    if projects:
        convolutions.append((in_channels, out_channels, 1))
    return sum(
        convolution_parameters(seen, filters, (k, k), bias=False) + 2 * normalises * filters
        for seen, filters, k in convolutions
    )


def linear_parameters(inputs: int, outputs: int, *, bias: bool = True) -> int:
    """Return inputs · outputs weights, and one bias per output."""
    return inputs * outputs + bias * outputs


def layer_norm_parameters(width: int) -> int:
    """Return the scale and the shift of every feature."""
    return 2 * width


def embedding_parameters(vocabulary: int, width: int) -> int:
    """Return a vector per word of the vocabulary (or per position)."""
    return vocabulary * width


def attention_parameters(
    width: int,
    key_width: int | None = None,
    value_width: int | None = None,
    *,
    heads: int = 1,
    output: bool = False,
) -> int:
    """Return the weights of W_Q, W_K (d, d_k) and W_V (d, d_v) per head, without biases.

    Widths left out are d, so the lecture's single head has 3d². `output` adds the projection of
    the concatenated heads, (heads · d_v, d).
    """
    keys = width if key_width is None else key_width
    values = width if value_width is None else value_width
    per_head = width * (2 * keys + values)
    return heads * per_head + output * heads * values * width


def mha_parameters(width: int, *, bias: bool = True) -> int:
    """Return 4d² + 4d, what torch.nn.MultiheadAttention(d, h) has for every h that divides d."""
    return 4 * linear_parameters(width, width, bias=bias)


def feed_forward_parameters(width: int, hidden: int, *, bias: bool = True) -> int:
    """Return the parameters of d → f → d."""
    return linear_parameters(width, hidden, bias=bias) + linear_parameters(hidden, width, bias=bias)


def encoder_block_parameters(width: int, hidden: int) -> int:
    """Return those of attention, feed-forward part and two layer norms (12d² + 13d for f = 4d)."""
    return (
        mha_parameters(width)
        + feed_forward_parameters(width, hidden)
        + 2 * layer_norm_parameters(width)
    )


def mixture_parameters(expert: int, experts: int, *, router: int, shared: int = 0) -> int:
    """Return shared + router + experts · expert, the total.

    With the k experts that run instead of all of them it is what one token uses.
    """
    return shared + router + experts * expert
