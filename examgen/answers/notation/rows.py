"""Where the rows and the cells of an array begin and end. Brackets are jumped over: linear."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from examgen.answers.notation.tokens import Token
from examgen.answers.reading import Unreadable

ENDERS = frozenset({"number", "constant", "variable", "close", "infinite", "masked", "none"})
STARTERS = (ENDERS - {"close"}) | {"open", "function", "frac", "wrapper"}

LISTS = frozenset({"[", "begin", "bare"})
"""What opens a list, and not another entry, after a number: `1/2 [2 4]` has a factor."""


class Span(NamedTuple):
    """The tokens from `start` to before `end`."""

    start: int
    end: int


class Rows:
    """The tokens of an array, and which bracket closes which."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        """Pair the brackets, which are known to match."""
        self.tokens = tokens
        self.partner: dict[int, int] = {}
        opened: list[int] = []
        for index, token in enumerate(tokens):
            if token.sort == "open":
                opened.append(index)
            elif token.sort == "close":
                self.partner[opened.pop()] = index

    def marks(self, span: Span, wanted: Callable[[int], bool]) -> list[int]:
        """Where wanted tokens stand, outside of brackets."""
        found = []
        index = span.start
        while index < span.end:
            if wanted(index):
                found.append(index)
            index = self.partner.get(index, index) + 1
        return found

    def rows(self, span: Span, by_space: bool) -> list[list[Span]]:
        """The rows between two places, each as its cells; empty rows are none.

        White space separates cells where there is no comma or `&`, but not in LaTeX (`by_space`).
        """
        breaks = self.marks(span, lambda index: self.ends_row(index, span))
        edges = pairwise((span.start - 1, *breaks, span.end))
        return [self.cells(Span(a + 1, b), by_space) for a, b in edges if b > a + 1]

    def ends_row(self, index: int, span: Span) -> bool:
        """Whether a row ends here: at a semicolon, and at the end of a line that is complete."""
        token = self.tokens[index]
        if token.text == ";":
            return True
        if token.text != "\n":
            return False
        before = self.tokens[index - 1] if index > span.start else None
        after = self.tokens[index + 1] if index + 1 < span.end else None
        open_end = before is not None and (before.text in (",", "&") or before.sort == "op")
        return not open_end and not (after is not None and after.text in (",", "&"))

    def cells(self, span: Span, by_space: bool) -> list[Span]:
        """The cells of a row: between commas or `&`, else between white space."""
        cuts = self.marks(span, self.is_comma)
        if by_space and not cuts:
            return self.spaced(span)
        spans = [
            self.trimmed(Span(a + 1, b)) for a, b in pairwise((span.start - 1, *cuts, span.end))
        ]
        if spans[-1].start >= spans[-1].end:
            spans.pop()
        for cell in spans:
            if cell.start >= cell.end:
                raise Unreadable("an entry is missing", self.tokens[cell.end].at)
        return spans

    def is_comma(self, index: int) -> bool:
        """Whether cells are separated here."""
        token = self.tokens[index]
        return token.sort == "separator" and token.text in ",&"

    def is_separator(self, index: int) -> bool:
        """Whether cells or rows are separated here."""
        return self.tokens[index].sort == "separator"

    def trimmed(self, span: Span) -> Span:
        """The span without line ends around it."""
        start, end = span
        while start < end and self.tokens[start].text == "\n":
            start += 1
        while start < end and self.tokens[end - 1].text == "\n":
            end -= 1
        return Span(start, end)

    def spaced(self, span: Span) -> list[Span]:
        """The cells of a row without commas, by MATLAB's rule: `1 -2` are two, `1 - 2` one."""
        cuts = self.marks(span, lambda index: index > span.start and self.begins_cell(index))
        edges = pairwise((span.start, *cuts, span.end))
        return [cell for cell in (self.trimmed(Span(a, b)) for a, b in edges) if cell[0] < cell[1]]

    def has_commas(self, index: int) -> bool:
        """Whether a list stands in the brackets that open here."""
        return bool(self.marks(Span(index + 1, self.partner[index]), self.is_comma))

    def begins_cell(self, index: int) -> bool:
        """Whether a new cell begins here after white space."""
        before, token = self.tokens[index - 1], self.tokens[index]
        if before.text == "\n":
            return True
        if before.sort not in ENDERS and before.text not in ("!", "%", "'"):
            return False
        if token.sort == "op" and token.text in "+-":
            return token.gap > 0 and self.tokens[index + 1].gap == 0
        if token.text in LISTS:
            return before.text in ("]", "end")
        if token.text == "(" and before.sort != "close" and self.has_commas(index):
            return False
        return token.gap > 0 and token.sort in STARTERS
