"""Arrays: every notation, wrong entries, wrong shapes."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from examgen import answers
from examgen.answers import Judgement, Policy, Unordered, Verdict
from examgen.answers.judges.rounding import PERCENTAGE, ROUNDED, SIGN
from examgen.exact import NEG_INF, E, Shape, array, equal, exp, ln, ratio, sqrt

ARRAY = answers.kind("array")
SQUARE = [[1, 2], [3, 4]]
HALF = Fraction(1, 2)


def judge(key: str, text: str, policy: Policy = answers.EXACT) -> Judgement:
    return ARRAY.judge(ARRAY.parse(key), ARRAY.read(text), policy)


NOTATIONS: list[tuple[str, Any]] = [
    ("[[1,2],[3,4]]", SQUARE),
    ("[[1, 2], [3, 4]]", SQUARE),
    ("[ [ 1 , 2 ] , [ 3 , 4 ] ]", SQUARE),
    ("[[1, 2],\n [3, 4]]", SQUARE),
    ("[[1, 2,],[3, 4,],]", SQUARE),
    ("((1,2),(3,4))", SQUARE),
    ("[(1,2),(3,4)]", SQUARE),
    ("{{1,2},{3,4}}", SQUARE),
    ("[1 2; 3 4]", SQUARE),
    ("[1, 2; 3, 4]", SQUARE),
    ("[1,2;3,4;]", SQUARE),
    ("1 2; 3 4", SQUARE),
    ("1,2;3,4", SQUARE),
    ("1 2\n3 4", SQUARE),
    ("1, 2\n3, 4", SQUARE),
    ("1, 2,\n3, 4", [1, 2, 3, 4]),
    ("\n1 2\n\n3 4\n", SQUARE),
    ("1\t2\n3\t4", SQUARE),
    ("[1 2\n 3 4]", SQUARE),
    ("[1 2]\n[3 4]", SQUARE),
    ("[1, 2]\n[3, 4]", SQUARE),
    ("[1,2],[3,4]", SQUARE),
    ("[1,2], [3,4]", SQUARE),
    ("[[1 2] [3 4]]", SQUARE),
    ("[[1 2][3 4]]", SQUARE),
    ("[[1 2],[3 4]]", SQUARE),
    ("[[1 2]\n [3 4]]", SQUARE),
    ("[[1. 2.]\n [3. 4.]]", SQUARE),
    ("[[1.0, 2.0], [3.0, 4.0]]", SQUARE),
    ("array([[1, 2],\n       [3, 4]])", SQUARE),
    ("np.array([[1, 2], [3, 4]])", SQUARE),
    ("numpy.array([[1, 2], [3, 4]], dtype=float)", SQUARE),
    ("np.array([[1, 2], [3, 4]], dtype=np.float32)", SQUARE),
    ("np.matrix([[1, 2], [3, 4]])", SQUARE),
    ("np.matrix('1 2; 3 4')", SQUARE),
    ("np.array([[1, 3], [2, 4]]).T", SQUARE),
    ("tensor([[1, 2], [3, 4]])", SQUARE),
    ("tensor([[1., 2.],\n        [3., 4.]])", SQUARE),
    ("torch.tensor([[1, 2], [3, 4]], requires_grad=True)", SQUARE),
    ("tensor([[1., 2.], [3., 4.]], grad_fn=<MulBackward0>)", SQUARE),
    ("tensor([[1, 2], [3, 4]], device='cuda:0')", SQUARE),
    (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", SQUARE),
    (r"\begin{bmatrix}1&2\\3&4\\\end{bmatrix}", SQUARE),
    (r"\begin{pmatrix} 1 & 2 \\[2pt] 3 & 4 \end{pmatrix}", SQUARE),
    (r"$\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}$", SQUARE),
    (r"\left[\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array}\right]", SQUARE),
    (r"\left[ {\begin{array}{cc} 1 & 2 \\ 3 & 4 \\ \end{array} } \right]", SQUARE),
    (r"\left[{\begin{array}{*{20}{c}}{1}&{2}\\{3}&{4}\end{array}} \right]", SQUARE),
    (r"\left(\begin{matrix} 1 & 2 \\ 3 & 4 \end{matrix}\right)", SQUARE),
    ("W = [[1, 2], [3, 4]]", SQUARE),
    ("W_1 = 1 2; 3 4", SQUARE),
    ("A = B = [[1, 2], [3, 4]]", SQUARE),
    ("feature map:\n1 2\n3 4", SQUARE),
    ("Z → [[1, 2], [3, 4]]", SQUARE),
    ("w* = (X^T X)^-1 X^T y = 1/25 [[10,5],[5,5]] [10,-15] = (1,-1)", [1, -1]),
    ("2/4 X^T(0-y) = -1/2 (10, -15) = (-5, 7.5)", [-5, Fraction(15, 2)]),
    ("w - 0.3 g = [1, 2] - 0.5 [2, 4] = [0, 0]", [0, 0]),
    ("[[1, 2], [3, 4]] (after the activation)", SQUARE),
    ("[1/3, 2/3] (≈ [0.33, 0.67])", [Fraction(1, 3), Fraction(2, 3)]),
    ("(w_1, w_2) = (1, 2)", [1, 2]),
    (r"[w_1, w_2]^\top = [1, 2]", [1, 2]),
    ("[[1, 2], [3, 4]].", SQUARE),
    ("7b) [[1, 2], [3, 4]]", SQUARE),
    ("(b) [[1, 2], [3, 4]]", SQUARE),
    ("(e) 1 2; 3 4", SQUARE),
    ("`[[1, 2], [3, 4]]`", SQUARE),
    ("[[1, 3], [2, 4]]^T", SQUARE),
    (r"\begin{bmatrix} 1 & 3 \\ 2 & 4 \end{bmatrix}^\top", SQUARE),
    (r"\begin{bmatrix} 1 & 3 \\ 2 & 4 \end{bmatrix}^{T}", SQUARE),
    ("[1 3; 2 4]'", SQUARE),
    ("[[1, 3], [2, 4]].T", SQUARE),
    ("1/2 * [[2, 4], [6, 8]]", SQUARE),
    ("1/2 [[2, 4], [6, 8]]", SQUARE),
    ("1/2 ((2, 4), (6, 8))", SQUARE),
    ("(1, 2) (3, 4)", SQUARE),
    ("2/11 (ln 2, -ln 3)", [ratio(2 * ln(2), 11), ratio(-2 * ln(3), 11)]),
    ("-1/2 (10, -15)", [-5, Fraction(15, 2)]),
    ("ln 2 (1, 2)", [ln(2), 2 * ln(2)]),
    ("[max (1, 2) 3]", [2, 3]),
    ("1/(1+1) [[2, 4], [6, 8]]", SQUARE),
    ("0.5[[2, 4], [6, 8]]", SQUARE),
    (r"\frac{1}{2}\begin{bmatrix} 2 & 4 \\ 6 & 8 \end{bmatrix}", SQUARE),
    ("[[2, 4], [6, 8]]/2", SQUARE),
    ("-[[-1, -2], [-3, -4]]", SQUARE),
    ("[[1,2],[3,4]] or [[1, 2], [3, 4]]", SQUARE),
    ("1/3 [1, 2] = [0.333, 0.67]", [Fraction(1, 3), Fraction(2, 3)]),
    ("[0.33, 0.66...] = [1/3, 2/3]", [Fraction(1, 3), Fraction(2, 3)]),
    ("w = -2/3 [17, -24] = [-11.33, 16]", [Fraction(-34, 3), 16]),
    ("[e/(1+e), 0.5] ≈ [0.731, 1/2]", [E / (1 + E), HALF]),
    ("[2^0, 4/2; 1+2, 2*2]", SQUARE),
    ("[[2**0, sqrt(4)], [abs(-3), 2!+2]]", SQUARE),
    # vectors
    ("[1, 2, 3]", [1, 2, 3]),
    ("1, 2, 3", [1, 2, 3]),
    ("1 2 3", [1, 2, 3]),
    ("(1, 2, 3)", [1, 2, 3]),
    ("(1 2 3)", [1, 2, 3]),
    ("⟨1, 2, 3⟩", [1, 2, 3]),
    ("(1, 2, 3)^T", [[1], [2], [3]]),
    (r"(1, 2, 3)^\top", [[1], [2], [3]]),
    ("[1; 2; 3]", [[1], [2], [3]]),
    ("1\n2\n3", [[1], [2], [3]]),
    (r"\begin{bmatrix} 1 & 2 & 3 \end{bmatrix}", [1, 2, 3]),
    (r"\begin{pmatrix} 1 \\ 2 \\ 3 \end{pmatrix}", [[1], [2], [3]]),
    (r"\begin{pmatrix} 2 e \\ 3 \ln 2 \end{pmatrix}", [[2 * E], [3 * ln(2)]]),
    ("5", [5]),
    ("[5]", [5]),
    ("[[5]]", [[5]]),
    ("1 -2", [1, -2]),
    ("[1 -2 +3]", [1, -2, 3]),
    ("[1 - 2, 3]", [-1, 3]),
    ("[1-2 3]", [-1, 3]),
    ("[-1 -2]", [-1, -2]),
    ("- 1, 2", [-1, 2]),
    ("[1 2 3\n 4 5]", [1, 2, 3, 4, 5]),
    ("[]", []),
    # entries that are expressions
    ("[1/2, 1/3]", [HALF, Fraction(1, 3)]),
    ("[1/2 1/3]", [HALF, Fraction(1, 3)]),
    ("[1 / 2 1 / 3]", [HALF, Fraction(1, 3)]),
    ("[½ ⅓]", [HALF, Fraction(1, 3)]),
    ("[Fraction(1, 2), Fraction(1, 3)]", [HALF, Fraction(1, 3)]),
    ("array([Fraction(1, 2), Fraction(1, 3)], dtype=object)", [HALF, Fraction(1, 3)]),
    ("[¹⁄₂, ¹⁄₃]", [HALF, Fraction(1, 3)]),
    ("[1/2, minus infinity]", [HALF, NEG_INF]),
    ("[0.5, 0.25]", [HALF, Fraction(1, 4)]),
    ("[e, e^2]", [E, exp(2)]),
    ("[e/(1+e) 1/(1+e)]", [E / (1 + E), 1 / (1 + E)]),
    ("[e / (1 + e), 1 / (1 + e)]", [E / (1 + E), 1 / (1 + E)]),
    ("[(1+e)/2, (1)]", [(1 + E) / 2, 1]),
    ("[(1 + 2 e)/2, (2 e)]", [(1 + 2 * E) / 2, 2 * E]),
    ("(2 e), 1", [2 * E, 1]),
    ("(1 + 2 e)/2, 1", [(1 + 2 * E) / 2, 1]),
    (r"\begin{bmatrix} \frac{2 + e}{2 e} & e^{2 \ln 3} \end{bmatrix}", [(2 + E) / (2 * E), 9]),
    ("[(1+e)(2+e), 1]", [(1 + E) * (2 + E), 1]),
    ("[sqrt(2) ln 2 1]", [sqrt(2), ln(2), 1]),
    ("[sqrt2/2, ln(2)/2]", [ratio(sqrt(2), 2), ratio(ln(2), 2)]),
    ("[σ(1), σ(0)]", [E / (1 + E), HALF]),
    ("[exp(1) exp(2)]", [E, exp(2)]),
    ("[max(1, 2), 3]", [2, 3]),
    (r"[\frac{1}{2} \frac{1}{3}]", [HALF, Fraction(1, 3)]),
    (r"\begin{bmatrix} \frac{e}{1+e} & \frac12 \end{bmatrix}", [E / (1 + E), HALF]),
    ("[[e^{2}, 1], [0, 1]]", [[exp(2), 1], [0, 1]]),
    # masked scores
    ("[[1, -inf], [2, 3]]", [[1, NEG_INF], [2, 3]]),
    ("[1 -inf; 2 3]", [[1, NEG_INF], [2, 3]]),
    ("[[1, -∞], [2, 3]]", [[1, NEG_INF], [2, 3]]),
    ("[[1, masked], [2, 3]]", [[1, NEG_INF], [2, 3]]),
    ("[[1, -np.inf], [2, 3]]", [[1, NEG_INF], [2, 3]]),
    ("[[1, float('-inf')], [2, 3]]", [[1, NEG_INF], [2, 3]]),
    ("tensor([[1., -inf],\n        [2., 3.]])", [[1, NEG_INF], [2, 3]]),
    (r"\begin{bmatrix} 1 & -\infty \\ 2 & 3 \end{bmatrix}", [[1, NEG_INF], [2, 3]]),
    ("2*[1, -inf]", [2, NEG_INF]),
    # tensors
    ("[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]", [SQUARE, [[5, 6], [7, 8]]]),
    ("[[1 2; 3 4], [5 6; 7 8]]", [SQUARE, [[5, 6], [7, 8]]]),
    ("[[[1 2]\n  [3 4]]\n\n [[5 6]\n  [7 8]]]", [SQUARE, [[5, 6], [7, 8]]]),
    ("[[1, 2], [3, 4]]; [[5, 6], [7, 8]]", [SQUARE, [[5, 6], [7, 8]]]),
    ("[[[1]]]", [[[1]]]),
    # vectors without brackets of their own
    ("<4, -4>", [4, -4]),
    ("⟨4, -4⟩", [4, -4]),
    ("<4, -4>^T", [[4], [-4]]),
    ("z1 = 4, z2 = -4", [4, -4]),
    ("z1 = 4 and z2 = -4", [4, -4]),
    ("4, -4 and 1/2", [4, -4, HALF]),
    ("4, -4, and 1/2", [4, -4, HALF]),
    ("1/(1+e) and e/(1+e)", [1 / (1 + E), E / (1 + E)]),
    ("[4, -4] and [4, -4]", [4, -4]),
    ("z_1 = 4, z_2 = -4, z_3 = 1/2", [4, -4, HALF]),
    ("[4, -4] (column)", [[4], [-4]]),
    ("[4; -4] (column)", [[4], [-4]]),
    ("[[4], [-4]] (as a column vector)", [[4], [-4]]),
    ("(4, -4) (row)", [4, -4]),
    (r"\binom{4}{-4}", [[4], [-4]]),
    (r"\binom{\frac{1}{2}}{-4}^T", [[HALF, -4]]),
    ("[4, -4]^T", [[4], [-4]]),
    ("[4 -4]^T", [[4], [-4]]),
    (r"(4, -4)^{\top}", [[4], [-4]]),
]


@pytest.mark.parametrize(("text", "value"), NOTATIONS)
def test_notations_of_an_array(text: str, value: Any) -> None:
    reading = ARRAY.read(text)
    assert reading.state == "read", reading.reason
    assert equal(reading.value, array(value)), reading.shown
    assert reading.alternatives == ()
    assert len(reading.written) == reading.value.size


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[1, 2], [3]]", "different lengths (2, 1)"),
        ("1 2; 3", "different lengths (2, 1)"),
        ("[1, [2, 3]]", "different lengths (a number, 2)"),
        ("[[1, 2], 3]", "different lengths (2, a number)"),
        ("[1,, 2]", "missing"),
        ("[1, 2", "never closed"),
        ("[1, 2))", "closed by"),
        ("[1, x]", '"x"'),
        ("[1 or 2, 3]", '"or"'),
        ("[1, np.]", "np"),
        ("[1, nan]", "not a number"),
        ("[1, inf]", "infinity"),
        ("[1, 1/0]", "division by zero"),
        ("[1, 2] + [3, 4]", "after the brackets"),
        ("z = [-1, 2] → [0, 2]", "→"),
        ("2 w = [2, 4]", '"w"'),
        ("[1, x] = [1, 2]", '"x"'),
        ("[1, 2] = [1, x] + [3, 4]", '"x"'),
        ("(e, pi) = (w, x)", '"w"'),
        ("[[1, 2], [3, 4]] (transposed)", '"transposed"'),
        ("[1, 2] 3", "different lengths (2, a number)"),
        ("[1, 2]3", "after the brackets"),
        ("[5 2, 3]", "side by side"),
        ("[1, ..., 4]", "not written"),
        (r"\begin{bmatrix} 1 2 \\ 3 4 \end{bmatrix}", "side by side"),
        ("[[[1, 2], [3, 4]]]^T", "transpose"),
        ("[-inf, 1] * 0", "infinity"),
        ("np.array", "cannot stand here"),
        ("I", "please write numbers, e.g. 3/4 or [[1, 0], [0, 1]]"),
        ("<1, 2", "<"),
        ("z1 = 4, z1 = -4", '"z"'),
        ("[ln(1+e), 1]*2", "factor"),
        (" ".join("1" * 1100), "1024 entries"),
    ],
)
def test_unreadable_arrays(text: str, said: str) -> None:
    reading = ARRAY.read(text)
    assert reading.state == "unreadable", reading.shown
    assert said in reading.reason
    assert reading.position is not None


def test_the_key_itself_is_correct() -> None:
    assert judge("[[1, 2], [3, -inf]]", "1 2; 3 -inf") == answers.Judgement(
        Verdict.CORRECT, Fraction(1)
    )


@pytest.mark.parametrize(
    ("key", "text", "credit", "places"),
    [
        ("[[1, 2], [3, 4]]", "1 2; 3 5", Fraction(3, 4), ((2, 2),)),
        ("[[1, 2], [3, 4]]", "1 2; 7 5", None, ((2, 1), (2, 2))),
        ("[[1, 2], [3, 4]]", "0 0; 0 0", None, ((1, 1), (1, 2), (2, 1), (2, 2))),
        ("[1, 2, 3]", "1, 2, 4", Fraction(2, 3), ((3,),)),
        ("[1, 2, 3]", "1, 5, 4", None, ((2,), (3,))),
        ("[[1, 2, 3], [4, 5, 6]]", "1 2 3; 4 0 6", Fraction(5, 6), ((2, 2),)),
        ("[[[1, 2]], [[3, 4]]]", "[[[1, 2]], [[3, 5]]]", Fraction(3, 4), ((2, 1, 2),)),
        ("[1, -inf]", "1, 0", None, ((2,),)),
        ("[1, 2, -inf]", "1, 2, 0", Fraction(2, 3), ((3,),)),
        ("[1, 2, 3]", "1, 2, -inf", Fraction(2, 3), ((3,),)),
        ("[e, e^2, 1]", "e, e^2, ln(1+e)", Fraction(2, 3), ((3,),)),
    ],
)
def test_wrong_entries_are_listed_and_more_than_half_right_earn(
    key: str, text: str, credit: Fraction | None, places: tuple[Any, ...]
) -> None:
    judgement = judge(key, text)
    assert judgement.wrong_entries == places
    assert judgement.credit == (credit or 0)
    assert judgement.verdict is (Verdict.PARTIAL if credit else Verdict.WRONG)
    for place in places[:10]:
        assert str(list(place)) in judgement.reason
    assert (" is wrong" if len(places) == 1 else " are wrong") in judgement.reason


def test_the_blueprint_limits_what_right_entries_earn() -> None:
    half = Policy(entries=Fraction(1, 2))
    assert judge("[1, 2, 3]", "1, 2, 4", half).credit == Fraction(1, 3)
    judgement = judge("[1, 2, 3]", "1, 2, 4", Policy(entries=Fraction(0)))
    assert (judgement.verdict, judgement.credit) == (Verdict.WRONG, Fraction(0))
    assert judgement.wrong_entries == ((3,),)


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("[[1, 2], [3, 4]]", "1 3; 2 4", "transposed"),
        ("[[1, 2, 3], [4, 5, 6]]", "1 4; 2 5; 3 6", "transposed"),
        ("[[1, 2, 3], [4, 5, 6]]", "1 4; 2 5; 3 7", "3 x 2; 2 x 3"),
        ("[[1, 2, 3], [4, 5, 6]]", "1 2; 3 4", "2 x 2; 2 x 3"),
        ("[[1, 2], [3, 4]]", "1 2 3 4", "a vector of 4; 2 x 2"),
        ("[1, 2]", "1 2 3", "a vector of 3; a vector of 2"),
        ("[[1], [2]]", "[[1, 2]]", "a row where a column"),
        ("[[1], [2]]", "1 2", "a row where a column"),
        ("[[1, 2]]", "1; 2", "a column where a row"),
        ("[1, 2]", "[[1, 2], [3, 4]]", "2 x 2; a vector of 2"),
        ("[[[1, 2]]]", "[[1, 2]]", "1 x 2; 1 x 1 x 2"),
    ],
)
def test_wrong_shapes_are_said_in_words(key: str, text: str, said: str) -> None:
    judgement = judge(key, text)
    assert (judgement.verdict, judgement.credit) == (Verdict.WRONG, Fraction(0))
    assert said in judgement.reason


@pytest.mark.parametrize("text", ["1 2", "[1, 2]", "[[1, 2]]", "1; 2", "[[1], [2]]", "(1, 2)^T"])
def test_a_vector_has_no_orientation(text: str) -> None:
    assert judge("[1, 2]", text).verdict is Verdict.CORRECT


def test_a_flat_row_is_a_matrix_of_one_row() -> None:
    assert judge("[[1, 2]]", "1 2").verdict is Verdict.CORRECT


def test_a_response_is_fitted_to_the_shape_that_is_asked() -> None:
    column = ARRAY.read("[1; 2]").value
    assert answers.fit(column, (2,)).shape == (2,)
    assert not answers.fit(column, (2,)).flags.writeable
    assert answers.fit(column, (2, 2)).shape == (2, 1)
    assert answers.fit(ARRAY.read("1 2").value, (1, 2)).shape == (1, 2)


def test_a_transposed_square_that_is_mostly_right_keeps_its_credit() -> None:
    judgement = judge("[[1, 2, 0], [3, 1, 0], [0, 0, 1]]", "1 3 0; 2 1 0; 0 0 1")
    assert judgement.credit == Fraction(7, 9)
    assert "transposed" in judgement.reason


@pytest.mark.parametrize("text", ["{1, 2}", r"\{1, 2\}", r"\lbrace 1, 2 \rbrace"])
def test_a_set_has_no_order(text: str) -> None:
    assert isinstance(ARRAY.read(text).value, Unordered)
    judgement = judge("[1, 2]", text)
    assert judgement.verdict is Verdict.WRONG
    assert "no order" in judgement.reason


@pytest.mark.parametrize(
    "text",
    [
        *(
            "[1, 2] or [2, 1]",
            "[1, 2] and [2, 1]",
            "1, 2 or 2",
            "1 2; 3 4 and 1 2",
            "[1] and [2]",
            "[1, 2] = [1, 2, 3]",
            "[1, 2] = {1, 2}",
            "[1, 2] = [1, 2.1]",
        ),
        *("[0.667, 2] or [0.66, 2]", "[1, 2] = [1, ln(1+e)]"),
    ],
)
def test_two_arrays_do_not_score(text: str) -> None:
    judgement = judge("[1, 2]", text)
    assert judgement.verdict is Verdict.WRONG
    assert "more than one answer" in judgement.reason


def test_two_readings_of_an_entry() -> None:
    assert judge("[[e/2, 1]]", "1/2e, 1").verdict is Verdict.UNREADABLE
    assert judge("[[7, 1]]", "1/2e, 1").verdict is Verdict.WRONG
    assert judge("[e/2, 1]", "[1/2e, 1] = [0.5e, 1]").verdict is Verdict.CORRECT
    assert judge("[2, 1, 7]", "2, 1, log 2").verdict is Verdict.PARTIAL
    # Both readings earn something, but not the same.
    assert judge("[1, 2, 3, e/2, 9]", "1, 2, 3, 1/2e, 8").verdict is Verdict.UNREADABLE


@pytest.mark.parametrize(
    "text",
    [
        "- [1, 2]\n- [3, 4]",
        "- 1 2\n    - 3 4",
        "- - 1\n  - 2\n- - 3\n  - 4",
        " - 1, 2\n\n - 3, 4\n",
    ],
)
def test_dashes_before_all_lines_may_be_signs_or_the_marks_of_a_list(text: str) -> None:
    found = judge("[[1, 2], [3, 4]]", text)
    assert found.verdict is Verdict.UNREADABLE
    assert "[[1, 2], [3, 4]] (dashes as the marks of a list)" in found.reason
    assert judge("[[5, 6], [7, 8]]", text).verdict is Verdict.WRONG


@pytest.mark.parametrize("text", ["-1\n-2", "- 1; - 2", "[- 1\n - 2]", "- 1\n-2"])
def test_other_dashes_are_signs(text: str) -> None:
    assert judge("[-1, -2]", text).verdict is Verdict.CORRECT


@pytest.mark.parametrize("text", ["1 2 / 3 4", "1, 2 / 3, 4", "1 2 / 3 4."])
def test_a_slash_may_stand_between_rows(text: str) -> None:
    reading = ARRAY.read(text)
    assert [each.shown for each in (reading, *reading.alternatives)] == [
        "[1, 2/3, 4]",
        "[[1, 2], [3, 4]]",
    ]
    assert judge("[[1, 2], [3, 4]]", text).verdict is Verdict.UNREADABLE
    assert judge("[1, 2, 3]", text).verdict is Verdict.WRONG


@pytest.mark.parametrize("text", ["1 2/3 4", "[1 2 / 3 4]", "1 / 2 3", "1 2 / 3", "1/2 2 / 3 4"])
def test_a_slash_within_a_row_is_a_fraction(text: str) -> None:
    assert ARRAY.read(text).alternatives == ()


def test_rounded_entries() -> None:
    key = "[1/3, 2/3, 1]"
    half = Policy(rounded_credit=HALF)
    assert judge(key, "0.33, 0.67, 1").verdict is Verdict.WRONG
    rounded = judge(key, "0.33, 0.67, 1", half)
    assert (rounded.verdict, rounded.credit) == (Verdict.PARTIAL, Fraction(2, 3))
    assert rounded.reason == f"entries [1], [2] (each: {ROUNDED})"
    assert judge("[1/3, 2/3]", "0.33, 0.67", half).reason == ROUNDED
    assert judge(key, "0.33, 0.67, 1", Policy(decimals=2)).verdict is Verdict.CORRECT
    short = judge(key, "0.3, 0.67, 1", Policy(decimals=2))
    assert short.wrong_entries == ((1,),)
    assert "2 are asked" in short.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("50% 3; -1 -4", "4 of 4 entries are wrong: [1, 2]; [1, 1] (%); [2, 1], [2, 2] (each: -)"),
        ("1/2 2/3; -1 5", "2 of 4 entries are wrong: [2, 2]; [2, 1] (-)"),
        ("1/2 2/3; 1 5", "1 of 4 entries is wrong: [2, 2]"),
        ("50% 2/3; 1 4", "entry [1, 1] (%)"),
        ("50% 0.67; 1 4", "entries [1, 1] (%); [1, 2] (~)"),
        ("0.5 0.67; 100% 400%", "entries [1, 2] (~); [2, 1], [2, 2] (each: %)"),
    ],
)
def test_each_reason_says_which_entries_it_holds_for(text: str, reason: str) -> None:
    said = {"%": PERCENTAGE, "-": SIGN, "~": ROUNDED}
    judgement = judge("[[1/2, 2/3], [1, 4]]", text, Policy(rounded_credit=HALF))
    assert judgement.reason == "".join(said.get(each, each) for each in reason)


def test_what_is_no_array_is_not_accepted() -> None:
    assert ARRAY.accepts(array([[1, HALF], [E, NEG_INF]])) is None
    loose = np.empty(2, dtype=object)
    for entry, said in [
        (0.5, "float"),
        (np.int64(1), "int64"),
        (True, "bool"),
        (Fraction(2, 1), "Fraction"),
        ("1", "str"),
    ]:
        loose[:] = [1, entry]
        found = ARRAY.accepts(loose)
        assert found is not None
        assert said in found
        assert "[2]" in found
    for value in ([1, 2], np.array([1, 2]), (1, 2), Shape((1, 2)), 3, None):
        assert ARRAY.accepts(value) is not None


def test_the_record_is_parsed_strictly() -> None:
    for text in ("[[1, 2], [3]]", "[1, ln(1+e)]", "1/2e, 1", "x", "", "{1, 2}"):
        with pytest.raises(ValueError, match=r"\S"):
            ARRAY.parse(text)


def test_our_own_records_may_be_longer_than_a_students_text() -> None:
    text = answers.plain(array([[i * j for i in range(60)] for j in range(60)]))
    assert len(text) > 4000
    assert ARRAY.parse(text).shape == (60, 60)
    assert ARRAY.read(text).state == "unreadable"


def test_an_entry_that_cannot_be_decided_is_left_to_a_person() -> None:
    key = ARRAY.parse("[[1, sqrt(2) + 1], [3, 4]]")
    judgement = ARRAY.judge(key, ARRAY.read("[[1, sqrt(3 + 2 sqrt(2))], [3, 4]]"))
    assert judgement.verdict is Verdict.UNREADABLE
    assert "entry [1, 2]" in judgement.reason
    judgement = ARRAY.judge(key, ARRAY.read("[[1, ln(1+e)], [3, 4]]"))
    assert (judgement.verdict, judgement.wrong_entries) == (Verdict.PARTIAL, ((1, 2),))
