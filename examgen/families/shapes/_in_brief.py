"""Layers in a few words, for the blocks of a diagram."""

from examgen.nn import layers as nn


def in_brief(layer: nn.Layer) -> str:
    """What a layer is and what it was built with, on a line each."""
    match layer:
        case nn.Conv2d():
            return "\n".join(["conv", f"{layer.out_channels} filters", *how_it_slides(layer)])
        case nn.MaxPool2d() | nn.AvgPool2d():
            return "\n".join(
                [
                    f"{'max' if isinstance(layer, nn.MaxPool2d) else 'average'} pool",
                    *how_it_slides(layer),
                ]
            )
        case nn.GlobalAveragePool():
            return "global average"
        case nn.BatchNorm2d():
            return "batch norm"
        case nn.Linear():
            return f"linear\n{layer.out_features}"
    return type(layer).__name__ if isinstance(layer, nn.ReLU) else type(layer).__name__.lower()


def how_it_slides(layer: nn.Conv2d | nn.MaxPool2d | nn.AvgPool2d) -> list[str]:
    """The window, and the stride and padding that were given."""
    said = [f"{layer.kernel}×{layer.kernel}"]
    if layer.stride not in (None, 1):
        said.append(f"stride {layer.stride}")
    padding = 0 if isinstance(layer, nn.AvgPool2d) else layer.padding
    return [*said, f"padding {padding}"] if padding else said
