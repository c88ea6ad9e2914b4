"""The probability of a class by Bayes' theorem, from probabilities or from smoothed counts."""

from collections.abc import Callable
from fractions import Fraction
from math import prod
from random import Random
from typing import Self

from examgen.exact import Array, Exact, array, ratio, rational
from examgen.nn.bayes import joint, likelihood, posterior, smoothed
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work

LARGEST = 60
"""The two classes' weights, as integers, add up to no more."""
WORDS = ["offer", "meeting", "free", "invoice", "winner", "deadline", "lecture", "bonus"]
PRIORS = [Fraction(1, 3), Fraction(2, 3), Fraction(1, 4), Fraction(3, 4), Fraction(1, 5)]
PRIORS += [Fraction(2, 5), Fraction(3, 5), Fraction(4, 5), Fraction(3, 10)]
RATES = [Fraction(each, 10) for each in (1, 2, 3, 4, 5, 6, 7, 8, 9)]
SIZES = [4, 6, 8, 10, 13, 18]
"""So many messages of a class: 2 more make easy denominators."""


@family(
    title="A posterior by naive Bayes",
    minutes=(2, 3, 3),
    conventions=("exact",),
    tags=("idea-posterior",),
)
class NaiveBayesPosterior:
    """P(spam | words) for two classes of messages, spam first.

    Easy: one word that is there. Medium: two words, one of them missing. Hard: the same, with
    probabilities from the counts `present` (2, k) among `totals` messages, smoothed; then `prior`
    and `likelihoods` are not given.
    """

    words: tuple[str, ...]
    observed: tuple[int, ...]
    prior: Exact
    likelihoods: Array
    totals: tuple[int, ...]
    present: Array

    stem = r"""
    <% if is_counted %>
    A naive Bayes filter was trained on << totals[0] >> messages that are spam and on
    << totals[1] >> others. The table says how many of them contain each word:

    | | among spam | among the others |
    |:-|:-:|:-:|
    <% for word in words %>
    | *<< word >>* | << present[0, loop.index0] >> | << present[1, loop.index0] >> |
    <% endfor %>

    The prior probability of a class is its share of all messages. The probability that a message of
    a class contains a word is estimated with add-one smoothing, $(a + 1) / (n + 2)$ if $a$ of $n$
    messages do.
    <% else %>
    A share of $<< prior >>$ of all messages is spam.
    <% for word in words %>
    The word *<< word >>* occurs in $<< likelihoods[0, loop.index0] >>$ of the messages that are
    spam and in $<< likelihoods[1, loop.index0] >>$ of the others.
    <% endfor %>
    <% endif %>
    <% if words | length > 1 %>
    Within each class the words occur independently of each other.
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Probabilities in tenths, or counts among as many messages as make easy denominators."""
        count = 1 if level == "easy" else 2
        words = tuple(rng.sample(WORDS, count))
        observed = [1, 0][:count]
        rng.shuffle(observed)
        if level != "hard":
            likelihoods = array([[rng.choice(RATES) for _ in words] for _ in range(2)])
            return cls(words, tuple(observed), rng.choice(PRIORS), likelihoods, (), array([]))
        totals = tuple(rng.sample(SIZES, 2))
        present = array([[rng.randint(0, total) for _ in words] for total in totals])
        return cls(words, tuple(observed), 0, array([]), totals, present)

    def plausible(self, wrong: Fraction) -> bool:
        """Whether a probability could be it."""
        return 0 <= wrong <= 1

    def worth_asking(self) -> bool:
        """Each word tells the classes apart, and the two weights are small integers."""
        rows = zip(*self.table.tolist(), strict=True)
        return all(one != other for one, other in rows) and sum(self.weights) <= LARGEST

    @property
    def is_counted(self) -> bool:
        """Whether counts are given, not probabilities."""
        return len(self.totals) > 0

    @property
    def priors(self) -> tuple[Exact, Exact]:
        """The prior probabilities of both classes."""
        if not self.is_counted:
            return self.prior, 1 - self.prior
        return ratio(self.totals[0], sum(self.totals)), ratio(self.totals[1], sum(self.totals))

    @property
    def table(self) -> Array:
        """P(word | class), given or estimated."""
        return smoothed(self.present, self.totals) if self.is_counted else self.likelihoods

    @property
    def counted(self) -> list[tuple[list[int], int]]:
        """The counts of each class, and how many messages it has."""
        return [*zip(self.present.tolist(), self.totals, strict=True)]

    @property
    def weights(self) -> tuple[int, int]:
        """The joint probabilities of both classes, as integers in the same proportion."""
        share = rational(posterior(self.priors, self.table, self.observed))
        return share.numerator, share.denominator - share.numerator

    @property
    def factors(self) -> list[list[Exact]]:
        """For each class the prior, and the probability of each word as it was observed."""
        shares = (
            [likelihood([p], [there]) for p, there in zip(row, self.observed, strict=True)]
            for row in self.table.tolist()
        )
        return [[prior, *row] for prior, row in zip(self.priors, shares, strict=True)]

    @property
    def seen(self) -> str:
        """What was observed, in words."""
        pairs = zip(self.words, self.observed, strict=True)
        there = [
            ("contains" if each else "does not contain") + f" *{word}*" for word, each in pairs
        ]
        return " and ".join(there)

    @property
    def work(self) -> Work:
        """Estimates if there are counts, products for two classes, and a quotient."""
        words = len(self.words)
        estimates = Work(0, 4 * words, 2 * words) if self.is_counted else Work()
        return estimates + Work(2 * words + 2, 2 + words, 2)

    def estimated(self, estimate: Callable[[int, int], Exact]) -> Fraction | None:
        """The posterior with other estimates, of a count and a class's messages."""
        if not self.is_counted:
            return None
        table = array([[estimate(a, n) for a in row] for row, n in self.counted])
        return rational(posterior(self.priors, table, self.observed))

    @part("A message << seen >>. How probable is it that it is spam?", points=1)
    def probability(self) -> Fraction:
        """P(spam | words)."""
        return rational(posterior(self.priors, self.table, self.observed))

    @probability.misconception(
        "That is how probable such a message is among spam. What is asked is the other way round: "
        "how probable spam is among such messages."
    )
    def swaps_the_conditional(self) -> Fraction:
        """P(words | spam)."""
        return rational(likelihood(self.table.tolist()[0], self.observed))

    @probability.misconception(
        "You left out the prior: before anything is read, spam is not as probable as the rest."
    )
    def forgets_the_prior(self) -> Fraction:
        """Equal priors."""
        return rational(posterior((1, 1), self.table, self.observed))

    @probability.misconception(
        "That is how probable such a message that is spam is among *all* messages. It is divided "
        "by how probable such a message is at all."
    )
    def forgets_to_normalise(self) -> Fraction:
        """P(spam, words)."""
        return rational(joint(self.priors, self.table, self.observed)[0])

    @probability.misconception("You gave the probability that it is *not* spam.")
    def takes_the_rest(self) -> Fraction:
        """1 − the posterior."""
        return rational(1 - posterior(self.priors, self.table, self.observed))

    @probability.misconception(
        "You divided by the weight of the other class. It is divided by the weights of both "
        "together."
    )
    def divides_by_the_others(self) -> Fraction:
        """Odds for shares."""
        return rational(ratio(*self.weights))

    @probability.misconception("That is the prior, before the message is read.")
    def keeps_the_prior(self) -> Fraction:
        """P(spam)."""
        return rational(self.priors[0])

    @probability.misconception(
        "You left out the word that is missing. That it is missing tells something, too."
    )
    def ignores_the_missing_word(self) -> Fraction | None:
        """Only words that are there."""
        there = [i for i, each in enumerate(self.observed) if each]
        if len(there) == len(self.observed):
            return None
        table = array([[row[i] for i in there] for row in self.table])
        return rational(posterior(self.priors, table, [1] * len(there)))

    @probability.misconception(
        "You took the missing word for one that is there: its probability is $1 - p$."
    )
    def takes_the_missing_as_there(self) -> Fraction | None:
        """p for 1 − p."""
        if all(self.observed):
            return None
        return rational(posterior(self.priors, self.table, [1] * len(self.observed)))

    @probability.misconception(
        "You added the probabilities of the words. Independent probabilities are multiplied."
    )
    def adds_the_likelihoods(self) -> Fraction | None:
        """Sums for products; the same for one word."""
        if len(self.words) == 1:
            return None
        spam, others = (row[0] * sum(row[1:]) for row in self.factors)
        return rational(ratio(spam, spam + others))

    @probability.misconception("You multiplied by the prior once for each word. It counts once.")
    def repeats_the_prior(self) -> Fraction | None:
        """The prior to the power of the number of words."""
        if len(self.words) == 1:
            return None
        spam, others = (prod(row) * row[0] for row in self.factors)
        return rational(ratio(spam, spam + others))

    @probability.misconception("You took the shares $a / n$ as they are, without smoothing.")
    def forgets_the_smoothing(self) -> Fraction | None:
        """a/n."""
        return self.estimated(ratio)

    @probability.misconception(
        "You added 1 above the line only. Below it 2 is added, one for messages with the word and "
        "one for those without."
    )
    def smooths_above_only(self) -> Fraction | None:
        """(a + 1)/n, where that is no more than 1."""
        if not self.is_counted or any(max(row) >= n for row, n in self.counted):
            return None
        return self.estimated(lambda a, n: ratio(a + 1, n))

    @probability.misconception(
        "You added 1 below the line. It is 2, one for messages with the word and one for those "
        "without."
    )
    def smooths_by_one_below(self) -> Fraction | None:
        """(a + 1)/(n + 1)."""
        return self.estimated(lambda a, n: ratio(a + 1, n + 1))

    @probability.misconception(
        "You smoothed the priors as well. They are the shares of all messages."
    )
    def smooths_the_prior(self) -> Fraction | None:
        """(n + 1)/(N + 2) for n/N."""
        if not self.is_counted:
            return None
        priors = [each + 1 for each in self.totals]
        return rational(posterior(priors, self.table, self.observed))
