"""Selection meets what a section asks, and says where it cannot."""

from collections import Counter
from dataclasses import replace

import pytest

from examgen.exams import catalog
from examgen.exams.assembly import assemble
from examgen.exams.blueprint_file import find_blueprint, read_blueprint
from examgen.exams.selection import select
from examgen.faults import Fault

TEXT = """\
title = "Quiz"
course = "Learning"
minutes = 60
[[section]]
title = "Options"
response = "closed"
count = {count}
points = 4
levels = "easy"
{more}
"""


def topics_of(count: int, more: str, seed: str) -> list[str]:
    """The topics drawn for one closed section."""
    blueprint = read_blueprint(TEXT.format(count=count, more=more), "quiz.toml")
    return [catalog.entry(slot.family).topic for slot in select(blueprint, seed)]


def test_distinct_topics_are_distinct() -> None:
    for seed in range(30):
        found = topics_of(4, "distinct_topics = true", str(seed))
        assert len(set(found)) == 4


def test_without_a_wish_topics_may_repeat() -> None:
    assert any(len(set(topics_of(4, "", str(seed)))) < 4 for seed in range(30))


def test_least_numbers_are_met() -> None:
    for seed in range(30):
        found = topics_of(4, "topics = { attention = 2, shapes = 1 }", str(seed))
        assert found.count("attention") >= 2
        assert found.count("shapes") >= 1


def test_named_families_are_asked_in_their_order() -> None:
    blueprint = read_blueprint(
        TEXT.format(count=2, more='families = ["receptive-field", "conv2d-entry"]'), "quiz.toml"
    )
    for seed in range(5):
        names = [slot.family for slot in select(blueprint, str(seed))]
        assert names == ["receptive-field", "conv2d-entry"]


@pytest.mark.parametrize(
    ("count", "more", "says"),
    [
        (500, "", "not enough families"),
        (50, "distinct_topics = true", "not enough families"),
        (2, "topics = { attention = 3 }", "ask for 3 items of 2"),
        (2, "topics = { attention = 2 }\ndistinct_topics = true", "two items of a topic"),
        (1, 'families = ["long-residual-block"]', "closed items"),
        (2, 'families = ["conv2d-entry", "conv2d-entry"]', "named twice"),
        (3, 'families = ["conv2d-entry", "receptive-field"]', "2 families for 3 items"),
    ],
)
def test_what_cannot_be_met_is_said_at_its_section(count: int, more: str, says: str) -> None:
    with pytest.raises(Fault, match=says) as caught:
        topics_of(count, more, "1")
    assert str(caught.value).startswith("quiz.toml:4: ")


@pytest.mark.parametrize("name", ["midterm", "midterm-early", "final-second-half"])
def test_no_idea_is_asked_twice(name: str) -> None:
    blueprint = find_blueprint(name)
    for seed in range(100):
        names = [slot.family for slot in select(blueprint, str(seed))]
        ideas = Counter(idea for each in names for idea in catalog.entry(each).ideas)
        assert max(ideas.values(), default=1) == 1, (seed, ideas)


SUMS = {"conv1d-values", "conv-multichannel-value", "conv2d-entry", "conv2d-full"}
ROWS = {"attention-one-weights", "attention-one-output", "causal-softmax-row"}
ATTENTION = {"long-causal-attention", "long-decode-with-cache"}
BLOCKS = {"residual-forward-mc", "long-residual-block"}
STEPS_OF = {
    "long-cnn-shape-table": {"conv-output-size", "flatten-in-features", "conv-param-count"},
    "long-linear-regression": {"normal-equations"},
    "long-causal-attention": {"qkv-projection"},
    "long-decode-with-cache": {"qkv-projection"},
}
"""Short questions that ask no more than a step of a long one."""


@pytest.mark.parametrize("name", ["midterm", "final-second-half"])
def test_the_same_work_by_hand_is_asked_twice_at_most(name: str) -> None:
    """A long question and a short one of another kind; of two dimensions, or causal, only once."""
    blueprint = find_blueprint(name)
    for seed in range(100):
        names = {slot.family for slot in select(blueprint, str(seed))}
        assert len(names & SUMS) <= 1 >= len(names & ROWS), seed
        assert len(names & {"conv2d-entry", "conv2d-full", "long-conv2d-by-hand"}) <= 1, seed
        assert len(names & {"causal-softmax-row", *ATTENTION}) <= 1 >= len(names & BLOCKS), seed


@pytest.mark.parametrize("name", ["midterm", "midterm-early", "final-second-half"])
def test_no_step_of_a_long_question_is_asked_beside_it(name: str) -> None:
    blueprint, seen = find_blueprint(name), set()
    for seed in range(100):
        names = {slot.family for slot in select(blueprint, str(seed))}
        for long, steps in STEPS_OF.items():
            assert long not in names or not names & steps, seed
            seen |= {long} & names
    assert seen


CACHING = ["kv-cache-count", "cached-step-scores", "causal-scores-of-a-model"]


def test_of_three_items_with_one_idea_one_is_asked() -> None:
    many = f"families = {[*CACHING, 'conv2d-entry', 'conv-macs', 'receptive-field']}"
    blueprint = read_blueprint(TEXT.format(count=4, more=many), "quiz.toml")
    for seed in range(30):
        names = [slot.family for slot in select(blueprint, str(seed))]
        assert len({*names} & {*CACHING}) == 1
        assert {"conv2d-entry", "conv-macs", "receptive-field"} < {*names}


def test_items_with_one_idea_are_asked_where_they_are_named() -> None:
    blueprint = read_blueprint(TEXT.format(count=3, more=f"families = {CACHING}"), "quiz.toml")
    assert [slot.family for slot in select(blueprint, "1")] == CACHING
    wanted = replace(find_blueprint("midterm"), include=("kv-cache-count",))
    for seed in range(30):
        names = [slot.family for slot in select(wanted, str(seed))]
        assert {*names} & {*CACHING} == {"kv-cache-count"}
        assert "long-causal-attention" not in names


def test_that_an_idea_is_asked_once_is_said() -> None:
    with pytest.raises(Fault, match="of those with the same tag idea-… one is asked"):
        topics_of(3, f"families = {[*CACHING, 'conv2d-entry']}", "1")


OPEN = TEXT.replace('"closed"', '"open"').replace("points = 4", "points = {points}")


@pytest.mark.parametrize("seed", range(20))
def test_a_question_has_no_more_parts_than_points(seed: int) -> None:
    """Of the long questions at this level two have seven parts or fewer."""
    text = OPEN.format(count=2, points=7, more='without = ["classification"]')
    exam = assemble(read_blueprint(text, "quiz.toml"), str(seed))
    names = {item.family for item in exam.items}
    assert names == {"long-conv2d-by-hand", "long-linear-regression"}
    assert all(part.points >= 1 for part in exam.parts)


@pytest.mark.parametrize(
    ("points", "more", "says"),
    [
        (1, "", "meets: an open question, .* and a point for each of its parts"),
        (7, 'without = ["classification", "regression"]', "compete for long-conv2d-by-hand"),
        (
            9,
            'families = ["long-conv2d-by-hand", "long-cnn-shape-table"]',
            "points, 9, for the 16 p",
        ),
        (9, 'families = ["long-cnn-shape-table"]\nrepeat = true', "9, for the 16 parts"),
    ],
)
def test_that_points_are_too_few_is_said_for_every_seed(points: int, more: str, says: str) -> None:
    blueprint = read_blueprint(OPEN.format(count=2, points=points, more=more), "quiz.toml")
    for seed in range(10):
        with pytest.raises(Fault, match=says) as caught:
            select(blueprint, str(seed))
        assert str(caught.value).startswith("quiz.toml:4: ")
