"""Integer roots."""

from math import isqrt

from examgen.exact.effort import cost_of_bits, spend


def integer_root(value: int, degree: int) -> int | None:
    """The integer whose power of this degree is the value, None if there is none.

    Newton's iteration on integers; `value` is not negative, `degree` at least 1.
    """
    if value < 2 or degree == 1:
        return value
    if degree == 2:
        found = isqrt(value)
    elif degree >= value.bit_length():
        return None
    else:
        found = nearest_below(value, degree)
    return found if found**degree == value else None


def nearest_below(value: int, degree: int) -> int:
    """The largest integer whose power is not above the value."""
    guess = 1 << -(-value.bit_length() // degree)
    while True:
        spend(1 + cost_of_bits(value.bit_length()))
        better = ((degree - 1) * guess + value // guess ** (degree - 1)) // degree
        if better >= guess:
            return guess
        guess = better
