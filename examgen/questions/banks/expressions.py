"""Expressions of banks: what students may write, with declared names for numbers.

They are read by the reader of students' answers, within smaller limits, and run by its exact
arithmetic. Where that would see two readings, the author is asked for brackets.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from examgen import answers
from examgen.answers.arithmetic.evaluate import evaluate
from examgen.answers.effort import Allowance
from examgen.answers.limits import STEP, Limits
from examgen.answers.notation.conventions import Encounter, every_reading
from examgen.answers.notation.grammar import Grammar
from examgen.answers.notation.lexer import Lexer
from examgen.answers.notation.names import SUGGESTED, look_up
from examgen.answers.notation.normal import normalise
from examgen.answers.notation.parser import parse
from examgen.answers.notation.program import Instruction, Program
from examgen.answers.notation.tokens import Token, cut
from examgen.answers.reading import Unreadable
from examgen.exact import Array, Closed, Exact, NegativeInfinity, Shape, Undefined, array
from examgen.exact.effort import Effort, budget
from examgen.faults import nearest

LIMITS = Limits(characters=500, tokens=150, digits=12, entries=64, effort=20_000)
EFFORT = 5_000
"""What one value of an expression may cost; see `examgen.exact.effort`."""
BITS = 512
"""Longest numbers on the way; what a hand computes is far shorter."""
LONGEST = 128
"""Bits of a result."""
DEEPEST = 4
WORD = re.compile(r"(?<!\\)\b[A-Za-z_][A-Za-z0-9_]*|(?<=[0-9])[A-Za-z_][A-Za-z0-9_]*")
KNOWN = ("function", "constant", "infinite", "masked")
"""The sorts of words that mean something in a number by themselves."""
TYPES: dict[str, Any] = {
    "integer": int,
    "rational": Fraction,
    "closed": Exact,
    "shape": Shape,
    "array": Array,
    "indices": frozenset[int],
}
"""The kinds of answers that an expression can have, and their types."""
BRACKETS = {"shape": "(", "array": "[", "indices": "{"}
"""What an expression of several numbers begins with."""

Form: TypeAlias = "Program | tuple[Form, ...]"
"""A number's program, or those of several in brackets."""


@dataclass(frozen=True)
class Expression:
    """An expression as it was written, and what it is."""

    text: str
    kind: str
    form: Any

    def value(self, values: Mapping[str, Any]) -> Any:
        """Its value where the names have these; raises `Undefined` where there is none."""
        try:
            value = made(self.kind, evaluated(self.form, values))
        except Unreadable as fault:
            raise Undefined(f"{self.text}: {fault.reason}") from None
        except (TypeError, ValueError) as error:
            raise Undefined(f"{self.text}: {error}") from None
        objection = answers.kind(self.kind).accepts(value)
        if objection:
            raise Undefined(f"{self.text}: {objection}")
        return value

    @property
    def names(self) -> frozenset[str]:
        """The names that occur in it."""
        return frozenset(step.text for step in steps(self.form) if step.operation == "variable")


def read_expression(text: str, kind: str, names: Collection[str]) -> Expression:
    """The expression of this kind; raises `Unreadable`."""
    grammar = Grammar(limits=LIMITS, grouping=False, names=frozenset(names))
    normal = normalise(text, LIMITS)
    check_words(text, names)

    def read(encounter: Encounter) -> Any:
        tokens = Lexer(normal, grammar, encounter).tokens()
        opened = BRACKETS.get(kind)
        if opened is None:
            return parse(tokens, encounter)
        return several(tokens[:-1], tokens[-1], encounter, opened, 0)

    with Allowance(LIMITS.effort, 0):
        readings = every_reading(read)
    for form, _ in readings[1:]:
        if form != readings[0][0]:
            assumed = " or ".join(each for _, each in readings)
            raise Unreadable(f"it can be read {assumed}; please use brackets and *")
    return Expression(text, kind, readings[0][0])


def check_words(text: str, names: Collection[str]) -> None:
    """Refuse a word that is neither declared nor known."""
    for word in WORD.findall(text):
        found = look_up(word)
        if word not in names and (found is None or found[0] not in KNOWN):
            meant = nearest(word[:40], [*names, *SUGGESTED])
            hint = f"; did you mean {meant!r}?" if meant else ""
            raise Unreadable(f"nothing here is called {word[:60]!r}{hint}")


def several(
    tokens: Sequence[Token], end: Token, encounter: Encounter, opened: str, depth: int
) -> Any:
    """What stands in brackets; in those of an array there may be more of them."""
    if not tokens or tokens[0].text != opened or tokens[0].sort != "open" or not closes(tokens):
        raise Unreadable(f"it must stand in {opened}…", tokens[0].at if tokens else end.at)
    found = []
    for piece in cut(tokens[1:-1], lambda token: token.sort == "separator"):
        inner = opened == "[" and bool(piece) and piece[0].text == "[" and closes(piece)
        if inner and depth < DEEPEST:
            found.append(several(piece, end, encounter, opened, depth + 1))
        else:
            found.append(parse([*piece, end], encounter))
    return tuple(found)


def closes(tokens: Sequence[Token]) -> bool:
    """Whether the first bracket is closed by the last token."""
    depth = 0
    for index, token in enumerate(tokens):
        depth += (token.sort == "open") - (token.sort == "close")
        if depth == 0:
            return index == len(tokens) - 1
    return False


def is_program(form: Any) -> bool:
    """Whether a form is one number's."""
    return bool(form) and isinstance(form[0], Instruction)


def steps(form: Any) -> Iterator[Instruction]:
    """All instructions of a form."""
    if is_program(form):
        yield from form
    else:
        for each in form:
            yield from steps(each)


def evaluated(form: Any, values: Mapping[str, Any]) -> Any:
    """The number, or nested lists of numbers."""
    if not is_program(form):
        return [evaluated(each, values) for each in form]
    bound = tuple(
        step._replace(operation="number", value=values[step.text])
        if step.operation == "variable"
        else step
        for step in form
    )
    outer, own = budget(), Effort(EFFORT)
    try:
        with own:
            value = evaluate(bound, BITS)
    finally:
        if outer is not None:
            # A formula has a budget of its own, and a draw one for all of them.
            outer.spend(len(form) * STEP + EFFORT - max(own.left, 0))
    if value is None:
        raise Undefined("a number without an exact form")
    if size(value) > LONGEST:
        raise Undefined(f"a number of more than {LONGEST} bits")
    return value


def size(value: Any) -> int:
    """The bits of a rational number; `exact` watches over closed forms itself."""
    if isinstance(value, Closed | NegativeInfinity):
        return 0
    exact = Fraction(value)
    return max(exact.numerator.bit_length(), exact.denominator.bit_length())


def made(kind: str, value: Any) -> Any:
    """The value of this kind, made of numbers."""
    if kind == "shape":
        return Shape(value)
    if kind == "array":
        return array(value)
    if kind == "indices":
        return frozenset(value)
    return value
