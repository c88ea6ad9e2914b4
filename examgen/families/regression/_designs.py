"""Small data matrices with two columns whose XᵀX is easy to work with."""

from functools import cache
from itertools import product
from math import gcd
from random import Random

import numpy as np
import numpy.typing as npt

Rows = list[tuple[int, ...]]
WEIGHTS = [-3, -2, -1, 1, 2, 3]


@cache
def every(length: int, most: int) -> npt.NDArray[np.int64]:
    """Every vector of so many integers that are no larger than *most*, in order, to search in."""
    return np.array([*product(range(-most, most + 1), repeat=length)])


def upright(rng: Random) -> Rows:
    """Three points whose columns are orthogonal and not equally long: XᵀX is diagonal."""
    first = [rng.randint(-3, 3) for _ in range(3)]
    others = every(3, 3)
    fitting = (abs(others).sum(1) > 1) & (others @ first == 0)
    fitting &= (others**2).sum(1) != sum(a * a for a in first)
    return [*zip(first, rng.choice(others[fitting].tolist()), strict=True)]


def alike(rng: Random) -> Rows:
    """Points whose columns are equally long and not orthogonal: eigenvectors (1, 1), (1, −1)."""
    p, q = rng.sample([-2, -1, 1, 2, 3], 2)
    third = rng.choice([1, 2])
    rows: Rows = [(p, q), (q, p), *rng.choice([[], [(third, rng.choice([-1, 1]) * third)]])]
    rng.shuffle(rows)
    return rows


def oblique(rng: Random) -> Rows:
    """Three different points whose XᵀX has a small determinant and is not diagonal."""
    while True:
        rows = [(rng.randint(-2, 2), rng.randint(-2, 2)) for _ in range(3)]
        a, b, d = (sum(row[i] * row[j] for row in rows) for i, j in ((0, 0), (0, 1), (1, 1)))
        if b != 0 and 2 < a * d - b * b <= 14 and (0, 0) not in rows and len({*rows}) == 3:
            return [*rows]


def wide(rng: Random) -> Rows:
    """Four different points whose XᵀX has a determinant of two digits and is not diagonal."""
    while True:
        rows = [(rng.randint(-2, 2), rng.randint(-2, 2)) for _ in range(4)]
        a, b, d = (sum(row[i] * row[j] for row in rows) for i, j in ((0, 0), (0, 1), (1, 1)))
        if b != 0 and 2 < a * d - b * b <= 33 and (0, 0) not in rows and len({*rows}) == 4:
            return [*rows]


def errors_beside(rng: Random, rows: Rows) -> list[int]:
    """Small numbers, not all 0, orthogonal to both columns; all 0 where there are none."""
    most = 4 if len(rows) == 3 else 2
    errors = every(len(rows), most)
    found = errors[errors.any(1) & ~(errors @ rows).any(1)].tolist()
    return list(rng.choice(found)) if found else [0] * len(rows)


def targets_about(rng: Random, rows: Rows) -> list[int]:
    """Targets for which the weights are integers: theirs, and errors orthogonal to both columns."""
    first, second = rng.choice(WEIGHTS), rng.choice(WEIGHTS)
    (a, d), (b, e), (c, f) = rows
    normal = (b * f - c * e, c * d - a * f, a * e - b * d)
    shared = max(1, gcd(*normal))
    return [first * x + second * z + n // shared for (x, z), n in zip(rows, normal, strict=True)]
