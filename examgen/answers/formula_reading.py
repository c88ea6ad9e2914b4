"""Read an expression in variables."""

from examgen.answers.conventions import Encounter, every_reading
from examgen.answers.formula import Formula
from examgen.answers.grammar import Grammar
from examgen.answers.lexer import Lexer
from examgen.answers.normal import Normal
from examgen.answers.parser import parse
from examgen.answers.preparing import is_blank, is_name, prepare, split_sides
from examgen.answers.program_writing import write
from examgen.answers.reading import BLANK, Reading, Unreadable, unreadable
from examgen.answers.scalars import split_pieces
from examgen.answers.styles import PLAIN
from examgen.answers.visible import clipped


def read_formula(text: str, grammar: Grammar) -> Reading:
    """The reading of a text as a formula; never raises."""
    try:
        normal = prepare(text, grammar.limits)
        if is_blank(normal.text):
            return BLANK
        found = every_reading(lambda encounter: understand(normal, grammar, encounter))
    except Unreadable as fault:
        return unreadable(fault)
    readings: list[Reading] = []
    for formula, convention in found:
        if all(formula != known.value for known in readings):
            shown = clipped(formula.text)
            readings.append(Reading("read", formula, shown, convention=convention))
    first, *others = readings
    if not others:
        return Reading("read", first.value, first.shown)
    return Reading(
        "read",
        first.value,
        first.shown,
        alternatives=tuple(others),
        convention=first.convention,
    )


def understand(normal: Normal, grammar: Grammar, encounter: Encounter) -> Formula:
    """The formula behind a name (`y = ...`)."""
    sides = split_sides(normal.text)
    while len(sides) > 1 and is_name(normal.text[sides[0][0] : sides[0][1]]):
        del sides[0]
    if len(sides) > 1:
        raise Unreadable("an equation where an expression is asked", normal.at(sides[1][0]))
    start, end, _ = sides[0]
    pieces = split_pieces(Lexer(normal, grammar, encounter, start, end).tokens())
    if len(pieces) > 1:
        raise Unreadable("more than one expression", pieces[1][0].at)
    program = parse(pieces[0], encounter)
    for step in program:
        if step.operation in ("infinite", "masked"):
            raise Unreadable("infinity is no number to compute with", step.at)
    return Formula(write(program, PLAIN), program)
