"""Which form a file of answers has; the one way in for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from examgen.answers.sheets.decoding import LARGEST, LARGEST_TABLE, decode, plain_signs
from examgen.answers.sheets.json_text import loosened, parse_json
from examgen.answers.sheets.lines import read_lines
from examgen.answers.sheets.markdown import is_paper, read_paper, uncommented
from examgen.answers.sheets.notebook import is_notebook, read_notebook
from examgen.answers.sheets.objects import read_objects
from examgen.answers.sheets.patterns import label_of
from examgen.answers.sheets.sheet import Sheet, SheetFault
from examgen.answers.sheets.tables import find_table, read_table

TABLES = frozenset((".csv", ".tsv"))
MARKDOWN = frozenset((".md", ".markdown"))
JSON = frozenset((".json", ".ipynb"))
TABLE_ROW = re.compile(
    r"^\s{0,8}\|\s{0,20}(?P<label>[0-9]{1,3}[a-z]?)\s{0,20}"
    r"\|\s{0,20}(?P<answer>(?:\\\||[^|])*)\|?\s{0,20}$"
)
"""`| 7a | 1/2 |`, a label and its answer."""
NO_JSON = "the file is not valid JSON; it was read line by line"


def read_sheets(data: bytes, labels: Sequence[str] | None = None, name: str = "") -> list[Sheet]:
    """The sheets in a file handed in for an exam with these labels; None: not known.

    The form is seen from the content, and the ending of the file's *name* helps. Raises SheetFault
    for what is no answer sheet: too large, empty, binary, without any label.
    """
    ending = PurePath(name).suffix.lower()
    raw = decode(data, LARGEST_TABLE if ending in TABLES else LARGEST)
    if ending in JSON or raw.lstrip("\ufeff \t\n").startswith(("{", "[{")):
        return read_json(raw, labels)
    table = find_table(raw, labels)
    if table and (table.columns.is_plain or ending in TABLES):
        return read_table(table, labels)
    text = plain_signs(raw)
    if is_paper(text):
        return [read_paper(text, labels)]
    if ending in MARKDOWN:
        text = uncommented(text)
    return [read_lines(numbered(text), labels)]


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with their numbers, from 1; those of a Markdown table without bars.

    Where there are labels beside the table, its rows belong to a matrix.
    """
    lines = text.split("\n")
    if "|" in text and not any(map(label_of, lines)):
        lines = [TABLE_ROW.sub(r"\g<label>: \g<answer>", line) for line in lines]
    return enumerate(lines, 1)


def read_json(raw: str, labels: Sequence[str] | None) -> list[Sheet]:
    """The sheets in a JSON file or a notebook; what is no JSON is read line by line."""
    for text in (raw.strip("\ufeff"), plain_signs(raw)):
        try:
            data: Any = parse_json(text)
        except SheetFault:
            raise
        except (ValueError, RecursionError):
            continue
        if is_notebook(data):
            return [read_notebook(data, labels)]
        return read_objects(data, labels)
    sheet = read_lines(loosened(plain_signs(raw)), labels)
    return [replace(sheet, warnings=(NO_JSON, *sheet.warnings))]
