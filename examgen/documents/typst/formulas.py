r"""Formulas in Typst, written from their tree; what has no counterpart there is refused.

Everything is spelled out so that Typst's own shorthands never act: signs are escaped (a bare `/` is
a fraction there, a bare `(` grows with what it encloses, a comma ends an argument), letters stand
apart, words stand in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise, zip_longest

from examgen.documents.notation.checking import checked
from examgen.documents.notation.tree import (
    Brackets,
    Command,
    Group,
    Node,
    Row,
    Scripted,
    Sign,
    Sized,
    Styled,
    Table,
    Words,
    tree,
)
from examgen.documents.typst import symbols
from examgen.faults import Fault

CENTRED = r"\⋯"
PIECE = re.compile(r"\\[A-Za-z]+\s*|\\.|[A-Za-z0-9-]+|.", re.DOTALL)
WHOLE = re.compile(r'\w|[\d.]+|"[^"]*"|\\.|[\w.]+\([^()]*\)', re.DOTALL)
"""What a script can follow directly."""


@lru_cache(maxsize=4096)
def formula(source: str) -> str:
    """The formula in Typst's math mode; raises `Fault` where it is not in the house notation."""
    try:
        return row(tree(checked(source)))
    except KeyError as unknown:
        raise Fault(
            f"the formula {source.strip()!r}",
            f"{unknown.args[0]} has no counterpart in Typst",
            "the house notation",
        ) from None


def row(nodes: Row) -> str:
    """Pieces side by side; beside words Typst would print the space between them."""
    pieces = [text for text in written(nodes) if text]
    gaps = ("" if '"' in (one[-1], other[0]) else " " for one, other in pairwise(pieces))
    return "".join(chain.from_iterable(zip_longest(pieces, gaps, fillvalue="")))


def written(nodes: Row) -> Iterator[str]:
    r"""Each piece; as in amsmath, `\dots` stand in the middle before a sign of operation."""
    for node, following in zip_longest(nodes, nodes[1:]):
        match node, following:
            case Sign(r"\dots"), Sign(token) if token in symbols.BETWEEN:
                yield CENTRED
            case _:
                yield write(node)


def argument(nodes: Row) -> str:
    """Pieces as an argument, which must not be nothing."""
    return row(nodes) or '""'


def call(function: str, *arguments: str) -> str:
    """A call in math mode."""
    return f"{function}({', '.join(arguments)})"


def of_class(name: str, text: str) -> str:
    """With the spaces of a class of signs."""
    return call("class", f'"{name}"', text)


def write(node: Node) -> str:
    """One piece."""
    return WRITERS[type(node)](node)


def sign(node: Sign) -> str:
    """A letter, a number, a sign, or a word without arguments."""
    token, name = node.token, node.token[1:]
    if token in symbols.CLASSES:
        return of_class(symbols.CLASSES[token], literal(symbols.DELIMITERS[token]))
    if token in symbols.PLAIN:
        return symbols.PLAIN[token]
    if token in symbols.DELIMITERS:
        return literal(symbols.DELIMITERS[token])
    if not token.startswith("\\"):
        return literal(token)
    if name in symbols.OPERATORS:
        return operator(quoted(symbols.OPERATORS[name]), limits=name in symbols.WITH_LIMITS)
    if name in symbols.SIGNS:
        return literal(symbols.SIGNS[name])
    raise KeyError(token)


def literal(character: str) -> str:
    """A letter, a number, or a sign that is not to act."""
    return character if character[0].isalnum() else f"\\{character}"


def quoted(text: str) -> str:
    """Words in quotes."""
    escaped = text.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'


def edge(token: str) -> str:
    """A bracket or a bar that grows."""
    sign = symbols.EDGES[token]
    return literal(sign) if sign else '""'


def group(node: Group) -> str:
    """A group; a sign alone in it has no spaces around it."""
    text = row(node.body)
    return of_class("normal", text) if re.fullmatch(r"\\.|[∗−]", text) else text


def scripted(node: Scripted) -> str:
    """A piece with primes and scripts."""
    main = write(node.main) or '""'
    if node.limits:
        main = call(symbols.LIMITS[node.limits], main)
    below, above = (
        None if script is None else argument(script) for script in (node.below, node.above)
    )
    if WHOLE.fullmatch(main) or not isinstance(node.main, Group):
        scripts = f"_({below})" if below else ""
        return main + "'" * node.primes + scripts + (f"^({above})" if above else "")
    primes = " ".join("′" * node.primes)
    above = " ".join(filter(None, (primes, above)))
    return call(
        "attach", main, *([f"b: {below}"] if below else []), *([f"t: {above}"] if above else [])
    )


def brackets(node: Brackets) -> str:
    """Brackets as high as what they enclose."""
    pieces = [edge(node.edges[0])]
    for body, closing in zip(node.bodies, node.edges[1:], strict=True):
        pieces += [row(body), call("mid", edge(closing))]
    return call("lr", " ".join(filter(None, [*pieces[:-1], edge(node.edges[-1])])))


def sized(node: Sized) -> str:
    """A bracket of a given size: opening, closing, between or none of these."""
    size = node.name.rstrip("lrm")
    bracket = call("lr", f"size: #{symbols.SIZES[size]}", edge(node.bracket))
    return of_class(symbols.SIDES[node.name[len(size) :]], bracket)


def words(node: Words) -> str:
    """Text, or a name."""
    if node.name.startswith("operatorname"):
        return operator(name(node.text), limits=node.name.endswith("*"))
    if node.name == "mathrm":
        return name(node.text) or '""'
    pieces = PIECE.findall(" ".join(node.text.split("\n")))
    text = quoted("".join(symbols.IN_WORDS[each] if each[0] in "\\~" else each for each in pieces))
    function = symbols.TEXTS[node.name]
    return call(function, text) if function else text


def name(source: str) -> str:
    r"""Letters of a name together and upright, all else as in formulas: `arg\,max`."""
    pieces = [piece for piece in PIECE.findall(source) if piece.strip(" {}")]
    return " ".join(quoted(each) if each[0].isalnum() else row(tree(each)) for each in pieces)


def operator(body: str, *, limits: bool) -> str:
    """An operator; with *limits*, scripts stand below and above it in displays."""
    return call("op", body, *(["limits: #true"] if limits else []))


def table(node: Table) -> str:
    """Rows and columns."""
    rows = [[row(cell) for cell in cells] for cells in node.rows]
    if node.name in symbols.MATRICES:
        return matrix(node, rows)
    if node.name == "cases":
        return call("cases", *("& " + " && quad ".join(cells) for cells in rows))
    lines = "; ".join(aligned(cells) for cells in rows)
    return call("mat", "delim: #none", "column-gap: #0pt", lines)


def aligned(cells: Sequence[str]) -> str:
    """A row of alternately right and left aligned cells, with a gap before every other one."""
    gaps = ("#h(10pt) " if number and number % 2 == 0 else "" for number in range(len(cells)))
    return " & ".join(gap + full_size(cell) for gap, cell in zip(gaps, cells, strict=True))


def full_size(cell: str) -> str:
    """A cell in the style of displays."""
    return call("display", cell) if cell else ""


def matrix(node: Table, rows: list[list[str]]) -> str:
    """A matrix; its fractions are those of a display, to be legible. Short rows are filled up."""
    width = max(map(len, rows))
    filled = [[legible(cell) for cell in cells] + ['""'] * (width - len(cells)) for cells in rows]
    options = [f"delim: {symbols.MATRICES[node.name]}", *alignment(node, width)]
    return call("mat", *options, "; ".join(", ".join(cells) for cells in filled))


def legible(cell: str) -> str:
    """A cell with its fractions in full size."""
    return full_size(cell) if "frac(" in cell else cell or '""'


def alignment(node: Table, width: int) -> Iterator[str]:
    """The alignment of an array's columns, and the rules between its rows and columns."""
    columns = node.columns.replace(" ", "")
    letters = set(columns) - {"|"}
    if len(letters) > 1 or not letters <= symbols.ALIGNED.keys():
        raise KeyError(rf"\begin{{array}}{{{node.columns}}}")
    yield from (f"align: #{symbols.ALIGNED[letter]}" for letter in letters)
    places = [len(part) for part in columns.split("|")[:-1]]
    rules = {
        "vline": [sum(places[: i + 1]) for i in range(len(places))],
        "hline": list(node.rules),
    }
    inner = {"vline": range(1, width), "hline": range(1, len(node.rows))}
    drawn = {each: [at for at in rules[each] if at in inner[each]] for each in rules}
    if any(drawn.values()):
        lines = ", ".join(
            f"{each}: ({''.join(f'{n},' for n in at)})" for each, at in drawn.items() if at
        )
        yield f"augment: #({lines}, stroke: 0.5pt)"


def command(node: Command) -> str:
    """A control word with what it takes."""
    pieces = [argument(each) for each in node.arguments]
    if node.name in symbols.CALLS:
        return symbols.CALLS[node.name].format(*pieces)
    option = None if node.option is None else argument(node.option)
    if node.name == "sqrt":
        return call("sqrt", *pieces) if option is None else call("root", option, *pieces)
    if node.name == "not":
        return literal(symbols.NEGATED[pieces[0]])
    arrow = symbols.ARROWS[node.name]
    below = f"_({option})" if option else ""
    return f"limits(stretch({arrow}, size: #(100% + 1em))){below}^({pieces[0]})"


WRITERS: dict[type, Callable[..., str]] = {
    Sign: sign,
    Group: group,
    Command: command,
    Words: words,
    Scripted: scripted,
    Brackets: brackets,
    Sized: sized,
    Styled: lambda node: call(symbols.STYLES[node.name], argument(node.body)),
    Table: table,
}
