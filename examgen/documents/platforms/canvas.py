"""Canvas's import: a zip archive in IMS QTI 1.2, in the dialect that Canvas exports and imports.

Of a number Canvas keeps the right value and a tolerance only, so the typical mistakes stand in
what students read after they answered. Entries of a matrix are compared letter by letter there.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from itertools import count

from examgen.documents.figures import svg_file
from examgen.documents.platforms.bodies import Matrices, comment, line, solution_of, text_of
from examgen.documents.platforms.questions import Asked, Quiz, Told
from examgen.documents.platforms.responses import (
    PLACES,
    Cell,
    Choice,
    Grid,
    Number,
    Person,
    Words,
)
from examgen.documents.platforms.xml import NOTHING, Body
from examgen.documents.templates import fill

MORE_OR_LESS = (PLACES, PLACES + 1)
"""How many decimal places an entry may have."""
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every file, so that equal exams give equal bytes: the earliest that a zip can say."""
FIRST_ID = 1000
FILES = "%24IMS-CC-FILEBASE%24"
"""Where Canvas puts the files of the archive."""
TYPES: dict[type, str] = {
    Choice: "multiple_choice_question",
    Number: "numerical_question",
    Words: "short_answer_question",
    Grid: "fill_in_multiple_blanks_question",
    Person: "essay_question",
}


@dataclass(frozen=True)
class Margin:
    """A number and how far off an answer may be."""

    value: str
    margin: str

    @property
    def least(self) -> str:
        """The least right answer."""
        return str(Decimal(self.value) - Decimal(self.margin))

    @property
    def most(self) -> str:
        """The greatest."""
        return str(Decimal(self.value) + Decimal(self.margin))


@dataclass(frozen=True)
class Answer:
    """An answer that stands in the file."""

    ident: str
    text: Body | str
    feedback: Body = NOTHING


@dataclass(frozen=True)
class Blank:
    """A place for an answer."""

    ident: str
    right: tuple[str, ...] = ()
    """What is right: answers by their idents, or words."""
    known: tuple[Answer, ...] = ()
    number: Margin | None = None
    name: str = ""
    """Its name in the text, where there are several."""
    percent: str = "100"


@dataclass(frozen=True)
class Question:
    """A question as it is imported; without blanks a text between them."""

    ident: str
    type: str
    title: str
    text: Body
    points: int = 0
    general: Body = NOTHING
    blanks: tuple[Blank, ...] = ()
    parent: str = ""
    """The text that it belongs to."""


@dataclass(frozen=True)
class Package:
    """What the skeletons are filled with."""

    ident: str
    title: str
    minutes: int
    points: int
    questions: tuple[Question, ...]
    figures: tuple[str, ...]


def write(quiz: Quiz) -> bytes:
    """The archive."""
    ident = identifier(quiz.exam)
    figures = {
        f"examgen-{quiz.exam}/figure-{number}.svg": svg_file(each.figure)
        for number, each in enumerate(quiz.entries)
        if each.figure
    }
    idents = map(str, count(FIRST_ID))
    questions = (question(quiz, number, each, idents) for number, each in enumerate(quiz.entries))
    package = Package(
        ident,
        f"{quiz.title}, form {quiz.form}",
        quiz.minutes,
        quiz.points,
        tuple(questions),
        tuple(figures),
    )
    return archive(
        {
            "imsmanifest.xml": written("manifest", package),
            f"{ident}/{ident}.xml": written("questestinterop", package),
            f"{ident}/assessment_meta.xml": written("assessment_meta", package),
            **figures,
        }
    )


def identifier(*parts: object) -> str:
    """A name that is the same for the same exam, and begins with a letter as XML demands."""
    return f"g{sha256(repr(parts).encode()).hexdigest()[:32]}"


def written(name: str, package: Package) -> str:
    """One file from its skeleton."""
    return fill("xml", f"platforms/{name}.xml.jinja", quiz=package)


def archive(files: dict[str, str]) -> bytes:
    """A zip archive of these texts."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            opened.writestr(entry, text)
    return buffer.getvalue()


def question(quiz: Quiz, number: int, each: Told | Asked, idents: Iterator[str]) -> Question:
    """One question, or what is told between them."""
    ident = identifier(quiz.exam, number)
    source = f"{FILES}/examgen-{quiz.exam}/figure-{number}.svg"
    if isinstance(each, Told):
        return Question(ident, "text_only_question", each.name, text_of(each, source))
    return Question(
        ident,
        TYPES[type(each.response)],
        each.name,
        text_of(each, source, matrices(each)),
        each.points,
        comment(solution_of(each, told=False)),
        tuple(blanks(each, idents)),
        identifier(quiz.exam, quiz.entries.index(each.about)) if each.about else "",
    )


def blanks(each: Asked, idents: Iterator[str]) -> Iterator[Blank]:
    """The places for the answers to a question."""
    match each.response:
        case Choice(options):
            known = [
                Answer(next(idents), line(option.text), comment(line(feedback)))
                for option, feedback in options
            ]
            found = zip(known, options, strict=True)
            right = tuple(made.ident for made, (option, _) in found if option.right)
            yield Blank("response1", right, tuple(known))
        case Number() as asked:
            yield Blank("response1", number=Margin(asked.value, str(asked.tolerance)))
        case Words(answers):
            yield Blank("response1", answers[0].spellings)
        case Grid() as grid:
            yield from entries(grid, idents)
        case Person():
            yield Blank("response1")


def entries(grid: Grid, idents: Iterator[str]) -> Iterator[Blank]:
    """A blank for each entry."""
    cells = list(zip(names(grid), grid.cells, strict=True))
    left = 100.0
    for place, (name, cell) in enumerate(cells):
        known = tuple(Answer(next(idents), spelling) for spelling in spellings(cell))
        share = f"{left / (len(cells) - place):.2f}"
        left -= float(share)
        yield Blank(f"response_{name}", (known[0].ident,), known, name=name, percent=share)


def names(grid: Grid) -> Iterator[str]:
    """The names of its entries: matrix, row and column where there are several matrices."""
    several = len(grid.matrices) > 1
    for m, matrix in enumerate(grid.matrices, start=1):
        for r, row in enumerate(matrix, start=1):
            for c, _ in enumerate(row, start=1):
                yield f"m{m}r{r}c{c}" if several else f"r{r}c{c}"


def matrices(each: Asked) -> Matrices:
    """Its blanks as they stand in the text."""
    if not isinstance(each.response, Grid):
        return ()
    name = names(each.response)
    return [[[f"[{next(name)}]" for _ in row] for row in one] for one in each.response.matrices]


def spellings(cell: Cell) -> Iterable[str]:
    """How an entry may be written, for it is compared letter by letter."""
    if isinstance(cell, Words):
        return cell.answers[0].spellings
    value = Decimal(cell.value)
    if cell.tolerance == 0:
        return (cell.value, f"{cell.value}.0", f"{cell.value}.00", f"{cell.value}.000")
    rounded = [str(round(value, places) or Decimal(0).scaleb(-places)) for places in MORE_OR_LESS]
    shortened = [each.rstrip("0").rstrip(".") for each in rounded]
    leading = [each.replace("0.", ".", 1) for each in rounded if each.lstrip("-").startswith("0.")]
    return dict.fromkeys([*rounded, shortened[0], *leading, cell.exact])
