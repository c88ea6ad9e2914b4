"""Markdown as GitHub reads it: formulas within backticks, which keep its hands off them.

GitHub looks for emphasis, escapes and HTML in `$…$` before it looks for formulas; in code it does
not. Other readers take only `$…$`, so a page is written in that way and turned at the end.
"""

import re

PIECE = re.compile(
    r"""(?P<fence>^[ ]*```.*?^[ ]*```$)
    | (?P<code>(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))
    | (?P<escape>\\.)
    | ^(?P<indent>[ ]*)\$\$\n(?P<display>.*?)\n[ ]*\$\$$
    | \$(?P<inline>[^$]+)\$
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


def for_github(page: str) -> str:
    """The page with its formulas, and nothing else, in GitHub's notation."""
    return PIECE.sub(turned, page)


def turned(piece: re.Match[str]) -> str:
    """One piece of the page: a formula turned, or code and escapes as they are."""
    if piece["display"] is not None:
        indent = piece["indent"]
        return f"{indent}```math\n{piece['display']}\n{indent}```"
    return f"$`{piece['inline']}`$" if piece["inline"] is not None else piece[0]
