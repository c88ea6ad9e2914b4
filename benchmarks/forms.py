"""How many forms a second one process draws, records and renders, in processor time."""

import gc
import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

from examgen.cli.garbage import collect_rarely
from examgen.documents.pages import write_pages
from examgen.exams.assembly import assemble
from examgen.exams.blueprint import Blueprint
from examgen.exams.blueprint_file import find_blueprint
from examgen.exams.form_names import lettered
from examgen.exams.forms import plan
from examgen.exams.record import write_record

FORMS, WARM = 100, 200
BOTH = ["md", "tex"]
CLASSES = (50, 200, 1000)


def report() -> None:
    """Print the forms per second of each stage, and of all, over `FORMS` seeds.

    First each form is drawn, recorded and written in both formats before the next is drawn, as
    when exams are generated: so the load of the machine weighs on all stages alike, and their ratio
    can be relied on. What one format alone takes is measured afterwards, on other forms, and last
    what forms take that have variants in common.
    """
    collect_rarely()
    blueprint = find_blueprint("midterm")
    for seed in range(WARM):
        write_pages(assemble(blueprint, f"to import and compile {seed}"), BOTH)
    # One look for garbage takes as long as seven forms, and chance would say which stage it is in.
    gc.collect()
    gc.disable()
    times: dict[str, float] = defaultdict(float)
    for seed in range(FORMS):
        with timed(times, "draw"):
            exam = assemble(blueprint, str(seed))
        with timed(times, "record"):
            write_record(exam)
        with timed(times, "Markdown and LaTeX"):
            write_pages(exam, BOTH)
    for name, suffix in (("Markdown", "md"), ("LaTeX", "tex")):
        for seed in range(FORMS):
            exam = assemble(blueprint, f"{seed} for {name}")
            with timed(times, name):
                write_pages(exam, [suffix])
    ratio = times["Markdown and LaTeX"] / times["draw"]
    times["draw, record and Markdown"] = times["draw"] + times["record"] + times["Markdown"]
    times["draw, record and both"] = times["draw"] + times["record"] + times["Markdown and LaTeX"]
    bare = baseline()
    print(f"Forms per second, {FORMS} forms in one process (the ratio is to plain arithmetic):")
    for name, taken in times.items():
        print(f"  {name:30}{FORMS / taken:7.0f} /s   × {taken / FORMS / bare:.1f}")
    print(
        f"Paper and key in Markdown and LaTeX take {ratio:.2f} of the time of drawing (allowed: 1)."
    )
    gc.enable()
    for count in CLASSES:
        print(
            f"  a class of {count:4}: {of_a_class(blueprint, count):5.0f} forms /s with all of this"
        )


def of_a_class(blueprint: Blueprint, count: int) -> float:
    """How many forms of a class a second are drawn, recorded and written in both formats."""
    begin = process_time()
    shared = plan(blueprint, f"a class of {count}")
    for name in lettered(count):
        exam = shared.form(name)
        write_record(exam)
        write_pages(exam, BOTH)
    return count / (process_time() - begin)


@contextmanager
def timed(times: dict[str, float], stage: str) -> Iterator[None]:
    """Add the processor time of what is done meanwhile to a stage."""
    begin = process_time()
    yield
    times[stage] += process_time() - begin


def baseline() -> float:
    """The time of a fixed piece of plain Python and JSON, which tells the machine's speed."""
    begin = process_time()
    for _ in range(20):
        json.dumps([str(number * number) for number in range(2000)])
    return (process_time() - begin) / 20


if __name__ == "__main__":
    report()
