"""Pages of feedback, put together from comments and solutions that are finished already.

A comment stands on the pages of many students, and a worked solution under many comments. So each
is shortened once, and what it needs of the style sheet is looked up once; what stands around it is
written with a mark in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from examgen.documents.feedback_page import Comment
from examgen.documents.html import slim
from examgen.documents.html.prose import prose
from examgen.documents.kept_pages import KEPT_COMMENTS, KEPT_PARTS
from examgen.documents.layout import Prose
from examgen.documents.look import Look
from examgen.documents.pages import write_piece
from examgen.documents.writers import Done
from examgen.kept import interned, kept

# Foreign text never writes a mark: its `<` is escaped.
SOLUTION = Done("<!--solution-->")
"""Where a worked solution is to stand in its comment."""
COMMENT = re.compile(r"<!--comment (\w+)-->\n")
"""Where a comment is to stand in its page."""


class Piece(NamedTuple):
    """A piece of a page, without what HTML does not need."""

    around: tuple[str, ...]
    """What stands around its solution, wherever that stands; else all of it."""
    names: frozenset[str]
    """Its elements, classes and ids, which have rules in the style sheet."""

    @classmethod
    def of(cls, written: str) -> Piece:
        """A piece as it was written."""
        return cls(tuple(slim.page(written).split(SOLUTION)), interned(slim.names(written)))


NOTHING = Piece(("",), frozenset())


def put_together(
    write: Callable[..., str], comments: Mapping[str, Comment], solutions: bool, look: Look
) -> str:
    """The page that *write* makes of comments, by their labels, and of the names they bring."""
    pieces = {label: without_solution(each, solutions, look) for label, each in comments.items()}
    within = {label: solution(each.solution) for label, each in comments.items()}
    marks = {label: Done(f"<!--comment {label}-->\n") for label in comments}
    brought = frozenset().union(*[each.names for each in (*pieces.values(), *within.values())])
    page = COMMENT.split(write(comments=marks, brought=brought))
    for place in range(1, len(page), 2):
        (inner,) = within[page[place]].around
        page[place] = inner.join(pieces[page[place]].around)
    return "".join(page)


@kept(KEPT_COMMENTS)
def without_solution(comment: Comment, solutions: bool, look: Look) -> Piece:
    """A comment but for its solution."""
    if comment.solution is not None:
        comment = comment._replace(solution=SOLUTION)
    return Piece.of(write_piece("html", "comment", look, comment=comment, solutions=solutions))


@kept(KEPT_PARTS)
def solution(text: Prose | Done | None) -> Piece:
    """A worked solution; nothing where there is none."""
    return Piece.of(prose(text)) if isinstance(text, Prose) else NOTHING
