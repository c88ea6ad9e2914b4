"""PDF by Typst, a Python package: in this process, with the fonts that it brings."""

from __future__ import annotations

import re
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import ClassVar

from examgen.faults import Fault

ERROR = re.compile(r"error: (?P<what>.*)\n[^\n]*\.typ:(?P<line>\d+):")
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

    def typeset(self, source: str, name: str) -> bytes:
        """The PDF, tagged for screen readers (PDF/UA-1); formulas are read as their TeX."""
        import typst

        folder = Path(tempfile.mkdtemp(prefix="examgen-"))
        try:
            compiler = typst.Compiler(root=folder, ignore_system_fonts=True)
            made = compiler.compile(source.encode(), pdf_standards=["ua-1"])
        except typst.TypstError as error:
            (folder / "page.typ").write_text(source, encoding="utf-8")
            found = first_error(error.message, error.diagnostic)
            raise Fault(name, found, f"the source is kept as {folder / 'page.typ'}") from error
        folder.rmdir()
        assert isinstance(made, bytes)
        return made


def first_error(message: str, diagnostic: str) -> str:
    """Typst's first error and its line."""
    place = ERROR.search(diagnostic)
    return f"Typst, line {place['line']}: {place['what']}" if place else f"Typst stopped: {message}"
