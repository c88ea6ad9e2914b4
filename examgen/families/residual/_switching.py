"""Inputs and weights of a block whose ReLUs are on where the question wants them on."""

from random import Random

from examgen.exact import Array, array


def unlike(rng: Random) -> Array:
    """A vector of two different numbers from −3 to 3, neither of them 0."""
    return array(rng.sample([-3, -2, -1, 1, 2, 3], 2))


def switching(rng: Random, h: Array, on: int) -> Array:
    """Weights W for which W h is positive at *on* and negative elsewhere, where it is not 0."""
    rows = []
    for unit in range(2):
        row = [rng.choice([-2, -1, 1, 2]) for _ in range(2)]
        z = row[0] * h[0] + row[1] * h[1]
        turned = z < 0 if unit == on else z > 0
        rows.append([-weight for weight in row] if turned else row)
    return array(rows)


def is_singular(matrix: Array) -> bool:
    """Whether one row of a 2 × 2 matrix is a multiple of the other, so that z is too."""
    (a, b), (c, d) = matrix.tolist()
    return bool(a * d == b * c)
