"""Posteriors from torch's Bernoulli distributions, with each mistake built into the model."""

from collections.abc import Callable
from fractions import Fraction
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import array
from examgen.families.classification.naive_bayes_posterior import NaiveBayesPosterior
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "naive-bayes-posterior"

Tensor = Any


class Filter:
    """The problem in torch: log-probabilities, and softmax over the classes."""

    def __init__(self, torch: ModuleType, givens: NaiveBayesPosterior) -> None:
        self.torch = torch
        self.observed = self.tensor(givens.observed)
        self.totals = self.tensor(givens.totals)
        if givens.is_counted:
            self.present = self.tensor(givens.present.astype(float))
            self.priors = self.totals / self.totals.sum()
            self.table = self.estimated(1, 2)
        else:
            prior = float(Fraction(str(givens.prior)))
            self.priors = self.tensor([prior, 1 - prior])
            self.table = self.tensor(givens.likelihoods.astype(float))

    def tensor(self, values: Any) -> Tensor:
        return self.torch.as_tensor(values, dtype=self.torch.double)

    def estimated(self, above: float, below: float) -> Tensor:
        return (self.present + above) / (self.totals[:, None] + below)

    def log_likelihoods(self, table: Tensor, observed: Tensor) -> Tensor:
        chances = self.torch.distributions.Bernoulli(probs=table, validate_args=False)
        return chances.log_prob(observed.expand(table.shape))

    def posterior(
        self,
        priors: Tensor | None = None,
        table: Tensor | None = None,
        observed: Tensor | None = None,
    ) -> float:
        table = self.table if table is None else table
        observed = self.observed if observed is None else observed
        logs = self.log_likelihoods(table, observed).sum(dim=1)
        priors = self.priors if priors is None else priors
        return float((priors.log() + logs).softmax(dim=0)[0])

    def shares(self, weights: Tensor) -> float:
        return float(weights[0] / weights.sum())


def exactly(it: Filter, above: float, below: float) -> float:
    """Without logarithms: torch keeps probabilities away from 0 and 1."""
    table = it.estimated(above, below)
    return it.shares(
        it.priors * (table * it.observed + (1 - table) * (1 - it.observed)).prod(dim=1)
    )


def seen_only(it: Filter) -> float:
    there = it.observed == 1
    return it.posterior(table=it.table[:, there], observed=it.observed[there])


WRONG: dict[str, Callable[[Filter], float]] = {
    "swaps_the_conditional": lambda it: float(
        it.log_likelihoods(it.table, it.observed).sum(dim=1).exp()[0]
    ),
    "forgets_the_prior": lambda it: it.posterior(priors=it.tensor([0.5, 0.5])),
    "forgets_to_normalise": lambda it: float(
        it.priors[0] * it.log_likelihoods(it.table, it.observed).sum(dim=1).exp()[0]
    ),
    "takes_the_rest": lambda it: 1 - it.posterior(),
    "divides_by_the_others": lambda it: it.posterior() / (1 - it.posterior()),
    "keeps_the_prior": lambda it: float(it.priors[0]),
    "ignores_the_missing_word": seen_only,
    "takes_the_missing_as_there": lambda it: it.posterior(observed=0 * it.observed + 1),
    "adds_the_likelihoods": lambda it: it.shares(
        it.priors * it.log_likelihoods(it.table, it.observed).exp().sum(dim=1)
    ),
    "repeats_the_prior": lambda it: it.posterior(priors=it.priors**2),
    "forgets_the_smoothing": lambda it: exactly(it, 0, 0),
    "smooths_above_only": lambda it: exactly(it, 1, 0),
    "smooths_by_one_below": lambda it: exactly(it, 1, 1),
    "smooths_the_prior": lambda it: it.posterior(priors=it.totals + 1),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        mail = Filter(torch, drawn.givens)
        assert float(drawn.answer_key["probability"]) == pytest.approx(mail.posterior()), seed
        for misconception, wrong in drawn.mistakes["probability"]:
            expected = pytest.approx(WRONG[misconception.name](mail), abs=1e-12)
            assert float(wrong) == expected, (seed, misconception.name)


def test_by_hand() -> None:
    """Of 100 messages 20 are spam, 10 of these with the word, and 16 of 80 others."""
    rates = array([[Fraction(1, 2)], [Fraction(1, 5)]])
    givens = NaiveBayesPosterior(("free",), (1,), Fraction(1, 5), rates, (), array([]))
    drawn = Problem.of(givens, "easy")
    assert drawn.answer_key == {"probability": Fraction(10, 26)}
    found = {each.name: wrong for each, wrong in drawn.mistakes["probability"]}
    assert found["forgets_the_prior"] == Fraction(5, 7)
    assert found["forgets_to_normalise"] == Fraction(1, 10)


def test_counts_by_hand() -> None:
    """8 and 4 messages: 2/3 · 5/10 · (1 − 2/10) against 1/3 · 3/6 · (1 − 2/6)."""
    counts = array([[4, 1], [2, 1]])
    givens = NaiveBayesPosterior(("free", "lecture"), (1, 0), 0, array([]), (8, 4), counts)
    drawn = Problem.of(givens, "hard")
    assert drawn.answer_key == {"probability": Fraction(12, 17)}
    found = {each.name: wrong for each, wrong in drawn.mistakes["probability"]}
    assert found["forgets_the_smoothing"] == Fraction(7, 10)


def test_what_the_levels_promise() -> None:
    for seed in range(200):
        one, two, counted = (problem(FAMILY, level, seed).givens for level in LEVELS)
        assert one.observed == (1,)
        assert {*two.observed} == {*counted.observed} == {0, 1}
        assert counted.is_counted and not two.is_counted
