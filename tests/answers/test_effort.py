"""What an answer may cost: counted, so that no clock and no other work can make a test fail."""

import threading
import tracemalloc
from collections.abc import Callable

import pytest

from examgen import answers
from examgen.answers import EXACT, Policy, Verdict
from examgen.answers.arithmetic.values import Computable, Table
from examgen.answers.effort import TOO_MUCH
from examgen.answers.limits import JUDGING, KEY, STUDENT
from examgen.exact import E, Undefined, compare, exp, ln, ratio, sqrt
from examgen.exact.effort import Effort, Exhausted, budget, spend, spend_reserve
from tests.answers.bombs import BOMBS, KEYS, OPTIONS
from tests.calls import calls

CALLS = 250_000
"""Calls of functions, Python's and C's, while one response is read and judged: some 30 ms."""
MEGABYTES = 50


def answer(kind_name: str, text: str, key_text: str) -> Callable[[], answers.Judgement]:
    """Reading and judging a text."""
    kind = answers.kind(kind_name)
    key = kind.parse(key_text)
    options = OPTIONS if kind_name in ("choice", "text") else ()
    return lambda: kind.judge(key, kind.read(text, options=options))


@pytest.fixture(scope="module", autouse=True)
def _everything_imported() -> None:
    """What is imported late is no work of the first answer's."""
    answers.judge("closed", "1", "ln(1+e)")


CASES = [
    *((kind, bomb) for kind in ("closed", "array", "choice") for bomb in BOMBS),
    *(
        (kind, bomb)
        for kind in ("expression", "shape", "indices", "text")
        for bomb in [*BOMBS][::4]
    ),
]


@pytest.mark.parametrize(("kind", "bomb"), CASES)
def test_no_response_takes_long(kind: str, bomb: str) -> None:
    assert calls(answer(kind, BOMBS[bomb], KEYS[kind][-1])) < CALLS


@pytest.mark.parametrize("kind", list(KEYS))
def test_no_bomb_is_right(kind: str) -> None:
    for bomb in [*BOMBS.values()][1::4]:
        assert answer(kind, bomb, KEYS[kind][0])().credit < 1


@pytest.mark.parametrize("bomb", list(BOMBS))
def test_no_key_of_a_stranger_takes_long(bomb: str) -> None:
    def judge(key: str) -> None:
        try:
            answers.judge("auto", key, BOMBS[bomb])
        except ValueError as error:
            assert str(error)

    brackets = ("{}", "[{}]", "({})")[len(bomb) % 3]
    assert calls(lambda: judge(brackets.format(BOMBS[bomb]))) < CALLS


LARGE = ("combining marks", "long entries", "entries of many terms", "a power of a sum", "gammas")
"""Every bomb is measured by `make bench`; these are the ones that might take the most memory."""


@pytest.mark.parametrize("kind", ["closed", "array", "choice", "expression"])
def test_no_response_takes_much_memory(kind: str) -> None:
    tracemalloc.start()
    try:
        for bomb in LARGE:
            answer(kind, BOMBS[bomb], KEYS[kind][0])()
        assert tracemalloc.get_traced_memory()[1] < MEGABYTES * 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", list(KEYS))
def test_what_is_too_long_is_refused_at_once(kind: str) -> None:
    texts = ("(" * 10**6, "1" * 10**6, "[[1, 2], " * 10**5, "é" * 10**6, "$" * 10**6)
    for text in texts:
        reading = answers.kind(kind).read(text, options=OPTIONS)
        assert reading.state == "unreadable"
        assert "4000" in reading.reason
        assert calls(lambda text=text: answers.kind(kind).read(text)) < 60  # type: ignore[misc]
        with pytest.raises(ValueError, match="4000"):
            answers.judge(kind, text, "1")


def test_a_key_or_an_option_that_takes_too_much_is_refused() -> None:
    with pytest.raises(ValueError, match="key: found more computing"):
        answers.judge("auto", BOMBS["powers of sums"], "1")
    record = {"kind": "choice", "key": "A", "response": "A", "options": [BOMBS["powers of sums"]]}
    with pytest.raises(ValueError, match="options: found more computing"):
        answers.judge_record(record)
    with pytest.raises(ValueError, match="options: found 4001 characters"):
        answers.judge_record({**record, "options": ["x" * 4001]})


def test_what_is_not_computed_is_unreadable_and_says_so() -> None:
    for name, text in (
        ("closed", BOMBS["fractional exponents"]),
        ("choice", BOMBS["mixture"][:1000]),
        ("array", BOMBS["powers of ten or of e"]),
    ):
        reading = answers.kind(name).read(text, options=OPTIONS)
        assert (reading.state, reading.reason) == ("unreadable", TOO_MUCH), text
    kind = answers.kind("array")
    key = kind.parse(KEYS["array"][2])
    judged = kind.judge(key, kind.read(", ".join(f"0.{i + 6}" for i in range(360))))
    assert (judged.verdict, judged.reason) == (Verdict.UNREADABLE, TOO_MUCH)


def test_no_reasonable_answer_is_too_much() -> None:
    softmax = "; ".join(
        " ".join(f"e^{i * j}/(1+e^{i}+e^{2 * i}+e^{j})" for j in range(1, 7)) for i in range(1, 9)
    )
    for kind, text in (
        ("closed", "+".join(f"ln({i})" for i in range(2, 40))),
        ("closed", "+".join(f"1/(1+e^{i})" for i in range(1, 9))),
        ("closed", "(1+e)^10/(1+e+e^2)^4"),
        ("array", softmax),
        ("array", f"[[{softmax}]]".replace("; ", "], [").replace(" e", ", e")),
        ("array", "; ".join(" ".join(f"-{i}" for i in range(15)) for _ in range(15))),
        ("array", "; ".join(" ".join(f"sqrt({i})/2" for i in range(2, 10)) for _ in range(8))),
        ("array", ", ".join(f"{i}/7" for i in range(250))),
    ):
        asked = answers.kind(kind)
        reading = asked.read(text)
        assert reading.state == "read", (text, reading.reason)
        assert not isinstance(reading.value, Computable | Table), text
        assert asked.judge(reading.value, reading).verdict is Verdict.CORRECT


def grid(size: int, entry: Callable[[int, int], str]) -> str:
    """A square matrix."""
    rows = (", ".join(entry(i, j) for j in range(size)) for i in range(size))
    return f"[[{'], ['.join(rows)}]]"


@pytest.mark.parametrize(
    ("size", "response"),
    [
        (8, lambda i, j: f"0.{100 + 8 * i + j}"),
        (8, lambda i, j: f"e^{i + 2}/(1+e^{i + 1}+e^{j + 3})"),
        (8, lambda i, j: f"{i}/{j + 9}"),
        (8, lambda i, _: f"{i}%"),
        (5, lambda i, j: f"log({i + j + 3})/log(2)"),
    ],
)
@pytest.mark.parametrize("policy", [EXACT, Policy(decimals=3)])
def test_no_wrong_matrix_is_too_much_to_judge(
    size: int, response: Callable[[int, int], str], policy: Policy
) -> None:
    kind = answers.kind("array")
    key = kind.parse(grid(size, lambda i, j: f"e^{i + 1}/(1+e^{i + 1}+e^{j + 2})"))
    judgement = kind.judge(key, kind.read(grid(size, response)), policy)
    assert judgement.verdict is Verdict.WRONG, judgement.reason


def test_our_own_long_keys_are_no_strangers() -> None:
    softmax = grid(12, lambda i, j: f"e^{i}/(1+e^{i}+e^{i + j})")
    assert len(softmax) > 2_500
    assert answers.judge("auto", softmax, "1").judgement.verdict is Verdict.WRONG


def test_a_budget_is_spent_and_its_reserve_kept() -> None:
    with Effort(10, reserve=4) as effort:
        spend(6)
        assert effort.left == 4
        with pytest.raises(Exhausted):
            spend(1)
        spend_reserve(3)
        assert effort.left == 1
        with pytest.raises(Exhausted):
            spend_reserve(2)
    assert budget() is None
    spend(10**9)
    assert issubclass(Exhausted, Undefined)


def test_budgets_stand_within_each_other_and_in_one_thread() -> None:
    seen: list[object] = []
    with Effort(5) as outer:
        with Effort(7) as inner:
            spend(1)
            assert budget() is inner
        assert (outer.left, inner.left) == (5, 6)
        thread = threading.Thread(target=lambda: seen.append(budget()))
        thread.start()
        thread.join()
        assert budget() is outer
    assert seen == [None]


EXPENSIVE: dict[str, Callable[[], object]] = {
    "a product of sums": lambda: (1 + E + sqrt(2)) ** 12,
    "a quotient of sums": lambda: ratio((1 + E) ** 30, (1 + E) ** 20 + 1),
    "a comparison": lambda: compare((E - 2) ** 9, (E - 1) ** 5 + E),
    "long coefficients": lambda: (3**3000 + E) * (7**2000 + E),
    "a factorization": lambda: ln(16777213 * 16777199),
    "equality": lambda: sum((exp(i) for i in range(1, 90)), 0) / (2 + E) == (1 + E) / (3 + E),
}


@pytest.mark.parametrize("name", list(EXPENSIVE))
def test_costs_are_counted_before_the_step_and_do_not_depend_on_what_is_remembered(
    name: str,
) -> None:
    spent = []
    for _ in range(2):
        with Effort(10**6) as effort:
            EXPENSIVE[name]()
        spent.append(10**6 - effort.left)
    assert spent[0] == spent[1] > 100
    with pytest.raises(Exhausted), Effort(spent[0] - 1):
        EXPENSIVE[name]()


@pytest.mark.parametrize("kind", list(KEYS))
def test_the_same_answer_gets_the_same_verdict_however_often(kind: str) -> None:
    for text in list(BOMBS.values())[::4]:
        work = answer(kind, text, KEYS[kind][0])
        assert work() == work()


def test_budgets_are_those_that_were_measured() -> None:
    """Another figure is another bar: measure it with `make bench` before changing this."""
    assert KEY + STUDENT.effort + JUDGING <= 25_000


def test_writing_long_integers_costs_effort() -> None:
    reading = answers.kind("array").read(BOMBS["long entries until the limit"])
    assert reading.state == "unreadable"
    assert "more computing" in reading.reason
    assert answers.kind("array").read("9^6140, 2^10000").state == "read"
