"""The same characters for the same thing: Unicode's many signs made plain ones.

Every character remembers where it stood in the raw text, so that messages can point at it.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from examgen.answers.limits import Limits
from examgen.answers.reading import Unreadable
from examgen.exact.effort import spend_reserve

SIGNS = {
    **dict.fromkeys("‐‑‒–—―−﹣－⁃", "-"),
    **dict.fromkeys("×⨯✕✖·⋅∙•∗⨉", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("“”„‟«»", '"'),
    **dict.fromkeys("‘’‚‛′´", "'"),
    **dict.fromkeys("≈≃≅∼", "≈"),
    **dict.fromkeys("∶：", ":"),
    **dict.fromkeys("⟨〈", "("),
    **dict.fromkeys("⟩〉", ")"),
    **dict.fromkeys("\u2028\u2029\x85\v\f\r", "\n"),
    "ᵀ": "^T",
    "⊤": "^T",
    "…": "...",
    "⋯": "...",
    "≔": "=",
    "ς": "σ",
    "∅": "∅",
    "Ø": "∅",
    "ø": "∅",
}
KEPT = frozenset("√πσ∞∅≈⌊⌋⌈⌉±")
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ", "0123456789+-()n", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\ufeff\xad")


@dataclass(frozen=True)
class Normal:
    """A normalised text and the place of each of its characters in the raw one."""

    text: str
    places: Sequence[int]
    raw: str

    def at(self, index: int) -> int:
        """Where the character at `index` stood in the raw text."""
        return self.places[index] if index < len(self.places) else len(self.raw)


def normalise(raw: str, limits: Limits) -> Normal:
    """Replace look-alikes, superscripts, full-width characters; drop invisible ones."""
    if len(raw) > limits.characters:
        raise Unreadable(
            f"the answer has {len(raw)} characters; at most {limits.characters} are read"
        )
    if raw.isascii() and "\r" not in raw:
        return Normal(raw, range(len(raw)), raw)
    spend_reserve(len(raw) // 2)
    text: list[str] = []
    places: list[int] = []
    for index, character in enumerate(raw):
        piece = plain_characters(raw, index, character)
        text.append(piece)
        places.extend([index] * len(piece))
    return Normal("".join(text), places, raw)


def plain_characters(raw: str, index: int, character: str) -> str:
    """What stands for one character of the raw text."""
    if character.isascii() and character not in SIGNS:
        return character
    if character in INVISIBLE:
        return ""
    if character in SUPERSCRIPTS:
        return run(raw, index, SUPERSCRIPTS, "^(", ")")
    if character in SUBSCRIPTS:
        return run(raw, index, SUBSCRIPTS, "_", "")
    if character in SIGNS:
        return SIGNS[character]
    if character in KEPT or is_vulgar_fraction(character):
        return character
    return " " if character.isspace() else compatible(character)


def run(raw: str, index: int, marks: dict[str, str], before: str, after: str) -> str:
    """A raised or lowered character, with brackets where its run begins and ends."""
    opens = index == 0 or raw[index - 1] not in marks
    closes = index + 1 == len(raw) or raw[index + 1] not in marks
    return (before if opens else "") + marks[raw[index]] + (after if closes else "")


def is_vulgar_fraction(character: str) -> bool:
    """Whether it is one character for a fraction, such as ½ (NFKC would make 2½ into 21/2)."""
    return "\xbc" <= character <= "\xbe" or "\u2150" <= character <= "\u215e"


def compatible(character: str) -> str:
    """NFKC of one character; what comes out is made plain once more."""
    pieces = unicodedata.normalize("NFKC", character)
    if pieces == character:
        return character
    return "".join(SIGNS.get(piece, piece) for piece in pieces)
