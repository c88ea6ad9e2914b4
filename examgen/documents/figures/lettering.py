"""Labels in pieces, and about how wide they are set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

Size: TypeAlias = Literal["normal", "small"]
Shift: TypeAlias = Literal["", "_", "^"]
SIZES: dict[Size, float] = {"normal": 12.0, "small": 10.5}
SCRIPT = 0.72
"""How large a lowered or raised character is."""
PIECE = re.compile(r"([_^]?)(?:\{([^{}]*)\}|(.))", re.DOTALL)
NARROW, WIDE = frozenset("ijltfrI.,:;'|()[]! "), frozenset("mwMW")
SIGNS = frozenset("+−=<>×≤≥≠≈·→←⋆∞∂")


@dataclass(frozen=True)
class Run:
    """A piece of a label in one shape: `shift` says whether it is lowered or raised."""

    text: str
    italic: bool = False
    shift: Shift = ""


@lru_cache(maxsize=4096)
def runs(label: str) -> tuple[Run, ...]:
    """A label in its pieces; the notation is that of `questions.figures.labels`."""
    found: list[Run] = []
    for position, part in enumerate(label.split("$")):
        for run in mathematics(part) if position % 2 else [Run(part)]:
            if found and (found[-1].italic, found[-1].shift) == (run.italic, run.shift):
                found[-1] = Run(found[-1].text + run.text, run.italic, run.shift)
            elif run.text:
                found.append(run)
    return tuple(found)


def mathematics(formula: str) -> Iterator[Run]:
    """The pieces of what stands between dollars: letters are variables, all else upright."""
    for mark, group, character in PIECE.findall(formula):
        shift: Shift = "_" if mark == "_" else "^" if mark == "^" else ""
        for each in group or character:
            yield Run(each, each.isalpha() and each not in "∂ᵀ", shift)


@lru_cache(maxsize=4096)
def width(label: str, size: Size) -> float:
    """About how wide a label is set, rather more than less."""
    return SIZES[size] * sum(
        (SCRIPT if run.shift else 1.0) * sum(map(advance, run.text)) for run in runs(label)
    )


def advance(character: str) -> float:
    """About how wide a character is, in sizes; browsers may take wider letters than TeX."""
    if character in NARROW:
        return 0.38
    if character in SIGNS:
        return 0.84
    return 1.0 if character in WIDE else 0.78 if character.isupper() else 0.63
