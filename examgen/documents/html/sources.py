"""The TeX of a formula, beside its MathML where a copy of that would lose something."""

from __future__ import annotations

import re
from itertools import zip_longest

from examgen.documents.html.elements import LEAVES, Element, leaf

SINGLE_MARKS = frozenset("′″∗⊤")
MARKS = SINGLE_MARKS | {"("}
"""What a raised index begins with that is no power."""
SPACE = re.compile(
    r"(\\text\w*\{[^{}]*\}|\\[A-Za-z]+ (?=[A-Za-z])|\\begin\{\w+\} (?=\[)|\\\\ (?=[*\[])|\\.|"
    r"& (?=[A-Za-z]))| "
)
"""Space in TeX, of which only that counts which stands in what is found first.

Text keeps it, a name before a letter, and a row or table before what else would be a length or an
option; after an ampersand HTML needs it before a letter.
"""


def annotate(root: Element, source: str) -> None:
    """Puts the source beside the formula, which is one element then."""
    shown = root.inside if len(root.inside) == 1 else [Element("mrow", {}, inside=root.inside)]
    note = leaf("annotation", {"encoding": "application/x-tex"}, without_space(source))
    root.inside = [Element("semantics", {}, inside=[*shown, note])]


def without_space(tex: str) -> str:
    """The same TeX without space that it does not need."""
    return "".join(filter(None, SPACE.split(tex)))


def says_itself(shown: list[Element]) -> bool:
    """Whether what one copies of a formula tells all of it.

    So does a row of signs and of letters with a number or a single mark, or one letter with any
    index.
    """
    return is_clear(shown) or (len(shown) == 1 and is_marked_letter(shown[0]))


def is_clear(shown: list[Element]) -> bool:
    """Whether these are signs and letters of which a copy keeps what belongs to what."""
    for each, after in zip_longest(shown, shown[1:]):
        if each.tag == "mrow":
            if not is_clear(each.inside):
                return False
        elif each.tag not in LEAVES and not (is_numbered_letter(each) and not is_number(after)):
            return False
    return True


def is_number(node: Element | None) -> bool:
    """Whether a number follows."""
    return node is not None and node.tag == "mn"


def is_numbered_letter(node: Element) -> bool:
    """Whether it is a letter with a number for its index, or with a mark: x1 and W⊤ are clear."""
    if node.tag not in ("msub", "msup") or node.inside[0].tag != "mi":
        return False
    mark = node.inside[1].text
    return mark.isdecimal() if node.tag == "msub" else mark in SINGLE_MARKS


def is_marked_letter(node: Element) -> bool:
    """Whether it is a letter with an index, and no power: copied, that would be another number."""
    if node.tag not in ("msub", "msup") or not all(map(is_row, node.inside)):
        return False
    letter, mark = node.inside
    begins = mark.inside[0] if mark.inside else mark
    return letter.tag == "mi" and (node.tag == "msub" or begins.text in MARKS)


def is_row(node: Element) -> bool:
    """Whether it has nothing but signs, one after the other."""
    return node.tag in LEAVES or (node.tag == "mrow" and all(map(is_row, node.inside)))
