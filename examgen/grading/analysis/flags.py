"""What an instructor should look at, in plain language, from the customary thresholds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from examgen.answers import Verdict
from examgen.grading.analysis.mistakes import OptionStatistics
from examgen.grading.analysis.overview import FormFairness, Overview
from examgen.grading.analysis.questions import Statistics
from examgen.grading.marks import half_up

HARD, EASY = 0.30, 0.90
WEAK = 0.20
RARE = 0.05
MANY_BLANK = 0.30
MANY_UNREADABLE = 0.05
FAR_APART = 2.0
ENOUGH_FOR_FLAGS = 10
"""Students; of fewer a correlation is no reason for alarm."""
ENOUGH_FOR_OPTION = 5
"""Students who took an option; fewer may be good ones by chance."""
ENOUGH_TO_BE_UNUSED = 30
"""Students to whom an option was offered; of fewer nobody need have taken it."""


@dataclass(frozen=True)
class Flag:
    """Something to look at."""

    label: str
    """The item's or the part's; empty for the exam as a whole."""
    name: str
    """A stable name for other tools."""
    advice: str
    is_urgent: bool = False


def question_flags(item: Statistics, *, is_part: bool = False) -> Iterator[Flag]:
    """What is odd about one question; a part of an item need not tell students apart alone."""
    if item.difficulty is None or not item.count:
        return
    if item.share(Verdict.UNREADABLE) > MANY_UNREADABLE:
        count = item.verdicts[Verdict.UNREADABLE]
        answers = "1 answer" if count == 1 else f"{count} answers"
        advice = f"{answers} could not be read: look at this before the points are final"
        yield Flag(item.label, "unreadable", advice, is_urgent=True)
    if item.count < ENOUGH_FOR_FLAGS:
        return
    r = item.discrimination
    if r is not None and r < 0:
        advice = "students who did well otherwise did badly here: check the key and the wording"
        yield Flag(item.label, "negative", advice, is_urgent=True)
    elif not is_part and r is not None and r < WEAK and HARD <= item.difficulty <= EASY:
        advice = "it hardly tells good students from weak ones: was it ambiguous, or about luck?"
        yield Flag(item.label, "weak", advice)
    if item.difficulty < HARD:
        advice = f"hard: {percent(item.difficulty)} of the points were earned; was it taught?"
        yield Flag(item.label, "hard", advice)
    elif item.difficulty > EASY:
        advice = f"easy: {percent(item.difficulty)} of the points were earned"
        yield Flag(item.label, "easy", advice)
    if item.share(Verdict.BLANK) > MANY_BLANK:
        advice = f"{percent(item.share(Verdict.BLANK))} left it blank: was there enough time?"
        yield Flag(item.label, "blank", advice)


def waiting_flags(part: Statistics) -> Iterator[Flag]:
    """Answers that nobody has marked: they count as if they had earned nothing."""
    if count := part.verdicts.get(Verdict.PERSON, 0):
        answers = "1 answer waits" if count == 1 else f"{count} answers wait"
        advice = f"{answers} for a person: mark before the points are final"
        yield Flag(part.label, "waiting", advice, is_urgent=True)


def choice_flags(choice: OptionStatistics, mean_of_right: float | None) -> Iterator[Flag]:
    """What is odd about one wrong option of a closed question."""
    if choice.is_right:
        return
    what = f"the option “{option_words(choice)}” ({'/'.join(choice.letters) or 'never taken'})"
    attracts = choice.correlation is not None and choice.correlation > 0
    is_above = mean_of_right is not None and (choice.mean_total or 0) > mean_of_right
    if choice.count >= ENOUGH_FOR_OPTION and attracts and is_above:
        advice = f"{what} attracts the best students: check the key"
        yield Flag(choice.label, "attractive", advice, is_urgent=True)
    elif choice.offered >= ENOUGH_TO_BE_UNUSED and choice.share < RARE:
        yield Flag(choice.label, "unused", f"{what} misled hardly anybody")


def exam_flags(overview: Overview, forms: tuple[FormFairness, ...]) -> Iterator[Flag]:
    """What is odd about the exam as a whole."""
    if overview.alpha is not None and overview.alpha < 0.6:
        advice = (
            f"α is {overview.alpha:.2f}: the totals measure no one thing reliably; use them gently"
        )
        yield Flag("", "unreliable", advice)
    for each in forms:
        if each.standard_errors is not None and abs(each.standard_errors) > FAR_APART:
            sort = "easier" if each.difference > 0 else "harder"
            advice = (
                f"form {each.form} seems {sort}: {each.difference:+.1f} points, "
                f"{abs(each.standard_errors):.1f} standard errors"
            )
            yield Flag("", "form", advice)


def option_words(choice: OptionStatistics) -> str:
    """What an option is called."""
    if not choice.mistakes:
        return "right" if choice.is_right else "right by the printed key"
    named = words(choice.mistakes)
    return f"right as well: {named}" if choice.is_right else named


def words(mistakes: tuple[str, ...]) -> str:
    """The names of mistakes in words."""
    return " or ".join(name.replace("_", " ") for name in mistakes)


def percent(share: float) -> str:
    """A share as whole percent."""
    return f"{half_up(share, hundredfold=True)} %"
