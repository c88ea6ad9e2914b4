"""Forms of one exam: the same questions in other numbers, equally hard, none disturbs another."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from random import Random
from statistics import median_low

import pytest

from examgen.exams import forms as exam_forms
from examgen.exams import items as exam_items
from examgen.exams.assembly import assemble
from examgen.exams.blueprint import Blueprint
from examgen.exams.blueprint_file import find_blueprint
from examgen.exams.exam import Exam
from examgen.exams.form_names import lettered
from examgen.exams.forms import SPREAD, Plan, item_seconds, plan, share, spread
from examgen.faults import Fault
from examgen.questions.levels import Level
from examgen.questions.streams import stream
from examgen.questions.work import Band

FORMS = 12


@lru_cache
def planned(seed: str) -> Plan:
    return plan(find_blueprint("midterm"), seed)


@lru_cache
def forms(seed: str) -> list[Exam]:
    return [planned(seed).form(name) for name in lettered(FORMS)]


def test_no_form_is_taken_for_the_exam_of_one_form() -> None:
    """Both are called A and asked by the same blueprint and seed, but in other numbers."""
    alone = assemble(find_blueprint("midterm"), "class")
    several = forms("class")
    assert several[0].form == alone.form and several[0].items != alone.items
    assert len({alone.id, *(each.id for each in several)}) == 1 + len(several)


def test_all_forms_ask_the_same_of_other_numbers() -> None:
    drawn = forms("class")
    assert len({tuple((item.family, item.level) for item in exam.items) for exam in drawn}) == 1
    assert len({exam.id for exam in drawn}) == FORMS
    columns = list(zip(*(exam.items for exam in drawn), strict=True))
    different = [len({str(item.givens) for item in column}) for column in columns]
    assert sum(different) > FORMS * len(columns) * 0.8, different


def test_a_form_depends_on_no_other() -> None:
    alone = plan(find_blueprint("midterm"), "class").form("F")
    assert alone == forms("class")[5]


def test_forms_are_dealt_from_a_stock() -> None:
    """Of three variants each, no form has another; nearly every form is put together otherwise."""
    few = plan(replace(find_blueprint("midterm"), variants=3), "class")
    dealt = [few.form(name) for name in lettered(40)]
    for column in zip(*(exam.items for exam in dealt), strict=True):
        assert len({str(item) for item in column}) == 3
        counts = Counter(str(item) for item in column).values()
        assert min(counts) >= 5, "each variant is dealt about as often"
    assert len({str(exam.items) for exam in dealt}) == 40


def test_what_is_dealt_says_nothing_of_what_a_form_draws_for_itself() -> None:
    """Two decisions, two streams: else one number would decide both."""
    asked: list[tuple[str | int, ...]] = []

    def noted(*names: str | int) -> Random:
        asked.append(names)
        return stream(*names)

    with pytest.MonkeyPatch.context() as patch:
        for module in (exam_forms, exam_items):
            patch.setattr(module, "stream", noted)
        for seed in map(str, range(16)):
            plan(two_masks(), seed).form("A")
    assert len(asked) == len(set(asked))


def test_two_forms_rarely_have_an_item_in_common() -> None:
    drawn = forms("class")
    pairs = [
        (one, other)
        for column in zip(*(exam.items for exam in drawn), strict=True)
        for one, other in combinations(column, 2)
    ]
    assert sum(one == other for one, other in pairs) < len(pairs) * 0.03


def drill_of_masks(count: int, variants: int) -> Blueprint:
    """A family again and again that has eight easy problems, two of each size."""
    drill = find_blueprint("drill")
    easy: Level = "easy"
    family = ("causal-mask-matrix",)
    section = replace(drill.sections[0], count=count, levels=(easy,) * count, families=family)
    return replace(drill, sections=(section,), variants=variants)


def two_masks() -> Blueprint:
    """That family twice, in one variant each."""
    return drill_of_masks(2, variants=1)


def test_a_form_asks_nothing_twice() -> None:
    """Though the variants of two items of a family may be the same problem."""
    for seed in map(str, range(16)):
        items = plan(two_masks(), seed).form("A").items
        assert len({str(item.givens) for item in items}) == 2


@pytest.mark.parametrize("count", [3, 5, 8])
def test_where_the_band_holds_too_few_the_nearest_are_asked(count: int) -> None:
    """Two masks of a size are within the band; the next ones are the same sizes in all forms."""
    for seed in map(str, range(4)):
        shared = plan(drill_of_masks(count, variants=100), seed)
        drawn = [shared.form(name) for name in lettered(6)]
        for exam in drawn:
            assert len({str(item.givens) for item in exam.items}) == count
        assert spread([sum(item_seconds(exam)) for exam in drawn]) <= Fraction(1, 10)


def test_where_there_is_no_other_problem_a_form_says_so() -> None:
    with pytest.raises(Fault, match=r"item 9 .*no problem left besides the 8 drawn before"):
        plan(drill_of_masks(9, variants=100), "1").form("A")


def test_what_is_redrawn_is_redrawn_for_all() -> None:
    blueprint = replace(find_blueprint("midterm"), variants=2)
    before, after = (
        plan(each, "class") for each in (blueprint, replace(blueprint, redraws={3: 1}))
    )
    items = {str(before.form(name).items[2].givens) for name in lettered(12)}
    again = [after.form(name) for name in lettered(12)]
    assert not items & {str(exam.items[2].givens) for exam in again}
    assert [exam.items[3] for exam in again] == [
        before.form(name).items[3] for name in lettered(12)
    ]
    with pytest.raises(Fault, match="no such item to redraw"):
        plan(replace(blueprint, redraws={10: 1}), "class")


def test_forms_are_equally_hard() -> None:
    for seed in ("class", "another", "third"):
        totals = [sum(item_seconds(exam)) for exam in forms(seed)]
        assert spread(totals) <= Fraction(1, 10)


def test_each_item_keeps_to_its_band() -> None:
    wanted = planned("class").bands
    for exam in forms("class"):
        for found, band in zip(item_seconds(exam), wanted, strict=True):
            # Draws rejected 500 times in a row would widen a band by this.
            assert abs(found - band.usual) <= band.off + band.usual / 5, (exam.form, found, band)


def test_bands_together_keep_to_the_spread() -> None:
    for works in ([[100, 120, 140], [40, 40, 40], [10, 60, 80]], [[5, 7], [100, 100]], [[0, 0]]):
        bands = share(works)
        assert [each.usual for each in bands] == [median_low(each) for each in works]
        allowed = SPREAD * sum(each.usual for each in bands)
        assert 2 * sum(each.off for each in bands) <= allowed


def test_what_varies_most_has_the_widest_band() -> None:
    varied, constant, varied_more = share([[90, 100, 110], [100, 100, 100], [60, 100, 140]])
    assert 0 < constant.off < varied.off < varied_more.off


def test_a_band_is_no_wider_than_what_varies() -> None:
    narrow, _ = share([[100, 101], [1000, 1000]])
    assert narrow == Band(100, 1 + Fraction(100, 100))


def test_the_spread_is_a_share_of_the_mean() -> None:
    assert spread([95, 100, 105]) == Fraction(1, 10)
    assert spread([0, 0]) == 0
