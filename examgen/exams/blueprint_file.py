"""Blueprints as TOML files: read whole, with all faults at once, each with its line and cure."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, cast, get_args

from examgen.answers import Policy
from examgen.exams.blueprint import Blueprint, Response, Section
from examgen.exams.catalog import Catalog, shipped
from examgen.faults import Fault, Faults, alternatives, in_order
from examgen.questions.levels import LEVELS, Level
from examgen.resources import folder
from examgen.tables.fields import Fields, a_count, a_flag, a_share, a_text, each_named, many, one_of
from examgen.tables.reading import read_file, read_toml

FOLDER = "blueprints"
Numbers = tuple[int, int | None]
"""How many items: at least, and at most (None: any number)."""


def shipped_files() -> dict[str, Path]:
    """The blueprints that come with examgen, by name."""
    return {path.stem: path for path in sorted((folder("banks") / FOLDER).glob("*.toml"))}


def find_blueprint(name: str, catalog: Catalog | None = None) -> Blueprint:
    """The shipped blueprint of this name, or the one in this file."""
    path = shipped_files().get(name, Path(name))
    if not path.exists():
        names = alternatives(name, shipped_files())
        raise Fault(name, "no such blueprint", f"a TOML file, or a shipped one ({names})")
    return read_blueprint(read_file(path, "a TOML file"), path.name, catalog)


def read_blueprint(text: str, source: str, catalog: Catalog | None = None) -> Blueprint:
    """The blueprint that *text* describes; raises `Faults`, all at once.

    It can name the families of *catalog*, by default the shipped one.
    """
    catalog = catalog or shipped()
    toml = read_toml(text, source, "key = value, [policy], [[section]]")
    faults: list[Fault] = []
    top = Fields(toml.data, toml, (), faults)
    blueprint = Blueprint(
        top.need("title", a_text, 'a text, as in title = "Midterm"'),
        top.need("course", a_text, 'a text, as in course = "Machine learning"'),
        top.need("minutes", a_count, "a positive whole number"),
        read_policy(top.table("policy")),
        tuple(read_section(each, catalog) for each in top.tables("section")),
        top.take("variants", a_count, "a positive whole number", Blueprint.variants),
        source=source,
    )
    if not blueprint.sections:
        top.refuse(None, "it has no section", "at least one [[section]]")
    top.refuse_unknown()
    if faults:
        raise Faults(in_order(faults))
    return blueprint


def read_policy(fields: Fields) -> Policy:
    """The table [policy]; what it leaves out is as `Policy` has it."""
    default = Policy()
    share = 'a share from 0 to 1, as in 0.8 or "2/3"'
    policy = Policy(
        decimals=fields.take("decimals", a_precision, '"refused", or digits', default.decimals),
        rounded_credit=fields.take("rounded_credit", a_share, share, default.rounded_credit),
        entries=fields.take("entries", a_share, share, default.entries),
        carried_forward=fields.take("carried_forward", a_share, share, default.carried_forward),
        natural_log=fields.take("natural_log", a_flag, "true or false", default.natural_log),
    )
    fields.refuse_unknown()
    return policy


def read_section(fields: Fields, catalog: Catalog) -> Section:
    """One table [[section]]."""
    count = fields.need("count", a_count, "a positive whole number") or 1
    words = (*catalog.topics, *catalog.tags)
    response = fields.need("response", one_of(get_args(Response)), RESPONSES)
    none: dict[str, Numbers] = {}
    topics = fields.take("topics", numbers_of(catalog.topics), NUMBERS_ALLOWED, none)
    tags = fields.take("tags", numbers_of(catalog.tags), NUMBERS_ALLOWED, none)
    section = Section(
        title=fields.need("title", a_text, "a text"),
        response=cast(Response, response),
        count=count,
        points=fields.take("points", a_count, "the points of each item, a whole number", 0),
        levels=fields.need("levels", lambda value: some_levels(value, count), LEVELS_ALLOWED),
        options=fields.take("options", a_number_of_options, "2 to 6", 4),
        topics={name: least for name, (least, _) in topics.items()},
        tags={name: least for name, (least, _) in tags.items()},
        at_most={
            name: most for name, (_, most) in (*topics.items(), *tags.items()) if most is not None
        },
        only=fields.take("only", many(one_of(words)), WORDS_ALLOWED, ()),
        without=fields.take("without", many(one_of(words)), WORDS_ALLOWED, ()),
        families=fields.take("families", many(one_of(catalog.entries)), IDS_ALLOWED, ()),
        distinct_topics=fields.take("distinct_topics", a_flag, "true or false", False),
        repeat=fields.take("repeat", a_flag, "true or false", False),
        minutes_each=fields.take("minutes_each", a_count, "minutes, a whole number", None),
        work_each=fields.take("work_each", a_count, "seconds, a whole number", None),
        line=fields.line,
    )
    fields.refuse_unknown()
    return section


RESPONSES = "closed (options), open (in writing), or any (as each family is made)"
NUMBERS_ALLOWED = "{ name = least number } or { name = [least, most] }"
WORDS_ALLOWED = 'topics and tags, as in ["attention", "conceptual"]'
IDS_ALLOWED = 'ids of `examgen bank list`, as in ["conv2d-entry"], or of your own --bank'
LEVELS_ALLOWED = 'levels = "easy" (medium, hard) for all, or a list with one for each item'


def some_levels(value: Any, count: int) -> tuple[Level, ...]:
    """A level for each of *count* slots, given one by one or once for all."""
    values = value if isinstance(value, list) else [value] * count
    if len(values) != count:
        raise ValueError(f"{len(values)} for {count} items")
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


def numbers_of(known: Collection[str]) -> Callable[[Any], dict[str, Numbers]]:
    """The numbers of items for some known words: the least, or the least and the most."""
    word = each_named(one_of(known))
    return lambda value: {word(name): a_number(each) for name, each in a_table(value).items()}


def a_number(value: Any) -> Numbers:
    """The least number, and the most where it is given."""
    if not isinstance(value, list):
        return a_count(value), None
    least, most = (a_count(each) if each != 0 else 0 for each in value)
    if least > most:
        raise ValueError("the least number is above the most")
    return least, most
