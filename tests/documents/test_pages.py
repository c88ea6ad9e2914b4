"""Papers, keys and answer sheets of a small exam."""

import re
from dataclasses import replace
from fractions import Fraction
from typing import get_args

import pytest

from examgen.documents.counted import points
from examgen.documents.layout import Formula, ItemPage, Key, KnownMistake, PartPage, Prose
from examgen.documents.look import Look, Style
from examgen.documents.pages import write_pages
from examgen.documents.paper import lay_out
from examgen.documents.templates import fill
from examgen.exams.assembly import assemble
from examgen.exams.exam import Exam
from examgen.exams.roster import Student
from examgen.faults import Fault
from examgen.grading.marking import mark_item
from examgen.questions import wording
from examgen.questions.levels import LEVELS, Level
from tests.documents.exams import HOSTILE, SEED, blueprint, full_exam, small_exam, titled
from tests.documents.reading import structure

STUDENT = ("student/paper.md", "student/paper.tex", "student/answers.txt")
KEYS = ("instructor/key.md", "instructor/key.tex")


def pages(exam: Exam) -> dict[str, str]:
    return write_pages(exam, ["md", "tex"])


def test_the_pages_asked_for_and_the_answer_sheet() -> None:
    exam = small_exam()
    figures = {f"{room}/figures/{n}.svg" for room in ("student", "instructor") for n in (1, 2)}
    assert set(pages(exam)) == {*STUDENT, *KEYS, *figures}
    assert set(write_pages(exam, ["tex"])) == {*STUDENT[1:], KEYS[1]}
    assert set(write_pages(exam, [])) == {"student/answers.txt"}


LOOKS = [Look(), Look(style="exam"), Look(layout="fixed")]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", ["李明", "محمد", "Зоя Иванова"])
def test_who_cannot_be_printed_writes_a_name(name: str, look: Look) -> None:
    """On a line, as on a paper that is nobody's, beside the id."""
    exam = small_exam()
    for_all = write_pages(exam, ["md", "tex", "typ"], Student("m7", ""), look)
    own = write_pages(exam, ["md", "tex", "typ"], Student("m7", name), look)
    assert name in own["student/paper.md"] and name in own["student/answers.txt"]
    assert own["student/paper.tex"] == for_all["student/paper.tex"]
    assert "m7" in own["student/paper.tex"]
    for_typst = own["student/paper.typ"]
    assert name in for_typst or for_typst == for_all["student/paper.typ"]
    assert (name in for_typst) == name.startswith("З")
    strange = write_pages(exam, ["tex"], Student(name, "Ada"), look)["student/paper.tex"]
    assert "U+" not in strange


@pytest.mark.parametrize("level", LEVELS)
def test_equal_exams_have_equal_pages(level: Level) -> None:
    exam = small_exam(level)
    assert pages(exam) == pages(replace(exam, items=tuple(replace(each) for each in exam.items)))


@pytest.mark.parametrize("path", STUDENT[:2])
def test_the_front_page_says_what_a_student_must_know(path: str) -> None:
    exam = small_exam()
    front = pages(exam)[path].split("Multiple choice")[0].replace(r"\allowbreak{}", "")
    for said in (
        exam.blueprint.title,
        exam.blueprint.course,
        "600 minutes",
        "25 points",
        "Name",
        "Id",
    ):
        assert said in front
    assert "answers.txt" in front
    for convention in (
        "cross-correlation",
        "residual block",
        r"\operatorname{ReLU}",
        "Answers are exact",
    ):
        assert convention in front
    assert "Causal attention" not in front
    log = "without a base is the natural logarithm"
    assert log not in front
    blueprint = replace(exam.blueprint, policy=replace(exam.blueprint.policy, natural_log=True))
    assert log in pages(replace(exam, blueprint=blueprint))[path]
    blueprint = replace(exam.blueprint, policy=replace(exam.blueprint.policy, decimals=3))
    rounded = pages(replace(exam, blueprint=blueprint))[path]
    assert "Answer exactly, or with at least 3 decimal places" in rounded
    assert "Exact answers are integers" in rounded and "Answers are exact" not in rounded


@pytest.mark.parametrize("path", [*STUDENT[:2], *KEYS])
def test_every_page_names_the_exam_and_its_form(path: str) -> None:
    exam = small_exam()
    named = f"`{exam.id}`" if path.endswith("md") else rf"\texttt{{{exam.id}}}"
    assert f"Exam {named}, form {exam.form}" in pages(exam)[path]


@pytest.mark.parametrize("path", STUDENT[:2])
def test_all_items_parts_and_options_are_printed(path: str) -> None:
    exam = small_exam()
    page = pages(exam)[path]
    closed, long = exam.items
    assert closed.problem
    assert long.problem
    if path.endswith("md"):
        assert wording.stem(closed.problem).strip() in page
        assert wording.stem(long.problem).strip() in page
        for drawn in long.problem.parts:
            assert wording.prompt(long.problem, drawn) in page
        for option in closed.parts[0].options:
            assert f"- **{option.letter}** ${option.answer}$\n" in page
    for part in exam.parts:
        assert re.search(rf"(\*\*|\{{){part.label}(\*\*|\}})", page)
    assert page.index("Multiple choice") < page.index("Long questions")


def test_rows_of_a_table_stand_together() -> None:
    exam = small_exam()
    page = pages(exam)["student/paper.md"]
    worth = points(exam.items[1].parts[0].points)
    table = (
        f"Fill in the table, {worth} for each answer:\n"
        "\n"
        "| | $z^{(l)}$ | $h^{(l)}$ |\n"
        "|---|---|---|\n"
        "| Block $l = 1$ | **2a** | **2b** |\n"
        "| Block $l = 2$ | **2c** | **2d** |\n"
    )
    assert f"\n{table}\n" in page
    assert "**2e** (" in page


def test_a_table_of_unequal_points_says_so_in_each_cell() -> None:
    exam = small_exam()
    first, second, *others = exam.items[1].parts
    parts = (replace(first, points=7), replace(second, points=1), *others)
    long = replace(exam.items[1], parts=parts)
    page = pages(replace(exam, items=(exam.items[0], long)))["student/paper.md"]
    assert "Fill in the table:\n" in page
    assert "| **2a** (7 points) | **2b** (1 point) |" in page


def test_displays_stand_between_empty_lines() -> None:
    """Quarto reads no formula in a paragraph's middle, and none with an empty line inside."""
    displays = 0
    for page in (page for path, page in pages(small_exam()).items() if path.endswith("md")):
        pieces = re.split(r"^\$\$$", page, flags=re.MULTILINE)
        assert len(pieces) % 2 == 1
        displays += len(pieces) // 2
        for display in pieces[1::2]:
            assert "\n\n" not in display
        for before, after in zip(pieces[0:-1:2], pieces[2::2], strict=True):
            assert before.endswith("\n\n")
            assert after.startswith("\n\n")
    assert displays > 5


def test_the_key_has_answers_solutions_and_mistakes() -> None:
    exam = small_exam()
    written = pages(exam)["instructor/key.md"]
    assert f"seed `{SEED}`" in written
    for item in exam.items:
        assert item.problem
        for part, drawn in zip(item.parts, item.problem.parts, strict=True):
            assert wording.solution(item.problem, drawn) in written
            assert part.misconceptions
            for mistake in part.misconceptions:
                assert f"`{mistake.answer}` ({mistake.name.replace('_', ' ')}; " in written
                assert mistake.feedback[1:] in written
            if not part.options:
                assert f"**Answer:** `{part.answer}`" in written
            if drawn.row:
                assert f"| **{part.label}** `{part.answer}`" in written
    right = exam.items[0].parts[0].answer
    assert f"**Answer {right}:** $" in written
    assert f"- **{right} ✓** $" in written
    assert written.count("✓") == 1


def test_a_mistake_says_what_it_still_earns() -> None:
    exam = small_exam("easy")
    written = pages(exam)["instructor/key.md"]
    earned = {
        mistake.credit * part.points for part in exam.parts for mistake in part.misconceptions
    }
    assert min(earned) == 0 < max(earned)
    for part in exam.parts:
        for mistake in part.misconceptions:
            still = points(mistake.credit * part.points)
            said = f"({mistake.name.replace('_', ' ')}; {still})"
            assert f"`{mistake.answer}` {said}" in written
            if not part.options:
                assert f"- If you got `{mistake.answer}` {said}" in written


@pytest.mark.parametrize(
    ("feedback", "line"),
    [
        ("You flipped it.", "- If you got `4` (flips it; 1 point), you flipped it.\n"),
        ("Your sum is short.", "- If you got `4` (flips it; 1 point), your sum is short.\n"),
        ("That is $W$.", "- If you got `4` (flips it; 1 point): That is $W$.\n"),
        ("Young's rule.", "- If you got `4` (flips it; 1 point): Young's rule.\n"),
        ("$$\n1\n$$", "- If you got `4` (flips it; 1 point):\n\n  $$\n  1\n  $$\n"),
    ],
)
def test_a_mistake_reads_as_one_sentence(feedback: str, line: str) -> None:
    part = PartPage(
        "1a", 2, Prose("Add."), key=Key(Formula("5"), "5", Prose("So."), (known_mistake(feedback),))
    )
    item = ItemPage(1, "Sums", 2, Prose("A stem."), (part,), closed=False)
    assert line in fill("markdown", "markdown/items.md.jinja", items=[item])


def known_mistake(feedback: str) -> KnownMistake:
    return KnownMistake.of("flips it", "4", feedback, "1 point")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_title_adds_nothing_to_the_structure(text: str) -> None:
    plain, hostile = pages(titled("Title")), pages(titled(text))
    for path in plain:
        if path.endswith("txt"):
            assert [line for line in hostile[path].splitlines() if not line.startswith("#")] == [
                line for line in plain[path].splitlines() if not line.startswith("#")
            ]
        elif path.endswith("md"):
            assert structure(hostile[path]) == structure(plain[path])
        else:
            for sign in ("\n", r"\begin{", r"\end{", r"\input", r"\write"):
                assert hostile[path].count(sign) == plain[path].count(sign), (path, sign)
        assert hostile[path].replace("\n", "").isprintable()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_seed_stays_in_its_code_span(text: str) -> None:
    exam = replace(small_exam(), seed=text)
    line = next(each for each in pages(exam)["instructor/key.md"].splitlines() if "seed `" in each)
    assert line.endswith(". For the instructor only.")


def test_an_item_the_code_no_longer_asks_is_refused_by_its_number() -> None:
    exam = small_exam()
    forgotten = replace(exam, items=(exam.items[0], replace(exam.items[1], problem=None)))
    with pytest.raises(Fault, match="item 2"):
        pages(forgotten)
    part = exam.items[0].parts[0]
    renamed = replace(exam.items[0], parts=(replace(part, name="another"),))
    with pytest.raises(Fault, match="item 1"):
        pages(replace(exam, items=(renamed, exam.items[1])))


def test_a_long_row_of_items_is_broken() -> None:
    exam = small_exam()
    many = tuple(replace(exam.items[0], number=number) for number in range(1, 24))
    assert [len(row) for row in lay_out(replace(exam, items=many)).front.rows] == [10, 10, 3]


@pytest.mark.parametrize("level", LEVELS)
def test_a_wrong_letter_earns_what_the_paper_says(level: Level) -> None:
    exam = full_exam(level, "letters")
    said = told(exam)
    assert "A wrong letter earns nothing" in said
    closed = [item for item in exam.items if item.parts[0].options]
    assert closed
    for item in closed:
        (part,) = item.parts
        for option in part.options:
            (mark,) = mark_item(item, {part.label: option.letter}, exam.blueprint.policy)
            assert mark.points == (mark.possible if option.letter == part.answer else 0)


def test_what_the_entries_of_a_matrix_earn_is_announced_where_they_do() -> None:
    exam = small_exam()
    assert any(part.kind == "array" and not part.options for part in exam.parts)
    assert "a mostly right matrix" in told(exam)
    nothing = replace(exam.blueprint, policy=replace(exam.blueprint.policy, entries=Fraction(0)))
    assert "mostly right" not in told(replace(exam, blueprint=nothing))
    closed = replace(exam, items=exam.items[:1])
    assert "mostly right" not in told(closed)


def told(exam: Exam) -> str:
    """The instructions of a paper."""
    return " ".join(lay_out(exam).front.instructions)


@pytest.mark.parametrize("style", get_args(Style))
def test_where_options_are_sentences_their_letter_is_enough_for_a_mistake(style: Style) -> None:
    exam = assemble(blueprint("easy", ("concept-claims",), ("long-residual-block",)), SEED)
    key = write_pages(exam, ["tex"], look=Look(style=style))["instructor/key.tex"]
    assert "\\item If you got \\textbf{" in key
    assert "\\texttt{}" not in key
