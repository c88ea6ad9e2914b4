"""From files to submissions in the gradebook: read, matched to their forms, and kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePath

from examgen.answers.sheets import Sheet, SheetFault, read_sheets
from examgen.cli.exam_folder import ExamFolder, labels
from examgen.cli.handed_in import HandedIn
from examgen.grading.belonging import FormEntry, belongs
from examgen.grading.gradebook.submissions import Handed, hand_in
from examgen.grading.marks import RefusedSheet

BATCH = 200
"""Sheets that are taken in at a time."""


@dataclass
class TakenIn:
    """What a run was given: submissions by their ids, and what is no sheet of this exam."""

    submissions: list[int] = field(default_factory=list)
    refused: list[RefusedSheet] = field(default_factory=list)


def everything(book: sqlite3.Connection) -> TakenIn:
    """All that was ever handed in."""
    return TakenIn([number for (number,) in book.execute("SELECT id FROM submission ORDER BY id")])


def take_in(book: sqlite3.Connection, folder: ExamFolder, files: Iterable[HandedIn]) -> TakenIn:
    """Read every file, and keep every sheet in it that belongs to the exam."""
    taken = TakenIn()
    sheets = read_all(folder, files, taken.refused)
    while batch := list(islice(sheets, BATCH)):
        taken.submissions += hand_in(book, batch)
    taken.submissions[:] = dict.fromkeys(taken.submissions)
    return taken


def read_all(
    folder: ExamFolder, files: Iterable[HandedIn], refused: list[RefusedSheet]
) -> Iterator[Handed]:
    """The sheets in the files; the reason for every other goes to *refused*."""
    for each in files:
        if each.refused:
            refused.append(RefusedSheet(each.file, each.refused))
            continue
        try:
            found = list(read_file(folder, each))
        except SheetFault as fault:
            refused.append(RefusedSheet(each.file, str(fault)))
            continue
        for sheet in found:
            name = f"{each.file}#{sheet.number}" if sheet.number else each.file
            try:
                yield handed(folder, each, sheet, name)
            except SheetFault as fault:
                refused.append(RefusedSheet(name, str(fault)))


def read_file(folder: ExamFolder, each: HandedIn) -> Sequence[Sheet]:
    """The sheets of a file, read with the labels of its form where that is known beforehand."""
    register = folder.register
    entry = register.forms[0] if register.is_single else register.told_by(each.content)
    return read_sheets(each.content, labels_of(folder, entry) if entry else None, each.file)


def labels_of(folder: ExamFolder, entry: FormEntry) -> tuple[str, ...]:
    """The labels of a form."""
    return labels(folder.record_of(entry.form))


def handed(folder: ExamFolder, each: HandedIn, sheet: Sheet, name: str) -> Handed:
    """A sheet matched to its form and its student."""
    entry, doubts = belongs(sheet, each.file, folder.register)
    responses = {label: response.text for label, response in sheet.responses.items()}
    raw = each.content if not sheet.number else json.dumps(responses, sort_keys=True).encode()
    written = {header: sheet.headers.get(header, "") for header in ("id", "name")}
    if not any(written.values()) and not entry.id:
        stem = PurePath(each.file).stem
        written["name"] = f"{stem} {sheet.number}" if sheet.number else stem
    return Handed(
        exam=entry.exam,
        form=entry.form,
        student=entry.id or written["id"] or written["name"],
        written_id=entry.id or written["id"],
        name=entry.name or written["name"],
        file=name,
        raw=raw,
        responses={label: responses.get(label, "") for label in labels_of(folder, entry)},
        warnings=(*doubts, *sheet.warnings),
        received=each.received,
    )
