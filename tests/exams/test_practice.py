"""The next exam aims at what went wrong, and keeps the format."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from examgen.exams.assembly import assemble
from examgen.exams.blueprint import Blueprint
from examgen.exams.blueprint_file import find_blueprint
from examgen.exams.catalog import shipped
from examgen.exams.practice import Weaknesses, aim
from examgen.faults import Fault

KNOWN = shipped()
FLIPS = "flips_the_kernel"


@pytest.fixture(scope="module")
def midterm() -> Blueprint:
    return find_blueprint("midterm")


def inviting(name: str) -> set[str]:
    """The families that invite a mistake."""
    return {
        entry.id
        for entry in KNOWN.entries.values()
        for part in KNOWN.load(entry.id).parts
        if name in {each.name for each in part.misconceptions}
    }


def families(blueprint: Blueprint) -> list[str]:
    return [name for section in blueprint.sections for name in section.families]


@pytest.mark.parametrize("seed", range(5))
def test_mistakes_come_back_in_other_questions(midterm: Blueprint, seed: int) -> None:
    weak = Weaknesses(mistakes={FLIPS: 3}, places={FLIPS: ("2", "7b")})
    aimed, reasons = aim(midterm, weak, KNOWN, Random(seed))
    chosen = families(aimed)
    assert sum(name in inviting(FLIPS) for name in chosen) >= 3
    for name, reason in zip(chosen, reasons, strict=True):
        assert reason.family == name
        assert (reason.mistakes == (FLIPS,)) == (name in inviting(FLIPS))


def test_the_format_stays(midterm: Blueprint) -> None:
    aimed, _ = aim(midterm, Weaknesses(mistakes={FLIPS: 1}), KNOWN, Random(1))
    for before, after in zip(midterm.sections, aimed.sections, strict=True):
        same = ("title", "response", "count", "points", "levels", "options")
        assert [getattr(before, each) for each in same] == [getattr(after, each) for each in same]
        assert len(set(after.families)) == after.count
    assert (aimed.minutes, aimed.policy) == (midterm.minutes, midterm.policy)


def test_several_mistakes_are_all_covered(midterm: Blueprint) -> None:
    names = ["flips_the_kernel", "forgets_the_skip", "masks_after_softmax"]
    assert all(inviting(name) for name in names)
    aimed, reasons = aim(midterm, Weaknesses(mistakes=dict.fromkeys(names, 1)), KNOWN, Random(2))
    covered = {name for reason in reasons for name in reason.mistakes}
    assert covered == set(names), families(aimed)


def test_what_is_excluded_stays_so_and_what_was_for_that_exam_alone_goes(
    midterm: Blueprint,
) -> None:
    steered = replace(
        midterm, exclude=("conv2d-full",), include=("kv-cache-count",), redraws={1: 2}
    )
    weak = Weaknesses(families={"conv2d-full": 1.0})
    aimed, _ = aim(steered, weak, KNOWN, Random(1))
    assert "conv2d-full" in families(aim(midterm, weak, KNOWN, Random(1))[0])
    assert "conv2d-full" not in families(aimed)
    assert (aimed.exclude, aimed.include, aimed.redraws) == (("conv2d-full",), (), {})
    assert [item.family for item in assemble(aimed, "s").items] == families(aimed)


def test_hardly_anything_is_asked_twice(midterm: Blueprint) -> None:
    """Without that, every second exam had two questions with the same idea."""
    for seed in range(20):
        aimed, _ = aim(midterm, Weaknesses(), KNOWN, Random(seed))
        ideas = Counter(idea for name in families(aimed) for idea in KNOWN.entry(name).ideas)
        assert max(ideas.values()) == 1, ideas


@pytest.mark.parametrize("bound", [{"minutes_each": 2}, {"work_each": 40}])
def test_what_bounds_each_item_bounds_it_here(midterm: Blueprint, bound: dict[str, int]) -> None:
    closed = midterm.sections[0]
    bounded = replace(closed, **bound)  # type: ignore[arg-type]
    aimed, _ = aim(replace(midterm, sections=(bounded,)), Weaknesses(), KNOWN, Random(1))
    for item in assemble(aimed, "s").items:
        assert item.problem is not None
        assert item.problem.family.minutes[item.level] <= bound.get("minutes_each", 75)
        assert item.problem.work.seconds <= bound.get("work_each", 4500)


def test_a_weak_topic_is_asked_more_than_a_strong_one(midterm: Blueprint) -> None:
    weak = Weaknesses(topics={"residual": 0.9, "attention": 0.0, "convolution": 0.0, "shapes": 0})
    topics: Counter[str] = Counter()
    for seed in range(5):
        aimed, _ = aim(midterm, weak, KNOWN, Random(seed))
        topics.update(KNOWN.entry(name).topic for name in families(aimed))
    available = sum(entry.topic == "residual" for entry in KNOWN.entries.values())
    assert topics["residual"] >= 5 * min(available, 2)


def test_who_made_no_mistake_gets_variety(midterm: Blueprint) -> None:
    seen = {tuple(families(aim(midterm, Weaknesses(), KNOWN, Random(s))[0])) for s in range(6)}
    assert len(seen) > 3


def test_equal_seeds_aim_alike(midterm: Blueprint) -> None:
    weak = Weaknesses(mistakes={FLIPS: 2})
    assert aim(midterm, weak, KNOWN, Random(7)) == aim(midterm, weak, KNOWN, Random(7))


def test_too_little_time_is_said(midterm: Blueprint) -> None:
    with pytest.raises(Fault, match="minutes or more, the exam 5"):
        aim(replace(midterm, minutes=5), Weaknesses(), KNOWN, Random(1))


def test_no_question_has_more_parts_than_points(midterm: Blueprint) -> None:
    long = midterm.sections[-1]
    tight = replace(midterm, sections=(replace(long, count=2, levels=("easy",) * 2, points=7),))
    for seed in range(5):
        weak = Weaknesses(families={"long-cnn-shape-table": 1.0, "long-backprop-mlp": 1.0})
        aimed, _ = aim(tight, weak, KNOWN, Random(seed))
        assert assemble(aimed, "s").points == 14
