"""Tokens: the pieces into which a table of merges splits words.

Byte-pair encoding (Sennrich, Haddow and Birch 2016) on the letters of a word.
"""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

Merge: TypeAlias = tuple[str, str]
"""Two neighbouring pieces that become one."""


def join(pieces: Sequence[str], merge: Merge) -> list[str]:
    """Return the pieces of one word after the merge, wherever it applies, from left to right."""
    joined: list[str] = []
    place = 0
    while place < len(pieces):
        pair = tuple(pieces[place : place + 2])
        joined.append("".join(pair) if pair == merge else pieces[place])
        place += 2 if pair == merge else 1
    return joined


def split_word(word: str, merges: Iterable[Merge]) -> list[str]:
    """Return the pieces of a word: its letters, joined by one merge after the other."""
    pieces = list(word)
    for merge in merges:
        pieces = join(pieces, merge)
    return pieces


def split_text(text: str, merges: Iterable[Merge]) -> list[str]:
    """Return the pieces of all words; no piece reaches from one word into the next."""
    known = tuple(merges)
    return [piece for word in text.split() for piece in split_word(word, known)]
