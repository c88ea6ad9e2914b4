"""How long the commands take from a cold start, against the bare import of what they build on."""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

ROUNDS = 9
PYTHON = [sys.executable, "-c"]
BASELINE = "import numpy, sympy, jinja2"
EXAMGEN = "import sys; from examgen.cli.main import main; sys.argv[0] = 'examgen'; main()"


def seconds(command: Sequence[str]) -> float:
    """The wall-clock time of one run."""
    begin = perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return perf_counter() - begin


def report() -> None:
    """Print each command's median and its ratio to the baseline, measured in turn."""
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            BASELINE: [*PYTHON, BASELINE],
            "python -c pass": [*PYTHON, "pass"],
            "examgen --help": [*PYTHON, EXAMGEN, "--help"],
            "examgen generate": [
                *(*PYTHON, EXAMGEN, "generate", "--force", "--seed", "1"),
                *("-o", str(Path(folder) / "exam")),
            ],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS + 1):
            for name, command in commands.items():
                times[name].append(seconds(command))
    baseline = median(times[BASELINE][1:])
    print(f"From a cold start, median of {ROUNDS} (the ratio is to `{BASELINE}`):")
    for name, measured in times.items():
        # The first round fills the file system's cache.
        middle = median(measured[1:])
        print(f"  {name:30}{1000 * middle:7.0f} ms   × {middle / baseline:.2f}")


if __name__ == "__main__":
    report()
