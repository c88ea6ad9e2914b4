"""What a terminal shows after grading: how it went, what went wrong, what needs a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from examgen.answers import Verdict
from examgen.documents.gradebook import place
from examgen.documents.look import Look
from examgen.documents.pages import LOOK
from examgen.documents.summary_page import SummaryBlock, SummaryPage
from examgen.documents.templates import fill
from examgen.exams.exam import Exam
from examgen.grading.marks import Grades, Mark, rounded, short

COMMONEST = 8
BAR = 20
FOR_A_PERSON = {
    Verdict.UNREADABLE: "could not be read",
    Verdict.PERSON: "waits for a person",
}


def write_summary(grades: Grades, exam: Exam, look: Look = LOOK) -> str:
    """The summary; nothing that students wrote can act on the terminal."""
    page = lay_out_summary(grades, exam)
    return fill("terminal", "summary.txt.jinja", look.templates, page=page).rstrip("\n")


def lay_out_summary(grades: Grades, exam: Exam) -> SummaryPage:
    """What there is to say of all sheets together."""
    refused = (f"{short(each.file)}: {each.reason}" for each in grades.refused)
    blocks = {
        "Share of the points earned:": shares(grades, exam),
        "Commonest mistakes:": mistakes(grades),
        "Needs a person:": for_a_person(grades),
        "Refused:": refused,
        "Warnings:": warnings(grades),
    }
    return SummaryPage(
        exam.blueprint.title,
        grades.exam,
        overview(grades),
        tuple(SummaryBlock(title, tuple(lines)) for title, lines in blocks.items()),
    )


def overview(grades: Grades) -> str:
    """How many sheets there are, and their mean."""
    count = len(grades.sheets)
    sheets = "1 sheet" if count == 1 else f"{count} sheets"
    if not count:
        return sheets
    mean = sum((sheet.points for sheet in grades.sheets), Fraction(0)) / count
    return f"{sheets}, mean {rounded(mean)} of {grades.possible} points"


def shares(grades: Grades, exam: Exam) -> Iterator[str]:
    """The share of its points that each part earned; some parts may not be on every form."""
    if not grades.sheets:
        return
    earned = dict.fromkeys((part.label for part in exam.parts), Fraction(0))
    possible = dict.fromkeys(earned, 0)
    for mark in marks(grades):
        earned[mark.label] = earned.get(mark.label, Fraction(0)) + mark.points
        possible[mark.label] = possible.get(mark.label, 0) + mark.possible
    for label in sorted(earned, key=place):
        share = earned[label] / possible[label] if possible[label] else Fraction(0)
        bar = "#" * int(share * BAR + Fraction(1, 2))
        yield f"{label:>4}  {bar:<{BAR}}  {int(share * 100 + Fraction(1, 2)):>3} %"


def marks(grades: Grades) -> Iterator[Mark]:
    """Every mark of every sheet."""
    for sheet in grades.sheets:
        yield from sheet.marks


def mistakes(grades: Grades) -> Iterator[str]:
    """The commonest known mistakes and where they were made."""
    found: Counter[str] = Counter()
    labels: dict[str, dict[str, None]] = {}
    for mark in marks(grades):
        for name in mark.misconceptions:
            found[name] += 1
            labels.setdefault(name, {})[mark.label] = None
    for name, count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:COMMONEST]:
        where = ", ".join(labels[name])
        yield f"{count:>3} × {name.replace('_', ' ')} ({where})"
    if len(found) > COMMONEST:
        yield f"and {len(found) - COMMONEST} more"


def for_a_person(grades: Grades) -> Iterator[str]:
    """The answers that somebody has to look at."""
    for sheet in grades.sheets:
        for mark in sheet.marks:
            if mark.verdict in FOR_A_PERSON:
                why = f" ({mark.reason})" if mark.reason else ""
                yield f"{short(sheet.file)}: {mark.label} {FOR_A_PERSON[mark.verdict]}{why}"


def warnings(grades: Grades) -> Iterator[str]:
    """What was odd about the sheets."""
    yield from grades.warnings
    for sheet in grades.sheets:
        yield from (f"{short(sheet.file)}: {warning}" for warning in sheet.warnings)
