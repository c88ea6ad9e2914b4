"""Operators of MathML without what MathML Core's dictionary says of them already."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from examgen.documents.html.elements import Element, leaf

FENCES = frozenset("()[]⟨⟩")
"""Each is only ever an opening or only a closing one, wherever it stands."""
CLOSING = frozenset(")]⟩}⌋⌉‖|!")
"""After these a plus or minus stands between two terms."""
PLAIN = frozenset("+−±=,.;:⋅×⋆·/<>≤≥≠≈∈⊙∘\u2061")
"""Signs of one size, whatever stands beside them."""
SIGNED = frozenset("+−±")
"""Signs that as a prefix have no space around them."""
BEFORE_SIGN = PLAIN | frozenset("([⟨{⌊")
"""After these a minus is the sign of what follows."""
AROUND_PRODUCTS = {"lspace": ".2222em", "rspace": ".2222em"}
"""TeX's space; the dictionary's is less, which shows better that a product binds tighter."""
LESS_SPACE = {
    "/": {("0", "0"): "close"},
    "word": {(".1667em", ".1667em"): "fn", ("0", ".1667em"): "fn1"},
}
"""The class of an operator that has less space before and after it than the dictionary says.

It says the same of all words, and of most signs that they have what suits them.
"""
AFTER_COMMA = 1 / 6
"""The space after a comma, in em."""


def operated(row: list[Element]) -> list[Element]:
    """The same row, its operators thinned, each one with the number or space that follows it."""
    written: list[Element] = []
    before: Element | None = None
    for each in row:
        if each.tag == "mo":
            written.append(thin_operator(each, signs=len(row) == 1 or signs_after(before)))
        elif before is not None and before.tag == "mo" and (one := merged(written, each)):
            written[-1] = one
        else:
            written.append(each)
        before = each
    return written


def signs_after(before: Element | None) -> bool:
    """Whether a plus or minus after this is a sign, though it does not begin the row."""
    if before is None or before.tag not in ("mo", "mspace"):
        return False
    return before.text not in CLOSING or before.given.get("form") == "prefix"


def merged(before: list[Element], node: Element) -> Element | None:
    """A number with its sign, or an operator with the space after it."""
    if node.tag == "mn" and is_sign(before):
        return negative(node)
    if node.tag == "mspace" and (space := space_after(before[-1])) is not None:
        return set_apart(before[-1], space + ems(node.given["width"]))
    return None


def is_sign(before: list[Element]) -> bool:
    """Whether what comes last is a minus of which no number is taken away."""
    last = before[-1]
    if last.text != "−" or last.tag != "mo" or last.given.keys() - {"form"}:
        return False
    return len(before) == 1 or (before[-2].tag == "mo" and before[-2].text in BEFORE_SIGN)


@lru_cache(maxsize=1024)
def negative(number: Element) -> Element:
    """A number with its sign."""
    return leaf("mn", number.given, f"−{number.text}")


def space_after(node: Element) -> float | None:
    """How much space there is after an operator, in em; None where that is hard to say."""
    if "rspace" in node.given:
        return ems(node.given["rspace"])
    return AFTER_COMMA if node.text == "," else None


@lru_cache(maxsize=256)
def set_apart(operator: Element, space: float) -> Element:
    """An operator with so much space after it, in em."""
    return leaf("mo", {**operator.given, "rspace": f"{space:.3g}em"}, operator.text)


def ems(length: str) -> float:
    """A length in em."""
    return float(length.removesuffix("em"))


@lru_cache(maxsize=4096)
def thin_operator(node: Element, *, signs: bool) -> Element:
    """An operator without what the dictionary says of it.

    The converter gives a plus or minus no space where it is a sign, and in small type. There it
    may have the usual space; what is no sign must not be read as one.
    """
    given = dict(node.given)
    for name in given.keys() & {"lspace", "rspace"}:
        given[name] = given[name].replace("0.", ".")
    if node.text in SIGNED and given == {"lspace": "0", "rspace": "0"}:
        given = {"form": "prefix"} if signs else {}
    if node.text in FENCES and given and set(given.values()) == {".1667em"}:
        given = {}
    kind = "word" if node.text.isalpha() and len(node.text) > 1 else node.text
    if kind in LESS_SPACE:
        given = with_less_space(given, LESS_SPACE[kind])
    if given == AROUND_PRODUCTS:
        given = {}
    return leaf("mo", given, node.text)


def with_less_space(
    given: dict[str, str], classes: Mapping[tuple[str, str], str]
) -> dict[str, str]:
    """The same, by a class if there is one for the space before and after."""
    name = classes.get((given.get("lspace", ""), given.get("rspace", "")))
    return {"class": name} if name and len(given) == 2 else given


def is_plain(node: Element) -> bool:
    """Whether it is an operator of one size, whatever stands beside it."""
    if node.tag != "mo":
        return False
    return node.text in PLAIN or node.text.isalpha() or node.given.get("stretchy") == "false"


def stretches(node: Element) -> bool:
    """Whether it is as tall as what stands in its row."""
    return node.tag == "mo" and not is_plain(node)
