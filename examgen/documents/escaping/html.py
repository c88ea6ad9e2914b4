"""Foreign text in HTML, between tags or in a quoted attribute, and in a string of CSS."""

import re
from functools import lru_cache
from html import escape as escaped

from examgen.documents.escaping.echoes import echo
from examgen.faults import visible


@lru_cache(maxsize=4096)
def escape(text: str) -> str:
    """The text without markup; unprintable characters and turns of direction are spelled out."""
    return escaped(visible(text))


@lru_cache(maxsize=4096)
def words(text: str) -> str:
    """As `escape`, between tags only: there quotes mean nothing."""
    return escaped(visible(text), quote=False)


def code(text: str) -> str:
    """What somebody typed, as it stands."""
    return f"<code>{escaped(echo(text) or ' ', quote=False)}</code>"


def css_string(text: str) -> str:
    """The text between quotes in a style sheet: everything but letters and digits by its number."""
    spelled = re.sub(r"[^A-Za-z0-9]", lambda found: f"\\{ord(found[0]):x} ", visible(text))
    return f'"{spelled}"'
