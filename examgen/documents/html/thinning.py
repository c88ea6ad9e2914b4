"""MathML in fewer bytes that looks the same: a key has hundreds of formulas.

What is taken out is what a browser takes for granted: attributes that say what MathML Core's
operator dictionary says already, rows around a single thing, and what the style sheet can say of
a whole table in place of its cells.

A formula is read once, each element thinned when it ends. What has no elements in it, nine of ten
kinds, is the same object wherever it stands, written but once; so it is never changed.
"""

from __future__ import annotations

from examgen.documents.html.elements import LEAVES, TOKENS, Element, begun, text_of
from examgen.documents.html.operators import FENCES, is_plain, operated, stretches
from examgen.documents.html.sources import annotate, says_itself

ROWS = frozenset(("math", "mtd", "msqrt", "mstyle", "mrow"))
"""What lays its children out as a row: a row around all of them is one too many."""
ENDS = frozenset(f"/{tag}>" for tag in LEAVES)
ALONE = TOKENS | {"mfrac", "msqrt", "mrow"}
"""What is the same without a row around it alone; an operator would be none any more."""
RIGHT = "text-align: right;justify-items: end;padding-right: 0;"
LEFT = "text-align: left;justify-items: start;padding-left: 0;"
CASE = "text-align: left;justify-items: start;padding-right: 0;"
WHOLE = {(RIGHT, LEFT): "aligned", (CASE, f"{CASE}padding-left:1em;"): "cases"}
"""How the cells of a row are set, in turn, and the class of a table where all rows are so."""


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
