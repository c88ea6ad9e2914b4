"""What `examgen regrade` is told to decide, and to take back, checked against the exam."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain

import click

from examgen import answers
from examgen.answers.reading import Several, Unordered
from examgen.answers.sheets.patterns import number_of
from examgen.cli.decisions.decision_options import RegradeRequest
from examgen.cli.exam_folder import ExamFolder, load, load_printed
from examgen.exams.exam import ExamPart
from examgen.faults import Fault, alternatives, visible
from examgen.grading.gradebook.decisions import Ruling, TakenBack
from examgen.grading.recorded import options_of


@dataclass(frozen=True)
class By:
    """Who decides, why and when."""

    who: str
    why: str
    moment: str

    @classmethod
    def now(cls, who: str, why: str) -> By:
        """At this moment."""
        moment = datetime.now(UTC)  # noqa: TID251 -- it goes into the gradebook, into no exam
        return cls(who, why, moment.isoformat(timespec="seconds"))

    def rules(
        self, kind: str, answer: str, label: str = "", form: str = "", *, may_lose: bool = False
    ) -> Ruling:
        """A decision."""
        return Ruling(kind, label, form, answer, self.who, self.why, may_lose, self.moment)

    def takes_back(self, ruling: Ruling) -> TakenBack:
        """A decision, withdrawn."""
        return TakenBack(ruling, self.who, self.why, self.moment)


def about_all(request: RegradeRequest, student: str, by: By) -> Iterator[Ruling]:
    """The decisions about all sheets, or when those of one *student* were due."""
    if student and request.due is None:
        raise click.UsageError("--student goes with --due: it gives one student an extension")
    if request.counting is not None:
        yield by.rules("counting", request.counting)
    if request.due is not None:
        yield replace(by.rules("due", request.due), student=student)
    if request.late is not None:
        yield by.rules("late", str(request.late))


def the_student(book: sqlite3.Connection, folder: ExamFolder, student: str) -> str:
    """The student as the gradebook or the roster writes the id, or the name where there is none."""
    handed_in = [str(each) for (each,) in book.execute("SELECT DISTINCT student FROM submission")]
    known = {each.casefold(): each for each in handed_in}
    known |= {each: entry.id for each, entry in folder.register.by_student.items()}
    if student.casefold() not in known:
        close = alternatives(student, known.values())
        raise Fault(repr(visible(student)), "no student with this id has handed anything in", close)
    return known[student.casefold()]


def no_more(numbers: Sequence[int], decided: Sequence[Ruling], by: By) -> Iterator[TakenBack]:
    """The decisions in force with these numbers, taken back."""
    known = {each.number: each for each in decided}
    for number in dict.fromkeys(numbers):
        if number not in known:
            listed = ", ".join(map(str, known)) or "--list shows them; there is none"
            raise Fault(f"--take-back {number}", "no decision in force has this number", listed)
        yield by.takes_back(known[number])


def about_parts(folder: ExamFolder, request: RegradeRequest, by: By) -> Iterator[Ruling]:
    """The decisions about parts, checked against the exam."""
    if request.may_lose and not request.correct:
        raise click.UsageError("--may-lose goes with --correct")
    form = the_form(folder, request.form) if request.form else ""
    parts = parts_of(folder, form)
    named = chain.from_iterable(labels_of(folder, form, parts, each) for each in request.drop)
    for label in dict.fromkeys(named):
        yield by.rules("drop", "", label, form)
    if not form:
        for label, _ in (*request.accept, *request.correct):
            check_alike(folder, the_part(parts, label))
    for label, answer in request.accept:
        yield by.rules("accept", understood(the_part(parts, label), answer), label, form)
    for label, answer in request.correct:
        text = understood(the_part(parts, label), answer)
        yield by.rules("correct", text, label, form, may_lose=request.may_lose)


def labels_of(folder: ExamFolder, form: str, parts: dict[str, ExamPart], named: str) -> list[str]:
    """The label that is named, or those of all parts of the item with this number.

    In a class forms may differ in the rows of a table.
    """
    label = named.lower()
    if label in parts or not label.isdecimal():
        return [the_part(parts, label).label]
    forms = [form] if form else [each.form for each in folder.register.forms]
    labels = dict.fromkeys(chain.from_iterable(map(folder.labels, forms)))
    return [each for each in labels if number_of(each) == label] or [the_part(parts, label).label]


def the_form(folder: ExamFolder, name: str) -> str:
    """The form as the exam writes its name."""
    forms = folder.register.by_form
    if name.casefold() not in forms:
        known = alternatives(name, [each.form for each in folder.register.forms])
        raise Fault(repr(visible(name)), "no form has this name", known)
    return forms[name.casefold()].form


def parts_of(folder: ExamFolder, form: str) -> dict[str, ExamPart]:
    """The parts by label; of a class those of one form, for their kinds."""
    exam = load(folder.record_of(form)) if form else folder.any_form
    return {part.label: part for part in exam.parts}


def check_alike(folder: ExamFolder, part: ExamPart) -> None:
    """Refuse an answer for all forms of a class where it says another thing on each."""
    for entry in folder.register.forms:
        for other in load_printed(folder.record_of(entry.form)).parts:
            if other.label == part.label and asked(other) != asked(part):
                found = "the forms ask it in other numbers or with other options"
                raise Fault(part.label, found, "--form with the form that it is about")


def asked(part: ExamPart) -> tuple[str, ...]:
    """What decides about an answer: the right one, and what each letter says."""
    return (part.kind, part.answer, *(each.answer for each in part.options))


def the_part(parts: dict[str, ExamPart], label: str) -> ExamPart:
    """The part with this label."""
    if label not in parts:
        raise Fault(repr(visible(label)), "no part has this label", alternatives(label, parts))
    return parts[label]


def understood(part: ExamPart, answer: str) -> str:
    """An answer in plain notation; a fault where it is none of the part's kind."""
    kind = answers.kind(part.kind)
    reading = kind.read(answer, options=options_of(part))
    if reading.state != "read" or reading.alternatives:
        raise Fault(
            part.label, f"{visible(answer)!r} is not understood", reading.reason or kind.hint
        )
    if isinstance(reading.value, Several):
        found = f"{visible(answer)!r} is more than one answer"
        raise Fault(part.label, found, "one; --accept may be said several times")
    if isinstance(reading.value, Unordered):
        raise Fault(part.label, f"{visible(answer)!r} leaves the order open", kind.hint)
    text = answers.plain(reading.value)
    try:
        kind.parse(text)
    except ValueError as error:
        raise Fault(part.label, f"{visible(answer)!r}: {error}", kind.hint) from None
    return text
