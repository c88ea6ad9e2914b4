"""Foreign text in Typst: every sign that its markup could act on is escaped."""

from __future__ import annotations

import re
from unicodedata import normalize

from examgen.documents.escaping.letters import nearest, spelled_out
from examgen.faults import visible

ACTIVE = re.compile(r"[\"#$'()*+\-./:;<=>@\[\\\]^_`{|}~]")
"""Some act only in pairs, at the beginning of a line or after a call: `//`, `=`, `1.`, `(`, `;`."""
LETTERS = (
    r"\u00c0-\u024f\u1e00-\u1eff"  # Latin, Vietnamese and transliterations too
    r"\u0386-\u03ce\u1f00-\u1fff"  # Greek
    r"\u0400-\u0481\u048a-\u04ff"  # Cyrillic
    r"\u0531-\u0556\u0561-\u0587\u10d0-\u10f0"  # Armenian, Georgian
)
"""Those of which all are in the serif font that comes with Typst."""
NOT_PRINTED = re.compile(rf"[^ -~\u00a0{LETTERS}–—‘’“”…•€−×·÷±≤≥≠≈→←⇒∞√∂∇∑∈⋆⌊⌋⌈⌉²³ᵀ⏎✓ϕϵ]")
"""What these fonts may lack; as in LaTeX, a plainer letter or its number is printed instead."""
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
    letter = nearest(character, is_printed)
    return spelled_out(character) if letter is None else letter


def can_print(text: str) -> bool:
    """Whether a reader finds all letters of a text in print, though some without their accents."""
    return text.isascii() or not any(
        substitute(each) == spelled_out(each)
        for each in NOT_PRINTED.findall(normalize("NFC", visible(text)))
    )


def is_printed(letter: str) -> bool:
    """Whether our fonts have a letter for sure."""
    return not NOT_PRINTED.match(letter)
