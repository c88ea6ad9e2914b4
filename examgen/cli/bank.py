"""`examgen bank`: the questions there are, and banks of one's own."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import click

from examgen.cli import options
from examgen.cli.banks.starter import starter
from examgen.cli.banks.validation import validate as check
from examgen.cli.banks.validation_report import as_lines, as_record
from examgen.cli.codes import DONE, FINDINGS
from examgen.cli.folders import write_file
from examgen.exams.additions import open_catalog
from examgen.faults import Fault, visible
from examgen.questions.family import Family


@click.group()
def command() -> None:
    """List, check and begin banks of questions."""


@command.command("list")
@options.banks
@options.families
@options.as_json
def list_families(banks: tuple[Path, ...], as_json: bool) -> None:
    """List the question families and bank items by topic."""
    known = open_catalog(banks)
    families = [known.load(each) for each in known.entries]
    if as_json:
        rows = [row_of(each, known.entry(each.id).bank) for each in families]
        click.echo(json.dumps({"families": rows}, ensure_ascii=False))
        return
    for topic in known.topics:
        click.echo(topic)
        for each in families:
            if each.topic == topic:
                tags = f"  [{', '.join(each.tags)}]" if each.tags else ""
                click.echo(f"  {each.id:30}{each.title}{tags}")


@command.command("validate")
@click.argument("what", nargs=-1, metavar="[FILE|ID]…")
@click.option(
    "--samples",
    type=click.IntRange(1, 10_000),
    default=80,
    show_default=True,
    help="Problems to draw of each item and level.",
)
@options.families
@options.as_json
def validate(what: tuple[str, ...], samples: int, as_json: bool) -> int:
    """Check banks (files) and families (ids).

    Where none is named, all there are.

    Reports every fault of a bank with its line and what is allowed, and for every item and level
    how many proposals are accepted, how much the draws differ, and where the right option stands.
    """
    validation = check(what, open_catalog(), samples)
    for line in as_lines(validation):
        click.echo(visible(line), err=as_json)
    if as_json:
        click.echo(json.dumps(as_record(validation), ensure_ascii=False))
    return DONE if validation.is_fine else FINDINGS


@command.command("new")
@click.argument("name", type=click.Path(path_type=Path))
def new(name: Path) -> None:
    """Write NAME.toml, a commented bank to start from."""
    if name.name in ("", ".."):
        raise Fault(str(name), "it cannot be the name of a file", "a name as in my-bank")
    path = name if name.suffix == ".toml" else name.with_name(f"{name.name}.toml")
    if path.exists():
        raise Fault(str(path), "there is such a file already", "another name")
    write_file(path, starter(path.stem))
    check_it = f"examgen bank validate {shlex.quote(str(path))}"
    click.echo(f"{path}: three items to change; `{check_it}` checks them")


def row_of(family: Family, bank: str) -> dict[str, Any]:
    """What there is to say of a family, for other tools."""
    return {
        "id": family.id,
        "topic": family.topic,
        "title": family.title,
        "tags": list(family.tags),
        "levels": list(family.levels),
        "bank": bank or None,
        "response": "open" if family.is_long else "closed",
        "minutes": dict(family.minutes),
        "parts": [part.name for part in family.parts],
    }
