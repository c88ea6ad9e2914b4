"""The report of `examgen bank validate`, for people and for other tools."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from examgen.cli.banks.validation import Figures, Validation

HEADING = f"{'item':34}{'level':8}{'accepted':>9}{'different':>11}{'answers':>9}  right option"


def as_lines(validation: Validation) -> Iterator[str]:
    """The figures as a table, then all that is wrong."""
    if validation.figures:
        yield HEADING
    for each in validation.figures:
        yield line_of(each)
    yield from map(str, validation.faults)
    defects = [
        f"{each.family.id}, {each.level}: {reason}"
        for each in validation.figures
        for reason in each.defects
    ]
    yield from defects
    items, wrong = len(validation.looked_at), len(validation.faults) + len(defects)
    counted = f"{items} item{'' if items == 1 else 's'}"
    yield f"{counted}, {wrong or 'no'} defect{'' if wrong == 1 else 's'}"


def line_of(figures: Figures) -> str:
    """One line of the table."""
    family, found = figures.family, figures.survey
    drawn = found.problems
    different = "fixed" if family.is_fixed else f"{len(found.givens)}/{drawn}"
    answers = max((len(each) for each in found.answers.values()), default=0)
    letters = " ".join(
        f"{letter}{100 * count / drawn:.0f}%" for letter, count in sorted(found.letters.items())
    )
    return (
        f"{family.id:34}{figures.level:8}{found.acceptance:>9.0%}{different:>11}{answers:>9}"
        f"  {letters}"
    ).rstrip()


def as_record(validation: Validation) -> dict[str, Any]:
    """The same for other tools."""
    return {
        "faults": [
            {"where": each.where, "found": each.found, "allowed": each.allowed}
            for each in validation.faults
        ],
        "items": [each.record for each in validation.figures],
    }
