"""What all judges have in common: no answer, more than one answer, more than one reading."""

from collections.abc import Callable
from typing import Any

from examgen.answers.effort import Allowance
from examgen.answers.limits import JUDGING, JUDGING_RESERVE
from examgen.answers.notation.conventions import ASSUMPTIONS
from examgen.answers.policy import Policy
from examgen.answers.reading import Reading, Several, Unordered, Unreadable
from examgen.answers.verdicts import Judgement, Verdict, wrong
from examgen.answers.visible import clipped

SIDE = ASSUMPTIONS["side"][True]
COMMON_LOG = ASSUMPTIONS["common_log"][True]
JudgeOne = Callable[[Any, Reading, Policy], Judgement]


def judge_readings(key: Any, reading: Reading, policy: Policy, judge_one: JudgeOne) -> Judgement:
    """The judgement on which all readings of a text agree, else *unreadable* with all of them."""
    if reading.state == "blank":
        return Judgement(Verdict.BLANK, reason="no answer")
    reading = as_stated(reading, policy)
    if reading.state == "unreadable":
        return Judgement(Verdict.UNREADABLE, reason=reading.reason)
    try:
        with Allowance(JUDGING, JUDGING_RESERVE):
            return agreed(key, reading, policy, judge_one)
    except Unreadable as fault:
        return Judgement(Verdict.UNREADABLE, reason=fault.reason)


def agreed(key: Any, reading: Reading, policy: Policy, judge_one: JudgeOne) -> Judgement:
    """The judgement on which all readings agree."""
    first = judge_form(key, reading, policy, judge_one)
    if not reading.alternatives:
        return first
    judged = [judge_form(key, each, policy, judge_one) for each in reading.alternatives]
    if all((each.verdict, each.credit) == (first.verdict, first.credit) for each in judged):
        return first
    return Judgement(Verdict.UNREADABLE, reason=two_readings(reading))


def two_readings(reading: Reading) -> str:
    """What an ambiguous text can mean."""
    readings = (reading, *reading.alternatives)
    shown = "; or ".join(f"{each.shown} ({each.convention})" for each in readings[:4])
    is_side = any(SIDE in each.convention for each in readings)
    asked = "; one number is asked, such as the side" if is_side else ""
    return clipped(f"it can be read in more than one way: {shown}{asked}", 400)


def judge_form(key: Any, reading: Reading, policy: Policy, judge_one: JudgeOne) -> Judgement:
    """The judgement of one reading; two answers and sets never score."""
    if isinstance(reading.value, Several):
        return wrong("more than one answer in one slot does not score")
    if isinstance(reading.value, Unordered):
        return wrong("a set in braces has no order; the order is asked")
    return judge_one(key, reading, policy)


def as_stated(reading: Reading, policy: Policy) -> Reading:
    """The reading as the paper says that it is meant: log is ln, where it says so."""
    if not policy.natural_log or not reading.alternatives:
        return reading
    kept = tuple(each for each in reading.alternatives if COMMON_LOG not in each.convention)
    return reading._replace(alternatives=kept)


def without_decimal_comma(reading: Reading) -> Reading:
    """The reading for which a comma groups digits, where an integer is asked."""
    if not reading.alternatives or isinstance(reading.value, Several):
        return reading
    kept = tuple(each for each in reading.alternatives if "decimal comma" not in each.convention)
    return reading._replace(alternatives=kept)
