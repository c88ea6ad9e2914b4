"""What sections can ask for: tags, bounds, repetition; and steering the choice from outside."""

import json
from dataclasses import replace

import pytest

from examgen.exams import catalog
from examgen.exams.assembly import assemble
from examgen.exams.blueprint import Blueprint
from examgen.exams.blueprint_file import find_blueprint, read_blueprint, shipped_files
from examgen.exams.record import plain_blueprint, read_record, write_record
from examgen.exams.record import read_blueprint as read_plain
from examgen.exams.selection import Slot, select
from examgen.faults import Fault, Faults

TEXT = """\
title = "Quiz"
course = "Learning"
minutes = 300
[[section]]
title = "Options"
response = "closed"
count = {count}
points = 4
levels = {levels}
{more}
"""
SEEDS = [str(seed) for seed in range(25)]


def quiz(more: str, count: int = 4, levels: str = '"medium"') -> Blueprint:
    return read_blueprint(TEXT.format(count=count, more=more, levels=levels), "quiz.toml")


def drawn(blueprint: Blueprint) -> list[tuple[Slot, ...]]:
    return [select(blueprint, seed) for seed in SEEDS]


def tagged(slots: tuple[Slot, ...], tag: str) -> int:
    return sum(tag in catalog.entry(each.family).tags for each in slots)


def test_a_tag_is_asked_from_so_many_to_so_many() -> None:
    counts = {
        tagged(slots, "conceptual") for slots in drawn(quiz("tags = { conceptual = [0, 2] }"))
    }
    assert counts == {0, 1, 2}
    assert {
        tagged(slots, "conceptual") for slots in drawn(quiz("tags = { conceptual = [3, 3] }"))
    } == {3}
    assert all(tagged(slots, "caching") >= 2 for slots in drawn(quiz("tags = { caching = 2 }")))


def test_a_topic_has_a_bound_too() -> None:
    for slots in drawn(quiz("topics = { attention = [1, 1] }", 6)):
        assert [catalog.entry(each.family).topic for each in slots].count("attention") == 1


def test_only_and_without_name_topics_and_tags() -> None:
    for slots in drawn(quiz('only = ["attention", "timeline"]\nwithout = ["caching"]')):
        for each in slots:
            entry = catalog.entry(each.family)
            assert entry.topic == "attention" or "timeline" in entry.tags
            assert "caching" not in entry.tags


def test_items_serve_their_own_levels_only() -> None:
    more = 'only = ["loss-landscape", "skips"]'
    hard = {"residual-false-claim", "deeper-and-worse", "residual-expanded-product"}
    for slots in drawn(quiz(more, 3, '["easy", "easy", "hard"]')):
        for each in slots:
            assert each.level in catalog.entry(each.family).levels
        assert not hard & {each.family for each in slots[:2]}


def test_long_items_are_left_out_by_minutes_and_by_work() -> None:
    for slots in drawn(quiz("minutes_each = 1")):
        assert all(catalog.load(each.family).minutes[each.level] == 1 for each in slots)
    blueprint = quiz('families = ["gradient-steps-in-epochs", "causal-scores-of-a-model"]\n'
                     "work_each = 23", 2)  # fmt: skip
    for seed in SEEDS[:8]:
        for item in assemble(blueprint, seed).items:
            assert item.problem and item.problem.work.seconds <= 23


def test_a_family_is_repeated_with_other_numbers() -> None:
    exam = assemble(quiz('families = ["kv-cache-count"]\nrepeat = true', 6), "1")
    assert {each.family for each in exam.items} == {"kv-cache-count"}
    givens = [str(each.givens) for each in exam.items]
    assert len(set(givens)) == 6


def test_families_are_repeated_in_turn() -> None:
    more = 'families = ["kv-cache-count", "conv2d-entry"]\nrepeat = true'
    names = [each.family for each in select(quiz(more, 5), "1")]
    assert names == ["kv-cache-count", "conv2d-entry"] * 2 + ["kv-cache-count"]


def test_a_fixed_item_has_no_variants() -> None:
    with pytest.raises(Fault, match="no problem left besides the 1 drawn before"):
        assemble(quiz('families = ["what-is-cached"]\nrepeat = true', 2), "1")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('only = ["timeline"]\ntopics = { attention = 1 }', "and the topic attention"),
        ('only = ["residual"]\ntags = { caching = 1 }', "and the tag caching"),
        ('tags = { caching = 1 }\nwithout = ["caching"]', "asked for and left out"),
        ('families = ["long-residual-block"]\nrepeat = true', "closed items"),
        ("tags = { conceptual = [3, 2] }", "the least number is above the most"),
        ("tags = { conceptul = 1 }", "did you mean 'conceptual'"),
        ('without = ["atention"]', "did you mean 'attention'"),
        ("tags = { conceptual = 5 }", "tags ask for 5 items of 4"),
    ],
)
def test_what_cannot_be_met_is_named(more: str, says: str) -> None:
    with pytest.raises((Fault, Faults), match=says) as caught:
        select(quiz(more), "1")
    assert str(caught.value).startswith("quiz.toml:")


def test_a_blueprint_from_a_record_has_no_lines() -> None:
    """Messages then name its sections only."""
    plain = json.dumps(plain_blueprint(quiz('only = ["attention"]', 90)))
    recorded = replace(read_plain(plain), source="exam")
    with pytest.raises(Fault, match=r"^exam: there are not enough families for "):
        select(recorded, "1")
    assert recorded.sections[0].named == f"section {recorded.sections[0].title!r}"


def test_a_named_item_is_asked_at_its_own_levels_only() -> None:
    blueprint = quiz('families = ["lecture-horizontal-pair"]', 1)
    with pytest.raises(Fault, match="lecture-horizontal-pair is not asked at the level medium"):
        select(blueprint, "1")
    assert select(blueprint.at_level("easy"), "1")


def test_excluding_changes_little_else() -> None:
    """Only where a topic has nothing else at this level must all be chosen anew."""
    blueprint = find_blueprint("midterm")
    kept: list[int] = []
    for seed in SEEDS:
        before = [each.family for each in select(blueprint, seed)]
        for name in (before[0], before[-1]):
            after = [each.family for each in select(replace(blueprint, exclude=(name,)), seed)]
            assert name not in after
            kept.append(len(set(before) & set(after)))
    assert sum(each >= len(before) - 2 for each in kept) > 0.7 * len(kept)


def test_what_is_included_is_asked() -> None:
    blueprint = find_blueprint("midterm")
    for seed in SEEDS:
        included = replace(blueprint, include=("kv-cache-count", "long-residual-block"))
        names = [each.family for each in select(included, seed)]
        assert {"kv-cache-count", "long-residual-block"} <= set(names)
        assert len(set(names)) == 9


def test_what_cannot_be_included_is_said() -> None:
    blueprint = find_blueprint("midterm")
    with pytest.raises(Fault, match=r"lecture-vertical-edge.*no question of midterm\.toml can"):
        select(replace(blueprint, include=("lecture-vertical-edge",)), "1")
    with pytest.raises(Fault, match="did you mean kv-cache-count"):
        select(replace(blueprint, include=("kv-cache-counts",)), "1")


def test_a_redraw_changes_its_item_alone() -> None:
    blueprint = find_blueprint("midterm")
    before = assemble(blueprint, "7")
    once = assemble(replace(blueprint, redraws={3: 1}), "7")
    twice = assemble(replace(blueprint, redraws={3: 2}), "7")
    for number, (old, new, newer) in enumerate(
        zip(before.items, once.items, twice.items, strict=True), start=1
    ):
        if number == 3:
            assert len({str(each.givens) for each in (old, new, newer)}) == 3
            assert old.family == new.family == newer.family
        else:
            assert old == new == newer
    assert len({before.id, once.id, twice.id}) == 3
    assert read_record(write_record(twice)) == twice
    again = read_record(write_record(twice)).blueprint
    assert assemble(replace(again, source="x"), "7") == twice


def test_a_redraw_of_nothing_is_refused() -> None:
    with pytest.raises(Fault, match="item 10: there is no such item to redraw; 1 to 9"):
        assemble(replace(find_blueprint("midterm"), redraws={10: 1}), "7")


@pytest.mark.parametrize("name", shipped_files())
def test_every_shipped_blueprint_can_be_drawn(name: str) -> None:
    blueprint = find_blueprint(name)
    for seed in SEEDS[:6]:
        exam = assemble(blueprint, seed)
        minutes = sum(catalog.load(each.family).minutes[each.level] for each in exam.items)
        assert minutes <= blueprint.minutes
        tags = {tag for each in exam.items for tag in catalog.entry(each.family).tags}
        assert "example" not in tags or name in ("drill", "quiz-10-minutes")
