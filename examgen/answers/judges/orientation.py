"""Which shapes say the same array, and what a shape that does not fit is called."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from examgen.answers.arithmetic.balls import same
from examgen.exact import Array


def fitted(shape: tuple[int, ...], asked: tuple[int, ...]) -> bool:
    """Whether an array of this shape may be meant where another is asked.

    A vector has no orientation: it may be written as a row or a column. One row of a matrix is
    written like a vector.
    """
    if shape == asked:
        return True
    if len(asked) == 1:
        return shape in ((1, *asked), (*asked, 1))
    return len(shape) == 1 and asked == (1, *shape)


def fit(value: Array, asked: tuple[int, ...]) -> Array:
    """The array in the shape that is asked where it fits, else as it is."""
    return value.reshape(asked) if fitted(value.shape, asked) else value


def misfit(shape: tuple[int, ...], entries: Sequence[Any], key: Array) -> str:
    """What is wrong with a shape, in words."""
    if len(key.shape) == 2 and 1 in key.shape and sorted(shape) in (sorted(key.shape), [key.size]):
        wanted, found = ("row", "column") if key.shape[0] == 1 else ("column", "row")
        return f"a {found} where a {wanted} is asked"
    if len(shape) == 2 and shape == key.shape[::-1]:
        turned = np.array(list(entries), dtype=object).reshape(shape).T.ravel()
        if all(same(a, b) for a, b in zip(key.ravel(), turned, strict=True)):
            return "transposed: rows and columns are exchanged"
    return f"the shape is {words(shape)}; {words(key.shape)} is right"


def words(shape: tuple[int, ...]) -> str:
    """A shape in words."""
    if len(shape) == 1:
        return f"a vector of {shape[0]}"
    return " x ".join(map(str, shape))
