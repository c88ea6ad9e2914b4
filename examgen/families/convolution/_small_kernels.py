"""Small kernels drawn at random."""

from math import prod
from random import Random

import numpy as np

from examgen.exact import Array, array


def mixed(rng: Random, shape: tuple[int, int]) -> Array:
    """A kernel with both signs, at most a third of its entries 0, and few ties in its maps.

    In a kernel of four entries one is doubled: sums of so few terms would often be equal.
    """
    size = prod(shape)
    signs = size - size // 3
    plus = rng.randint(1, signs - 1)
    flat = [1] * plus + [-1] * (signs - plus) + [0] * (size - signs)
    if size == 4:
        flat[rng.randint(0, signs - 1)] *= 2
    rng.shuffle(flat)
    return array(np.array(flat).reshape(shape))
