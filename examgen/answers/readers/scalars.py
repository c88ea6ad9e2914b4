"""Read one number: its sides, its pieces, and what they say together."""

from collections.abc import Sequence
from functools import partial
from itertools import chain

from examgen.answers.arithmetic.balls import is_number, same
from examgen.answers.arithmetic.evaluate import evaluate
from examgen.answers.arithmetic.values import Computable, Number
from examgen.answers.judges.rounding import FEWEST, is_rounding
from examgen.answers.limits import ENTRY
from examgen.answers.notation.conventions import Encounter
from examgen.answers.notation.grammar import Grammar
from examgen.answers.notation.lexer import Lexer
from examgen.answers.notation.normal import Normal
from examgen.answers.notation.parser import parse
from examgen.answers.notation.preparing import ABOUT
from examgen.answers.notation.sides import Side, leads_to_value, sides_of
from examgen.answers.notation.tokens import Token
from examgen.answers.readers.counts import side_of_square, with_one_word, worded
from examgen.answers.readers.dates import refuse_date
from examgen.answers.readers.gathering import check_count, read_text, several
from examgen.answers.readers.plainly import plain_number
from examgen.answers.readers.restated import restated, without_brackets
from examgen.answers.reading import PLAIN, Reading, Several, Unreadable, Written
from examgen.answers.visible import clipped
from examgen.exact.effort import spend_reserve


def read_scalar(text: str, grammar: Grammar) -> Reading:
    """The reading of a text as one number; never raises."""
    if number := plain_number(text):
        return reading_of(number)
    return read_tokens_of(text, grammar)


def read_tokens_of(text: str, grammar: Grammar) -> Reading:
    """The reading of a text as one number in any notation."""
    return read_text(text, grammar.limits, partial(understand, grammar))


def understand(grammar: Grammar, normal: Normal, encounter: Encounter) -> Reading:
    """What all sides of the text say together."""
    refuse_date(normal)
    normal = without_brackets(normal)
    if grammar.counts:
        normal = with_one_word(normal)
        number = worded(normal.text)
        length = side_of_square(normal)
        if number is None and length is not None and encounter.meet("side"):
            number = length
        if number is not None:
            return reading_of(Number(number))
    sides = sides_of(normal)
    found: list[list[Number]] = []
    for index, side in enumerate(sides):
        try:
            found.append(read_side(normal, side, grammar, encounter))
        except Unreadable:
            if index + 1 == len(sides) or not leads_to_value(normal.text[side.start : side.end]):
                raise
    reading = settled(found)
    if encounter.conventions.restated and isinstance(reading.value, Several):
        raise Unreadable("what is said in brackets is another number")
    return reading


def is_equation(sides: Sequence[Sequence[object]]) -> bool:
    """Whether there are sides, of which each is one answer."""
    return len(sides) > 1 and all(len(side) == 1 for side in sides)


def settled(sides: Sequence[Sequence[Number]]) -> Reading:
    """The one number that all pieces say: an exact one and perhaps its roundings."""
    pieces = list(chain.from_iterable(sides))
    exact = next((piece for piece in pieces if piece.written == PLAIN), pieces[0])
    if not all(agrees(piece, exact) for piece in pieces):
        return several([piece.shown for piece in pieces], is_equation(sides))
    return reading_of(exact)


def reading_of(number: Number) -> Reading:
    """The reading of one number."""
    return Reading("read", number.value, clipped(number.shown), written=(number.written,))


def agrees(piece: Number, exact: Number) -> bool:
    """Whether a piece is the same number, its rounding or, of an exact one, its first digits."""
    if same(piece.value, exact.value):
        return True
    if piece.written.places is None or isinstance(exact.value, Computable):
        return False
    cut = exact.written == PLAIN
    return is_rounding(exact.value, piece.value, piece.written.places, cut)


def read_side(normal: Normal, side: Side, grammar: Grammar, encounter: Encounter) -> list[Number]:
    """The numbers on one side: one, or several with a separator between them."""
    about = ABOUT.match(normal.text, side.start, side.end)
    start = about.end() if about else side.start
    tokens = Lexer(normal, grammar, encounter, start, side.end).tokens()
    rounded = side.sign == "≈" or about is not None
    if again := said_again(tokens, encounter):
        return again
    return [read_piece(piece, encounter, rounded) for piece in split_pieces(tokens)]


def said_again(tokens: Sequence[Token], encounter: Encounter) -> list[Number] | None:
    """A number and what is said of it in brackets, None where these are a factor.

    Nobody multiplies a number by its own rounding; `5 (5)` may be 5 or 25.
    """
    found = restated(tokens)
    if found is None:
        return None
    trial = Encounter(encounter.conventions)
    try:
        number, again = (read_piece(each, trial) for each in found)
    except Unreadable:
        return None
    if not (agrees(again, number) or agrees(number, again)):
        return None
    places = max(each.written.places or 0 for each in (number, again))
    rounded = places >= FEWEST and not same(again.value, number.value)
    if not (again.written.percent or rounded or encounter.meet("restated")):
        return None
    encounter.met |= trial.met
    return [number, again]


def split_pieces(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens between separators outside of brackets, each list with an end of its own."""
    pieces: list[list[Token]] = [[]]
    depth = 0
    for token in tokens[:-1]:
        depth += (token.sort == "open") - (token.sort == "close")
        if depth == 0 and token.sort in ("separator", "joiner"):
            if token.text != "\n" or not goes_on(pieces[-1]):
                pieces.append([])
        elif token.sort != "unit" and token.text != "\n":
            pieces[-1].append(token)
    end = tokens[-1]
    kept = [[*piece, end] for piece in pieces if piece] or [[end]]
    check_count(kept)
    return kept


def goes_on(piece: Sequence[Token]) -> bool:
    """Whether a line that ends here cannot be all."""
    return bool(piece) and piece[-1].sort == "op" and piece[-1].text in "+-*/^"


def read_piece(tokens: Sequence[Token], encounter: Encounter, rounded: bool = False) -> Number:
    """One number; the tokens end with `end`."""
    if len(tokens) == 2 and tokens[0].sort == "number":
        return Number(tokens[0].value, form(tokens, rounded))
    spend_reserve(ENTRY)
    program = parse(tokens, encounter)
    value = evaluate(program)
    if value is not None:
        return Number(value, form(tokens, rounded))
    computable = Computable(program)
    if not is_number(computable):
        raise Unreadable("I cannot compute this", tokens[0].at)
    return Number(computable)


def form(tokens: Sequence[Token], rounded: bool) -> Written:
    """How a lone number was written; `PLAIN` for any expression."""
    signs = [token.text for token in tokens if token.sort == "op"]
    bare = [token for token in tokens[:-1] if token.sort != "op" or token.text not in "+-%"]
    percent = "%" in signs
    if len(bare) != 1 or bare[0].sort != "number":
        return Written(percent=True) if percent else PLAIN
    places = bare[0].written.places
    if percent:
        return Written((places or 0) + 2, percent=True)
    if places is None:
        return PLAIN
    return Written(places, open_ended=rounded or bare[0].written.open_ended)
