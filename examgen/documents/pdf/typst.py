"""PDF by Typst, a Python package: in this process, with the fonts that it brings."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from examgen.documents.images import Images, put_beside
from examgen.documents.pdf.engine import NONE, Typeset
from examgen.documents.pdf.outline import Corner
from examgen.faults import Fault

if TYPE_CHECKING:
    import typst

ERROR = re.compile(r"error: (?P<what>.*)\n[^\n]*\.typ:(?P<line>\d+):")
MARK = "<region>"
SERIES = "0.15."
"""Typst renames things from one series to the next."""


def missing() -> list[str]:
    """What there is not: the package, or the series of it that the pages are written for."""
    try:
        installed = version("typst")
    except PackageNotFoundError:
        return ["the package typst"]
    return [] if installed.startswith(SERIES) else [f"typst {SERIES}x, but {installed}"]


class Typst:
    """Typst, as the package typst."""

    name: ClassVar = "typst"
    source: ClassVar = "typ"

    @property
    def title(self) -> str:
        """Its name and version."""
        return f"Typst {version('typst')}"

    def typeset(self, source: str, name: str, images: Images = NONE) -> Typeset:
        """The PDF, tagged for screen readers (PDF/UA-1); formulas are read as their TeX."""
        import typst

        folder = Path(tempfile.mkdtemp(prefix="examgen-"))
        page = folder / "page.typ"
        page.write_text(source, encoding="utf-8")
        put_beside(images, folder)
        try:
            compiler = typst.Compiler(str(page), root=str(folder), ignore_system_fonts=True)
            pdf = compiler.compile(pdf_standards=["ua-1"])
            found = corners(compiler) if MARK in source else ()
        except typst.TypstError as error:
            reason = first_error(error.message, error.diagnostic)
            raise Fault(name, reason, f"the source is kept as {page}") from error
        shutil.rmtree(folder)
        assert isinstance(pdf, bytes)
        return Typeset(pdf, found)


def corners(compiler: typst.Compiler) -> tuple[Corner, ...]:
    """Where Typst put the boxes of a fixed layout."""
    return tuple(Corner(*each) for each in json.loads(compiler.query(MARK, field="value")))


def first_error(message: str, diagnostic: str) -> str:
    """Typst's first error and its line."""
    place = ERROR.search(diagnostic)
    return f"Typst, line {place['line']}: {place['what']}" if place else f"Typst stopped: {message}"
