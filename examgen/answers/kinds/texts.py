"""Texts: one of those that were declared, or a few words of one's own, which a person marks."""

from collections.abc import Sequence
from typing import Any

from examgen.answers.judges.readings import judge_readings
from examgen.answers.kind import Hint, Kind
from examgen.answers.limits import STUDENT
from examgen.answers.notation.preparing import ANSWER, blank_prefix, is_blank, prepare
from examgen.answers.policy import EXACT, Policy
from examgen.answers.readers.texts import same_words
from examgen.answers.reading import BLANK, Choice, Reading, Unreadable, unreadable
from examgen.answers.rubric import Rubric
from examgen.answers.verdicts import CORRECT, Judgement, Verdict, wrong
from examgen.answers.visible import clipped, quoted
from examgen.answers.writing import plain
from examgen.faults import nearest

BY_RUBRIC = "a person marks this by the rubric"


def accepts(value: Any) -> str | None:
    """What keeps a value from being a text, None if nothing does."""
    if type(value) not in (str, Rubric):
        return f"found {type(value).__name__} {value!r:.60}, allowed is a str"
    return None if value.strip() else "found an empty text"


def read(text: str, *, options: Sequence[Choice] = ()) -> Reading:
    """The reading of a text; where texts are declared, as one of them."""
    try:
        normal = prepare(text, STUDENT)
        if is_blank(normal.text):
            return BLANK
        return understand(blank_prefix(normal.text, ANSWER).strip(), options)
    except Unreadable as fault:
        return unreadable(fault)


def understand(text: str, options: Sequence[Choice]) -> Reading:
    """A text as one of the declared ones, or as it is."""
    if not options:
        return Reading("read", text, clipped(text))
    declared = [plain(option.value) for option in options]
    for known in declared:
        if same_words(known, text):
            return Reading("read", known, clipped(known))
    meant = nearest(text[:80], declared)
    hint = f"; did you mean {quoted(meant)}?" if meant else ""
    raise Unreadable(f"{quoted(text)} is none of the answers to choose from{hint}", 0)


def parse(text: str) -> Any:
    """The text that we wrote."""
    if not text.strip():
        raise ValueError("an empty text")
    return Rubric.read(text) or text


def judge(key: Any, reading: Reading, policy: Policy = EXACT) -> Judgement:
    """The judgement of a reading."""
    return judge_readings(key, reading, policy, judge_one)


def judge_one(key: str, reading: Reading, policy: Policy) -> Judgement:  # noqa: ARG001
    """The judgement of one reading; where there is a rubric, only the model answer needs nobody."""
    if isinstance(key, Rubric):
        is_model = bool(key.model) and same_words(key.model, reading.value)
        return CORRECT if is_model else Judgement(Verdict.PERSON, reason=BY_RUBRIC)
    return CORRECT if same_words(key, reading.value) else wrong("not the right answer")


TEXT = Kind(
    "text",
    (Hint("in words: a phrase, or one or two sentences; further lines are indented"),),
    accepts,
    read,
    parse,
    judge,
)
