"""A class: how many forms a second are written, how many submissions graded, in how much memory.

`python -m benchmarks.classes --small 200 --large 20000` compares the two classes that the bars
speak of; by default the larger one is of a size that takes minutes, not hours.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks.gradebooks import enlarge
from benchmarks.measured import Cost, cost
from benchmarks.students import sheet
from examgen.cli.exam_folder import ExamFolder, load_printed

SMALL, LARGE = 200, 2_000
CROWD = 20_000
"""Students in a gradebook made up for the item analysis, whatever the size of the classes."""
QUIZ = Path(__file__).with_name("quiz.toml")
BOTH = "md,html"
R_EXAMS = 'suppressWarnings(quit(status = !requireNamespace("exams", quietly = TRUE)))'


def report(small: int = SMALL, large: int = LARGE, crowd: int = CROWD) -> None:
    """Print rates, cost and memory for a small and a large class."""
    print(f"A class, in {os.cpu_count()} processes (whole commands, start-up included):")
    with tempfile.TemporaryDirectory() as scratch:
        classes = [Class(Path(scratch, str(count)), count) for count in (small, large)]
        compare("forms written", classes, Class.generate)
        for formats, told in (("md", ""), (BOTH, ", HTML too")):
            compare(f"graded, a form each{told}", classes, partial(Class.grade, formats=formats))
            compare(f"graded, one form{told}", classes, partial(Class.one_form, formats=formats))
        for count, book in books(classes[0], Path(scratch), (small, crowd)):
            analysis(classes[0], count, book)
    print(f"  R/exams: {r_exams()}")


class Class:
    """A class of so many students, in a folder."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder = folder
        self.count = count
        self.exam = folder / "exam"

    def generate(self) -> Cost:
        """Write a form for each."""
        forms = ("--forms", self.count, "--format", "md", "--seed", "b", "--blueprint", QUIZ)
        return cost("generate", "-o", self.exam, *forms)

    def grade(self, formats: str) -> Cost:
        """Grade a sheet for each form, from students of all abilities."""
        sheets, grades = self.folder / "subs", self.folder / f"grades in {formats}"
        if not sheets.exists():
            hand_in(self.exam, sheets, self.count)
        gradebook = self.folder / f"{formats}.sqlite"
        output = ("-o", grades, "--gradebook", gradebook)
        done = cost("grade", self.exam, sheets, "--format", formats, *output)
        shutil.rmtree(grades)
        return done

    def one_form(self, formats: str) -> Cost:
        """Grade as many sheets for an exam of one form."""
        exam, sheets = self.folder / "one", self.folder / "sheets"
        cost("generate", "-o", exam, "--format", "md", "--seed", "b", "--blueprint", QUIZ)
        hand_in(exam, sheets, self.count)
        done = cost("grade", exam, sheets, "--format", formats)
        for each in (exam, sheets):
            shutil.rmtree(each)
        return done


def compare(what: str, classes: list[Class], step: Callable[[Class], Cost]) -> None:
    """Print a line for each class, and how the cost of one student grows."""
    costs = [step(each) for each in classes]
    for each, found in zip(classes, costs, strict=True):
        print(
            f"  {what:32} {each.count:6}: {each.count / found.seconds:6.0f} /s"
            f"  {1000 * found.cpu / each.count:6.1f} ms CPU each  {found.memory:4.0f} MiB",
            flush=True,
        )
    (small, cheap), (large, dear) = zip((each.count for each in classes), costs, strict=True)
    ratio = dear.cpu / large / (cheap.cpu / small)
    print(f"  {'':32} cost of one × {ratio:.2f}, memory × {dear.memory / cheap.memory:.2f}")


def hand_in(exam: Path, folder: Path, count: int) -> None:
    """A sheet for each student."""
    folder.mkdir()
    found, rng = ExamFolder.at(exam), Random("students")
    for number in range(count):
        form = found.register.forms[number % len(found.register.forms)].form
        name = f"s{number}"
        text = sheet(load_printed(found.record_of(form)), rng.random(), rng, name, name)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def books(graded: Class, folder: Path, counts: tuple[int, ...]) -> Iterator[tuple[int, Path]]:
    """Gradebooks of classes of several sizes."""
    for count in counts:
        book = folder / f"{count}.sqlite"
        enlarge(graded.folder / f"{BOTH}.sqlite", book, count)
        yield count, book


def analysis(graded: Class, count: int, book: Path) -> None:
    """Print what is made of a gradebook, in how much memory."""
    output = graded.folder / "output"
    chosen = ("--gradebook", book)
    found = cost("stats", graded.exam, *chosen, "--html", "--csv", "-o", output)
    print(f"  item analysis of {count:6} students: {found.seconds:6.1f} s {found.memory:4.0f} MiB")
    practice = ("--class", "--seed", "s", "--format", "md", "--force", "-o", output)
    found = cost("practice", graded.exam, *chosen, *practice)
    print(f"  practice exam for {count:5} students: {found.seconds:6.1f} s {found.memory:4.0f} MiB")


def r_exams() -> str:
    """Whether the peer can be timed beside us."""
    if not shutil.which("Rscript"):
        return "not timed; R is not installed (Debian: r-base-core, then install.packages('exams'))"
    found = subprocess.run(["Rscript", "-e", R_EXAMS], capture_output=True, check=False)
    if found.returncode:
        return "not timed; its package is not installed (in R: install.packages('exams'))"
    begin = perf_counter()
    subprocess.run(["Rscript", "-e", R_FORMS], capture_output=True, check=True)
    return f"{20 / (perf_counter() - begin):.1f} forms a second (its own tour, 20 in HTML)"


R_FORMS = """
library("exams"); set.seed(1)
exams2html(list("boxplots.Rmd", "tstat.Rmd", "ttest.Rmd", "relfreq.Rmd", "swisscapital.Rmd"),
           n = 20, dir = tempdir(), name = "x")
"""

if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--small", type=int, default=SMALL)
    options.add_argument("--large", type=int, default=LARGE)
    options.add_argument("--crowd", type=int, default=CROWD)
    report(**vars(options.parse_args()))
