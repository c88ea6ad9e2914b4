"""`examgen doctor`: which tools are here, and how to get those that are not."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from examgen import __version__
from examgen.cli import options
from examgen.cli.codes import DONE, FINDINGS
from examgen.documents.pdf.presence import engines


@click.command()
@options.as_json
def command(as_json: bool) -> int:
    """Show which PDF engines are here, and how to get the others.

    Everything but PDF works without one. The exit code is 1 where there is none.
    """
    tools = list(engines())
    python = ".".join(map(str, sys.version_info[:3]))
    click.echo(f"examgen {__version__}, Python {python}", err=as_json)
    for each in tools:
        state = each.version if each.is_here else f"not here (no {', '.join(each.lacks)})"
        click.echo(f"  {each.name + ':':<19}{state}", err=as_json)
        if each.cure:
            click.echo(f"  {'':<19}{each.purpose}: {each.cure}", err=as_json)
    usable = next((each.name for each in tools if each.is_here), None)
    click.echo(f"  PDF is set by {usable}." if usable else "  No PDF can be set.", err=as_json)
    if as_json:
        report = {
            "examgen": __version__,
            "python": python,
            "tools": [asdict(e) for e in tools],
        }
        click.echo(json.dumps(report, ensure_ascii=False))
    return DONE if usable else FINDINGS
