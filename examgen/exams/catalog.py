"""The catalog: every family and every bank item by id and topic, made only when drawn."""

from __future__ import annotations

import importlib
import inspect
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from examgen import families
from examgen.exams import outside
from examgen.faults import Fault, nearest
from examgen.questions.banks.bank import BankItem, read_bank
from examgen.questions.family import LONG, Family, family_of
from examgen.questions.levels import LEVELS, Level
from examgen.resources import folder
from examgen.tables.reading import read_file

ROOT = Path(families.__file__).parent
DECLARATION = re.compile(r"^@family\((.*?)\)\nclass ", re.MULTILINE | re.DOTALL)
TAGS, WORD = re.compile(r"\btags=\(([^)]*)\)"), re.compile(r'"([^"]+)"')
IDEA = "idea-"
"""What a tag begins with that names what is asked: an exam asks each idea once."""
CONCEPT, CONCEPTUAL = "concept-", "conceptual"
"""What the id of a family without computation begins with, and the tag that it so bears."""


@dataclass(frozen=True)
class Entry:
    """One line of the catalog: what is known of a family before it is made."""

    id: str
    topic: str
    is_long: bool
    """Whether it has several parts."""
    source: Callable[[], Family] = field(repr=False, compare=False)
    """Makes the family, once."""
    tags: tuple[str, ...] = ()
    levels: tuple[Level, ...] = LEVELS
    options: int | None = None
    """How many options it can have, where that is known."""
    is_fixed: bool = False
    """Whether its numbers are always the same."""
    bank: str = ""
    """The file of the bank it stands in; empty for a family in Python."""
    words: frozenset[str] = field(init=False, repr=False, compare=False)
    """The topic and the tags."""

    def __post_init__(self) -> None:
        """Gather the words: selection asks for those of every entry again and again."""
        object.__setattr__(self, "words", frozenset((self.topic, *self.tags)))

    @property
    def ideas(self) -> tuple[str, ...]:
        """What it asks, where others ask the same."""
        return tuple(tag for tag in self.tags if tag.startswith(IDEA))


@dataclass(frozen=True, eq=False)
class Catalog:
    """What there is to ask."""

    entries: Mapping[str, Entry]

    @property
    def digests(self) -> tuple[str, ...]:
        """What the record says of what was added to the shipped catalog."""
        return ()

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics, each once, in the order of the entries."""
        return tuple(dict.fromkeys(each.topic for each in self.entries.values()))

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags, each once, in alphabetical order."""
        return tuple(sorted({tag for each in self.entries.values() for tag in each.tags}))

    def entry(self, family_id: str) -> Entry:
        """The entry of this id; raises `Fault` with the nearest known one."""
        known = self.entries.get(family_id)
        if known is None:
            close = nearest(family_id, self.entries)
            raise Fault(
                repr(family_id),
                "no family has this id",
                f"did you mean {close}?" if close else "`examgen bank list` lists them",
            )
        return known

    def load(self, family_id: str) -> Family:
        """The family of this id, made when it is first asked for."""
        return self.entry(family_id).source()

    def in_python(self, family_id: str) -> Family:
        """The family of this id, if it is written in Python: what a bank may have instances of."""
        found = self.entry(family_id)
        if found.bank:
            raise Fault(repr(family_id), f"it is an item of {found.bank}", "a family in Python")
        return found.source()

    def plus(self, entries: Iterable[Entry]) -> Catalog:
        """This and more entries; raises `Fault` where two bear one id."""
        known = dict(self.entries)
        for each in entries:
            if each.id in known:
                places = " and ".join(
                    repr(other.bank or "a family in Python") for other in (known[each.id], each)
                )
                raise Fault(each.id, f"this id is taken twice, in {places}", "ids that differ")
            known[each.id] = each
        return Catalog(known)

    def plus_bank(self, items: Iterable[BankItem], bank: str) -> Catalog:
        """This and the items of a bank."""
        return self.plus(bank_entry(item, bank, self) for item in items)


def shipped() -> Catalog:
    """All that is there without an option: what comes with examgen, and families beside it."""
    return made_of(os.environ.get(outside.FILES, ""))


@cache
def made_of(named: str) -> Catalog:
    """Families in alphabetical order of topic and id, those of installed packages and of the files
    *named*, and the shipped banks.
    """
    catalog = Catalog({}).plus(python_entries()).plus(outside_entries(named))
    for name, path in bank_files().items():
        catalog = catalog.plus_bank(read_bank(read_file(path, "a bank"), name, trusted=True), name)
    return catalog


def outside_entries(named: str) -> Iterator[Entry]:
    """The families of installed packages, and of the files *named*."""
    for topic, name, point in outside.installed():
        source = cache(partial(outside.from_point, point, name))
        yield Entry(name, topic, name.startswith(LONG), source)
    for path in outside.files(named, os.pathsep):
        for each in outside.in_file(path):
            family = partial(itself, each)
            yield Entry(each.id, each.topic, each.is_long, family, each.tags, each.levels)


def itself(family: Family) -> Family:
    """A family that is made already."""
    return family


def bank_files() -> Mapping[str, Path]:
    """The files of the shipped banks, by name."""
    return {path.name: path for path in sorted(folder("banks").glob("*.toml"))}


def python_entries() -> Iterator[Entry]:
    """The families in Python, found by their files and imported only when they are made."""
    for path in sorted(ROOT.glob("*/[!_]*.py")):
        found, topic = path.stem.replace("_", "-"), path.parent.name
        module = f"{families.__name__}.{topic}.{path.stem}"
        tags: tuple[str, ...] = (CONCEPTUAL,) if found.startswith(CONCEPT) else ()
        tags += declared_tags(path.read_text(encoding="utf-8"))
        source = cache(partial(imported, module))
        yield Entry(found, topic, found.startswith(LONG), source, tags)


def declared_tags(module: str) -> tuple[str, ...]:
    """The tags that the family in a module's text declares, found without running it."""
    declared = DECLARATION.search(module)
    named = TAGS.search(declared[1]) if declared else None
    return tuple(WORD.findall(named[1])) if named else ()


def bank_entry(item: BankItem, bank: str, catalog: Catalog) -> Entry:
    """The entry of a bank's item."""
    head = item.head
    return Entry(
        id=head.id,
        topic=head.topic,
        is_long=head.is_long,
        source=cache(lambda: item.load(catalog.in_python)),
        tags=head.tags,
        levels=head.levels,
        options=head.options,
        is_fixed=head.is_fixed,
        bank=bank,
    )


def imported(name: str) -> Family:
    """The family that the module of this name declares."""
    module = importlib.import_module(name)
    (declared,) = declared_in(name, vars(module).values())
    return family_of(declared)


def declared_in(module: str, values: Iterable[object]) -> Iterator[type]:
    """The decorated classes that a module itself declares."""
    for value in values:
        if inspect.isclass(value) and value.__module__ == module and "__family__" in vars(value):
            yield value


def entries() -> Mapping[str, Entry]:
    """Every shipped family by its id."""
    return shipped().entries


def topics() -> tuple[str, ...]:
    """The topics of what is shipped."""
    return shipped().topics


def entry(family_id: str) -> Entry:
    """The shipped entry of this id."""
    return shipped().entry(family_id)


def load(family_id: str) -> Family:
    """The shipped family of this id."""
    return shipped().load(family_id)
