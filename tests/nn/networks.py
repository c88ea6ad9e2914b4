"""Layer lists of well-known networks, as published."""

from collections.abc import Sequence

from examgen.exact import Shape
from examgen.nn.layers import (
    AvgPool2d,
    Conv2d,
    Dropout,
    Flatten,
    Layer,
    Linear,
    MaxPool2d,
    ReLU,
)

LENET: list[Layer] = [
    Conv2d(6, 5, padding=2),
    ReLU(),
    AvgPool2d(2),
    Conv2d(16, 5),
    ReLU(),
    AvgPool2d(2),
    Flatten(),
    Linear(120),
    ReLU(),
    Linear(84),
    ReLU(),
    Linear(10),
]
PYTORCH_MNIST: list[Layer] = [
    Conv2d(32, 3),
    ReLU(),
    Conv2d(64, 3),
    ReLU(),
    MaxPool2d(2),
    Dropout(),
    Flatten(),
    Linear(128),
    ReLU(),
    Dropout(),
    Linear(10),
]
PYTORCH_CIFAR: list[Layer] = [
    Conv2d(6, 5),
    ReLU(),
    MaxPool2d(2),
    Conv2d(16, 5),
    ReLU(),
    MaxPool2d(2),
    Flatten(),
    Linear(120),
    ReLU(),
    Linear(84),
    ReLU(),
    Linear(10),
]
ALEXNET_MAPS: list[Layer] = [
    Conv2d(64, 11, stride=4, padding=2),
    ReLU(),
    MaxPool2d(3, stride=2),
    Conv2d(192, 5, padding=2),
    ReLU(),
    MaxPool2d(3, stride=2),
    Conv2d(384, 3, padding=1),
    ReLU(),
    Conv2d(256, 3, padding=1),
    ReLU(),
    Conv2d(256, 3, padding=1),
    ReLU(),
    MaxPool2d(3, stride=2),
]
CLASSIFIER: list[Layer] = [
    Flatten(),
    Linear(4096),
    ReLU(),
    Dropout(),
    Linear(4096),
    ReLU(),
    Dropout(),
    Linear(1000),
]


def _vgg(stages: Sequence[tuple[int, int]]) -> list[Layer]:
    layers: list[Layer] = []
    for channels, depth in stages:
        layers += [Conv2d(channels, 3, padding=1), ReLU()] * depth
        layers.append(MaxPool2d(2))
    return layers


VGG16_MAPS = _vgg([(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)])

PARAMETERS: list[tuple[list[Layer], Shape, int]] = [
    (LENET, Shape((1, 28, 28)), 61_706),
    (PYTORCH_MNIST, Shape((1, 28, 28)), 1_199_882),
    (PYTORCH_CIFAR, Shape((3, 32, 32)), 62_006),
    ([*ALEXNET_MAPS, *CLASSIFIER], Shape((3, 224, 224)), 61_100_840),
    ([*VGG16_MAPS, *CLASSIFIER], Shape((3, 224, 224)), 138_357_544),
]
