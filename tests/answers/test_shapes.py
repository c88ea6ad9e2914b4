"""Shapes: every notation and the usual confusions."""

from fractions import Fraction

import pytest

from examgen import answers
from examgen.answers import Several, Unordered, Verdict
from examgen.exact import Shape

SHAPE = answers.kind("shape")
KEY = Shape((1, 3, 224, 224))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(1,3,224,224)", KEY),
        ("(1, 3, 224, 224)", KEY),
        ("[1, 3, 224, 224]", KEY),
        ("1x3x224x224", KEY),
        ("1 x 3 x 224 x 224", KEY),
        ("1X3X224X224", KEY),
        ("1×3×224×224", KEY),
        ("1 × 3 × 224 × 224", KEY),
        ("1*3*224*224", KEY),
        ("1 by 3 by 224 by 224", KEY),
        ("1, 3, 224, 224", KEY),
        ("1 3 224 224", KEY),
        ("[1 3 224 224]", KEY),
        ("torch.Size([1, 3, 224, 224])", KEY),
        ("Size([1, 3, 224, 224])", KEY),
        ("tuple(1, 3, 224, 224)", KEY),
        (r"(1, 3, 224, 224)", KEY),
        (r"$1 \times 3 \times 224 \times 224$", KEY),
        (r"\left(1, 3, 224, 224\right)", KEY),
        ("shape = (1, 3, 224, 224)", KEY),
        ("x.shape = (1, 3, 224, 224)", KEY),
        ("(1, 3, 7*32, 2^5*7)", KEY),
        ("(1, 3, 226-3+1, 224)", KEY),
        ("(1, 3, 224, 224,)", KEY),
        ("((1, 3, 224, 224))", KEY),
        ("(1, 3, 224, 224).", KEY),
        ("(1, 3, 224.0, 224)", KEY),
        ("(1,3,224,224) or 1x3x224x224", KEY),
        ("（1，3，224，224）", KEY),
        ("5", Shape((5,))),
        ("(5,)", Shape((5,))),
        ("(5)", Shape((5,))),
        ("()", Shape(())),
        ("[]", Shape(())),
        ("2^10", Shape((1024,))),
        ("(0, 3)", Shape((0, 3))),
        ("6*1*3 = 18", Shape((18,))),
        ("3 channels, 7x10", Shape((3, 7, 10))),
        ("3, 7 by 10", Shape((3, 7, 10))),
        ("C=3, H=7, W=10", Shape((3, 7, 10))),
        ("(C = 3, H = 7, W = 10)", Shape((3, 7, 10))),
        ("channels: 3, height: 7, width: 10", Shape((3, 7, 10))),
        ("3 x 7 x 10 (C x H x W)", Shape((3, 7, 10))),
        ("(3, 7, 10) (channels, height, width)", Shape((3, 7, 10))),
        ("3-by-2", Shape((3, 2))),
        ("(C, H, W) = (3, 7, 10)", Shape((3, 7, 10))),
        ("(rows, columns) = (3, 2)", Shape((3, 2))),
        ("(H, W, C) = (7, 10, 3)", Shape((3, 7, 10))),
        ("(7, 10, 3) (H, W, C)", Shape((3, 7, 10))),
        ("7x10x3 (HxWxC)", Shape((3, 7, 10))),
        ("7x10x3 (height x width x channels).", Shape((3, 7, 10))),
        ("(H, W, C) = (3, 7, 10)", Shape((10, 3, 7))),
        ("(H, N) = (7, 10)", Shape((7, 10))),
        ("H=7, W=10, C=3", Shape((3, 7, 10))),
        ("N = 8; H = 7; W = 10; C = 3", Shape((8, 3, 7, 10))),
        ("[columns: 2, rows: 3]", Shape((3, 2))),
        ("H=7, N=10", Shape((7, 10))),
        ("7x10, 3 channels", Shape((3, 7, 10))),
        ("7 × 10 with 3 channels.", Shape((3, 7, 10))),
        ("3 channels of 7x10", Shape((3, 7, 10))),
        ("3 feature maps, each 7 x 10", Shape((3, 7, 10))),
        ("3 maps of size 7x10", Shape((3, 7, 10))),
        ("3 rows and 2 columns", Shape((3, 2))),
        ("3, 7 and 10", Shape((3, 7, 10))),
        ("3, 7, and 10", Shape((3, 7, 10))),
        ("same: (5,3,1)", Shape((5, 3, 1))),
        ("output shape: 5x3x1", Shape((5, 3, 1))),
    ],
)
def test_notations_of_a_shape(text: str, value: Shape) -> None:
    reading = SHAPE.read(text)
    assert reading.state == "read", reading.reason
    assert type(reading.value) is Shape
    assert reading.value == value
    assert reading.shown == answers.plain(value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("(M, 3, 224, 224)", '"M"'),
        ("(N)", '"N"'),
        ("2*024*8", "without a comma"),
        ("(1, 3, -1)", "sizes are not negative"),
        ("(1, 3.5)", "sizes are whole numbers"),
        ("(1, e)", "not a size"),
        ("(1, ln(1+e))", "not a size"),
        ("(1, -inf)", "not a size"),
        ("(1, 1,024)", "without a comma"),
        ("(1, 3", "never closed"),
        ("(1,, 3)", "missing"),
        ("1x", "x"),
        ("(1, 1/0)", "division by zero"),
        ("torch.Size", "missing"),
        ("shape", "missing"),
        ("(1, 3) + 2", "one number"),
    ],
)
def test_unreadable_shapes(text: str, said: str) -> None:
    reading = SHAPE.read(text)
    assert reading.state == "unreadable", reading.shown
    assert said in reading.reason
    assert reading.position is not None


@pytest.mark.parametrize(
    ("key", "text", "said", "axes"),
    [
        ("(1, 3, 8, 9)", "(3, 8, 9)", "batch axis is missing", ()),
        ("(32, 3, 8, 9)", "(3, 8, 9)", "batch axis is missing", ()),
        ("(3, 8, 9)", "(1, 3, 8, 9)", "extra batch axis", ()),
        ("(3, 8, 9)", "(2, 3, 8, 9)", "4; 3 is right", ()),
        ("(1, 3, 8, 9)", "(1, 8, 9, 3)", "NHWC", (2, 3, 4)),
        ("(3, 8, 9)", "(8, 9, 3)", "height, width, channels", (1, 2, 3)),
        ("(3, 4)", "(4, 3)", "transposed", (1, 2)),
        ("(3, 4, 5)", "(5, 4, 3)", "wrong order", (1, 3)),
        ("(3, 4, 5)", "(3, 4, 6)", "axis 3", (3,)),
        ("(3, 4, 5)", "(3, 4)", "2; 3 is right", ()),
        ("(3, 4, 5)", "(4, 5)", "first axis is missing", ()),
    ],
)
def test_confusions_are_named(key: str, text: str, said: str, axes: tuple[int, ...]) -> None:
    judgement = SHAPE.judge(SHAPE.parse(key), SHAPE.read(text))
    assert (judgement.verdict, judgement.credit) == (Verdict.WRONG, Fraction(0))
    assert said in judgement.reason
    assert judgement.wrong_entries == axes


def test_a_set_and_two_shapes_do_not_score() -> None:
    for text, sort in [
        ("{1, 2}", Unordered),
        (r"\{1, 2\}", Unordered),
        ("1x2 or 2x1", Several),
        ("1x2 and 2x1", Several),
        ("(1, 2) and (2, 1)", Several),
        ("1, 2 or 2, 1", Several),
    ]:
        reading = SHAPE.read(text)
        assert isinstance(reading.value, sort)
        assert SHAPE.judge(Shape((1, 2)), reading).verdict is Verdict.WRONG


def test_a_product_can_be_one_axis() -> None:
    reading = SHAPE.read("6*1*3")
    assert [each.shown for each in (reading, *reading.alternatives)] == ["(6, 1, 3)", "(18,)"]
    for key in (Shape((18,)), Shape((6, 1, 3))):
        judgement = SHAPE.judge(key, reading)
        assert judgement.verdict is Verdict.UNREADABLE
        assert "(18,) (as the product, of one axis)" in judgement.reason
    assert SHAPE.judge(Shape((6, 3)), reading).verdict is Verdict.WRONG
    for text in ("6x1x3", "6 × 1 × 3", "(6, 1*3)"):
        assert SHAPE.read(text).alternatives == ()


@pytest.mark.parametrize("text", ["6x1x3 = 18", "6 × 1 × 3 = 18", "shape = 6 x 1 x 3 = 18"])
def test_a_shape_with_its_product_may_be_either(text: str) -> None:
    reading = SHAPE.read(text)
    assert [each.shown for each in (reading, *reading.alternatives)] == ["(6, 1, 3)", "(18,)"]


@pytest.mark.parametrize("text", ["3, 7 × 10", "3 channels, each 7 × 10", r"(3, 7 \times 10)"])
def test_a_cross_among_commas_may_multiply(text: str) -> None:
    reading = SHAPE.read(text)
    assert [each.shown for each in (reading, *reading.alternatives)] == ["(3, 7, 10)", "(3, 70)"]
    assert SHAPE.read(text.replace("×", "*").replace(r"\times", "*")).shown == "(3, 70)"


@pytest.mark.parametrize("text", ["6x1x3 = 19", "18 = 6x1x3 = 1", "7x10 = 3x7x10"])
def test_a_shape_that_contradicts_itself(text: str) -> None:
    for key in ("(6, 1, 3)", "(18,)", "(3, 7, 10)", "(7, 10, 3)"):
        assert SHAPE.judge(SHAPE.parse(key), SHAPE.read(text)).credit == 0


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("(3, 7, 10)", "(N,3,7,10)", "an extra batch axis N in front"),
        ("(3, 7, 10)", "(B, 3, 7, 10)", "an extra batch axis B in front"),
        ("(3, 7, 10)", "N x 3 x 7 x 10", "an extra batch axis N in front"),
        ("(3, 7, 10)", "(batch_size, 3, 7, 10)", "an extra batch axis batch_size in front"),
        ("(8, 3, 7, 10)", "(N, 3, 7, 10)", "the batch axis has no size here: N"),
        ("(8, 3, 7, 10)", "(N, 3, 7, 9)", "not the right sizes after the batch axis N"),
    ],
)
def test_a_batch_axis_with_a_name_is_recognised(key: str, text: str, said: str) -> None:
    reading = SHAPE.read(text)
    assert reading.shown.startswith(
        "(N, 3" if "N" in text else "(B, 3" if "B" in text else "(batch_"
    )
    judgement = SHAPE.judge(SHAPE.parse(key), reading)
    assert (judgement.verdict, judgement.reason) == (Verdict.WRONG, said)


def test_what_is_no_shape_is_not_accepted() -> None:
    assert SHAPE.accepts(Shape((1, 2))) is None
    assert SHAPE.accepts(Shape(())) is None
    for value in ((1, 2), [1, 2], Shape((1, 2.0)), Shape((True,)), Shape((-1,)), 3):  # type: ignore[arg-type]
        assert SHAPE.accepts(value) is not None
    for text in ("x", "(1, 2) or (2, 1)", "{1, 2}", ""):
        with pytest.raises(ValueError, match=r"\S"):
            SHAPE.parse(text)
