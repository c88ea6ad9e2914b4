"""Every formula of paper and key reaches every reader of Markdown verbatim."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from examgen.answers import Verdict
from examgen.documents.feedback import write_feedback
from examgen.documents.keys import add_keys
from examgen.documents.layout import Document
from examgen.documents.look import Look
from examgen.documents.markdown.github import for_github
from examgen.documents.pages import write_pages
from examgen.documents.paper import lay_out
from examgen.exams.exam import Exam
from examgen.questions.levels import LEVELS
from tests.documents import formulas, readers
from tests.documents.exams import HOSTILE, full_exam, mark, sheet, small_exam

EXAMS = [full_exam(level, seed) for level in LEVELS for seed in ("x", "y")]
GITHUB = Look(flavor="github")


def named(exam: Exam) -> str:
    return f"{exam.items[0].level}-{exam.seed}"


def pages(exam: Exam, look: Look) -> list[tuple[str, Document]]:
    """Paper and key in Markdown, with what was laid out."""
    written = write_pages(exam, ["md"], look=look)
    paper = lay_out(exam)
    return [
        (written["student/paper.md"], paper),
        (written["instructor/key.md"], add_keys(paper, exam)),
    ]


@pytest.mark.parametrize("exam", EXAMS, ids=named)
def test_markdown_it_reads_every_formula(exam: Exam) -> None:
    for page, document in pages(exam, Look()):
        assert Counter(readers.markdown_it(page)) == Counter(formulas.of(document))


@pytest.mark.usefixtures("pandoc")
@pytest.mark.parametrize("exam", EXAMS, ids=named)
def test_pandoc_reads_every_formula(exam: Exam) -> None:
    for page, document in pages(exam, Look()):
        assert Counter(readers.pandoc(page)) == Counter(formulas.of(document))


@pytest.mark.usefixtures("cmark_gfm")
@pytest.mark.parametrize("exam", EXAMS, ids=named)
def test_github_leaves_every_formula_alone(exam: Exam) -> None:
    for page, document in pages(exam, GITHUB):
        assert Counter(readers.github(page)) == Counter(formulas.of(document))


@pytest.mark.parametrize("exam", EXAMS, ids=named)
def test_no_word_touches_a_formula_on_github(exam: Exam) -> None:
    """GitHub takes `$` for one that opens or closes a formula only beside what is no word."""
    for page, _ in pages(exam, GITHUB):
        assert not re.findall(r"\w\$`[^`]*`\$|\$`[^`]*`\$\w", page)


@pytest.mark.parametrize("exam", EXAMS[:2], ids=named)
def test_flavors_differ_in_formulas_alone(exam: Exam) -> None:
    for (page, _), (turned, _) in zip(pages(exam, Look()), pages(exam, GITHUB), strict=True):
        back = re.sub(r"^( *)```math\n(.*?)\n *```$", r"\1$$\n\2\n\1$$", turned, flags=re.M | re.S)
        assert re.sub(r"\$`([^`]*)`\$", r"$\1$", back) == page


@pytest.mark.parametrize(
    ("written", "turned"),
    [
        ("a $x$ b", "a $`x`$ b"),
        ("$$\nx\n$$\n", "```math\nx\n```\n"),
        ("- a\n\n  $$\n  x\n  $$\n", "- a\n\n  ```math\n  x\n  ```\n"),
        ("`$x$` and ``a ` $y$``", "`$x$` and ``a ` $y$``"),
        ("```\n$x$\n```\n$y$", "```\n$x$\n```\n$`y`$"),
        (r"costs \$3, $x$, \$4", r"costs \$3, $`x`$, \$4"),
        (r"\`$x$\`", r"\`$`x`$\`"),
        ("**$x$**: $a_{1}$,", "**$`x`$**: $`a_{1}`$,"),
    ],
)
def test_only_formulas_are_turned(written: str, turned: str) -> None:
    assert for_github(written) == turned


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_student_wrote_is_no_formula_on_github(text: str) -> None:
    exam = small_exam()

    def formulas_with(words: str) -> tuple[int, int]:
        wrong = mark("2a", Verdict.UNREADABLE, words, read="", reason=f'I read "{words}"')
        graded = replace(sheet(exam, wrong, name=words, file=words), id=words, warnings=(words,))
        page = write_feedback(exam, graded, solutions=True, look=GITHUB)
        return page.count("$`"), page.count("```math")

    assert formulas_with(text) == formulas_with("word")
