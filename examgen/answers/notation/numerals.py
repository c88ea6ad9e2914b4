"""Numbers as they are written: grouped digits, decimals, powers of ten, vulgar fractions."""

import re
import unicodedata
from fractions import Fraction
from typing import NamedTuple

from examgen.answers.limits import POWER_BITS
from examgen.answers.notation.conventions import Encounter
from examgen.answers.notation.grammar import Grammar
from examgen.answers.notation.normal import is_vulgar_fraction
from examgen.answers.reading import PLAIN, Unreadable, Written
from examgen.answers.visible import quoted
from examgen.exact import rational

GROUPED = re.compile(
    r"[1-9][0-9]{0,2}(?P<s>,|\{,\}|\\,|'| )[0-9]{3}(?:(?P=s)[0-9]{3})*(?![0-9])(?!(?P=s)[0-9])"
)
DIGITS = re.compile(r"[0-9]+(?:_[0-9]+)*|(?=\.)")
COMMA = re.compile(r"[0-9]{1,70},[0-9]{1,70}(?![0-9]|,[0-9])")
FRACTION = re.compile(r"\.([0-9]+(?:_[0-9]+)*)?(?!\.?[0-9])")
POWER = re.compile(r"([eE])([-+]?)([0-9]+)(?![0-9.])")
LARGEST_POWER = POWER_BITS * 1000 // 3322  # log2(10) is 3.3219...
GOES_ON = re.compile(r"\s?\.\.\.")


class Numeral(NamedTuple):
    """A number, how it was written, and where it ends."""

    value: int | Fraction
    written: Written
    end: int


def read(
    text: str, index: int, at: int, grammar: Grammar, encounter: Encounter, depth: int
) -> Numeral:
    """The number that begins at `index`."""
    if grammar.grouping and depth == 0 and (match := COMMA.match(text, index)):
        grouped = GROUPED.match(text, index)
        if not (grouped and grammar.whole) and encounter.meet("decimal_comma"):
            whole, fraction = match[0].split(",")
            return decimal(whole, fraction, match.end(), at, grammar)
    digits, end = whole_digits(text, index, at, grammar)
    fraction = ""
    if text.startswith(".", end) and not text.startswith("...", end):
        fraction, end = decimals(text, end, at)
    power = POWER.match(text, end)
    if power and is_scientific(power, text[index:end], grammar, encounter):
        return scientific(digits, fraction, power, at, grammar)
    if not text.startswith(".", end - 1) and not fraction:
        check_digits(digits, at, grammar)
        return Numeral(int(digits), PLAIN, end)
    return decimal(digits, fraction, end, at, grammar, text)


def whole_digits(text: str, index: int, at: int, grammar: Grammar) -> tuple[str, int]:
    """The digits before the point, without what groups them."""
    match = GROUPED.match(text, index) if grammar.grouping else None
    if match and match["s"] == " " and text[match.end() :].lstrip()[:1] == "/":
        raise Unreadable(f"{quoted(match[0])} can be one number or two; please write *", at)
    match = match or DIGITS.match(text, index)
    assert match is not None
    return "".join(filter(str.isdecimal, match[0])) or "0", match.end()


def decimals(text: str, index: int, at: int) -> tuple[str, int]:
    """The digits after the point, and where they end."""
    match = FRACTION.match(text, index)
    if match is None:
        raise Unreadable("a number with two points", at)
    return (match[1] or "").replace("_", ""), match.end()


def is_scientific(
    power: re.Match[str], mantissa: str, grammar: Grammar, encounter: Encounter
) -> bool:
    """Whether e and digits after a number are a power of ten, not the number e."""
    printed = "." in mantissa and len(power[3]) >= 2
    if power[1] == "E" or not power[2] or not grammar.euler or printed:
        return True
    return encounter.meet("scientific")


def scientific(
    digits: str, fraction: str, power: re.Match[str], at: int, grammar: Grammar
) -> Numeral:
    """A number times a power of ten."""
    check_digits(digits + fraction, at, grammar)
    if len(power[3]) > 5 or int(power[3]) > LARGEST_POWER:
        raise Unreadable(f"powers of ten beyond {LARGEST_POWER} are not read", at)
    exponent = int(power[2] + power[3])
    value = Fraction(int(digits + fraction)) * Fraction(10) ** (exponent - len(fraction))
    places = max(0, len(fraction) - exponent)
    return Numeral(rational(value), Written(places) if places else PLAIN, power.end())


def decimal(
    digits: str, fraction: str, end: int, at: int, grammar: Grammar, text: str = ""
) -> Numeral:
    """A number with a decimal point, as the exact rational it writes."""
    check_digits(digits + fraction, at, grammar)
    value = rational(Fraction(int(digits + fraction), 10 ** len(fraction)))
    goes_on = GOES_ON.match(text, end) if fraction else None
    written = Written(len(fraction), open_ended=bool(goes_on)) if fraction else PLAIN
    return Numeral(value, written, goes_on.end() if goes_on else end)


def check_digits(digits: str, at: int, grammar: Grammar) -> None:
    """Refuse a number that is too long, before it is converted."""
    if len(digits) > grammar.limits.digits:
        raise Unreadable(
            f"a number of {len(digits)} digits; at most {grammar.limits.digits} are read", at
        )


def vulgar(character: str) -> Fraction | None:
    """The value of a character such as ½, None for any other."""
    if not is_vulgar_fraction(character):
        return None
    above, _, below = unicodedata.normalize("NFKC", character).partition("⁄")
    return Fraction(int(above), int(below))
