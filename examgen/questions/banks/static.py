"""Items with fixed options: the right one, and wrong ones with what to say to who chose them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, make_dataclass
from fractions import Fraction
from string import ascii_uppercase
from typing import Any

from examgen import answers
from examgen.answers import Option
from examgen.answers.readers.texts import same_words
from examgen.exact import Closed, Exact, Shape, equal
from examgen.questions.banks.heads import Head
from examgen.questions.banks.making import family_from
from examgen.questions.banks.names import a_mistake_name
from examgen.questions.banks.option_values import an_option, option_value
from examgen.questions.banks.passages import need_passage, objections, take_passage
from examgen.questions.family import Family
from examgen.questions.parts import Misconception, PartDeclaration
from examgen.questions.procedures import Procedure
from examgen.tables.fields import Fields, a_flag

FEWEST, MOST = 2, 12
MINUTES = 2


@dataclass(frozen=True)
class Choice:
    """One option as it was written."""

    text: str
    right: bool
    feedback: str
    name: str
    fields: Fields


def make_static(head: Head, fields: Fields) -> Family:
    """The family of an item with [[item.option]]; its one problem has no givens."""
    choices = [read_choice(each, head) for each in fields.tables("option", MOST)]
    stem, prompt = take_passage(fields, "stem", {}), need_passage(fields, "prompt", {})
    check_choices(fields, choices)
    givens = make_dataclass("Nothing", [], frozen=True, eq=False)
    solution = take_passage(fields, "solution", {}) or reason(fields, choices)
    part = declare(prompt, solution, choices)
    nothing = givens()
    return family_from(
        head, givens, stem, (part,), lambda _, __: nothing, minutes=MINUTES, is_fixed=True
    )


def read_choice(fields: Fields, head: Head) -> Choice:
    """One table [[item.option]]."""
    right = fields.take("right", a_flag, "true or false", False)
    text = fields.need("text", an_option, "what the option says") or ""
    for line, found, allowed in objections(text, {}):
        fields.refuse_in("text", line, found, allowed)
    feedback = (take_passage if right else need_passage)(fields, "feedback", {})
    unnamed = f"{head.id.replace('-', '_')}_{fields.path[-1]}"
    name = fields.take("name", a_mistake_name, "a name such as flips_the_kernel", unnamed)
    fields.refuse_unknown()
    return Choice(text, right, feedback, name, fields)


def check_choices(fields: Fields, choices: Sequence[Choice]) -> None:
    """Refuse options of which not exactly one is right, or two say the same."""
    if not FEWEST <= len(choices) <= MOST:
        fields.refuse("option", f"{len(choices)} options", f"{FEWEST} to {MOST}")
    right = sum(each.right for each in choices)
    if right != 1:
        fields.refuse("option", f"{right} options are right", "right = true in exactly one")
    offered = [
        Option(letter, option_value(each.text))
        for letter, each in zip(ascii_uppercase, choices, strict=False)
    ]
    worded = [each for each in zip(offered, choices, strict=False) if each[1].text]
    for option, choice in worded:
        read = answers.kind("choice").read(choice.text, options=offered)
        if read.value != option.letter:
            found = f"a student who writes {choice.text!r} out is not understood ({read.reason})"
            choice.fields.refuse("text", found, "some words more, as in 'the identity $I$'")
    for number, choice in enumerate(choices):
        for other in choices[:number]:
            if choice.text and is_same(choice.text, other.text):
                key = " and one of them is right" if choice.right or other.right else ""
                choice.fields.refuse(
                    "text", f"{choice.text!r} says the same as {other.text!r}{key}", "another"
                )
            if choice.name == other.name:
                choice.fields.refuse("name", f"two options are {choice.name!r}", "each once")


def is_same(one: str, other: str) -> bool:
    """Whether two options have the same words or the same value."""
    if same_words(one, other):
        return True
    left, right = option_value(one), option_value(other)
    return not isinstance(left, str) and bool(equal(left, right))


def reason(fields: Fields, choices: Sequence[Choice]) -> str:
    """Why the right option is right, where it says so itself."""
    found = next((each.feedback for each in choices if each.right), "")
    if not found:
        fields.refuse(None, "the right answer has no reason", "solution, or its own feedback")
    return found


def declare(prompt: str, solution: str, choices: Sequence[Choice]) -> PartDeclaration[Any]:
    """The part: every procedure is a constant."""
    values, returns = typed([each.text for each in choices])
    key: Any = ""
    wrong: list[Misconception] = []
    for choice, value in zip(choices, values, strict=True):
        if choice.right:
            key = value
        else:
            procedure = Procedure.constant(choice.name, value, returns)
            wrong.append(Misconception(choice.name, choice.feedback, Fraction(0), procedure))
    return PartDeclaration(
        Procedure.constant("answer", key, returns), prompt, 1, solution, misconceptions=wrong
    )


def typed(texts: Sequence[str]) -> tuple[Sequence[Any], Any]:
    """The values of options and their type: numbers or shapes if all are, else words."""
    values = [option_value(text) for text in texts]
    if all(isinstance(value, int | Fraction | Closed) for value in values):
        return values, Exact
    if all(isinstance(value, Shape) for value in values):
        return values, Shape
    return texts, str
