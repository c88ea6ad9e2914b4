"""Rulings: what an instructor decided about parts after the exam was printed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from examgen.grading.marks import Mark

DROPPED = "this part was dropped: everybody gets its points"


@dataclass(frozen=True)
class Rulings:
    """The decisions that are in force for one form, by label.

    Answers are in the plain notation of students; of a choice they are letters.
    """

    dropped: frozenset[str] = frozenset()
    """Everybody gets the points of these."""
    accepted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """These answers are right as well as the printed one."""
    corrected: Mapping[str, str] = field(default_factory=dict)
    """These are right, and the printed answer is not."""
    told: Mapping[str, str] = field(default_factory=dict)
    """What students are told is right where the key was corrected, whatever else earns points."""

    def __hash__(self) -> int:
        """A hash, because keys are cached by the rulings that they are made with."""
        return hash((self.dropped, *sorted(self.accepted.items()), *sorted(self.corrected.items())))

    def about(self, labels: Collection[str]) -> Rulings:
        """The decisions about these labels."""
        return Rulings(
            self.dropped.intersection(labels),
            {each: self.accepted[each] for each in labels if each in self.accepted},
            {each: self.corrected[each] for each in labels if each in self.corrected},
        )


NONE = Rulings()


def with_dropped(mark: Mark, rulings: Rulings) -> Mark:
    """A mark with full points where its part was dropped; the verdict says what was answered."""
    if mark.label not in rulings.dropped:
        return mark
    if mark.points == mark.possible:
        return mark._replace(is_dropped=True)
    reason = joined(mark.reason, DROPPED)
    return mark._replace(points=Fraction(mark.possible), reason=reason, is_dropped=True)


def joined(*reasons: str) -> str:
    """Reasons one after the other."""
    return "; ".join(filter(None, reasons))
