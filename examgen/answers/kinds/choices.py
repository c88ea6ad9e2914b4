"""Choices: the letter of an option, or the option's own value."""

from collections.abc import Sequence
from typing import Any

from examgen.answers.judges.readings import judge_readings
from examgen.answers.kind import Hint, Kind
from examgen.answers.policy import EXACT, Policy
from examgen.answers.readers.choices import read_choice
from examgen.answers.reading import Choice, Reading
from examgen.answers.verdicts import CORRECT, Judgement, wrong


def accepts(value: Any) -> str | None:
    """What keeps a value from being a choice, None if nothing does."""
    if type(value) is str and len(value) == 1 and "A" <= value <= "Z":
        return None
    return f"found {type(value).__name__} {value!r:.60}, allowed is a letter from A to Z"


def read(text: str, *, options: Sequence[Choice] = ()) -> Reading:
    """The letter that was chosen; without options any letter can be."""
    return read_choice(text, options)


def parse(text: str) -> Any:
    """The letter that we wrote."""
    if fault := accepts(text):
        raise ValueError(fault)
    return text


def judge(key: Any, reading: Reading, policy: Policy = EXACT) -> Judgement:
    """The judgement of a reading."""
    return judge_readings(key, reading, policy, judge_one)


def judge_one(key: str, reading: Reading, policy: Policy) -> Judgement:  # noqa: ARG001
    """The judgement of one letter."""
    return CORRECT if reading.value == key else wrong("not the right option")


CHOICE = Kind("choice", (Hint("one letter"),), accepts, read, parse, judge)
