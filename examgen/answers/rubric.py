"""Rubrics: answers in words that a person marks, and what this person looks for."""

from __future__ import annotations

import re
from functools import cached_property

WRITTEN = re.compile(r"(?P<model>.*?)\s*\[rubric: (?P<criteria>.*[^\s].*)\]\s*", re.DOTALL)


class Rubric(str):
    """A short text that a person marks; as a string it is its plain notation, on one line.

    `It slides one kernel over all places. [rubric: 1 for the same weights, 1 for all places]`:
    a model answer, which may be missing, and what earns the points.
    """

    @classmethod
    def of(cls, criteria: str, model: str = "") -> Rubric:
        """A rubric with these criteria; raises ValueError where there are none."""
        written = cls(f"{' '.join(model.split())} [rubric: {' '.join(criteria.split())}]".strip())
        if not WRITTEN.fullmatch(written):
            raise ValueError(f"found {written!r:.80}, allowed is what earns the points")
        return written

    @classmethod
    def read(cls, text: str) -> Rubric | None:
        """The rubric in plain notation, None for any other text."""
        return cls(text) if WRITTEN.fullmatch(text) else None

    @cached_property
    def model(self) -> str:
        """An answer that earns all the points, "" where there is none."""
        match = WRITTEN.fullmatch(self)
        return match["model"] if match else ""

    @cached_property
    def criteria(self) -> str:
        """What earns the points."""
        match = WRITTEN.fullmatch(self)
        return match["criteria"] if match else ""
