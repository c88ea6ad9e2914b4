"""The layers of a convolutional network, as data: what they are, not what they are fed."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from examgen.nn.shapes import Pair


@dataclass(frozen=True)
class Conv2d:
    """A convolution; sizes are one number for both axes or (height, width)."""

    out_channels: int
    kernel: Pair
    stride: Pair = 1
    padding: Pair = 0
    bias: bool = True
    groups: int = 1
    dilation: Pair = 1


@dataclass(frozen=True)
class MaxPool2d:
    """Max pooling; the stride defaults to the window's size."""

    kernel: Pair
    stride: Pair | None = None
    padding: Pair = 0

    @property
    def steps(self) -> Pair:
        """The stride that applies."""
        return self.kernel if self.stride is None else self.stride


@dataclass(frozen=True)
class AvgPool2d:
    """Average pooling; the stride defaults to the window's size."""

    kernel: Pair
    stride: Pair | None = None

    @property
    def steps(self) -> Pair:
        """The stride that applies."""
        return self.kernel if self.stride is None else self.stride


@dataclass(frozen=True)
class GlobalAveragePool:
    """The mean of each channel, as a map of one position."""


@dataclass(frozen=True)
class ReLU:
    """The entrywise activation max(x, 0)."""


@dataclass(frozen=True)
class BatchNorm2d:
    """Batch normalisation with a trainable scale and shift per channel."""


@dataclass(frozen=True)
class Dropout:
    """Dropout of a share of the entries."""

    share: Fraction = Fraction(1, 2)


@dataclass(frozen=True)
class Flatten:
    """All axes but the batch in one, row by row."""


@dataclass(frozen=True)
class Linear:
    """A dense layer on the last axis."""

    out_features: int
    bias: bool = True


Layer: TypeAlias = (
    Conv2d
    | MaxPool2d
    | AvgPool2d
    | GlobalAveragePool
    | ReLU
    | BatchNorm2d
    | Dropout
    | Flatten
    | Linear
)
