"""Items with fixed options: families like any other, and every fault said with its line."""

import pytest

from examgen.exact import Shape, ratio
from examgen.faults import Faults
from examgen.questions.banks.bank import read_bank, read_definition, read_whole
from examgen.questions.drawing import draw
from examgen.questions.family import Family
from examgen.questions.options import choose_options
from examgen.questions.streams import stream

BANK = """\
topic = "convolution"
tags = ["conceptual"]

[[item]]
id = "what-is-shared"
title = "What is shared"
stem = "A convolutional layer sees a larger image, $n < m$."
prompt = "Which number stays the same?"
solution = "The kernel has one size, wherever it lies."

[[item.option]]
text = "the number of weights"
right = true

[[item.option]]
text = "the number of outputs"
name = "counts_the_outputs"
feedback = "There is an output for every place of the kernel."

[[item.option]]
text = "the number of multiplications"
name = "counts_the_multiplications"
feedback = "They grow with the outputs."

[[item.option]]
text = "the number of inputs"
name = "counts_the_inputs"
feedback = "A larger image *has* more pixels."
"""


def no_family(family_id: str) -> Family:
    raise AssertionError(f"nobody needs {family_id}")


def the_family(text: str = BANK) -> Family:
    (item,) = read_whole(text, "own.toml", no_family)
    return item.load(no_family)


def faults_of(text: str) -> list[str]:
    with pytest.raises(Faults) as caught:
        the_family(text)
    return [str(each) for each in caught.value.faults]


def test_an_item_is_a_family_with_one_problem() -> None:
    family = the_family()
    assert (family.id, family.topic, family.tags) == (
        "what-is-shared",
        "convolution",
        ("conceptual",),
    )
    problem = draw(family, "hard", stream("1"))
    (part,) = problem.parts
    assert problem.answer_key == {"answer": "the number of weights"}
    assert [each.name for each, _ in problem.wrong_answers(part)] == [
        "counts_the_outputs",
        "counts_the_multiplications",
        "counts_the_inputs",
    ]


def test_the_order_of_the_options_is_drawn() -> None:
    problem = draw(the_family(), "easy", stream("1"))
    right = [
        [each.letter for each in choose_options(problem, problem.parts[0], 4, stream(seed))
         if not each.misconceptions]
        for seed in range(60)
    ]  # fmt: skip
    assert {letter for (letter,) in right} == set("ABCD")


def test_the_recorded_table_makes_the_same_family() -> None:
    family = the_family()
    again = read_definition(family.definition, "item 1", no_family)
    assert again.definition == family.definition
    assert (again.id, again.tags, again.topic) == (family.id, family.tags, family.topic)
    assert (
        draw(again, "easy", stream("1")).answer_key == draw(family, "easy", stream("1")).answer_key
    )


def test_numbers_and_shapes_are_values() -> None:
    texts = ["the number of weights", "the number of outputs", "the number of multiplications",
             "the number of inputs"]  # fmt: skip
    for values, expected in (
        (["1/2", "2", "e", "3"], ratio(1, 2)),
        (["(1, 2)", "(2, 1)", "(2, 2)", "(3, 1)"], Shape((1, 2))),
    ):
        text = BANK
        for old, new in zip(texts, values, strict=True):
            text = text.replace(f'"{old}"', f'"{new}"')
        assert draw(the_family(text), "easy", stream("1")).answer_key["answer"] == expected


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('id = "what-is-shared"', 'id = "What is"', 5, "id = 'What is'"),
        ('id = "what-is-shared"', "", 4, "id is missing"),
        ('title = "What is shared"', "titel = 1", 6, "did you mean 'title'"),
        ('prompt = "Which number stays the same?"', "", 4, "prompt is missing"),
        ("right = true", "", 11, "0 options are right"),
        ("right = true", 'right = "yes"', 13, "right = 'yes'"),
        ('name = "counts_the_outputs"', 'name = "Counts it"', 17, "name = 'Counts it'"),
        ("counts_the_inputs", "counts_the_outputs", 27, "two options are 'counts_the_outputs'"),
        ("the number of inputs", "The number of weights.", 26, "says the same as"),
        ('feedback = "They grow with the outputs."', "", 20, "feedback is missing"),
        ("has* more", "<< more >>", 28, "nothing here is called 'more'"),
        ("has* more", "<< 6 * 7 >>", 28, "a template with arithmetic"),
        ("the number of inputs", "<< it >>", 26, "nothing here is called 'it'"),
        ("$n < m$", "<% include 'x' %>", 7, "a template with an include"),
        ("$n < m$", "<< ''.x >>", 7, "a template with an attribute"),
        ("$n < m$", "<< n(1) >>", 7, "a template with a call"),
        ("$n < m$", "<% if %>", 7, "cannot be read"),
        ("$n < m$", "a\\u0007b", 7, "the character"),
        ('tags = ["conceptual"]', 'tags = "conceptual"', 4, "tags = 'conceptual'"),
        ('topic = "convolution"', "", 4, "topic is missing"),
        ("stem =", "conventions = ['relus']\nstem =", 7, "did you mean 'relu'"),
        ("stem =", "levels = 'eas'\nstem =", 7, "did you mean 'easy'"),
        ("stem =", "minutes = 0\nstem =", 7, "minutes = 0"),
        ("stem =", "minutes = {easy = 1, hardest = 2}\nstem =", 7, "did you mean 'hard'"),
    ],
)
def test_each_fault_is_said_with_its_line(old: str, new: str, line: int, says: str) -> None:
    text = BANK.replace(old, new, 1)
    found = [each for each in faults_of(text) if says in each]
    assert found, faults_of(text)
    assert found[0].startswith(f"own.toml:{line}: ")


def test_all_faults_are_said_at_once() -> None:
    text = BANK.replace('title = "What is shared"', "").replace("right = true", "rite = true")
    found = "\n".join(faults_of(text))
    for says in ("title is missing", "unknown key 'rite'", "0 options are right"):
        assert says in found


def test_an_option_without_a_text_is_one_fault() -> None:
    """Nothing is said of the words that it does not have."""
    text = BANK.replace('text = "the number of inputs"', "")
    text = text.replace('text = "the number of outputs"', "")
    found = faults_of(text)
    assert ["text is missing" in each for each in found] == [True, True], found


def test_an_id_stands_once_in_a_bank() -> None:
    item = BANK[BANK.index("[[item]]") :]
    with pytest.raises(Faults, match=r"own\.toml:31: the id 'what-is-shared' stands in line 4"):
        read_bank(BANK + "\n" + item, "own.toml")


def test_one_option_is_no_choice() -> None:
    head = BANK[: BANK.index("\n[[item.option]]")]
    one = head + '\n[item.option]\ntext = "the number of weights"\nright = true\n'
    assert faults_of(one)[0].startswith("own.toml:11: option = {")
    assert "1 options" in faults_of(one.replace("[item.option]", "[[item.option]]"))[0]


@pytest.mark.parametrize("text", ["", "title = 'Empty'", "item = []", "item = [3]", "item = 3"])
def test_a_bank_without_items_is_refused(text: str) -> None:
    with pytest.raises(Faults):
        read_whole(text, "own.toml", no_family)


def test_a_truth_value_needs_its_reason() -> None:
    text = BANK.replace('solution = "The kernel has one size, wherever it lies."', "")
    assert any("no reason" in each for each in faults_of(text))
    reasoned = text.replace("right = true", 'right = true\nfeedback = "One kernel."')
    assert the_family(reasoned).parts[0].solution == "One kernel."


def test_an_option_that_cannot_be_written_out_is_refused() -> None:
    text = BANK.replace('"the number of inputs"', '"$I$"')
    (found,) = faults_of(text)
    assert "a student who writes '$I$' out is not understood" in found
