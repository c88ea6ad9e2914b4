"""Authored Markdown as Typst."""

import pytest

from examgen.documents.typst.prose import leading_on, prose
from examgen.faults import Fault


@pytest.mark.parametrize(
    ("markdown", "typ"),
    [
        (
            "A **bold** and an *emphasised* word.",
            r"A #strong[bold] and an #emph[emphasised] word\.",
        ),
        ("50% of #1 & more_", r"50% of \#1 & more\_"),
        ("the shape $(1, 2)$", r'the shape #m("(1, 2)", $\( 1 \, 2 \)$)'),
        ("so $x$(1); then", r'so #m("x", $x$)\(1\)\; then'),
        ("call `f(x)`", 'call #code("f(x)")'),
        ('a "b" `"`', r'a “b” #code("\"")'),
        ("one\ntwo", "one\ntwo"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("one  \ntwo", "one \\\ntwo"),
        ("- a\n- b", "#list(\n[a\n],\n[b\n],\n)"),
        ("1. a\n2. b", "#enum(\n[a\n],\n[b\n],\n)"),
        ("<b>no</b> HTML", r"\<b\>no\<\/b\> HTML"),
        ("don't // stop -- = 1. a", r"don’t \/\/ stop \-\- \= 1\. a"),
        ("", ""),
    ],
)
def test_markdown_becomes_typst(markdown: str, typ: str) -> None:
    assert prose(markdown) == typ


def test_a_display_is_described_by_its_tex() -> None:
    assert prose('So\n\n$$\n\\text{"a"} = 1\n$$') == (
        'So\n\n#d("\\\\text{\\"a\\"} = 1", $ "\\"a\\""\\= 1 $)'
    )


def test_a_listing_is_one_string() -> None:
    assert prose('```python\nx = "1"\n\n\\y\n```') == '#listing("x = \\"1\\"\\n\\n\\\\y")'


def test_a_table_has_its_columns_and_its_head() -> None:
    table = "| a | b |\n|:--|--:|\n| 1 | $x$ |"
    assert prose(table) == '#ruled((left,right,), ([a], [b],), [1], [#m("x", $x$)])'


@pytest.mark.parametrize("following", ["$$\nx\n$$", "```\nx\n```", "- x\n- y", "1. x\n2. y"])
def test_a_paragraph_stays_with_what_it_leads_on_to(following: str) -> None:
    written = leading_on(f"First.\n\nSo\n\n{following}\n\nLast.")
    assert written.startswith(f"First\\.\n\n#lead[So]\n{prose(following)}\n")
    assert written.endswith("\nLast\\.")


@pytest.mark.parametrize("markdown", ["# title", "> quote", "![a](b)", "[a](b)", "---", "5 $ and"])
def test_what_typst_has_nothing_for_is_refused(markdown: str) -> None:
    with pytest.raises(Fault):
        prose(markdown)
