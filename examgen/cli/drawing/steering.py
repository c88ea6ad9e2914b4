"""Steering what is drawn: another draw for an item, families that must or must not be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import click

from examgen.cli.folders import RECORD, read_text
from examgen.cli.options import Command, gathered
from examgen.exams.blueprint import Blueprint
from examgen.exams.exam import Exam
from examgen.exams.record import read_printed
from examgen.faults import Fault


@dataclass(frozen=True)
class Steering:
    """What the command line adds to a blueprint."""

    redraw: tuple[int, ...]
    """Numbers of items; one that is there twice is drawn twice more."""
    include: tuple[str, ...]
    exclude: tuple[str, ...]

    @property
    def is_any(self) -> bool:
        """Whether it adds anything."""
        return bool(self.redraw or self.include or self.exclude)


OPTIONS = (
    click.option("--include", multiple=True, metavar="ID", help="A family to ask."),
    click.option("--exclude", multiple=True, metavar="ID", help="A family not to ask."),
    click.option(
        "--redraw",
        multiple=True,
        type=click.IntRange(1),
        metavar="ITEM",
        help="Draw this item again and keep the rest; repeated, draw it once more.",
    ),
)


def steering_options(command: Command) -> Command:
    """Give a command --include, --exclude and --redraw, which it gets as its `steering`."""
    return gathered("steering", Steering, OPTIONS)(command)


def steered(blueprint: Blueprint, steering: Steering) -> Blueprint:
    """The blueprint with what the command line adds to it, all of which is recorded."""
    include, exclude = steering.include, steering.exclude
    for each in include:
        if each in exclude:
            raise Fault(repr(each), "it is both included and excluded", "one of the two")
    return replace(
        blueprint,
        redraws=dict(sorted((Counter(blueprint.redraws) + Counter(steering.redraw)).items())),
        include=added(blueprint.include, include, exclude),
        exclude=added(blueprint.exclude, exclude, include),
    )


def added(before: Sequence[str], new: Sequence[str], against: Sequence[str]) -> tuple[str, ...]:
    """What was asked before and is now; of what contradicts, the later."""
    return tuple(dict.fromkeys((*(each for each in before if each not in against), *new)))


def exam_in(folder: Path) -> Exam | None:
    """The exam of one form that lies in a folder, as it was printed; None where there is none."""
    record = folder / RECORD
    return read_printed(read_text(record), str(record)) if record.exists() else None


def class_in(folder: Path) -> Exam | None:
    """A form of the class whose forms lie in a folder; None where there is none."""
    for record in sorted(folder.glob(f"{RECORD.parent}/*/{RECORD.name}")):
        with suppress(Fault):
            return read_printed(read_text(record), str(record))
    return None


def blueprint_of(exam: Exam, folder: Path, banks: Sequence[Path]) -> Blueprint:
    """The blueprint that an exam in a folder was drawn from; its banks are needed again."""
    missing = exam.blueprint.banks if not banks else ()
    if missing:
        # A digest is the file's name and a hash.
        names = ", ".join(each.rpartition(" ")[0] for each in missing)
        raise Fault(str(folder), f"its items were chosen from {names} as well", "the same --bank")
    return replace(exam.blueprint, source=str(folder))
