"""How many forms a second become PDFs by the engine that needs no LaTeX.

Processor time says what two cores do that have nothing else to do; the wall clock says what they
did beside whatever else ran.
"""

from time import perf_counter, process_time

from examgen.documents.pages import write_pages
from examgen.documents.pdf.engine import typeset_all
from examgen.documents.pdf.typst import Typst, missing
from examgen.exams.assembly import assemble
from examgen.exams.blueprint_file import find_blueprint

FORMS, CORES = 24, 2
PAPERS = ("student/paper.typ",)
PAPERS_AND_KEYS = ("student/paper.typ", "instructor/key.typ")


def report() -> None:
    """Print the forms per second, papers alone and with their keys."""
    if missing():
        print("PDF by Typst: not measured, the package typst is not here")
        return
    blueprint = find_blueprint("midterm")
    forms = [write_pages(assemble(blueprint, str(seed)), ["typ"]) for seed in range(FORMS)]
    Typst().typeset(forms[0]["student/paper.typ"], "to import and to find the fonts")
    print(f"PDF by Typst, forms per second of {FORMS} forms:")
    for name, pages in (("papers", PAPERS), ("papers and keys", PAPERS_AND_KEYS)):
        sources = {f"{n}/{page}": form[page] for n, form in enumerate(forms) for page in pages}
        begin, begin_cpu = perf_counter(), process_time()
        typeset_all(Typst(), sources)
        wall, cpu = perf_counter() - begin, process_time() - begin_cpu
        print(
            f"  {name:18}{FORMS / wall:6.1f} /s by the clock, "
            f"{CORES * FORMS / cpu:6.1f} /s of two cores' time"
        )


if __name__ == "__main__":
    report()
