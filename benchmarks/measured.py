"""Commands, each in a process of its own: how long they take, and how much memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

PROGRAM = """
import atexit, json, os, resource, sys, time
from examgen.cli.main import main
def told():
    own, others = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    cpu = sum(each.ru_utime + each.ru_stime for each in (own, others))
    found = {"cpu": cpu, "memory": max(own.ru_maxrss, others.ru_maxrss) / 1024}
    with open(os.environ["EXAMGEN_MEASURED"], "w") as file:
        json.dump(found, file)
atexit.register(told)
main()
"""
"""Of processes that a command starts the largest counts; Linux gives its size in KiB."""
AS_INSTALLED = {"PYTHONDONTWRITEBYTECODE": ""}
"""What is installed is compiled; where nothing may be written each process compiles all of it."""


@dataclass(frozen=True)
class Cost:
    """What a command took."""

    seconds: float
    cpu: float
    """Seconds of all processes together."""
    memory: float
    """The peak of the largest process, in MiB."""


def cost(*arguments: object) -> Cost:
    """What a command of examgen takes, start-up included."""
    with TemporaryDirectory() as folder:
        told = Path(folder, "measured.json")
        begin = perf_counter()
        subprocess.run(
            [sys.executable, "-c", PROGRAM, *map(str, arguments)],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **AS_INSTALLED, "EXAMGEN_MEASURED": str(told)},
        )
        seconds = perf_counter() - begin
        found = json.loads(told.read_text(encoding="utf-8"))
    return Cost(seconds, found["cpu"], found["memory"])
