"""Classes made up for the tests."""

from collections.abc import Sequence

from examgen.answers import Verdict
from examgen.grading.analysis.results import Outcome, PartId, Result


def outcome(
    label: str,
    points: float,
    possible: int = 1,
    *,
    verdict: Verdict | None = None,
    mistakes: tuple[str, ...] = (),
    letter: str = "",
    offered: tuple[tuple[str, ...], ...] = (),
) -> Outcome:
    """What a student did in the part of this label: `7a` is the part `a` of item 7."""
    item = int("".join(each for each in label if each.isdigit()))
    told = verdict or (Verdict.CORRECT if points == possible else Verdict.WRONG)
    option = mistakes if letter else None
    part = PartId(item, label.lstrip("0123456789"))
    return Outcome(part, label, points, possible, told, mistakes, option, letter, offered)


def scored(rows: Sequence[str], form: str = "A") -> list[Result]:
    """A student for each row of zeros and ones."""
    return [
        Result(
            f"s{index}",
            form,
            tuple(outcome(str(number), float(each)) for number, each in enumerate(row, 1)),
        )
        for index, row in enumerate(rows)
    ]
