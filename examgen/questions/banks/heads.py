"""What every item of a bank says of itself, whatever it asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from examgen.questions import conventions
from examgen.questions.levels import LEVELS, Level
from examgen.tables.fields import Fields, a_count, a_text, many, one_of

WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_WORD = 60
MOST_TAGS = 20
A_WORD = "small letters, digits and dashes"
FORMS = ("option", "family", "answer", "part")
"""The key that only one sort of item has."""


@dataclass(frozen=True)
class Head:
    """What is known of an item without making its family."""

    id: str
    topic: str
    title: str
    tags: tuple[str, ...]
    levels: tuple[Level, ...]
    minutes: Mapping[Level, int]
    points: int | None
    conventions: tuple[str, ...]
    family: str
    """The id of the family of which it is an instance; empty for an item of its own."""
    options: int | None
    """How many options it can have, where that is known."""
    is_fixed: bool
    """Whether its numbers are always the same, as far as its head tells."""
    is_long: bool


def read_head(fields: Fields) -> Head:
    """Read the head; what belongs to one sort of item only is left to that sort."""
    fields.asked.update(FORMS)
    family = fields.data.get("family", "")
    usual: tuple[Level, ...] = ("medium",) if family else LEVELS
    levels = fields.take("levels", some_levels, f"some of {', '.join(LEVELS)}", usual)
    return Head(
        id=fields.need("id", a_word, f"{A_WORD}, as in why-kernels-are-small") or "",
        topic=fields.need("topic", a_word, f"{A_WORD}, as in convolution") or "",
        title=fields.need("title", a_title, "a short text") or "",
        tags=fields.take("tags", many(a_word, MOST_TAGS), 'words, as in ["conceptual"]', ()),
        levels=levels or usual,
        minutes=fields.take("minutes", by_level, "minutes, or minutes for each level", {}),
        points=fields.take("points", a_count, "a positive whole number", None),
        conventions=fields.take(
            "conventions",
            many(one_of(conventions.TEXTS), len(conventions.TEXTS)),
            f"some of {', '.join(conventions.TEXTS)}",
            (),
        ),
        family=family if isinstance(family, str) else "",
        options=most_options(fields.data),
        is_fixed=bool(family) or "option" in fields.data,
        is_long=is_long(fields.data),
    )


def most_options(data: Mapping[str, Any]) -> int | None:
    """How many options an item can have: those that are listed, or one more than its mistakes.

    None where that is not known, or where it is not asked with options.
    """
    listed = data.get("option")
    if isinstance(listed, list):
        return len(listed)
    parts = data.get("part", [data])
    if "family" in data or not isinstance(parts, list) or len(parts) != 1:
        return None
    mistakes = parts[0].get("mistake", []) if isinstance(parts[0], dict) else None
    return 1 + len(mistakes) if isinstance(mistakes, list) else None


def is_long(data: Mapping[str, Any]) -> bool:
    """Whether the item has several parts, as far as its head tells."""
    family, parts = data.get("family", ""), data.get("part", ())
    if isinstance(family, str) and family.startswith("long-"):
        return True
    return isinstance(parts, list) and len(parts) > 1


def a_word(value: Any) -> str:
    """A word of small letters, digits and dashes."""
    word = a_text(value)
    if len(word) > LONGEST_WORD or not WORD.fullmatch(word):
        raise ValueError
    return word


def a_title(value: Any) -> str:
    """A text of one line that is not long."""
    title = a_text(value)
    if len(title) > 100 or not title.isprintable():
        raise ValueError
    return title


def some_levels(value: Any) -> tuple[Level, ...]:
    """The levels at which an item can be asked, in the usual order."""
    named = many(one_of(LEVELS), 3)(value if isinstance(value, list) else [value])
    return tuple(level for level in LEVELS if level in named)


def by_level(value: Any) -> dict[Level, int]:
    """Minutes for each level, given as one number or as a table."""
    if not isinstance(value, dict):
        return dict.fromkeys(LEVELS, a_count(value))
    level = one_of(LEVELS)
    return {cast(Level, level(name)): a_count(minutes) for name, minutes in value.items()}
