"""Instances of a family: chosen givens, and refusal of what the family never drew."""

import pytest

from examgen.exact import Shape
from examgen.exams import catalog
from examgen.faults import Faults
from examgen.questions.banks.bank import read_whole
from examgen.questions.drawing import draw
from examgen.questions.family import Family
from examgen.questions.streams import stream

BANK = """\
[[item]]
id = "halves-the-image"
topic = "shapes"
title = "A stride of two"
family = "conv-output-size"

[item.givens]
input_shape = [3, 8, 8]

[item.givens.conv]
out_channels = 16
kernel = 3
stride = 2
padding = 1
bias = true
groups = 1
dilation = 1
"""


def the_family(text: str = BANK) -> Family:
    known = catalog.shipped()
    (item,) = read_whole(text, "own.toml", known.in_python)
    return item.load(known.in_python)


def test_the_family_computes_the_rest() -> None:
    family = the_family()
    assert (family.id, family.levels, family.is_fixed) == ("halves-the-image", ("medium",), True)
    problem = draw(family, "medium", stream("1"))
    assert problem.answer_key == {"output": Shape((16, 4, 4))}
    assert len(problem.wrong_answers(problem.parts[0])) >= 3


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('"conv-output-size"', '"conv-output-sice"', 5, "did you mean conv-output-size"),
        ("input_shape", "input_shapes", 7, "input_shape"),
        ("[3, 8, 8]", "[3, 8, 80000000]", 8, "input_shape[] is 80000000"),
        ("[3, 8, 8]", "[3, 8, 8, 8]", 7, "cannot ask this"),
        ("[3, 8, 8]", '"exp(exp(exp(9)))"', 8, "input_shape"),
        ("[3, 8, 8]", "2.5", 8, "neither a short number"),
        ("stride = 2", "stride = 0", 7, "cannot ask this"),
        ("stride = 2", "stride = -2", 7, "cannot ask this"),
        ("bias = true", 'bias = "yes"', 7, "bias"),
        ("topic", "minutes = -1\ntopic", 3, "minutes = -1"),
        ("topic", 'prompt = "?"\ntopic', 3, "unknown key 'prompt'"),
    ],
)
def test_each_fault_is_said_with_its_line(old: str, new: str, line: int, says: str) -> None:
    with pytest.raises(Faults) as caught:
        the_family(BANK.replace(old, new, 1))
    (found,) = [str(each) for each in caught.value.faults if says in str(each)]
    assert found.startswith(f"own.toml:{line}: "), found


@pytest.mark.parametrize(
    ("image", "says"),
    [
        ("[[0, 1, 1, 0], [0, 1, 1]]", "ragged nesting, a list of 3 beside a list of 4"),
        ("5", "found int 5, allowed are nested lists"),
    ],
)
def test_an_array_that_is_none_is_explained(image: str, says: str) -> None:
    head = 'topic = "t"\n[[item]]\nid = "own"\ntitle = "T"\nfamily = "conv2d-full"\n'
    with pytest.raises(Faults) as caught:
        the_family(f"{head}[item.givens]\nkernel = [[1, -1]]\nimage = {image}\n")
    assert says in str(caught.value)
    assert "ndarray" not in str(caught.value)


def test_lists_may_not_be_much_longer_than_those_drawn() -> None:
    huge = BANK.replace("[3, 8, 8]", f"[{'3, ' * 40}]")
    with pytest.raises(Faults, match=r"input_shape \(length\) is 40; 15 at most"):
        the_family(huge)
