"""Paths through residual blocks against the list of all paths."""

from collections.abc import Callable
from itertools import permutations, product

import pytest

from examgen.families.residual.residual_paths import ASKED, ResidualPaths
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "residual-paths"
Path = tuple[int, ...]


class Network:
    """All paths through a problem's blocks: 1 where a path takes the branch, 0 where the skip."""

    def __init__(self, givens: ResidualPaths, more: int = 0) -> None:
        self.givens, self.depth = givens, givens.depth + more
        self.paths: list[Path] = [*product((0, 1), repeat=self.depth)]

    def is_lost(self, path: Path) -> bool:
        """The cut branches are the first ones."""
        return any(path[: self.givens.removed])

    def has_length(self, path: Path) -> bool:
        m, asked = self.givens.length, self.givens.asked
        if asked == "up to":
            return sum(path) <= m
        return sum(path) == m if m else True

    def count(self, of_all: Callable[[Path], bool]) -> int:
        return sum(of_all(path) for path in self.paths)

    def right(self) -> int:
        if self.givens.asked == "branches":
            return sum(map(sum, self.paths))
        if self.givens.removed:
            return self.count(lambda path: self.has_length(path) and self.is_lost(path))
        return self.count(self.has_length)


def orders(net: Network) -> int:
    """The orders in which a path's branches, or all blocks, can be put."""
    blocks, m = range(net.depth), net.givens.length
    if net.givens.asked == "all":
        return len([*permutations(blocks)])
    lengths = range(m + 1) if net.givens.asked == "up to" else [m]
    chosen = [each for length in lengths for each in permutations(blocks, length)]
    if not net.givens.removed:
        return len(chosen)
    return sum(min(each) < net.givens.removed for each in chosen)


FORMULAS = {
    "adds_the_choices",
    "adds_up_the_lengths",
    "keeps_one_path_of_each_length",
    "loses_in_proportion",
    "multiplies_length_and_depth",
    "squares_the_depth",
}
"""Mistakes that are wrong formulas and count no paths."""
WRONG: dict[str, Callable[[Network], int]] = {
    "forgets_the_skips_alone": lambda net: net.count(
        lambda path: net.has_length(path) and any(path)
    ),
    "counts_the_orders": orders,
    "counts_a_block_too_many": lambda net: Network(net.givens, 1).right(),
    "stops_a_block_early": lambda net: Network(net.givens, -1).right(),
    "takes_both_ways": lambda net: sum(
        net.givens.removed == 0 or any(way[: net.givens.removed])
        for way in product((0, 1, 2), repeat=net.depth)
    ),
    "gives_what_remains": lambda net: net.count(
        lambda path: net.has_length(path) and not net.is_lost(path)
    ),
    "counts_the_paths_through_all_removed": lambda net: net.count(
        lambda path: net.has_length(path) and all(path[: net.givens.removed])
    ),
    "forgets_the_cut": lambda net: net.count(net.has_length),
    "counts_every_length": lambda net: len(net.paths),
    "leaves_out_the_shorter": lambda net: net.count(lambda path: sum(path) == net.givens.length),
    "includes_the_shorter": lambda net: net.count(lambda path: sum(path) <= net.givens.length),
    "takes_every_path_for_the_longest": lambda net: sum(len(path) for path in net.paths),
    "chooses_with_repetition": lambda net: len(
        [*product(range(net.depth), repeat=net.givens.length)]
    ),
    "takes_the_length_for_the_depth": lambda net: len([*product((0, 1), repeat=net.givens.length)]),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_the_list_of_all_paths(level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        network = Network(drawn.givens)
        assert drawn.answer_key["number"] == network.right(), seed
        for misconception, wrong in drawn.mistakes["number"]:
            if misconception.name not in FORMULAS:
                oracle = WRONG[misconception.name]
                assert wrong == oracle(network), (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_every_question_is_drawn(level: Level) -> None:
    assert {problem(FAMILY, level, seed).givens.asked for seed in range(100)} == {*ASKED[level]}


def solved(givens: ResidualPaths) -> dict[str, int]:
    """The right answer and the wrong ones, by name."""
    drawn = Problem.of(givens, "hard")
    wrong = {misconception.name: each for misconception, each in drawn.mistakes["number"]}
    return wrong | {"right": drawn.answer_key["number"]}


def test_by_hand() -> None:
    """Of 16 paths the 4 that skip both cut blocks survive."""
    assert solved(ResidualPaths(4, "lost", removed=2)) == {
        "right": 12,
        "adds_the_choices": 4,
        "keeps_one_path_of_each_length": 2,
        "takes_both_ways": 81 - 9,
        "adds_up_the_lengths": 32 - 4,
        "squares_the_depth": 12,
        "gives_what_remains": 4,
        "loses_in_proportion": 8,
        "forgets_the_cut": 16,
    }
    assert solved(ResidualPaths(3, "all"))["adds_the_choices"] == 6
    assert solved(ResidualPaths(3, "all"))["keeps_one_path_of_each_length"] == 4


def test_by_hand_with_a_length() -> None:
    """Six blocks, length 2: 15 paths, of which 10 miss one cut block."""
    assert solved(ResidualPaths(6, "lost of length", 2, 1)) == {
        "right": 5,
        "counts_the_orders": 30 - 20,
        "gives_what_remains": 10,
        "forgets_the_cut": 15,
        "counts_every_length": 64,
        "multiplies_length_and_depth": 2,
    }
    assert solved(ResidualPaths(5, "up to", 2))["right"] == 1 + 5 + 10
    assert solved(ResidualPaths(3, "branches"))["right"] == 0 + 3 * 1 + 3 * 2 + 3
