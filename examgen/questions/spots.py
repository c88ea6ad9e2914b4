"""Spots: where a family's parts stand in its problems, and whose answers each of them takes.

The same for all problems of a level that have as many rows, and so found once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from examgen.questions.family import Family
from examgen.questions.levels import Level
from examgen.questions.parts import PartDeclaration
from examgen.questions.procedures import Need, Procedure, Sources, Taking

Lengths = tuple[tuple[str, int], ...]
"""How many rows there are of each given that makes rows, by its name."""


@dataclass(frozen=True)
class Spot:
    """One part in its place."""

    name: str
    """The declaration's name; in a row, with the row's number: `output_shape[2]`."""
    declared: PartDeclaration[Any]
    row: int | None
    """The number of its row, from 1."""
    right: Sources
    """Where the arguments of its procedure come from."""
    wrong: tuple[Sources, ...]
    """Where those of each declared misconception come from."""


@lru_cache(maxsize=1024)
def spots(family: Family, level: Level, lengths: Lengths) -> tuple[Spot, ...]:
    """Lay the declared parts out: single ones as they come, a table row by row."""
    asked = {each.name: each for each in family.parts_at(level)}
    rows = dict(lengths)
    return tuple(
        Spot(
            declared.name if row is None else row_name(declared.name, row),
            declared,
            row,
            sources(asked, rows, declared, declared.procedure, row),
            tuple(
                sources(asked, rows, declared, each.procedure, row)
                for each in declared.misconceptions
            ),
        )
        for declared, row in in_order(asked, rows)
    )


def in_order(
    asked: Mapping[str, PartDeclaration[Any]], rows: Mapping[str, int]
) -> Iterator[tuple[PartDeclaration[Any], int | None]]:
    """The declared parts, those of a table again for each of its rows, with the row's number."""
    for each, columns in groupby(asked.values(), lambda part: part.each):
        table = tuple(columns)
        for row in (None,) if each is None else range(1, rows[each] + 1):
            for declared in table:
                yield declared, row


def row_name(name: str, row: int) -> str:
    """What the part *name* is called in a row."""
    return f"{name}[{row}]"


def sources(
    asked: Mapping[str, PartDeclaration[Any]],
    rows: Mapping[str, int],
    declared: PartDeclaration[Any],
    procedure: Procedure,
    row: int | None,
) -> Sources:
    """Where each argument of a procedure comes from."""
    return tuple(find_source(asked, rows, declared, need, row) for need in procedure.needs)


def find_source(
    asked: Mapping[str, PartDeclaration[Any]],
    rows: Mapping[str, int],
    declared: PartDeclaration[Any],
    need: Need,
    row: int | None,
) -> tuple[str, ...] | str | None:
    """The part, or parts, whose answer *need* takes; None if it takes no answer."""
    target = asked.get(need.part)
    if target is None:
        return None
    if need.taking is Taking.ALL:
        count = rows[target.each or ""]
        return tuple(row_name(need.part, number) for number in range(1, count + 1))
    if row is None or target.each != declared.each:
        return need.part
    if need.taking is Taking.ONE:
        return row_name(need.part, row)
    return row_name(need.part, row - 1) if row > 1 else None
