"""Hostile strings by the million, and what must hold for each of them whatever it says."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from time import thread_time

from examgen import answers
from examgen.answers import Judgement, Option, Policy, Reading, Verdict
from examgen.exact import E
from tests.answers.bombs import BOMBS

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
POLICIES = (
    answers.EXACT,
    Policy(decimals=3),
    Policy(rounded_credit=Fraction(1, 2), natural_log=True),
)
SLOWEST = 2.0
"""Seconds of processor time for one string and kind; the usual ones take a ten-thousandth."""

WORDS = r"""
    e^2 1/2 ln sqrt exp log pi inf nan masked sigma max( floor( np.array( tensor([ torch.Size( 1/2e
    \frac{ \frac12 \sqrt[3]{ \ln \left( \right) \begin{bmatrix} \end{bmatrix} \\ \cdot \{ \} \,
    np. math.log torch. float(' .T ^T by times x_{1 matrix('1 \\text{ \\mathrm{e} (1+e) [1 ln2
    or and none rows 7a: (a) x= **B** answer: 1,234 3e-2 1e400 9**9**9 10^6! __import__ (1,2) {1,2}
    √2 max min binom tanh relu 500! 99999999999999999999 e^e^e ln(1+e) 1/0 0^0 -inf+inf 1e-6000
    __class__ eval( lambda: os.system import .__init__ {{7*7}} ${7} %s%n <script> ';-- \input{ =cmd|
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
REPEATED = [*"([{√-9!,=²'", "9^", "e^", "1/(1+", "ln ", "\\frac"]


def strings(rng: random.Random) -> str:
    """A mixture of pieces, a right answer with a few changes, or something long and repeated."""
    sort = rng.random()
    if sort < 0.4:
        return "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 14)))
    if sort < 0.95:
        return changed(KEYS[rng.choice(list(KEYS))], rng)
    if sort < 0.99:
        nested = rng.choice(REPEATED) * rng.choice([3, 20, 59, 61, 400, 5000])
        return changed(nested + rng.choice(PIECES) + ")" * rng.choice([0, 3, 20, 59]), rng)
    text = rng.choice(list(BOMBS.values()))
    start = rng.randrange(len(text))
    return changed(text[start : start + rng.choice([30, 200, 1000])], rng)


def changed(text: str, rng: random.Random) -> str:
    """The text with a few changes."""
    pieces = list(text)
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        place = rng.randint(0, len(pieces))
        pieces[place : place + rng.randint(0, 1)] = rng.choice(PIECES)
    return "".join(pieces)


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
    assert reading.state != "unreadable" or judgement.verdict is Verdict.UNREADABLE
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


@dataclass(frozen=True, order=True)
class Slowest:
    """The slowest string of some, and as what it was read."""

    seconds: float = 0.0
    kind: str = ""
    text: str = ""


def run(seed: str, count: int, watch: Callable[[Judgement], None] = lambda _: None) -> Slowest:
    """Check this many strings as answers of every kind; a string that fails is named."""
    rng = random.Random(seed)
    slowest = Slowest()
    for _ in range(count):
        text = strings(rng)
        for name in KEYS:
            begin = thread_time()
            try:
                watch(check(name, text))
            except Exception as error:
                raise AssertionError(f"{name}: {text!r}") from error
            slowest = max(slowest, Slowest(thread_time() - begin, name, text))
    assert slowest.seconds < SLOWEST, slowest
    return slowest
