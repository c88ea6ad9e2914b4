"""What the record says, as values."""

from __future__ import annotations

from typing import Any

from examgen import answers
from examgen.answers import Option, Reading, glances
from examgen.exams.exam import ExamPart
from examgen.exams.soundness import recorded_value


def options_of(part: ExamPart) -> tuple[Option, ...]:
    """The printed options with their values."""
    return tuple(Option(each.letter, option_value(each.answer)) for each in part.options)


def option_value(text: str) -> Any:
    """The value of an option, whose kind is seen from how it is written; a worded one is text."""
    return answers.value_of(text)


def read_response(part: ExamPart, text: str) -> Reading:
    """The reading of a response to a part."""
    if not part.options:
        return glances.read(part.kind, text)
    bare = text.strip()
    if glances.is_letter(bare, part.options):
        return Reading("read", bare, bare)
    return answers.kind(part.kind).read(text, options=options_of(part))


def recorded_answer(part: ExamPart) -> Any:
    """The recorded answer; for a choice its letter. Raises `Fault` where it cannot be read."""
    return recorded_value(part, part.answer)


def says(part: ExamPart, value: Any) -> bool:
    """Whether the recorded answer, of a choice what the right option says, is this value."""
    for each in part.options:
        if each.letter == part.answer:
            # Among worded options a number is a word, too.
            return each.answer == answers.plain(value) or answers.same(
                option_value(each.answer), value
            )
    return answers.same(recorded_answer(part), value)
