"""One drawn question in Markdown, with its key, worked solutions and mistakes."""

from __future__ import annotations

from examgen.documents.items import lay_out_item
from examgen.documents.templates import fill
from examgen.exams.exam import Item


def write_question(item: Item) -> str:
    """The question as the instructor's key prints it."""
    return fill("markdown", "markdown/question.md.jinja", item=lay_out_item(item, with_key=True))
