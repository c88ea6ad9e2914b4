"""Options for how pages look, which several commands share."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any, get_args

import click

from examgen.cli.options import Command
from examgen.documents.look import Flavor, Layout, Look, Style

LENGTH = re.compile(r"(?P<number>\d{1,4}(?:\.\d{1,3})?) ?(?P<unit>in|cm|mm|pt)")
UNITS = {"in": 72.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "pt": 1.0}
LEAST = 28.0
ROOMIEST = 582.0
"""What the fixed layout leaves of a page."""


def look_options(command: Command) -> Command:
    """Give a command --flavor and --templates, which it gets as its `look`."""

    @wraps(command)
    def with_look(*, flavor: Flavor, templates: Path | None, **others: Any) -> Any:
        return command(look=chosen(flavor, templates), **others)

    return flavor(templates(with_look))


def paper_options(command: Command) -> Command:
    """Give a command that has `look_options` --style, --layout and --answer-space, too."""

    @wraps(command)
    def with_paper(
        *, look: Look, style: Style, layout: Layout, answer_space: float, **others: Any
    ) -> Any:
        of_paper = replace(look, style=style, layout=layout, answer_space=answer_space)
        return command(look=of_paper, **others)

    return style(layout(answer_space(with_paper)))


def height(_: click.Context, __: click.Parameter, value: str) -> float:
    """A length such as "2in", in points."""
    found = LENGTH.fullmatch(value.strip())
    points = float(found["number"]) * UNITS[found["unit"]] if found else 0.0
    if not LEAST <= points <= ROOMIEST:
        raise click.BadParameter(
            f"{value!r} is not a height for an answer; allowed are 1cm to {ROOMIEST / 72:.1f}in"
        )
    return round(points, 1)


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


style = click.option(
    "--style",
    type=click.Choice(get_args(Style)),
    default="article",
    show_default=True,
    help="The LaTeX class of the pages; exam is the one that many instructors know.",
)
layout = click.option(
    "--layout",
    type=click.Choice(get_args(Layout)),
    default="compact",
    show_default=True,
    help="Fixed: the same pages and answer boxes for all forms, for scanning services (tex, pdf).",
)
answer_space = click.option(
    "--answer-space",
    default="2in",
    show_default=True,
    callback=height,
    help="The height of an answer box in the fixed layout.",
)


def check_printed(look: Look, formats: Collection[str]) -> None:
    """Refuse a look that would change nothing in these formats."""
    if look.style == "exam" and look.layout == "fixed":
        raise click.UsageError("--layout fixed has a look of its own; leave --style exam out")
    if look.style == "exam" and not {"tex", "pdf"} & {*formats}:
        raise click.UsageError("--style exam is LaTeX's: --format with tex or pdf")
    if look.layout == "fixed" and not {"tex", "typ", "pdf"} & {*formats}:
        raise click.UsageError("--layout fixed is for print: --format with pdf, tex or typ")


def chosen(flavor: Flavor, templates: Path | None) -> Look:
    """The look; raises the faults of an instructor's own skeletons."""
    if templates is not None:
        from examgen.documents.own_templates import check

        check(templates)
    return Look(flavor, templates)
