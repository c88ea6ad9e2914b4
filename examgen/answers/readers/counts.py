"""Numbers of things in words (`none`, `no parameters`, `three`), and squares by their side."""

import re

from examgen.answers.notation.normal import Normal
from examgen.answers.notation.words import UNITS

NUMBERS_TEXT = "zero one two three four five six seven eight nine ten eleven twelve"
NUMBERS = NUMBERS_TEXT.split()
NOTHING = frozenset({"0", "zero", "none", "nothing", "no"})
WORDED = re.compile(r"[A-Za-z0\s(),.]{1,80}")
SQUARE = re.compile(
    r"\s*([0-9]{1,9})\s?(x|X|by|\*)\s?([0-9]{1,9})(?:\s?(?:px|pix|pixels?|units?|entries))?\s*\.?\s*"
)
MULTIPLY_ADDS = re.compile(r"multiply(?:\s|\s?-\s?)(?:adds?|accumulates?)(?![A-Za-z])", re.I)


def with_one_word(normal: Normal) -> Normal:
    """The text with `macs` for what are two words elsewhere, `multiply–adds`."""
    text = MULTIPLY_ADDS.sub(lambda match: "macs".ljust(len(match[0])), normal.text)
    return Normal(text, normal.places, normal.raw)


def worded(text: str) -> int | None:
    """The number that a text says in words, None where it says none or more than that."""
    if not WORDED.fullmatch(text):
        return None
    words = re.findall(r"[a-z0]+", text.lower())
    said = [word for word in words if word not in UNITS]
    if len(said) == 1 and said[0] in NUMBERS:
        return NUMBERS.index(said[0])
    if said == ["no"] == words or said.count("0") > 1 or not set(said) <= NOTHING:
        return None
    return 0 if set(said) - {"0"} else None


def side_of_square(normal: Normal) -> int | None:
    """The side of a square such as `8x8`; a product with `*` is none."""
    match = SQUARE.fullmatch(normal.text)
    if match is None or int(match[1]) != int(match[3]):
        return None
    if match[2] == "*" and normal.raw[normal.at(match.start(2))] != "×":
        return None
    return int(match[1])
