"""What is said of items, options, mistakes and forms."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from examgen.answers import Verdict
from examgen.grading.analysis.analyse import Dropped, analyse
from examgen.grading.analysis.questions import item_statistics, part_statistics
from examgen.grading.analysis.results import Outcome, Result
from tests.grading.analysis.classes import outcome, scored
from tests.grading.analysis.test_moments import QUIZ


def simulated(count: int, items: int, seed: int = 1) -> list[Result]:
    """A class whose students differ in ability."""
    rng = Random(seed)
    abilities = [rng.gauss(0, 1) for _ in range(count)]
    rows = [
        "".join(
            str(int(rng.gauss(ability, 1) > (number - items / 2) / 3)) for number in range(items)
        )
        for ability in abilities
    ]
    return scored(rows)


def test_difficulties_of_a_published_quiz() -> None:
    found = item_statistics(scored(QUIZ))
    assert [each.difficulty for each in found] == pytest.approx(
        [0.7, 0.7, 0.6, 0.7, 0.6, 0.8, 0.7, 0.7, 0.5, 0.6]
    )


def test_discrimination_against_numpy() -> None:
    """Corrected: the item is left out of the total that it is compared with."""
    results = simulated(60, 8)
    scores = np.array([[each.points for each in result.outcomes] for result in results])
    for index, found in enumerate(item_statistics(results)):
        rest = scores.sum(axis=1) - scores[:, index]
        assert found.discrimination == pytest.approx(np.corrcoef(scores[:, index], rest)[0, 1])


def test_upper_and_lower_groups_by_hand() -> None:
    """Ten students: 27 % of them are three."""
    rows = ["0000", "0000", "0001", "0011", "0011", "0111", "0111", "1111", "1111", "1111"]
    found = item_statistics(scored(rows))
    assert [each.upper_lower for each in found] == pytest.approx([1, 1, 1, 2 / 3])


def test_the_whole_class_by_hand() -> None:
    found = analyse(scored(QUIZ), 10).overview
    assert found.count == 10 and found.mean == pytest.approx(6.6)
    assert found.is_kr20 and found.is_indicative
    assert found.alpha == pytest.approx(0.6963, abs=5e-5)
    spread = (5.84 * 10 / 9) ** 0.5
    assert found.deviation == pytest.approx(spread)
    assert found.error == pytest.approx(spread * (1 - 0.69635) ** 0.5, abs=1e-4)


@pytest.mark.parametrize(
    ("points", "is_kr20"), [((0.0, 2.0), True), ((0.0, 1.0, 2.0), False), ((1.0, 2.0), False)]
)
def test_reliability_is_kr20_where_every_item_earns_all_or_nothing(
    points: tuple[float, ...], is_kr20: bool
) -> None:
    rows = [(row[0], points[number % len(points)]) for number, row in enumerate(QUIZ)]
    results = [
        Result(f"s{number}", "A", (outcome("1", float(right)), outcome("2", earned, 2)))
        for number, (right, earned) in enumerate(rows)
    ]
    assert analyse(results, 3).overview.is_kr20 is is_kr20


def test_few_students_are_not_measured() -> None:
    found = analyse(scored(QUIZ[:9]), 10)
    assert found.overview.alpha is None and found.overview.error is None
    assert all(each.upper_lower is None for each in found.items)
    assert not found.flags


def test_what_was_dropped_is_not_measured() -> None:
    """On one form only: its points would set that form apart, and its lack would, too."""
    first, second = scored(QUIZ[:5], "A"), scored(QUIZ[5:], "B")
    dropped = [
        Result(each.student, "B", each.outcomes[1:], (outcome("1", 1.0),)) for each in second
    ]
    found = analyse([*first, *dropped], 10)
    assert found.overview.alpha == analyse(scored([row[1:] for row in QUIZ]), 9).overview.alpha
    assert found.items[0].count == 5
    assert found.dropped == (Dropped("1", ("B",)),)
    assert found.totals == tuple(each.total for each in (*first, *dropped))


def test_one_student_and_none() -> None:
    assert analyse([], 10).overview.mean is None
    one = analyse(scored(["101"]), 3)
    assert one.overview.mean == 2 and one.overview.deviation is None
    assert [each.discrimination for each in one.items] == [None] * 3


def test_items_that_everybody_solves_have_no_discrimination() -> None:
    found = item_statistics(scored(["11", "10", "11", "10"]))
    assert found[0].discrimination is None


def closed(
    student: str, letter: str, mistakes: tuple[str, ...], rest: float, form: str, wrong: str
) -> Result:
    """Somebody who took one of two options of item 1 and earned *rest* in item 2."""
    first = outcome(
        "1",
        0.0 if mistakes else 5.0,
        5,
        verdict=Verdict.MISCONCEPTION if mistakes else Verdict.CORRECT,
        mistakes=mistakes,
        letter=letter,
        offered=((), (wrong,)),
    )
    return Result(student, form, (first, outcome("2", rest, 10)))


def test_options_are_pooled_by_the_mistake_that_leads_to_them() -> None:
    """The right option is B on one form and C on the other; the same mistake is A and D."""
    results = [
        closed("1", "B", (), 8, "A", "flips"),
        closed("2", "A", ("flips",), 2, "A", "flips"),
        closed("3", "C", (), 9, "B", "flips"),
        closed("4", "D", ("flips",), 4, "B", "flips"),
        closed("5", "D", (), 9, "C", "adds"),
    ]
    right, flipped, added = analyse(results, 15).choices
    assert (added.mistakes, added.count, added.offered) == (("adds",), 0, 1)
    assert (right.count, right.offered, flipped.offered) == (3, 5, 4)
    assert flipped.share == 0.5
    assert right.letters == ("B", "C", "D")
    assert (flipped.count, flipped.letters, flipped.mean_total) == (2, ("A", "D"), 3)
    assert flipped.correlation is not None and flipped.correlation < -0.8


def test_an_option_that_attracts_the_best_asks_for_the_key_to_be_checked() -> None:
    rng = Random(3)
    results = [closed(f"g{i}", "A", ("x",), 8 + rng.random(), "A", "x") for i in range(8)]
    results += [closed(f"w{i}", "B", (), rng.random(), "A", "x") for i in range(8)]
    flags = analyse(results, 15).flags
    assert {"attractive", "negative"} <= {flag.name for flag in flags}
    assert flags[0].is_urgent
    assert any(
        "option “x” (A) attracts the best students: check the key" in f.advice for f in flags
    )


def test_an_option_that_was_accepted_is_nothing_to_look_at() -> None:
    """It is right like the printed one, whose takers did worse."""
    rng = Random(3)
    results = [closed(f"g{i}", "A", ("x",), 8 + rng.random(), "A", "x") for i in range(8)]
    results += [closed(f"w{i}", "B", (), rng.random(), "A", "x") for i in range(8)]
    accepted = [
        replace(each, outcomes=(replace(each.outcomes[0], right=((), ("x",))), *each.outcomes[1:]))
        for each in results
    ]
    found = analyse(accepted, 15)
    assert [each.is_right for each in found.choices] == [True, True]
    assert "attractive" not in {flag.name for flag in found.flags}


def test_words_that_nobody_has_marked_are_something_to_look_at() -> None:
    """They are in no figure but as points that were not earned."""
    marked = Result("s", "A", (outcome("2a", 1), outcome("2b", 1)))
    waits = Result("t", "A", (outcome("2a", 1), outcome("2b", 0, verdict=Verdict.PERSON)))
    for results, said in (([marked, waits], "1 answer waits"), ([waits] * 3, "3 answers wait")):
        (flag,) = [each for each in analyse(results, 2).flags if each.name == "waiting"]
        assert (flag.label, flag.is_urgent) == ("2b", True)
        assert flag.advice == f"{said} for a person: mark before the points are final"
    assert not [each for each in analyse([marked], 2).flags if each.name == "waiting"]


def test_misconceptions_are_counted_over_parts_and_forms() -> None:
    def wrong(label: str) -> Outcome:
        mistakes = ("flips_the_kernel",)
        return outcome(label, 0, verdict=Verdict.MISCONCEPTION, mistakes=mistakes)

    results = [
        Result("1", "A", (wrong("1"), wrong("7a"))),
        Result("2", "B", (outcome("1", 1), wrong("7a"))),
        Result("3", "B", (outcome("1", 1), outcome("7a", 1))),
    ]
    (found,) = analyse(results, 2).misconceptions
    assert (found.count, found.students, found.labels) == (3, 2, ("1", "7a"))
    assert found.mean_total == 0.5
    assert found.correlation == pytest.approx(-np.sqrt(3) / 2)


def test_parts_that_only_some_forms_have_count_where_they_are() -> None:
    results = [
        Result("1", "A", (outcome("7a", 1), outcome("7b", 0))),
        Result("2", "B", (outcome("7a", 0),)),
    ]
    found = dict(part_statistics(results))
    assert [(each.label, each.count) for each in found.values()] == [("7a", 2), ("7b", 1)]


def test_a_form_that_is_easier_is_said_to_be() -> None:
    rng = Random(5)
    easy = [Result(f"a{i}", "A", (outcome("1", rng.gauss(8, 1), 10),)) for i in range(12)]
    hard = [Result(f"b{i}", "B", (outcome("1", rng.gauss(5, 1), 10),)) for i in range(12)]
    found = analyse(easy + hard, 10)
    a, b = found.forms
    assert a.difference == pytest.approx(-b.difference) and a.difference > 2
    assert [flag.advice.split(":")[0] for flag in found.flags if flag.name == "form"] == [
        "form A seems easier",
        "form B seems harder",
    ]
    assert not analyse(easy, 10).forms


def test_unreadable_and_blank_answers_are_flagged() -> None:
    results = [
        Result(f"{i}", "A", (outcome("1", 0, verdict=Verdict.UNREADABLE), outcome("2", i % 2)))
        for i in range(4)
    ]
    (flag,) = analyse(results, 2).flags
    assert flag.name == "unreadable" and flag.is_urgent
    blanks = [
        Result(f"{i}", "A", (outcome("1", i % 2, verdict=Verdict.BLANK), outcome("2", i % 2)))
        for i in range(12)
    ]
    flagged = [flag.label for flag in analyse(blanks, 2).flags if flag.name == "blank"]
    assert flagged == ["1"]


def test_hand_work_that_shows_in_the_totals_is_measured() -> None:
    results = [Result(f"{i}", f"f{i}", (outcome("1", i, 20),)) for i in range(12)]
    seconds = {f"f{i}": 100 - i for i in range(12)}
    assert analyse(results, 20, seconds).work_correlation == pytest.approx(-1)
