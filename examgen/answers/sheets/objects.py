"""Sheets in JSON: an object by label, flat or under "answers", or a list of one per student."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from examgen.answers.sheets.columns import ANSWER, QUESTION, owner_of
from examgen.answers.sheets.json_text import Members, written
from examgen.answers.sheets.sheet import Gathered, Sheet, SheetFault
from examgen.answers.visible import quoted

MOST_SHEETS = 5_000
WITHIN = ("answers", "responses")


def read_objects(data: Any, labels: Sequence[str] | None) -> list[Sheet]:
    """The sheets of what stands in a JSON file."""
    if isinstance(data, Members):
        return [read_object(data, labels)]
    students = [each for each in data if isinstance(each, Members)] if type(data) is list else []
    if not students:
        raise SheetFault("the file is JSON, but no object with a member for each label")
    if all(record_of(each) for each in students) and not any(map(owned, students)):
        return [read_object(Members([("answers", students)]), labels)]
    if len(students) > MOST_SHEETS:
        raise SheetFault(f"{len(students)} students in one file; at most {MOST_SHEETS} are read")
    return [read_object(each, labels, number) for number, each in enumerate(students, 1)]


def read_object(members: Members, labels: Sequence[str] | None, number: int = 0) -> Sheet:
    """One student's sheet."""
    gathered = Gathered(labels, unit="member")
    take_members(gathered, members)
    return gathered.sheet(number)


def take_members(found: Gathered, members: Members, item: str = "") -> None:
    """Take in the members of an object; those of an item may be named by the part's letter."""
    for key, value in members:
        name = key.strip().casefold()
        label = found.named(key if key[:1].isdecimal() else item + key)
        if name in WITHIN and isinstance(value, list) and not item:
            take_answers(found, value)
        elif name == "student" and isinstance(value, Members) and not item:
            take_members(found, value)
        elif label and not (isinstance(value, Members) and not item):
            found.answer(label, written(value), 0)
        elif isinstance(value, Members) and key.strip().isdecimal() and not item:
            take_members(found, value, key.strip())
        elif (owner := owner_of(key)) and not isinstance(value, list):
            found.note_header(0, owner, written(value))
        else:
            found.warn(0, f"{quoted(item + key)} belongs to no answer and was ignored")


def take_answers(found: Gathered, value: list[Any]) -> None:
    """Take in what stands under "answers": members, or a list of records."""
    if isinstance(value, Members):
        take_members(found, value)
        return
    for record in value:
        pair = record_of(record) if isinstance(record, Members) else None
        label = found.named(pair[0]) if pair else ""
        if pair and label:
            found.answer(label, pair[1], 0)
        else:
            said = pair[0] if pair else written(record)
            found.warn(0, f"{quoted(said)} belongs to no answer and was ignored")


def record_of(members: Members) -> tuple[str, str] | None:
    """The question and the answer of a record such as {"question": "7a", "answer": "3"}."""
    by_name = {key.strip().casefold(): written(value) for key, value in members}
    question = next((by_name[name] for name in QUESTION if name in by_name), None)
    answer = next((by_name[name] for name in ANSWER if name in by_name), None)
    return None if question is None or answer is None else (question, answer)


def owned(members: Members) -> bool:
    """Whether an object says whose it is."""
    return any(owner_of(key) in ("id", "name") for key, _ in members)
