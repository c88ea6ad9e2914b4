"""Scores with positions against torch, and their change against the terms it is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import array
from examgen.families.attention.positional_encoding_add import PositionalEncodingAdd
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "positional-encoding-add"

Tensor = Any


@dataclass
class Text:
    """Two texts: the first, and the one in which both tokens have exchanged places."""

    torch: ModuleType
    givens: PositionalEncodingAdd

    def __post_init__(self) -> None:
        self.e = self.torch.tensor(self.givens.embeddings.tolist())
        self.p = self.torch.tensor(self.givens.positions.tolist())
        self.i, self.j = self.givens.query - 1, self.givens.key - 1
        self.where = self.j, self.i
        self.new = self.e.clone()
        self.new[[self.i, self.j]] = self.e[[self.j, self.i]]

    def find(self, encode: Callable[[Tensor], Tensor], other: Any = None) -> int:
        """What is asked, from the tables of all scores."""
        other = other or encode
        i, j = self.i, self.j
        old = (encode(self.e) @ other(self.e).T)[i, j]
        if self.givens.asked == "score":
            return int(old)
        if self.givens.asked == "change":
            return int(old - (self.e @ self.e.T)[i, j])
        return int((encode(self.new) @ other(self.new).T)[self.where])

    def plus(self, positions: Tensor) -> int:
        """What is asked, with other encodings."""
        return self.find(lambda e: e + positions)

    @property
    def plain(self) -> int:
        return int((self.e @ self.e.T)[self.i, self.j])

    @property
    def first(self) -> int:
        """The score in the first text."""
        x = self.e + self.p
        return int((x @ x.T)[self.i, self.j])


def exchanged(it: Text) -> int:
    positions = it.p.clone()
    positions[[it.i, it.j]] = it.p[[it.j, it.i]]
    return it.plus(positions)


def numbered(it: Text) -> int:
    return it.plus(it.torch.arange(1, len(it.p) + 1)[:, None])


WRONG: dict[str, Callable[[Text], int]] = {
    "forgets_the_positions": lambda it: it.plus(0 * it.p),
    "concatenates_the_positions": lambda it: it.find(lambda e: it.torch.cat([e, it.p], 1)),
    "adds_the_same_position": lambda it: it.plus(it.p[it.i]),
    "multiplies_by_the_positions": lambda it: it.find(lambda e: e * it.p),
    "adds_the_number_of_the_position": numbered,
    "swaps_the_positions": exchanged,
    "expects_invariance": lambda it: it.first,
    "gives_the_change_only": lambda it: it.plus(it.p) - it.first,
    "gives_the_score": lambda it: it.first,
    "reverses_the_sign": lambda it: it.plain - it.first,
    "adds_the_scores": lambda it: it.first + it.plain,
}


def expected(it: Text, name: str) -> int:
    """A mistake; which token lacks its encoding depends on where it stands."""
    if name not in ("adds_to_the_first_only", "adds_to_the_second_only"):
        return WRONG[name](it)
    word, other = (it.i, it.j) if name == "adds_to_the_first_only" else (it.j, it.i)
    place = other if it.givens.asked == "exchange" else word
    mixed = int(it.p[place] @ it.e[other])
    return mixed + (0 if it.givens.asked == "change" else it.plain)


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        text = Text(torch, drawn.givens)
        assert drawn.answer_key["result"] == text.plus(text.p), seed
        for each, wrong in drawn.mistakes["result"]:
            assert wrong == expected(text, each.name), (seed, each.name)


def test_an_exchange_changes_the_mixed_terms_only(torch: ModuleType) -> None:
    """The score changes by ⟨e_i − e_j, p_i − p_j⟩; words and places alone keep their terms."""
    for seed in range(100):
        drawn = problem(FAMILY, "hard", seed)
        text = Text(torch, drawn.givens)
        apart = (text.e[text.i] - text.e[text.j]) @ (text.p[text.i] - text.p[text.j])
        assert drawn.answer_key["result"] == text.first + int(apart)


@pytest.mark.parametrize(("asked", "result"), [("score", 8), ("change", 7), ("exchange", 4)])
def test_by_hand(asked: Any, result: int) -> None:
    """x₁ = (1, 2) + (1, 0), x₂ = (1, 0) + (1, 2); exchanged (2, 4) and (2, 0)."""
    embeddings, positions = array([[1, 2], [1, 0], [0, 1]]), array([[1, 0], [1, 2], [0, 1]])
    givens = PositionalEncodingAdd(embeddings, positions, 1, 2, asked)
    assert Problem.of(givens, "hard").answer_key == {"result": result}


@pytest.mark.parametrize("level", LEVELS)
def test_tokens_differ_and_positions_count(level: Level) -> None:
    for seed in range(200):
        given = problem(FAMILY, level, seed).givens
        for rows in (given.embeddings.tolist(), given.positions.tolist()):
            assert len({*map(tuple, rows)}) == 3
            assert all(map(any, rows))
        own, other = (given.positions[each - 1].tolist() for each in (given.query, given.key))
        assert sum(a * b for a, b in zip(own, other, strict=True)) != 0
