"""The banks that come with examgen: without a defect, and nothing about the options tells."""

from collections import Counter

import pytest

from examgen import answers
from examgen.cli.banks.validation import validate
from examgen.exact import compare, ln
from examgen.exams import catalog
from examgen.exams.catalog import Entry, bank_files, shipped
from examgen.questions.drawing import draw
from examgen.questions.family import Family
from examgen.questions.levels import LEVELS, Level
from examgen.questions.streams import stream
from examgen.questions.tells import chance, lengths_of
from tests.families.drawn import item

ITEMS = [each for each in catalog.entries().values() if each.bank]
CONCEPTUAL = [each for each in ITEMS if "conceptual" in each.tags]
PROSE = (3, 4, 6, 7, 16, 17, 19, 20, 21, 25, 26, 27)
"""The rows of the lecture's checklist that conceptual items ask about."""


def loaded(entry: Entry) -> Family:
    return catalog.load(entry.id)


@pytest.mark.parametrize("bank", bank_files())
def test_a_bank_has_no_defect(bank: str) -> None:
    found = validate([bank], shipped(), 25)
    defects = [(each.family.id, each.level, each.defects) for each in found.figures if each.defects]
    assert not found.faults and not defects


def test_there_are_items_of_every_sort() -> None:
    families = [loaded(each) for each in ITEMS]
    assert len(CONCEPTUAL) >= 40
    assert sum(each.is_chosen for each in families) >= 4
    assert sum(not each.is_fixed for each in families) >= 6
    assert any(each.is_long and not each.is_chosen for each in families)


@pytest.mark.parametrize("row", PROSE)
def test_the_prose_of_the_lecture_is_asked(row: int) -> None:
    assert sum(f"lecture-{row}" in each.tags for each in CONCEPTUAL) >= 2


@pytest.mark.parametrize("entry", CONCEPTUAL, ids=lambda entry: entry.id)
def test_an_item_is_whole(entry: Entry) -> None:
    family = loaded(entry)
    (part,) = family.parts
    table = family.definition or {}
    assert len(table["option"]) == 4
    assert part.solution
    for option in table["option"]:
        assert option.get("right") or (option["name"] and option["feedback"]), option
        assert len(option["text"]) < 110
    assert max(family.minutes.values()) <= 2


def test_neither_the_longest_nor_the_shortest_option_is_the_right_one() -> None:
    """Whoever goes by length does hardly better than by chance, which is a quarter."""
    longest = shortest = 0.0
    for entry in CONCEPTUAL:
        scores = lengths_of(options_of(loaded(entry)))
        longest += chance(scores, 0)
        shortest += chance([-each for each in scores], 0)
    for hits in (longest, shortest):
        assert 0.15 < hits / len(CONCEPTUAL) < 0.35


def test_words_that_overstate_are_in_right_options_too() -> None:
    """ "Never" and "all" must not mark the wrong ones."""
    right, wrong = Counter[str](), Counter[str]()
    for entry in CONCEPTUAL:
        values = options_of(loaded(entry))
        for counted, texts in ((right, values[:1]), (wrong, values[1:])):
            counted.update(word for text in texts for word in text.lower().split())
    strong = ("all", "every", "each", "never", "only", "none", "no")
    used = sum(right[word] for word in strong)
    assert used >= sum(wrong[word] for word in strong) / 3 * 0.4


def options_of(family: Family) -> list[str]:
    """The texts of the options, the right one first."""
    problem = draw(family, family.levels[0], stream("options"), options=1)
    (part,) = problem.parts
    return [problem.answer_key[part.name], *(each for _, each in problem.wrong_answers(part))]


def test_no_half_of_an_option_tells_the_right_one() -> None:
    """Two wishes, each in two options: the commonest halves together are no key."""
    halves = Counter(
        half
        for text in options_of(loaded(catalog.entry("conv-wishlist")))
        for half in text.split(", ")
    )
    assert set(halves.values()) == {2} and len(halves) == 4


@pytest.mark.parametrize("level", LEVELS)
def test_other_options_than_the_mean_lie_between_best_and_worst(level: Level) -> None:
    alone = 0
    for seed in range(60):
        drawn = item("mean-cross-entropy", level, seed)
        k = drawn.givens["k"]
        (part,) = drawn.parts
        values = [answers.kind("closed").parse(each.answer) for each in part.options]
        inside = [v for v in values if compare(ln(min(k)), v) < 0 < compare(ln(max(k)), v)]
        alone += len(inside) < 2
    assert alone <= 3
