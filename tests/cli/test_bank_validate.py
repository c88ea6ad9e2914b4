"""`examgen bank validate` and `examgen bank new`."""

from pathlib import Path

import pytest

from examgen.exams.catalog import bank_files
from tests.cli.running import examgen


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """The starter, as it is written."""
    done = examgen("bank", "new", tmp_path / "Own Bank")
    assert done.code == 0
    assert f"`examgen bank validate '{tmp_path / 'Own Bank.toml'}'`" in done.out
    return tmp_path / "Own Bank.toml"


def test_the_starter_has_no_defect(bank: Path) -> None:
    done = examgen("bank", "validate", bank)
    assert done.code == 0, done.out
    assert done.out.splitlines()[-1] == "3 items, no defects"
    assert 'id = "own-bank-pooling"' in bank.read_text()


def test_the_starter_is_never_overwritten(bank: Path) -> None:
    bank.write_text("mine")
    assert examgen("bank", "new", bank).code == 2
    assert bank.read_text() == "mine"


def test_figures_are_given_for_every_item_and_level(bank: Path) -> None:
    done = examgen("bank", "validate", bank, "--json", "--samples", 50)
    assert done.code == 0
    items = {(each["id"], each["level"]): each for each in done.json["items"]}
    assert len(items) == 3 + 1 + 3
    drawn = items["own-bank-parameters", "hard"]
    assert drawn["problems"] == 50
    assert drawn["acceptance"] > 0.8
    assert drawn["distinct"] > 30
    assert drawn["answers"]["answer"] > 20
    assert sum(drawn["letters"].values()) == sum(drawn["places"].values()) == 50
    assert items["own-bank-pooling", "easy"]["fixed"] is True
    assert items["own-bank-halved", "medium"]["distinct"] == 1


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("tags =", "tgas =", "Own Bank.toml:12: unknown key 'tgas'; did you mean 'tags'"),
        ("four weights for each channel", "Nothing at all.", "says the same as"),
        (
            '"inputs != classes"',
            '"inputs < classes - 9"',
            "the condition 'inputs < classes - 9' never holds in 100 draws (hard)",
        ),
        ("through a linear", "through << it >>", "nothing here is called 'it'"),
        (r"\times 2", r"\tims 2", "is not a command that formulas may use; did you mean"),
        (r"$<< weights >> +", r"$\frac{<< weights >> +", "is not closed"),
        ("four numbers on", "<i>four</i> numbers on", "looks like HTML"),
        (
            'answer = "weights + 2"',
            'answer = "weights + hidden + classes"',
            "gives_every_layer_one_bias reaches the right answer",
        ),
        (
            'when = "classes > 1"',
            'when = "classes > 99"',
            "the mistake connects_inputs_to_classes never shows up",
        ),
        ("stride = 2", "stride = 200", "conv.stride"),
    ],
)
def test_a_defect_is_found_and_said(bank: Path, old: str, new: str, says: str) -> None:
    text = bank.read_text()
    assert old in text
    bank.write_text(text.replace(old, new))
    done = examgen("bank", "validate", bank, "--samples", 40)
    assert done.code == 1
    assert says in done.out


TORN = r"""
[[item]]
id = "torn"
topic = "shapes"
title = "Torn"
{more}
stem = "Take << inputs >>."
prompt = 'How many are $\frac{{<< inputs >>}}{{3$ and $\tims 2$?'
answer = "inputs * 3"
solution = 'It is << answer >>: $x^{{2$.'
{where}
parameters = {{ inputs = {{ from = 1, to = 5 }} }}
[[item.mistake]]
name = "multiplies_by_two"
answer = "{mistake}"
feedback = 'Not $\sqrt{{2$.'
"""


@pytest.mark.parametrize(
    "broken",
    [
        {"more": "minuts = 3"},
        {"where": 'where = ["inputs > 100"]'},
        {"mistake": "3 inputs"},
        {"mistake": "3 inputs +"},
        {},
    ],
)
def test_faults_of_texts_are_said_beside_all_others(tmp_path: Path, broken: dict[str, str]) -> None:
    """Also where the item cannot be drawn, or a mistake never shows."""
    path = tmp_path / "torn.toml"
    blank = {"more": "", "where": "", "mistake": "2 inputs"}
    path.write_text(TORN.format(**(blank | broken)))
    done = examgen("bank", "validate", path, "--samples", 5)
    assert done.code == 1
    assert done.out.splitlines()[-1].startswith("1 item, ")
    for says in (
        r"torn.toml:8: torn, prompt: the formula '\\frac{",
        r"torn.toml:8: torn, prompt: the formula '\\tims 2': \tims is not a command",
        r"torn.toml:10: torn, solution: the formula 'x^{2': { is not closed",
        r"the formula '\\sqrt{2': { is not closed",
    ):
        assert done.out.count(says) == 1, done.out


def test_faults_that_differ_by_a_number_are_all_said(tmp_path: Path) -> None:
    """Unless it is another draw of the same text that has it."""
    path = tmp_path / "torn.toml"
    item = TORN.format(more="", where="", mistake="2 inputs")
    path.write_text(item.replace(r"$\tims 2$", r"$\sqrt{2$ and $\sqrt{3$"))
    done = examgen("bank", "validate", path, "--samples", 5)
    for says in (r"prompt: the formula '\\sqrt{2'", r"prompt: the formula '\\sqrt{3'"):
        assert done.out.count(says) == 1, done.out
    assert done.out.count(r"prompt: the formula '\\frac{") == 1, done.out


STEPS = """
[[item]]
id = "steps"
topic = "shapes"
title = "Steps"
stem = "Let $a = << a >>$."
points = 2
parameters = { a = { from = 2, to = 30 } }
"""
STEP = """
[[item.part]]
name = "step{n}"
prompt = "Multiply it by {n}."
answer = "{n} * a"
solution = "It is $<< answer >>$."
"""


@pytest.mark.parametrize(("parts", "worth"), [(2, 2), (3, 2), (20, 20), (21, 20)])
def test_points_that_are_too_few_for_the_parts_are_said(
    tmp_path: Path, parts: int, worth: int
) -> None:
    """No exam asks such an item unless the section of its blueprint gives more points."""
    path = tmp_path / "steps.toml"
    # What is worth 20 is so because it does not say what it is worth.
    head, line = (STEPS, 7) if worth == 2 else (STEPS.replace("points = 2\n", ""), 2)
    path.write_text(head + "".join(STEP.format(n=n) for n in range(2, parts + 2)))
    done = examgen("bank", "validate", path)
    found = f"steps: too few points, {worth}, for {parts} parts that earn whole points"
    said = f"steps.toml:{line}: {found}; at least {parts} points"
    assert [each for each in done.out.splitlines() if "points" in each] == [said] * done.code
    assert done.code == (parts > worth), done.out


def test_an_instance_has_a_point_for_each_row(tmp_path: Path) -> None:
    path = tmp_path / "rows.toml"
    text = bank_files()["examples.toml"].read_text(encoding="utf-8")
    (item,) = [each for each in text.split("[[item]]") if "long-cnn-shape-table" in each]
    path.write_text("[[item]]\npoints = 3" + item, encoding="utf-8")
    assert (
        "rows.toml:2: tutorial-network-shapes: too few points, 3, for"
        in examgen("bank", "validate", path).out
    )


def test_an_id_that_is_taken_is_said(bank: Path) -> None:
    bank.write_text(bank.read_text().replace("own-bank-pooling", "kv-cache-count"))
    done = examgen("bank", "validate", bank, "--samples", 5)
    assert done.code == 1
    assert "Own Bank.toml:17: the id 'kv-cache-count' is taken" in done.out


def test_the_right_option_should_not_always_be_the_longest(tmp_path: Path) -> None:
    item = """
[[item]]
id = "item-{n}"
topic = "shapes"
title = "An item"
prompt = "What is it, number {n}?"
solution = "It is."
option = [
  {{ text = "the one that is explained at length, since it must be right ({n})", right = true }},
  {{ text = "one ({n})", name = "says_one", feedback = "No." }},
  {{ text = "two ({n})", name = "says_two", feedback = "No." }},
  {{ text = "three ({n})", name = "says_three", feedback = "No." }},
]
"""
    path = tmp_path / "long.toml"
    path.write_text("".join(item.format(n=n) for n in range(9)))
    done = examgen("bank", "validate", path, "--samples", 5)
    assert done.code == 1
    assert "the right option is the longest in 9 of 9 items" in done.out
    assert "long.toml:8: the right option is by far the longest" in done.out


def test_families_in_python_have_figures_too() -> None:
    done = examgen("bank", "validate", "conv2d-full", "--samples", 20)
    assert done.code in (0, 1)
    assert [line.split()[:2] for line in done.out.splitlines()[1:4]] == [
        ["conv2d-full", level] for level in ("easy", "medium", "hard")
    ]


def test_what_is_neither_a_file_nor_an_id_is_refused() -> None:
    assert examgen("bank", "validate", "conv2d-ful").code == 2
    assert examgen("bank", "validate", "nowhere.toml").code == 2
