"""Solutions to hand out: the key without what is the instructor's alone."""

from __future__ import annotations

from dataclasses import replace

from examgen.documents.layout import Document, ItemPage, PartPage
from examgen.kept import kept_along


def to_hand_out(key: Document) -> Document:
    """The solutions: a key without its seed, and without what mistakes still earn.

    With the seed a student could generate the keys of the other forms.
    """
    return replace(key.with_items(for_students), seed=None, kind="worked solutions")


@kept_along
def for_students(page: ItemPage) -> ItemPage:
    """One item without the names of its mistakes and what they earn."""
    return page.with_parts(without_credit)


def without_credit(part: PartPage) -> PartPage:
    """A part whose mistakes are told by what they reach, and what went wrong."""
    if part.key is None:
        return part
    mistakes = tuple(each._replace(name="", points="") for each in part.key.mistakes)
    return part._replace(key=part.key._replace(mistakes=mistakes))
