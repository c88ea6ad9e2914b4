"""`examgen bank`: what there is to ask."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from examgen.cli.options import as_json, banks
from examgen.exams.additions import open_catalog
from examgen.questions.family import Family


@click.group()
def command() -> None:
    """What there is to ask."""


@command.command("list")
@banks
@as_json
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
