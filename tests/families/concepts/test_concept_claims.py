"""Claims against random networks: the true ones hold, the false ones meet a counterexample."""

import inspect
from collections import Counter
from collections.abc import Callable
from types import ModuleType

import numpy as np
import pytest

from examgen.families.concepts._claims import BY_ID, BY_TOPIC, TOPICS, Claim
from examgen.families.concepts.concept_claims import OTHERS, ConceptClaims
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.concepts import of_attention, of_convolution, of_dense, of_earlier, of_residual
from tests.families.concepts.trials import Trial
from tests.families.drawn import problem

FAMILY = "concept-claims"
TRIALS = [20, pytest.param(1000, marks=pytest.mark.oracle)]
Property = Callable[[Trial], bool]
PROPERTIES: dict[str, Property] = {
    name: found
    for module in (of_convolution, of_residual, of_attention, of_dense, of_earlier)
    for name, found in vars(module).items()
    if name in BY_ID and inspect.isfunction(found)
}
UNTESTED = {
    "residual_networks_came_before_transformers": "history",
    "transformers_came_before_residual_networks": "history",
    "skips_smooth_the_landscape": "what published pictures show of networks of full size",
    "a_skip_multiplies": "the word: a block that multiplies would not be called a skip",
    "positions_depend_on_the_word": "the word: what depends on it is the embedding",
}
"""Claims that no random network can bear out or refute, and why."""


@pytest.mark.parametrize("trials", TRIALS)
@pytest.mark.parametrize("claim", sorted(PROPERTIES))
def test_a_claim_is_as_true_as_it_says(torch: ModuleType, claim: str, trials: int) -> None:
    trial = Trial(torch, np.random.default_rng(7))
    torch.manual_seed(7)
    held = [PROPERTIES[claim](trial) for _ in range(trials)]
    assert all(held) == BY_ID[claim].truth


def test_every_other_claim_has_a_reason_to_go_untested() -> None:
    assert BY_ID.keys() - PROPERTIES.keys() == UNTESTED.keys()
    assert len(UNTESTED) < len(BY_ID) / 25


def test_no_two_claims_share_an_id_or_a_text() -> None:
    everything = [claim for claims in BY_TOPIC.values() for claim in claims]
    assert len(BY_ID) == len(everything) == len({claim.text for claim in everything})


@pytest.mark.parametrize("topic", BY_TOPIC)
@pytest.mark.parametrize("truth", [True, False])
def test_a_topic_has_enough_of_both_sorts(topic: str, truth: bool) -> None:
    subjects = {each.about for each in BY_TOPIC[topic] if each.truth == truth}
    plain = {each.about for each in BY_TOPIC[topic] if each.truth == truth and not each.subtle}
    assert len(subjects) > OTHERS
    assert len(plain) >= 5


def test_neither_sort_is_longer() -> None:
    """Who always takes the longest statement for true, or for false, gains nothing."""
    lengths = {
        truth: [len(claim.text) for claim in BY_ID.values() if claim.truth == truth]
        for truth in (True, False)
    }
    means = [np.mean(each) for each in lengths.values()]
    assert abs(means[0] - means[1]) < 5


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    asked: Counter[tuple[str, bool]] = Counter()
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        right, others = drawn.givens.asked, [BY_ID[each] for each in drawn.givens.wrong]
        asked[TOPICS[right.id], right.truth] += 1
        assert {each.truth for each in others} == {not right.truth}
        assert {TOPICS[each.id] for each in others} == {TOPICS[right.id]}
        assert len({each.about for each in (right, *others)}) == len(others) + 1
        assert level == "medium" or right.subtle == (level == "hard")
        assert level != "easy" or not any(each.subtle for each in others)
    assert len(asked) >= (8 if level == "hard" else 10)


def test_claims_that_the_bank_does_not_have_are_refused() -> None:
    with pytest.raises(ValueError, match="no claims of this bank: \\['made_up'\\]"):
        ConceptClaims("made_up", ("a_weight_for_every_pair",))


def test_by_hand() -> None:
    claims: list[Claim] = [
        *(each for each in BY_TOPIC["dense"] if each.id.startswith(("two_matrices", "sigmoid_is")))
    ]
    right, wrong = claims
    drawn = Problem.of(ConceptClaims(right.id, (wrong.id,)), "easy")
    assert drawn.answer_key == {"statement": right.text}
    ((mistake, answer),) = drawn.mistakes["statement"]
    assert (mistake.name, answer) == ("sigmoid_is_zero_at_zero", "The sigmoid of 0 is 0.")
    assert mistake.feedback.startswith("That is false. It is $")
