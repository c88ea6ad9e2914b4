"""About how wide a formula is set, from its TeX alone: whether it fits is for its page to say."""

from __future__ import annotations

import re

SCRIPT = re.compile(r"[\^_]\s*\{([^{}]*)\}")
ROOT = re.compile(r"\\sqrt\s*\{([^{}]*)\}")
FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
NAMED = re.compile(r"\\(?:text\w*|math\w+|operatorname|boldsymbol)\s*\{([^{}]*)\}")
ROWS = re.compile(
    r"\\begin\{(?P<name>\w+)\}(?:\{[^{}]*\})?((?:(?!\\begin)[^{}])*?)\\end\{(?P=name)\}"
)
STRUCTURE = re.compile(r"[\\^_]")
"""Without any of these a formula is a row of signs."""
WIDE_SPACES = {r"\quad": "MM", r"\qquad": "MMMM"}
RELATION = re.compile(r"\\(?:times|star|le|ge|to|approx|in|mid)(?![A-Za-z])|[=+<>-]")
PRODUCT = re.compile(r"\\cdot(?![A-Za-z])")
CONTROL = re.compile(r"\\(?:left|right|displaystyle|,|;|!|:)(?![A-Za-z])|\\[A-Za-z]+|\\.")


def width(tex: str) -> int:
    """The width in digits; of several rows that of the widest."""
    text = " ".join(tex.split())
    if r"\q" in text:
        for space, as_wide in WIDE_SPACES.items():
            text = re.sub(re.escape(space) + r"(?![A-Za-z])", as_wide, text)
    before = "" if STRUCTURE.search(text) else text
    while before != text:
        before = text
        text = NAMED.sub(lambda found: "x" * len(found[1]), text)
        text = SCRIPT.sub(lambda found: "x" * round(0.75 * plain(found[1])), text)
        text = ROOT.sub(lambda found: "xx" + "x" * plain(found[1]), text)
        text = FRACTION.sub(lambda found: "x" * max(plain(found[1]), plain(found[2])), text)
        text = ROWS.sub(lambda found: "x" * (widest(found[2]) + 3), text)
    return widest(text)


def widest(rows: str) -> int:
    """Columns are as wide as their widest cells, with a gap between them."""
    cells = [[plain(cell) for cell in row.split("&")] for row in rows.split(r"\\")]
    columns = [max(row[i] for row in cells if i < len(row)) for i in range(max(map(len, cells)))]
    return sum(columns) + 2 * (len(columns) - 1)


def plain(text: str) -> int:
    """The width of a row without structure: relations have spaces around, grouping takes none."""
    spaced = PRODUCT.sub("xx", RELATION.sub("xxx", text))
    named = CONTROL.sub(lambda found: "x" * spelled(found[0]), spaced)
    return len(re.sub(r"[{}\s]", "", named))


def spelled(command: str) -> int:
    r"""How many letters a command shows: `\max` three, `\alpha` one, `\left` none."""
    if command in (r"\left", r"\right", r"\displaystyle", r"\,", r"\;", r"\!", r"\:"):
        return 0
    return 3 if command in (r"\max", r"\min", r"\exp", r"\dim", r"\ln", r"\log") else 1
