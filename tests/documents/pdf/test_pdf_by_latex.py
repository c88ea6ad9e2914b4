"""PDF by pdfLaTeX."""

import re
import tempfile
from pathlib import Path
from typing import get_args

import pytest

from examgen.documents.look import Look, Style
from examgen.documents.pages import write_pages
from examgen.documents.pdf import latex
from examgen.documents.pdf.engine import typeset_all
from examgen.faults import Fault
from tests.documents.exams import small_exam
from tests.documents.typeset import read_pdf

pytestmark = pytest.mark.tex
ENGINE = latex.PdfLatex()


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is left of failures within the test's own folder."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def article(body: str) -> str:
    return f"\\documentclass{{article}}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"


def kept_folder(fault: Fault) -> Path:
    found = re.search(r"kept as (\S+)page\.tex", fault.allowed)
    assert found
    return Path(found[1])


def test_equal_pages_give_equal_bytes(pdflatex: None) -> None:  # noqa: ARG001
    sources = write_pages(small_exam(), ["tex"])
    sources = {path: text for path, text in sources.items() if path.endswith("tex")}
    once, again = typeset_all(ENGINE, sources), typeset_all(ENGINE, sources)
    assert list(once) == ["student/paper.pdf", "instructor/key.pdf"]
    assert once == again
    for page in (each.pdf for each in once.values()):
        assert page.startswith(b"%PDF-")
        assert str(Path.home()).encode() not in page
        assert b"/CreationDate" not in page
        assert b"/tmp" not in page


def test_the_first_error_is_named_with_its_line_and_source_and_log_are_kept(
    pdflatex: None,  # noqa: ARG001
) -> None:
    with pytest.raises(Fault, match=r"student/paper: LaTeX, line 4: Undefined control") as caught:
        ENGINE.typeset(article("Fine.\n\\nonsense here"), "student/paper")
    assert "'\\\\nonsense'" in caught.value.found
    folder = kept_folder(caught.value)
    assert "\\nonsense" in (folder / "page.tex").read_text()
    assert "Undefined control sequence" in (folder / "page.log").read_text()


def test_a_page_that_ends_too_early_is_an_error(pdflatex: None) -> None:  # noqa: ARG001
    with pytest.raises(Fault, match="LaTeX stopped"):
        ENGINE.typeset("\\documentclass{article}\\begin{document}never ended", "paper")


@pytest.mark.parametrize(
    "body",
    [
        r"\input{/etc/passwd}",
        r"\input{../secret}",
        r"\newwrite\w \immediate\openout\w=/tmp/examgen-was-here \immediate\write\w{x}",
    ],
)
def test_no_page_reads_or_writes_outside_its_folder(body: str, pdflatex: None) -> None:  # noqa: ARG001
    with pytest.raises(Fault):
        ENGINE.typeset(article(body), "paper")
    assert not Path("/tmp/examgen-was-here").exists()


def test_no_page_runs_a_program(pdflatex: None, tmp_path: Path) -> None:  # noqa: ARG001
    trace = tmp_path / "trace"
    ENGINE.typeset(article(rf"\immediate\write18{{touch {trace}}} x"), "paper")
    assert not trace.exists()


@pytest.mark.parametrize("style", get_args(Style))
def test_the_files_asked_for_are_those_that_the_pages_load(style: Style) -> None:
    source = write_pages(small_exam(), ["tex"], look=Look(style=style))["student/paper.tex"]
    loaded = {
        f"{name}.sty"
        for names in re.findall(r"\\usepackage(?:\[[^\]]*\])?\{([^}]*)\}", source)
        for name in names.split(",")
    }
    assert loaded | {f"{style}.cls"} == {*latex.NEEDED, *latex.OF_STYLE[style]} | {"inputenc.sty"}


def test_without_tikz_only_the_figures_are_missing(pdflatex: None) -> None:  # noqa: ARG001
    source = write_pages(small_exam(), ["tex"])["student/paper.tex"]
    assert r"\begin{tikzpicture}" in source
    bare = source.replace("{tikz.sty}", "{not-there.sty}")
    seen = "".join(read_pdf(ENGINE.typeset(bare, "paper").pdf).pages)
    assert "needs the LaTeX package TikZ" in seen
    assert "2h" in seen
