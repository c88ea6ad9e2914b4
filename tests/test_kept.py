"""What is kept for the same arguments: found once, never for others, and not without end."""

from itertools import count
from weakref import ref

from examgen.kept import kept, kept_along, kept_with


def test_the_same_object_is_looked_at_once() -> None:
    asked: list[object] = []

    @kept(2)
    def first(values: list[int]) -> int:
        asked.append(values)
        return values[0]

    one, equal = [1], [1]
    assert [first(one), first(one), first(equal)] == [1, 1, 1]
    assert len(asked) == 2, "an equal object is another one: it may come to differ"


def test_the_latest_are_kept_and_not_more_than_twice_as_many() -> None:
    asked: list[int] = []

    @kept(3)
    def number(value: list[int]) -> int:
        asked.append(value[0])
        return value[0]

    lists = [[each] for each in range(7)]
    for each in (*lists, *lists[4:], lists[0]):
        number(each)
    assert asked == [0, 1, 2, 3, 4, 5, 6, 0]


def test_what_is_asked_for_again_and_again_stays() -> None:
    asked: list[int] = []

    @kept(3)
    def number(value: list[int]) -> int:
        asked.append(value[0])
        return value[0]

    lists = [[each] for each in range(20)]
    for each in lists:
        number(each)
        number(lists[0])
    assert asked == [*range(20)]


def test_what_is_kept_is_not_taken_for_what_lies_in_its_place_later() -> None:
    @kept(100)
    def text(value: list[int]) -> str:
        return str(value)

    # Each list is gone before the next is made, which would come to lie where it lay.
    assert [text([each]) for each in range(50)] == [str([each]) for each in range(50)]


class Thing:
    """What can be told to be gone."""


def test_what_is_kept_along_goes_with_its_arguments() -> None:
    @kept_along
    def made(*_: object) -> Thing:
        return Thing()

    one, other, another = Thing(), Thing(), Thing()
    found = ref(made(one, other, "a"))
    assert found() is made(one, other, "a")
    assert found() not in (made(one, another, "a"), made(one, other, "b"))
    assert found() is not None, "both arguments are there"
    del other
    assert found() is None


def test_what_is_kept_along_is_not_taken_for_what_lies_in_its_place_later() -> None:
    numbers = count()

    @kept_along
    def number(_: Thing) -> int:
        return next(numbers)

    assert [number(Thing()) for _ in range(50)] == [*range(50)]


def test_what_is_kept_with_an_object_is_made_once_and_goes_with_it() -> None:
    numbers = count()

    @kept_with
    def number(_: Thing) -> int:
        return next(numbers) + 1

    @kept_with
    def other(_: Thing) -> str:
        return "other"

    one, another = Thing(), Thing()
    assert [number(one), other(one), number(one), number(another)] == [1, "other", 1, 2]
