"""Hostile text: nothing raises, nothing takes long, nothing unprintable comes out."""

import random
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examgen import answers
from examgen.answers import Judgement, Kind, Reading, Verdict
from examgen.answers.arithmetic.balls import same
from examgen.answers.sheets import Sheet, SheetFault, read_sheets
from examgen.exact import E, enclose, sqrt
from tests.answers import hostile
from tests.answers.hostile import KEYS, check, run, strings


@pytest.mark.parametrize("seed", range(4))
def test_random_strings(seed: int) -> None:
    run(f"test {seed}", 500)


@pytest.mark.parametrize("seed", range(3))
def test_equal_seeds_give_equal_strings(seed: int) -> None:
    one, other = random.Random(f"{seed}"), random.Random(f"{seed}")
    assert [strings(one) for _ in range(50)] == [strings(other) for _ in range(50)]


def test_a_failure_names_the_string(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: str) -> Judgement:
        raise ZeroDivisionError

    monkeypatch.setattr(hostile, "check", broken)
    with pytest.raises(AssertionError, match=r"^integer: '"):
        run("0", 1)


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
