"""Options for how pages look, which several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import click

from examgen.documents.look import Flavor, Look

Command = Callable[..., Any]


def look_options(command: Command) -> Command:
    """Give a command --flavor and --templates."""
    for option in (templates, flavor):
        command = option(command)
    return command


flavor = click.option(
    "--flavor",
    type=click.Choice(get_args(Flavor)),
    default="quarto",
    show_default=True,
    help="How Markdown marks formulas: for Quarto, Jupyter and editors, or for GitHub.",
)
templates = click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of your own page skeletons, used before the shipped ones.",
)


def chosen(flavor: Flavor, templates: Path | None) -> Look:
    """The look; raises the faults of an instructor's own skeletons."""
    if templates is not None:
        from examgen.documents.own_templates import check

        check(templates)
    return Look(flavor, templates)
