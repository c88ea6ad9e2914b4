"""An item that asks for words, from the family to the marks: a person is needed."""

import json
from random import Random
from typing import Self

from examgen import answers
from examgen.answers import Policy, Rubric, Verdict
from examgen.exams.exam import Item
from examgen.exams.items import open_part
from examgen.exams.record import converter
from examgen.grading.marking import mark_item
from examgen.questions.family import family
from examgen.questions.givens import write_givens
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.problem import Problem


@family(title="Sharing", minutes=1)
class Sharing:
    """How many weights, and why so few."""

    side: int

    stem = "A kernel has << side >> rows and columns."

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:  # noqa: ARG003
        return cls(rng.randint(2, 5))

    @part("How many weights has it?", points=1, solution="$<< answer >>$")
    def weights(self) -> int:
        return self.side**2

    @part("Why does a larger image need no more of them?", points=2, solution="<< answer >>")
    def reason(self, weights: int) -> Rubric:
        return Rubric.of(
            "1 for the same weights, 1 for all places", f"The same {weights} serve everywhere."
        )

    @reason.misconception("Pooling comes later.")
    def names_pooling(self) -> Rubric:
        return Rubric("pooling")


PROBLEM = Problem.of(Sharing(3), "easy")
ITEM = Item(
    1,
    "sharing",
    "easy",
    write_givens(PROBLEM.givens),
    tuple(
        open_part(PROBLEM, each, label, each.declared.points)
        for each, label in zip(PROBLEM.parts, ("1a", "1b"), strict=True)
    ),
    problem=PROBLEM,
)


def verdict(text: str) -> Verdict:
    """The verdict on an answer to 1b."""
    mark = mark_item(ITEM, {"1a": "9", "1b": text}, Policy())[1]
    assert mark.points == (2 if mark.verdict is Verdict.CORRECT else 0)
    return mark.verdict


def test_words_wait_for_a_person() -> None:
    assert verdict("It is slid over the image.") is Verdict.PERSON
    assert verdict("the same 9 serve everywhere") is Verdict.CORRECT
    assert verdict("Pooling!") is Verdict.MISCONCEPTION
    assert verdict("") is Verdict.BLANK


def test_the_record_holds_the_rubric() -> None:
    data = json.loads(json.dumps(converter().unstructure(ITEM)))
    recorded = data["parts"][1]
    assert recorded["kind"] == "text"
    key = answers.kind("text").parse(recorded["answer"])
    assert isinstance(key, Rubric)
    assert key == PROBLEM.answer_key["reason"]
    assert key.criteria == "1 for the same weights, 1 for all places"


def test_who_counts_the_weights_wrongly_still_waits_for_a_person() -> None:
    marks = mark_item(ITEM, {"1a": "6", "1b": "It is slid over the image."}, Policy())
    assert [mark.verdict for mark in marks] == [Verdict.WRONG, Verdict.PERSON]
    assert not marks[1].going_on, "no words alone would have been right"


def test_who_leaves_the_words_out_is_not_told_which_would_have_been_right() -> None:
    _, blank = mark_item(ITEM, {"1a": "6"}, Policy())
    assert (blank.verdict, blank.going_on) == (Verdict.BLANK, "")
