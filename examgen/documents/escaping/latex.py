r"""Foreign text in LaTeX: every character that TeX would act on becomes one that it prints."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from examgen.documents.escaping.letters import nearest, spelled_out
from examgen.faults import visible

SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "\u00a0": "~",
    "–": r"\textendash{}",
    "—": r"\textemdash{}",
    "‘": r"\textquoteleft{}",
    "’": r"\textquoteright{}",
    "“": r"\textquotedblleft{}",
    "”": r"\textquotedblright{}",
    "…": r"\ldots{}",
    "•": r"\textbullet{}",
    "€": r"\texteuro{}",
}
MATH = {
    "−": "-",
    "×": r"\times",
    "·": r"\cdot",
    "÷": r"\div",
    "±": r"\pm",
    "≤": r"\le",
    "≥": r"\ge",
    "≠": r"\ne",
    "≈": r"\approx",
    "→": r"\to",
    "←": r"\leftarrow",
    "⇒": r"\Rightarrow",
    "∞": r"\infty",
    "√": r"\surd",
    "∂": r"\partial",
    "∇": r"\nabla",
    "∑": r"\sum",
    "∈": r"\in",
    "⋆": r"\star",
    "⟨": r"\langle",
    "⟩": r"\rangle",
    "‖": r"\Vert",
    "⌊": r"\lfloor",
    "⌋": r"\rfloor",
    "⌈": r"\lceil",
    "⌉": r"\rceil",
    "′": r"^\prime",
    "²": "^2",
    "³": "^3",
    "ᵀ": r"^\top",
    "⏎": r"\hookleftarrow",
    "✓": r"\checkmark",
    "α": r"\alpha",
    "β": r"\beta",
    "γ": r"\gamma",
    "δ": r"\delta",
    "ε": r"\varepsilon",
    "η": r"\eta",
    "θ": r"\theta",
    "λ": r"\lambda",
    "μ": r"\mu",
    "π": r"\pi",
    "σ": r"\sigma",
    "φ": r"\varphi",
    "Δ": r"\Delta",
    "Σ": r"\Sigma",
    "Ω": r"\Omega",
}
TEXT_ONLY = SPECIAL | {sign: rf"\ensuremath{{{tex}}}" for sign, tex in MATH.items()}
IN_CODE = {"'": r"\textquotesingle{}", "`": r"\textasciigrave{}", " ": r"\ "}
AS_TEXT = str.maketrans(TEXT_ONLY)
AS_CODE = str.maketrans(TEXT_ONLY | IN_CODE)
NOT_IN_FONT = frozenset("ĦħĲĳĿŀŉŦŧĸſ")
"""Letters of Latin Extended-A that the T1 encoding or its typewriter type lacks."""
PLAIN = re.compile(r"[A-Za-z0-9 ;:/()]*(?:[,.][A-Za-z0-9 ;:/()]+)*[.,]?")
"""Most texts: nothing in them means anything to LaTeX."""
NUMBERS = re.compile(r"\[*-?[0-9]+(?:\]*, \[*-?[0-9]+)*\]*")
"""What most answers are, a whole number or an array of them: only its spaces mean anything."""
LIGATURE = re.compile(r"[-'`,!?](?=[-'`,])")
BREAKABLE = re.compile(r"[,.=/:+*](?=[\w(])|\\_(?=\w)")


@lru_cache(maxsize=4096)
def escape(text: str) -> str:
    """Foreign text as LaTeX prints it, on one line; what its fonts lack becomes U+0416.

    Letters lose accents rather than that: Nguyễn is printed Nguyên.
    """
    if PLAIN.fullmatch(text):
        return text
    return LIGATURE.sub(split, spelled(visible(text), AS_TEXT))


@lru_cache(maxsize=4096)
def code(text: str) -> str:
    r"""One line of code for `\texttt`: quotes straight, every space kept, free to break."""
    if NUMBERS.fullmatch(text):
        return text.replace(" ", r"\ ")
    escaped = spelled(visible(text.expandtabs(4)), AS_CODE)
    return BREAKABLE.sub(breakable, LIGATURE.sub(split, escaped))


def split(found: re.Match[str]) -> str:
    """A character that does not join with the next."""
    return found[0] + "{}"


def breakable(found: re.Match[str]) -> str:
    """A character after which a line may end."""
    return found[0] + r"\allowbreak{}"


def spelled(line: str, table: dict[int, str]) -> str:
    """Printable text with what *table* says for some characters."""
    if line.isascii():
        return line.translate(table)
    characters = normalize("NFC", line)
    return "".join(table.get(ord(each)) or printed(each) for each in characters)


def printed(character: str) -> str:
    """One character as LaTeX source."""
    if character in TEXT_ONLY:
        return TEXT_ONLY[character]
    if " " <= character <= "~" or is_in_font(character):
        return character
    letter = nearest(character, is_in_font)
    if letter is None:
        return rf"\texttt{{{spelled_out(character)}}}"
    return TEXT_ONLY.get(letter, letter)


def can_print(text: str) -> bool:
    """Whether a reader finds all letters of a text in print, though some without their accents."""
    return text.isascii() or not any(
        spelled_out(each) in printed(each) for each in normalize("NFC", visible(text))
    )


def is_in_font(letter: str) -> bool:
    """Whether our fonts have a letter."""
    if letter.isascii():
        return letter.isalpha()
    return "\u00c0" <= letter <= "\u017f" and letter not in NOT_IN_FONT
