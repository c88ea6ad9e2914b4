"""Formulas reach Typst whole, and nothing but formulas does."""

import re
from pathlib import Path

import pytest

import examgen.resources
from examgen.documents.items import lay_out_item
from examgen.documents.keys import add_key
from examgen.documents.notation.checking import ENVIRONMENTS, WORDS
from examgen.documents.templates import fill
from examgen.documents.typst import prose
from examgen.documents.typst.formulas import formula
from examgen.faults import Fault
from tests.documents.typst.notation import LINES, UNKNOWN_TO_THE_ORACLE
from tests.documents.typst.structure import by_mathml, by_typst
from tests.families.drawn import CASES, item


def test_every_word_of_the_house_notation_is_tried() -> None:
    tried = "\n".join((*LINES, *UNKNOWN_TO_THE_ORACLE))
    assert set(re.findall(r"\\(operatorname\*|[A-Za-z]+)", tried)) == WORDS
    assert set(re.findall(r"\\begin\{(\w+)\}", tried)) == ENVIRONMENTS


def test_typst_reads_what_another_reader_of_tex_does(typst: None) -> None:  # noqa: ARG001
    for tex, read in zip(LINES, by_typst(map(formula, LINES)), strict=True):
        assert read == by_mathml(tex), tex


def test_typst_reads_every_formula_of_every_family_as_another_reader_does(
    typst: None,  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: dict[str, str] = {}

    def noted(source: str) -> str:
        return seen.setdefault(source, formula(source))

    monkeypatch.setattr(prose, "formula", noted)
    prose.prose.cache_clear()
    for family, level in CASES:
        drawn = item(family, level, 1)
        fill("typst", "typst/items.typ.jinja", items=[add_key(lay_out_item(drawn), drawn)])
    assert len(seen) > 500
    for tex, read in zip(seen, by_typst(seen.values()), strict=True):
        assert read == by_mathml(tex), tex


def test_what_the_oracle_does_not_know_is_set_all_the_same(typst: None) -> None:  # noqa: ARG001
    assert len(by_typst(map(formula, UNKNOWN_TO_THE_ORACLE))) == len(UNKNOWN_TO_THE_ORACLE)


@pytest.mark.parametrize(
    ("tex", "written"),
    [
        ("a/b", r"a \/ b"),
        ("f(x, y)", r"f \( x \, y \)"),
        (r"\frac{a,b}{c;d}", r"frac(a \, b, c \; d)"),
        (
            r"\begin{bmatrix} 1{,}000 & x: y \end{bmatrix}",
            'mat(delim: "[", 1 class("normal", \\,) 000, x \\: y)',
        ),
        ("xy12", "x y 12"),
        ("x^12", "x^(1) 2"),
        (r"\operatorname{ReLU}", 'op("ReLU")'),
        (r'\text{say "no\_"}', r'"say \"no_\""'),
        ("W_{}", 'W_("")'),
        (r"\lt \left< x \right>", r"\< lr(\⟨ x \⟩)"),
    ],
)
def test_no_shorthand_of_typst_acts(tex: str, written: str) -> None:
    assert formula(tex) == written


def test_no_function_of_the_skeletons_hides_one_of_formulas() -> None:
    folder = Path(examgen.resources.folder("templates")) / "typst"
    defined = {
        name
        for path in folder.iterdir()
        for name in re.findall(r"^#let ([a-z-]+)", path.read_text(), re.MULTILINE)
    }
    written = " ".join(map(formula, (*LINES, *UNKNOWN_TO_THE_ORACLE)))
    words = re.sub(r'"(?:[^"\\\\]|\\\\.)*"', "", written)
    used = set(re.findall(r"[a-z]{2,}", words))
    assert {"mat", "wide", "quad", "within"} <= used
    assert defined & used == {"within"}


def test_fractions_in_matrices_are_in_full_size() -> None:
    assert "display(frac(1, 2))" in formula(r"\begin{bmatrix} \frac{1}{2} & 1 \end{bmatrix}")


@pytest.mark.parametrize(
    ("tex", "found"),
    [
        (r"\fracc{1}{2}", r"\fracc"),
        (r"\not x", "no counterpart"),
        (r"\text{\alpha}", r"\alpha has no counterpart"),
        (r"\begin{array}{lr} 1 & 2 \end{array}", "array"),
        (r"\begin{array}{x} 1 \end{array}", "array"),
        (r"\left x \right)", "x has no counterpart"),
        ("a & b", "&"),
        (r"a \\ b", r"\\"),
        (r"\left( x", "nothing more"),
        (r"\left( { x \right) }", r"\right"),
        (r"x \right)", r"\right"),
        (r"x^2^3", "^"),
        (r"\frac{1}", "nothing more"),
        (r"\sqrt[3{x}", "nothing more"),
        ("^2", "^"),
    ],
)
def test_what_has_no_counterpart_is_refused(tex: str, found: str) -> None:
    with pytest.raises(Fault, match="formula") as caught:
        formula(tex)
    assert found in caught.value.found
