"""Authored Markdown as HTML: a function for each token, and an error for any other token."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from markdown_it.token import Token

from examgen.documents.authored.reading import tokens
from examgen.documents.authored.token_writing import Known, Write, constant, render, running_text
from examgen.documents.escaping import html
from examgen.documents.html.formulas import mathml, within_line
from examgen.documents.html.widths import width

LINE = 82
"""How many digits fit on a line."""


@lru_cache(maxsize=2048)
def prose(markdown: str) -> str:
    """The HTML of a piece of Markdown; raises `Fault` where we have nothing for it."""
    return whole(markdown, BLOCKS)


@lru_cache(maxsize=2048)
def flow(markdown: str) -> str:
    """As `prose`, but a single paragraph is only its words, for a cell or an item of a list."""
    return flowing(markdown, BLOCKS)


def whole(markdown: str, known: Known) -> str:
    """All of a piece of Markdown, by the writers of its tokens."""
    return "".join(render(token, known) for token in tokens(markdown)).strip()


def flowing(markdown: str, known: Known) -> str:
    """The words alone of a single paragraph, else all of it."""
    found = tokens(markdown)
    if [token.type for token in found] == ["paragraph_open", "inline", "paragraph_close"]:
        return known["inline"](found[1])
    return whole(markdown, known)


def inlines(token: Token) -> str:
    """The HTML of what stands within a line, its formulas tied to the words they touch."""
    children = token.children or []
    return "".join(tied(children)) if any_math(children) else "".join(plainly(children))


def any_math(children: Sequence[Token]) -> bool:
    """Whether there is a formula among them."""
    return any(child.type == "math_inline" for child in children)


def plainly(children: Sequence[Token]) -> Iterator[str]:
    """Each token by itself."""
    return (render(child, INLINES) for child in children)


def tied(children: Sequence[Token]) -> Iterator[str]:
    """Each token by itself, but a formula with the comma or full stop that follows it.

    Browsers would begin a line with that sign.
    """
    sign = ""
    for child, following in zip_longest(children, children[1:]):
        text = render(child, INLINES).removeprefix(sign)
        is_formula = child.type == "math_inline" and text.endswith("</math>")
        sign = leading_sign(following) if is_formula else ""
        yield f"<span>{text}{sign}</span>" if sign else text


def leading_sign(token: Token | None) -> str:
    """The punctuation that the next token begins with."""
    if token is None or token.type != "text" or token.content[:1] not in ".,;:?!)-":
        return ""
    return token.content[:1]


def display(token: Token) -> str:
    """A formula on a line of its own, smaller where it would not fit."""
    digits = width(token.content)
    size = f' style="font-size:{100 * LINE // digits}%"' if digits > LINE else ""
    return f'<p class="display"{size}>{mathml(token.content, display=True)}</p>\n'


def listing(token: Token) -> str:
    """A listing; tabs are what a browser makes of them."""
    lines = (html.words(line) for line in token.content.rstrip("\n").expandtabs(4).split("\n"))
    return f"<pre><code>{chr(10).join(lines)}</code></pre>\n"


def cell(tag: str) -> Write:
    """A cell's opening tag with its alignment."""

    def opening(token: Token) -> str:
        side = str(token.attrs.get("style", "")).removeprefix("text-align:")
        scope = ' scope="col"' if tag == "th" else ""
        return f'<{tag}{scope} class="{side}">' if side else f"<{tag}{scope}>"

    return opening


def numbered(token: Token) -> str:
    """A list's opening tag, with its first number."""
    first = token.attrs.get("start", 1)
    return "<ol>" if first == 1 else f'<ol start="{first}">'


def same_tag(name: str, tag: str, end: str = "") -> dict[str, Write]:
    """A token that opens and closes an element."""
    return {f"{name}_open": constant(f"<{tag}>"), f"{name}_close": constant(f"</{tag}>{end}")}


BLOCKS: dict[str, Write] = {
    "paragraph_open": lambda token: "" if token.hidden else "<p>",
    "paragraph_close": lambda token: "" if token.hidden else "</p>\n",
    "inline": inlines,
    "math_block": display,
    "fence": listing,
    "code_block": listing,
    **same_tag("bullet_list", "ul", "\n"),
    "ordered_list_open": numbered,
    "ordered_list_close": constant("</ol>\n"),
    **same_tag("list_item", "li", "\n"),
    **same_tag("table", "table", "\n"),
    **same_tag("thead", "thead"),
    **same_tag("tbody", "tbody"),
    **same_tag("tr", "tr", "\n"),
    "th_open": cell("th"),
    "th_close": constant("</th>"),
    "td_open": cell("td"),
    "td_close": constant("</td>"),
}
INLINES: dict[str, Write] = {
    "text": running_text(html.words),
    "softbreak": constant("\n"),
    "hardbreak": constant("<br>\n"),
    **same_tag("strong", "strong"),
    **same_tag("em", "em"),
    "code_inline": lambda token: f"<code>{html.words(token.content)}</code>",
    "math_inline": lambda token: within_line(token.content),
}
