"""Hand-work adds up, and numbers that need no multiplying are not counted."""

from examgen.questions.work import ADDITION, LOOKUP, MULTIPLICATION, Work, products


def test_work_adds_up() -> None:
    entry = Work(multiplications=3, additions=2)
    assert entry * 4 + Work(lookups=5) == Work(12, 8, 5)
    assert (entry * 4).seconds == 12 * MULTIPLICATION + 8 * ADDITION
    assert Work(lookups=2).seconds == 2 * LOOKUP


def test_zero_and_one_are_no_factors() -> None:
    assert products(0, 1, -1, 2, -3) == 2
