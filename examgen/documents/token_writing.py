"""What all formats have in common when they write the tokens of authored Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from markdown_it.token import Token

from examgen.documents.authored import ALLOWED, FORMULAS
from examgen.faults import Fault

Write: TypeAlias = Callable[[Token], str]
Known: TypeAlias = Mapping[str, Write]
"""How a format writes each token, by its type."""


def render(token: Token, known: Known) -> str:
    """A token as a format writes it; raises `Fault` where it has nothing for it."""
    write = known.get(token.type)
    if write is None:
        raise Fault(f"the Markdown {token.markup or token.content!r}", token.type, ALLOWED)
    return write(token)


def constant(text: str) -> Write:
    """A token that is always written the same."""
    return lambda _: text


def running_text(escape: Callable[[str], str]) -> Write:
    """Running text, escaped; a dollar in it is a formula gone wrong: there are no prices here."""

    def text(token: Token) -> str:
        if "$" in token.content:
            raise Fault(f"the text {token.content!r}", "a $ that opens no formula", FORMULAS)
        return escape(token.content)

    return text
