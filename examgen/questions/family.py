"""The declaration of a question family: fields are givens, methods are parts."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any, Protocol, Self, TypeVar, dataclass_transform

from examgen.faults import Fault
from examgen.questions.declarations import check_declaration
from examgen.questions.levels import LEVELS, Level
from examgen.questions.parts import PartDeclaration, declared_parts
from examgen.questions.solutions import read_solutions

C = TypeVar("C")
LONG = "long-"


class Givens(Protocol):
    """What a decorated class offers: a way to draw itself."""

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Draw givens; the framework draws again until the problem is worth asking."""
        ...


@dataclass(frozen=True, eq=False)
class Family:
    """A question family, declared in Python or in a bank: all that is known of it."""

    id: str
    topic: str
    title: str
    minutes: Mapping[Level, int]
    conventions: tuple[str, ...]
    givens: type[Any]
    """The frozen record whose fields are the givens."""
    stem: str
    """The template of the text before the parts."""
    parts: tuple[PartDeclaration[Any], ...]
    draw: Callable[[Random, Level], Any]
    """Proposes givens."""
    levels: tuple[Level, ...] = LEVELS
    """The levels at which it can be drawn."""
    tags: tuple[str, ...] = ()
    points: int | None = None
    """What an item is worth where the blueprint does not say."""
    is_fixed: bool = False
    """Whether its givens are always the same."""
    is_chosen: bool = False
    """Whether a person chose the givens, who may ask what drawing would not."""
    definition: Mapping[str, Any] | None = field(default=None, repr=False)
    """The table of a bank that declares it; None for a family in Python."""

    @property
    def is_long(self) -> bool:
        """Whether it has several parts; a family with one part can be asked closed."""
        return len(self.parts) > 1

    def parts_at(self, level: Level) -> tuple[PartDeclaration[Any], ...]:
        """The parts that *level* asks."""
        return tuple(each for each in self.parts if level in each.levels)


@dataclass_transform(frozen_default=True)
def family(
    *,
    title: str,
    minutes: int | Sequence[int],
    conventions: Sequence[str] = (),
    id: str = "",
    topic: str = "",
    tags: Sequence[str] = (),
) -> Callable[[type[C]], type[C]]:
    """Declare a question family; the fields of the class are the givens of its problems.

    *minutes* is the working time a student needs, one number or one for each level. *conventions*
    names the entries of `conventions.TEXTS` that the front page must print when it is drawn. *tags*
    are further words by which a blueprint can choose it; `lecture-11` says what it asks of the
    lecture (docs/coverage.md). *id* and *topic* are those of its file and folder, unless a file
    outside of examgen says otherwise, which may declare several families.
    """

    def declare(cls: type[C]) -> type[C]:
        parts = declared_parts(cls)
        declared: type[Any] = dataclass(frozen=True, eq=False)(cls)
        check_declaration(declared, parts)
        read_solutions(parts, Path(inspect.getfile(cls)).with_suffix(".md"))
        by_level = [minutes] * 3 if isinstance(minutes, int) else minutes
        times = dict(zip(LEVELS, by_level, strict=True))
        remember_properties(declared)
        declared.__family__ = Family(
            id=id or id_of(declared),
            topic=topic or topic_of(declared),
            title=title,
            minutes=times,
            conventions=tuple(conventions),
            givens=declared,
            stem=inspect.cleandoc(declared.stem),
            parts=parts,
            draw=declared.draw,
            tags=tuple(tags),
        )
        return declared

    return declare


def remember_properties(cls: type[Any]) -> None:
    """Make properties compute their values once for each problem: givens never change.

    The many mistakes of a part build on the same steps.
    """
    for name, value in inspect.getmembers_static(cls, lambda each: isinstance(each, property)):
        if value.fget:
            remembered = cached_property(value.fget)
            setattr(cls, name, remembered)
            remembered.__set_name__(cls, name)


def id_of(cls: type[Any]) -> str:
    """The name of its file: conv2d_entry.py is conv2d-entry."""
    return cls.__module__.rpartition(".")[2].replace("_", "-")


def topic_of(cls: type[Any]) -> str:
    """The folder its file lies in."""
    return cls.__module__.rpartition(".")[0].rpartition(".")[2]


def family_of(cls: type[Any]) -> Family:
    """The family that a decorated class declares."""
    declared = getattr(cls, "__family__", None)
    if not isinstance(declared, Family):
        raise Fault(cls.__qualname__, "it is not a question family", "decorate it with @family")
    return declared
