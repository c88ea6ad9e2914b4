"""Pieces of words against a reference that joins by regular expressions."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examgen.nn.tokens import join, split_text, split_word

WORDS = st.text("abn", min_size=1, max_size=9)
MERGES = st.lists(
    st.tuples(st.sampled_from(["a", "b", "an", "ab"]), st.sampled_from(["a", "n", "na"])),
    max_size=4,
)


def by_regular_expressions(word: str, merges: list[tuple[str, str]]) -> list[str]:
    """The pieces, kept as a text with spaces between them."""
    spaced = " ".join(word)
    for left, right in merges:
        spaced = re.sub(rf"(?<!\S){left} {right}(?!\S)", left + right, spaced)
    return spaced.split()


@given(WORDS, MERGES)
def test_words_are_split_as_by_regular_expressions(
    word: str, merges: list[tuple[str, str]]
) -> None:
    assert split_word(word, merges) == by_regular_expressions(word, merges)


@given(WORDS, MERGES)
def test_nothing_is_lost(word: str, merges: list[tuple[str, str]]) -> None:
    assert "".join(split_word(word, merges)) == word


@pytest.mark.parametrize(
    ("pieces", "merge", "joined"),
    [
        (["a", "a", "a"], ("a", "a"), ["aa", "a"]),
        (["b", "an", "an", "a"], ("an", "a"), ["b", "an", "ana"]),
        (["b", "a"], ("a", "b"), ["b", "a"]),
    ],
)
def test_a_merge_applies_from_left_to_right(
    pieces: list[str], merge: tuple[str, str], joined: list[str]
) -> None:
    assert join(pieces, merge) == joined


def test_no_piece_reaches_into_the_next_word() -> None:
    assert split_text("ba na", [("a", "n"), ("b", "a")]) == ["ba", "n", "a"]
