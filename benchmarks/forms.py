"""How many forms a second one process draws, records and renders."""

import json
from collections.abc import Callable
from time import perf_counter

from examgen.documents.pages import write_pages
from examgen.exams.assembly import assemble
from examgen.exams.blueprint_file import find_blueprint
from examgen.exams.exam import Exam
from examgen.exams.record import write_record

FORMS = 200


def report() -> None:
    """Print the forms per second of each stage, and of all, over `FORMS` seeds."""
    blueprint = find_blueprint("midterm")
    stages: dict[str, Callable[[Exam], object]] = {
        "record": write_record,
        "Markdown": lambda exam: write_pages(exam, ["md"]),
        "LaTeX": lambda exam: write_pages(exam, ["tex"]),
    }
    assemble(blueprint, "to import and compile")
    begin = perf_counter()
    exams = [assemble(blueprint, str(seed)) for seed in range(FORMS)]
    times = {"draw": perf_counter() - begin}
    for name, stage in stages.items():
        stage(exams[0])
        begin = perf_counter()
        for exam in exams:
            stage(exam)
        times[name] = perf_counter() - begin
    times["draw, record and Markdown"] = times["draw"] + times["record"] + times["Markdown"]
    bare = baseline()
    print(f"Forms per second, {FORMS} forms in one process (the ratio is to plain arithmetic):")
    for name, taken in times.items():
        print(f"  {name:30}{FORMS / taken:7.0f} /s   × {taken / FORMS / bare:.1f}")


def baseline() -> float:
    """The time of a fixed piece of plain Python and JSON, which tells the machine's speed."""
    begin = perf_counter()
    for _ in range(20):
        json.dumps([str(number * number) for number in range(2000)])
    return (perf_counter() - begin) / 20


if __name__ == "__main__":
    report()
