"""A form as a platform asks it: one question after the other, each with all that it needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from examgen.documents.keys import add_keys
from examgen.documents.layout import ItemPage, KnownMistake, PartPage, Prose
from examgen.documents.paper import lay_out
from examgen.documents.platforms.responses import Choice, Response, response
from examgen.exams.exam import Exam, ExamPart, Item
from examgen.questions.conventions import in_force
from examgen.questions.figures import Figure

LOGARITHM = r"$\ln$ is the natural logarithm."


@dataclass(frozen=True)
class Told:
    """What students read between the questions: conventions, and what several parts are about."""

    name: str
    texts: tuple[Prose, ...]
    figure: Figure | None = None


@dataclass(frozen=True)
class Asked:
    """A question."""

    label: str
    name: str
    points: int
    texts: tuple[Prose, ...]
    response: Response
    solution: Prose
    mistakes: tuple[KnownMistake, ...]
    """The typical mistakes; of a choice none, for its options say them."""
    figure: Figure | None = None
    about: Told | None = None
    """What it shares with its neighbours."""
    tags: tuple[str, ...] = ()
    """Its place on the paper, its family and its level."""


@dataclass(frozen=True)
class Quiz:
    """All of a form, in the order in which it is asked."""

    exam: str
    form: str
    title: str
    course: str
    minutes: int
    points: int
    entries: tuple[Told | Asked, ...]

    @property
    def asked(self) -> Iterator[Asked]:
        """Its questions."""
        return (each for each in self.entries if isinstance(each, Asked))


def lay_out_quiz(exam: Exam) -> Quiz:
    """The quiz of a form; raises `Fault` where the installed code does not know a problem."""
    key = add_keys(lay_out(exam), exam)
    parts = {part.label: (part, item) for item in exam.items for part in item.parts}
    entries: list[Told | Asked] = [Told("Conventions", (listed(key.front.conventions),))]
    for section in key.sections:
        for item in section.items:
            entries += entries_of(item, parts)
    front = key.front
    return Quiz(
        exam.id, exam.form, front.title, front.course, front.minutes, front.points, tuple(entries)
    )


def listed(conventions: Sequence[Prose]) -> Prose:
    """The conventions as a list; only that answers are exact cannot be had here."""
    exact = (*in_force({"exact"}), *in_force({"exact"}, rounded=True))
    kept = [each for each in conventions if each not in exact]
    return Prose("\n".join(f"- {each}" for each in [*kept, LOGARITHM]))


def entries_of(item: ItemPage, parts: dict[str, tuple[ExamPart, Item]]) -> Iterator[Told | Asked]:
    """The questions of an item; before several stands what they are about."""
    pages = [(row.title, page) for block in item.blocks for row in block.rows for page in row.cells]
    (title, first), *more = pages
    if not more:
        texts = (item.stem, *prompts(title, first))
        yield asked(item, first, parts[first.label], texts, item.figure)
        return
    told = Told(f"{item.number}. {item.title}", (item.stem,), item.figure)
    yield told
    for title, page in pages:
        question = asked(item, page, parts[page.label], prompts(title, page))
        yield replace(question, about=told)


def prompts(title: Prose, page: PartPage) -> tuple[Prose, ...]:
    """What is asked; in a table, of which row."""
    return (Prose(f"{title}: {page.prompt}"),) if title else (page.prompt,)


def asked(
    item: ItemPage,
    page: PartPage,
    drawn: tuple[ExamPart, Item],
    texts: tuple[Prose, ...],
    figure: Figure | None = None,
) -> Asked:
    """One question."""
    key = page.key
    assert key is not None
    part, source = drawn
    answer = response(part, page)
    return Asked(
        label=page.label,
        name=f"{page.label}. {item.title}",
        points=page.points,
        texts=tuple(filter(None, texts)),
        response=answer,
        solution=key.solution,
        mistakes=() if isinstance(answer, Choice) else key.mistakes,
        figure=figure,
        tags=(f"question {page.label}", source.family, source.level),
    )
