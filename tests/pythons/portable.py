"""Prints what must be the same on every Python and every machine; run by test_pythons.py."""

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from examgen.questions.streams import stream

# Neighbours, names that would collide if joined, a number and a sign beyond what is usual.
STREAMS: tuple[tuple[str | int, ...], ...] = (
    (7, "selection"),
    (7, "A", "conv2d-entry", 0),
    (7, "A", "conv2d-entry", 1),
    (8, "A", "conv2d-entry", 0),
    ("a/1", "2"),
    ("a", "1/2"),
    (2**80, "−ü"),
)
SEEDS = (1, 20251021)


def draws() -> Iterator[str]:
    """Every method that streams may use, twice in a row."""
    for name in STREAMS:
        rng = stream(*name)
        for _ in range(2):
            order = list(range(9))
            rng.shuffle(order)
            drawn = (rng.random(), rng.randint(-99, 99), rng.choice("abcdefg"))
            yield json.dumps([*name, *drawn, rng.sample(range(1000), 4), order])


def exams() -> Iterator[str]:
    """The files of whole exams, each with its digest."""
    for seed in SEEDS:
        with tempfile.TemporaryDirectory() as folder:
            command = "from examgen.cli.main import main; main()"
            options = ("generate", "-o", f"{folder}/exam", "--seed", str(seed))
            subprocess.run([sys.executable, "-c", command, *options], check=True, stdout=sys.stderr)
            for path in sorted(each for each in Path(folder).rglob("*") if each.is_file()):
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                yield f"{seed} {path.relative_to(folder).as_posix()} {digest}"


SUBJECTS = {"draws": draws, "exams": exams}

if __name__ == "__main__":
    print(*SUBJECTS[sys.argv[1]](), sep="\n")
