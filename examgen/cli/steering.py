"""Steering what is drawn: another draw for an item, families that must or must not be asked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from examgen.cli.folders import RECORD
from examgen.exams.blueprint import Blueprint

Command = TypeVar("Command", bound=Callable[..., Any])


def steering_options(command: Command) -> Command:
    """The options --redraw, --include and --exclude."""
    for option in (
        click.option(
            "--redraw",
            multiple=True,
            type=click.IntRange(1),
            metavar="ITEM",
            help="Another draw for this item, the rest as it was; given again: one more.",
        ),
        click.option("--exclude", multiple=True, metavar="ID", help="A family not to be asked."),
        click.option("--include", multiple=True, metavar="ID", help="A family to be asked."),
    ):
        command = option(command)
    return command


def steered(
    blueprint: Blueprint, redraw: Sequence[int], include: Sequence[str], exclude: Sequence[str]
) -> Blueprint:
    """The blueprint with what the command line adds, all of which is recorded."""
    return replace(
        blueprint,
        redraws=dict(sorted(Counter(redraw).items())),
        include=tuple(dict.fromkeys(include)),
        exclude=tuple(dict.fromkeys(exclude)),
    )


def seed_of_exam(folder: Path) -> str | None:
    """The seed of the exam that lies in a folder, so that its items can be drawn anew."""
    try:
        return str(json.loads((folder / RECORD).read_text(encoding="utf-8"))["seed"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
