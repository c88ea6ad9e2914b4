"""Golden pages: one small exam in every format, byte for byte.

Where a page is meant to differ: `pytest tests/golden --renew-golden`, then look at `git diff`.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest

from examgen.documents.feedback import write_feedback
from examgen.documents.look import Look
from examgen.documents.pages import write_pages
from examgen.documents.platforms import FILES, write_platforms
from tests.documents.platforms.files import canvas
from tests.golden.exam import EXAM, SHEET

PAGES = Path(__file__).resolve().parent / "pages"


def pages() -> Mapping[str, str]:
    """All pages, by their names in `pages/`."""
    written = write_pages(EXAM, ["md", "html", "tex", "typ"])
    github = write_pages(EXAM, ["md"], look=Look(flavor="github"))
    found = {Path(name).name: text for name, text in written.items()}
    found |= {f"github-{Path(name).name}": github[name] for name in github if name.endswith("md")}
    exam = write_pages(EXAM, ["tex"], look=Look(style="exam"))
    found |= {f"exam-{Path(name).name}": exam[name] for name in exam if name.endswith("tex")}
    fixed = write_pages(EXAM, ["tex", "typ"], look=Look(layout="fixed"))
    found |= {f"fixed-paper.{each}": fixed[f"student/paper.{each}"] for each in ("tex", "typ")}
    found["solutions.md"] = write_pages(EXAM, ["md"], solutions=True)["instructor/solutions.md"]
    found["regions.json"] = fixed["instructor/regions.json"]
    for suffix in ("md", "html"):
        found[f"feedback.{suffix}"] = write_feedback(EXAM, SHEET, suffix, solutions=True)
    found |= for_platforms()
    return found


def for_platforms() -> Mapping[str, str]:
    """The files for learning platforms, those of Canvas's archive one by one."""
    questions = {Path(name).name: text for name, text in canvas(EXAM).items() if "xml" in name}
    (ident,) = questions.keys() - {"imsmanifest.xml", "assessment_meta.xml"}
    questions["canvas.xml"] = questions.pop(ident)
    return {**questions, "moodle.xml": str(write_platforms(EXAM, ["moodle"])[FILES["moodle"]])}


WRITTEN = pages()


@pytest.mark.parametrize("name", WRITTEN)
def test_the_page_is_as_it_was(name: str, renew_golden: bool) -> None:
    path = PAGES / name
    if renew_golden:
        path.write_bytes(WRITTEN[name].encode())
    golden = path.read_bytes().decode() if path.exists() else ""
    assert WRITTEN[name] == golden, "pytest tests/golden --renew-golden renews it"


def test_no_golden_page_is_left_over() -> None:
    assert {path.name for path in PAGES.iterdir()} == set(WRITTEN)


def test_they_are_small() -> None:
    assert sum(path.stat().st_size for path in PAGES.iterdir()) < 190_000
