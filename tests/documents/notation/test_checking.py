"""Formulas reach LaTeX whole, and nothing but formulas does."""

from random import Random

import pytest

from examgen.documents.notation.checking import formula, is_plainly_right, objections
from examgen.faults import Fault


@pytest.mark.parametrize(
    "text",
    [
        r"\frac{e}{1 + e}",
        r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}",
        r"a \le b, \{x\} \mid \lVert x \rVert \, \; \%",
        r"\operatorname*{arg\,max}_i x_i",
        r"\left\{ x \right\} \to \text{if it holds}",
        "x\n+ y",
        "(3, -17)",
        r"-2 \ln 3",
        r"\begin{bmatrix} -\infty & 3 \ln 2 \\ \ln 5 & 0 \end{bmatrix}",
    ],
)
def test_a_formula_passes_as_it_is(text: str) -> None:
    assert formula(text) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"\input{x}", r"\input"),
        (r"\write18{x}", r"\write"),
        (r"\csname input\endcsname", r"\csname"),
        (r"\def\x{}", r"\def"),
        (r"\catcode`\%=12", r"\catcode"),
        (r"\usepackage{x}", r"\usepackage"),
        (r"x^^5cinput", "^^"),
        ("x $ y", "$"),
        ("x % y", "%"),
        ("x # y", "#"),
        ("x\n\ny", "empty line"),
        ("", "nothing"),
        ("σ", "'σ'"),
        (r"\frac{1}{2", "not closed"),
        ("}{", "closes nothing"),
        (r"\begin{bmatrix} 1 \end{pmatrix}", "closes nothing"),
        (r"{\begin{cases} 1 } \end{cases}", "closes nothing"),
        (r"\begin{document}", "document"),
        (r"\begin{verbatim} \end{verbatim}", "verbatim"),
        (r"\fracc{1}{2}", r"\frac?"),
        ("x\\", "a backslash at its end"),
        (r"\begin{bmatrix} 1 & 2 \\3 \end{bmatrix", "bmatrix"),
        (r"\begin{bmatrix} 1 & \3 \end{bmatrix}", r"\3"),
        ("1, 2\\", "a backslash at its end"),
    ],
)
def test_what_is_more_or_less_than_a_formula_is_refused(text: str, found: str) -> None:
    with pytest.raises(Fault, match=r"formula") as caught:
        formula(text)
    assert found in str(caught.value) or found in caught.value.found + caught.value.allowed


def test_escaped_braces_do_not_count_as_groups() -> None:
    assert formula(r"\{ x \\ {y}") == r"\{ x \\ {y}"
    with pytest.raises(Fault, match="not closed"):
        formula(r"{ x \}")


def test_the_last_line_break_of_rows_is_dropped() -> None:
    source = "\\begin{aligned}\n  a &= 1 \\\\\n  b &= 2 \\\\\n\\end{aligned}"
    assert formula(source) == "\\begin{aligned}\na &= 1 \\\\\nb &= 2\n\\end{aligned}"
    assert formula("\\begin{cases}\nx\n\\\\\n\\end{cases}") == "\\begin{cases}\nx\n\\end{cases}"


def test_rows_with_fractions_are_set_apart() -> None:
    rows = r"\begin{bmatrix} \frac{1}{2} & 1 \\ 2 & 3 \\[9pt] 4 & 5 \end{bmatrix}"
    written = rows.replace(r"1 \\", r"1 \\\noalign{\vskip 3pt}").replace(r"\frac", r"\dfrac")
    assert formula(rows) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"\frac12", r"\frac12"),
        (r"\begin{bmatrix} \frac12 \end{bmatrix}", r"\begin{bmatrix} \dfrac12 \end{bmatrix}"),
        (
            r"\begin{bmatrix} -\frac{1}{2} & 3 \\ \infty & \frac{5}{7} \end{bmatrix}",
            r"\begin{bmatrix} -\dfrac{1}{2} & 3 \\\noalign{\vskip 3pt} \infty & \dfrac{5}{7} "
            r"\end{bmatrix}",
        ),
        (
            r"\begin{bmatrix} \frac{1}{1 + \frac12} & x^{\frac12} \end{bmatrix} + \frac12",
            r"\begin{bmatrix} \dfrac{1}{1 + \frac12} & x^{\frac12} \end{bmatrix} + \frac12",
        ),
        (
            r"\begin{pmatrix} \{ \frac12 \} \end{pmatrix}",
            r"\begin{pmatrix} \{ \dfrac12 \} \end{pmatrix}",
        ),
        (r"\begin{cases} \frac12 & x \end{cases}", r"\begin{cases} \frac12 & x \end{cases}"),
    ],
)
def test_the_entries_of_a_matrix_have_fractions_of_full_size(text: str, written: str) -> None:
    assert formula(text) == written


PIECES = (
    *(
        "a",
        "1",
        " ",
        "-",
        "\\",
        "\\\\",
        "{",
        "}",
        "{",
        "}",
        r"\{",
        r"\}",
        r"\frac{1}{2}",
        "\n",
        "$",
        r"\$",
    ),
    *(
        r"\begin{bmatrix}",
        r"\end{bmatrix}",
        r"\begin{aligned}",
        r"\end{aligned}",
        r"\begin {array}",
    ),
    *(
        r"\begin{foo}",
        r"\end{foo}",
        r"\begin",
        "end",
        "%",
        "#",
        "^^",
        "é",
        "\x01",
        r"\cdot ",
        r"\foo ",
        "&",
    ),
)


def test_quick_looks_pass_nothing_to_which_there_are_objections() -> None:
    rng = Random(1)
    passed = 0
    for _ in range(20_000):
        inside = "".join(rng.choices(PIECES, k=rng.randint(0, 5)))
        text = rng.choice((inside, rf"\begin{{bmatrix}}{inside}\end{{bmatrix}}")).strip()
        if is_plainly_right(text):
            passed += 1
            assert not list(objections(text)), text
    assert passed > 1_000
