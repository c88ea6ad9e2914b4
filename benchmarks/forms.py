"""How many forms a second one process draws, records and renders, in processor time."""

import json
from collections.abc import Callable
from time import process_time

from examgen.cli.garbage import collect_rarely
from examgen.documents.pages import write_pages
from examgen.exams.assembly import assemble
from examgen.exams.blueprint_file import find_blueprint
from examgen.exams.exam import Exam
from examgen.exams.record import write_record

FORMS, WARM = 100, 60


def report() -> None:
    """Print the forms per second of each stage, and of all, over `FORMS` seeds.

    Each form goes through all stages before the next is drawn, as when exams are generated: so the
    load of the machine weighs on all of them alike, and their ratio can be relied on. Garbage is
    looked for as rarely as when examgen's commands are run.
    """
    collect_rarely()
    blueprint = find_blueprint("midterm")
    stages: dict[str, Callable[[Exam], object]] = {
        "record": write_record,
        "Markdown": lambda exam: write_pages(exam, ["md"]),
        "LaTeX": lambda exam: write_pages(exam, ["tex"]),
        "Markdown and LaTeX": lambda exam: write_pages(exam, ["md", "tex"]),
    }
    for seed in range(WARM):
        write_pages(assemble(blueprint, f"to import and compile {seed}"), ["md", "tex"])
    times = dict.fromkeys(["draw", *stages], 0.0)
    for seed in range(FORMS):
        for name, stage in stages.items():
            begin = process_time()
            exam = assemble(blueprint, f"{seed} for {name}")
            drawn = process_time()
            stage(exam)
            times["draw"] += (drawn - begin) / len(stages)
            times[name] += process_time() - drawn
    times["draw, record and Markdown"] = times["draw"] + times["record"] + times["Markdown"]
    times["draw, record and both"] = times["draw"] + times["record"] + times["Markdown and LaTeX"]
    bare = baseline()
    print(f"Forms per second, {FORMS} forms in one process (the ratio is to plain arithmetic):")
    for name, taken in times.items():
        print(f"  {name:30}{FORMS / taken:7.0f} /s   × {taken / FORMS / bare:.1f}")
    ratio = times["Markdown and LaTeX"] / times["draw"]
    print(
        f"Paper and key in Markdown and LaTeX take {ratio:.2f} of the time of drawing (allowed: 1)."
    )


def baseline() -> float:
    """The time of a fixed piece of plain Python and JSON, which tells the machine's speed."""
    begin = process_time()
    for _ in range(20):
        json.dumps([str(number * number) for number in range(2000)])
    return (process_time() - begin) / 20


if __name__ == "__main__":
    report()
