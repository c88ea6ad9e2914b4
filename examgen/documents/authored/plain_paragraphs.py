"""Most of what is written, read at once: a paragraph of words, formulas, code and emphasis.

Whatever could mean anything else to a reader of Markdown is left to the parser, which needs many
times as long. Nothing here goes back over a text, however long and hostile it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from markdown_it.token import Token

LINE = r"(?=[A-Za-z(]|\d+(?![\d.)])|\$(?!\$)|\*\*?[A-Za-z$(]|`(?!`))"
"""How a line begins that is nothing else, such as an item of a list."""
PIECE = re.compile(
    rf"""
      (?P<words>[A-Za-z0-9\ ,.;:()'"?!/+=%–—’…×·-]+)
    | (?<![\d$])\$(?P<formula>[!-#%-~](?:[!-#%-~\ ]|\n(?:{LINE}|(?=\\)))*)(?<![\\\s])\$(?![\d$])
    | `(?P<code>[^`\s]|[^`\s][^`\n]*[^`\s])`(?!`)
    | (?<![^\ \n(])(?P<opening>\*\*?)(?=[A-Za-z0-9$(])
    | (?<=[A-Za-z0-9$).,:;?!%])(?P<closing>\*\*?)(?![^\ \n.,;:)?!])
    | (?<!\ )(?P<softbreak>\n){LINE}
    """,
    re.VERBOSE,
)
BEGINNING = re.compile(LINE)
NAMES = {"*": ("em_open", "em_close", "em"), "**": ("strong_open", "strong_close", "strong")}
KINDS: dict[str, Callable[[str], Token]] = {
    "words": lambda text: Token("text", "", 0, content=text),
    "formula": lambda text: Token("math_inline", "math", 0, content=text, markup="$"),
    "code": lambda text: Token("code_inline", "code", 0, content=text, markup="`"),
    "softbreak": lambda _: Token("softbreak", "br", 0),
    "opening": lambda mark: Token(NAMES[mark][0], NAMES[mark][2], 1, markup=mark),
    "closing": lambda mark: Token(NAMES[mark][1], NAMES[mark][2], -1, markup=mark),
}
OPEN = Token("paragraph_open", "p", 1, block=True)
CLOSE = Token("paragraph_close", "p", -1, block=True)


@lru_cache(maxsize=4096)
def piece(kind: str, text: str) -> Token:
    """The token of a piece; kept, for words and many formulas are the same in every form."""
    return KINDS[kind](text)


def plain_paragraph(text: str) -> Sequence[Token] | None:
    """The tokens of a paragraph; None where only the parser can tell what the text is."""
    if not BEGINNING.match(text) or text.endswith(" "):
        return None
    if text[0] == "$" and text[-1].isdigit():  # to the parser the last character precedes the first
        return None
    children: list[Token] = []
    marked, end = "", 0
    for found in PIECE.finditer(text):
        if found.start() != end:
            return None
        end, kind = found.end(), found.lastgroup or ""
        if kind in ("opening", "closing"):
            if marked != ("" if kind == "opening" else found[kind]):
                return None
            marked = found[kind] if kind == "opening" else ""
        children.append(piece(kind, found[kind]))
    if end != len(text) or marked:
        return None
    return OPEN, Token("inline", "", 0, content=text, children=children, block=True), CLOSE
