"""Hostile text: nothing raises, nothing takes long, nothing unprintable comes out."""

import random
import sys
import threading
from collections.abc import Callable, Iterator
from fractions import Fraction
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examgen import answers
from examgen.answers import Judgement, Kind, Option, Policy, Reading, Verdict
from examgen.answers.arithmetic.balls import same
from examgen.answers.sheets import Sheet, SheetFault, read_sheets
from examgen.exact import E, enclose, sqrt

KEYS = {
    "integer": "147456",
    "rational": "5/7",
    "closed": "e/(1+e)",
    "expression": "2*w*x + b",
    "array": "[[1, -inf], [1/2, e]]",
    "shape": "(1, 8, 24, 24)",
    "indices": "{2, 3}",
    "choice": "B",
    "text": "ReLU",
}
PARSED = {name: answers.kind(name).parse(key) for name, key in KEYS.items()}
OPTIONS = (Option("A", Fraction(1, 2)), Option("B", E), Option("C", "ReLU"), Option("D", 2))
POLICIES = (answers.EXACT, Policy(decimals=3), Policy(rounded_credit=Fraction(1, 2)))
SLOWEST = 2.0
"""Seconds for one string, on a slow machine; the usual ones take a ten-thousandth of it."""

WORDS = r"""
    e^2 1/2 ln sqrt exp log pi inf nan masked sigma max( floor( np.array( tensor([ torch.Size( 1/2e
    \frac{ \frac12 \sqrt[3]{ \ln \left( \right) \begin{bmatrix} \end{bmatrix} \\ \cdot \{ \} \,
    np. math.log torch. float(' .T ^T by times x_{1 matrix('1 \\text{ \\mathrm{e} (1+e) [1 ln2
    or and none rows 7a: (a) x= **B** answer: 1,234 3e-2 1e400 9**9**9 10^6! __import__ (1,2) {1,2}
    √2 max min binom tanh relu
"""
PIECES = [
    *"0123456789+-*/^()[]{},;:.!%'\"\\&$ \n\t_=|<>~#@?`xXeEinwb",
    *"−×·÷√πσ∞∅²³⁻₂½⅓—…“”’，；（）：⌊⌋⌈⌉≈±ᵀλ\u200b\u202e\ufeff\x00\x1b\x7f\ud800𝑒Ⅷ①٣ﷺ",
    *WORDS.split(),
    "2 1/2",
    "[[1, 2], [3, 4]]",
    " ",
    " ",
    "\\",
]


def strings(rng: random.Random) -> str:
    """A mixture of pieces, or a right answer with a few changes."""
    if rng.random() < 0.5:
        return "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 14)))
    text = list(KEYS[rng.choice(list(KEYS))])
    for _ in range(rng.randint(1, 4)):
        place = rng.randint(0, len(text))
        text[place : place + rng.randint(0, 1)] = rng.choice(PIECES)
    return "".join(text)


def check(name: str, text: str) -> Judgement:
    """Read and judge a text; whatever it is, the outcome is well-formed."""
    kind = answers.kind(name)
    options = OPTIONS if name in ("choice", "text") else ()
    reading = kind.read(text, options=options)
    check_reading(reading)
    judgement = kind.judge(PARSED[name], reading, POLICIES[len(text) % 3])
    assert judgement.reason.isprintable()
    assert len(judgement.reason) < 500
    assert 0 <= judgement.credit <= 1
    assert (judgement.credit == 1) == (judgement.verdict is Verdict.CORRECT)
    assert (judgement.reason == "") == (judgement.verdict is Verdict.CORRECT)
    assert (reading.state == "blank") == (judgement.verdict is Verdict.BLANK)
    return judgement


def check_reading(reading: Reading) -> None:
    """A reading can be shown as it is."""
    for each in (reading, *reading.alternatives):
        assert each.shown.isprintable()
        assert each.reason.isprintable()
        assert len(each.shown) < 200
        assert len(each.reason) < 300
        assert (each.state == "unreadable") == bool(each.reason)
        assert (each.state == "read") == (each.value is not None)


def run(seed: int, count: int) -> float:
    """Check this many strings as answers of every kind; the seconds of the slowest."""
    rng = random.Random(seed)
    slowest = 0.0
    for _ in range(count):
        text = strings(rng)
        for name in KEYS:
            start = perf_counter()
            try:
                check(name, text)
            except Exception as error:
                raise AssertionError(f"{name}: {text!r}") from error
            slowest = max(slowest, perf_counter() - start)
    return slowest


@pytest.mark.parametrize("seed", range(4))
def test_random_strings(seed: int) -> None:
    assert run(seed, 600) < SLOWEST


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 140))
def test_many_random_strings(seed: int) -> None:
    assert run(seed, 6_000) < SLOWEST


@pytest.mark.parametrize("name", list(KEYS))
@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text(name: str, text: str) -> None:
    check(name, text)


@pytest.mark.parametrize("name", list(KEYS))
def test_every_character_alone_and_within_an_answer(name: str) -> None:
    codes = [*range(0x180), *range(0x2000, 0x2A00, 7), *range(0x3000, sys.maxunicode, 19973)]
    for code in codes:
        character = chr(code)
        for text in (character, f"1{character}", f"({character} 2)"):
            check(name, text)


ATTACKS = [
    "__import__('os').system('true')",
    "eval('1')",
    "exec('x=1')",
    "().__class__.__mro__",
    "e.__init__.__globals__",
    "1 if True else 2",
    "[x for x in range(9)]",
    "lambda x: x",
    "{{7*7}}",
    "${7*7}",
    "<script>alert(1)</script>",
    "'; DROP TABLE grades; --",
    "\\input{/etc/passwd}",
    "\\write18{true}",
    "open('/etc/passwd')",
    "np.array.__class__",
    "torch.load('x')",
    "os.system",
    "1;import os",
    "%s%s%n",
    "\x1b]0;title\x07",
    "=cmd|' /C calc'!A0",
    "1/2tanh1,234π",
    "(1+e)^60/(2+e)^60",
    "σ(9)σ(8)σ(7)σ(6)σ(5)σ(4)",
]


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("name", list(KEYS))
def test_attacks_are_only_text(name: str, text: str) -> None:
    judgement = check(name, text)
    assert judgement.credit == 0


def test_no_text_is_evaluated_or_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: Any) -> Any:
        raise AssertionError("text was handed to the interpreter")

    for name in ("eval", "exec", "compile", "__import__"):
        monkeypatch.setattr(f"builtins.{name}", forbidden)
    kind = answers.kind("rational")
    readings = [kind.read(text) for text in ("1/2", "__import__('os')", "eval('1')")]
    assert [reading.state for reading in readings] == ["read", "unreadable", "unreadable"]


def in_threads(work: Callable[[], None], count: int = 4) -> list[BaseException]:
    """Do the same work in several threads at once; what they raised."""
    faults: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=guarded) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def test_threads_do_not_disturb_each_other() -> None:
    """Balls of python-flint share one precision; verdicts must not depend on it."""
    cases: list[tuple[Kind, Any, str, Verdict]] = [
        (answers.kind(name), answers.kind(name).parse(key), text, verdict)
        for name, key, text, verdict in [
            ("closed", "e/(1+e)", "1/(1+e^-1)", Verdict.CORRECT),
            ("closed", "e/(1+e)", "0.7310585786300048792511592418", Verdict.WRONG),
            ("closed", "1", "ln(1+e) - 3/10", Verdict.WRONG),
            ("closed", "1+sqrt(2)", "sqrt(3+2sqrt(2))", Verdict.UNREADABLE),
            ("closed", "1+sqrt(2)", "sqrt(3+2sqrt(2)) + 10^-200", Verdict.WRONG),
            ("expression", "ln(1+e^x)", "ln(1+exp(x))", Verdict.CORRECT),
            ("array", "[1, 2, 3]", "1 2 ln(1+e)", Verdict.PARTIAL),
        ]
    ]

    def work() -> None:
        for _ in range(15):
            for kind, key, text, verdict in cases:
                assert kind.judge(key, kind.read(text)).verdict is verdict, text

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        assert in_threads(work) == []
    finally:
        sys.setswitchinterval(interval)


def test_one_precision_does_not_leak_into_another_thread() -> None:
    kind = answers.kind("closed")
    near = kind.read("sqrt(3+2sqrt(2)) + 10^-500").value
    key = 1 + sqrt(2)
    stop = threading.Event()

    def low_precision() -> None:
        while not stop.is_set():
            enclose(E / (1 + E), 8)

    def high_precision() -> None:
        try:
            for _ in range(150):
                assert same(key, near) is False
        finally:
            stop.set()

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    other = threading.Thread(target=low_precision)
    other.start()
    try:
        assert in_threads(high_precision, 2) == []
    finally:
        stop.set()
        other.join()
        sys.setswitchinterval(interval)


def test_a_deep_stack_of_the_caller_is_survived() -> None:
    def deeper(levels: int) -> Reading:
        return (
            deeper(levels - 1) if levels else answers.kind("closed").read("(" * 60 + "1" + ")" * 60)
        )

    assert deeper(sys.getrecursionlimit() // 3).state == "read"


LINES = [
    "1: B",
    "7a: [[1, 2],",
    "  3, 4]",
    "7 (b) = x",
    "name: y",
    "# c",
    "",
    "99: z",
    "1.5 2",
    "\x1b[2J",
    "((((",
    "]]]]",
    "**7a**: q",
    "7a",
    ":",
    "exam:",
]


def sheets(rng: random.Random) -> Iterator[bytes]:
    """Lines in any order, in any encoding, with broken bytes."""
    text = "\n".join(rng.choice(LINES) for _ in range(rng.randint(0, 12)))
    encoding = rng.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-32"])
    data = bytearray(text.encode(encoding))
    yield bytes(data)
    for _ in range(rng.randint(1, 3)):
        data.insert(rng.randint(0, len(data)), rng.randint(0, 255))
    yield bytes(data)
    yield rng.randbytes(rng.randint(0, 40))


@pytest.mark.parametrize("seed", range(3))
def test_random_sheets(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(400):
        for data in sheets(rng):
            try:
                (found,) = read_sheets(data, ("1", "7a", "7b"))
            except SheetFault as fault:
                assert str(fault).isprintable()
                continue
            check_sheet(found)


def check_sheet(sheet: Sheet) -> None:
    """Every label has its response, every warning can be shown."""
    assert set(sheet.responses) == {"1", "7a", "7b"}
    assert all(warning.isprintable() for warning in sheet.warnings)
    assert all(text.isprintable() for text in sheet.headers.values())
