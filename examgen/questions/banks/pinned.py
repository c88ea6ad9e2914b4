"""Instances of a family: somebody chose the givens, the family computes the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any, get_args, get_type_hints

from examgen import answers
from examgen.exact import Closed, NegativeInfinity
from examgen.faults import Fault
from examgen.questions import wording
from examgen.questions.banks.heads import Head
from examgen.questions.banks.making import instance_of
from examgen.questions.family import Family
from examgen.questions.givens import read_givens, write_givens
from examgen.questions.levels import LEVELS
from examgen.questions.problem import Problem
from examgen.questions.streams import stream
from examgen.tables.fields import SHORT, Fields, a_text

FindFamily = Callable[[str], Family]
"""The family in Python with this id; raises `Fault` where there is none."""

SAMPLE = 15
"""Givens proposed at each level, to see how large they are."""
LARGER, LONGER = 50, 5
"""Chosen numbers may be so many times as large, and lists so many times as long: the time that a
family takes grows with their powers."""
LENGTH = " (length)"
LONGEST_NUMBER = 100
MOST_PARTS = 26
"""Letters for their labels."""
Sizes = Mapping[str, int]
"""The largest number and the longest list found under each name."""


def make_pinned(head: Head, fields: Fields, find_family: FindFamily) -> Family | None:
    """The family of an item with family and [item.givens]; None where a fault was noted."""
    givens = fields.table("givens")
    name = fields.need("family", a_text, "the id of a family, as `examgen bank list` shows it")
    try:
        family = find_family(name or "")
    except Fault as fault:
        fields.refuse("family", f"family = {name!r}: {fault.found}", fault.allowed)
        return None
    too_large = [*strange(givens.data, sizes_of(family))]
    for key, reason, allowed in too_large:
        givens.refuse(key, reason, allowed)
    if too_large:
        return None
    try:
        chosen = read_givens(family.givens, {**absent(family.givens), **givens.data})
    except Fault as fault:
        fields.refuse("givens", fault.found, "the fields that `examgen show --json` prints")
        return None
    instance = instance_of(family, head, chosen)
    for level in head.levels:
        objection = why_not(Problem(instance, level, chosen))
        if objection:
            found = f"{family.id} cannot ask this ({level}): {objection}"
            fields.refuse("givens", found, "other givens")
    return instance


def absent(kind: type[Any]) -> dict[str, None]:
    """The givens that may be missing: TOML has no way to write that there is none."""
    hints = get_type_hints(kind)
    return {name: None for name, hint in hints.items() if type(None) in get_args(hint)}


def why_not(problem: Problem) -> str | None:
    """Why a family cannot ask such a problem; None if it can."""
    try:
        if len(problem.parts) > MOST_PARTS:
            return f"it has {len(problem.parts)} parts, more than {MOST_PARTS}"
        for part in problem.parts:
            fault = part.declared.kind.accepts(problem.answer_key[part.name])
            if fault:
                return fault
            wording.prompt(problem, part)
            wording.solution(problem, part)
            for mistake, wrong in problem.wrong_answers(part):
                wording.feedback(problem, part, mistake.feedback, wrong)
        wording.stem(problem)
    except Exception as error:  # whatever it is that a family does with givens it never draws
        return f"{type(error).__name__}: {error}"[:200]
    return None


def sizes_of(family: Family) -> Sizes:
    """How large the givens are that a family draws."""
    largest: dict[str, int] = {}
    for level in LEVELS:
        rng = stream("sizes", family.id, level)
        for _ in range(SAMPLE):
            for name, size in leaves(write_givens(family.draw(rng, level))):
                largest[name] = max(largest.get(name, 1), size)
    return largest


def leaves(data: Any, name: str = "") -> Iterator[tuple[str, int]]:
    """The sizes of all numbers and lists in some data, with the keys that lead there."""
    if isinstance(data, dict):
        for key, each in data.items():
            yield from leaves(each, f"{name}.{key}")
    elif isinstance(data, list):
        yield f"{name}{LENGTH}", len(data)
        for each in data:
            yield from leaves(each, f"{name}[]")
    elif type(data) is int:
        yield name, abs(data)


def strange(givens: Mapping[str, Any], sizes: Sizes) -> Iterator[tuple[str, str, str]]:
    """The givens far larger than those the family draws, and texts that are no short number."""
    for key, value in givens.items():
        for name, size in leaves(value, f".{key}"):
            limit = sizes.get(name, 1) * (LONGER if name.endswith(LENGTH) else LARGER)
            if size > limit:
                yield key, f"{name[1:]} is {SHORT.repr(size)}", f"{limit} at most"
        if not all(is_plain(text) for text in texts(value)):
            yield key, f"{key} is neither a short number nor a word", '3, "1/2", "ln(3)", "relu"'


def texts(data: Any) -> Iterator[Any]:
    """Whatever in some data is neither an integer nor holds others."""
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        for each in data:
            yield from texts(each)
    elif type(data) is not int:
        yield data


def is_plain(value: Any) -> bool:
    """Whether a value is true or false, a word, or a number that is quickly read."""
    if isinstance(value, bool):
        return True
    if not isinstance(value, str) or len(value) > LONGEST_NUMBER:
        return False
    reading = answers.kind("closed").read(value)
    if reading.state == "read":
        return isinstance(reading.value, int | Fraction | Closed | NegativeInfinity)
    return value.replace("_", "").isalnum()
