"""A million hostile strings, as answers of every kind: `make fuzz`.

The strings come in numbered blocks, each from a stream of its own, so that a run can be spread over
machines (`--shard 2/4`) and a block that fails can be run alone (`--blocks 17`).
"""

import argparse
import resource
from collections import Counter
from time import monotonic, process_time

from examgen import answers
from examgen.answers import Judgement
from tests.answers.hostile import KEYS, Slowest, run

BLOCK = 1_000
"""Strings."""
MEGABYTES = 500
"""Of memory for the whole process, the caches of many strings included."""


def main() -> None:
    """Run the blocks that are asked for, and say how it went."""
    options = asked()
    number, shards = map(int, options.shard.split("/"))
    blocks = options.blocks or [
        block for block in range(-(-options.count // BLOCK)) if block % shards == number - 1
    ]
    verdicts: Counter[str] = Counter()
    slowest = Slowest()

    def note(judgement: Judgement) -> None:
        verdicts[judgement.verdict] += 1

    answers.judge("closed", "1", "ln(1+e)")  # to import what is imported late
    begin, began = process_time(), monotonic()
    for done, block in enumerate(blocks, 1):
        slowest = max(slowest, run(f"{options.seed}/{block}", BLOCK, note))
        if done % 50 == 0 or done == len(blocks):
            print(f"{done * BLOCK} strings, {monotonic() - began:.0f} s", flush=True)
    seconds, memory = process_time() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    strings = len(blocks) * BLOCK
    print(f"{strings} strings as answers of {len(KEYS)} kinds, {seconds:.0f} s of processor time")
    print(f"{1e6 * seconds / strings / len(KEYS):.0f} µs each; {memory // 1024} MB in all")
    print(", ".join(f"{verdict} {count}" for verdict, count in sorted(verdicts.items())))
    print(f"slowest: {1000 * slowest.seconds:.1f} ms, {slowest.kind}: {slowest.text!r:.300}")
    assert memory // 1024 < MEGABYTES


def asked() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000, help="strings")
    parser.add_argument("--seed", default="0")
    parser.add_argument("--shard", default="1/1", help="which part of how many, from 1")
    parser.add_argument("--blocks", type=int, nargs="*", help="these blocks alone")
    return parser.parse_args()


if __name__ == "__main__":
    main()
