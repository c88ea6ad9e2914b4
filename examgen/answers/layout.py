"""Read an array: nested lists, rows on lines or behind semicolons, LaTeX matrices."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from examgen.answers.reading import Unreadable
from examgen.answers.tokens import Token

Span: TypeAlias = tuple[int, int]
ENDERS = frozenset({"number", "constant", "variable", "close", "infinite", "masked", "none"})
STARTERS = frozenset({*ENDERS - {"close"}, "open", "function", "frac", "wrapper"})
CONTAINERS = frozenset({"(", "[", "{", "begin", "bare"})


class Nested(list[Any]):
    """A list of entries or of further lists."""


@dataclass
class Braces(Exception):
    """A set in braces where an order is asked."""

    at: int


@dataclass
class Layout:
    """One pass over the tokens of an array; `read_entry` reads the tokens of one entry."""

    tokens: Sequence[Token]
    read_entry: Callable[[Sequence[Token]], Any]
    scale: Callable[[Any, Any, str], Any]
    limit: int
    count: int = 0
    partner: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note which bracket closes which."""
        opened: list[int] = []
        for index, token in enumerate(self.tokens):
            if token.sort == "open":
                opened.append(index)
            elif token.sort == "close":
                self.partner[opened.pop()] = index

    def whole(self) -> Any:
        """All the tokens before the end: an entry or nested lists."""
        return self.inside((0, len(self.tokens) - 1), outermost=True)

    def inside(self, span: Span, outermost: bool = False) -> Any:
        """What stands between two brackets, or without any."""
        rows = self.rows(span)
        if not rows:
            return Nested()
        cells = [[self.cell(cell) for cell in row] for row in rows]
        flat = [cell for row in cells for cell in row]
        if outermost and len(flat) == 1:
            return flat[0]
        lists = [isinstance(cell, Nested) for cell in flat]
        if all(lists) or len(cells) == 1 or (not any(lists) and self.wrapped(cells, span)):
            return Nested(flat)
        return Nested(Nested(row) for row in cells)

    def wrapped(self, cells: list[list[Any]], span: Span) -> bool:
        """Whether numbers stand on lines of different lengths, as numpy breaks long rows."""
        signs = {
            token.text for token in self.tokens[span[0] : span[1]] if token.sort == "separator"
        }
        return span[0] > 0 and signs == {"\n"} and len({len(row) for row in cells}) > 1

    def rows(self, span: Span) -> list[list[Span]]:
        """The rows between two places, each as the spans of its cells."""
        found: list[list[Span]] = []
        start = span[0]
        for index in self.breaks(span):
            if index > start:
                found.append(self.cells((start, index)))
            start = index + 1
        return found

    def breaks(self, span: Span) -> list[int]:
        """Where rows end: at semicolons and line ends, unless the line goes on."""
        found = []
        index = span[0]
        while index < span[1]:
            token = self.tokens[index]
            if token.sort == "open":
                index = self.partner[index]
            elif token.text == ";" or (token.text == "\n" and self.ends_line(index, span)):
                found.append(index)
            index += 1
        return [*found, span[1]]

    def ends_line(self, index: int, span: Span) -> bool:
        """Whether a line end is more than white space: not beside a comma, `&` or operator."""
        before = self.tokens[index - 1] if index > span[0] else None
        after = self.tokens[index + 1] if index + 1 < span[1] else None
        return not any(
            each is not None and (each.text in (",", "&") or each.sort == "op")
            for each in (before, after if after and after.sort == "separator" else None)
        )

    def cells(self, span: Span) -> list[Span]:
        """The cells of a row: between commas or `&`, else between white space."""
        cuts = self.marks(span, ",&")
        if not cuts:
            return [cell for cell in self.gaps(span) if cell[0] < cell[1]]
        edges = [span[0] - 1, *cuts, span[1]]
        found = [self.trimmed((a + 1, b)) for a, b in zip(edges, edges[1:], strict=False)]
        if found and found[-1][0] >= found[-1][1]:
            found.pop()
        for cell in found:
            if cell[0] >= cell[1]:
                raise Unreadable("an entry is missing", self.tokens[cell[1]].at)
        return found

    def trimmed(self, span: Span) -> Span:
        """The span without line ends around it."""
        start, end = span
        while start < end and self.tokens[start].text == "\n":
            start += 1
        while start < end and self.tokens[end - 1].text == "\n":
            end -= 1
        return start, end

    def marks(self, span: Span, signs: str) -> list[int]:
        """Where these separators stand, outside of brackets."""
        found = []
        index = span[0]
        while index < span[1]:
            token = self.tokens[index]
            if token.sort == "open":
                index = self.partner[index]
            elif token.sort == "separator" and token.text in signs:
                found.append(index)
            index += 1
        return found

    def gaps(self, span: Span) -> list[Span]:
        """The cells of a row without commas: MATLAB's rule, by which `1 -2` are two."""
        found, start, index = [], span[0], span[0]
        while index < span[1]:
            if index > start and self.parts(index):
                found.append((start, index))
                start = index
            index = self.partner.get(index, index) + 1
        return [*found, (start, span[1])]

    def parts(self, index: int) -> bool:
        """Whether a new cell begins here."""
        before, token = self.tokens[index - 1], self.tokens[index]
        ended = before.sort in ENDERS or before.text == "!"
        if before.text == "\n":
            return True
        if token.sort == "op" and token.text in "+-":
            behind = self.tokens[index + 1]
            return ended and token.gap > 0 and behind.gap == 0
        glued_lists = before.sort == "close" and token.sort == "open" and before.text == "]"
        return ended and (token.gap > 0 or glued_lists) and token.sort in STARTERS

    def cell(self, span: Span) -> Any:
        """One entry, or a list that stands in its place, perhaps with a factor."""
        start, end = self.trimmed(span)
        for index in range(start, end):
            if self.is_list(index, (start, end)):
                return self.factored((start, end), index)
        self.count += 1
        if self.count > self.limit:
            raise Unreadable(f"more than {self.limit} entries are not read", self.tokens[start].at)
        return self.read_entry(self.tokens[start:end])

    def is_list(self, index: int, span: Span) -> bool:
        """Whether a list begins here, outside of other brackets and of functions."""
        token = self.tokens[index]
        if token.sort == "wrapper":
            return index + 1 < span[1] and self.tokens[index + 1].text == "("
        if token.sort != "open" or token.text not in CONTAINERS:
            return False
        if self.tokens[index - 1].sort in ("function", "frac") and index > span[0]:
            return False
        close = self.partner[index]
        if token.text in ("begin", "bare"):
            return True
        if token.text == "[" and index == span[0] and close == span[1] - 1:
            return True
        return bool(self.marks((index + 1, close), ",;&\n")) or self.holds_cells((index, close))

    def holds_cells(self, bracket: Span) -> bool:
        """Whether white space alone separates entries between brackets, or a list stands there."""
        inner = (bracket[0] + 1, bracket[1])
        if inner[0] >= inner[1]:
            return True
        first = self.tokens[inner[0]]
        return len(self.gaps(inner)) > 1 or (first.sort == "open" and self.is_list(inner[0], inner))

    def factored(self, span: Span, index: int) -> Any:
        """A list with what stands before and behind it: a factor, a divisor, a transposition."""
        opening = index + (self.tokens[index].sort == "wrapper")
        close = self.partner[opening]
        value = self.bracket(opening, close, unwrap=opening != index)
        after = close + 1
        while after < span[1] and (skip := self.transposition(after)):
            value, after = transposed(value, self.tokens[after].at), after + skip
        if after < span[1]:
            value = self.with_operand(value, (after, span[1]))
        if index > span[0]:
            value = self.with_factor(value, (span[0], index))
        return value

    def bracket(self, opening: int, close: int, unwrap: bool) -> Any:
        """The list in a pair of brackets."""
        token = self.tokens[opening]
        span = (opening + 1, close)
        if token.text == "{" and not any(
            each.sort == "open" for each in self.tokens[span[0] : span[1]]
        ):
            raise Braces(token.at)
        value = self.inside(span)
        single = isinstance(value, Nested) and len(value) == 1 and isinstance(value[0], Nested)
        bare = close > opening + 2 and self.tokens[opening + 1].text == "bare"
        round_one = token.text == "(" and not self.marks(span, ",")
        if single and (unwrap or bare or round_one):
            return value[0]
        return value

    def transposition(self, index: int) -> int:
        """How many tokens of a transposition stand here, 0 for none."""
        token = self.tokens[index]
        if token.sort == "transpose" or (token.sort == "op" and token.text == "'"):
            return 1
        if token.text != "^":
            return 0
        sorts = [each.sort for each in self.tokens[index + 1 : index + 4]]
        if sorts[:1] == ["transpose"]:
            return 2
        return 4 if sorts == ["open", "transpose", "close"] else 0

    def with_operand(self, value: Any, span: Span) -> Any:
        """A list divided or multiplied by what stands behind it."""
        sign = self.tokens[span[0]]
        if sign.sort != "op" or sign.text not in "*/":
            raise Unreadable("I cannot tell what stands behind the brackets", sign.at)
        operand = self.read_entry(self.tokens[span[0] + 1 : span[1]])
        return self.scaled(value, operand, sign.text)

    def with_factor(self, value: Any, span: Span) -> Any:
        """A list multiplied by what stands before it."""
        before = list(self.tokens[span[0] : span[1]])
        if before[-1].sort == "op" and before[-1].text == "*":
            before.pop()
        if len(before) == 1 and before[0].sort == "op" and before[0].text in "+-":
            before.append(before[0]._replace(sort="number", text="1", value=1))
        return self.scaled(value, self.read_entry(before), "*")

    def scaled(self, value: Any, operand: Any, sign: str) -> Any:
        """A list with every entry multiplied or divided."""
        if isinstance(value, Nested):
            return Nested(self.scaled(each, operand, sign) for each in value)
        return self.scale(value, operand, sign)


def transposed(value: Any, at: int) -> Nested:
    """A row as a column, a matrix as its transpose."""
    if not any(isinstance(row, Nested) for row in value):
        return Nested(Nested([entry]) for entry in value)
    lengths = {len(row) if isinstance(row, Nested) else -1 for row in value}
    if len(lengths) > 1 or -1 in lengths:
        raise Unreadable("only a vector or a matrix has a transpose", at)
    return Nested(Nested(column) for column in zip(*value, strict=True))


def shape_of(value: Any, at: int) -> tuple[int, ...]:
    """The shape of nested lists; ragged ones are refused."""
    if not isinstance(value, Nested):
        return ()
    if not value:
        return (0,)
    shapes = [shape_of(each, at) for each in value]
    if any(shape != shapes[0] for shape in shapes):
        lengths = ", ".join(
            str(len(each)) if isinstance(each, Nested) else "1" for each in value[:8]
        )
        raise Unreadable(f"the rows have different lengths ({lengths})", at)
    return (len(value), *shapes[0])


def flattened(value: Any) -> list[Any]:
    """The entries of nested lists, row by row."""
    if not isinstance(value, Nested):
        return [value]
    return [entry for each in value for entry in flattened(each)]
