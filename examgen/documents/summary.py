"""What a terminal shows after grading: how it went, what went wrong, what needs a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from examgen.answers import Verdict
from examgen.documents.grades_table import place
from examgen.documents.look import Look
from examgen.documents.pages import LOOK
from examgen.documents.summary_page import SummaryBlock, SummaryPage
from examgen.documents.templates import fill
from examgen.exams.exam import Exam
from examgen.grading.marks import GradedSheet, Grades, Sum, added, rounded, short

COMMONEST = 8
BAR = 20


def write_summary(grades: Grades, exam: Exam, look: Look = LOOK, tally: Tally | None = None) -> str:
    """The summary; nothing that students wrote can act on the terminal.

    *tally* has counted the sheets, where somebody went through them before.
    """
    page = lay_out_summary(grades, exam, tally or Tally.of(exam, grades.sheets))
    return fill("terminal", "summary.txt.jinja", look.templates, page=page).rstrip("\n")


def lay_out_summary(grades: Grades, exam: Exam, tally: Tally) -> SummaryPage:
    """What there is to say of all sheets together."""
    blocks = {
        "Share of the points earned:": tally.shares() if grades.sheets else (),
        "Commonest mistakes:": tally.mistakes(),
        "Needs a person:": [*tally.waiting(), *tally.for_a_person],
        "Refused:": [f"{short(each.file)}: {each.reason}" for each in grades.refused],
        "Warnings:": [*grades.warnings, *tally.warnings()],
    }
    return SummaryPage(
        exam.blueprint.title,
        grades.exam,
        overview(grades, tally.points),
        tuple(SummaryBlock(title, tuple(lines)) for title, lines in blocks.items()),
    )


def overview(grades: Grades, points: Fraction) -> str:
    """How many sheets there are, and their mean."""
    count = len(grades.sheets)
    sheets = "1 sheet" if count == 1 else f"{count} sheets"
    if not count:
        return sheets
    return f"{sheets}, mean {rounded(points / count)} of {grades.possible} points"


@dataclass
class Tally:
    """What is counted, sheet by sheet: they are gone through once, and none is kept."""

    earned: dict[str, Sum] = field(default_factory=lambda: defaultdict(Sum))
    """The points earned, by label."""
    possible: dict[str, int] = field(default_factory=dict)
    met: dict[str, dict[str, int]] = field(default_factory=dict)
    """How often each mistake was made, by where."""
    words: dict[str, tuple[str, int]] = field(default_factory=dict)
    """The first sheet whose answer in words somebody has to mark, and how many, by label."""
    for_a_person: list[str] = field(default_factory=list)
    """The answers that somebody has to look at since they could not be read."""
    odd: dict[str, tuple[str, int]] = field(default_factory=dict)
    """What was odd about sheets: the first of which it was said, and how many more."""

    @classmethod
    def of(cls, exam: Exam, sheets: Iterable[GradedSheet] = ()) -> Tally:
        """A tally of these sheets; *exam* is a form, and some parts may not be on every one."""
        tally = cls(possible=dict.fromkeys((part.label for part in exam.parts), 0))
        for sheet in sheets:
            tally.add(sheet)
        return tally

    def add(self, sheet: GradedSheet) -> None:
        """Count one sheet."""
        file = short(sheet.file)
        for mark in sheet.marks:
            label = mark.label
            self.possible[label] = self.possible.get(label, 0) + mark.possible
            self.earned[label].add(mark.points)
            for name in mark.misconceptions:
                places = self.met.setdefault(name, {})
                places[label] = places.get(label, 0) + 1
            if mark.is_dropped:
                continue
            if mark.verdict is Verdict.PERSON:
                first, count = self.words.get(label, (file, 0))
                self.words[label] = (first, count + 1)
            elif mark.verdict is Verdict.UNREADABLE:
                why = f" ({mark.reason})" if mark.reason else ""
                self.for_a_person.append(f"{file}: {label} could not be read{why}")
        for warning in sheet.warnings:
            first, more = self.odd.get(warning, (file, -1))
            self.odd[warning] = (first, more + 1)

    def waiting(self) -> Iterator[str]:
        """A line for each part that asks for words: they wait on every sheet."""
        for label, (first, count) in sorted(self.words.items(), key=lambda pair: place(pair[0])):
            if count == 1:
                yield f"{first}: {label} waits for a person"
            else:
                yield f"{label} waits for a person on {count} sheets"

    @property
    def points(self) -> Fraction:
        """All points that were earned."""
        return added(each.total for each in self.earned.values())

    def shares(self) -> Iterator[str]:
        """The share of its points that each part earned."""
        for label in sorted(self.possible, key=place):
            possible = self.possible[label]
            share = self.earned[label].total / possible if possible else Fraction(0)
            bar = "#" * int(share * BAR + Fraction(1, 2))
            yield f"{label:>4}  {bar:<{BAR}}  {int(share * 100 + Fraction(1, 2)):>3} %"

    def warnings(self) -> Iterator[str]:
        """What was odd, each once: of a table with a column too few it is the same for all."""
        for warning, (first, more) in self.odd.items():
            yield f"{first}{f' and {more} more' if more else ''}: {warning}"

    def mistakes(self) -> Iterator[str]:
        """The commonest known mistakes and where they were made."""
        count = {name: sum(places.values()) for name, places in self.met.items()}
        for name in sorted(count, key=lambda each: (-count[each], each))[:COMMONEST]:
            where = ", ".join(self.met[name])
            yield f"{count[name]:>3} × {name.replace('_', ' ')} ({where})"
        if len(count) > COMMONEST:
            yield f"and {len(count) - COMMONEST} more"
