"""Four hundred midterms: what must hold for every one of them, and for all together."""

import json
from collections import Counter
from functools import lru_cache
from math import comb

from scipy.stats import chisquare

from examgen.exact import equal
from examgen.exams import catalog
from examgen.exams.assembly import assemble
from examgen.exams.blueprint_file import find_blueprint
from examgen.exams.exam import Exam
from examgen.exams.record import read_record, write_record
from examgen.grading.recorded import options_of
from examgen.questions.drawing import draw
from examgen.questions.givens import write_givens
from examgen.questions.levels import Level
from examgen.questions.streams import stream
from examgen.questions.tells import compare_options

SEEDS = [str(seed) for seed in range(1, 401)]
ALPHA = 0.001


@lru_cache(maxsize=1)
def midterms() -> list[Exam]:
    """The exams of the seeds 1 to 400."""
    blueprint = find_blueprint("midterm")
    return [assemble(blueprint, seed) for seed in SEEDS]


def test_each_has_six_closed_and_three_long_questions_of_different_families() -> None:
    for exam in midterms():
        families = [item.family for item in exam.items]
        assert len(set(families)) == 9
        assert [len(item.parts) > 1 for item in exam.items] == [False] * 6 + [True] * 3
        assert exam.points == 90
        topics = [catalog.entry(family).topic for family in families]
        assert set(topics[:6]) >= {"convolution", "shapes", "residual", "attention"}
        assert sum("conceptual" in catalog.entry(each).tags for each in families) <= 1
        assert len(set(topics[6:])) == 3


def test_each_fits_into_its_time() -> None:
    for exam in midterms():
        minutes = sum(catalog.load(item.family).minutes[item.level] for item in exam.items)
        assert minutes <= exam.blueprint.minutes == 75


def test_no_position_is_favoured() -> None:
    letters = Counter(item.parts[0].answer for exam in midterms() for item in exam.items[:6])
    assert chisquare([letters[letter] for letter in "ABCD"]).pvalue > ALPHA


def test_no_size_is_favoured() -> None:
    """The rank of the right value among the options; the extremes may not give it away."""
    ranks: Counter[int] = Counter()
    for exam in midterms():
        for item in exam.items[:6]:
            if "conceptual" in catalog.entry(item.family).tags:
                continue  # words have no size; tests/banks looks at their length
            (part,) = item.parts
            values = {option.letter: option.value for option in options_of(part)}
            right = values[part.answer]
            ranks[sum(compare_options(value, right) < 0 for value in values.values())] += 1
    total = sum(ranks.values())
    assert all(0.15 < ranks[rank] / total < 0.35 for rank in range(4)), ranks


def test_no_two_options_are_equal() -> None:
    for exam in midterms():
        for item in exam.items[:6]:
            values = [option.value for option in options_of(item.parts[0])]
            assert len(values) == 4
            assert not any(equal(a, b) for i, a in enumerate(values) for b in values[:i])


def test_seeds_share_no_more_than_chance_does() -> None:
    """A problem repeats over the exams as often as over draws of its family from one stream.

    The number of equal pairs is about Poisson distributed; six deviations leave room for some sixty
    families.
    """
    in_exams: dict[tuple[str, Level], list[str]] = {}
    for exam in midterms():
        for item in exam.items:
            in_exams.setdefault((item.family, item.level), []).append(json.dumps(item.givens))
    for (family, level), drawn in in_exams.items():
        if repeats(drawn):
            rng = stream("alone", family, level)
            alone = [
                json.dumps(write_givens(draw(catalog.load(family), level, rng).givens))
                for _ in SEEDS
            ]
            expected = repeats(alone) * comb(len(drawn), 2) / comb(len(alone), 2)
            assert repeats(drawn) <= expected + 6 * max(1, expected) ** 0.5, (family, level)


def repeats(drawn: list[str]) -> int:
    """How many pairs of draws are equal."""
    return sum(comb(count, 2) for count in Counter(drawn).values())


def test_every_record_reads_back() -> None:
    for exam in midterms()[:40]:
        assert read_record(write_record(exam)) == exam


def test_only_choices_have_options_in_the_record() -> None:
    exam = midterms()[0]
    text = write_record(exam)
    parts = [part for item in json.loads(text)["items"] for part in item["parts"]]
    assert {part["kind"] for part in parts} > {"choice"}
    for part in parts:
        assert ("options" in part) == (part["kind"] == "choice"), part["label"]
    older = json.loads(text)
    for item in older["items"]:
        for part in item["parts"]:
            part.setdefault("options", [])
    assert read_record(json.dumps(older)) == exam


def test_another_slot_changes_no_other_item() -> None:
    """An item's stream is named by its family, so its neighbours do not matter."""
    blueprint = find_blueprint("midterm")
    exam = assemble(blueprint, "1")
    by_family = {item.family: item.givens for item in exam.items}
    harder = assemble(blueprint.at_level("hard"), "1")
    hard = {item.family for item in exam.items if item.level == "hard"}
    assert 0 < len(hard) < len(exam.items)
    for item in harder.items:
        if item.family in hard:
            assert item.givens == by_family[item.family]
