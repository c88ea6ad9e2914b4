"""`examgen bank`: what there is to ask."""

from __future__ import annotations

import json

import click

from examgen.cli.options import as_json
from examgen.exams import catalog


@click.group()
def command() -> None:
    """What there is to ask."""


@command.command("list")
@as_json
def list_families(as_json: bool) -> None:
    """List the question families by topic."""
    families = [catalog.load(entry.id) for entry in catalog.entries().values()]
    if as_json:
        rows = [
            {
                "id": each.id,
                "topic": each.topic,
                "title": each.title,
                "response": "open" if each.is_long else "closed",
                "minutes": dict(each.minutes),
                "parts": [part.name for part in each.parts],
            }
            for each in families
        ]
        click.echo(json.dumps({"families": rows}, ensure_ascii=False))
        return
    for topic in catalog.topics():
        click.echo(topic)
        for each in families:
            if each.topic == topic:
                click.echo(f"  {each.id:26}{each.title}")
