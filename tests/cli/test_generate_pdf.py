"""`examgen generate --format pdf`."""

import json
from pathlib import Path

import pytest

from tests.cli.running import examgen


@pytest.mark.tex
def test_the_engine_is_named_and_only_what_was_asked_is_written(
    pdflatex: None,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    done = examgen(
        *("generate", "-o", tmp_path, "--seed", "1", "--format", "md,pdf"),
        *("--pdf-engine", "latex", "--json"),
    )
    assert done.code == 0
    assert "PDF: pdfLaTeX" in done.err
    assert done.json["pdf_engine"] == "latex"
    assert {path.name for path in (tmp_path / "student").iterdir()} == {
        *("paper.md", "paper.pdf", "answers.txt", "figures")
    }
    assert (tmp_path / "instructor" / "key.pdf").read_bytes().startswith(b"%PDF-")


def test_without_an_engine_the_cure_is_said_and_nothing_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = examgen("generate", "-o", tmp_path / "exam", "--format", "pdf", "--pdf-engine", "latex")
    assert done.code == 3
    assert "no pdflatex" in done.err
    assert "apt install texlive-latex-recommended texlive-pictures lmodern" in done.err
    assert not (tmp_path / "exam").exists()


def test_without_latex_typst_sets_the_pages(
    typst: None,  # noqa: ARG001
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = examgen("generate", "-o", tmp_path / "exam", "--seed", "1", "--format", "typ,pdf")
    assert done.code == 0
    assert "PDF: Typst 0.15." in done.out
    assert (tmp_path / "exam" / "student" / "paper.typ").exists()
    assert (tmp_path / "exam" / "instructor" / "key.pdf").read_bytes().startswith(b"%PDF-")


def test_without_any_engine_both_cures_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("examgen.documents.pdf.typst.missing", lambda: ["the package typst"])
    done = examgen("generate", "-o", tmp_path / "exam", "--format", "pdf")
    assert done.code == 3
    assert 'pip install "examgen-ml[pdf]" or apt install texlive' in done.err


@pytest.mark.usefixtures("typst")
def test_all_forms_of_a_class_share_one_outline(tmp_path: Path) -> None:
    folder = tmp_path / "exam"
    options = ("--seed", "1", "--format", "pdf", "--pdf-engine", "typst", "--layout", "fixed")
    done = examgen("generate", "-o", folder, "--forms", "2", "--jobs", "1", *options)
    assert done.code == 0, done.err
    assert "PDF: Typst" in done.out
    outline = json.loads((folder / "instructor" / "regions.json").read_text())
    assert outline["pages"] % 2 == 0
    assert not list(folder.glob("*/*/regions.json"))
    other = examgen(
        *(
            "generate",
            "-o",
            folder,
            "--forms",
            "3",
            "--jobs",
            "1",
            *options,
            "--answer-space",
            "5cm",
        )
    )
    assert other.code == 2
    assert "form C has its answer boxes elsewhere" in other.err


@pytest.mark.parametrize("space", ["2", "0.1in", "9in", "two inches", "1e9in"])
def test_an_answer_space_that_cannot_be_is_said(space: str, tmp_path: Path) -> None:
    done = examgen(
        "generate", "-o", tmp_path / "exam", "--layout", "fixed", "--answer-space", space
    )
    assert done.code == 2
    assert "allowed are 1cm to 8.1in" in done.err


def test_the_style_exam_is_latex_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "exam"
    asked = ("generate", "-o", folder, "--style", "exam")
    typst = examgen(*asked, "--format", "pdf", "--pdf-engine", "typst")
    assert typst.code == 2
    assert "the style exam is LaTeX's" in typst.err
    fixed = examgen(*asked, "--layout", "fixed")
    assert fixed.code == 2
    assert "--style" in fixed.err
    monkeypatch.setenv("PATH", str(tmp_path))
    missing = examgen(*asked, "--format", "pdf")
    assert missing.code == 3
    assert "apt install texlive-latex-extra" in missing.err
    assert examgen(*asked, "--seed", "1", "--format", "tex").code == 0
    assert "{exam}" in (folder / "student" / "paper.tex").read_text().splitlines()[0]
