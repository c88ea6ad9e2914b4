"""Foreign text in Typst: every sign that its markup could act on is escaped."""

from __future__ import annotations

import re
from unicodedata import normalize

from examgen.documents.escaping.letters import nearest
from examgen.faults import visible

ACTIVE = re.compile(r"[\"#$'()*+\-./:;<=>@\[\\\]^_`{|}~]")
"""Some act only in pairs, at the beginning of a line or after a call: `//`, `=`, `1.`, `(`, `;`."""
NOT_PRINTED = re.compile(r"[^ -~\u00a0\u00c0-\u017f–—‘’“”…•€−×·÷±≤≥≠≈→←⇒∞√∂∇∑∈⋆⌊⌋⌈⌉²³ᵀ⏎✓α-ωΑ-Ωϕϵ]")
"""What the fonts that come with Typst may lack; as in LaTeX, a plainer letter or its number
is printed instead."""
BREAKABLE = re.compile(r"(?<=[,.=/:+*_])(?=[\w(])")


def escape(text: str) -> str:
    """Foreign text as Typst prints it, on one line."""
    return ACTIVE.sub(lambda found: f"\\{found[0]}", printed(text).replace("'", "’"))


def string(text: str) -> str:
    """A string in Typst's code: nothing in it acts."""
    escaped = text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
    return f'"{escaped}"'


def code(text: str) -> str:
    """One line of code, free to break where a reader would break it."""
    return f"#code({', '.join(map(string, BREAKABLE.split(printed(text.expandtabs(4)))))})"


def printed(text: str) -> str:
    """The text on one line, with numbers for the characters that may have no glyph."""
    line = visible(text)
    if line.isascii():
        return line
    return NOT_PRINTED.sub(lambda found: substitute(found[0]), normalize("NFC", line))


def substitute(character: str) -> str:
    """What is printed for a character that may have no glyph."""
    return nearest(character, is_printed) or f"U+{ord(character):04X}"


def is_printed(letter: str) -> bool:
    """Whether our fonts have a letter of the Latin alphabet for sure."""
    return letter <= "\u017f" and not NOT_PRINTED.match(letter)
