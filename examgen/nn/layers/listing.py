"""Layers as PyTorch code; lazy constructors, because input sizes would give shapes away."""

from collections.abc import Iterable
from dataclasses import MISSING, fields

from examgen.nn.layers.kinds import BatchNorm2d, Conv2d, Dropout, GlobalAveragePool, Layer, Linear

_LAZY = {Conv2d: "LazyConv2d", BatchNorm2d: "LazyBatchNorm2d", Linear: "LazyLinear"}


def lazy_listing(layers: Iterable[Layer]) -> str:
    """Return the nn.Sequential of the layers, a line each."""
    lines = [f"    {torch_call(layer)},\n" for layer in layers]
    return f"nn.Sequential(\n{''.join(lines)})"


def torch_call(layer: Layer) -> str:
    """Return the call that makes the layer; arguments at their defaults are left out."""
    match layer:
        case GlobalAveragePool():
            return "nn.AdaptiveAvgPool2d(1)"
        case Dropout(share):
            return f"nn.Dropout({float(share):g})"
        case _:
            name = _LAZY.get(type(layer), type(layer).__name__)
            return f"nn.{name}({', '.join(_arguments(layer))})"


def _arguments(layer: Layer) -> Iterable[str]:
    for field in fields(layer):
        value = getattr(layer, field.name)
        if field.default is MISSING:
            yield str(value)
        elif value != field.default:
            yield f"{field.name}={value}"
