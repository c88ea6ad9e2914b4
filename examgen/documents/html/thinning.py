"""MathML in fewer bytes that looks the same: a key has hundreds of formulas.

What is taken out is what a browser takes for granted: attributes that say what MathML Core's
operator dictionary says already, rows around a single thing, and what the style sheet can say of
a whole table in place of its cells.
"""

from __future__ import annotations

from html import escape
from xml.etree import ElementTree

Node = ElementTree.Element
ENTITIES = {"&ApplyFunction;": "\u2061"}
ROWS = frozenset(("math", "mtd", "msqrt", "mstyle", "mrow"))
"""What lays its children out as a row: a row around all of them is one too many."""
TOKENS = frozenset(("mi", "mn", "mtext", "mspace"))
FENCES = frozenset("()[]⟨⟩")
"""Each is only ever an opening or only a closing one, wherever it stands."""
PLAIN = frozenset("+−±=,.;:⋅×⋆·<>≤≥≠≈∈⊙\u2061")
"""Signs of one size, whatever stands beside them."""
SIGNED = frozenset("+−±")
"""Signs that as a prefix have no space around them."""
RIGHT = "text-align: right;justify-items: end;padding-right: 0;"
LEFT = "text-align: left;justify-items: start;padding-left: 0;"
CASE = "text-align: left;justify-items: start;padding-right: 0;"
WHOLE = {(RIGHT, LEFT): "aligned", (CASE, f"{CASE}padding-left:1em;"): "cases"}
"""How the cells of a row are set, in turn, and the class of a table where all rows are so."""
BY_CLASS = (("lspace", ".2222em"), ("rspace", ".2222em"))
"""The space that TeX has around a product; the dictionary has less."""


def thinned(written: str, source: str) -> str:
    """The same formula, thinned, with its source as an annotation unless that is empty."""
    for name, character in ENTITIES.items():
        written = written.replace(name, character)
    root = ElementTree.fromstring(written)
    thin(root)
    if source:
        annotate(root, source)
    return text_of(root)


def annotate(root: Node, source: str) -> None:
    """Puts the source beside the formula, which is one element then."""
    semantics = Node("semantics")
    if len(root) != 1:
        row = ElementTree.SubElement(semantics, "mrow")
        row[:] = root
    else:
        semantics[:] = root
    note = ElementTree.SubElement(semantics, "annotation", encoding="application/x-tex")
    note.text = source
    root[:] = [semantics]


def thin(node: Node) -> None:
    """Thins what is in a node, from the inside out."""
    for child in node:
        thin(child)
    if node.tag == "mtable":
        thin_table(node)
    if node.tag in ROWS:
        thin_row(node)
    node[:] = [only(child) for child in node]


def only(node: Node) -> Node:
    """A row's only child, where that is no operator: alone it would be none."""
    alone = node.tag == "mrow" and len(node) == 1 and not node.attrib
    return node[0] if alone and node[0].tag in TOKENS | {"mfrac", "msqrt", "mrow"} else node


def thin_row(row: Node) -> None:
    """A row without rows in it that make no difference, its operators without defaults."""
    children = [only(child) for child in row if child.tag != "mspace" or child.attrib]
    if len(children) == 1 and children[0].tag == "mrow":
        children = list(children[0])
    children = [each for child in children for each in spread(child)]
    row[:] = children = around_one_table(children)
    for position, each in enumerate(children):
        if each.tag == "mo":
            thin_operator(each, first=position == 0 and len(children) > 1)


def around_one_table(children: list[Node]) -> list[Node]:
    """The same without the row around a table's fences, where nothing else could stretch them."""
    tall = [each for each in children if each.tag not in TOKENS and not is_plain(each)]
    if len(tall) != 1 or not is_fenced_table(tall[0]):
        return children
    position = children.index(tall[0])
    return [*children[:position], *tall[0], *children[position + 1 :]]


def is_fenced_table(node: Node) -> bool:
    """Whether it is a row of a table with its two fences."""
    tags = [each.tag for each in node]
    ends = node.tag == "mrow" and tags == ["mo", "mtable", "mo"] and not node.attrib
    return ends and node[0].text in FENCES and node[2].text in FENCES


def spread(node: Node) -> list[Node]:
    """The children of a row whose operators mean the same in the row around it, or the node."""
    if node.tag != "mrow" or node.attrib:
        return [node]
    for each in (node[0], node[-1]) if len(node) else ():
        if each.tag not in TOKENS and each.text not in FENCES:
            return [node]
    return [node] if any(map(stretches, node)) else list(node)


def is_plain(node: Node) -> bool:
    """Whether it is an operator of one size, whatever stands beside it."""
    return node.tag == "mo" and (node.text in PLAIN or node.get("stretchy") == "false")


def stretches(node: Node) -> bool:
    """Whether it is as tall as what stands in its row."""
    return node.tag == "mo" and not is_plain(node)


def thin_operator(node: Node, *, first: bool) -> None:
    """An operator without what the dictionary says of it."""
    given = node.attrib
    for name in given.keys() & {"lspace", "rspace"}:
        given[name] = given[name].replace("0.", ".")
    if node.text in SIGNED and given == {"lspace": "0", "rspace": "0"}:
        given.clear()
        if not first:
            given["form"] = "prefix"
    if all(given.get(name) == space for name, space in BY_CLASS):
        for name, _ in BY_CLASS:
            del given[name]
        given["class"] = "x"


def thin_table(table: Node) -> None:
    """A table whose style sheet knows how its cells are set."""
    for default in ("displaystyle", "scriptlevel"):
        table.attrib.pop(default, None)
    for styles, name in WHOLE.items():
        cells = [(cell, styles[i % len(styles)]) for row in table for i, cell in enumerate(row)]
        if all(cell.get("style") == style for cell, style in cells):
            table.set("class", name)
            for cell, _ in cells:
                del cell.attrib["style"]
            return


def text_of(node: Node) -> str:
    """As it is written in a page."""
    tag = node.tag + "".join(f' {name}="{escape(each)}"' for name, each in node.items())
    text = escape(node.text or "", quote=False).replace("&amp; ", "& ")
    inner = text + "".join(map(text_of, node))
    return f"<{tag}>{inner}</{node.tag}>" if inner else f"<{tag}/>"
