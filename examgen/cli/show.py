"""`examgen show`: one drawn question with its key and its mistakes."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

import click

from examgen.cli import options
from examgen.documents.question import write_question
from examgen.exams.additions import open_catalog
from examgen.exams.items import Place, draw_item, practice_slot
from examgen.exams.record import plain_item
from examgen.faults import visible
from examgen.questions.levels import Level


@click.command()
@click.argument("family")
@click.option("--seed", help="Any text; the same seed draws the same question.  [default: random]")
@options.level
@options.banks
@options.families
@options.as_json
def command(
    family: str, seed: str | None, level: Level | None, banks: tuple[Path, ...], as_json: bool
) -> None:
    """Print one question of FAMILY (or bank item) with its key, worked solution and mistakes."""
    seed = secrets.token_hex(4) if seed is None else seed
    catalog = open_catalog(banks)
    item = draw_item(
        Place(1, practice_slot(catalog.load(family), level), seed, "A"), catalog=catalog
    )
    if as_json:
        click.echo(json.dumps({"seed": seed, "item": plain_item(item)}, ensure_ascii=False))
        return
    click.echo(f"{family}, {item.level}, seed {visible(seed)}\n", err=True)
    click.echo(write_question(item))
