"""Declarative items: named parameters, expressions for the answer and for each mistake."""

from __future__ import annotations

from random import Random
from typing import Any

from examgen.questions.banks.formulas import some_conditions, some_expressions
from examgen.questions.banks.heads import Head
from examgen.questions.banks.making import family_from
from examgen.questions.banks.parameters import read_parameters
from examgen.questions.banks.passages import take_passage
from examgen.questions.banks.records import Declared, record_of
from examgen.questions.banks.steps import read_parts
from examgen.questions.family import Family
from examgen.questions.levels import Level
from examgen.tables.fields import Fields

MINUTES, MINUTES_A_PART = 3, 4
WORK = ("multiplications", "additions", "lookups")


def make_parametric(head: Head, fields: Fields) -> Family:
    """The family of an item with an answer expression, or with several parts."""
    declared = read_declared(head, fields)
    stem = take_passage(fields, "stem", declared.forms)
    parts = read_parts(fields, declared.numbers, declared.forms)
    givens = record_of(declared)

    def draw(rng: Random, level: Level) -> Any:
        drawn = {each.name: each.draw(rng, level) for each in declared.parameters}
        return givens(**drawn)

    minutes = MINUTES if len(parts) < 2 else MINUTES_A_PART * len(parts)
    is_fixed = not declared.parameters
    return family_from(head, givens, stem, parts, draw, minutes=minutes, is_fixed=is_fixed)


def read_declared(head: Head, fields: Fields) -> Declared:
    """The parameters and what follows from them."""
    parameters = read_parameters(fields.table("parameters"), head.levels)
    names = [name for each in parameters for name in each.numbers]
    taken = {*names, *(each.name for each in parameters)}
    lets = some_expressions(fields.table("let"), names, taken)
    numbers = (*names, *lets)
    where = some_conditions(fields, "where", numbers)
    work = fields.table("work")
    for key in work.data.keys() - set(WORK):
        work.refuse(key, f"unknown key {key[:60]!r}", ", ".join(WORK))
    counted = some_expressions(work, numbers, chained=False)
    return Declared(parameters, lets, where, counted)
