"""Pages of feedback, put together from comments and solutions that are finished already.

A comment stands on the pages of many students, and a worked solution under many comments. So each
is shortened once, and what it needs of the style sheet is looked up once; what stands around it is
written with a mark in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from examgen.documents.html import slim
from examgen.documents.html.prose import prose
from examgen.documents.layout import Prose
from examgen.documents.templates import Done
from examgen.kept import MOST_COMMENTS, MOST_PARTS, interned, kept

# Foreign text never writes a mark: its `<` is escaped.
SOLUTION = Done("<!--solution-->")
"""Where a worked solution is to stand in its comment."""
COMMENT = re.compile(r"<!--comment (\w+)-->\n")
"""Where a comment is to stand in its page."""


class Piece(NamedTuple):
    """A piece of a page."""

    text: str
    """Without what HTML does not need."""
    names: frozenset[str]
    """Its elements, classes and ids, which have rules in the style sheet."""


def put_together(
    write: Callable[..., str],
    comments: Mapping[str, Done],
    solutions: Mapping[str, Prose | Done | None],
) -> str:
    """The page that *write* makes of comments and of the names they bring.

    The comments, and the solutions that are to be put into some of them, stand under their labels.
    """
    marks = {label: Done(f"<!--comment {label}-->\n") for label in comments}
    around = {label: without_solution(each) for label, each in comments.items()}
    within = {label: solution(each) for label, each in solutions.items() if isinstance(each, Prose)}
    found = (*around.values(), *within.values())
    brought = frozenset().union(*(piece.names for piece in found))
    page = COMMENT.split(write(comments=marks, brought=brought))
    for place in range(1, len(page), 2):
        label = page[place]
        whole = around[label].text
        page[place] = whole.replace(SOLUTION, within[label].text) if label in within else whole
    return "".join(page)


@kept(MOST_COMMENTS)
def without_solution(comment: Done) -> Piece:
    """A comment with a mark for its solution."""
    return Piece(slim.page(comment), interned(slim.names(comment)))


@kept(MOST_PARTS)
def solution(text: Prose) -> Piece:
    """A worked solution."""
    written = prose(text)
    return Piece(slim.page(written), interned(slim.names(written)))
