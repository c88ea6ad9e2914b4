"""What the worst input costs: processor time and memory, for every kind, as response and as key.

Nothing that is within the limits may take 50 ms or 50 MB. The texts are those of the tests, which
grew by searching for slow ones.
"""

import tracemalloc
from collections.abc import Callable, Iterator
from time import process_time
from typing import NamedTuple

from examgen import answers
from examgen.answers import EXACT, Policy
from tests.answers.bombs import BOMBS, KEYS, OPTIONS

ROUNDS = 3
LOOPS = 20_000
ALLOWED_MS, ALLOWED_MB = 50, 50
POLICIES = (EXACT, Policy(decimals=3))


class Cost(NamedTuple):
    """What one input costs: milliseconds (the best of some rounds), megabytes at the peak."""

    milliseconds: float
    megabytes: float
    bomb: str


def respond(kind_name: str, text: str) -> Iterator[Callable[[], object]]:
    """Reading a response of a kind and judging it against each key."""
    kind = answers.kind(kind_name)
    options = OPTIONS if kind_name in ("choice", "text") else ()
    for key_text in KEYS[kind_name]:
        key = kind.parse(key_text)
        for policy in POLICIES:
            yield lambda key=key, policy=policy: kind.judge(  # type: ignore[misc]
                key, kind.read(text, options=options), policy
            )


def as_key(text: str) -> Iterator[Callable[[], object]]:
    """A text as the key of `judge auto`, bare and in brackets, and as the response, too."""
    for key in (text, f"[{text}]", f"({text})"):
        yield lambda key=key: judged(key, text)  # type: ignore[misc]


def judged(key: str, response: str) -> object:
    """The judgement, or why the key is none."""
    try:
        return answers.judge("auto", key, response)
    except ValueError as error:
        return error


def cost(bomb: str, jobs: Iterator[Callable[[], object]]) -> Cost:
    """What the slowest of these jobs costs, and the memory of the last."""
    several = list(jobs)
    return Cost(max(map(milliseconds, several)), megabytes(several[-1]), bomb)


def milliseconds(job: Callable[[], object]) -> float:
    """The processor time of a job, in the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        begin = process_time()
        job()
        best = min(best, process_time() - begin)
    return 1000 * best


def megabytes(job: Callable[[], object]) -> float:
    """The memory that Python takes for a job, at its peak."""
    tracemalloc.start()
    job()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1_000_000


def machine() -> float:
    """The time of a fixed piece of plain Python in milliseconds: it tells the machine's speed."""

    def loop() -> int:
        return sum(number * number % 7 for number in range(LOOPS))

    return milliseconds(loop)


def report() -> None:
    """Print the slowest and the largest input of each kind."""
    answers.judge("closed", "1", "ln(1+e)")  # to import what is imported late
    print(f"The worst of {len(BOMBS)} inputs (a loop of {LOOPS} takes {machine():.1f} ms here):")
    jobs: dict[str, Callable[[str], Iterator[Callable[[], object]]]] = {
        kind: lambda text, kind=kind: respond(kind, text)  # type: ignore[misc]
        for kind in KEYS
    }
    jobs["key of judge auto"] = as_key
    for name, of in jobs.items():
        costs = [cost(bomb, of(text)) for bomb, text in BOMBS.items()]
        slowest, largest = max(costs), max(costs, key=lambda each: each.megabytes)
        print(
            f"  {name:20}{slowest.milliseconds:6.1f} ms  {slowest.bomb:28}"
            f"{largest.megabytes:6.1f} MB  {largest.bomb}"
        )
    print(f"  {'allowed':20}{ALLOWED_MS:6.1f} ms  {'':28}{ALLOWED_MB:6.1f} MB")


if __name__ == "__main__":
    report()
