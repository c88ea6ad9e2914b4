"""The key: a paper laid out, with what the instructor sees of it added part by part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from examgen.documents.counted import points
from examgen.documents.items import known_problem, right_value, shown
from examgen.documents.layout import Document, ItemPage, Key, KnownMistake, PartPage, Prose
from examgen.exams.exam import Exam, ExamPart, Item
from examgen.kept import kept_along
from examgen.questions import wording
from examgen.questions.problem import Part, Problem


def add_keys(paper: Document, exam: Exam) -> Document:
    """The key to a paper; the paper itself is left as it is."""
    items = {item.number: item for item in exam.items}
    key = paper.with_items(lambda page: add_key(page, items[page.number]))
    return replace(key, seed=exam.seed, kind="answer key")


@kept_along
def add_key(page: ItemPage, item: Item) -> ItemPage:
    """One item with the key to each of its parts."""
    problem = known_problem(item)
    keys = {
        part.label: lay_out_key(part, drawn, problem)
        for part, drawn in zip(item.parts, problem.parts, strict=True)
    }
    return page.with_parts(lambda part: keyed_part(part, keys[part.label]))


def keyed_part(page: PartPage, key: Key) -> PartPage:
    """A part with its key, and the right one of its options marked."""
    options = (
        each._replace(right=True) if each.letter == key.plain else each for each in page.options
    )
    return page._replace(options=tuple(options), key=key)


def lay_out_key(part: ExamPart, drawn: Part, problem: Problem) -> Key:
    """The answer, how to get there, and what to look for in wrong answers."""
    value = right_value(drawn.declared.kind, right_answer(part), problem, drawn.name)
    return Key(
        shown(value), part.answer, worked_solution(problem, drawn), tuple(mistakes(part, drawn))
    )


def worked_solution(problem: Problem, drawn: Part) -> Prose:
    """The worked solution; whoever shows it more than once keeps what it stands in."""
    return Prose(wording.solution(problem, drawn))


def right_answer(part: ExamPart) -> str:
    """The recorded answer in plain notation; of a choice, what its option says."""
    said = {option.letter: option.answer for option in part.options}
    return said.get(part.answer, part.answer)


def are_sentences(part: ExamPart, drawn: Part) -> bool:
    """Whether a part has options and these are sentences, not values."""
    return bool(part.options) and drawn.declared.kind.name == "text"


def mistakes(part: ExamPart, drawn: Part) -> Iterator[KnownMistake]:
    """The mistakes of a part with what they reach and what they still earn.

    Of options that are sentences the letter is enough: they stand just above.
    """
    written = not are_sentences(part, drawn)
    letters = {name: each.letter for each in part.options for name in each.misconceptions}
    for mistake in part.misconceptions:
        letter = letters.get(mistake.name, "")
        yield KnownMistake.of(
            mistake.name.replace("_", " "),
            mistake.answer if written else "",
            mistake.feedback,
            earned(mistake.credit.numerator, mistake.credit.denominator, part.points),
            letter,
        )


@lru_cache(maxsize=1024)
def earned(above: int, below: int, whole: int) -> str:
    """A share of *whole* points, in words; cached, as there are few shares and many mistakes."""
    return points(Fraction(above, below) * whole)
