"""Conditions of banks: two or more expressions, compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from examgen.answers.reading import Unreadable
from examgen.exact import Undefined, compare
from examgen.questions.banks.expressions import LIMITS, Expression, read_expression

SIGN = re.compile(r"<=|>=|!=|==|=|<|>|≤|≥|≠")
WHOLE = re.compile(r"\s+is whole\s*$")
HOLDS: dict[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    "≤": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
    "≥": lambda order: order >= 0,
    "=": lambda order: order == 0,
    "==": lambda order: order == 0,
    "!=": lambda order: order != 0,
    "≠": lambda order: order != 0,
}


@dataclass(frozen=True)
class Condition:
    """`kernel < side`, `1 < a < b`, or `side / stride is whole`."""

    text: str
    sides: tuple[Expression, ...]
    signs: tuple[str, ...]
    """Between the sides; none where the one side must be whole."""

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether it holds where the names have these values; not where a side is undefined."""
        try:
            found = [side.value(values) for side in self.sides]
            if not self.signs:
                return isinstance(found[0], int)
            return all(
                HOLDS[sign](compare(left, right))
                for left, sign, right in zip(found, self.signs, found[1:], strict=False)
            )
        except Undefined:
            return False


def read_condition(text: str, names: Collection[str]) -> Condition:
    """The condition that a text states; raises `Unreadable`."""
    if len(text) > LIMITS.characters:
        raise Unreadable(f"more than {LIMITS.characters} characters")
    whole = WHOLE.search(text)
    if whole:
        return Condition(text, (read_expression(text[: whole.start()], "closed", names),), ())
    signs = tuple(SIGN.findall(text))
    if not signs:
        raise Unreadable("it compares nothing: <, <=, =, !=, >=, > or `is whole`")
    sides = (read_expression(side, "closed", names) for side in SIGN.split(text))
    return Condition(text, tuple(sides), signs)
