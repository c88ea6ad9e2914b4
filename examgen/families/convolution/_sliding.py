"""What families about sliding windows share: the words, and the terms of a sum."""

from examgen.exact import Array, entries


def in_words(stride: int, padding: int) -> str:
    """Stride and padding, after "with"."""
    zeros = "no padding" if padding == 0 else "one zero added on every side"
    return f"stride {stride} and {zeros}"


def terms(seen: Array, kernel: Array) -> list[int]:
    """What one entry of a map adds up: the products of a window, without those that are 0."""
    return [each for each in entries(seen * kernel) if each] or [0]
