"""A class: how many forms a second are written, and how many submissions graded.

`python -m benchmarks.classes 20000` takes so many for the larger of the two classes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks.students import sheet
from examgen.cli.exam_folder import ExamFolder, load

SMALL, LARGE = 100, 400
COMMAND = [sys.executable, "-c", "from examgen.cli.main import main; main()"]
R_EXAMS = 'suppressWarnings(quit(status = !requireNamespace("exams", quietly = TRUE)))'


def report(large: int = LARGE) -> None:
    """Print both rates for a small and a large class, and how the cost of one grows."""
    print(f"A class, in {os.cpu_count()} processes (whole commands, start-up included):")
    with tempfile.TemporaryDirectory() as scratch:
        rates = [measure(Path(scratch, str(count)), count) for count in (SMALL, large)]
    for what, small, much in zip(("forms", "submissions"), *rates, strict=True):
        print(
            f"  {what:12} {SMALL:6}: {small:6.0f} /s   {large:6}: {much:6.0f} /s"
            f"   cost of one × {small / much:.2f}"
        )
    print(f"  R/exams: {r_exams()}")


def measure(folder: Path, count: int) -> tuple[float, float]:
    """Forms and submissions a second, for a class of *count*."""
    exam, subs = folder / "exam", folder / "subs"
    generating = timed("generate", "-o", exam, "--forms", count, "--format", "md", "--seed", "b")
    hand_in(exam, subs)
    grading = timed("grade", exam, subs)
    shutil.rmtree(folder)
    return count / generating, count / grading


def timed(*arguments: object) -> float:
    """The seconds that a command takes."""
    begin = perf_counter()
    subprocess.run([*COMMAND, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - begin


def hand_in(exam: Path, folder: Path) -> None:
    """A sheet for every form, from students of all abilities."""
    folder.mkdir()
    rng = Random("students")
    for entry in ExamFolder.at(exam).register.forms:
        drawn = load(exam / "instructor" / entry.form / "exam.json")
        text = sheet(drawn, rng.random(), rng, entry.form, entry.form)
        (folder / f"{entry.form}.txt").write_text(text, encoding="utf-8")


def r_exams() -> str:
    """Whether the peer can be timed beside us."""
    if not shutil.which("Rscript"):
        return "not timed; R is not installed"
    found = subprocess.run(["Rscript", "-e", R_EXAMS], capture_output=True, check=False)
    if found.returncode:
        return "not timed; its package `exams` is not installed"
    begin = perf_counter()
    subprocess.run(["Rscript", "-e", R_FORMS], capture_output=True, check=True)
    return f"{20 / (perf_counter() - begin):.1f} forms a second (its own tour, 20 in HTML)"


R_FORMS = """
library("exams"); set.seed(1)
exams2html(list("boxplots.Rmd", "tstat.Rmd", "ttest.Rmd", "relfreq.Rmd", "swisscapital.Rmd"),
           n = 20, dir = tempdir(), name = "x")
"""

if __name__ == "__main__":
    report(int(sys.argv[1]) if len(sys.argv) > 1 else LARGE)
