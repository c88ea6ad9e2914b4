"""The catalog: every family by id and topic, found by its file and imported only when drawn."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from examgen import families
from examgen.faults import Fault, nearest
from examgen.questions.family import LONG, Family, family_of

ROOT = Path(families.__file__).parent


@dataclass(frozen=True)
class Entry:
    """One line of the catalog: what is known of a family before it is imported."""

    id: str
    topic: str

    @property
    def is_long(self) -> bool:
        """Whether it has several parts: long questions are named so."""
        return self.id.startswith(LONG)


@cache
def entries() -> Mapping[str, Entry]:
    """Every family by its id, in alphabetical order of topic and id."""
    found: dict[str, Entry] = {}
    for path in sorted(ROOT.glob("*/[!_]*.py")):
        entry = Entry(path.stem.replace("_", "-"), path.parent.name)
        if entry.id in found:
            raise Fault(entry.id, "two families bear this name", "a file name may occur once")
        found[entry.id] = entry
    return found


def topics() -> tuple[str, ...]:
    """The topics, which are the folders."""
    return tuple(dict.fromkeys(entry.topic for entry in entries().values()))


def entry(family_id: str) -> Entry:
    """The entry of this id; raises `Fault` with the nearest known one."""
    found = entries().get(family_id)
    if found is None:
        close = nearest(family_id, entries())
        raise Fault(
            repr(family_id),
            "no family has this id",
            f"did you mean {close}?" if close else "`examgen bank list` lists them",
        )
    return found


@cache
def load(family_id: str) -> Family:
    """Import the family of this id."""
    found = entry(family_id)
    name = f"{families.__name__}.{found.topic}.{found.id.replace('-', '_')}"
    module = importlib.import_module(name)
    (declared,) = declared_in(name, vars(module).values())
    return family_of(declared)


def declared_in(module: str, values: Iterable[object]) -> Iterator[type]:
    """The decorated classes that a module itself declares."""
    for value in values:
        if inspect.isclass(value) and value.__module__ == module and "__family__" in vars(value):
            yield value
