"""One drawn question in Markdown, with its key, worked solutions and mistakes."""

from __future__ import annotations

from examgen.documents.foreign import check_foreign
from examgen.documents.items import lay_out_item
from examgen.documents.keys import add_key
from examgen.documents.templates import fill
from examgen.exams.exam import Item


def write_question(item: Item) -> str:
    """The question as the instructor's key prints it, its figure in words."""
    check_foreign(item)
    page = add_key(lay_out_item(item), item)
    return fill("markdown", "markdown/items.md.jinja", items=[page], figures="")
