"""Sizes beyond which exact arithmetic gives up with `Undefined` instead of burning time.

They stand above everything a person writes by hand and above the limits on reading answers,
and low enough that no single operation takes longer than some tens of milliseconds.
"""

TERMS = 128
"""Terms in one sum (a numerator or a denominator)."""

BITS = 40_000
"""Bits of all coefficients of one sum together."""

EXPONENT = 100_000
"""Absolute value of an exponent of e, the denominators in it, and powers."""

RADICANDS = 16
"""Different square roots in one exponent of e."""

COFACTOR = 1 << 48
"""Largest composite that is factored once the primes below 1000 are divided out."""

GCD_BITS = 1 << 16
"""Bits of the integers that stand for polynomials while a common factor is looked for."""

PRECISION = 1 << 18
"""Bits of the longest evaluation of a closed form, for its sign or for bounds."""
