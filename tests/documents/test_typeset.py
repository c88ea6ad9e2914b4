"""The LaTeX pages as pdflatex sets them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from examgen.documents.escaping import latex
from examgen.documents.latex.prose import prose
from examgen.documents.look import Look, Style
from examgen.documents.notation.checking import ENVIRONMENTS, SIGNS, WORDS
from examgen.documents.pages import write_pages
from examgen.documents.paper import lay_out
from examgen.documents.templates import fill
from examgen.questions.levels import LEVELS, Level
from tests.documents.exams import HOSTILE, full_exam, small_exam, titled
from tests.documents.typeset import ALL_ALLOWED, Typeset, typeset

Setter = Callable[[str], Typeset]
pytestmark = pytest.mark.tex


@pytest.fixture
def set_page(pdflatex: None, tmp_path: Path) -> Setter:  # noqa: ARG001  # it is there, or we skip
    """Return the function that sets a page in a folder of its own."""
    return lambda source: typeset(source, tmp_path)


def preamble() -> str:
    """The preamble of all pages."""
    return fill("latex", "latex/preamble.tex.jinja", page=lay_out(small_exam()))


def document(body: str) -> str:
    """A document with our preamble."""
    return f"{preamble()}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"


@pytest.mark.parametrize(
    ("level", "style"), [*((level, "article") for level in LEVELS), ("hard", "exam")]
)
@pytest.mark.parametrize(
    "page", ["student/paper.tex", "instructor/key.tex", "instructor/solutions.tex"]
)
@pytest.mark.usefixtures("pdflatex")
def test_an_item_of_every_family_is_set_without_a_complaint(
    level: Level, page: str, style: Style, tmp_path: Path
) -> None:
    exam = full_exam(level, "typeset")
    passes = 5 if style == "exam" else 2
    pages = write_pages(exam, ["tex"], look=Look(style=style), solutions=True)
    done = typeset(pages[page], tmp_path, passes)
    # The class exam lets a number of two digits stick out into the margin, by 2.1 points.
    assert done.overfull <= (2.5 if style == "exam" else 2)
    assert done.complaints == []
    count = len(done.pages)
    for number, text in enumerate(done.pages, start=1):
        assert f"Exam {exam.id}, form A" in text
        assert f"Page {number} of {count}" in text
    for part in exam.parts:
        assert re.search(rf"\b{part.label}\b", "".join(done.pages))
    first = next(item for item in exam.items if len(item.parts) > 1)
    (headed,) = (text for text in done.pages if "Long questions" in text)
    assert f"\n{first.number}. " in headed.split("Long questions")[1]


CENTIMETRE = 72 / 2.54
FOOT = 792 - 72
"""Where the text of a letter page ends."""


@pytest.mark.parametrize("level", LEVELS)
def test_every_part_has_its_room_below_it_on_the_same_page(level: Level, set_page: Setter) -> None:
    exam = small_exam(level)
    done = set_page(write_pages(exam, ["tex"])["student/paper.tex"])
    places = {word: (page, top) for word, page, top in done.words}
    asked = [part for part in exam.items[1].parts if "[" not in part.name]
    assert len(asked) >= 4
    for part, following in zip(asked, [*asked[1:], None], strict=True):
        page, top = places[part.label]
        room = 0.8 * part.points * CENTIMETRE
        assert top + room < FOOT
        if following and places[following.label][0] == page:
            assert places[following.label][1] - top > room


@pytest.mark.parametrize("page", ["student/paper.tex", "instructor/key.tex"])
def test_hostile_titles_are_set_as_they_are_written(page: str, set_page: Setter) -> None:
    text = " ".join(HOSTILE)
    done = set_page(write_pages(titled(text), ["tex"])[page])
    seen = "".join(done.pages)
    for said in ("/etc/passwd", "<script>alert(1)</script>", "a_b^c~d#e&f{g}h", "U+0416", "Łódź"):
        assert said in seen.replace("\n", " ")


def test_every_printable_character_that_is_let_through_is_set(set_page: Setter) -> None:
    characters = [chr(code) for code in range(0x20, 0x250)] + list(latex.TEXT_ONLY)
    lines = [f"{latex.escape(each)} \\texttt{{{latex.code(each)}}}" for each in characters]
    done = set_page(document("\n\n".join(lines)))
    assert done.complaints == []
    assert "Missing character" not in done.log


def test_every_word_of_the_house_notation_is_one_of_latex(set_page: Setter) -> None:
    checks = [
        f"\\ifcsname {word}\\endcsname\\else\\errmessage{{{word}}}\\fi"
        for word in sorted({*WORDS, *ENVIRONMENTS} - {"operatorname*"})
    ]
    signs = [f"$\\{sign}$" for sign in sorted(SIGNS - set("\\{}|& "))]
    body = "\n".join([*checks, *signs, r"$\{ a \| b \} \ \operatorname*{f}_x \& $"])
    set_page(document(body))


def test_a_formula_wider_than_the_page_is_made_narrower(set_page: Setter) -> None:
    row = " & ".join(["1000000"] * 18)
    wide = f"$$\n\\begin{{matrix}} {row} \\end{{matrix}}\n$$"
    done = set_page(document(prose(f"Look:\n\n{wide}\n\n- in a list\n\n  {wide}")))
    assert done.overfull <= 2


def test_long_closed_forms_break_within_the_line(set_page: Setter) -> None:
    form = "e^(sqrt(2)/2)/(1+e^(sqrt(2)/2)+2*e^(sqrt(2)))"
    rows = f"[[{form}, 0], [{form}+{form}*({form}), {form}]]"
    done = set_page(document(rf"\begin{{mistakes}}\texttt{{{latex.code(rows)}}}\end{{mistakes}}"))
    assert done.overfull <= 2
    assert rows.replace(" ", "") in "".join(done.pages[0].split())


def test_all_of_markdown_that_is_allowed_is_set(set_page: Setter) -> None:
    done = set_page(document(prose(ALL_ALLOWED)))
    seen = done.pages[0]
    assert done.complaints == []
    assert "<b>no HTML</b>" in seen
    assert "code(\"a--b\", 'c')" in seen
    assert 'return {"a": x}' in seen
    assert "\\end{listing} --- %" in seen


def test_a_listing_is_not_broken_over_pages(set_page: Setter) -> None:
    listing = prose("```\n" + "\n".join(f"line {number}" for number in range(30)) + "\n```")
    filler = "\n\n".join(["words"] * 25)
    done = set_page(document(f"{filler}\n\n{listing}"))
    assert len(done.pages) == 2
    assert "line 0" in done.pages[1]
    assert "line 29" in done.pages[1]


def test_equal_sources_give_equal_bytes(pdflatex: None, tmp_path: Path) -> None:  # noqa: ARG001
    source = write_pages(small_exam(), ["tex"])["student/paper.tex"]
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        typeset(source, tmp_path / name)
        made.append((tmp_path / name / "page.pdf").read_bytes())
    assert made[0] == made[1]
