"""Decisions in words, and for other programs: what is in force, and what was taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from examgen.faults import visible
from examgen.grading.gradebook.decisions import Ruling, TakenBack
from examgen.grading.marks import rounded, written

WIDTH = 3
"""Of a column of numbers of decisions."""


def listed(decided: Sequence[Ruling], gone: Sequence[TakenBack]) -> Iterator[str]:
    """All decisions, each with its number, who made it when, and why."""
    if not decided:
        yield "No decision is in force: everything is marked by the key."
    else:
        yield "In force (--take-back NUMBER takes one back):"
        yield from map(line, decided)
    if gone:
        yield "Taken back:"
        for each in gone:
            yield line(each.ruling)
            yield f"{'':{WIDTH}}  taken back{signed(each.who, each.decided, each.why)}"


def proposed(new: Sequence[Ruling], gone: Sequence[TakenBack]) -> Iterator[str]:
    """What is about to be decided, as it was understood."""
    yield from (f"To be decided: {in_words(each)}" for each in new)
    yield from (f"To be taken back: {in_words(each.ruling)}" for each in gone)


def line(ruling: Ruling) -> str:
    """One decision."""
    by = signed(ruling.who, ruling.decided, ruling.why)
    return f"{ruling.number:>{WIDTH}}  {in_words(ruling)}{by}"


def in_words(ruling: Ruling) -> str:
    """What was decided."""
    form = f" of form {visible(ruling.form)}" if ruling.form else ""
    part, answer = f"part {visible(ruling.label)}{form}", visible(ruling.answer)
    match ruling.kind:
        case "drop":
            return f"{part}: dropped, everybody has its points"
        case "accept":
            return f"{part}: {answer} is right as well"
        case "correct":
            printed = "the printed answer is wrong" if ruling.may_lose else "nobody loses"
            return f"{part}: {answer} is right, {printed}"
        case "counting":
            return f"the {answer} attempt counts"
        case "due":
            theirs = f" for {visible(ruling.student)}" if ruling.student else ""
            return f"due {written(ruling.answer)}{theirs}" if answer else f"nothing is due{theirs}"
        case _:
            share = rounded(100 * Fraction(ruling.answer))
            return f"{share} % off for each day late" if share else "nothing off for lateness"


def signed(who: str, decided: str, why: str) -> str:
    """Who decided when, and why, as far as that is known."""
    at = written(decided) if decided else ""
    by = ", ".join(filter(None, (who and f"by {visible(who)}", at)))
    reason = f": {visible(why)}" if why else ""
    return f" ({by}{reason})" if by else reason


def as_record(ruling: Ruling) -> dict[str, Any]:
    """A decision for other programs."""
    return {
        "number": ruling.number,
        "kind": ruling.kind,
        "label": ruling.label,
        "form": ruling.form,
        "student": ruling.student,
        "answer": ruling.answer,
        "may_lose": ruling.may_lose,
        "who": ruling.who,
        "why": ruling.why,
        "decided": ruling.decided,
    }


def as_gone(gone: TakenBack) -> dict[str, Any]:
    """A decision that was taken back, for other programs."""
    back = {"who": gone.who, "why": gone.why, "decided": gone.decided}
    return as_record(gone.ruling) | {"taken_back": back}
