"""Read an array: nested lists, rows on lines or after semicolons, LaTeX matrices."""

from collections.abc import Callable, Sequence
from typing import Any

from examgen.answers.notation.nested import Nested, transposed
from examgen.answers.notation.program import Instruction
from examgen.answers.notation.rows import Rows, Span
from examgen.answers.notation.tokens import Token
from examgen.answers.reading import Unreadable

ROUND = frozenset({"(", "[", "{"})
MATRIX = frozenset({"begin", "bare"})


class Braces(Exception):
    """A set in braces where an order is asked."""


class Layout:
    """One pass over the tokens of an array.

    `read_entry` reads the tokens of one entry; `scaled` multiplies or divides an entry by a
    factor outside of the brackets; more entries than `limit` are refused before they are read.
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        read_entry: Callable[[Sequence[Token]], Any],
        scaled: Callable[[Any, Any, Instruction], Any],
        limit: int,
    ) -> None:
        """Take tokens that end with `end`."""
        self.tokens = tokens
        self.layout = Rows(tokens)
        self.read_entry = read_entry
        self.scaled = scaled
        self.limit = limit
        self.count = 0
        self.depth = 0

    def whole(self) -> Any:
        """All the tokens before the end: an entry or nested lists."""
        span = Span(0, len(self.tokens) - 1)
        value = self.inside(span)
        if not value:
            raise Unreadable("something is missing at the end", self.tokens[-1].at)
        return value[0] if len(value) == 1 and isinstance(value[0], Nested) else value

    def inside(self, span: Span, by_space: bool = True) -> Nested:
        """What stands between two brackets, or without any."""
        rows = [[self.cell(cell) for cell in row] for row in self.layout.rows(span, by_space)]
        flat = [cell for row in rows for cell in row]
        lists = [isinstance(cell, Nested) for cell in flat]
        if all(lists) or len(rows) == 1 or (not any(lists) and self.is_broken(rows, span)):
            return Nested(flat)
        return Nested(Nested(row) for row in rows)

    def is_broken(self, rows: Sequence[Sequence[Any]], span: Span) -> bool:
        """Whether one long row stands on lines of different lengths, as numpy prints it."""
        separators = {t.text for t in self.tokens[span.start : span.end] if t.sort == "separator"}
        return span.start > 0 and separators == {"\n"} and len({len(row) for row in rows}) > 1

    def cell(self, span: Span) -> Any:
        """One entry, or a list that stands in its place, perhaps with a factor."""
        start, end = span
        for index in range(start, end):
            if self.is_list(index, span):
                return self.factored(span, index)
        self.count += 1
        if self.count > self.limit:
            raise Unreadable(f"more than {self.limit} entries are not read", self.tokens[start].at)
        return self.read_entry(self.tokens[start:end])

    def is_list(self, index: int, span: Span) -> bool:
        """Whether a list begins here, and no bracket that belongs to a number."""
        token = self.tokens[index]
        if token.sort == "wrapper":
            return index + 1 < span.end and self.tokens[index + 1].text == "("
        if token.sort != "open" or (token.text not in ROUND and token.text not in MATRIX):
            return False
        if token.text in MATRIX:
            return True
        first = index == span.start
        if not first and self.is_argument(index, token):
            return False
        close = self.layout.partner[index]
        if first and token.text == "[" and close == span.end - 1:
            return True
        inner = Span(index + 1, close)
        if self.layout.marks(inner, self.layout.is_separator) or inner.start >= inner.end:
            return True
        whole = span == (0, len(self.tokens) - 1)
        behind = close + 1 < span.end and not self.transposition(close + 1)
        spaced = token.text == "[" or (first and whole and not behind)
        return self.is_list(inner.start, inner) or (spaced and len(self.layout.spaced(inner)) > 1)

    def is_argument(self, index: int, token: Token) -> bool:
        """Whether a bracket belongs to a function, a fraction or an exponent before it."""
        before = self.tokens[index - 1]
        return token.text == "{" or before.sort in ("function", "frac") or before.text == "^"

    def factored(self, span: Span, index: int) -> Any:
        """A list with what comes before and after it: a factor, a divisor, a transposition."""
        wrapped = self.tokens[index].sort == "wrapper"
        close = self.layout.partner[index + wrapped]
        value = self.bracket(index + wrapped, wrapped)
        after = close + 1
        while after < span.end and (skip := self.transposition(after)):
            value, after = transposed(value, self.tokens[after].at), after + skip
        if after < span.end:
            value = self.behind(value, Span(after, span.end))
        if index > span.start:
            value = self.before(value, Span(span.start, index))
        return value

    def bracket(self, opening: int, wrapped: bool) -> Nested:
        """The list in a pair of brackets; `array(...)`, `((1, 2))` add no axis of their own."""
        token = self.tokens[opening]
        span = Span(opening + 1, self.layout.partner[opening])
        first = self.tokens[opening + 1]
        if token.text == "{" and first.text != "{" and self.depth == 0:
            raise Braces
        self.depth += 1
        value = self.inside(span, by_space=token.text not in MATRIX)
        self.depth -= 1
        if token.text == "begin" and self.depth and not isinstance(value[0], Nested):
            return Nested([value])
        if len(value) != 1 or not isinstance(value[0], Nested):
            return value
        redundant = token.text == "(" and not self.layout.marks(span, self.layout.is_comma)
        return value[0] if wrapped or redundant or first.text == "bare" else value

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

    def behind(self, value: Any, span: Span) -> Any:
        """A list divided or multiplied by what follows it."""
        sign = self.tokens[span.start]
        if sign.sort != "op" or sign.text not in "*/":
            raise Unreadable("I cannot tell what is meant after the brackets", sign.at)
        operand = self.read_entry(self.tokens[span.start + 1 : span.end])
        operation = "multiply" if sign.text == "*" else "divide"
        return self.each(value, operand, Instruction(operation, sign.text, sign.at))

    def before(self, value: Any, span: Span) -> Any:
        """A list multiplied by what comes before it."""
        factor = list(self.tokens[span.start : span.end])
        last = factor[-1]
        if last.sort == "op" and last.text == "*":
            factor.pop()
        elif last.sort == "op":
            factor.append(last._replace(sort="number", text="1", value=1))
        step = Instruction("multiply", "*", last.at)
        return self.each(value, self.read_entry(factor), step)

    def each(self, value: Any, operand: Any, step: Instruction) -> Any:
        """A list with every entry multiplied or divided."""
        if isinstance(value, Nested):
            return Nested(self.each(entry, operand, step) for entry in value)
        return self.scaled(value, operand, step)
