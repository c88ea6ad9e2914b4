"""Layers of a convolutional network: shapes, parameters, multiply–adds, PyTorch listings."""

from examgen.nn.layers.counts import (
    multiply_adds,
    parameter_count,
    stored_activations,
    total_parameters,
)
from examgen.nn.layers.kinds import (
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    Dropout,
    Flatten,
    GlobalAveragePool,
    Layer,
    Linear,
    MaxPool2d,
    ReLU,
)
from examgen.nn.layers.listing import lazy_listing, torch_call
from examgen.nn.layers.shapes import output_shape, shape_trace

__all__ = [
    "AvgPool2d",
    "BatchNorm2d",
    "Conv2d",
    "Dropout",
    "Flatten",
    "GlobalAveragePool",
    "Layer",
    "Linear",
    "MaxPool2d",
    "ReLU",
    "lazy_listing",
    "multiply_adds",
    "output_shape",
    "parameter_count",
    "shape_trace",
    "stored_activations",
    "torch_call",
    "total_parameters",
]
