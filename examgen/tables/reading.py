"""Reading a TOML file: its data and the place of every key, or one fault that says why not."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

from examgen.faults import Fault
from examgen.tables.places import Path, Place, places_of

LARGEST = 500_000
"""Characters; a large bank has a tenth of them."""


@dataclass(frozen=True)
class Source:
    """A TOML file that was read, or a table that stood in one; its text is then unknown."""

    name: str
    data: Mapping[str, Any]
    text: str = field(default="", repr=False)

    @cached_property
    def places(self) -> Mapping[Path, Place]:
        """Where each key stands; looked for when first there is something to say of one."""
        return places_of(self.text)

    def where(self, path: Path) -> str:
        """The file and the line of what stands at *path*, or of the table it stands in."""
        place = self.place(path)
        return f"{self.name}:{place.line}" if place else self.name

    def place(self, path: Path) -> Place | None:
        """The place of *path*, or of the nearest table around it."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
        return Place(1, 1) if self.places else None

    def line_in(self, path: Path, line: int) -> str:
        """The file and the line of the *line*-th line, from 1, of the text at *path*."""
        place = self.place(path)
        return f"{self.name}:{place.value + line - 1}" if place else self.name


def read_file(path: FilePath, what: str) -> str:
    """The text of a file of authors; raises `Fault` where it is none, or too long."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(LARGEST + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise Fault(str(path), f"it cannot be read ({error})", f"{what} in UTF-8") from error
    if len(text) > LARGEST:
        raise Fault(str(path), f"it has more than {LARGEST} characters", "at most so many")
    return text


def read_toml(text: str, name: str, allowed: str, *, trusted: bool = False) -> Source:
    """The data of a TOML text; raises `Fault` where it is none, with what is *allowed* then.

    Unless the text is *trusted*, the scanner first sees that no key is so deep that reading it
    would take long.
    """
    try:
        if not trusted:
            places_of(text)
        return Source(name, tomllib.loads(text), text)
    except Fault as fault:
        raise Fault(f"{name}, {fault.where}", fault.found, fault.allowed) from None
    except RecursionError:
        raise Fault(name, "it is nested too deeply", allowed) from None
    except ValueError as error:
        raise Fault(name, f"it is not valid TOML: {error}", allowed) from None
