"""Authored Markdown as LaTeX."""

import pytest

from examgen.documents.latex.prose import prose
from examgen.faults import Fault


@pytest.mark.parametrize(
    ("markdown", "tex"),
    [
        ("A **bold** and an *emphasised* word.", r"A \textbf{bold} and an \emph{emphasised} word."),
        ("50% of #1 & more_", r"50\% of \#1 \& more\_"),
        ("the shape $(1, 2)$", "the shape $(1, 2)$"),
        ("call `f(x)`", r"call \texttt{f(x)}"),
        ('a "b"', r"a \textquotedblleft{}b\textquotedblright{}"),
        ("one\ntwo", "one\ntwo"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("one  \ntwo", "one\\\\\ntwo"),
        ("- a\n- b", "\\begin{itemize}\n\\item a\n\\item b\n\\end{itemize}"),
        ("1. a\n2. b", "\\begin{enumerate}\n\\item a\n\\item b\n\\end{enumerate}"),
        ("<b>no</b> HTML", r"\textless{}b\textgreater{}no\textless{}/b\textgreater{} HTML"),
        ("&lt;&amp;", r"\textless{}\&"),
        ("", ""),
    ],
)
def test_markdown_becomes_latex(markdown: str, tex: str) -> None:
    assert prose(markdown) == tex


def test_a_display_belongs_to_the_paragraph_around_it() -> None:
    assert prose("So\n\n$$\nx = 1\n$$\n\nand") == "So\n\\display{x = 1}\nand"


def test_a_listing_is_set_line_by_line() -> None:
    tex = prose("```python\nx = '1'\n\n\\end{listing}\n```")
    assert tex == (
        "\\begin{listing}\n"
        "\\codeline{x\\ =\\ \\textquotesingle{}1\\textquotesingle{}}\n"
        "\\codeline{}\n"
        "\\codeline{\\textbackslash{}end\\{listing\\}}\n"
        "\\end{listing}"
    )


def test_a_table_keeps_its_alignment() -> None:
    tex = prose("| a | b |\n|---|--:|\n| $x$ | 2 |\n|  | 3 |")
    assert "\\begin{tabular}{lr}" in tex
    assert "a & b \\\\\n\\midrule\n$x$ & 2 \\\\\n & 3 \\\\\n\\bottomrule" in tex


@pytest.mark.parametrize(
    ("markdown", "token"),
    [
        ("# heading", "heading_open"),
        ("> quote", "blockquote_open"),
        ("[a](b)", "link_open"),
        ("<https://x.example>", "link_open"),
        ("![a](b)", "image"),
        ("---", "hr"),
    ],
)
def test_what_latex_has_nothing_for_is_an_error_that_names_it(markdown: str, token: str) -> None:
    with pytest.raises(Fault, match=token):
        prose(markdown)


@pytest.mark.parametrize("markdown", ["5$", "$ x$", "$x$2", "text\n$$\nx\n$$"])
def test_a_dollar_that_opens_no_formula_is_an_error(markdown: str) -> None:
    with pytest.raises(Fault, match="formula"):
        prose(markdown)
