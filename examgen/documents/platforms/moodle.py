"""Moodle's XML: a question of the fitting type for each part, with feedback for each known mistake.

The format is Moodle's own, as its `qformat_xml` reads it (docs.moodle.org, "Moodle XML format").
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from examgen.documents.figures import svg_file
from examgen.documents.platforms.bodies import Matrices, line, solution_of, text_of
from examgen.documents.platforms.questions import Asked, Quiz, Told
from examgen.documents.platforms.responses import Cell, Choice, Grid, Known, Number, Person, Words
from examgen.documents.platforms.xml import NOTHING, Body
from examgen.documents.templates import fill
from examgen.questions.figures import Figure

PARTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20)
"""The numbers of equal parts of which Moodle knows the share of one."""
SHARES = sorted(
    {Fraction(1, each) for each in PARTS}
    | {Fraction(each, 10) for each in range(11)}
    | {Fraction(2, 3), Fraction(3, 4), Fraction(5, 6)},
    reverse=True,
)
"""The shares that it imports, the largest first; it refuses a file with any other."""
ACTING = str.maketrans({each: f"\\{each}" for each in '}#~/"\\'})
"""What acts in the answers of an embedded question."""


@dataclass(frozen=True)
class Image:
    """A figure, which comes along with its question."""

    name: str
    content: str
    """In base 64."""


@dataclass(frozen=True)
class Answer:
    """One of the answers that a question knows."""

    fraction: str
    """The percent of the points that it earns."""
    text: str
    feedback: Body
    tolerance: str = ""


@dataclass(frozen=True)
class Question:
    """A question as it is imported."""

    type: str
    name: str
    idnumber: str
    text: Body
    image: Image | None
    general: Body = NOTHING
    """What students read afterwards, whatever they answered."""
    points: int = 0
    answers: tuple[Answer, ...] = ()
    tags: tuple[str, ...] = ()
    grader: Body = NOTHING
    """What the person who marks it looks for."""


def write(quiz: Quiz) -> str:
    """The file."""
    categories = map(name_of_category, (quiz.title, f"form {quiz.form} ({quiz.exam})"))
    questions = (question(quiz, number, each) for number, each in enumerate(quiz.entries))
    path = "/".join(categories)
    return fill("xml", "platforms/moodle.xml.jinja", category=path, questions=questions)


def name_of_category(text: str) -> str:
    """A name in a path of categories, in which a slash begins another one."""
    return text.replace("/", "//")


def question(quiz: Quiz, number: int, each: Told | Asked) -> Question:
    """One question, or what is told between them."""
    image = image_of(each.figure, f"figure-{number}.svg") if each.figure else None
    source = f"@@PLUGINFILE@@/{image.name}" if image else ""
    if isinstance(each, Told):
        text = text_of(each, source)
        return Question("description", each.name, f"{quiz.exam}-text-{number}", text, image)
    kind, answers = answered(each)
    return Question(
        type=kind,
        name=f"{each.name} ({each.points})",
        idnumber=f"{quiz.exam}-{each.label}",
        text=text_of(each, source, matrices(each)),
        image=image,
        general=solution_of(each, told=any(answer.feedback for answer in answers)),
        points=0 if kind == "cloze" else each.points,
        answers=tuple(answers),
        tags=each.tags,
        grader=line(each.response.key) if isinstance(each.response, Person) else NOTHING,
    )


def image_of(figure: Figure, name: str) -> Image:
    """A figure's file."""
    return Image(name, b64encode(svg_file(figure).encode()).decode())


def answered(each: Asked) -> tuple[str, Sequence[Answer]]:
    """The type of a question, and the answers that it knows."""
    match each.response:
        case Choice(options):
            return "multichoice", [
                Answer(percent(Fraction(option.right)), line(option.text), line(feedback))
                for option, feedback in options
            ]
        case Number(answers, tolerance):
            return "numerical", list(spelled(answers, str(tolerance)))
        case Words(answers):
            return "shortanswer", list(spelled(answers))
        case Grid():
            return "cloze", ()
        case Person():
            return "essay", ()


def spelled(answers: Iterable[Known], tolerance: str = "") -> Iterable[Answer]:
    """The answers in all their spellings, the right one first: the first that fits counts."""
    for known in answers:
        for spelling in known.spellings:
            yield Answer(percent(known.share), spelling, line(known.feedback), tolerance)


def percent(share: Fraction) -> str:
    """The largest share of Moodle's that is no larger."""
    found = next(each for each in SHARES if each <= share)
    return f"{float(100 * found):.7f}".rstrip("0").rstrip(".")


def matrices(each: Asked) -> Matrices:
    """The entries of an array as questions within a text."""
    if not isinstance(each.response, Grid):
        return []
    weights = shared(each.points, len(list(each.response.cells)))
    return [
        [[embedded(cell, next(weights)) for cell in row] for row in matrix]
        for matrix in each.response.matrices
    ]


def shared(points: int, count: int) -> Iterator[int]:
    """The points of a question among its entries, each of which has to be worth one at least."""
    least, more = divmod(max(points, count), count)
    return (least + (place < more) for place in range(count))


def embedded(cell: Cell, weight: int) -> str:
    """One entry, and what it is worth."""
    (known,) = cell.answers
    if isinstance(cell, Number):
        return f"{{{weight}:NUMERICAL:={cell.value}:{cell.tolerance}}}"
    said = "~=".join(spelling.translate(ACTING) for spelling in known.spellings)
    return f"{{{weight}:SHORTANSWER:={said}}}"
