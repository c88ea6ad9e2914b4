"""From the head of an item and what it asks to a family like any other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from examgen.questions.banks.heads import Head
from examgen.questions.family import Family
from examgen.questions.levels import LEVELS, Level
from examgen.questions.parts import PartDeclaration


def family_from(
    head: Head,
    givens: type[Any],
    stem: str,
    parts: tuple[PartDeclaration[Any], ...],
    draw: Callable[[Random, Level], Any],
    *,
    minutes: int,
    is_fixed: bool = False,
) -> Family:
    """The family of an item that asks something of its own; *minutes* where it says none."""
    return Family(
        id=head.id,
        topic=head.topic,
        title=head.title,
        minutes={**dict.fromkeys(LEVELS, minutes), **head.minutes},
        conventions=head.conventions,
        givens=givens,
        stem=stem,
        parts=parts,
        draw=draw,
        levels=head.levels,
        tags=head.tags,
        points=head.points,
        is_fixed=is_fixed,
    )


def instance_of(family: Family, head: Head, givens: Any) -> Family:
    """The family that always asks *givens* of *family*."""
    return replace(
        family,
        id=head.id,
        topic=head.topic,
        title=head.title,
        minutes={**family.minutes, **head.minutes},
        conventions=(*family.conventions, *head.conventions),
        draw=lambda _, __: givens,
        levels=head.levels,
        tags=head.tags,
        points=head.points,
        is_fixed=True,
        is_chosen=True,
    )
