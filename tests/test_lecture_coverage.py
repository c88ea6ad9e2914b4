"""The whole lecture is asked, each row in two ways at least, and the table says so."""

import pytest

from examgen.exams import catalog
from tests.lecture_coverage import PAGE, ROWS, asking, page, rows_of

OUTSIDE = {
    "confusion-rates",
    "knn-cosine",
    "matrix-power",
    "naive-bayes-posterior",
    "pagerank-step",
}
"""Families on what came before the lecture, of which it only says that the exam begins there."""


@pytest.mark.parametrize("row", ROWS)
def test_every_row_is_asked_twice(row: int) -> None:
    assert len(asking()[row]) >= 2, [each.id for each in asking()[row]]


def test_every_family_says_what_it_asks() -> None:
    shipped = [each for each in catalog.entries().values() if not each.bank]
    assert {each.id for each in shipped if not rows_of(each.tags)} == OUTSIDE


def test_the_table_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make coverage"


def test_tags_are_found_without_running_the_module() -> None:
    for name, entry in catalog.entries().items():
        declared = catalog.load(name).tags
        assert set(declared) <= set(entry.tags), name
        assert set(entry.tags) - set(declared) <= {catalog.CONCEPTUAL}, name


def test_a_row_that_there_is_not_is_refused() -> None:
    with pytest.raises(KeyError):
        rows_of(["conceptual", "lecture-28"])


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ('@family(title="A", minutes=1, tags=("a", "b-2"))\nclass A:\n', ("a", "b-2")),
        ('@family(\n    title="A (b)",\n    tags=("a",),\n)\nclass A:\n', ("a",)),
        ('@family(title="A", minutes=1)\nclass A:\n    tags=("a",)\n', ()),
        ("", ()),
    ],
)
def test_tags_are_those_of_the_declaration(text: str, tags: tuple[str, ...]) -> None:
    assert catalog.declared_tags(text) == tags
