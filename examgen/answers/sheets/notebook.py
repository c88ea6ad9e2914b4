"""Sheets that are notebooks: cells that begin with a label, or are tagged with one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from examgen.answers.sheets.decoding import plain_signs
from examgen.answers.sheets.json_text import Members
from examgen.answers.sheets.lines import LineReader
from examgen.answers.sheets.patterns import header_of, label_of
from examgen.answers.sheets.sheet import Gathered, Sheet

TAG = "answer"


def is_notebook(data: Any) -> bool:
    """Whether JSON data is a notebook."""
    return isinstance(data, Members) and isinstance(dict(data).get("cells"), list)


def read_notebook(data: Members, labels: Sequence[str] | None) -> Sheet:
    """The sheet in a notebook; what its cells printed is not read."""
    gathered = Gathered(labels, unit="cell")
    for number, cell in enumerate(dict(data)["cells"], 1):
        if isinstance(cell, Members):
            take_cell(gathered, number, dict(cell))
    return gathered.sheet()


def take_cell(found: Gathered, number: int, cell: dict[str, Any]) -> None:
    """Take in one cell."""
    source = source_of(cell)
    for tag in tags_of(cell):
        if tag.casefold().startswith(TAG) and (tagged := found.named(tag)):
            found.answer(tagged, without_label(source), number)
            return
    reader = LineReader(found)
    for line in source.split("\n"):
        uncommented = line.lstrip("# \t") if line.startswith("#") else line
        label = label_of(uncommented)
        if (label and not label.loose) or header_of(uncommented):
            reader.add(number, uncommented)
        elif reader.label:
            reader.add(number, f"  {line}")


def without_label(source: str) -> str:
    """The text of a tagged cell without a label on its first line."""
    first, *others = source.strip().split("\n")
    uncommented = first.lstrip("# \t") if first.startswith("#") else first
    label = label_of(uncommented)
    return "\n".join([label.rest if label and not label.loose else first, *others]).strip()


def source_of(cell: dict[str, Any]) -> str:
    """What was written into a cell."""
    source = cell.get("source", "")
    lines = source if type(source) is list else [source]
    return plain_signs("".join(each for each in lines if isinstance(each, str)))


def tags_of(cell: dict[str, Any]) -> Iterator[str]:
    """The tags of a cell."""
    metadata = cell.get("metadata")
    tags = dict(metadata).get("tags") if isinstance(metadata, Members) else None
    for tag in tags if type(tags) is list else ():
        if isinstance(tag, str):
            yield tag
