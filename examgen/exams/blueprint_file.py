"""Blueprints as TOML files: read whole, with all faults at once, each with its line and cure."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from examgen.answers import Policy
from examgen.exams import catalog
from examgen.exams.blueprint import Blueprint, Response, Section
from examgen.exams.fields import Fields, a_count, a_flag, a_share, a_text, many, one_of
from examgen.faults import Fault, Faults, alternatives
from examgen.questions.levels import LEVELS, Level
from examgen.resources import folder

FOLDER = "blueprints"


def shipped() -> dict[str, Path]:
    """The blueprints that come with examgen, by name."""
    return {path.stem: path for path in sorted((folder("banks") / FOLDER).glob("*.toml"))}


def find_blueprint(name: str) -> Blueprint:
    """The shipped blueprint of this name, or the one in this file."""
    path = shipped().get(name, Path(name))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        known = alternatives(name, shipped())
        raise Fault(name, "no such blueprint", f"a TOML file, or a shipped one ({known})") from None
    except (OSError, UnicodeDecodeError) as error:
        raise Fault(name, f"it cannot be read ({error})", "a TOML file in UTF-8") from error
    return read_blueprint(text, path.name)


def read_blueprint(text: str, source: str) -> Blueprint:
    """The blueprint that *text* describes; raises `Faults`, all at once."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Fault(
            source, f"it is no TOML: {error}", "key = value, [policy], [[section]]"
        ) from None
    faults: list[Fault] = []
    no_table: dict[str, Any] = {}
    top = Fields(data, source, text, "", 0, faults)
    made = Blueprint(
        top.need("title", a_text, 'a text, as in title = "Midterm"'),
        top.need("course", a_text, 'a text, as in course = "Machine learning"'),
        top.need("minutes", a_count, "a positive whole number"),
        read_policy(top.take("policy", a_table, "a table", no_table), source, text, faults),
        read_sections(top.take("section", many(a_table), "[[section]]", ()), source, text, faults),
        source,
    )
    if not made.sections:
        top.refuse(None, "it has no section", "at least one [[section]]")
    top.refuse_unknown()
    if faults:
        raise Faults(faults)
    return made


def read_policy(data: Any, source: str, text: str, faults: list[Fault]) -> Policy:
    """The table [policy]; what it leaves out is as `Policy` has it."""
    fields = Fields(data, source, text, "policy", 0, faults)
    default = Policy()
    share = 'a share from 0 to 1, as in 0.8 or "2/3"'
    policy = Policy(
        decimals=fields.take("decimals", a_precision, '"refused", or digits', default.decimals),
        rounded_credit=fields.take("rounded_credit", a_share, share, default.rounded_credit),
        entries=fields.take("entries", a_share, share, default.entries),
        carried_forward=fields.take("carried_forward", a_share, share, default.carried_forward),
    )
    fields.refuse_unknown()
    return policy


def read_sections(
    tables: Sequence[Any], source: str, text: str, faults: list[Fault]
) -> tuple[Section, ...]:
    """The tables [[section]], in order."""
    return tuple(
        read_section(Fields(table, source, text, "section", nth, faults))
        for nth, table in enumerate(tables)
    )


def read_section(fields: Fields) -> Section:
    """One table [[section]]."""
    count = fields.need("count", a_count, "a positive whole number") or 1
    section = Section(
        title=fields.need("title", a_text, "a text"),
        response=cast(
            Response,
            fields.need("response", one_of(("closed", "open")), "closed (options) or open"),
        ),
        count=count,
        points=fields.need("points", a_count, "the points of each item, a whole number"),
        levels=fields.need("levels", lambda value: some_levels(value, count), LEVELS_ALLOWED),
        options=fields.take("options", a_number_of_options, "2 to 6", 4),
        topics=fields.take("topics", least_by_topic, "{ topic = least number }", {}),
        families=fields.take("families", many(a_family), "ids, as in bank list", ()),
        distinct_topics=fields.take("distinct_topics", a_flag, "true or false", False),
        line=fields.line,
    )
    fields.refuse_unknown()
    return section


LEVELS_ALLOWED = f"one of {', '.join(LEVELS)} for each slot, or one for all"


def some_levels(value: Any, count: int) -> tuple[Level, ...]:
    """A level for each of *count* slots, given one by one or once for all."""
    values = value if isinstance(value, list) else [value] * count
    if len(values) != count:
        raise ValueError(f"{len(values)} levels for {count} items")
    return tuple(cast(Level, one_of(LEVELS)(each)) for each in values)


def a_precision(value: Any) -> int | None:
    """How many digits a decimal must have; None where decimals are refused."""
    return None if value == "refused" else a_count(value)


def a_table(value: Any) -> dict[str, Any]:
    """A TOML table."""
    if not isinstance(value, dict):
        raise ValueError
    return value


def a_number_of_options(value: Any) -> int:
    """How many options a closed item prints."""
    if a_count(value) not in range(2, 7):
        raise ValueError
    return int(value)


def least_by_topic(value: Any) -> dict[str, int]:
    """The least number of items for each topic named."""
    known = one_of(catalog.topics())
    return {known(topic): a_count(least) for topic, least in a_table(value).items()}


def a_family(value: Any) -> str:
    """The id of a family in the catalog."""
    return one_of(catalog.entries())(value)
