"""Laying out items as the student sees them: stem, parts, tables and options."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from examgen import answers
from examgen.answers import Kind
from examgen.documents.layout import (
    Block,
    Formula,
    ItemPage,
    OptionLine,
    PartPage,
    Prose,
    Row,
    TablePage,
)
from examgen.exams.exam import ExamPart, Item
from examgen.faults import Fault
from examgen.kept import interned, kept_along
from examgen.questions import wording
from examgen.questions.problem import Part, Problem

Pair = tuple[ExamPart, Part]
"""A part as it is recorded, and as the code derives it."""


@kept_along
def lay_out_item(item: Item) -> ItemPage:
    """One item; raises `Fault` where the installed code does not know its problem."""
    problem = known_problem(item)
    return ItemPage(
        number=item.number,
        title=problem.family.title,
        points=item.points,
        stem=Prose(wording.stem(problem).strip()),
        blocks=tuple(blocks(item, problem)),
        closed=any(part.options for part in item.parts),
        figure=interned(problem.figure),
        illustrated=hasattr(type(problem.givens), "figure"),
    )


def known_problem(item: Item) -> Problem:
    """The item's problem, with the very parts that are recorded."""
    names = [part.name for part in item.parts]
    if item.problem is None or [part.name for part in item.problem.parts] != names:
        raise Fault(
            f"item {item.number} ({item.family})",
            "this examgen no longer asks it as it is recorded",
            "the version that drew the exam",
        )
    return item.problem


def blocks(item: Item, problem: Problem) -> Iterator[Block]:
    """The parts in order, those of a table together."""
    pairs = zip(item.parts, problem.parts, strict=True)
    for each, group in groupby(pairs, lambda pair: pair[1].declared.each):
        laid_out = [(drawn, lay_out_part(part, drawn, problem)) for part, drawn in group]
        if each is None:
            yield from (page for _, page in laid_out)
        else:
            yield lay_out_table(laid_out, problem)


def lay_out_table(laid_out: Sequence[tuple[Part, PartPage]], problem: Problem) -> TablePage:
    """A table: a row for each element, a column for each declaration."""
    rows = [list(row) for _, row in groupby(laid_out, lambda pair: pair[0].row)]
    return TablePage(
        headings=tuple(page.prompt for _, page in rows[0]),
        rows=tuple(
            Row(Prose(wording.row_title(problem, row[0][0])), tuple(page for _, page in row))
            for row in rows
        ),
    )


def lay_out_part(part: ExamPart, drawn: Part, problem: Problem) -> PartPage:
    """One part."""
    return PartPage(
        label=part.label,
        points=part.points,
        prompt=Prose(wording.prompt(problem, drawn)),
        options=tuple(option_lines(part, drawn, problem)),
        is_array=part.kind == "array",
    )


def option_lines(part: ExamPart, drawn: Part, problem: Problem) -> Iterator[OptionLine]:
    """The printed options. What the code still derives need not be read from the record again."""
    if not part.options:
        return
    known = {problem.plain_key[drawn.name]: problem.answer_key[drawn.name]}
    known |= {answers.plain(value): value for _, value in problem.wrong_answers(drawn)}
    for option in part.options:
        text = option.answer
        yield OptionLine(
            option.letter, shown(known[text] if text in known else drawn.declared.kind.parse(text))
        )


def right_value(kind: Kind, text: str, problem: Problem | None, name: str) -> Any:
    """A recorded answer to a part: what the code derives, where that is still written the same."""
    if problem and name in problem.answer_key and problem.plain_key[name] == text:
        return problem.answer_key[name]
    return kind.parse(text)


def shown(value: object) -> Prose | Formula:
    """A value as it stands on a page."""
    text = wording.write(value)
    return Prose(text) if isinstance(value, str) else Formula(text)
