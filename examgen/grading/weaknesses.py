"""From marks to weaknesses: which mistakes were made, and where points were lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from examgen.exams.catalog import Catalog
from examgen.exams.exam import Exam
from examgen.exams.practice import Weaknesses
from examgen.grading.gradebook.standing import Standing
from examgen.grading.marks import GradedSheet


@dataclass
class Losses:
    """Points lost and possible, by what they were for."""

    lost: dict[str, float] = field(default_factory=dict)
    possible: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, lost: float, possible: int) -> None:
        """Count one part."""
        self.lost[name] = self.lost.get(name, 0.0) + lost
        self.possible[name] = self.possible.get(name, 0) + possible

    def shares(self) -> dict[str, float]:
        """The share lost of each."""
        return {name: self.lost[name] / most for name, most in self.possible.items() if most}


def weaknesses(
    standings: Iterable[Standing[GradedSheet]], form_of: Callable[[str], Exam], catalog: Catalog
) -> Weaknesses:
    """What went wrong on these sheets; a mistake counts once for each student who made it."""
    made: Counter[str] = Counter()
    places: dict[str, dict[str, None]] = {}
    families, topics = Losses(), Losses()
    for each in standings:
        asked = families_asked(form_of(each.submission.form))
        counted = [mark for mark in each.sheet.marks if not mark.is_dropped]
        for mark in counted:
            family, lost = asked.get(mark.label, ""), float(mark.possible - mark.points)
            families.add(family, lost, mark.possible)
            if family in catalog.entries:
                topics.add(catalog.entry(family).topic, lost, mark.possible)
            for name in mark.misconceptions:
                places.setdefault(name, {})[mark.label] = None
        made.update({name for mark in counted for name in mark.misconceptions})
    return Weaknesses(
        mistakes=made,
        places={name: tuple(labels) for name, labels in places.items()},
        families=families.shares(),
        topics=topics.shares(),
    )


def families_asked(exam: Exam) -> dict[str, str]:
    """The family that each part of a form is of, by the part's label."""
    return {part.label: item.family for item in exam.items for part in item.parts}
