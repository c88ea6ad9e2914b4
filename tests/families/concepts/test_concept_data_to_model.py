"""Scenarios and the models made for them: the bank, and what the problems are drawn of."""

from types import ModuleType

import pytest

from examgen.families.concepts._scenarios import BY_ID, BY_STRUCTURE, STRUCTURES, Structure
from examgen.families.concepts.concept_data_to_model import MODELS, ConceptDataToModel
from examgen.questions.levels import LEVELS, Level
from tests.families.drawn import item, problem

FAMILY = "concept-data-to-model"


def test_the_bank_is_large_and_without_repetition() -> None:
    assert len(BY_ID) >= 24
    assert len(BY_ID) == sum(map(len, BY_STRUCTURE.values()))
    assert len({each.text for each in BY_ID.values()}) == len(BY_ID)
    for scenarios in BY_STRUCTURE.values():
        assert sum(each.subtle for each in scenarios) >= 4
        assert sum(not each.subtle for each in scenarios) >= 6
        for each in scenarios:
            assert not each.text.endswith(".")
            assert each.why.endswith(".")


def test_no_structure_has_longer_descriptions() -> None:
    """The length of an option does not tell the model."""
    means = [
        sum(len(each.text) for each in scenarios) / len(scenarios)
        for scenarios in BY_STRUCTURE.values()
    ]
    assert max(means) < 1.35 * min(means)


@pytest.mark.parametrize("level", LEVELS)
def test_one_option_is_right(level: Level) -> None:
    models: set[Structure] = set()
    by_text = {each.text: each for each in BY_ID.values()}
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        right = STRUCTURES[drawn.givens.right]
        models.add(right)
        (printed,) = item(FAMILY, level, seed).parts
        options = [by_text[each.answer] for each in printed.options]
        assert [STRUCTURES[each.id] for each in options].count(right) == 1
        assert level != "easy" or not any(each.subtle for each in options)
        assert level != "hard" or drawn.givens.asked.subtle
        assert MODELS[right] == drawn.givens.model
    assert len(models) == 3


@pytest.mark.parametrize("level", LEVELS)
def test_feedback_names_the_model_that_fits_the_option(level: Level) -> None:
    by_text = {each.text: each for each in BY_ID.values()}
    for seed in range(60):
        (printed,) = item(FAMILY, level, seed).parts
        for mistake in printed.misconceptions:
            scenario = by_text[mistake.answer]
            model = MODELS[STRUCTURES[scenario.id]]
            assert mistake.feedback == f"{scenario.why} So {model} fits better."
            assert model != problem(FAMILY, level, seed).givens.model


def test_scenarios_of_one_structure_are_refused() -> None:
    with pytest.raises(ValueError, match="same structure"):
        ConceptDataToModel("iris_measurements", ("house_prices",))
    with pytest.raises(ValueError, match="no scenarios"):
        ConceptDataToModel("iris_measurements", ("weather",))


def test_a_linear_model_does_not_see_the_order_of_columns(torch: ModuleType) -> None:
    """What the stem says of the three models holds: shuffled columns, shifts, tokens far away."""
    torch.manual_seed(0)
    x, w = torch.randn(20, 6), torch.randn(6)
    order = torch.randperm(6)
    assert torch.allclose(x @ w, x[:, order] @ w[order], atol=1e-5)


def test_a_convolution_answers_a_shifted_pattern_alike(torch: ModuleType) -> None:
    torch.manual_seed(0)
    conv = torch.nn.Conv1d(1, 1, 3)
    pattern = torch.nn.functional.pad(torch.randn(1, 1, 5), (4, 11))
    moved = conv(pattern.roll(6, 2))
    assert torch.allclose(moved[..., 6:], conv(pattern)[..., :-6], atol=1e-5)


def test_attention_reaches_the_farthest_token(torch: ModuleType) -> None:
    torch.manual_seed(0)
    x = torch.randn(1, 1000, 4, requires_grad=True)
    attend = torch.nn.functional.scaled_dot_product_attention
    attend(x, x, x)[0, -1].sum().backward()
    assert x.grad[0, 0].abs().sum() > 0
