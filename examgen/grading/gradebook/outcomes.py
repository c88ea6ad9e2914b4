"""From the gradebook to item analysis: a result for each student, in terms all forms share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from examgen.exams.exam import Exam, ExamPart
from examgen.grading.analysis.results import Outcome, PartId, Result
from examgen.grading.gradebook.standing import Standing
from examgen.grading.marks import Mark


def results(
    standings: Iterable[Standing],
    form_of: Callable[[str], Exam],
    dropped_on: Callable[[str], Collection[str]],
) -> Iterator[Result]:
    """The counted sheet of every student; *form_of* gives the exam of a form.

    *dropped_on* gives the labels of the parts that were dropped on a form.

    Equal outcomes are one: there are not many more of them in a large class than in a small one.
    """
    known: dict[Outcome, Outcome] = {}
    for each in standings:
        parts = {
            part.label: (item.number, part)
            for item in form_of(each.submission.form).items
            for part in item.parts
        }
        found = (
            outcome(mark, *parts[mark.label]) for mark in each.sheet.marks if mark.label in parts
        )
        outcomes = tuple(known.setdefault(new, new) for new in found)
        dropped = dropped_on(each.submission.form)
        yield Result(
            each.submission.student,
            each.submission.form,
            tuple(did for did in outcomes if did.label not in dropped) if dropped else outcomes,
            tuple(did for did in outcomes if did.label in dropped) if dropped else (),
        )


def outcome(mark: Mark, item: int, part: ExamPart) -> Outcome:
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
    )
