"""MathML without what a browser takes for granted."""

import pytest

from examgen.documents.html.formulas import full_size, mathml, within_line


def inner(source: str, *, display: bool = False) -> str:
    """What stands in a formula, without its annotation."""
    written = mathml(source, display=display)
    written = written[written.index(">") + 1 : written.rindex("</math>")]
    return written.removeprefix("<semantics>").partition("<annotation")[0]


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("a + b", "<mi>a</mi><mo>+</mo><mi>b</mi>"),
        (r"2 \times x", "<mn>2</mn><mo>×</mo><mi>x</mi>"),
        (r"\sqrt{2 + x}", "<msqrt><mn>2</mn><mo>+</mo><mi>x</mi></msqrt>"),
        (
            r"\exp(-z)",
            "<mi>exp</mi><mo>\u2061</mo><mo stretchy=false>(</mo>"
            "<mo form=prefix>−</mo><mi>z</mi><mo stretchy=false>)</mo>",
        ),
    ],
)
def test_rows_and_defaults_go(source: str, written: str) -> None:
    assert inner(source) == written


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("x = -3", "<mi>x</mi><mo>=</mo><mn>−3</mn>"),
        ("-3x", "<mn>−3</mn><mi>x</mi>"),
        (r"2 \cdot -3", "<mn>2</mn><mo>⋅</mo><mn>−3</mn>"),
        ("e^{-18}", "<msup><mi>e</mi><mn>−18</mn></msup>"),
        ("-x", "<mo>−</mo><mi>x</mi>"),
        ("-3^2", "<mrow><mo>−</mo><msup><mn>3</mn><mn>2</mn></msup></mrow>"),
        ("n - 3", "<mi>n</mi><mo>−</mo><mn>3</mn>"),
    ],
)
def test_a_number_has_its_sign_but_no_minus_of_a_difference(source: str, written: str) -> None:
    assert inner(source) == written


def test_space_after_a_comma_is_the_commas() -> None:
    assert inner(r"a, \quad b") == "<mi>a</mi><mo rspace=1.17em>,</mo><mi>b</mi>"
    assert inner(r"a \quad b") == "<mi>a</mi><mspace width=1em /><mi>b</mi>"


@pytest.mark.parametrize(
    "source", ["x_1 + x_2", "w^\\top x", "a_1 = x'", "x_{12}", "h_k", "W^{(l)}"]
)
def test_what_a_copy_tells_needs_no_source(source: str) -> None:
    assert "annotation" not in mathml(source)


@pytest.mark.parametrize(
    "source", ["x_1 2", "d_k = 4", "x^2", "x^2 + 1", "X W_Q", "f^{(1)} x", "x_{-1} + 1", "x_i^2"]
)
def test_what_a_copy_hides_has_its_source(source: str) -> None:
    assert f">{source.replace(' ', '')}</annotation>" in mathml(source)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        (r"1 & 2 \ln 3", "<mn>2</mn><mo class=fn>ln</mo><mn>3</mn>"),
        (r"\ln 3 & 1", "<mo class=fn1>ln</mo><mn>3</mn>"),
        ("e^{1/2}", "<mn>1</mn><mo class=close>/</mo><mn>2</mn>"),
    ],
)
def test_less_space_is_a_class(source: str, written: str) -> None:
    assert written in inner(rf"\begin{{bmatrix}} {source} \end{{bmatrix}}")


def test_a_difference_is_not_read_as_a_sign() -> None:
    """Assistive technology takes the form of an operator at its word."""
    minus = "<mo>−</mo>"
    assert f"<mi>l</mi>{minus}<mn>1</mn>" in inner("h^{l-1}")
    assert f"<mi>n</mi>{minus}<mn>1</mn>" in inner(r"\frac{n - 1}{2}")
    assert "<mo>=</mo><mo form=prefix>−</mo><mi>x</mi>" in inner("y = -x")
    assert "<mo form=prefix>−</mo><mi>x</mi>" in inner(r"\lVert -x \rVert")


def test_brackets_have_no_space_of_their_own() -> None:
    assert "space" not in inner(
        r"x = \begin{bmatrix} 1 \end{bmatrix}, 2 \left[ \frac{1}{2} \right]"
    )


def test_fences_stay_with_what_they_stretch_to() -> None:
    """Only where nothing else in the row is tall are they no row of their own."""
    matrix = r"\begin{bmatrix} 1 \\ 2 \end{bmatrix}"
    cells = "<mtr><mtd><mn>1</mn></mtd></mtr><mtr><mtd><mn>2</mn></mtd></mtr>"
    fenced = f"<mo>[</mo><mtable>{cells}</mtable><mo>]</mo>"
    assert inner(f"x = {matrix}") == f"<mrow><mi>x</mi><mo>=</mo>{fenced}</mrow>"
    for beside in (r"\frac{1}{2}", "x_1", matrix, r"\sqrt{2}"):
        assert f"<mrow>{fenced}</mrow>" in inner(f"{beside} = {matrix}"), beside
    assert "<mrow><mo>(</mo><mfrac>" in inner(r"x^2 = \left( \frac{1}{2} \right)")


def test_tables_say_once_how_their_cells_are_set() -> None:
    aligned = inner(r"\begin{aligned} a &= 1 \\ &= 2 \end{aligned}", display=True)
    assert aligned.startswith("<mtable class=aligned><mtr><mtd><mi>a")
    cases = inner(r"\begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}", display=True)
    assert "<mtable class=cases><mtr><mtd><mn>1" in cases
    odd = inner(r"\begin{array}{rc} 1 & 2 \\ 3 & 4 \end{array}", display=True)
    assert "class" not in odd and odd.count("text-align: right") == 2, "nothing is lost"


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("12", "12"),
        (r"28 \times 22", "<span>28 × 22</span>"),
        ("(6, 13, 12)", "<span>(6, 13, 12)</span>"),
        ("(6,)", "<span>(6,)</span>"),
    ],
)
def test_numbers_sizes_and_shapes_are_text(source: str, written: str) -> None:
    assert within_line(source) == full_size(source) == written


@pytest.mark.parametrize("source", ["-12", "x", "(x, 2)", "(2)", "1 + 2", "1/2", "[1, 2]"])
def test_other_formulas_are_not(source: str) -> None:
    assert within_line(source) == mathml(source)


def test_only_what_grows_is_asked_to() -> None:
    assert full_size(r"\frac{1}{2}").startswith("<math class=full>")
    assert full_size("x") == mathml("x")


@pytest.mark.parametrize(
    ("source", "written"),
    [
        (r"1 & 2 \\ 3 & x", r"1&2\\3& x"),
        (r"1 &-2 \\ a &b", r"1&-2\\a&amp;b"),
        (r"1 \\ [2] \\ 2", r"1\\ [2]\\2"),
        (r"\frac{1}{x + 2} & \alpha x", r"\frac{1}{x+2}&\alpha x"),
        (r"2 \cdot 3 \text{ if } x & 1", r"2\cdot3\text{ if }x&1"),
    ],
)
def test_a_source_has_no_needless_space(source: str, written: str) -> None:
    """After an ampersand HTML might read a name, and TeX a length after a row."""
    kept = mathml(rf"\begin{{bmatrix}} {source} \end{{bmatrix}}")
    assert rf"\begin{{bmatrix}}{written}\end{{bmatrix}}</annotation>" in kept
