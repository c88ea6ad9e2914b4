"""A cross-correlation as a dense layer: the matrix of a linear map, most of it zeros.

Input and output are flattened row by row, so the matrix is (positions, entries of the input).
"""

from collections.abc import Iterable
from itertools import product

from examgen.exact import Array, array
from examgen.nn.conv import cross_correlate
from examgen.nn.dense import flatten
from examgen.nn.shapes import Pair


def convolution_matrix(
    kernel: Array, shape: tuple[int, int], *, stride: Pair = 1, padding: Pair = 0
) -> Array:
    """Return M with flatten(x ⋆ w) = M flatten(x) for every x of this shape.

    Column j of the matrix of a linear map is what it makes of the unit vector e_j.
    """
    columns = [
        flatten(cross_correlate(unit, kernel, stride=stride, padding=padding))
        for unit in unit_images(shape)
    ]
    return array(columns).T


def unit_images(shape: tuple[int, int]) -> Iterable[Array]:
    """Yield the images that are 1 in one place and 0 elsewhere, row by row."""
    height, width = shape
    for row, column in product(range(height), range(width)):
        image = [[0] * width for _ in range(height)]
        image[row][column] = 1
        yield array(image)
