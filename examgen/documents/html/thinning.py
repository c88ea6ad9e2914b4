"""MathML in fewer bytes that looks the same: a key has hundreds of formulas.

What is taken out is what a browser takes for granted: attributes that say what MathML Core's
operator dictionary says already, rows around a single thing, and what the style sheet can say of
a whole table in place of its cells.

A formula is read once, each element thinned when it ends. What has no elements in it, nine of ten
kinds, is the same object wherever it stands, written but once; so it is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape
from itertools import zip_longest

from examgen.documents.html.slim import attributes

ROWS = frozenset(("math", "mtd", "msqrt", "mstyle", "mrow"))
"""What lays its children out as a row: a row around all of them is one too many."""
TOKENS = frozenset(("mi", "mn", "mtext", "mspace"))
LEAVES = TOKENS | {"mo"}
ENDS = frozenset(f"/{tag}>" for tag in LEAVES)
ALONE = TOKENS | {"mfrac", "msqrt", "mrow"}
"""What is the same without a row around it alone; an operator would be none any more."""
FENCES = frozenset("()[]⟨⟩")
"""Each is only ever an opening or only a closing one, wherever it stands."""
CLOSING = frozenset(")]⟩}⌋⌉‖|!")
PLAIN = frozenset("+−±=,.;:⋅×⋆·<>≤≥≠≈∈⊙\u2061")
"""Signs of one size, whatever stands beside them."""
SIGNED = frozenset("+−±")
"""Signs that as a prefix have no space around them."""
BEFORE_SIGN = PLAIN | frozenset("([⟨{⌊")
"""After these a minus is the sign of what follows."""
RIGHT = "text-align: right;justify-items: end;padding-right: 0;"
LEFT = "text-align: left;justify-items: start;padding-left: 0;"
CASE = "text-align: left;justify-items: start;padding-right: 0;"
WHOLE = {(RIGHT, LEFT): "aligned", (CASE, f"{CASE}padding-left:1em;"): "cases"}
"""How the cells of a row are set, in turn, and the class of a table where all rows are so."""
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
AMPERSAND = re.compile("&amp;(?![A-Za-z#])")
"""One that begins no character's name."""
GIVEN = re.compile(r'\s([\w-]+)="([^"]*)"')


@dataclass(slots=True, eq=False)
class Element:
    """An element with what stands in it; of one that is a leaf, how it is written."""

    tag: str
    given: dict[str, str]
    text: str = ""
    written: str = ""
    inside: list[Element] = field(default_factory=list)


def thinned(written: str, source: str) -> str:
    """The same formula, thinned, annotated with its source where its text does not say it."""
    root = read(written)
    if not says_itself(root.inside):
        annotate(root, source)
    return text_of(root)


def read(written: str) -> Element:
    """A formula as the converter writes it, thinned from the inside out."""
    page = Element("", {})
    around = [page]
    for piece in written.split("<")[1:]:
        if piece in ENDS:
            continue
        if piece[0] == "/":
            thin(around.pop())
            continue
        found = known = begun(piece)
        if not known.written:
            found = Element(known.tag, dict(known.given))
        around[-1].inside.append(found)
        if found is not known and not piece.endswith("/>"):
            around.append(found)
    return page.inside[0]


@lru_cache(maxsize=4096)
def begun(piece: str) -> Element:
    """The element that begins with what stands between two `<`; a leaf is all there."""
    start, _, text = piece.partition(">")
    tag = start.partition(" ")[0].rstrip("/")
    given = {name: unescape(value) for name, value in GIVEN.findall(start)}
    return leaf(tag, given, unescape(text)) if tag in LEAVES else Element(tag, given)


def leaf(tag: str, given: dict[str, str], text: str) -> Element:
    """An element with nothing but text in it."""
    return Element(tag, given, text, tagged(tag, given, escaped(text)))


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


def annotate(root: Element, source: str) -> None:
    """Puts the source beside the formula, which is one element then."""
    shown = root.inside if len(root.inside) == 1 else [Element("mrow", {}, inside=root.inside)]
    note = leaf("annotation", {"encoding": "application/x-tex"}, without_space(source))
    root.inside = [Element("semantics", {}, inside=[*shown, note])]


def without_space(tex: str) -> str:
    """The same TeX without space that it does not need."""
    return "".join(filter(None, SPACE.split(tex)))


def thin(node: Element) -> None:
    """Thins an element, after what is in it."""
    if node.tag == "mtable":
        thin_table(node)
    if node.tag in ROWS:
        thin_row(node)
    node.inside = [only(child) if child.tag == "mrow" else child for child in node.inside]


def only(row: Element) -> Element:
    """A row's only child, where that is no operator: alone it would be none."""
    alone = len(row.inside) == 1 and not row.given and row.inside[0].tag in ALONE
    return row.inside[0] if alone else row


def thin_row(row: Element) -> None:
    """A row without rows in it that make no difference, its operators without defaults."""
    children = [
        only(child) if child.tag == "mrow" else child
        for child in row.inside
        if child.tag != "mspace" or child.given
    ]
    if len(children) == 1 and children[0].tag == "mrow":
        children = children[0].inside
    if any(child.tag == "mrow" for child in children):
        children = around_one_table([each for child in children for each in spread(child)])
    row.inside = (
        list(children) if len(children) == 1 and children[0].tag != "mo" else operated(children)
    )


def signs_after(before: Element | None) -> bool:
    """Whether a plus or minus after this is a sign, though it does not begin the row."""
    if before is None or before.tag not in ("mo", "mspace"):
        return False
    return before.text not in CLOSING or before.given.get("form") == "prefix"


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


def around_one_table(children: list[Element]) -> list[Element]:
    """The same without the row around a table's fences, where nothing else could stretch them."""
    tall = [each for each in children if each.tag not in TOKENS and not is_plain(each)]
    if len(tall) != 1 or not is_fenced_table(tall[0]):
        return children
    position = children.index(tall[0])
    return [*children[:position], *tall[0].inside, *children[position + 1 :]]


def is_fenced_table(node: Element) -> bool:
    """Whether it is a row of a table with its two fences."""
    tags = [each.tag for each in node.inside]
    ends = node.tag == "mrow" and tags == ["mo", "mtable", "mo"] and not node.given
    return ends and node.inside[0].text in FENCES and node.inside[2].text in FENCES


def spread(node: Element) -> list[Element]:
    """The children of a row whose operators mean the same in the row around it, or the node."""
    if node.tag != "mrow" or node.given:
        return [node]
    for each in (node.inside[0], node.inside[-1]) if node.inside else ():
        if each.tag not in TOKENS and each.text not in FENCES:
            return [node]
    return [node] if any(map(stretches, node.inside)) else node.inside


def is_plain(node: Element) -> bool:
    """Whether it is an operator of one size, whatever stands beside it."""
    return node.tag == "mo" and (node.text in PLAIN or node.given.get("stretchy") == "false")


def stretches(node: Element) -> bool:
    """Whether it is as tall as what stands in its row."""
    return node.tag == "mo" and not is_plain(node)


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


def thin_table(table: Element) -> None:
    """A table whose style sheet knows how its cells are set."""
    for default in ("displaystyle", "scriptlevel"):
        table.given.pop(default, None)
    rows = [row.inside for row in table.inside]
    for styles, name in WHOLE.items():
        cells = [(cell, styles[i % len(styles)]) for row in rows for i, cell in enumerate(row)]
        if all(cell.given.get("style") == style for cell, style in cells):
            table.given["class"] = name
            for cell, _ in cells:
                del cell.given["style"]
            return


def text_of(node: Element) -> str:
    """As it is written in a page."""
    if node.written:
        return node.written
    return tagged(node.tag, node.given, "".join([text_of(each) for each in node.inside]))


def tagged(tag: str, given: dict[str, str], inner: str) -> str:
    """An element of which everything is said."""
    said = attributes(given) if given else ""
    if inner:
        return f"<{tag}{said}>{inner}</{tag}>"
    return f"<{tag}{said} />" if said else f"<{tag}/>"


def escaped(text: str) -> str:
    """As text that is short."""
    return AMPERSAND.sub("&", escape(text, quote=False))
