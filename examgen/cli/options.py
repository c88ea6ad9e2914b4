"""Options that several commands share."""

import dataclasses
import os
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click

from examgen.faults import alternatives
from examgen.questions.levels import LEVELS

Command = Callable[..., Any]


def gathered(
    name: str, record: type[Any], given: Sequence[Callable[[Command], Command]]
) -> Callable[[Command], Command]:
    """A decorator that gives a command options, and passes their values on as one record.

    The command gets the record as its parameter *name*. The fields of the record are called as the
    options' parameters are.
    """

    def give(command: Command) -> Command:
        @wraps(command)
        def gathering(**values: Any) -> Any:
            fields = {each.name: values.pop(each.name) for each in dataclasses.fields(record)}
            return command(**values, **{name: record(**fields)})

        wrapped: Command = gathering
        for option in reversed(given):
            wrapped = option(wrapped)
        return wrapped

    return give


as_json = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document on standard output."
)
exam = click.argument("exam", type=click.Path(exists=True, path_type=Path))
gradebook = click.option(
    "--gradebook",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="[default: gradebook.sqlite beside exam.json]",
)
seed = click.option(
    "--seed", help="Any text; the same seed draws the same exam.  [default: random]"
)
output_of_grade = click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="[default: where `grade` wrote last]"
)
level = click.option("--level", type=click.Choice(LEVELS), help="One level for all items.")


def cores() -> int:
    """How many processes this one may keep busy."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


jobs = click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=cores,
    help="How many processes to use.  [default: one for each core]",
)
banks = click.option(
    "--bank",
    "banks",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A bank of your own (TOML), besides the shipped ones; can be repeated.",
)


def some_of(
    formats: Sequence[str],
) -> Callable[[click.Context, click.Parameter, str | None], tuple[str, ...]]:
    """What reads a list of formats such as "md,html", each once; none where nothing is said."""

    def read(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
        if value is None:
            return ()
        chosen = tuple(dict.fromkeys(each.strip() for each in value.split(",")))
        for each in chosen:
            if each not in formats:
                raise click.BadParameter(f"{each!r} is not a format; {alternatives(each, formats)}")
        return chosen

    return read


scheduler = click.option(
    "--scheduler",
    default="",
    metavar="tcp://…",
    help="Run on the Dask cluster of this scheduler, which must see the same folders.",
)


def name_families(_: click.Context, __: click.Parameter, paths: tuple[Path, ...]) -> None:
    """Let this process, and those that it starts, know the files of families."""
    if paths:
        before = os.environ.get(FAMILIES, "").split(os.pathsep)
        named = [*filter(None, before), *(str(path.resolve()) for path in paths)]
        os.environ[FAMILIES] = os.pathsep.join(dict.fromkeys(named))


FAMILIES = "EXAMGEN_FAMILIES"
"""As in `exams.outside`, whose import would slow down commands that draw nothing."""
families = click.option(
    "--families",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=name_families,
    expose_value=False,
    help="Your own families in Python. The file is run: trust it like any program.",
)
