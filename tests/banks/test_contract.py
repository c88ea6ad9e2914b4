"""Bank items owe what families owe: the key pays, mistakes are named, records are read back."""

import json

import pytest

from examgen import answers
from examgen.answers import Policy, Verdict
from examgen.documents.items import known_problem
from examgen.exact import equal
from examgen.exams import catalog
from examgen.exams.blueprint_file import find_blueprint
from examgen.exams.exam import Exam, ExamPart, Item
from examgen.exams.items import Place, draw_item, practice_slot
from examgen.exams.record import plain_item, read_record, revive, write_record
from examgen.grading.key_check import stale_parts
from examgen.grading.marking import mark_item
from examgen.questions import wording
from examgen.questions.levels import Level
from tests.families.test_every_family import going_on
from tests.families.test_wording import MINUS, NOT_WORDS

CASES = [
    (each.id, level) for each in catalog.entries().values() if each.bank for level in each.levels
]
DRAWN = [(name, level) for name, level in CASES if not catalog.entry(name).is_fixed]


def draw(name: str, level: Level, seed: int) -> Item:
    return draw_item(Place(1, practice_slot(catalog.load(name), level), str(seed), "test"))


def seeds(name: str) -> range:
    return range(2) if catalog.entry(name).is_fixed else range(12)


def key_of(item: Item) -> dict[str, str]:
    return {part.label: part.answer for part in item.parts}


def letter_of(part: ExamPart, answer: str) -> str:
    return next((each.letter for each in part.options if each.answer == answer), answer)


@pytest.mark.parametrize(("name", "level"), CASES)
def test_the_key_pays_and_every_mistake_is_named(name: str, level: Level) -> None:
    for seed in seeds(name):
        item = draw(name, level, seed)
        marks = mark_item(item, key_of(item), Policy())
        assert {mark.verdict for mark in marks} == {Verdict.CORRECT}, marks
        for part in item.parts:
            for mistake in part.misconceptions:
                said = key_of(item) | {part.label: letter_of(part, mistake.answer)}
                (mark,) = [m for m in mark_item(item, said, Policy()) if m.label == part.label]
                assert mark.verdict is Verdict.MISCONCEPTION, (seed, mark)
                assert mistake.name in mark.misconceptions
                assert mark.points < mark.possible
                assert mark.feedback


@pytest.mark.parametrize(("name", "level"), DRAWN)
def test_a_minus_stands_in_a_formula(name: str, level: Level) -> None:
    for seed in seeds(name):
        item = draw(name, level, seed)
        drawn = known_problem(item)
        said = [wording.solution(drawn, part) for part in drawn.parts]
        said += [each.feedback for part in item.parts for each in part.misconceptions]
        for text in said:
            assert not MINUS.search(NOT_WORDS.sub("x", text)), text


@pytest.mark.parametrize(("name", "level"), CASES)
def test_an_option_is_chosen_by_its_own_words_too(name: str, level: Level) -> None:
    item = draw(name, level, 1)
    for part in item.parts:
        for option in part.options:
            (mark,) = mark_item(item, {part.label: option.answer}, Policy())
            assert mark.read == option.letter, (option, mark)


@pytest.mark.parametrize(("name", "level"), CASES)
def test_a_record_needs_no_bank(name: str, level: Level) -> None:
    item = draw(name, level, 3)
    exam = Exam("examgen", "id", "A", "3", find_blueprint("midterm"), (item,))
    again = read_record(write_record(exam))
    assert again == exam
    assert stale_parts(again) == ()
    copied = json.loads(json.dumps(plain_item(item)))
    copied.pop("parts")
    alone = Item(**copied, parts=(), problem=None)
    problem = revive(Item(1, "an-unknown-id", level, alone.givens, (), alone.definition))
    assert problem is not None and item.problem is not None
    for name_, value in item.problem.answer_key.items():
        assert equal(problem.answer_key[name_], value)


@pytest.mark.parametrize("level", ["easy", "medium", "hard"])
def test_an_early_mistake_is_carried_forward(level: Level) -> None:
    seen = 0
    for seed in range(12):
        item = draw("precision-recall-f1", level, seed)
        assert item.problem
        labels = {part.name: part.label for part in item.parts}
        for erring in item.problem.parts[:2]:
            for _, wrong in item.problem.wrong_answers(erring):
                own = going_on(item.problem, erring, wrong)
                said = {labels[each]: answers.plain(value) for each, value in own.items()}
                marks = {mark.label: mark for mark in mark_item(item, said, Policy())}
                assert marks[labels["score"]].points == marks[labels["score"]].possible
                seen += marks[labels["score"]].verdict is Verdict.CARRIED
    assert seen > 10


@pytest.mark.parametrize(("name", "level"), DRAWN)
def test_seeds_decide_the_problem(name: str, level: Level) -> None:
    assert draw(name, level, 1) == draw(name, level, 1)
    assert len({json.dumps(draw(name, level, seed).givens) for seed in range(20)}) > 5
