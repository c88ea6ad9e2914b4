"""PDF by Typst."""

import re
import tempfile
from pathlib import Path

import pytest

from examgen.documents.escaping import typst as escaping
from examgen.documents.pages import write_pages
from examgen.documents.paper import lay_out
from examgen.documents.pdf.engine import typeset_all
from examgen.documents.pdf.typst import Typst
from examgen.documents.templates import fill
from examgen.documents.typst.prose import prose
from examgen.faults import Fault
from examgen.questions.levels import LEVELS, Level
from tests.documents.exams import HOSTILE, full_exam, small_exam, titled
from tests.documents.typeset import ALL_ALLOWED, read_pdf

ENGINE = Typst()
pytestmark = pytest.mark.usefixtures("typst")


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is left of failures within the test's own folder."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def document(body: str) -> str:
    """A document with our preamble."""
    preamble = fill("typst", "typst/preamble.typ.jinja", page=lay_out(small_exam()))
    return f"{preamble}\n{body}\n"


def test_equal_pages_give_equal_bytes_that_know_no_clock() -> None:
    sources = write_pages(small_exam(), ["typ"])
    sources = {path: text for path, text in sources.items() if path.endswith("typ")}
    once, again = typeset_all(ENGINE, sources), typeset_all(ENGINE, sources)
    assert list(once) == ["student/paper.pdf", "instructor/key.pdf"]
    assert once == again
    for page in (each.pdf for each in once.values()):
        assert page.startswith(b"%PDF-")
        assert b"CreationDate" not in page
        assert b"CreateDate" not in page
        assert b"/tmp" not in page


@pytest.mark.tex
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "page", ["student/paper.typ", "instructor/key.typ", "instructor/solutions.typ"]
)
def test_an_item_of_every_family_is_set_with_its_labels(
    level: Level,
    page: str,
    pdftotext: None,  # noqa: ARG001
) -> None:
    """PDF/UA-1 has every formula described, every glyph in a font, and headings in order."""
    exam = full_exam(level, "typeset")
    sources = write_pages(exam, ["typ"], solutions=True)
    pages = read_pdf(ENGINE.typeset(sources[page], "page").pdf).pages
    for number, text in enumerate(pages, start=1):
        assert f"Exam {exam.id}, form A" in text
        assert f"Page {number} of {len(pages)}" in text
    for part in exam.parts:
        assert re.search(rf"\b{part.label}\b", "".join(pages))


@pytest.mark.tex
@pytest.mark.parametrize("page", ["student/paper.typ", "instructor/key.typ"])
def test_hostile_titles_are_set_as_they_are_written(page: str, pdftotext: None) -> None:  # noqa: ARG001
    text = " ".join(HOSTILE)
    made = ENGINE.typeset(write_pages(titled(text), ["typ"])[page], "page")
    seen = " ".join(" ".join(read_pdf(made.pdf).pages).split())
    for said in (
        "/etc/passwd",
        "<script>alert(1)</script>",
        "a_b^c~d#e&f{g}h",
        "Жук",
        "U+6570",
        "Łódź",
    ):
        assert said in seen


def test_every_printable_character_that_is_let_through_has_a_glyph() -> None:
    characters = [chr(code) for code in range(0x20, 0x3000)]
    shown = [each for each in characters if escaping.printed(each) == each]
    assert len(shown) > 300
    lines = (f"{escaping.escape(each)} {escaping.code(each)}" for each in shown)
    ENGINE.typeset(document("\n\n".join(lines)), "page")


@pytest.mark.tex
def test_all_of_markdown_that_is_allowed_is_set(pdftotext: None) -> None:  # noqa: ARG001
    seen = read_pdf(ENGINE.typeset(document(prose(ALL_ALLOWED)), "page").pdf).pages[0]
    assert "<b>no HTML</b>" in seen
    assert "code(\"a--b\", 'c')" in seen
    assert 'return {"a": x}' in seen
    assert "\\end{listing} --- %" in seen


def test_the_first_error_is_named_with_its_line_and_the_source_is_kept() -> None:
    with pytest.raises(Fault, match=r"student/paper: Typst, line 2: unknown variable: x") as caught:
        ENGINE.typeset("Fine.\n#x\n#y", "student/paper")
    found = re.search(r"kept as (\S+)", caught.value.allowed)
    assert found
    assert Path(found[1]).read_text() == "Fine.\n#x\n#y"


@pytest.mark.parametrize(
    "body", ['#read("/etc/passwd")', '#read("../secret")', '#import "@preview/a:1.0.0"']
)
def test_no_page_reads_outside_its_folder(body: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    with pytest.raises(Fault):
        ENGINE.typeset(body, "paper")
