"""What an instructor adds to the shipped catalog: banks, and families in files of Python."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from examgen.exams.catalog import Catalog, shipped
from examgen.faults import Fault, Faults
from examgen.questions.banks.bank import read_whole
from examgen.tables.reading import read_file


@dataclass(frozen=True)
class Bank:
    """A bank as it was read: its file's name and its text."""

    name: str
    text: str = field(repr=False)

    @property
    def digest(self) -> str:
        """The name, and the beginning of a hash of what stands in it, for the record."""
        return f"{self.name} {hashlib.sha256(self.text.encode()).hexdigest()[:12]}"


def find_bank(path: Path) -> Bank:
    """The bank in this file."""
    return Bank(path.name, read_file(path, "a bank: TOML"))


@dataclass(frozen=True, eq=False)
class Extended(Catalog):
    """The shipped catalog and what was added."""

    banks: tuple[Bank, ...] = ()

    @property
    def digests(self) -> tuple[str, ...]:
        """What the record says of the banks."""
        return tuple(bank.digest for bank in self.banks)


def shipped_and(banks: Sequence[Bank]) -> Catalog:
    """The shipped catalog and these banks; raises `Faults` with those of all their items."""
    catalog = shipped()
    faults: list[Fault] = []
    for bank in banks:
        try:
            items = read_whole(bank.text, bank.name, catalog.in_python)
        except Faults as raised:
            faults += raised.faults
        else:
            catalog = catalog.plus_bank(items, bank.name)
    if faults:
        raise Faults(faults)
    return Extended(catalog.entries, tuple(banks))


def open_catalog(banks: Sequence[Path] = ()) -> Catalog:
    """The shipped catalog, and with it the banks in these files."""
    return shipped_and([find_bank(path) for path in banks]) if banks else shipped()
