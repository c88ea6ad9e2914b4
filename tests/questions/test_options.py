"""Options: of shapes and arrays, likeness to the others must not tell the right one."""

from itertools import product
from random import Random

import pytest

from examgen.exact import Shape
from examgen.questions.levels import LEVELS, Level
from examgen.questions.options import DrawnOption, choose_options, places_off
from examgen.questions.tells import Appearance, likenesses
from tests.families.drawn import problem

DRAWS = range(300)


def likenesses_of(*shapes: tuple[int, ...]) -> list[int]:
    return likenesses([Appearance.of(Shape(each)) for each in shapes])


def test_likeness_counts_sizes_along_the_same_axis() -> None:
    assert likenesses_of((4, 5, 5), (4, 6, 5), (5, 4, 4)) == [2, 2, 0]


@pytest.mark.parametrize(
    ("others", "more_alike", "off"),
    [
        ([(4, 7, 7), (4, 6, 6), (2, 5, 5)], 0, 0),  # each is wrong in one place
        ([(4, 7, 7), (4, 6, 6), (2, 5, 5)], 3, 3),
        ([(4, 7, 7), (2, 7, 7), (2, 5, 5)], 2, 0),  # all alike: no one can tell
        ([(2, 7, 7), (2, 6, 6), (2, 8, 8)], 3, 0),  # the right one stands apart
        ([(2, 7, 7), (2, 6, 6), (2, 8, 8)], 0, 3),
        ([(4, 7, 7), (2, 7, 7), (2, 6, 6)], 1, 1),
    ],
)
def test_how_far_likeness_is_from_what_is_wanted(
    others: list[tuple[int, ...]], more_alike: int, off: int
) -> None:
    assert places_off(likenesses_of((4, 5, 5), *others), more_alike) == off


def best_guesses(options: tuple[DrawnOption, ...]) -> list[DrawnOption]:
    """The options most like the others."""
    found = likenesses([Appearance.of(each.value) for each in options])
    return [each for each, score in zip(options, found, strict=True) if score == max(found)]


@pytest.mark.parametrize(("level", "at_most"), [("easy", 0.55), ("medium", 0.45), ("hard", 0.45)])
def test_who_goes_by_likeness_hardly_gains(level: Level, at_most: float) -> None:
    """A quarter would be chance."""
    hits = 0.0
    for seed in DRAWS:
        drawn = problem("conv-output-size", level, seed)
        guesses = best_guesses(choose_options(drawn, drawn.parts[0], 4, Random(seed)))
        hits += sum(not each.misconceptions for each in guesses) / len(guesses)
    assert hits / len(DRAWS) < at_most


@pytest.mark.parametrize("level", LEVELS)
def test_the_place_among_the_values_stays_even(level: Level) -> None:
    for place in range(1, 4):
        found = 0
        for seed in DRAWS:
            drawn = problem("conv-output-size", level, seed)
            options = choose_options(drawn, drawn.parts[0], 4, Random(seed))
            ordered = sorted(tuple(each.value) for each in options)
            found += ordered.index(drawn.answer_key["output"]) == place
        assert 0.15 < found / len(DRAWS) < 0.4


CHECKED = (
    "attention-one-output",
    "attention-one-weights",
    "causal-mask-matrix",
    "causal-softmax-row",
    "confusion-rates",
    "conv-multichannel-value",
    "conv-toeplitz-matrix",
    "knn-cosine",
    "leverage-loo",
    "matrix-power",
    "naive-bayes-posterior",
    "pagerank-step",
    "positional-encoding-add",
    "poly-kernel-feature-map",
    "shared-weight-gradient",
    "softmax-invariance",
)
SEEDS = range(30)


def wrong_options(family: str, level: Level, seed: int) -> list[DrawnOption]:
    """The wrong options of a draw."""
    drawn = problem(family, level, seed)
    options = choose_options(drawn, drawn.parts[0], 4, Random(seed))
    return [each for each in options if each.misconceptions]


@pytest.mark.parametrize("family", CHECKED)
def test_no_option_can_be_crossed_out_unread(family: str) -> None:
    """And some mistakes can: at some level they are kept out of the options."""
    rejected = 0
    for level, seed in product(LEVELS, SEEDS):
        drawn = problem(family, level, seed)
        plausible = drawn.givens.plausible
        for each in wrong_options(family, level, seed):
            assert plausible(each.value), (level, seed, each)
        assert plausible(drawn.answer_key[drawn.parts[0].name]), (level, seed)
        rejected += sum(not plausible(wrong) for _, wrong in drawn.wrong_answers(drawn.parts[0]))
    assert rejected > 0


@pytest.mark.parametrize(
    ("family", "level", "names"),
    [
        ("knn-cosine", "hard", {"forgets_the_weights"}),
        ("moe-total-active", "easy", {"activates_all_experts", "stores_the_chosen_only"}),
        ("confusion-rates", "easy", {"transposes_the_table"}),
        ("causal-mask-matrix", "medium", {"exchanges_zero_and_one"}),
        ("conv-toeplitz-matrix", "easy", {"flips_the_kernel"}),
        ("conv1d-values", "hard", {"flips_the_kernel"}),
        ("conv2d-full", "easy", {"flips_the_kernel"}),
        ("pool-values", "medium", {"averages_the_pool", "maximises_the_pool"}),
        ("residual-gradient-scalar", "hard", {"skips_only_where_off"}),
    ],
)
def test_a_typical_mistake_is_an_option(family: str, level: Level, names: set[str]) -> None:
    """Wherever it arises and differs, but for a few places in order of size."""
    possible = found = 0
    for seed in SEEDS:
        drawn = problem(family, level, seed)
        mistakes = drawn.wrong_answers(drawn.parts[0])
        possible += any(each.name in names for each, _ in mistakes)
        said = [name for each in wrong_options(family, level, seed) for name in each.misconceptions]
        found += not names.isdisjoint(said)
    assert possible > 5
    assert found >= 0.7 * possible


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "family", ["conv-toeplitz-matrix", "conv1d-values", "conv2d-full", "pool-values"]
)
def test_seldom_do_two_options_have_a_wrong_shape(family: str, level: Level) -> None:
    """Who only counts rows and columns crosses out one option at most, in most draws."""
    found = 0
    for seed in range(100):
        right = problem(family, level, seed).answer_key
        shapes = [each.value.shape for each in wrong_options(family, level, seed)]
        (own,) = (answer.shape for answer in right.values())
        found += sum(each != own for each in shapes) > 1
    assert found <= 35


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "family", ["tokenize-bos-eos", "svm-margin-hinge", "gd-step-mse", "attention-one-weights"]
)
def test_most_letters_say_which_mistake_was_made(family: str, level: Level) -> None:
    """Several mistakes lead to an option only where the draw leaves little choice."""
    options = [each for seed in range(60) for each in wrong_options(family, level, seed)]
    assert sum(len(each.misconceptions) > 1 for each in options) / len(options) < 0.13
