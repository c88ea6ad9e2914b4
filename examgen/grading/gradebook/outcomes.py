"""From the gradebook to item analysis: a result for each student, in terms all forms share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from examgen.exams.exam import Exam, ExamPart
from examgen.grading.analysis.results import Outcome, PartId, Result
from examgen.grading.gradebook.standing import Standing
from examgen.grading.marks import GradedSheet, Mark
from examgen.grading.rulings import Rulings


def results(
    standings: Iterable[Standing[GradedSheet]],
    form_of: Callable[[str], Exam],
    ruled_on: Callable[[str], Rulings],
) -> Iterator[Result]:
    """The counted sheet of every student; *form_of* gives the exam of a form.

    *ruled_on* gives the decisions in force for a form.

    Equal outcomes are one: there are not many more of them in a large class than in a small one.
    """
    known: dict[Outcome, Outcome] = {}
    for each in standings:
        parts = {
            part.label: (item.number, part)
            for item in form_of(each.submission.form).items
            for part in item.parts
        }
        ruled = ruled_on(each.submission.form)
        found = (
            outcome(mark, *parts[mark.label], ruled)
            for mark in each.sheet.marks
            if mark.label in parts
        )
        outcomes = tuple(known.setdefault(new, new) for new in found)
        dropped = ruled.dropped
        yield Result(
            each.submission.student,
            each.submission.form,
            tuple(did for did in outcomes if did.label not in dropped) if dropped else outcomes,
            tuple(did for did in outcomes if did.label in dropped) if dropped else (),
        )


def outcome(mark: Mark, item: int, part: ExamPart, ruled: Rulings) -> Outcome:
    """One mark in terms that do not depend on the form."""
    taken = next((option for option in part.options if option.letter == mark.read), None)
    return Outcome(
        part=PartId(item, part.name),
        label=mark.label,
        points=float(mark.points),
        possible=mark.possible,
        verdict=mark.verdict,
        misconceptions=mark.misconceptions,
        option=taken.misconceptions if taken else None,
        letter=taken.letter if taken else "",
        offered=tuple(option.misconceptions for option in part.options),
        right=right_options(part, ruled),
    )


def right_options(part: ExamPart, ruled: Rulings) -> tuple[tuple[str, ...], ...]:
    """Of a choice the mistakes that lead to each option that counts as right."""
    key = ruled.corrected.get(part.label, part.answer)
    letters = (key, *ruled.accepted.get(part.label, ()))
    return tuple(option.misconceptions for option in part.options if option.letter in letters)
