"""The item analysis on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from examgen.answers import Verdict
from examgen.documents.escaping import terminal
from examgen.documents.report.figures_in_words import coefficient, points, share
from examgen.documents.report.page import facts, notes
from examgen.exams.exam import Exam
from examgen.grading.analysis.analyse import Analysis
from examgen.grading.analysis.flags import words

BAR = 20
MOST_MISTAKES = 10


def write_overview(analysis: Analysis, exam: Exam, exam_id: str) -> str:
    """The analysis in lines that fit an ordinary terminal."""
    title = terminal.escape(exam.blueprint.title)
    blocks = [
        [f"{title}, exam {terminal.escape(exam_id)}"],
        [f"  {name:36}{value}" for name, value in facts(analysis)],
        [terminal.escape(each) for each in notes(analysis)],
        list(questions(analysis)),
        list(mistakes(analysis)),
        list(flags(analysis)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def questions(analysis: Analysis) -> Iterator[str]:
    """A line for each item."""
    if not analysis.items:
        return
    yield "Item  earned                          r    U − L  blank  unreadable"
    for each in analysis.items:
        bar = "#" * round((each.difficulty or 0) * BAR)
        yield (
            f"{each.label:>4}  {bar:<{BAR}} {share(each.difficulty):>5}"
            f"  {coefficient(each.discrimination):>5}  {coefficient(each.upper_lower):>5}"
            f"  {share(each.share(Verdict.BLANK)):>5}  {share(each.share(Verdict.UNREADABLE)):>10}"
        )


def mistakes(analysis: Analysis) -> Iterator[str]:
    """The commonest misconceptions."""
    if analysis.misconceptions:
        yield "Misconceptions, by students:"
    for each in analysis.misconceptions[:MOST_MISTAKES]:
        name = terminal.escape(words((each.name,)))
        where = ", ".join(each.labels)
        yield f"{each.students:>4}  {name} ({where}), mean total {points(each.mean_total)}"
    if len(analysis.misconceptions) > MOST_MISTAKES:
        yield f"      and {len(analysis.misconceptions) - MOST_MISTAKES} more"


def flags(analysis: Analysis) -> Iterator[str]:
    """What to look at."""
    if analysis.flags:
        yield "What to look at:"
    for each in analysis.flags:
        mark = "!" if each.is_urgent else " "
        yield f" {mark} {each.label or 'exam':>4}  {terminal.escape(each.advice)}"
