"""A formula in the house notation as a tree, for writers that set formulas without TeX."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from examgen.documents.notation.tokens import Tokens
from examgen.faults import Fault


@dataclass(frozen=True)
class Sign:
    r"""A letter, a number, a sign, or a control word that takes nothing (`\alpha`)."""

    token: str


@dataclass(frozen=True)
class Group:
    """Braces and what they hold."""

    body: Row


@dataclass(frozen=True)
class Command:
    """A control word, what it takes, and what it takes in brackets."""

    name: str
    arguments: tuple[Row, ...]
    option: Row | None = None


@dataclass(frozen=True)
class Words:
    r"""Text within the formula, as it is written: `\text{if }`."""

    name: str
    text: str


@dataclass(frozen=True)
class Scripted:
    """A sign with its primes and scripts."""

    main: Node
    primes: int = 0
    below: Row | None = None
    above: Row | None = None
    limits: str = ""
    r"""`\limits`, `\nolimits` or nothing."""


@dataclass(frozen=True)
class Brackets:
    r"""What stands between `\left`, any `\middle` and `\right`, and these brackets."""

    edges: tuple[str, ...]
    bodies: tuple[Row, ...]


@dataclass(frozen=True)
class Sized:
    r"""A bracket of a given size: `\bigl(`."""

    name: str
    bracket: str


@dataclass(frozen=True)
class Styled:
    r"""All that follows `\displaystyle` and its like."""

    name: str
    body: Row


@dataclass(frozen=True)
class Table:
    """An environment: rows of cells, and before which of the rows there is a rule."""

    name: str
    columns: str
    rows: tuple[tuple[Row, ...], ...]
    rules: tuple[int, ...]


Node: TypeAlias = Sign | Group | Command | Words | Scripted | Brackets | Sized | Styled | Table
Row: TypeAlias = tuple[Node, ...]

TWO = "frac dfrac tfrac binom dbinom overset underset stackrel"
ONE = """
    sqrt overline underline overbrace underbrace xrightarrow xleftarrow hat widehat tilde widetilde
    bar vec dot ddot acute grave breve check mathbb mathbf mathcal mathfrak mathit mathsf mathtt
    boldsymbol phantom hphantom vphantom boxed not pmod
"""
ARGUMENTS = {**dict.fromkeys(TWO.split(), 2), **dict.fromkeys(ONE.split(), 1)}
WITH_OPTION = frozenset({"sqrt", "xrightarrow", "xleftarrow"})
WORDS = frozenset({"mathrm", "operatorname", "operatorname*"}) | {
    f"text{font}" for font in ("", "bf", "it", "rm", "tt")
}
STYLES = frozenset({"displaystyle", "textstyle", "scriptstyle"})
SIZES = frozenset(f"{big}{end}" for big in ("big", "Big", "bigg", "Bigg") for end in ("", *"lrm"))
WITH_COLUMNS = frozenset({"array", "alignedat"})
NO_ENDS: frozenset[str] = frozenset()
ENDS_OF_CELL = frozenset({"&", r"\\", r"\end"})
ENDS_OF_BODY = frozenset({r"\middle", r"\right"})


@lru_cache(maxsize=2048)
def tree(source: str) -> Row:
    """The tree of a formula; raises `Fault` where it is not put together as one."""
    tokens = Tokens(source)
    found = read_row(tokens, NO_ENDS)
    if tokens.peek():
        raise misplaced(tokens)
    return found


def misplaced(tokens: Tokens, wanted: str = "") -> Fault:
    """The next token is none that may stand here."""
    found = tokens.peek() or "nothing more"
    return Fault(f"the formula {tokens.source!r}", f"{found} where it cannot stand", wanted)


def read_row(tokens: Tokens, ends: frozenset[str]) -> Row:
    """What there is up to a closing brace or one of the *ends*, which are left unread."""
    return tuple(read_nodes(tokens, ends))


def read_nodes(tokens: Tokens, ends: frozenset[str]) -> Iterator[Node]:
    """The pieces of a row."""
    while (token := kind(tokens.peek())) and token != "}" and token not in ends:
        if token[1:] in STYLES:
            yield Styled(tokens.take()[1:], read_row(tokens, ends))
        else:
            yield read_scripted(tokens)


def kind(token: str) -> str:
    r"""A token without the height that `\\[3pt]` leaves free."""
    return r"\\" if token.startswith(r"\\") else token


def read_scripted(tokens: Tokens) -> Node:
    """One piece with its primes and scripts."""
    main, limits, primes = read_node(tokens), "", 0
    scripts: dict[str, Row] = {}
    while (mark := tokens.peek()) in ("'", "^", "_", r"\limits", r"\nolimits"):
        if mark in scripts:
            raise misplaced(tokens, "one of each script")
        tokens.take()
        if mark == "'":
            primes += 1
        elif mark in ("^", "_"):
            scripts[mark] = read_argument(tokens)
        else:
            limits = mark
    if not (primes or scripts or limits):
        return main
    return Scripted(main, primes, scripts.get("_"), scripts.get("^"), limits)


def read_argument(tokens: Tokens) -> Row:
    r"""What a command or a script takes: a group, or the next sign alone (`\frac12`)."""
    token = tokens.peek()
    if token == "{":
        return read_group(tokens).body
    if token[:1].isdigit() and len(token) > 1:
        tokens.all[tokens.at] = token[1:]
        return (Sign(token[0]),)
    return (read_node(tokens),)


def read_group(tokens: Tokens) -> Group:
    """Braces."""
    tokens.take()
    body = read_row(tokens, NO_ENDS)
    if not tokens.skip("}"):
        raise misplaced(tokens, "}")
    return Group(body)


def read_node(tokens: Tokens) -> Node:
    """One piece without its scripts."""
    token = tokens.peek()
    name = token[1:]
    if token == "{":
        return read_group(tokens)
    if kind(token) in ("", "}", "&", "^", "_", "'", r"\\", r"\right", r"\middle", r"\end"):
        raise misplaced(tokens)
    tokens.take()
    if name in WORDS:
        return Words(name, tokens.raw_group())
    if name in ARGUMENTS:
        option = read_option(tokens) if name in WITH_OPTION and tokens.skip("[") else None
        return Command(name, tuple(read_argument(tokens) for _ in range(ARGUMENTS[name])), option)
    if token == r"\left":
        return read_brackets(tokens)
    if token == r"\begin":
        return read_table(tokens)
    return Sized(name, tokens.take()) if name in SIZES else Sign(token)


def read_option(tokens: Tokens) -> Row:
    """The rest of what stands in brackets."""
    option = read_row(tokens, frozenset("]"))
    if not tokens.skip("]"):
        raise misplaced(tokens, "]")
    return option


def read_brackets(tokens: Tokens) -> Brackets:
    r"""What follows `\left`."""
    edges, bodies = [tokens.take()], []
    while True:
        bodies.append(read_row(tokens, ENDS_OF_BODY))
        if tokens.peek() not in ENDS_OF_BODY:
            raise misplaced(tokens, r"\right")
        is_last = tokens.take() == r"\right"
        edges.append(tokens.take())
        if is_last:
            return Brackets(tuple(edges), tuple(bodies))


def read_table(tokens: Tokens) -> Table:
    r"""What follows `\begin`; an empty row is none."""
    name = tokens.raw_group()
    columns = tokens.raw_group() if name in WITH_COLUMNS else ""
    rows: list[list[Row]] = [[]]
    rules: list[int] = []
    while True:
        while tokens.skip(r"\hline"):
            rules.append(len(rows) - 1)
        rows[-1].append(read_row(tokens, ENDS_OF_CELL))
        if kind(tokens.peek()) not in ENDS_OF_CELL:
            raise misplaced(tokens, r"& \\ or \end")
        end = kind(tokens.take())
        if end == r"\\":
            rows.append([])
        elif end == r"\end":
            tokens.raw_group()
            return Table(name, columns, tuple(map(tuple, filter(any, rows))), tuple(rules))
