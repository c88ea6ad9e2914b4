"""From files to submissions in the gradebook: read, matched to their forms, and kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import PurePath

from examgen.answers.sheets import Sheet, SheetFault, read_sheets
from examgen.cli.exam_folder import ExamFolder
from examgen.cli.grading.found_files import FoundFile
from examgen.cli.pools import FEW, Workers, spread
from examgen.grading.belonging import FormEntry, belongs
from examgen.grading.gradebook.submissions import Handed, hand_in
from examgen.grading.marks import RefusedSheet
from examgen.grading.owners import owner_of

BATCH = 200
"""Sheets that are taken in at a time."""
PIECE = 50
"""Files that a worker is given at a time."""
MUCH = 2_000_000
"""Bytes of files; no more are collected for a worker."""


@dataclass
class TakenIn:
    """What a run was given: submissions by their ids, and what is no sheet of this exam."""

    submissions: list[int] = field(default_factory=list)
    refused: list[RefusedSheet] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    """Those that are new to the gradebook."""


def everything(book: sqlite3.Connection) -> TakenIn:
    """All that was ever handed in."""
    return TakenIn([number for (number,) in book.execute("SELECT id FROM submission ORDER BY id")])


def take_in(
    book: sqlite3.Connection, folder: ExamFolder, files: Iterable[FoundFile], workers: Workers
) -> TakenIn:
    """Read every file, and keep every sheet in it that belongs to the exam."""
    taken = TakenIn()
    pieces = in_pieces(folder, files)
    first = list(islice(pieces, FEW // PIECE + 1))
    pool = workers.enough(sum(len(each.files) for each in first))
    found = chain.from_iterable(spread(read_piece, chain(first, pieces), pool))
    sheets = accepted(found, taken.refused)
    while batch := list(islice(sheets, BATCH)):
        for number, is_new in hand_in(book, batch):
            taken.submissions.append(number)
            taken.new += [number] if is_new else []
    taken.submissions[:] = dict.fromkeys(taken.submissions)
    return taken


def accepted(
    sheets: Iterable[Handed | RefusedSheet], refused: list[RefusedSheet]
) -> Iterator[Handed]:
    """What was handed in and belongs to the exam; everything else goes to *refused*."""
    for each in sheets:
        if isinstance(each, RefusedSheet):
            refused.append(each)
        else:
            yield each


@dataclass(frozen=True)
class Piece:
    """Some files, and the exam that they are for."""

    folder: ExamFolder
    files: tuple[FoundFile, ...]


def in_pieces(folder: ExamFolder, files: Iterable[FoundFile]) -> Iterator[Piece]:
    """The files in pieces for workers: not many, nor much, at a time."""
    piece: list[FoundFile] = []
    size = 0
    for each in files:
        piece.append(each)
        size += len(each.content)
        if len(piece) == PIECE or size > MUCH:
            yield Piece(folder, tuple(piece))
            piece, size = [], 0
    if piece:
        yield Piece(folder, tuple(piece))


def read_piece(piece: Piece) -> list[Handed | RefusedSheet]:
    """The sheets in some files, or why there is none."""
    return [found for each in piece.files for found in read_all(piece.folder, each)]


def read_all(folder: ExamFolder, each: FoundFile) -> Iterator[Handed | RefusedSheet]:
    """The sheets in a file."""
    if each.refused:
        yield RefusedSheet(each.file, each.refused)
        return
    try:
        found = list(read_file(folder, each))
    except SheetFault as fault:
        yield RefusedSheet(each.file, str(fault))
        return
    for sheet in found:
        name = f"{each.file}#{sheet.number}" if sheet.number else each.file
        try:
            yield handed(folder, each, sheet, name)
        except SheetFault as fault:
            yield RefusedSheet(name, str(fault))


def read_file(folder: ExamFolder, each: FoundFile) -> Sequence[Sheet]:
    """The sheets of a file, read with the labels of its form where that is known beforehand."""
    entry = easily_told(folder, each)
    return read_sheets(each.content, folder.labels(entry.form) if entry else None, each.file)


def easily_told(folder: ExamFolder, each: FoundFile) -> FormEntry | None:
    """The form that a file answers, where that is known before it is read."""
    register = folder.register
    return register.forms[0] if register.is_single else register.told_by(each.content)


def handed(folder: ExamFolder, each: FoundFile, sheet: Sheet, name: str) -> Handed:
    """A sheet matched to its form and its student."""
    entry, owner, doubts = belongs(sheet, each.file, folder.register)
    if not sheet.number and easily_told(folder, each) != entry:
        # Again with the labels: without them, more lines seem to belong to the answer above.
        (sheet,) = read_sheets(each.content, folder.labels(entry.form), each.file)
    responses = {label: response.text for label, response in sheet.responses.items()}
    raw = each.content if not sheet.number else json.dumps(responses, sort_keys=True).encode()
    written = {header: sheet.headers.get(header, "") for header in ("id", "name")}
    if not any(written.values()) and not entry.id:
        written |= unnamed(each.file, sheet.number)
    return Handed(
        exam=entry.exam,
        form=entry.form,
        student=owner.id or written["id"] or written["name"],
        written_id=owner.id or written["id"],
        name=owner.name or written["name"],
        file=name,
        raw=raw,
        responses={label: responses.get(label, "") for label in folder.labels(entry.form)},
        warnings=(*doubts, *sheet.warnings),
        received=each.received,
    )


def unnamed(file: str, number: int) -> dict[str, str]:
    """Whose a sheet is that says neither id nor name."""
    if number:
        return {"name": f"{PurePath(file).stem} {number}"}
    owner = owner_of(file)
    return {"id": owner.id, "name": owner.name}
