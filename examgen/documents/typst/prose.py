"""Authored Markdown as Typst: a function for each token, and an error for any other token."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from markdown_it.token import Token

from examgen.documents.authored.reading import tokens
from examgen.documents.authored.token_writing import (
    Table,
    Write,
    constant,
    render,
    running_text,
    with_tables,
)
from examgen.documents.escaping import typst
from examgen.documents.notation.widths import formula_width
from examgen.documents.typst.formulas import formula

FOLLOWING = frozenset(
    ("math_block", "fence", "code_block", "table_open", "bullet_list_open", "ordered_list_open")
)
LEAD_OPEN, LEAD_CLOSE = Token("lead_open", "p", 1), Token("lead_close", "p", -1)
SURELY_FITS = 330.0
"""Points; a line within lists is 400 wide."""


@lru_cache(maxsize=2048)
def prose(markdown: str) -> str:
    """The Typst of a piece of Markdown; raises `Fault` where we have nothing for it."""
    return "".join(blocks(tokens(markdown))).strip()


@lru_cache(maxsize=2048)
def leading_on(markdown: str) -> str:
    """As `prose`, but a paragraph stays on the page of the formula, listing or list after it."""
    return "".join(blocks(list(led_on(tokens(markdown))))).strip()


def led_on(found: Sequence[Token]) -> Iterator[Token]:
    """The same tokens, but others for each paragraph that leads on to what follows it."""
    led = {
        place
        for place, (before, token) in enumerate(pairwise(found), start=1)
        if token.type in FOLLOWING and before.type == "paragraph_close" and not before.hidden
    }
    for place, token in enumerate(found):
        if place + 1 in led:
            yield LEAD_CLOSE
        elif place + 3 in led:
            yield LEAD_OPEN
        else:
            yield token


def blocks(found: Sequence[Token]) -> Iterator[str]:
    """The Typst of each block token and each table."""
    for piece in with_tables(found):
        yield table(piece) if isinstance(piece, Table) else render(piece, BLOCKS)


def table(content: Table) -> str:
    """A table with a rule above, below and under its head."""
    columns = "".join(f"{side or 'left'}," for side in content.sides)
    cells = [f"[{inlines(cell)}]" for cell in content.cells]
    head, body = cells[: len(content.sides)], cells[len(content.sides) :]
    return f"#ruled(({columns}), ({', '.join(head)},), {', '.join(body)})\n\n"


def inlines(token: Token) -> str:
    """The Typst of what stands within a line."""
    return "".join(render(child, INLINES) for child in token.children or ())


def in_line(source: str, *, full_size: bool = False) -> str:
    """A formula within a line, described by its TeX; with *full_size*, as on a line of its own."""
    written = f"display({formula(source)})" if full_size else formula(source)
    return f"#m({typst.string(described(source))}, ${written}$)"


def display(token: Token) -> str:
    """A formula on a line of its own, made narrower where it is too wide for the page.

    Typst has to set a formula twice to know: it is asked only where that may be so.
    """
    kind = "fitted" if formula_width(token.content) > SURELY_FITS else "d"
    return f"#{kind}({typst.string(described(token.content))}, $ {formula(token.content)} $)\n"


def described(source: str) -> str:
    """The TeX of a formula in one line."""
    return " ".join(source.split())


def listing(token: Token) -> str:
    """A listing, which no page break tears apart."""
    lines = (typst.printed(line) for line in token.content.rstrip("\n").expandtabs(4).split("\n"))
    return f"#listing({typst.string(chr(10).join(lines))})\n\n"


BLOCKS: dict[str, Write] = {
    "paragraph_open": constant(""),
    "paragraph_close": lambda token: "\n" if token.hidden else "\n\n",
    "lead_open": constant("#lead["),
    "lead_close": constant("]\n"),
    "inline": inlines,
    "math_block": display,
    "fence": listing,
    "code_block": listing,
    "bullet_list_open": constant("#list(\n"),
    "bullet_list_close": constant(")\n\n"),
    "ordered_list_open": constant("#enum(\n"),
    "ordered_list_close": constant(")\n\n"),
    "list_item_open": constant("["),
    "list_item_close": constant("],\n"),
}
INLINES: dict[str, Write] = {
    "text": running_text(typst.escape),
    "softbreak": constant("\n"),
    "hardbreak": constant(" \\\n"),
    "strong_open": constant("#strong["),
    "strong_close": constant("]"),
    "em_open": constant("#emph["),
    "em_close": constant("]"),
    "code_inline": lambda token: typst.code(token.content),
    "math_inline": lambda token: in_line(token.content),
}
