"""PDF by pdfLaTeX: in a folder of its own, without a shell, without clock and path."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from examgen.documents.fixed_layout import PAGE_HEIGHT
from examgen.documents.images import Images, put_beside
from examgen.documents.look import Style
from examgen.documents.pdf.engine import NONE, Typeset
from examgen.documents.pdf.outline import Corner
from examgen.faults import Fault

NEEDED = (
    *("fontenc.sty", "textcomp.sty", "lmodern.sty", "microtype.sty", "amsmath.sty"),
    *("amssymb.sty", "mathtools.sty", "array.sty", "booktabs.sty", "graphicx.sty"),
    *("xcolor.sty", "geometry.sty", "tikz.sty"),
)
"""The files that every page loads."""
OF_STYLE: dict[Style, tuple[str, ...]] = {
    "article": ("article.cls", "fancyhdr.sty"),
    "exam": ("exam.cls",),
}
PACKAGES: dict[Style, str] = {"article": "texlive-latex-recommended", "exam": "texlive-latex-extra"}
COMMAND = ("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape")
STEADY = {
    "SOURCE_DATE_EPOCH": "0",
    "FORCE_SOURCE_DATE": "1",
    "max_print_line": "1000",
    # Neither read nor write outside the folder and TeX's own trees.
    "openin_any": "p",
    "openout_any": "p",
}
SCALED = 65536 * 72.27 / 72
"""TeX's unit of length in a point of 1/72 inch."""
PASSES = 4
"""More than the footer's count of pages needs."""
PATIENCE = 120
"""Seconds for one pass; a pass takes half a second."""
ERROR = re.compile(r"^! *(?P<what>.*)(?:\n(?!l\.\d).*)*?\nl\.(?P<line>\d+) ?(?P<text>.*)", re.M)


def cure(style: Style) -> str:
    """How to get what is missing."""
    return f"apt install {PACKAGES[style]} texlive-pictures lmodern (Debian, Ubuntu)"


def missing(style: Style) -> list[str]:
    """What LaTeX lacks for a style; pdflatex itself where there is none."""
    if shutil.which("pdflatex") is None:
        return ["pdflatex"]
    if shutil.which("kpsewhich") is None:
        return []
    files = (*OF_STYLE[style], *NEEDED)
    done = subprocess.run(["kpsewhich", *files], capture_output=True, text=True, check=False)
    found = {Path(line).name for line in done.stdout.splitlines()}
    return [file for file in files if file not in found]


class PdfLatex:
    """pdfLaTeX, as often as its cross-references need."""

    name: ClassVar = "latex"
    title: ClassVar = "pdfLaTeX"
    source: ClassVar = "tex"

    def typeset(self, source: str, name: str, images: Images = NONE) -> Typeset:
        """The PDF; where TeX finds an error the folder with source and log is kept and named."""
        folder = Path(tempfile.mkdtemp(prefix="examgen-"))
        (folder / "page.tex").write_text(source, encoding="utf-8")
        put_beside(images, folder)
        run(folder, name)
        result = Typeset((folder / "page.pdf").read_bytes(), tuple(corners(folder)))
        shutil.rmtree(folder)
        return result


def corners(folder: Path) -> Iterator[Corner]:
    """Where TeX put the boxes of a fixed layout: it counts in 65536ths of its points, upwards."""
    written = folder / "page.regions"
    if not written.exists():
        return
    for line in written.read_text(encoding="ascii").splitlines():
        label, which, page, x, y = line.split()
        yield Corner(label, which, int(page), int(x) / SCALED, PAGE_HEIGHT - int(y) / SCALED)


def run(folder: Path, name: str) -> None:
    """Run pdflatex until what it wrote for the next pass stays the same."""
    before = b""
    for _ in range(PASSES):
        one_pass(folder, name)
        after = (folder / "page.aux").read_bytes()
        if after == before:
            return
        before = after


def one_pass(folder: Path, name: str) -> None:
    """One pass; raises `Fault` with TeX's first error."""
    try:
        done = subprocess.run(
            [*COMMAND, "page"],
            cwd=folder,
            env={**os.environ, **STEADY},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Fault(name, f"pdflatex had not finished after {PATIENCE} s", kept(folder)) from None
    if done.returncode:
        log = (folder / "page.log").read_text(encoding="utf-8", errors="replace")
        raise Fault(name, first_error(log), kept(folder))


def first_error(log: str) -> str:
    """TeX's first error and the line of the source where it stopped."""
    found = ERROR.search(log)
    if found is None:
        bare = re.search(r"^! *(.*)", log, re.M)
        return f"LaTeX stopped: {bare[1] if bare else 'its log says no more'}"
    return f"LaTeX, line {found['line']}: {found['what']} at {found['text'].strip()!r}"


def kept(folder: Path) -> str:
    """Where to look further."""
    return f"source and log are kept as {folder / 'page.tex'} and page.log"
