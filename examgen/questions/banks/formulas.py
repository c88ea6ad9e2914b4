"""Reading the expressions and conditions of an item, with every fault at its key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from examgen.answers.reading import Unreadable
from examgen.questions.banks.conditions import Condition, read_condition
from examgen.questions.banks.expressions import Expression, read_expression
from examgen.questions.banks.parameters import fault_of_name
from examgen.tables.fields import Fields

T = TypeVar("T")
MOST = 30
"""Expressions of one sort in an item."""
ALLOWED = "numbers, declared names, + - * / ^ ( ) and functions such as floor(…), max(…, …), exp(…)"


def a_formula(read: Callable[[str], T]) -> Callable[[Any], T]:
    """What reads a formula of an author; a whole number is one, too."""

    def reader(value: Any) -> T:
        text = str(value) if type(value) is int else value
        if not isinstance(text, str):
            raise ValueError
        try:
            return read(text)
        except Unreadable as fault:
            raise ValueError(fault.reason) from None

    return reader


def need_expression(
    fields: Fields, key: str, kind: str, names: Collection[str]
) -> Expression | None:
    """The expression at *key*; a fault where it is missing."""
    reader = a_formula(lambda text: read_expression(text, kind, names))
    return fields.need(key, reader, allowed(names))


def some_expressions(
    fields: Fields, names: Collection[str], taken: Collection[str] = (), *, chained: bool = True
) -> Mapping[str, Expression]:
    """The expressions of numbers in a table, by their names; *chained*: each may use the last."""
    expressions: dict[str, Expression] = {}
    if len(fields.data) > MOST:
        fields.refuse(None, f"{len(fields.data)} formulas", f"at most {MOST}")
    for key in list(fields.data)[:MOST]:
        known = (*names, *expressions) if chained else names
        fault = fault_of_name(key) if chained else ""
        if key in taken:
            fault = "something else is called so"
        if fault:
            fields.refuse(key, f"{key[:60]!r}: {fault}", "another name")
        expression = need_expression(fields, key, "closed", known)
        if expression is not None and not fault:
            expressions[key] = expression
    return expressions


def some_conditions(fields: Fields, key: str, names: Collection[str]) -> tuple[Condition, ...]:
    """The conditions at *key*: one, or a list of which all must hold."""
    one = a_formula(lambda text: read_condition(text, names))

    def read(value: Any) -> tuple[Condition, ...]:
        values = value if isinstance(value, list) else [value]
        if len(values) > MOST:
            raise ValueError(f"more than {MOST}")
        return tuple(map(one, values))

    return fields.take(key, read, f'conditions such as "a < b"; {allowed(names)}', ())


def allowed(names: Collection[str]) -> str:
    """What may stand in an expression."""
    return f"{ALLOWED}; declared are {', '.join(names) or 'no names'}"
