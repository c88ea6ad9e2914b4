"""Images with margins of zeros, and how they are moved."""

from random import Random

from examgen.exact import Array, array

SIGNED = (-3, -2, -1, 1, 2, 3)


def moved(values: Array, down: int, right: int, fill: int = 0) -> Array:
    """The matrix moved down and to the right, or up and to the left; *fill* where nothing came."""
    rows, (height, width) = values.tolist(), values.shape
    return array(
        [
            [
                rows[s - down][t - right]
                if 0 <= s - down < height and 0 <= t - right < width
                else fill
                for t in range(width)
            ]
            for s in range(height)
        ]
    )


def with_margins(core: Array, before: int, after: tuple[int, int]) -> Array:
    """The matrix with zeros before it along each axis, and others after it.

    One that has a single row is a line: it gets no rows of zeros.
    """
    width = before + core.shape[1] + after[1]
    rows = [[0] * before + row + [0] * after[1] for row in core.tolist()]
    if len(rows) == 1:
        return array(rows)
    empty = [[0] * width]
    return array(empty * before + rows + empty * after[0])


def chosen(rng: Random, shape: tuple[int, int], largest: int = 3) -> Array:
    """A matrix of both signs without zeros."""
    height, width = shape
    values = [each for each in SIGNED if abs(each) <= largest]
    return array([[rng.choice(values) for _ in range(width)] for _ in range(height)])
