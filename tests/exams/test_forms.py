"""Forms of one exam: the same questions in other numbers, equally hard, none disturbs another."""

from fractions import Fraction
from functools import lru_cache

from examgen.exams.blueprint_file import find_blueprint
from examgen.exams.exam import Exam
from examgen.exams.form_names import lettered
from examgen.exams.forms import Plan, item_seconds, plan, spread

FORMS = 12


@lru_cache
def planned(seed: str) -> Plan:
    return plan(find_blueprint("midterm"), seed)


@lru_cache
def forms(seed: str) -> list[Exam]:
    return [planned(seed).form(name) for name in lettered(FORMS)]


def test_all_forms_ask_the_same_of_other_numbers() -> None:
    drawn = forms("class")
    assert len({tuple((item.family, item.level) for item in exam.items) for exam in drawn}) == 1
    assert len({exam.id for exam in drawn}) == FORMS
    for column in zip(*(exam.items for exam in drawn), strict=True):
        assert len({str(item.givens) for item in column}) > FORMS // 2


def test_a_form_depends_on_no_other() -> None:
    alone = plan(find_blueprint("midterm"), "class").form("F")
    assert alone == forms("class")[5]


def test_forms_are_equally_hard() -> None:
    for seed in ("class", "another", "third"):
        totals = [sum(item_seconds(exam)) for exam in forms(seed)]
        assert spread(totals) <= Fraction(1, 10)


def test_each_item_keeps_to_its_band() -> None:
    wanted = planned("class").seconds
    for exam in forms("class"):
        for found, usual in zip(item_seconds(exam), wanted, strict=True):
            assert abs(found - usual) <= 0.25 * usual, (exam.form, found, usual)


def test_the_spread_is_a_share_of_the_mean() -> None:
    assert spread([95, 100, 105]) == Fraction(1, 10)
    assert spread([0, 0]) == 0
