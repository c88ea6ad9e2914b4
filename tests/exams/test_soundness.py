"""A record that a hand has made unmarkable is refused, its part named; nothing is marked by it."""

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest

from examgen.exams.assembly import assemble
from examgen.exams.blueprint_file import find_blueprint
from examgen.exams.record import read_printed, read_record, write_record
from examgen.exams.soundness import recorded_value
from examgen.faults import Fault

Data = dict[str, Any]


@lru_cache
def written() -> str:
    return write_record(assemble(find_blueprint("midterm"), "sound"))


def part(data: Data, item: int = 6, number: int = 0) -> Data:
    found: Data = data["items"][item]["parts"][number]
    return found


def swap(data: Data) -> None:
    data["items"][:2] = data["items"][1::-1]


UNSOUND: list[tuple[str, Callable[[Data], object]]] = [
    (
        "7a: kind: found 'banana'; allowed are integer",
        lambda data: part(data).update(kind="banana"),
    ),
    ("7a: found -1 points", lambda data: part(data).update(points=-1)),
    ("7a: found 10{30} points", lambda data: part(data).update(points=10**30)),
    ("item 7 has the labels '7', '7b'", lambda data: part(data).update(label="7")),
    ("item 7 has the labels '7a', '7a'", lambda data: part(data, number=1).update(label="7a")),
    ("item 7 has the labels of no part", lambda data: data["items"][6].update(parts=[])),
    (
        "1: found the answer 'F', which is the letter of no",
        lambda data: part(data, 0).update(answer="F"),
    ),
    (
        "1: found the credit 2 of ",
        lambda data: part(data, 0)["misconceptions"][0].update(credit="2"),
    ),
    ("the items are numbered 2, 1, 3", swap),
]


@pytest.mark.parametrize(("said", "change"), UNSOUND)
@pytest.mark.parametrize("read", [read_record, read_printed])
def test_an_unsound_record_is_refused(
    said: str, change: Callable[[Data], object], read: Callable[[str, str], object]
) -> None:
    data = json.loads(written())
    change(data)
    with pytest.raises(Fault, match=rf"^A/exam\.json: .*{said}"):
        read(json.dumps(data), "A/exam.json")


def test_so_it_is_where_its_lines_stand_as_they_were_written() -> None:
    first = '"label": "7a"'
    assert written().count(first) == 1
    with pytest.raises(Fault, match="item 7 has the labels '7c', '7b'"):
        read_record(written().replace(first, '"label": "7c"'))


def test_an_answer_that_cannot_be_read_is_named() -> None:
    exam = read_record(written())
    asked = next(each for each in exam.parts if each.kind == "integer")
    assert recorded_value(asked, "12") == 12
    with pytest.raises(
        Fault, match=rf"^exam\.json: {asked.label}: .* '\[\[' cannot be read as int"
    ):
        recorded_value(asked, "[[")
