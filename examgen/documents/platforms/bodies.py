"""The texts of a question in HTML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from examgen.documents.layout import Formula, Prose
from examgen.documents.platforms.questions import Asked, Told
from examgen.documents.platforms.xml import Body
from examgen.documents.templates import fill

Matrices: TypeAlias = Sequence[Sequence[Sequence[str]]]
"""The places for the entries of an array: its matrices, their rows, their cells."""


def text_of(each: Told | Asked, image: str, matrices: Matrices = ()) -> Body:
    """What students read of a question; its figure lies at *image*.

    *matrices* are in the platform's notation.
    """
    note = getattr(each.response, "note", "") if isinstance(each, Asked) else ""
    return body("question", each=each, image=image, matrices=matrices, note=note)


def solution_of(each: Asked, *, told: bool) -> Body:
    """What they read afterwards; and if not *told* before, the typical mistakes."""
    return body("solution", each=each, mistakes=() if told else each.mistakes)


def line(text: Prose | Formula | str) -> Body:
    """An option, what is said of one answer, or a text that is not ours."""
    return body("line", text=text)


def comment(text: Body) -> Body:
    """What Canvas shows beside an answer; a bare line it would take for plain text."""
    return Body(f'<div class="comment">{text}</div>')


def body(name: str, **values: Any) -> Body:
    """A text from its skeleton."""
    return Body(fill("platform", f"platforms/{name}.html.jinja", **values).strip())
