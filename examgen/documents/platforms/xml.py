"""How texts stand in a platform's XML."""

from __future__ import annotations

from html import escape

from examgen.documents.escaping import html
from examgen.documents.writers import Filters, Writers


class Body(str):
    """Finished HTML, which is a text like any other to XML."""

    __slots__ = ()


NOTHING = Body()


def cdata(text: Body) -> str:
    """The text as it stands: Moodle drops white space between two entities."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


WRITERS: Writers = {Body: escape, str: html.escape}
FILTERS: Filters = {"cdata": cdata}
