"""Sentences without capitals and signs, in each of which a word comes back; and words to split."""

from itertools import pairwise
from random import Random

from examgen.nn.tokens import Merge, join

NAMES = ["anna", "ben", "clara", "david", "emma", "jack", "jill", "leo", "mia", "omar"]
NOUNS = ["cat", "dog", "bird", "horse", "mouse", "sheep", "fox", "cow", "goat", "hen"]
VERBS = ["sees", "hears", "follows", "likes", "finds", "chases", "calls", "meets"]
PLACES = ["near", "behind", "under", "beside"]
PATTERNS = [
    "the N V the N",
    "the N V the N P the N",
    "the N and the N W A",
    "A and B W the N and the N",
    "A V B and B V A",
    "A V the N P the N",
    "the N V A and the N V B",
    "A V A",
]
"""N a noun, V a verb and W its plural, P a place, A and B names, the same in all of a sentence."""
FRUITS = [
    "banana", "ananas", "cabana", "bandana", "tomato", "potato", "onion", "cocoa", "coconut",
    "papaya", "cassava", "pepper", "lettuce", "carrot", "barley", "almond", "melon", "lemon",
]  # fmt: skip
MERGES = (2, 3)


def sentence(rng: Random) -> str:
    """A sentence of a pattern, its nouns different; the others may come back."""
    first, second = rng.sample(NAMES, 2)
    nouns, verb, place = rng.sample(NOUNS, 3), rng.choice(VERBS), rng.choice(PLACES)
    words = []
    for sign in rng.choice(PATTERNS).split():
        known = {"A": first, "B": second, "V": verb, "W": verb.removesuffix("s"), "P": place}
        words.append(nouns.pop() if sign == "N" else known.get(sign, sign))
    return " ".join(words)


def text_with_merges(rng: Random) -> tuple[str, tuple[Merge, ...]]:
    """Some words, and merges each of which applies to them when its turn comes."""
    text = " ".join(rng.sample(FRUITS, rng.choice([2, 2, 3])))
    pieces = [list(word) for word in text.split()]
    merges: list[Merge] = []
    for _ in range(rng.choice(MERGES)):
        pairs = [pair for word in pieces for pair in pairwise(word)]
        common = [pair for pair in pairs if pairs.count(pair) > 1]
        merge = rng.choice(common or pairs)
        merges.append(merge)
        pieces = [join(word, merge) for word in pieces]
    return text, tuple(merges)
