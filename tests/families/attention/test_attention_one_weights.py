"""Weights of the first attempt against torch's softmax, with each mistake built into it."""

from collections.abc import Callable
from fractions import Fraction
from math import inf
from types import ModuleType
from typing import Any

import pytest

from examgen import answers
from examgen.exact import E, Exact, approximate, array, compare, exp
from examgen.families.attention.attention_one_weights import AttentionOneWeights
from examgen.questions import wording
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, item, problem

FAMILY = "attention-one-weights"

Table = Any
"""A tensor with an entry for each pair of tokens."""


def without_diagonal(scores: Table) -> Table:
    """Let no token see itself."""
    return scores.clone().fill_diagonal_(-inf)


def counting_once(scores: Table) -> Table:
    """Divide by the sum over the different scores of each row."""
    sums = [row.unique().exp().sum().item() for row in scores]
    return scores.exp() / scores.new_tensor(sums)[:, None]


WRONG: dict[str, Callable[[Table], Table]] = {
    "normalises_down_the_columns": lambda s: s.softmax(dim=0),
    "normalises_over_everything": lambda s: s.flatten().softmax(dim=0).reshape(s.shape),
    "takes_the_scores_as_weights": lambda s: s,
    "divides_by_the_sum_of_scores": lambda s: s / s.sum(dim=1, keepdim=True),
    "forgets_to_normalise": lambda s: s.exp(),
    "leaves_itself_out": lambda s: without_diagonal(s).softmax(dim=1),
    "spreads_evenly": lambda s: (0 * s).softmax(dim=1),
    "takes_the_largest_only": lambda s: (1000 * s).softmax(dim=1),
    "counts_equal_scores_once": counting_once,
    "counts_itself_twice": lambda s: s.exp() / (s.exp().sum(dim=1) + s.diagonal().exp())[:, None],
    "divides_by_d": lambda s: (s / 2).softmax(dim=1),
    "takes_the_sigmoid": lambda s: s.sigmoid(),
    "reverses_the_weights": lambda s: (-s).softmax(dim=1),
    "masks_unasked": lambda s: s.masked_fill((0 * s + 1).triu(1) > 0, -inf).softmax(dim=1),
    "expects_itself_on_top": lambda s: s.softmax(dim=1).diagonal()[:, None].expand(s.shape),
}


def scores(torch: ModuleType, givens: AttentionOneWeights) -> Table:
    """The inner products of all tokens, by broadcasting."""
    x = torch.tensor(givens.x.tolist(), dtype=torch.double)
    return (x[:, None, :] * x[None, :, :]).sum(dim=2)


def number(value: Exact) -> float:
    return float(approximate(value, 15))


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        givens = drawn.givens
        table, at = scores(torch, givens), (givens.query - 1, givens.key - 1)
        right = table.softmax(dim=1)[at].item()
        assert number(drawn.answer_key["weight"]) == pytest.approx(right, rel=1e-9, abs=1e-12), seed
        named = {each.name: wrong for each, wrong in drawn.mistakes["weight"]}
        for name, wrong in named.items():
            expected = WRONG[name](table)[at].item()
            assert number(wrong) == pytest.approx(expected, rel=1e-9, abs=1e-12), (seed, name)
        missing = {"divides_by_the_sum_of_scores"} if table[at[0]].sum() == 0 else set()
        missing |= {"reverses_the_weights" if level == "hard" else "expects_itself_on_top"}
        is_hidden, is_last = givens.key > givens.query, givens.query == len(givens.x)
        missing |= {"masks_unasked"} if is_hidden or is_last else set()
        assert WRONG.keys() - named.keys() == missing, seed


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(torch: ModuleType, level: Level) -> None:
    for seed in range(200):
        givens = problem(FAMILY, level, seed).givens
        table, i, j = scores(torch, givens), givens.query - 1, givens.key - 1
        row = table[i].tolist()
        assert i != j and len(set(row)) == 2 and max(row) - min(row) <= 3
        assert table[i].sort().values.tolist() != table[:, j].sort().values.tolist()
        assert len(set(map(tuple, givens.x.tolist()))) == len(givens.x) >= 3
        assert level != "easy" or min(min(x) for x in givens.x) >= 0
        assert givens.largest == (level == "hard")
        if givens.largest:
            assert row[j] == max(row) > row[i]


def test_by_hand() -> None:
    """x = (1, 0), (0, 1), (1, 1): the first row of scores is 1, 0, 1 and the third 1, 1, 2."""
    givens = AttentionOneWeights(array([[1, 0], [0, 1], [1, 1]]), query=1, key=3, largest=False)
    drawn = Problem.of(givens, "easy")
    assert drawn.answer_key == {"weight": E / (1 + 2 * E)}
    assert {each.name: wrong for each, wrong in drawn.mistakes["weight"]} == {
        "normalises_down_the_columns": 1 / (2 + E),
        "normalises_over_everything": E / (2 + 6 * E + exp(2)),
        "takes_the_scores_as_weights": 1,
        "divides_by_the_sum_of_scores": Fraction(1, 2),
        "forgets_to_normalise": E,
        "counts_equal_scores_once": E / (1 + E),
        "counts_itself_twice": E / (1 + 3 * E),
        "divides_by_d": exp(Fraction(1, 2)) / (1 + 2 * exp(Fraction(1, 2))),
        "takes_the_sigmoid": E / (1 + E),
        "reverses_the_weights": 1 / (2 + E),
        "leaves_itself_out": E / (1 + E),
        "spreads_evenly": Fraction(1, 3),
        "takes_the_largest_only": Fraction(1, 2),
    }


def test_a_longer_token_wins() -> None:
    """x₂ = (3, 0) scores 3 with x₁ = (1, 0), which scores 1 with itself and with (1, 2)."""
    givens = AttentionOneWeights(array([[1, 0], [3, 0], [1, 2]]), query=1, key=2, largest=True)
    drawn = Problem.of(givens, "hard")
    assert drawn.answer_key == {"weight": exp(2) / (2 + exp(2))}
    named = {each.name: wrong for each, wrong in drawn.mistakes["weight"]}
    assert named["expects_itself_on_top"] == 1 / (2 + exp(2))


@pytest.mark.parametrize("level", LEVELS)
def test_ties_are_said_and_leave_no_option_above_their_share(level: Level) -> None:
    """Tokens with the same score have the same weight, and together at most 1."""
    ties = 0
    for seed in range(60):
        drawn, (printed,) = problem(FAMILY, level, seed), item(FAMILY, level, seed).parts
        row = drawn.givens.row.tolist()
        tied = row.count(drawn.givens.score)
        ties += tied > 1
        values = [answers.kind("closed").parse(each.answer) for each in printed.options]
        assert all(compare(each, Fraction(1, tied)) <= 0 for each in values), seed
        said = wording.solution(drawn, drawn.parts[0])
        assert ("tie: each" in " ".join(said.split())) == (tied > 1), seed
    assert ties > 10
