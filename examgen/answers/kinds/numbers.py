"""Integers, fractions and closed forms."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from examgen.answers.arithmetic.balls import same
from examgen.answers.arithmetic.values import Computable
from examgen.answers.judges.readings import judge_readings, without_decimal_comma
from examgen.answers.judges.rounding import UNDECIDED, judge_different, judge_equal
from examgen.answers.kind import Hint, Kind, hints, recalled
from examgen.answers.limits import RECORD
from examgen.answers.notation.grammar import Grammar
from examgen.answers.policy import EXACT, Policy
from examgen.answers.readers.plainly import LONGEST_KEY, plain_number
from examgen.answers.readers.scalars import read_scalar
from examgen.answers.reading import PLAIN, Choice, Reading
from examgen.answers.verdicts import CORRECT, NOT_RIGHT, Judgement, Verdict, wrong
from examgen.exact import Closed, NegativeInfinity

TYPES: dict[str, tuple[type[Any], ...]] = {
    "integer": (int,),
    "rational": (int, Fraction),
    "closed": (int, Fraction, Closed),
}
RATIONALS = frozenset({int, Fraction})
NEEDED = {
    "integer": "an integer",
    "rational": "an integer or a fraction",
    "closed": "an exact number",
}


def fault_of(value: Any, name: str) -> str | None:
    """What keeps a value from being an exact number of this kind, None if nothing does."""
    if type(value) not in TYPES[name]:
        return f"found {type(value).__name__} {value!r:.60}, allowed is {NEEDED[name]}"
    if isinstance(value, Fraction) and value.denominator == 1:
        return f"found the integral Fraction {value}, allowed is the int"
    return None


def judge_number(key: Any, reading: Reading, policy: Policy) -> Judgement:
    """The judgement of one reading as a number."""
    written = reading.written[0] if reading.written else PLAIN
    equal = same(key, reading.value)
    if equal:
        return judge_equal(written, policy)
    if equal is None:
        return Judgement(Verdict.UNREADABLE, reason=UNDECIDED)
    if isinstance(reading.value, Computable):
        return wrong(NOT_RIGHT)
    if isinstance(key, int) and not isinstance(reading.value, int) and written == PLAIN:
        return wrong(f"{NOT_RIGHT}: it is an integer")
    return judge_different(key, reading.value, written, policy)


def judge(key: Any, reading: Reading, policy: Policy = EXACT) -> Judgement:
    """The judgement of a reading; where the key is an integer, commas group digits."""
    if is_plainly(key, reading):
        return CORRECT
    if isinstance(key, int):
        reading = without_decimal_comma(reading)
    return judge_readings(key, reading, policy, judge_number)


def is_plainly(key: Any, reading: Reading) -> bool:
    """Whether a rational key was written and nothing else; the usual case, and a quick one."""
    return (
        type(key) in RATIONALS
        and type(reading.value) is type(key)
        and reading.value == key
        and not reading.alternatives
        and reading.written[0] is PLAIN
    )


def make(name: str, said: tuple[Hint, ...], grammar: Grammar) -> Kind:
    """A kind of number."""

    def accepts(value: Any) -> str | None:
        return fault_of(value, name)

    def read(text: str, *, options: Sequence[Choice] = ()) -> Reading:  # noqa: ARG001
        return read_scalar(text, grammar)

    return Kind(name, said, accepts, read, parser_of(accepts), judge)


def parser_of(accepts: Callable[[Any], str | None]) -> Callable[[str], Any]:
    """How our own notation of such numbers is read."""
    record = Grammar(limits=RECORD, grouping=False)

    def parse(text: str) -> Any:
        if (number := plain_number(text, LONGEST_KEY)) and accepts(number.value) is None:
            return number.value
        reading = read_scalar(text, record)
        if reading.state != "read" or reading.alternatives:
            raise ValueError(f"{text!r:.80}: {reading.reason or 'not one number'}")
        if fault := accepts(reading.value):
            raise ValueError(fault)
        return reading.value

    return recalled(parse)


def is_entry(value: Any) -> bool:
    """Whether a value may stand in an array: an exact number or minus infinity."""
    return isinstance(value, NegativeInfinity) or fault_of(value, "closed") is None


INTEGER = make(
    "integer",
    hints(
        "an integer; a product or a sum may be left as it is",
        "an integer, e.g. {} or {}",
        ("42", "12*768"),
        ("53", "14*512"),
        ("61", "13*256"),
        ("38", "15*640"),
        ("47", "17*384"),
        ("59", "11*896"),
        ("67", "19*448"),
        ("73", "21*576"),
    ),
    Grammar(euler=False, whole=True, counts=True),
)
RATIONAL = make(
    "rational",
    hints(
        "an integer or a fraction",
        "an integer or a fraction, e.g. {} or {}",
        ("42", "-3/7"),
        ("53", "-8/11"),
        ("61", "-9/17"),
        ("38", "-5/13"),
        ("47", "-7/15"),
        ("59", "-6/19"),
        ("67", "-4/23"),
        ("73", "-10/21"),
    ),
    Grammar(euler=False),
)
CLOSED = make(
    "closed",
    hints(
        "a number or an expression in e, ln, sqrt",
        "a number or an expression in e, ln, sqrt, e.g. {} or {} or {}",
        ("(2+e^5)/7", "3*ln(2)", "5/7"),
        ("(3+e^4)/8", "2*ln(5)", "8/11"),
        ("(4+e^6)/9", "5*ln(3)", "9/17"),
        ("(5+e^7)/6", "4*ln(7)", "5/13"),
        ("(6+e^5)/5", "7*ln(2)", "7/15"),
        ("(7+e^8)/3", "6*ln(5)", "6/19"),
        ("(8+e^6)/5", "3*ln(11)", "4/23"),
        ("(9+e^7)/4", "8*ln(3)", "10/21"),
    ),
    Grammar(),
)
