"""A bank: a TOML file of items, each known by its head until it is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from examgen.faults import Fault, Faults, in_order
from examgen.questions.banks.heads import Head, read_head
from examgen.questions.banks.items import make_family
from examgen.questions.banks.pinned import FindFamily
from examgen.questions.family import Family
from examgen.tables.fields import MOST, Fields, a_text
from examgen.tables.reading import Source, read_toml

MOST_ITEMS = 2_000
REFUSED = re.compile(r"(\w+) = ")
"""How a fault begins of what stands at a key."""
UNKNOWN = re.compile(r"nothing here is called '(\w+)'")
ENTRY = re.compile(r"(?:_\d+)+$")
"""What tells an entry of an array from the others."""
SHARED = ("topic", "tags")
"""What a bank may say once for all its items."""


@dataclass(frozen=True)
class BankItem:
    """An item of a bank: its head, and the table from which its family is made."""

    head: Head
    fields: Fields

    def load(self, find_family: FindFamily) -> Family:
        """Make the family; raises `Faults`, all at once."""
        fields = Fields(self.fields.data, self.fields.source, self.fields.path, [])
        fields.asked = set(self.fields.asked)
        family = make_family(self.head, fields, find_family)
        if fields.faults or family is None:
            raise Faults(first_causes(fields.faults))
        return replace(family, definition=dict(fields.data))


def first_causes(faults: Sequence[Fault]) -> list[Fault]:
    """The faults of an item, without those that only follow from another one.

    A parameter or a step that is refused is not known where it is used.
    """
    refused = {refused_by(each): unknown_in(each) for each in faults if refused_by(each)}
    return [
        each
        for each in faults
        if unknown_in(each) not in refused or is_circular(refused_by(each), refused)
    ]


def is_circular(name: str, needs: Mapping[str, str]) -> bool:
    """Whether a name needs another one, which needs another one, … which needs it."""
    found = needs.get(name, "")
    for _ in needs:
        if found == name:
            return bool(name)
        found = needs.get(found, "")
    return False


def refused_by(fault: Fault) -> str:
    """The key whose value a fault refuses; "" for none."""
    match = REFUSED.match(fault.found)
    return match[1] if match else ""


def unknown_in(fault: Fault) -> str:
    """The name that a fault says is not known, of an entry that of its array; "" for none."""
    match = UNKNOWN.search(fault.found)
    return ENTRY.sub("", match[1]) if match else ""


def read_bank(text: str, name: str, *, trusted: bool = False) -> tuple[BankItem, ...]:
    """The items of a bank, each read as far as its head; raises `Faults`, all at once."""
    items, faults = read_heads(text, name, trusted=trusted)
    if faults:
        raise Faults(faults)
    return items


def read_whole(text: str, name: str, find_family: FindFamily) -> tuple[BankItem, ...]:
    """The same with every item made once; raises `Faults` with those of all of them."""
    items, faults = read_heads(text, name)
    _, more = make_each(items, find_family)
    if faults or more:
        raise Faults(in_order([*faults, *more]))
    return items


Made = tuple[tuple[BankItem, Family], ...]


def make_each(items: Iterable[BankItem], find_family: FindFamily) -> tuple[Made, list[Fault]]:
    """The families of the items that have no fault, and the faults of the others."""
    families: list[tuple[BankItem, Family]] = []
    faults: list[Fault] = []
    for item in items:
        if len(faults) >= MOST:
            break
        try:
            families.append((item, item.load(find_family)))
        except Faults as found:
            faults += found.faults
    return tuple(families), faults


def read_heads(
    text: str, name: str, *, trusted: bool = False
) -> tuple[tuple[BankItem, ...], list[Fault]]:
    """The items of a bank, each read as far as its head, and the faults so far.

    A shipped bank is *trusted* to be short and flat.
    """
    toml = read_toml(text, name, "[[item]] and its keys", trusted=trusted)
    faults: list[Fault] = []
    top = Fields(toml.data, toml, (), faults)
    top.take("title", a_text, "a text", "")
    shared = {key: toml.data[key] for key in SHARED if key in toml.data}
    top.asked.update(SHARED)
    items = tuple(read_entry(each, shared) for each in top.tables("item", MOST_ITEMS))
    if not items:
        top.refuse(None, "it has no item", "at least one [[item]]")
    refuse_doubles(items)
    top.refuse_unknown()
    return items, faults


def read_entry(fields: Fields, shared: dict[str, Any]) -> BankItem:
    """One table [[item]], with what the bank says for all of them."""
    fields.data = {**shared, **fields.data}
    return BankItem(read_head(fields), fields)


def refuse_doubles(items: tuple[BankItem, ...]) -> None:
    """Note every id that an earlier item bears already."""
    seen: dict[str, BankItem] = {}
    for item in items:
        first = seen.setdefault(item.head.id, item)
        if first is not item:
            found = f"the id {item.head.id!r} stands in line {first.fields.line} already"
            item.fields.refuse("id", found, "each once")


def read_definition(table: Any, where: str, find_family: FindFamily) -> Family:
    """The family that a recorded table declares; raises `Faults`."""
    faults: list[Fault] = []
    item = read_entry(Fields(table, Source(where, {}), (), faults), {})
    if faults:
        raise Faults(faults)
    return item.load(find_family)
