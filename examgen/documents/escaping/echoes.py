"""What somebody typed, on one line of bounded length: quoted by feedback in every format."""

import re

from examgen.faults import visible

LONGEST = 400
"""An echo longer than this loses its middle: a sheet is not printed again."""
LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def echo(text: str) -> str:
    """One line without control characters, cut if long; line ends become ⏎."""
    lines = LINE_END.split(text.strip("\r\n"))
    shown = visible("⏎".join(line.strip() for line in lines).strip())
    if len(shown) > LONGEST:
        shown = f"{shown[: LONGEST // 2]} … {shown[-LONGEST // 2 :]}"
    return shown
