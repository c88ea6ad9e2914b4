"""Declarative items: drawn like families, with every fault of the declaration at its line."""

from fractions import Fraction

import pytest

from examgen import answers
from examgen.exact import equal
from examgen.faults import Faults
from examgen.questions import wording
from examgen.questions.banks.bank import read_definition, read_whole
from examgen.questions.drawing import draw
from examgen.questions.family import Family
from examgen.questions.givens import read_givens, write_givens
from examgen.questions.levels import LEVELS
from examgen.questions.problem import Problem
from examgen.questions.streams import stream
from examgen.questions.work import Work

BANK = r"""
[[item]]
id = "strided-side"
topic = "shapes"
title = "Side of a strided convolution"
stem = "A kernel of side << kernel >> moves over << thing >> of side << side >> by << stride >>."
prompt = "What is the side of the output?"
answer = "floor(room / stride) + 1"
solution = '''
$\lfloor << room >> / << stride >> \rfloor + 1 = << answer >>$;
<% if odd %>
it is odd.
<% endif %>
'''
where = ["1 < kernel < side", "stride <= kernel", "odd >= 0"]

[item.parameters]
side = { from = 8, to = 20 }
kernel = [2, 3, 4, 5]
stride = { easy = 1, medium = 2, hard = [2, 3] }
thing = { words = ["an image", "a map"] }

[item.let]
room = "side - kernel"
odd = "room - 2 floor(room / 2)"

[item.work]
additions = 2
multiplications = "min(stride - 1, 1)"

[[item.mistake]]
name = "forgets_the_first_position"
answer = "floor(room / stride)"
feedback = "Count the first position, too: << mistake >> is one less than << answer >>."
credit = "1/2"

[[item.mistake]]
name = "ignores_the_stride"
answer = "room + 1"
feedback = "It moves by << stride >>."
when = "stride > 1"

[[item.mistake]]
name = "rounds_up"
answer = "room / stride + 3/2"
feedback = "Round down."

[[item.mistake]]
name = "strides_by_the_kernel"
answer = "floor(room / kernel) + 1"
feedback = "Its stride is << stride >>."

[[item.mistake]]
name = "gives_the_input_side"
answer = "side"
feedback = "That is the input."
"""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"from = 8, to = 20": "from = 20, to = 8"}, ["side = "]),
        ({"side - kernel": "side - "}, ["room = "]),
        ({"side - kernel": "side - kernels", "[2, 3, 4, 5]": "[]"}, ["kernel = ", "room = "]),
        ({"side - kernel": "room - 1"}, ["room = "]),  # it is not there for itself
        ({"side - kernel": "odd"}, ["odd = ", "room = "]),  # nor for one that needs it
        ({"<< thing >>": "<< sides >>"}, ["nothing here is called 'sides'"]),
    ],
)
def test_what_follows_from_a_fault_is_not_said(changes: dict[str, str], said: list[str]) -> None:
    text = BANK
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(Faults) as caught:
        read_whole(text, "own.toml", no_family)
    found = sorted(each.found for each in caught.value.faults)
    assert len(found) == len(said), found
    assert all(one.startswith(other) for one, other in zip(found, said, strict=True)), found


LONG = r"""
[[item]]
id = "score-and-weight"
topic = "attention"
title = "A score and its weight"
stem = '''
$q$ is

$$
<< q >>
$$

and $k$ is

$$
<< k >>
$$
'''
where = "q_1 != q_2"
[item.parameters]
q = { from = 1, to = 3, shape = [2] }
k = { values = ["1/2", 1, 2], shape = [2] }

[[item.part]]
name = "score"
kind = "rational"
points = 3
prompt = "Compute $q \\cdot k$."
answer = "q_1 k_1 + q_2 k_2"
solution = "$<< q | dot(k) >> = << answer >>$"
[[item.part.mistake]]
name = "adds_the_keys"
answer = "k_1 + k_2"
feedback = "Multiply by $q$ first:<% for each in k %> $<< each >>$<% endfor %>."

[[item.part]]
name = "weight"
kind = "closed"
prompt = "Against a score of 0, what is its softmax weight?"
answer = "exp(score) / (1 + exp(score))"
solution = "$<< answer >>$, from the score $<< score >>$."
[[item.part.mistake]]
name = "forgets_to_exponentiate"
answer = "score / (1 + score)"
feedback = "Exponentiate $<< score >>$ first."
"""


def no_family(family_id: str) -> Family:
    raise AssertionError(family_id)


def the_family(text: str = BANK) -> Family:
    (item,) = read_whole(text, "own.toml", no_family)
    return item.load(no_family)


@pytest.mark.parametrize("level", LEVELS)
def test_an_item_is_drawn_within_its_declaration(level: str) -> None:
    family = the_family()
    for seed in range(60):
        drawn = draw(family, level, stream(seed))  # type: ignore[arg-type]
        given = drawn.givens
        assert 8 <= given.side <= 20 and given.kernel in (2, 3, 4, 5) and given.kernel < given.side
        assert given.stride in {"easy": (1,), "medium": (2,), "hard": (2, 3)}[level]
        right = (given.side - given.kernel) // given.stride + 1
        assert drawn.answer_key == {"answer": right}
        (part,) = drawn.parts
        wrong = {each.name: value for each, value in drawn.wrong_answers(part)}
        assert wrong["forgets_the_first_position"] == right - 1
        assert ("ignores_the_stride" in wrong) == (given.stride > 1)
        assert ("rounds_up" in wrong) == ((given.side - given.kernel) / given.stride % 1 == 0.5)
        assert drawn.work == Work(int(given.stride > 1), 2)
        assert given.thing in wording.stem(drawn)
        assert ("it is odd" in wording.solution(drawn, part)) == ((given.side - given.kernel) % 2)


def test_credit_and_feedback_are_as_declared() -> None:
    drawn = draw(the_family(), "medium", stream("1"))
    (part,) = drawn.parts
    mistake, wrong = drawn.wrong_answers(part)[0]
    assert mistake.credit == Fraction(1, 2)
    said = wording.feedback(drawn, part, mistake.feedback, wrong)
    assert said == f"Count the first position, too: {wrong} is one less than {wrong + 1}."


@pytest.mark.parametrize("text", [BANK, LONG])
def test_a_problem_survives_the_record(text: str) -> None:
    family = the_family(text)
    again = read_definition(family.definition, "item 1", no_family)
    for seed in range(20):
        drawn = draw(family, "hard", stream(seed))
        givens = read_givens(again.givens, write_givens(drawn.givens))
        revived = Problem(again, "hard", givens)
        assert all(equal(revived.answer_key[name], key) for name, key in drawn.answer_key.items())


def test_later_parts_take_the_answers_before_them() -> None:
    drawn = draw(the_family(LONG), "easy", stream("2"))
    score, weight = drawn.parts
    assert weight.procedure.parents == ("score",)
    key = drawn.answer_key
    assert key["score"] == sum(q * k for q, k in zip(drawn.givens.q, drawn.givens.k, strict=True))
    own = {"score": 0}
    assert weight.procedure(own) == Fraction(1, 2)
    assert [wrong for _, wrong in weight.mistakes({"score": 1})] == [Fraction(1, 2)]
    assert answers.latex(key["score"]) in wording.solution(drawn, weight)
    assert r"\cdot" in wording.solution(drawn, score)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("<< side >>", "<< sides >>", 6, "nothing here is called 'sides'; did you mean 'side'"),
        ("<< side >>", "<< answer >>", 6, "nothing here is called 'answer'"),
        ("<< side >>", "<< side + 1 >>", 6, "arithmetic"),
        ("<< side >>", "<< side.real >>", 6, "an attribute"),
        ("<< side >>", "<< side | dot(side) >>", 6, "the filter dot on something else"),
        ("<< side >>", "<< thing | factor >>", 6, "the filter factor on something else"),
        ("<< side >>", "<< side | upper >>", 6, "no filter is called 'upper'"),
        ("<< side >>", "<% for x in side %><% endfor %>", 6, "a loop over what is not a list"),
        ("<< side >>", "<% for x in range(9) %><% endfor %>", 6, "a call where a name must stand"),
        ("it is odd", "<< mistake >>", 12, "nothing here is called 'mistake'"),
        ("it is odd", "<% set a = 1 %>", 12, "an assignment"),
        ("room / stride) + 1", "rom / stride) + 1", 8, "'rom'; did you mean 'room'"),
        ('answer = "floor(room / stride) + 1"', "answer = true", 8, "answer = True"),
        ("1 < kernel < side", "kernel", 15, "it compares nothing"),
        ("stride <= kernel", "stride <= 1/2 side", 15, "can be read"),
        ("from = 8", "from = 80", 18, "from is above to"),
        ("from = 8", "frm = 8", 18, "unknown: frm"),
        ("[2, 3, 4, 5]", "[]", 19, "1 to 200 values"),
        ("[2, 3, 4, 5]", "[2.5]", 19, "whole numbers"),
        ("[2, 3, 4, 5]", "{ from = 1, to = 3, shape = [7, 7] }", 19, "1 to 36 numbers"),
        ("medium = 2", "middle = 2", 20, "levels: middle"),
        ("thing =", "e =", 21, "a meaning in formulas"),
        ("thing =", "class =", 21, "another meaning in a bank"),
        ("thing =", "__class__ =", 21, "letters, digits and underscores"),
        ("thing =", "room =", 24, "something else is called so"),
        ("additions", "addition", 28, "unknown key 'addition'"),
        ('credit = "1/2"', "credit = 1", 35, "less than all"),
        ('name = "rounds_up"', 'name = "ignores_the_stride"', 44, "two mistakes are"),
        ('when = "stride > 1"', 'when = "stride > x"', 41, "when = 'stride > x'"),
        ("[[item.mistake]]", "[[item.mistakes]]", 31, "did you mean 'mistake'"),
        ('topic = "shapes"', "", 2, "topic is missing"),
        ('title = "Side', 'kind = "intger"\ntitle = "Side', 5, "did you mean 'integer'"),
    ],
)  # fmt: skip
def test_each_fault_is_said_with_its_line(old: str, new: str, line: int, says: str) -> None:
    assert old in BANK
    with pytest.raises(Faults) as caught:
        the_family(BANK.replace(old, new) if old.startswith("[[") else BANK.replace(old, new, 1))
    found = [str(each) for each in caught.value.faults]
    import re

    assert any(each.startswith(f"own.toml:{line}: ") and re.search(says, each) for each in found), (
        found
    )


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('name = "weight"', 'name = "score"', "something else is called so"),
        ('name = "weight"', 'name = "q"', "something else is called so"),
        ('name = "weight"', 'name = "q_1"', "called so"),
        ("exp(score) / (1", "exp(weight) / (1", "nothing here is called"),
        ("q_1 k_1 + q_2 k_2", "q k", "nothing here is called"),
        ("q_1 k_1 + q_2 k_2", "q_1 k_1 + q_3 k_2", "nothing here is called"),
        ("from the score", "<< q | dot(score) >>", "the filter dot on something else"),
        ("first:<% for each in k %>", "first:<% for q in k %>", "a new name"),
        ("first:<% for each in k %>", "<% for each in k recursive %>", "a condition or an else"),
    ],
)  # fmt: skip
def test_parts_are_checked_like_items(old: str, new: str, says: str) -> None:
    assert old in LONG
    with pytest.raises(Faults, match=says):
        the_family(LONG.replace(old, new, 1))


def test_loops_cannot_fill_a_book() -> None:
    loops = "<% for a in q %><% for b in k %>" + "x" * 3_000 + "<% endfor %><% endfor %>"
    text = LONG.replace("$q$ is", loops).replace("shape = [2]", "shape = [6]")
    with pytest.raises(Faults, match="its loops write about 10"):
        the_family(text)
    deeper = "<% for a in q %><% for b in k %><% for c in k %>x<% endfor %><% endfor %><% endfor %>"
    with pytest.raises(Faults, match="too many loops"):
        the_family(LONG.replace("$q$ is", deeper))
