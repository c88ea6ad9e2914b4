"""Laying out items: stem, parts, tables and options, and for the key what belongs to each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import groupby

from examgen.documents.layout import (
    Block,
    Formula,
    ItemPage,
    Key,
    OptionLine,
    PartPage,
    Prose,
    Row,
    Slip,
    TablePage,
)
from examgen.exams.exam import ExamPart, Item
from examgen.faults import Fault
from examgen.grading.marks import rounded
from examgen.questions import wording
from examgen.questions.problem import Part, Problem

Pair = tuple[ExamPart, Part]
"""A part as it is recorded, and as the code derives it."""


def lay_out_item(item: Item, *, with_key: bool) -> ItemPage:
    """One item; raises `Fault` where the installed code does not know its problem."""
    problem = known_problem(item)
    return ItemPage(
        number=item.number,
        title=problem.family.title,
        points=item.points,
        stem=Prose(wording.stem(problem)),
        blocks=tuple(blocks(item, problem, with_key=with_key)),
        closed=any(part.options for part in item.parts),
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


def blocks(item: Item, problem: Problem, *, with_key: bool) -> Iterator[Block]:
    """The parts in order, those of a table together."""
    pairs = zip(item.parts, problem.parts, strict=True)
    for each, group in groupby(pairs, lambda pair: pair[1].declared.each):
        laid_out = [
            (drawn, lay_out_part(part, drawn, problem, with_key=with_key)) for part, drawn in group
        ]
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
            Row(
                Prose(wording.row_title(problem, row[0][0])),
                tuple(page for _, page in row),
            )
            for row in rows
        ),
    )


def lay_out_part(part: ExamPart, drawn: Part, problem: Problem, *, with_key: bool) -> PartPage:
    """One part."""
    return PartPage(
        label=part.label,
        points=part.points,
        prompt=Prose(wording.prompt(problem, drawn)),
        options=tuple(option_lines(part, drawn, with_key=with_key)),
        key=lay_out_key(part, drawn, problem) if with_key else None,
    )


def option_lines(part: ExamPart, drawn: Part, *, with_key: bool) -> Iterator[OptionLine]:
    """The printed options; only the key knows the right one."""
    for option in part.options:
        value = drawn.declared.kind.parse(option.answer)
        right = with_key and option.letter == part.answer
        yield OptionLine(option.letter, shown(value), right)


def shown(value: object) -> Prose | Formula:
    """A value as it stands on a page."""
    text = wording.write(value)
    return Prose(text) if isinstance(value, str) else Formula(text)


def lay_out_key(part: ExamPart, drawn: Part, problem: Problem) -> Key:
    """The answer, how to get there, and what to look for in wrong answers."""
    return Key(
        answer=shown(drawn.declared.kind.parse(right_answer(part))),
        plain=part.answer,
        solution=worked_solution(problem, drawn),
        slips=tuple(slips(part)),
    )


@lru_cache(maxsize=512)
def worked_solution(problem: Problem, drawn: Part) -> Prose:
    """The worked solution; kept, because every sheet of a class may show the same one."""
    return Prose(wording.solution(problem, drawn))


def right_answer(part: ExamPart) -> str:
    """The recorded answer in plain notation; of a choice, what its option says."""
    said = {option.letter: option.answer for option in part.options}
    return said.get(part.answer, part.answer)


def slips(part: ExamPart) -> Iterator[Slip]:
    """The mistakes of a part with what they reach and what they still earn."""
    letters = {name: each.letter for each in part.options for name in each.misconceptions}
    for mistake in part.misconceptions:
        letter = letters.get(mistake.name, "")
        yield Slip(
            mistake.name,
            mistake.answer,
            Prose(mistake.feedback),
            points_of(mistake.credit * part.points),
            letter,
        )


def points_of(points: Fraction | int) -> str:
    """Points in words."""
    number = rounded(Fraction(points))
    return f"{number} {'point' if number == 1 else 'points'}"
