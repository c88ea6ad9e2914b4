"""Reading the fields of a TOML table: all faults collected, each with its line and its cure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from fractions import Fraction
from typing import Any, TypeVar, cast

from examgen.faults import Fault, alternatives

T = TypeVar("T")
TABLE = re.compile(r"^\s*\[+\s*([\w.\-]+)\s*\]+")


class Fields:
    """The keys of one table of a TOML file, read one by one."""

    def __init__(
        self, data: Any, source: str, text: str, table: str, nth: int, faults: list[Fault]
    ) -> None:
        """*data* is the *nth* table (from 0) called *table*; faults are added to *faults*."""
        self.data: Mapping[str, Any] = data if isinstance(data, dict) else {}
        self.source = source
        self.lines = table_lines(text, table, nth)
        self.faults = faults
        self.asked: set[str] = set()
        if not isinstance(data, dict):
            self.refuse(None, f"{data!r} is no table", f"[{table}] and its keys")

    @property
    def line(self) -> int:
        """The line of the table's heading."""
        return self.lines[0][0]

    def refuse(self, key: str | None, found: str, allowed: str) -> None:
        """Note a fault at *key*, or at the table."""
        self.faults.append(Fault(f"{self.source}:{self.line_of(key)}", found, allowed))

    def line_of(self, key: str | None) -> int:
        """The line on which *key* is given, else the table's."""
        pattern = re.compile(rf"^\s*[\"']?{re.escape(key or '')}[\"']?\s*(=|\.)")
        found = (number for number, text in self.lines if key and pattern.match(text))
        return next(found, self.line)

    def need(self, key: str, reader: Callable[[Any], T], allowed: str) -> T:
        """The value of *key* as *reader* reads it; a fault if it is missing or refused."""
        if key not in self.data:
            self.refuse(None, f"{key} is missing", allowed)
        # A fault was noted, so what stands here is never used.
        return self.take(key, reader, allowed, cast(T, None))

    def take(self, key: str, reader: Callable[[Any], T], allowed: str, default: T) -> T:
        """The value of *key*, or *default*; where *reader* raises ValueError, a fault."""
        self.asked.add(key)
        if key in self.data:
            try:
                return reader(self.data[key])
            except ValueError as error:
                self.refuse(key, f"{key} = {self.data[key]!r}{note(error)}", allowed)
        return default

    def refuse_unknown(self) -> None:
        """Note every key that nobody asked for."""
        for key in sorted(self.data.keys() - self.asked):
            self.refuse(key, f"unknown key {key!r}", alternatives(key, self.asked))


def note(error: ValueError) -> str:
    """What a reader said beyond refusing."""
    return f" ({error})" if str(error) else ""


def table_lines(text: str, table: str, nth: int) -> list[tuple[int, str]]:
    """The numbered lines of the *nth* table of that name; the top level is the table ""."""
    lines: list[tuple[int, str]] = [(1, "")] if not table else []
    current, seen = "", -1 if table else 0
    for number, line in enumerate(text.splitlines(), start=1):
        heading = TABLE.match(line)
        if heading:
            current = heading[1]
            seen += current == table
        if current == table and seen == nth:
            lines.append((number, line))
    return lines or [(1, "")]


def a_text(value: Any) -> str:
    """A non-empty text of one line."""
    if not isinstance(value, str) or not value.strip() or len(value.splitlines()) != 1:
        raise ValueError
    return value.strip()


def a_count(value: Any) -> int:
    """A positive whole number."""
    if type(value) is not int or value < 1:
        raise ValueError
    return value


def a_share(value: Any) -> Fraction:
    """A share of the points from 0 to 1: 1, 0.5 or "2/3"."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError
    try:
        share = Fraction(str(value))
    except ZeroDivisionError:
        raise ValueError from None
    if not 0 <= share <= 1:
        raise ValueError
    return share


def a_flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ValueError
    return value


def one_of(allowed: Collection[str]) -> Callable[[Any], str]:
    """One of some words."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise ValueError(alternatives(str(value), allowed))
        return value

    return read


def many(reader: Callable[[Any], T]) -> Callable[[Any], tuple[T, ...]]:
    """A list of what *reader* reads."""

    def read(value: Any) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise ValueError
        return tuple(reader(each) for each in value)

    return read
