"""docs/templates.md tells the truth: its example is a folder that works in every format."""

import re
from base64 import b64decode
from pathlib import Path

import pytest

from examgen.documents.pdf.typst import Typst
from tests.cli.running import examgen
from tests.documents.readers import markdown_it

DOC = Path(__file__).resolve().parent.parent / "docs" / "templates.md"
FILE = re.compile(r"^`(my-course/[^`]+)`\n\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)
FILES = FILE.findall(DOC.read_text(encoding="utf-8"))
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mPQCJiGFTEMLQkARM5DgSMT"
    "SoIAAAAASUVORK5CYII="
)
SHIPPED = DOC.parent.parent / "templates"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's folder, and an exam drawn with it."""
    folder = tmp_path_factory.mktemp("templates")
    for name, text in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "my-course/images").mkdir()
    (folder / "my-course/images/logo.png").write_bytes(PNG)
    (folder / "my-course/images/unused.png").write_bytes(PNG)
    options = ("--seed", "t", "--templates", folder / "my-course", "--format", "md,html,tex,typ")
    done = examgen("generate", "-o", folder / "exam", *options)
    assert done.code == 0, done.err
    return folder


def read(desk: Path, name: str) -> str:
    return (desk / "exam" / name).read_text(encoding="utf-8")


def test_the_example_has_every_format() -> None:
    assert {Path(name).suffixes[0] for name, _ in FILES} >= {".md", ".html", ".tex", ".typ", ".svg"}


def test_html_has_logo_course_honour_and_rules(desk: Path) -> None:
    page = read(desk, "student/paper.html")
    assert '<svg xmlns=http://www.w3.org/2000/svg viewBox="0 0 60 60"' in page
    assert "<p class=course>CS 189: Introduction to Machine Learning\n" in page
    assert "<em>On my honour</em>, I have worked" in page
    assert page.index("id=instructions") < page.index("One sheet of notes")
    assert page.index("One sheet of notes") < page.index("id=questions")
    assert page.index("id=questions") < page.index("id=conventions")
    assert "<math><mi>log</mi></math>" in page


def test_markdown_has_course_honour_and_rules(desk: Path) -> None:
    page = read(desk, "student/paper.md")
    assert page.startswith(
        "![Our university](images/logo.png)\n\n"
        "# Practice Midterm\n\nCS 189: Introduction to Machine Learning\n\nName"
    )
    assert "\n*On my honour*, I have worked on this exam **alone**. Signed: ____" in page
    assert "\n\nOne sheet of notes, both sides; no calculator." in page
    assert r"\log" in markdown_it(page)


def test_latex_has_course_honour_and_rules(desk: Path) -> None:
    page = read(desk, "student/paper.tex")
    assert r"{\large CS 189: Introduction to Machine Learning\par}" in page
    assert r"{images/logo.png}\par" in page
    assert r"\emph{On my honour}, I have worked on this exam \textbf{alone}.\signed" in page
    assert page.index(r"\newcommand{\signed}") < page.index(r"\begin{document}")
    assert page.index("One sheet of notes") < page.index(r"\itemhead{Conventions}")


@pytest.mark.usefixtures("typst")
def test_typst_sets_course_honour_and_rules(desk: Path) -> None:
    page = read(desk, "student/paper.typ")
    assert r"CS 189\: Introduction to Machine Learning" in page
    assert "#emph[On my honour]" in page
    assert "One sheet of notes" in page
    logo = {"images/logo.png": PNG}
    assert Typst().typeset(page, "paper", logo).pdf.startswith(b"%PDF")


def test_the_images_that_pages_name_lie_beside_them(desk: Path) -> None:
    for room in ("student", "instructor"):
        found = list((desk / "exam" / room / "images").iterdir())
        assert [path.name for path in found] == ["logo.png"]
        assert found[0].read_bytes() == PNG


def test_the_key_lists_the_long_questions_first(desk: Path) -> None:
    key = read(desk, "instructor/key.md")
    assert key.index("## Long questions") < key.index("## Multiple choice")


def test_its_blocks_are_those_there_are() -> None:
    """Every block of a shipped page is in the table, and no other."""
    named = set(
        re.findall(r"`(\w+)`", DOC.read_text("utf-8").split("## The blocks")[1].split("\n\n")[1])
    )
    named -= {"html"}
    there = {
        block
        for path in SHIPPED.rglob("*.jinja")
        for block in re.findall(r"<% block (\w+) %>", path.read_text("utf-8"))
    }
    assert there - named == {"window", "skip"}  # the browser's title, the link past the front
    assert named <= there


def test_the_misspelt_block_is_said_as_it_is_shown(desk: Path) -> None:
    path = desk / "my-course/html/paper.html.jinja"
    text = path.read_text("utf-8")
    path.write_text(text.replace("block honour", "block honor"), "utf-8")
    done = examgen("generate", "-o", desk / "other", "--templates", desk / "my-course")
    path.write_text(text, "utf-8")
    assert done.code == 2
    shown = re.search(r"```text\nexamgen: my-course/(.*?) allowed: …", DOC.read_text("utf-8"))
    assert shown
    assert shown[1] in done.err
    assert not (desk / "other").exists()
