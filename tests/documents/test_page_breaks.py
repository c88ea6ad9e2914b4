"""Where the pages of printed keys end: nothing stands alone that belongs to something else."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from examgen.documents.layout import Document
from examgen.documents.pdf.typst import Typst
from examgen.documents.templates import fill
from tests.documents.exams import together
from tests.documents.typeset import Typeset, read_pdf, typeset

pytestmark = pytest.mark.tex
LEADS_ON = re.compile(r"Answer\b|Typical mistakes|[0-9]+[a-z]? \(|.*:$")
"""The last line of what goes on below it."""
LABEL = re.compile(r"[0-9]+[a-z]? \(|[0-9]+[a-z] |Typical mistakes|Multiple choice|Long questions")
BULLET = "•"
MISTAKE = f"{BULLET} If you got"
WAYS = ("latex", "latex/exam", "typst")


@lru_cache(maxsize=1)
def keys() -> Document:
    """The keys of several midterms."""
    return together(range(5), "key")


@pytest.fixture(params=WAYS)
def printed(request: pytest.FixtureRequest, tmp_path: Path) -> Typeset:
    """The keys as they are printed."""
    request.getfixturevalue("pdftotext")
    if request.param == "typst":
        request.getfixturevalue("typst")
        source = fill("typst", "typst/key.typ.jinja", page=keys())
        return read_pdf(Typst().typeset(source, "key").pdf)
    request.getfixturevalue("pdflatex")
    source = fill("latex", f"{request.param}/key.tex.jinja", page=keys())
    return typeset(source, tmp_path, passes=1)


def lines(page: str) -> list[str]:
    """What stands on a page between its header and its footer."""
    return [line.strip() for line in page.splitlines() if line.strip()][1:-1]


def begun(page: list[str]) -> Iterator[str]:
    """The mistakes at the top of a page, whose list began on the page before."""
    for line in page:
        if LABEL.match(line):
            return
        if line.startswith(BULLET):
            yield line


def test_nothing_on_a_page_only_leads_on_to_the_next(printed: Typeset) -> None:
    assert len(printed.pages) > 50
    assert [last for page in printed.pages if LEADS_ON.match(last := lines(page)[-1])] == []


def test_no_mistake_of_several_is_alone_on_a_page(printed: Typeset) -> None:
    tops = [list(begun(page)) for page in map(lines, printed.pages) if page[0].startswith(MISTAKE)]
    assert len(tops) > 3
    assert [top for top in tops if len(top) == 1] == []
