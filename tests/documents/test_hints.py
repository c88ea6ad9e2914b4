"""The hints of the answer sheet: they say how to write, and never what."""

import re
from dataclasses import replace
from functools import lru_cache

import pytest

from examgen import answers
from examgen.answers import MASKED, Verdict
from examgen.answers.kinds import KINDS
from examgen.answers.sheets.understanding import hinted
from examgen.documents.answer_sheet import lay_out_sheet
from examgen.documents.hints import choose, differ, gives_away
from examgen.exams.assembly import assemble
from examgen.exams.exam import Exam
from tests.documents.exams import blueprint

SHOWING = ("integer", "rational", "closed", "expression", "array", "shape", "indices")
SEEDS = range(25)
NAMES = [str(seed) for seed in range(12)]


@lru_cache(maxsize=32)
def exam_of(seed: int) -> Exam:
    """Sets of numbers, shapes of one axis and counts: answers as plain as an example."""
    families = ("long-causal-attention", "long-cnn-shape-table", "long-conv2d-by-hand")
    return assemble(blueprint("easy", ("conv2d-entry",), families), f"hints-{seed}")


def examples(text: str) -> list[str]:
    """What a hint gives as examples."""
    return next(
        (
            list(hint.examples)
            for name in SHOWING
            for hint in answers.kind(name).hints
            if hint.text == text.removesuffix(MASKED)
        ),
        [],
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_no_hint_prints_an_answer(seed: int) -> None:
    exam = exam_of(seed)
    by_label = {part.label: part for part in exam.parts}
    seen = 0
    for group in lay_out_sheet(exam).groups:
        hint = re.sub(r"^\w+( to \w+)?: ", "", group.comments[-1])
        for part in (by_label[label] for label in group.labels):
            kind = answers.kind(part.kind)
            for example in examples(hint):
                judged = kind.judge(kind.parse(part.answer), kind.read(example))
                assert judged.verdict is not Verdict.CORRECT, (part.label, hint)
                seen += 1
    assert seen > len(by_label)


@pytest.mark.parametrize("name", SHOWING)
def test_an_example_that_is_the_answer_is_passed_over(name: str) -> None:
    kind = answers.kind(name)
    for hint in kind.hints[:-1]:
        for example in hint.examples:
            key = kind.read(example).value
            assert gives_away(kind, example, key)
            assert not any(choose(kind, [key], each) == hint.text for each in NAMES)


@pytest.mark.parametrize("name", SHOWING)
def test_what_is_told_apart_at_once_is_no_right_answer(name: str) -> None:
    kind = answers.kind(name)
    texts = [example for hint in kind.hints for example in hint.examples]
    texts += {"array": ["1 2", "[[1, 2]]", "1; 2"], "shape": ["(12)", "12"]}.get(name, [])
    readings = [kind.read(text) for text in texts]
    told = [
        kind.judge(key.value, reading).verdict is Verdict.CORRECT
        for key in readings
        for reading in readings
        if differ(key.value, reading.value)
    ]
    assert not any(told)
    assert name in ("expression", "indices") or len(told) > len(texts)


@pytest.mark.parametrize("name", ("integer", "rational", "closed"))
def test_so_is_the_negative(name: str) -> None:
    kind = answers.kind(name)
    key = -kind.read(kind.hints[0].examples[0]).value
    assert not any(choose(kind, [key], each) == kind.hint for each in NAMES)


@pytest.mark.parametrize("name", SHOWING)
def test_where_every_example_is_an_answer_none_is_shown(name: str) -> None:
    kind = answers.kind(name)
    keys = [kind.read(hint.examples[0]).value for hint in kind.hints[:-1]]
    assert choose(kind, keys, "exam") == kind.hints[-1].text
    assert not kind.hints[-1].examples


@pytest.mark.parametrize("name", SHOWING)
def test_which_example_comes_first_does_not_tell_the_key(name: str) -> None:
    """Without any key each hint has its turn, so that a later one betrays nothing."""
    kind = answers.kind(name)
    found = {choose(kind, [], str(each)) for each in range(80)}
    assert found == {hint.text for hint in kind.hints[:-1]}


def test_all_answers_of_a_kind_have_one_hint() -> None:
    """A hint of its own would say that the usual example is the answer here."""
    for seed in SEEDS:
        exam = exam_of(seed)
        kinds = {part.label: part.kind for part in exam.parts}
        hints: dict[str, set[str]] = {}
        for group in lay_out_sheet(exam).groups:
            text = re.sub(r"^\w+( to \w+)?: ", "", group.comments[-1])
            hints.setdefault(kinds[group.labels[0]], set()).add(text)
        assert all(len(texts) == 1 for texts in hints.values()), hints


def test_how_to_write_masked_scores_is_said_where_there_are_some() -> None:
    for family, has_some in (("long-causal-attention", True), ("long-decode-with-cache", False)):
        exam = assemble(blueprint("easy", ("conv2d-entry",), (family,)), "masked")
        hints = [group.comments[-1] for group in lay_out_sheet(exam).groups]
        matrices = [hint for hint in hints if "a matrix or vector" in hint]
        assert matrices
        assert all(hint.endswith(MASKED) == has_some for hint in matrices), hints
        assert not any(MASKED in hint for hint in hints if hint not in matrices)


@pytest.mark.parametrize("name", KINDS)
def test_check_understands_every_hint(name: str) -> None:
    kind = answers.kind(name)
    for hint in kind.hints:
        assert hinted(hint.text) == hinted(hint.text + MASKED) == (kind, ())


def test_a_sheet_without_answers_to_write_needs_no_hint() -> None:
    exam = exam_of(0)
    assert not lay_out_sheet(replace(exam, items=())).groups
