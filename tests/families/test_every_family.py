"""What every question family owes, whatever it asks."""

import json
from typing import Any

import numpy as np
import pytest

from examgen import answers
from examgen.answers import Kind, Policy, Verdict
from examgen.exact import Undefined, equal
from examgen.exams import catalog
from examgen.exams.exam import ExamPart, Item
from examgen.exams.record import revive
from examgen.grading.marking import mark_item
from examgen.grading.recorded import options_of, recorded_answer
from examgen.questions import conventions, wording
from examgen.questions.drawing import is_degenerate
from examgen.questions.givens import write_givens
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Part, Problem
from tests.families.drawn import FAMILIES, LONG_CASES, every_case, every_family, item, problem

SEEDS = range(40)
STRICT = Policy()


def few(family: str) -> range:
    """Fewer seeds where each costs a marking for every mistake of twenty parts."""
    return range(10) if catalog.entry(family).is_long else SEEDS


def key_of(drawn: Item) -> dict[str, str]:
    """The responses of a student who is right everywhere."""
    return {part.label: part.answer for part in drawn.parts}


def marks_of(drawn: Item, responses: dict[str, str]) -> dict[str, Verdict]:
    """The verdicts by label."""
    return {mark.label: mark.verdict for mark in mark_item(drawn, responses, STRICT)}


@every_case
def test_the_key_earns_full_marks(family: str, level: Level) -> None:
    for seed in SEEDS:
        drawn = item(family, level, seed)
        marks = mark_item(drawn, key_of(drawn), STRICT)
        assert {mark.verdict for mark in marks} == {Verdict.CORRECT}, (seed, marks)
        assert sum(mark.points for mark in marks) == drawn.points


@every_case
def test_every_mistake_is_named_and_none_earns_full_marks(family: str, level: Level) -> None:
    for seed in few(family):
        drawn = item(family, level, seed)
        for part in drawn.parts:
            for mistake in part.misconceptions:
                response = letter_of(part, mistake.answer)
                marks = mark_item(drawn, key_of(drawn) | {part.label: response}, STRICT)
                (mark,) = (each for each in marks if each.label == part.label)
                assert mark.verdict is Verdict.MISCONCEPTION, (seed, mark)
                assert mistake.name in mark.misconceptions
                assert mark.points < mark.possible
                assert mark.feedback


def letter_of(part: ExamPart, answer: str) -> str:
    """What a student writes to give this answer: in a closed part the option's letter."""
    return next((each.letter for each in part.options if each.answer == answer), answer)


@every_case
def test_equal_seeds_draw_equal_problems(family: str, level: Level) -> None:
    first, again = item(family, level, 0), item.__wrapped__(family, level, 0)
    assert first == again
    assert len({json.dumps(item(family, level, seed).givens) for seed in SEEDS}) > 5


@every_case
def test_givens_and_answers_survive_the_record(family: str, level: Level) -> None:
    for seed in SEEDS:
        drawn = item(family, level, seed)
        revived = revive(Item(1, family, level, json.loads(json.dumps(drawn.givens)), ()))
        assert revived is not None
        assert write_givens(revived.givens) == drawn.givens
        original = problem(family, level, seed)
        for part in revived.parts:
            assert equal(revived.answer_key[part.name], original.answer_key[part.name])


@every_case
def test_answers_are_exact_and_read_back(family: str, level: Level) -> None:
    for seed in SEEDS:
        drawn = problem(family, level, seed)
        for part in drawn.parts:
            kind = part.declared.kind
            values = [drawn.answer_key[part.name]]
            values += [wrong for _, wrong in drawn.mistakes[part.name]]
            for value in values:
                assert kind.accepts(value) is None, (part.name, kind.accepts(value))
                for text in (answers.plain(value), wording.write(value)):
                    assert equal(read_back(kind, text, value), value), text


def read_back(kind: Kind, text: str, value: Any) -> Any:
    """What is read in *text*: a matrix of one row is written, and read, like a vector.

    A sentence is only ever an option, and read in records alone.
    """
    if isinstance(value, str):
        return kind.parse(text)
    found = kind.read(text).value
    return answers.fit(found, value.shape) if isinstance(value, np.ndarray) else found


@pytest.mark.parametrize(("family", "level"), LONG_CASES)
def test_every_early_mistake_is_carried_forward(family: str, level: Level) -> None:
    """Who errs once and is right from there on loses the points of that part only."""
    seen = 0
    for seed in few(family):
        drawn, item_ = problem(family, level, seed), item(family, level, seed)
        by_name = {part.name: part for part in item_.parts}
        for erring in drawn.parts:
            for _, wrong in drawn.wrong_answers(erring):
                own = going_on(drawn, erring, wrong)
                texts = {by_name[name].label: answers.plain(value) for name, value in own.items()}
                for mark in mark_item(item_, key_of(item_) | texts, STRICT):
                    if mark.label == by_name[erring.name].label or mark.label not in texts:
                        continue
                    assert mark.verdict in (Verdict.CORRECT, Verdict.CARRIED), (seed, mark)
                    assert mark.points == mark.possible
                    seen += mark.verdict is Verdict.CARRIED
    takes_answers = any(part.procedure.parents for part in problem(family, level, 0).parts)
    assert seen > 0 or not takes_answers


def going_on(drawn: Problem, erring: Part, wrong: Any) -> dict[str, Any]:
    """The answers, up to here, of somebody who errs once and goes on rightly.

    They end where the next step is undefined, or so degenerate that the key takes its place.
    """
    own = dict(drawn.answer_key)
    answered = drawn.parts[: drawn.parts.index(erring)]
    for part in drawn.parts[len(answered) :]:
        try:
            own[part.name] = wrong if part is erring else part.procedure(own)
        except Undefined:
            break
        if is_degenerate(own[part.name]):
            break
        answered += (part,)
    return {part.name: own[part.name] for part in answered}


@every_family
def test_every_misconception_shows_up(family: str) -> None:
    shown = {
        (part.name.partition("[")[0], misconception.name)
        for level in LEVELS
        for seed in SEEDS
        for part in problem(family, level, seed).parts
        for misconception, _ in problem(family, level, seed).wrong_answers(part)
        if misconception in part.declared.misconceptions  # and no lure, which is data
    }
    declared = {
        (part.name, misconception.name)
        for part in catalog.load(family).parts
        for misconception in part.misconceptions
    }
    assert shown == declared


@every_family
def test_the_declaration_is_complete(family: str) -> None:
    declared = catalog.load(family)
    assert declared.is_long == catalog.entry(family).is_long
    assert set(declared.conventions) <= conventions.TEXTS.keys()
    assert declared.title and declared.givens.__doc__
    assert max(declared.minutes.values()) <= (18 if declared.is_long else 3)
    least = 1 if declared.is_long else 4
    for part in declared.parts:
        assert len(part.misconceptions) >= least or part.find_lures, part.name
        assert part.points > 0


@every_case
def test_closed_items_have_four_options_that_differ(family: str, level: Level) -> None:
    for seed in SEEDS:
        for part in item(family, level, seed).parts:
            if part.options:
                values = [option.value for option in options_of(part)]
                assert len(values) == 4
                assert not any(
                    equal(one, other) for i, one in enumerate(values) for other in values[:i]
                )
                assert [o.letter for o in part.options if not o.misconceptions] == [part.answer]


def test_recorded_answers_are_the_keys() -> None:
    part = item(FAMILIES[0], "easy", 0).parts[0]
    assert recorded_answer(part) == part.answer
