"""What families about sliding windows share: the words, the terms of a sum, and its hand-work."""

from collections.abc import Iterable

from examgen.exact import Array, entries
from examgen.questions.work import Work, products


def in_words(stride: int, padding: int) -> str:
    """Stride and padding, after "with"."""
    zeros = "no padding" if padding == 0 else "one zero added on every side"
    return f"stride {stride} and {zeros}"


def terms(seen: Array, kernel: Array) -> list[int]:
    """What one entry of a map adds up: the products of a window, without those that are 0."""
    return [each for each in entries(seen * kernel) if each] or [0]


def work_of_terms(pairs: Iterable[tuple[int, int]]) -> Work:
    """The hand-work of one sum of products: products with a factor 0 are passed over."""
    real = [products(*pair) for pair in pairs if 0 not in pair]
    return Work(real.count(2), max(0, len(real) - 1))
