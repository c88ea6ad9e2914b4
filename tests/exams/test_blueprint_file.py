"""Blueprints: read whole, with every fault at its line."""

from fractions import Fraction

import pytest

from examgen.answers import Policy
from examgen.exams.blueprint_file import find_blueprint, read_blueprint
from examgen.exams.record import plain_blueprint
from examgen.faults import Fault, Faults

GOOD = """\
title = "Quiz"
course = "Learning"
minutes = 30

[policy]
decimals = 3
rounded_credit = 0.5
carried_forward = "4/5"

[[section]]
title = "Options"
response = "closed"
count = 2
points = 4
levels = "easy"
topics = { attention = 1 }

[[section]]
title = "By hand"
response = "open"
count = 1
points = 20
levels = ["hard"]
families = ["long-residual-block"]
"""


def test_a_blueprint_is_read_whole() -> None:
    blueprint = read_blueprint(GOOD, "quiz.toml")
    options, by_hand = blueprint.sections
    assert (blueprint.title, blueprint.course, blueprint.minutes) == ("Quiz", "Learning", 30)
    assert blueprint.policy == Policy(
        decimals=3, rounded_credit=Fraction(1, 2), carried_forward=Fraction(4, 5)
    )
    assert (options.levels, options.options, options.topics) == (
        ("easy", "easy"),
        4,
        {"attention": 1},
    )
    assert (by_hand.families, by_hand.line) == (("long-residual-block",), 18)


def test_a_blueprint_may_say_what_log_is() -> None:
    said = GOOD.replace("decimals = 3", "natural_log = true")
    assert read_blueprint(said, "quiz.toml").policy.natural_log
    assert "natural_log" not in plain_blueprint(read_blueprint(GOOD, "quiz.toml"))["policy"]
    assert plain_blueprint(read_blueprint(said, "quiz.toml"))["policy"]["natural_log"] is True


def test_a_blueprint_may_say_how_many_variants_there_are() -> None:
    assert find_blueprint("midterm").variants == 100
    assert "variants" not in plain_blueprint(find_blueprint("midterm"))
    said = read_blueprint(GOOD.replace("minutes = 30", "minutes = 30\nvariants = 7"), "quiz.toml")
    assert said.variants == plain_blueprint(said)["variants"] == 7


def test_the_midterm_is_what_the_course_announced() -> None:
    closed, opened = find_blueprint("midterm").sections
    assert (closed.count, closed.response, closed.options) == (6, "closed", 4)
    assert set(closed.topics) == {"convolution", "shapes", "residual", "attention"}
    assert (opened.count, opened.response, opened.distinct_topics) == (3, "open", True)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('title = "Quiz"', 'titel = "Quiz"', 1, "unknown key 'titel'"),
        ('title = "Quiz"', "", 1, "title is missing"),
        ("minutes = 30", "minutes = 0", 3, "minutes = 0"),
        ("minutes = 30", "minutes = true", 3, "minutes = True"),
        ("minutes = 30", "minutes = 30\nvariants = 0", 4, "variants = 0"),
        ("decimals = 3", 'decimals = "some"', 6, "decimals = 'some'"),
        ("rounded_credit = 0.5", "rounded_credit = 2", 7, "rounded_credit = 2"),
        ('carried_forward = "4/5"', 'carried_forward = "1/0"', 8, "carried_forward"),
        ('carried_forward = "4/5"', "natural_log = 1", 8, "natural_log = 1"),
        ('carried_forward = "4/5"', "carry = 1", 8, "unknown key 'carry'"),
        ('response = "closed"', 'response = "close"', 12, "did you mean 'closed'"),
        ("count = 2", "count = 2.5", 13, "count = 2.5"),
        ('levels = "easy"', 'levels = ["easy"]', 15, '(1 for 2 items); levels = "easy"'),
        ('levels = "easy"', 'levels = "simple"', 15, "levels = 'simple'"),
        ("attention = 1", "atention = 1", 16, "did you mean 'attention'"),
        ("attention = 1", "attention = 0", 16, "topics"),
        ("attention = 1", "attention = 1, qqq = 1", 16, "('qqq': allowed: 'attention'"),
        ("count = 2", 'count = 2\nonly = "attention"', 14, 'as in ["attention"'),
        ("count = 2", 'count = 2\nonly = ["shapes", "qqq"]', 14, "('qqq': allowed: "),
        ("long-residual-block", "long-residual-blocks", 24, "did you mean 'long-residual-block'"),
    ],
)
def test_each_fault_is_said_with_its_line(old: str, new: str, line: int, says: str) -> None:
    with pytest.raises(Faults) as caught:
        read_blueprint(GOOD.replace(old, new, 1), "quiz.toml")
    (fault,) = [each for each in caught.value.faults if says in str(each)]
    assert str(fault).startswith(f"quiz.toml:{line}: ")


def test_faults_are_said_in_the_order_of_their_lines() -> None:
    text = GOOD.replace("title =", "titel =", 1).replace("minutes = 30", "minutes = 0")
    with pytest.raises(Faults) as caught:
        read_blueprint(text.replace("count = 2", "count = 0"), "quiz.toml")
    lines = [int(each.where.rpartition(":")[2]) for each in caught.value.faults]
    assert lines == sorted(lines)
    assert len(lines) == 4


def test_all_faults_are_said_at_once() -> None:
    text = GOOD.replace("minutes = 30", "minutes = -1").replace("count = 1", "number = 1")
    with pytest.raises(Faults) as caught:
        read_blueprint(text, "quiz.toml")
    found = "\n".join(str(fault) for fault in caught.value.faults)
    assert "minutes = -1" in found
    assert "count is missing" in found
    assert "unknown key 'number'" in found


def test_what_is_no_toml_is_said_with_its_line() -> None:
    with pytest.raises(Fault, match="line 2"):
        read_blueprint('title = "x"\ncourse = = 1', "quiz.toml")


def test_an_unknown_name_suggests_a_shipped_one() -> None:
    with pytest.raises(Fault, match="did you mean 'midterm'"):
        find_blueprint("midtrem")


def test_sections_are_missing() -> None:
    with pytest.raises(Faults, match="at least one"):
        read_blueprint('title = "x"\ncourse = "y"\nminutes = 3\n', "quiz.toml")
