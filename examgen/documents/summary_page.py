"""What stands in the summary after grading, before anybody says how it looks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SummaryBlock:
    """Lines under a title; students' words may stand in them."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class SummaryPage:
    """The summary; a block without lines is left out."""

    title: str
    exam: str
    overview: str
    blocks: tuple[SummaryBlock, ...]
