"""What stands in the feedback for one sheet, before anybody says how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from examgen.answers import Verdict
from examgen.documents.layout import Prose
from examgen.documents.writers import Done


class MarkLine(NamedTuple):
    """How one answer went, in a line of a table."""

    label: str
    verdict: Verdict
    words: str
    """The verdict in words."""
    earned: str
    """Points of possible points."""


class Comment(NamedTuple):
    """What there is to say about one answer that is not simply right."""

    line: MarkLine
    prompt: Prose | None
    """What was asked, where the code still knows it."""
    response: str
    read: str
    """What was understood, where that differs from what was written."""
    chosen: str
    """What the option chosen says; prose where options are sentences."""
    reason: str
    """Why it is not simply right, in a sentence that may quote the response; may be empty."""
    remarks: tuple[Prose, ...]
    """What else there is to say, in paragraphs."""
    answer: str
    """The right answer, in the notation of students."""
    option: str
    """What the right option says; prose where options are sentences."""
    solution: Prose | Done | None
    """The worked solution, or what marks its place."""
    sentences: bool = False
    """Whether options are sentences, to be read rather than to be typed."""
    is_corrected: bool = False
    """Whether the right answer is another one than the printed key's."""


class ItemComments(NamedTuple):
    """The answers of one item that are not simply right."""

    number: int
    title: str
    comments: tuple[Comment, ...]


@dataclass(frozen=True)
class FeedbackPage:
    """The feedback for one sheet. Name, id, file and warnings are foreign text."""

    title: str
    course: str
    exam: str
    form: str
    name: str
    id: str
    file: str
    points: int | float
    possible: int
    summary: str
    warnings: tuple[str, ...]
    marks: tuple[MarkLine, ...]
    items: tuple[ItemComments, ...]
    solutions: bool
    """Whether worked solutions are given."""
