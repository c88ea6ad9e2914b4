"""Options that several commands share."""

import click

from examgen.questions.levels import LEVELS

as_json = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document on standard output."
)
level = click.option("--level", type=click.Choice(LEVELS), help="One level for all items.")
