"""Small exams for the tests, and what students may have written on their sheets."""

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from examgen.answers import Policy, Verdict
from examgen.documents.keys import add_keys
from examgen.documents.layout import Document
from examgen.documents.paper import lay_out
from examgen.exams import catalog
from examgen.exams.assembly import assemble
from examgen.exams.blueprint import Blueprint, Section
from examgen.exams.blueprint_file import find_blueprint
from examgen.exams.exam import Exam
from examgen.grading.marks import GradedSheet, Mark
from examgen.questions.levels import Level

SEED = "a-seed-that-no-student-may-see"

# One string for each way in which somebody's text could act on a page.
HOSTILE = (
    "\\input{/etc/passwd} \\write18{id} $\\end{document}$ %",
    "a_b^c~d#e&f{g}h",
    "<script>alert(1)</script> &lt;b&gt; <!-- x -->",
    "[link](https://evil.example) ![image](x.png) <https://evil.example> [a]: b",
    "https://evil.example www.evil.example ada@evil.example @team #7 :smile:",
    "*em* _em_ **strong** ~~gone~~ `code` ``more`` a|b $x$ $$y$$ ^z^",
    "# title",
    "1. list",
    "- list",
    "> quote",
    "---",
    "| a | b |",
    "    code",
    "```\nfence",
    "{{< include /etc/passwd >}} `r system('id')` `{python} 1`",
    "=HYPERLINK('https://evil.example')",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "＝1",
    "\x1b[2J\x1b]0;title\x07\x00\x7f\x9b31m",
    "one\ntwo\r\nthree\u2028four",
    "\u202egnp.exe \u200b \ufeff",
    "Ünïcödé Łódź Ħ Жук 数学 🙂 – — “q” ‘q’ … −1 ≤ 2",
)


@lru_cache(maxsize=8)
def small_exam(level: Level = "hard") -> Exam:
    """One closed and one long item."""
    return assemble(blueprint(level, ("conv2d-entry",), ("long-residual-block",)), SEED)


@lru_cache(maxsize=8)
def full_exam(level: Level, seed: str) -> Exam:
    """An item of every family in Python."""
    families = [each for each in catalog.entries().values() if not each.bank]
    closed = tuple(each.id for each in families if not each.is_long)
    long = tuple(each.id for each in families if each.is_long)
    return assemble(blueprint(level, closed, long), seed)


def blueprint(level: Level, closed: tuple[str, ...], long: tuple[str, ...]) -> Blueprint:
    """A blueprint that asks these families in this order."""
    return Blueprint(
        title="Practice Midterm",
        course="Machine Learning",
        minutes=600,
        policy=Policy(),
        sections=(
            Section(
                "Multiple choice", "closed", len(closed), 5, (level,) * len(closed), 4, {}, closed
            ),
            Section("Long questions", "open", len(long), 20, (level,) * len(long), 4, {}, long),
        ),
    )


def together(seeds: range, kind: str) -> Document:
    """The sections of all these seeds' midterms, as one paper or key."""
    exams = [assemble(find_blueprint("midterm"), str(seed)) for seed in seeds]
    pages = [lay_out(exam) for exam in exams]
    if kind == "key":
        pages = [add_keys(page, exam) for page, exam in zip(pages, exams, strict=True)]
    return replace(pages[0], sections=tuple(each for page in pages for each in page.sections))


def titled(text: str) -> Exam:
    """The small exam with *text* wherever an instructor's blueprint is printed."""
    exam = small_exam()
    sections = tuple(replace(section, title=text) for section in exam.blueprint.sections)
    printed = replace(exam.blueprint, title=text, course=text, sections=sections)
    return replace(exam, blueprint=printed)


def sheet(exam: Exam, *changed: Mark, name: str = "Ada", file: str = "ada.txt") -> GradedSheet:
    """A sheet that is right everywhere but where a mark was *changed*."""
    marks = {
        part.label: Mark(
            part.label, Verdict.CORRECT, Fraction(part.points), part.points, part.answer, "", ""
        )
        for part in exam.parts
    }
    marks |= {mark.label: mark for mark in changed}
    return GradedSheet(file, "", name, tuple(marks.values()))


def mark(label: str, verdict: Verdict, response: str = "[1, 9]", **more: object) -> Mark:
    """A mark of 2 points."""
    blank = Mark(label, verdict, Fraction(0), 2, response, response, "")
    return blank._replace(**more)  # type: ignore[arg-type]
