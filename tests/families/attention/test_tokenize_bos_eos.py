"""Texts as tokens against torch's embeddings and a tokenizer that joins by regular expressions."""

import re
from collections.abc import Callable
from itertools import chain
from types import ModuleType
from typing import Any

import pytest

from examgen.families.attention.tokenize_bos_eos import TokenizeBosEos
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, item, problem

FAMILY = "tokenize-bos-eos"
BOS, EOS = "<bos>", "<eos>"


class Reading:
    """A text as a model reads it: every fault a student may commit is an argument."""

    def __init__(self, torch: ModuleType, givens: TokenizeBosEos) -> None:
        self.torch, self.givens = torch, givens

    def cut(self, text: str, merges: int | None = None, at_most: int = 0) -> list[str]:
        """The tokens of a text; the pieces of a word stand between single spaces."""
        if not self.givens.merges:
            return re.findall(r"\S+", text)
        spaced = "  ".join(" ".join(word) for word in text.split(" "))
        for left, right in self.givens.merges[:merges]:
            pattern = rf"(?<!\S){re.escape(left)} {re.escape(right)}(?!\S)"
            spaced = re.sub(pattern, left + right, spaced, count=at_most)
        return spaced.split()

    def sequences(self, tokens: list[list[str]] | None = None) -> list[list[str]]:
        cut = [self.cut(each) for each in self.givens.sentences]
        return [[BOS, *each, EOS] for each in (cut if tokens is None else tokens)]

    def vocabulary(self) -> set[str]:
        if self.givens.vocabulary:
            return {str(number) for number in range(self.givens.vocabulary)}
        letters = {letter for text in self.givens.sentences for letter in text if letter != " "}
        made = {left + right for left, right in self.givens.merges}
        words = {word for text in self.givens.sentences for word in text.split(" ")}
        return {BOS, EOS} | (letters | made if self.givens.merges else words)

    def numbers(
        self, sequences: list[list[str]] | None = None, size: int | None = None, drop: int = 1
    ) -> int:
        """What is asked, counted in torch's tensors; *drop* tokens of each are not predicted."""
        sequences = self.sequences() if sequences is None else sequences
        size = len(self.vocabulary()) if size is None else size
        table = self.torch.nn.Embedding(size, self.givens.width)
        if self.givens.asked == "table":
            return int(table.weight.numel())
        found = 0
        for each in sequences:
            indices = self.torch.zeros(len(each), dtype=self.torch.long)
            if self.givens.asked == "entries":
                found += table(indices).numel()
            else:
                logits = self.torch.nn.Linear(self.givens.width, size)(table(indices[drop:]))
                found += logits.softmax(-1).numel()
        return int(found)

    def ends(self, count: int) -> int:
        """With another number of BOS and EOS, in the sequences and in the table."""
        if self.givens.asked == "table":
            return self.numbers(size=len(self.vocabulary()) - 2 + count)
        cut = [self.cut(each) for each in self.givens.sentences]
        return self.numbers([[*each, *[EOS] * count] for each in cut])

    def as_tokens(self, tokens: list[list[str]]) -> int:
        return self.numbers(self.sequences(tokens))

    def sizes(self, change: int) -> int:
        return self.numbers(size=len(self.vocabulary()) + change)


def distinct(it: Reading) -> int:
    return it.as_tokens([list(set(it.cut(each))) for each in it.givens.sentences])


def all_tokens(it: Reading) -> list[str]:
    return [token for text in it.givens.sentences for token in it.cut(text)]


def whole_words(it: Reading) -> int:
    words = [each.split(" ") for each in it.givens.sentences]
    if it.givens.asked == "table":
        return it.numbers(size=len({word for each in words for word in each}) + 2)
    return it.as_tokens(words)


def letters(it: Reading) -> list[list[str]]:
    return [[*text.replace(" ", "")] for text in it.givens.sentences]


def once(it: Reading) -> int:
    (each,) = letters(it)
    return it.as_tokens([each[len(it.givens.merges) :]])


WRONG: dict[str, Callable[[Reading], int]] = {
    "forgets_begin_and_end": lambda it: it.ends(0),
    "counts_one_of_begin_and_end": lambda it: it.ends(1),
    "predicts_the_first_token_too": lambda it: it.numbers(drop=0),
    "counts_different_tokens": distinct,
    "counts_repeated_tokens": lambda it: it.numbers(size=len(all_tokens(it)) + 2),
    "repeats_begin_and_end": lambda it: it.sizes(2 * len(it.givens.sentences) - 2),
    "marks_the_text_once": lambda it: it.as_tokens([all_tokens(it)]),
    "counts_the_spaces": lambda it: it.as_tokens(
        [re.findall(r"\S+|\s", text) for text in it.givens.sentences]
    ),
    "adds_the_space_to_the_vocabulary": lambda it: it.sizes(1),
    "leaves_begin_and_end_out_of_the_vocabulary": lambda it: it.sizes(-2),
    "adds_begin_and_end_to_the_vocabulary": lambda it: it.sizes(2),
    "takes_whole_words": whole_words,
    "joins_nothing": lambda it: it.as_tokens(letters(it)),
    "joins_by_the_first_line_only": lambda it: it.as_tokens(
        [it.cut(text, merges=1) for text in it.givens.sentences]
    ),
    "joins_each_pair_once": once,
    "forgets_the_joined": lambda it: it.numbers(size=len({*chain(*letters(it))}) + 2),
    "drops_what_was_joined": lambda it: it.numbers(size=len({*all_tokens(it)}) + 2),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_what_torch_holds(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        reading = Reading(torch, drawn.givens)
        assert drawn.answer_key["count"] == reading.numbers(), seed
        for misconception, wrong in drawn.mistakes["count"]:
            assert wrong == WRONG[misconception.name](reading), (seed, misconception.name)


MERGES = (("a", "n"), ("an", "a"))


@pytest.mark.parametrize(
    ("givens", "count"),
    [
        # BOS the cat sees the dog EOS: 7 rows of 4; 6 predictions of 20 probabilities.
        (TokenizeBosEos(("the cat sees the dog",), "entries", 4), 28),
        (TokenizeBosEos(("the cat sees the dog",), "probabilities", 4, vocabulary=20), 120),
        # the, cat, sees, dog, BOS, EOS: 6 rows of 4.
        (TokenizeBosEos(("the cat sees the dog",), "table", 4), 24),
        # 7 and 5 tokens; the vocabulary has one more word, mia.
        (TokenizeBosEos(("the cat sees the dog", "mia sees mia"), "entries", 10), 120),
        (TokenizeBosEos(("the cat sees the dog", "mia sees mia"), "probabilities", 10), 70),
        (TokenizeBosEos(("the cat sees the dog", "mia sees mia"), "table", 10), 70),
        # b a n a n a → b an an a → b an ana: three tokens, BOS and EOS.
        (TokenizeBosEos(("banana",), "entries", 10, MERGES), 50),
        # b, a, n, an, ana, BOS, EOS; b, an, ana and EOS are predicted.
        (TokenizeBosEos(("banana",), "table", 10, MERGES), 70),
        (TokenizeBosEos(("banana",), "probabilities", 10, MERGES), 28),
    ],
)
def test_counts_worked_out_by_hand(givens: TokenizeBosEos, count: int) -> None:
    assert Problem.of(givens, "hard").answer_key["count"] == count


def test_pieces_join_from_left_to_right_and_within_a_word() -> None:
    givens = TokenizeBosEos(("aaa na an",), "entries", 4, (("a", "a"), ("a", "n")))
    assert givens.tokens(givens.sentences[0]) == ["aa", "a", "n", "a", "an"]


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    asked = set()
    for seed in range(200):
        givens: Any = problem(FAMILY, level, seed).givens
        asked.add(givens.asked)
        assert len(givens.sentences) == (2 if level == "medium" else 1)
        assert bool(givens.merges) == (level == "hard")
        if level != "hard":
            for text in givens.sentences:
                words = text.split()
                assert re.fullmatch("[a-z ]+", text)
                assert 3 <= len(words) <= 10 and len({*words}) < len(words)
        for place in range(len(givens.merges)):
            before = Reading.cut.__get__(Reading(None, givens))(givens.sentences[0], place)  # type: ignore[arg-type]
            assert len(before) > len(Reading(None, givens).cut(givens.sentences[0], place + 1))  # type: ignore[arg-type]
    expected = {"entries", "probabilities"} | ({"table"} if level != "easy" else set())
    assert asked == expected


def test_who_acts_has_a_verb_that_agrees() -> None:
    several = 0
    one_or_two = re.compile(r"(?:the )?\w+(?P<other> and (?:the )?\w+)? (?P<verb>\w+)")
    for seed in range(200):
        for text in problem(FAMILY, "medium", seed).givens.sentences:
            found = one_or_two.match(text)
            assert found is not None
            assert found["verb"].endswith("s") != bool(found["other"]), text
            several += bool(found["other"])
    assert several > 50


@pytest.mark.parametrize("level", LEVELS)
def test_no_rank_is_the_right_one_too_often(level: Level) -> None:
    ranks = [0] * 4
    for seed in range(200):
        (part,) = item(FAMILY, level, seed).parts
        values = {option.letter: int(option.answer) for option in part.options}
        ranks[sorted(values.values()).index(values[part.answer])] += 1
    assert max(ranks) < 90
    assert min(ranks) > 20
