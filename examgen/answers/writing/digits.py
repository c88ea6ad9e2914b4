"""Long integers in decimal."""

from examgen.exact.effort import cost_of_bits, spend

SHORT = 10**300
"""Below it writing costs next to nothing."""
AT_ONCE = 4_000
"""Digits that CPython converts without objection, and in a time that can be spared."""
LOW = 10**AT_ONCE


def digits(value: int) -> str:
    """The decimal digits of an integer of any length; those of a long one cost effort."""
    if -SHORT < value < SHORT:
        return str(value)
    spend(cost_of_bits(value.bit_length()))
    if -LOW < value < LOW:
        return str(value)
    if value < 0:
        return "-" + digits(-value)
    high, low = divmod(value, LOW)
    return digits(high) + str(low).rjust(AT_ONCE, "0")
