"""The item analysis laid out as a page with charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from examgen.answers import Verdict
from examgen.documents.figures import inline_drawing
from examgen.documents.figures.primitives import Drawing
from examgen.documents.report.charts import bars, histogram, scatter
from examgen.documents.report.figures_in_words import coefficient, points, share
from examgen.documents.templates import fill
from examgen.documents.writers import Done
from examgen.exams.exam import Exam
from examgen.grading.analysis.analyse import Analysis, Dropped
from examgen.grading.analysis.flags import option_words, words
from examgen.grading.analysis.mistakes import OptionStatistics
from examgen.grading.analysis.questions import Statistics

MOST_MISTAKES = 20
FEW = "Fewer than 30 students: every figure here is indicative only."
VERY_FEW = "Fewer than 10 students: α and the upper and lower groups are not shown."


@dataclass(frozen=True)
class Chart:
    """A chart and what it is called."""

    title: str
    svg: Done


@dataclass(frozen=True)
class ReportPage:
    """What stands in the report; cells are texts, a row for each question."""

    title: str
    course: str
    exam: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    flags: tuple[tuple[str, str, bool], ...]
    charts: tuple[Chart, ...]
    items: tuple[tuple[str, ...], ...]
    parts: tuple[tuple[str, ...], ...]
    options: tuple[tuple[str, Chart], ...]
    mistakes: tuple[tuple[str, ...], ...]
    forms: tuple[tuple[str, ...], ...]


def write_report(analysis: Analysis, exam: Exam, exam_id: str) -> str:
    """The report as a self-contained HTML page; *exam* is one of the forms."""
    page = ReportPage(
        title=exam.blueprint.title,
        course=exam.blueprint.course,
        exam=exam_id,
        facts=tuple(facts(analysis)),
        notes=tuple(notes(analysis)),
        flags=tuple((each.label or "exam", each.advice, each.is_urgent) for each in analysis.flags),
        charts=tuple(charts(analysis)),
        items=tuple(row(each) for each in analysis.items),
        parts=tuple(row(each) for _, each in analysis.parts),
        options=tuple(options(analysis.choices)),
        mistakes=tuple(mistakes(analysis)),
        forms=tuple(
            (
                each.form,
                str(each.count),
                points(each.mean),
                points(each.difference),
                coefficient(each.standard_errors),
            )
            for each in analysis.forms
        ),
    )
    return fill("html", "html/report.html.jinja", page=page)


def facts(analysis: Analysis) -> Iterator[tuple[str, str]]:
    """The figures of the whole class."""
    whole = analysis.overview
    yield "Students", str(whole.count)
    yield "Mean", f"{points(whole.mean)} of {whole.possible}"
    yield "Standard deviation", points(whole.deviation)
    if whole.five:
        five = whole.five
        yield "Median", points(five.middle)
        yield "Quartiles", f"{points(five.lower)} and {points(five.upper)}"
        yield "Lowest and highest", f"{points(five.least)} and {points(five.most)}"
    yield "KR-20" if whole.is_kr20 else "Cronbach’s α", coefficient(whole.alpha)
    yield "Standard error of measurement", points(whole.error)
    if analysis.work_correlation is not None:
        yield "Correlation of total and hand-work", coefficient(analysis.work_correlation)


def notes(analysis: Analysis) -> Iterator[str]:
    """What to keep in mind."""
    if analysis.overview.is_indicative:
        yield FEW
    if analysis.overview.count < 10:
        yield VERY_FEW
    if analysis.dropped:
        listed = ", ".join(map(dropped, analysis.dropped))
        yield f"Dropped, and left out of everything but the totals: {listed}."


def dropped(part: Dropped) -> str:
    """A dropped part, and where that is not everywhere."""
    if not part.forms:
        return part.label
    forms = "form" if len(part.forms) == 1 else "forms"
    return f"{part.label} ({forms} {', '.join(part.forms)})"


def charts(analysis: Analysis) -> Iterator[Chart]:
    """The charts of the whole class."""
    if analysis.totals:
        alt = f"{analysis.overview.count} totals, mean {points(analysis.overview.mean)}."
        yield chart("Points", alt, histogram(analysis.totals, analysis.overview.possible))
    placed = [each for each in analysis.items if each.discrimination is not None]
    if placed:
        alt = "; ".join(
            f"item {each.label}: {share(each.difficulty)}, r {coefficient(each.discrimination)}"
            for each in placed
        )
        yield chart("Difficulty and discrimination", alt, scatter(analysis.items))
    ranked = analysis.misconceptions[:MOST_MISTAKES]
    if ranked:
        rows = [
            (words((each.name,)), each.students / analysis.overview.count, str(each.students))
            for each in ranked
        ]
        alt = "; ".join(f"{name}: {said} students" for name, _, said in rows)
        yield chart("Misconceptions, by students who show them", alt, bars(rows))


def chart(title: str, alt: str, drawing: Drawing) -> Chart:
    """One chart with its description."""
    return Chart(title, Done(inline_drawing(drawing, title, alt)))


def options(choices: Sequence[OptionStatistics]) -> Iterator[tuple[str, Chart]]:
    """For each closed question a bar for each option that was taken."""
    for label in dict.fromkeys(each.label for each in choices):
        taken = [each for each in choices if each.label == label]
        rows = [
            (
                f"{'/'.join(each.letters)} {option_words(each)}",
                each.share,
                f"{each.count} of {each.offered}, mean {points(each.mean_total)}, "
                f"r {coefficient(each.correlation)}",
            )
            for each in taken
        ]
        alt = "; ".join(f"{name}: {share(part)}" for name, part, _ in rows)
        drawing = bars(rows, marked=[each.is_right for each in taken])
        yield label, chart(f"Options of {label}", alt, drawing)


def mistakes(analysis: Analysis) -> Iterator[tuple[str, ...]]:
    """A row for each misconception."""
    for each in analysis.misconceptions:
        yield (
            words((each.name,)),
            ", ".join(each.labels),
            str(each.count),
            str(each.students),
            points(each.mean_total),
            coefficient(each.correlation),
        )


def row(statistics: Statistics) -> tuple[str, ...]:
    """The cells of one question."""
    return (
        statistics.label,
        str(statistics.count),
        str(statistics.possible),
        share(statistics.difficulty),
        coefficient(statistics.discrimination),
        coefficient(statistics.upper_lower),
        share(statistics.share(Verdict.BLANK)),
        share(statistics.share(Verdict.UNREADABLE)),
        share(statistics.share(Verdict.CARRIED)),
    )
