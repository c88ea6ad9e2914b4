"""Read an expression in variables."""

from functools import partial

from examgen.answers.notation.conventions import Encounter
from examgen.answers.notation.grammar import Grammar
from examgen.answers.notation.lexer import Lexer
from examgen.answers.notation.normal import Normal
from examgen.answers.notation.parser import parse
from examgen.answers.notation.sides import answer_sides, is_name
from examgen.answers.readers.gathering import one_of, read_text
from examgen.answers.readers.scalars import split_pieces
from examgen.answers.reading import Reading, Unreadable
from examgen.answers.visible import clipped
from examgen.answers.writing.formula import Formula
from examgen.answers.writing.programs import write
from examgen.answers.writing.styles import PLAIN


def read_formula(text: str, grammar: Grammar) -> Reading:
    """The reading of a text as a formula; never raises."""
    return read_text(text, grammar.limits, partial(understand, grammar), any_label=False)


def understand(grammar: Grammar, normal: Normal, encounter: Encounter) -> Reading:
    """The formula after a name (`y = ...`), or several."""
    sides = answer_sides(normal, is_name)
    if len(sides) > 1:
        raise Unreadable("an equation where an expression is asked", normal.at(sides[1].start))
    tokens = Lexer(normal, grammar, encounter, sides[0].start, sides[0].end).tokens()
    formulas = []
    for piece in split_pieces(tokens):
        program = parse(piece, encounter)
        for step in program:
            if step.operation in ("infinite", "masked"):
                raise Unreadable("infinity is not a number to compute with", step.at)
        formulas.append(Formula(write(program, PLAIN), program))
    return one_of([Reading("read", each, clipped(each.text)) for each in formulas])
