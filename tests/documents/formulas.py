"""The formulas of a laid-out document, as its authors wrote them."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from examgen.documents.layout import Document, Formula, Key, Prose, TablePage

AUTHORED = re.compile(r"`[^`]*`|\$\$\n(.*?)\n\s*\$\$|\$([^$]+)\$", re.DOTALL)


def of(document: Document) -> Iterator[str]:
    """Every formula that a page in Markdown shows, white space made single, in no special order."""
    for section in document.sections:
        yield from inside(section)
    if document.seed is None:  # a key leaves the front page out
        yield from inside(document.front)


def everything(document: Document) -> Iterator[str]:
    """As a page shows them that has no trouble with rows or bars."""
    for section in document.sections:
        yield from whole(section)
    if document.seed is None:
        yield from whole(document.front)


def whole(record: Any) -> Iterator[str]:
    """The formulas of a record and of what it holds, each of a table's keys with its prompt."""
    if isinstance(record, Prose | Formula):
        yield from inside(record)
    elif isinstance(record, TablePage):
        yield from whole(record.headings)
        for row in record.rows:
            yield from whole(row.title)
            for part in row.cells:
                if part.key:
                    yield from whole((row.title, part.prompt, part.key))
    elif isinstance(record, Key) and is_choice(record):  # its option has said the answer
        yield from whole((record.solution, record.mistakes))
    elif isinstance(record, tuple):
        for each in record:
            yield from whole(each)
    elif is_dataclass(record):
        for field in fields(record):
            yield from whole(getattr(record, field.name))


def inside(record: Any) -> Iterator[str]:
    """The formulas of a record and of what it holds."""
    if isinstance(record, Prose):
        yield from in_prose(record)
    elif isinstance(record, Formula):
        yield single(record)
    elif isinstance(record, Key):
        yield from in_key(record)
    elif isinstance(record, TablePage):
        yield from in_table(record)
    elif isinstance(record, tuple):
        for each in record:
            yield from inside(each)
    elif is_dataclass(record):
        for field in fields(record):
            yield from inside(getattr(record, field.name))


def in_key(key: Key) -> Iterator[str]:
    """Of a key; an answer with rows is shown as it is typed, unless that is a letter."""
    if is_choice(key) or not (isinstance(key.answer, Formula) and key.answer.has_rows):
        yield from inside(key.answer)
    yield from inside(key.solution)
    yield from inside(key.mistakes)


def is_choice(key: Key) -> bool:
    """Whether the answer is a letter."""
    return key.plain.isalpha() and key.plain.isupper()


def in_table(table: TablePage) -> Iterator[str]:
    """Of a table; in a key each cell comes again below, with its row's title and its prompt."""
    yield from map(unbarred, inside(table.headings))
    for row in table.rows:
        yield from map(unbarred, inside(row.title))
        for part in row.cells:
            if part.key:
                yield from inside((row.title, part.prompt, part.key))


def in_prose(text: str) -> Iterator[str]:
    for found in AUTHORED.finditer(text):
        if found[1] or found[2]:
            yield single(found[1] or found[2])


def single(formula: str) -> str:
    return " ".join(formula.split())


def unbarred(formula: str) -> str:
    r"""As it stands in a cell, where a bar would end it."""
    return single(formula.replace(r"\|", r"\Vert ").replace("|", r"\vert "))
