"""Which PDF engines are here, and how to get the others."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

from examgen.documents.look import Style
from examgen.documents.pdf import latex, typst
from examgen.documents.pdf.choosing import PIP

OF_STYLE: dict[Style, tuple[str, str]] = {
    "article": ("LaTeX", "PDF"),
    "exam": ("LaTeX, class exam", "PDF with --style exam"),
}


@dataclass(frozen=True)
class Presence:
    """A tool, what it is for, and its version or what it lacks and the cure."""

    name: str
    purpose: str
    version: str
    lacks: tuple[str, ...] = ()
    cure: str = ""

    @property
    def is_here(self) -> bool:
        """Whether it can be used."""
        return not self.lacks


def engines() -> Iterator[Presence]:
    """The PDF engines, in the order in which they are preferred."""
    for style, (name, purpose) in OF_STYLE.items():
        lacks = tuple(latex.missing(style))
        found = "" if "pdflatex" in lacks else latex_version()
        yield Presence(name, purpose, found, lacks, latex.cure(style) if lacks else "")
    lacks = tuple(typst.missing())
    found = "" if lacks else f"typst {version('typst')}"
    yield Presence("Typst", "PDF without LaTeX", found, lacks, PIP if lacks else "")


def latex_version() -> str:
    """The first line of what pdflatex says of itself."""
    path = shutil.which("pdflatex") or "pdflatex"
    done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    return done.stdout.partition("\n")[0]
