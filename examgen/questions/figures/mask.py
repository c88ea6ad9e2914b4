"""Attention matrices: which query may attend to which key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from examgen.faults import Fault
from examgen.questions.figures.labels import listed, sentences, spoken

State: TypeAlias = Literal["allowed", "masked", "open"]
"""`open` says nothing about the pair."""


@dataclass(frozen=True)
class Mask:
    """A row for each query and a column for each key."""

    states: tuple[tuple[State, ...], ...]
    queries: tuple[str, ...]
    keys: tuple[str, ...]

    title = "Attention mask"

    def __post_init__(self) -> None:
        shape = {len(row) for row in self.states}
        if len(self.states) != len(self.queries) or shape != {len(self.keys)}:
            raise Fault("a mask", "states that do not fit", "a row a query, a column a key")

    @classmethod
    def causal(cls, tokens: int | Sequence[str], query: str = "q", key: str = "k") -> Mask:
        """A query may attend to the keys up to its own; *tokens* are a number, or the indices."""
        numbers = up_to(tokens) if isinstance(tokens, int) else tokens
        states: tuple[tuple[State, ...], ...] = tuple(
            tuple("allowed" if other <= place else "masked" for other in range(len(numbers)))
            for place in range(len(numbers))
        )
        return cls(states, indexed(query, numbers), indexed(key, numbers))

    @cached_property
    def alt(self) -> str:
        """The figure in words."""
        size = f"{len(self.queries)} × {len(self.keys)}"
        first = f"a table of {size} cells with a row for each query and a column for each key"
        return sentences([first, *self.rows])

    @property
    def rows(self) -> Iterator[str]:
        """What each query may attend to."""
        for query, states in zip(self.queries, self.states, strict=True):
            known = [state for state in states if state != "open"]
            allowed = [
                spoken(key)
                for key, state in zip(self.keys, states, strict=True)
                if state == "allowed"
            ]
            if known:
                where = f"to {listed(allowed)}" if allowed else "to nothing"
                yield f"query {spoken(query)} may attend {where}"


def indexed(name: str, numbers: Sequence[str]) -> tuple[str, ...]:
    """A name with each of these indices; dots stay dots."""
    return tuple(each if each == "…" else f"${name}_{{{each}}}$" for each in numbers)


def up_to(length: int) -> tuple[str, ...]:
    """The numbers from 1 on, as labels."""
    return tuple(map(str, range(1, length + 1)))
