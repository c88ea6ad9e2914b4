"""The options that tell `examgen regrade` what to decide."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import click

from examgen.cli.options import Command, gathered
from examgen.grading.marks import moment

DUE = """The deadline, as in 2026-10-21T16:00 (UTC); a sheet counts as handed in when its file was
last changed."""


@dataclass(frozen=True)
class RegradeRequest:
    """What is to be decided, taken back or listed."""

    drop: tuple[str, ...]
    """Labels of parts whose points everybody gets."""
    accept: list[tuple[str, str]]
    """Labels, and answers that are right as well."""
    correct: list[tuple[str, str]]
    """Labels, and answers that replace a wrong key."""
    may_lose: bool
    """Whether the printed answers of the corrected parts are wrong from now on."""
    form: str
    """The form that all this is about; empty for every form."""
    counting: str | None
    due: str | None
    """ISO 8601."""
    student: str
    """Whom alone `due` is for; empty for everybody."""
    late: Fraction | None
    """The share of the points that is taken off for each day begun."""
    take_back: tuple[int, ...]
    """Numbers of decisions."""
    as_list: bool
    """Whether nothing is decided, but all decisions are listed."""
    why: str
    who: str


def author() -> str:
    """Who decides, unless it is said: the name that this person is logged in with."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def pairs(_: click.Context, option: click.Parameter, values: Sequence[str]) -> list[Any]:
    """`LABEL=ANSWER` as a pair, the label in small letters."""
    split = [each.partition("=") for each in values]
    for (label, sign, answer), value in zip(split, values, strict=True):
        if not (label.strip() and sign and answer.strip()):
            raise click.BadParameter(f"{value!r} is not LABEL=ANSWER, as in 7b=3/4", param=option)
    return [(label.strip().lower(), answer.strip()) for label, _, answer in split]


def a_share(_: click.Context, option: click.Parameter, value: str | None) -> Fraction | None:
    """A share such as 10%, 0.1 or 1/10."""
    if value is None:
        return None
    try:
        text = value.strip()
        share = Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    except (ValueError, ZeroDivisionError):
        share = Fraction(-1)
    if not 0 <= share <= 1:
        raise click.BadParameter(f"{value!r} is not a share, as in 10% or 1/10", param=option)
    return share


def a_moment(_: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """A moment in ISO 8601."""
    try:
        return value and moment(value).isoformat()
    except ValueError:
        said = f"{value!r} is not a date and time, as in 2026-10-21T16:00+00:00"
        raise click.BadParameter(said, param=option) from None


OPTIONS = (
    click.option(
        "--drop",
        multiple=True,
        metavar="LABEL",
        help="Give everybody the part's points; of an item's number, those of all its parts.",
    ),
    click.option(
        "--accept",
        multiple=True,
        metavar="LABEL=ANSWER",
        callback=pairs,
        help="Accept this answer as well.",
    ),
    click.option(
        "--correct",
        multiple=True,
        metavar="LABEL=ANSWER",
        callback=pairs,
        help="Replace a wrong key; nobody loses points unless --may-lose.",
    ),
    click.option("--may-lose", is_flag=True, help="With --correct: mark the printed answer wrong."),
    click.option(
        "--form", default="", help="Only for this form.  [default: all that have the part]"
    ),
    click.option("--counting", type=click.Choice(["latest", "best"]), help="Which attempt counts."),
    click.option("--due", callback=a_moment, help=DUE),
    click.option("--student", default="", help="With --due: an extension for this student only."),
    click.option(
        "--late", callback=a_share, help="The share taken off for each day begun, as in 10%."
    ),
    click.option(
        "--take-back",
        multiple=True,
        type=int,
        metavar="NUMBER",
        help="Take back the decision of this number.",
    ),
    click.option("--list", "as_list", is_flag=True, help="List who decided what, when and why."),
    click.option("--why", default="", help="The reason, kept in the gradebook."),
    click.option("--who", default=author, help="Who decides.  [default: your login name]"),
)


def decision_options(command: Command) -> Command:
    """Give a command these options, which it gets as one record, `request`."""
    return gathered("request", RegradeRequest, OPTIONS)(command)
