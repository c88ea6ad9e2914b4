"""`examgen check`: what grading would understand of a sheet; nothing about right or wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from examgen.answers.reading import Reading, Several
from examgen.answers.sheets import Sheet, SheetFault, read_sheets
from examgen.answers.sheets.understanding import Understood, understand
from examgen.cli import options
from examgen.cli.codes import DONE, FINDINGS
from examgen.cli.grading.found_files import find_files
from examgen.faults import Fault, visible

GUESSED = "the sheet has no hints: what kind of answer each one is was guessed from how it looks"


@dataclass(frozen=True)
class Checked:
    """One sheet and what was understood of it."""

    file: str
    sheet: Sheet
    answers: tuple[Understood, ...]


@click.command()
@click.argument("sheets", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@options.as_json
def command(sheets: tuple[Path, ...], as_json: bool) -> int:
    """Show how each answer in SHEETS (files or folders) will be read, before they are handed in.

    No exam is needed, and nothing is revealed about what is right.
    """
    checked: list[Checked] = []
    refused: list[tuple[str, str]] = []
    for each in find_files(sheets):
        file = each.file
        if each.refused:
            refused.append((file, each.refused))
            continue
        try:
            checked += [
                Checked(
                    f"{file}#{sheet.number}" if sheet.number else file,
                    sheet,
                    tuple(understand(sheet)),
                )
                for sheet in read_sheets(each.content, None, file)
            ]
        except SheetFault as fault:
            refused.append((file, str(fault)))
    if not checked and not refused:
        where = ", ".join(map(str, sheets))
        raise Fault(where, "there is no file in it", "a sheet, or a folder with some")
    for line in said(checked, refused):
        click.echo(visible(line), err=as_json)
    if as_json:
        click.echo(json.dumps(report(checked, refused), ensure_ascii=False))
    is_fine = checked and not refused and all(map(is_readable, checked))
    return DONE if is_fine else FINDINGS


def is_readable(checked: Checked) -> bool:
    """Whether every answer could be read."""
    return all(each.reading.state != "unreadable" for each in checked.answers)


def said(checked: list[Checked], refused: list[tuple[str, str]]) -> Iterator[str]:
    """What a terminal shows."""
    for each in checked:
        yield f"{each.file}: {owner(each.sheet)}"
        width = max((len(answer.sort) for answer in each.answers), default=0)
        for answer in each.answers:
            yield f"  {answer.label:>4}  {described(answer, width)}".rstrip()
        yield from (f"  {warning}" for warning in each.sheet.warnings)
        if not each.sheet.hints:
            yield f"  {GUESSED}"
        yield f"  {count(each)}"
    for file, reason in refused:
        yield f"{file}: no answer sheet: {reason}"


def owner(sheet: Sheet) -> str:
    """For which exam a sheet is, and whose."""
    names = ("exam", "form", "name", "id")
    return ", ".join(f"{name} {sheet.headers.get(name, '') or '(missing)'}" for name in names)


def described(answer: Understood, width: int) -> str:
    """What was understood of an answer, or why it was not."""
    reading = answer.reading
    if reading.state == "blank":
        return "blank"
    if reading.state == "unreadable" and answer.kind == "choice":
        return f"UNREADABLE: {reading.reason}; what the options say is known only when it is graded"
    if reading.state == "unreadable":
        return f"UNREADABLE: {reading.reason}"
    return f"{answer.sort:<{width}}  {reading.shown}{doubts(reading)}"


def doubts(reading: Reading) -> str:
    """What is not clear about a reading."""
    others = " or as ".join(each.shown for each in reading.alternatives)
    if others:
        return f"  (may also be read as {others}; please write it more clearly)"
    return "  (please give one answer)" if isinstance(reading.value, Several) else ""


def count(checked: Checked) -> str:
    """How many answers were read, and how many of these may have to wait for a person."""
    states = [each.reading.state for each in checked.answers]
    numbers = {state: states.count(state) for state in ("read", "blank", "unreadable")}
    counted = ", ".join(f"{number} {state}" for state, number in numbers.items())
    unclear = sum(bool(each.reading.alternatives) for each in checked.answers)
    return f"{counted}; {unclear} can be read in several ways" if unclear else counted


def report(checked: list[Checked], refused: list[tuple[str, str]]) -> dict[str, Any]:
    """All of it as one JSON document."""
    return {
        "sheets": [sheet_report(each) for each in checked],
        "refused": [{"file": file, "reason": reason} for file, reason in refused],
    }


def sheet_report(checked: Checked) -> dict[str, Any]:
    """One sheet."""
    headers = {name: checked.sheet.headers.get(name, "") for name in ("exam", "form", "id", "name")}
    return {
        "file": checked.file,
        **headers,
        "answers": [answer_report(each) for each in checked.answers],
        "warnings": list(checked.sheet.warnings),
    }


def answer_report(answer: Understood) -> dict[str, Any]:
    """One answer."""
    return {
        "label": answer.label,
        "line": answer.line,
        "kind": answer.kind or None,
        "state": answer.reading.state,
        "sort": answer.sort,
        "read": answer.reading.shown,
        "alternatives": [each.shown for each in answer.reading.alternatives],
        "reason": answer.reading.reason,
    }
