"""`examgen doctor`: what is here, and the cure for what is not."""

from pathlib import Path

import pytest

from tests.cli.running import examgen


@pytest.mark.tex
@pytest.mark.usefixtures("pdflatex", "typst")
def test_what_is_here_is_named_with_its_version() -> None:
    done = examgen("doctor", "--json")
    assert done.code == 0
    tools = {each["name"]: each for each in done.json["tools"]}
    assert list(tools) == ["LaTeX", "LaTeX, class exam", "Typst"]
    assert "pdfTeX" in tools["LaTeX"]["version"]
    assert tools["Typst"]["version"].startswith("typst 0.15.")
    assert not any(each["cure"] for each in tools.values())
    assert "PDF is set by LaTeX." in done.err


def test_what_is_not_here_has_a_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("examgen.documents.pdf.typst.missing", lambda: ["the package typst"])
    done = examgen("doctor")
    assert done.code == 1
    assert done.out.count("not here (no pdflatex)") == 2
    assert "apt install texlive-latex-extra texlive-pictures lmodern" in done.out
    assert 'pip install "examgen-ml[pdf]"' in done.out
    assert "No PDF can be set." in done.out
