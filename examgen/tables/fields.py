"""Reading the fields of a TOML table: all faults collected, each with its line and its cure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from fractions import Fraction
from reprlib import Repr
from typing import Any, TypeVar, cast

from examgen.faults import Fault, alternatives
from examgen.tables.places import Path
from examgen.tables.reading import Source

T = TypeVar("T")
MOST = 100
"""How many faults are reported of one file."""
MOST_TABLES = 100
LARGEST = 1_000_000
"""The largest count that a file may give: of minutes, points or items."""
LONGEST_WORD = 60
SHORT = Repr()
SHORT.maxstring = SHORT.maxlong = SHORT.maxother = LONGEST_WORD


class Fields:
    """The keys of one table of a TOML file, read one by one."""

    def __init__(self, data: Any, source: Source, path: Path, faults: list[Fault]) -> None:
        """*data* stands at *path* of *source*; faults are added to *faults*."""
        self.data: Mapping[str, Any] = data if isinstance(data, dict) else {}
        self.source = source
        self.path = path
        self.faults = faults
        self.asked: set[str] = set()
        if not isinstance(data, dict):
            self.refuse(None, f"{SHORT.repr(data)} is not a table", "a table with keys")

    @property
    def line(self) -> int:
        """The line of the table's heading, 0 where it is unknown."""
        place = self.source.place(self.path)
        return place.line if place else 0

    def refuse(self, key: str | None, found: str, allowed: str) -> None:
        """Note a fault at *key*, or at the table."""
        if len(self.faults) < MOST:
            path = self.path if key is None else (*self.path, key)
            self.faults.append(Fault(self.source.where(path), found, allowed))

    def refuse_in(self, key: str, line: int, found: str, allowed: str) -> None:
        """Note a fault in the *line*-th line, from 1, of the text at *key*."""
        if len(self.faults) < MOST:
            where = self.source.line_in((*self.path, key), line)
            self.faults.append(Fault(where, found, allowed))

    def tables(self, key: str, most: int = MOST_TABLES) -> Iterator[Fields]:
        """The tables of an array `[[key]]`, in order, *most* of them."""
        found: tuple[Any, ...] = self.take(key, many(lambda each: each), f"[[{key}]]", ())
        if len(found) > most:
            self.refuse(key, f"{len(found)} times [[{key}]]", f"at most {most}")
        for nth, each in enumerate(found[:most]):
            yield Fields(each, self.source, (*self.path, key, nth), self.faults)

    def table(self, key: str) -> Fields:
        """The table `[key]`; an empty one where it is missing."""
        self.asked.add(key)
        return Fields(self.data.get(key, {}), self.source, (*self.path, key), self.faults)

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
                found = f"{key} = {SHORT.repr(self.data[key])}{note(error)}"
                self.refuse(key, found, allowed)
        return default

    def refuse_unknown(self) -> None:
        """Note every key that nobody asked for."""
        for key in sorted(self.data.keys() - self.asked)[:MOST]:
            word = key[:LONGEST_WORD]
            self.refuse(key, f"unknown key {word!r}", alternatives(word, self.asked))


def note(error: ValueError) -> str:
    """What a reader said beyond refusing."""
    return f" ({error})" if str(error) else ""


def a_text(value: Any) -> str:
    """A non-empty text of one line."""
    if not isinstance(value, str) or not value.strip() or len(value.splitlines()) != 1:
        raise ValueError
    return value.strip()


def a_count(value: Any) -> int:
    """A positive whole number."""
    if type(value) is not int or not 1 <= value <= LARGEST:
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
            raise ValueError(alternatives(str(value)[:LONGEST_WORD], allowed))
        return value

    return read


def each_named(reader: Callable[[Any], T]) -> Callable[[Any], T]:
    """The same reader of one thing among several, which says which one it refuses."""

    def read(value: Any) -> T:
        try:
            return reader(value)
        except ValueError as error:
            why = f": {error}" if str(error) else ""
            raise ValueError(f"{SHORT.repr(value)}{why}") from None

    return read


def many(reader: Callable[[Any], T], most: int = LARGEST) -> Callable[[Any], tuple[T, ...]]:
    """A list of what *reader* reads, *most* of it."""

    def read(value: Any) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise ValueError
        if len(value) > most:
            raise ValueError(f"{len(value)}, more than {most}")
        return tuple(map(each_named(reader), value))

    return read
