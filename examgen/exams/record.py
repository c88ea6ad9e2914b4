"""The exam's record, exam.json: written, and read back with the problems it is about."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from typing import Any

from cattrs import Converter, transform_error
from cattrs.errors import BaseValidationError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from examgen.answers import Policy
from examgen.exams.blueprint import Blueprint, Section
from examgen.exams.catalog import Catalog, shipped
from examgen.exams.exam import KEPT_ITEMS, Exam, ExamPart, Item, Mistake, PrintedOption
from examgen.exams.soundness import AS_WRITTEN, are_labels, exam_faults, item_faults
from examgen.faults import Fault, Faults
from examgen.kept import kept_along
from examgen.questions.banks.bank import read_definition
from examgen.questions.family import Family
from examgen.questions.givens import read_givens
from examgen.questions.problem import Problem

SCHEMA = 1
BLUEPRINT = ',\n "blueprint": '
"""What stands before the blueprint in a record, the last of its fields before the items."""
BEGIN, BETWEEN, END = ' "items": [\n', ",\n", "\n ]\n}\n"
"""What stands around the items in a record, each of which has a line of its own."""
PART = '{"label": "'
"""How a part begins there."""
HIDDEN = {Item: "problem", Section: "line", Blueprint: "source"}
"""Fields that are no part of the record."""
OPTIONAL: dict[type[Any], tuple[str, ...]] = {
    Item: ("definition",),
    Blueprint: ("variants", "banks", "include", "exclude", "redraws"),
    Section: ("tags", "at_most", "only", "without", "repeat", "minutes_each", "work_each"),
}
"""Fields that are recorded where there is something to say."""


@lru_cache(maxsize=1)
def converter() -> Converter:
    """Records as JSON: shares as text, and options only where there are any."""
    made = Converter()
    made.register_unstructure_hook(Fraction, str)
    share = lru_cache(maxsize=64)(Fraction)
    made.register_structure_hook(Fraction, lambda data, _: share(data))
    # A record has hundreds of tuples of texts: a hook of their own reads them sooner.
    made.register_structure_hook_func(
        lambda hint: hint == tuple[str, ...], lambda data, _: tuple(map(str, data))
    )
    # Inner records first: the hooks of those around them are made from theirs.
    for each in (Mistake, PrintedOption, ExamPart):
        made.register_structure_hook(each, make_dict_structure_fn(each, made))
    log: Any = {"natural_log": override(omit_if_default=True)}
    made.register_unstructure_hook(Policy, make_dict_unstructure_fn(Policy, made, **log))
    options: Any = {"options": override(omit_if_default=True)}
    made.register_unstructure_hook(ExamPart, make_dict_unstructure_fn(ExamPart, made, **options))
    for kind, name in HIDDEN.items():
        hidden: Any = {name: override(omit=True)}
        hidden.update({each: override(omit_if_default=True) for each in OPTIONAL.get(kind, ())})
        made.register_unstructure_hook(kind, make_dict_unstructure_fn(kind, made, **hidden))
        made.register_structure_hook(kind, make_dict_structure_fn(kind, made, **hidden))
    return made


def plain_blueprint(blueprint: Blueprint) -> dict[str, Any]:
    """A blueprint as JSON can hold it."""
    data: dict[str, Any] = converter().unstructure(blueprint)
    return data


def plain_item(item: Item) -> dict[str, Any]:
    """An item as JSON can hold it."""
    data: dict[str, Any] = converter().unstructure(item)
    return data


def write_record(exam: Exam) -> str:
    """The text of exam.json: a line for each field, and for each item."""
    data = {"schema": SCHEMA, **converter().unstructure(replace(exam, items=()))}
    del data["items"]
    items = BETWEEN.join(map(item_line, exam.items))
    fields = "".join(f" {dump(name)}: {dump(value)},\n" for name, value in data.items())
    return f"{{\n{fields}{BEGIN}{items}{END}"


@kept_along
def item_line(item: Item) -> str:
    """The line of an item; kept, because the forms of a class have items in common."""
    return f"  {dump(plain_item(item))}"


def dump(data: Any) -> str:
    """Data as JSON on one line."""
    return json.dumps(data, ensure_ascii=False)


def read_record(text: str, source: str = "exam.json", catalog: Catalog | None = None) -> Exam:
    """The exam that `write_record` wrote, its items with their problems where the code has them.

    Families are taken from *catalog*, by default the shipped one.

    Raises `Fault` where *text* is no record, or one of a later schema.
    """
    catalog = catalog or shipped()
    if found := read_lines(text, lambda line: read_revived(line, catalog)):
        return found
    exam = read_whole(text, source)
    return replace(exam, items=tuple(revived(item, catalog) for item in exam.items))


def read_printed(text: str, source: str = "exam.json") -> Exam:
    """The exam as it was printed, without the problems that it was drawn from."""
    return read_lines(text, read_item) or read_whole(text, source)


def read_labels(text: str, source: str = "exam.json") -> tuple[str, ...]:
    """The labels of the exam's parts, in printed order.

    If the record is laid out as `write_record` does it, they are found without parsing it: within a
    text a backslash stands before every quotation mark, so nothing there looks like a part's head.
    """
    _, begun, items = text.partition(BEGIN)
    if begun and items.endswith(END):
        lines = items.removesuffix(END).split(BETWEEN)
        labels = [labels_in(line) for line in lines]
        # Tables of a bank may begin like a part.
        if all(map(are_labels, range(1, len(lines) + 1), labels)):
            return tuple(chain.from_iterable(labels))
    return tuple(part.label for part in read_printed(text, source).parts)


def labels_in(line: str) -> list[str]:
    """The labels of the parts in an item's line."""
    return [each.partition('"')[0] for each in line.split(PART)[1:]]


def read_lines(text: str, item: Callable[[str], Item]) -> Exam | None:
    """The exam, if the record is laid out as `write_record` does it; else None, faulty or not.

    The forms of a class share the blueprint and items, so each of these is read only once.
    """
    head, begun, items = text.partition(BEGIN)
    facts, _, plan = head.partition(BLUEPRINT)
    if not begun or not items.endswith(END):
        return None
    try:
        data = json.loads(f"{facts}}}")
        if data.pop("schema") != SCHEMA:
            return None
        blueprint = read_blueprint(plan.removesuffix(BETWEEN))
        tool, name, form, seed = (str(data[each]) for each in ("tool", "id", "form", "seed"))
        lines = items.removesuffix(END).split(BETWEEN)
        exam = Exam(tool, name, form, seed, blueprint, tuple(map(item, lines)))
        return None if any(exam_faults(exam)) else exam
    except (BaseValidationError, ValueError, TypeError, AttributeError, KeyError):
        return None


@lru_cache(maxsize=16)
def read_blueprint(text: str) -> Blueprint:
    """The blueprint of a record; all forms of a class have the same."""
    return converter().structure(json.loads(text), Blueprint)


@lru_cache(maxsize=KEPT_ITEMS)
def read_item(line: str) -> Item:
    """The item that a line of a record tells of; raises ValueError where it cannot be marked."""
    item = converter().structure(json.loads(line), Item)
    if any(item_faults(item)):
        raise ValueError
    return item


@lru_cache(maxsize=KEPT_ITEMS)
def read_revived(line: str, catalog: Catalog) -> Item:
    """The same with its problem."""
    return revived(read_item(line), catalog)


def read_whole(text: str, source: str) -> Exam:
    """The exam of any record; raises `Fault` for what is none."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise Fault(source, f"it is not valid JSON ({error})", "the exam.json of an exam") from None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        found = data.get("schema") if isinstance(data, dict) else None
        raise Fault(source, f"its schema is {found!r}", f"schema {SCHEMA}, as `generate` writes it")
    try:
        exam = converter().structure(data, Exam)
    except (BaseValidationError, ValueError, TypeError) as error:
        found = "; ".join(transform_error(error, path="exam"))
        raise Fault(source, found, AS_WRITTEN) from error
    faults = [*exam_faults(exam), *chain.from_iterable(map(item_faults, exam.items))]
    if faults:
        raise Fault(source, "; ".join(faults), AS_WRITTEN)
    return exam


def revived(item: Item, catalog: Catalog) -> Item:
    """An item with its problem."""
    return replace(item, problem=revive(item, catalog))


def revive(item: Item, catalog: Catalog | None = None) -> Problem | None:
    """The problem that the installed code makes of an item's givens; None if it cannot."""
    try:
        family = family_of(item, catalog or shipped())
        givens: Mapping[str, Any] = read_givens(family.givens, item.givens)
    except (Fault, Faults):
        return None
    return Problem(family, item.level, givens)


def family_of(item: Item, catalog: Catalog) -> Family:
    """The family that drew an item; of a bank's item, as the bank declared it then."""
    if item.definition is None:
        return catalog.load(item.family)
    return defined(json.dumps(item.definition), catalog)


@lru_cache(maxsize=256)
def defined(definition: str, catalog: Catalog) -> Family:
    """The family that a recorded table declares, read once: all forms of a class have the same."""
    return read_definition(json.loads(definition), "the recorded item", catalog.in_python)
