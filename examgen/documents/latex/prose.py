"""Authored Markdown as LaTeX: a function for each token, and an error for any other token."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from markdown_it.token import Token

from examgen.documents.authored.numerals import but_for_numbers
from examgen.documents.authored.reading import apart, parsed
from examgen.documents.authored.token_writing import (
    Table,
    Write,
    constant,
    render,
    running_text,
    with_tables,
)
from examgen.documents.escaping import latex
from examgen.documents.notation.checking import formula

DISPLAY = "\\display"
ALIGNED = {"left": "l", "center": "c", "right": "r"}


@lru_cache(maxsize=2048)
@but_for_numbers(kept=8192)
def prose(markdown: str) -> str:
    """The LaTeX of a piece of Markdown; raises `Fault` where LaTeX has nothing for it."""
    written = list(map(block, apart(markdown)))
    for place, following in enumerate(written[1:]):
        if following.startswith(DISPLAY):
            written[place] = before_display(written[place])
    return "".join(written).strip()


@lru_cache(maxsize=4096)
def block(markdown: str) -> str:
    """The LaTeX of a piece of Markdown that stands apart from others."""
    return "".join(blocks(parsed(markdown)))


def before_display(text: str) -> str:
    """LaTeX to which the display that follows belongs.

    An empty line between the two would put a gap above the formula.
    """
    return text.rstrip("\n") + "\n" if text else text


def blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """The LaTeX of each block token and each table."""
    pieces = list(with_tables(tokens))
    for piece, following in zip_longest(pieces, pieces[1:]):
        if isinstance(piece, Table):
            yield table(piece)
        else:
            text = render(piece, BLOCKS)
            near_display = isinstance(following, Token) and following.type == "math_block"
            yield before_display(text) if near_display else text


def table(content: Table) -> str:
    """A table with a rule above, below and under its head."""
    columns = "".join(ALIGNED.get(side, "l") for side in content.sides)
    cells = [inlines(cell.children or ()) for cell in content.cells]
    starts = range(0, len(cells), len(content.sides))
    head, *body = [" & ".join(cells[i : i + len(content.sides)]) + " \\\\\n" for i in starts]
    rows = f"\\toprule\n{head}\\midrule\n{''.join(body)}\\bottomrule\n"
    return f"\\begin{{tabular}}{{{columns}}}\n{rows}\\end{{tabular}}\n\n"


def inlines(tokens: Sequence[Token]) -> str:
    """The LaTeX of the tokens within a line."""
    return "".join(render(token, INLINES) for token in tokens)


def display(token: Token) -> str:
    """A formula on a line of its own, made narrower where it is too wide for the page."""
    return f"{DISPLAY}{{{formula(token.content)}}}\n"


def fence(token: Token) -> str:
    """A listing: every line by itself, so that nothing in it can end it."""
    lines = "".join(
        f"\\codeline{{{latex.code(line)}}}\n" for line in token.content.rstrip("\n").split("\n")
    )
    return f"\\begin{{listing}}\n{lines}\\end{{listing}}\n\n"


BLOCKS: dict[str, Write] = {
    "paragraph_open": constant(""),
    "paragraph_close": lambda token: "\n" if token.hidden else "\n\n",
    "inline": lambda token: inlines(token.children or ()),
    "math_block": display,
    "fence": fence,
    "code_block": fence,
    "bullet_list_open": constant("\\begin{itemize}\n"),
    "bullet_list_close": constant("\\end{itemize}\n\n"),
    "ordered_list_open": constant("\\begin{enumerate}\n"),
    "ordered_list_close": constant("\\end{enumerate}\n\n"),
    "list_item_open": constant("\\item "),
    "list_item_close": constant(""),
}
INLINES: dict[str, Write] = {
    "text": running_text(latex.escape),
    "softbreak": constant("\n"),
    "hardbreak": constant("\\\\\n"),
    "strong_open": constant("\\textbf{"),
    "strong_close": constant("}"),
    "em_open": constant("\\emph{"),
    "em_close": constant("}"),
    "code_inline": lambda token: f"\\texttt{{{latex.code(token.content)}}}",
    "math_inline": lambda token: f"${formula(token.content)}$",
}
