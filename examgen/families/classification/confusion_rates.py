"""Accuracy, precision, true and false positive rates, F1 and the area under the ROC curve."""

from collections.abc import Callable
from fractions import Fraction
from math import comb
from random import Random
from typing import Literal, Self

from examgen.exact import Array, Exact, array, ratio, rational
from examgen.nn.rates import (
    above,
    accuracy,
    area_under_curve,
    confusion,
    counts,
    f1_score,
    false_positive_rate,
    precision,
    true_positive_rate,
)
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work

Asked = Literal["accuracy", "precision", "TPR", "FPR", "F1", "AUC"]
RATES: dict[str, Callable[[Array], Exact]] = {
    "accuracy": accuracy,
    "precision": precision,
    "TPR": true_positive_rate,
    "FPR": false_positive_rate,
    "F1": f1_score,
}
NAMES: dict[str, str] = {
    "accuracy": "accuracy",
    "precision": "precision",
    "TPR": "true positive rate (recall)",
    "FPR": "false positive rate, the share of the negatives that it called positive",
    "F1": "$F_1$ score, the harmonic mean of precision and recall",
    "AUC": "area under the ROC curve (AUC)",
}
MOST_SCORES = 14
TOO_COMMON = Fraction(2, 3)
SIMPLE: list[Asked] = ["accuracy", "precision", "TPR", "FPR"]
HARDER: list[Asked] = ["F1", "AUC"]


def mixed(rng: Random, positives: int, negatives: int) -> list[int]:
    """So many ones and zeros in any order."""
    labels = [1] * positives + [0] * negatives
    rng.shuffle(labels)
    return labels


@family(
    title="Rates of a classifier",
    minutes=(2, 3, 3),
    conventions=("exact",),
    tags=("idea-classifier-rates",),
)
class ConfusionRates:
    """A rate of a binary classifier.

    Easy: from its confusion `table`, [[TP, FN], [FP, TN]]. Medium: from scores and a `threshold`.
    Hard: the F1 score from the same, or the area under the ROC curve.
    """

    asked: Asked
    table: Array
    labels: tuple[int, ...]
    scores: tuple[int, ...]
    threshold: int

    stem = r"""
    <% if is_tabled %>
    A classifier was tried on << total >> points:

    - Of the << actual_positive >> points that are positive it called << tp >> positive and << fn >>
      negative.
    - Of the << actual_negative >> points that are negative it called << fp >> positive and << tn >>
      negative.
    <% else %>
    A classifier gave << labels | length >> points these scores; label 1 is positive, 0 negative:

    | score | << scores | join(" | ") >> |
    |:-|<% for score in scores %>:-:|<% endfor +%>
    | label | << labels | join(" | ") >> |

    <% if asked != "AUC" %>
    It calls a point positive if its score is at least << threshold >>.
    <% endif %>
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Four counts, and scores and labels that have them."""
        if level == "easy":
            tp, tn = (rng.randint(8, 40) for _ in range(2))
            fn, fp = (rng.randint(2, 16) for _ in range(2))
            return cls(rng.choice(SIMPLE), array([[tp, fn], [fp, tn]]), (), (), 0)
        asked = rng.choice(SIMPLE if level == "medium" else HARDER)
        fn, fp = rng.sample([1, 2, 3, 4], 2)
        tp, tn = rng.sample([2, 3, 4, 5, 6, 7], 2)
        labels = (*mixed(rng, tp, fp), *mixed(rng, fn, tn))
        scores = tuple(sorted(rng.sample(range(10, 100), len(labels)), reverse=True))
        table = array([[tp, fn], [fp, tn]])
        return cls(asked, table, labels, scores, scores[tp + fp - 1])

    def worth_asking(self) -> bool:
        """No two counts that belong together are equal, scores are few, and the answer not 2/3.

        Among so few points that comes up more often than all others.
        """
        tp, fn, fp, tn = counts(self.table)
        if fn == fp or tp == tn:
            return False
        return self.is_tabled or (len(self.scores) <= MOST_SCORES and self.right != TOO_COMMON)

    def plausible(self, wrong: Fraction) -> bool:
        """Whether it can be a rate; the areas 0 and 1 are seen at a glance."""
        return 0 <= wrong <= 1 and (self.asked != "AUC" or wrong not in (0, 1))

    @property
    def is_tabled(self) -> bool:
        """Whether the table is given."""
        return not self.scores

    @property
    def tp(self) -> int:
        """True positives."""
        return counts(self.table)[0]

    @property
    def fn(self) -> int:
        """False negatives."""
        return counts(self.table)[1]

    @property
    def fp(self) -> int:
        """False positives."""
        return counts(self.table)[2]

    @property
    def tn(self) -> int:
        """True negatives."""
        return counts(self.table)[3]

    @property
    def actual_positive(self) -> int:
        """How many points are positive."""
        return self.tp + self.fn

    @property
    def actual_negative(self) -> int:
        """How many are negative."""
        return self.fp + self.tn

    @property
    def total(self) -> int:
        """How many there are."""
        return self.actual_positive + self.actual_negative

    @property
    def name(self) -> str:
        """What is asked, in words."""
        return NAMES[self.asked]

    @property
    def beaten(self) -> list[int]:
        """How many negatives score lower than each positive, from the highest score on."""
        pairs = [*zip(self.scores, self.labels, strict=True)]
        lower = [sum(other < score and not y for other, y in pairs) for score, _ in pairs]
        return [each for each, y in zip(lower, self.labels, strict=True) if y]

    @property
    def work(self) -> Work:
        """Counting, and a quotient."""
        points = len(self.labels)
        if self.asked == "AUC":
            return Work(2, len(self.beaten), points)
        return Work(1, 2, points if points else 3)

    def of(self, table: Array) -> Fraction | None:
        """The same rate of another table; None where it is undefined."""
        return rational(RATES[self.asked](table))

    def of_counts(self, tp: int, fn: int, fp: int, tn: int) -> Fraction | None:
        """The same rate of other counts."""
        return None if self.asked == "AUC" else self.of(array([[tp, fn], [fp, tn]]))

    def share(self, above_line: Exact, below_line: Exact) -> Fraction | None:
        """A quotient; None where it does not exist."""
        return None if below_line == 0 else rational(ratio(above_line, below_line))

    @property
    def right(self) -> Fraction:
        """What is asked."""
        if self.asked == "AUC":
            return rational(area_under_curve(self.labels, self.scores))
        return rational(RATES[self.asked](self.table))

    @part("What is its << name >>?", points=1)
    def rate(self) -> Fraction:
        """The rate by its definition."""
        return self.right

    @rate.misconception(
        "You mixed up the two kinds of mistake. A false *positive* is negative but was called "
        "positive, a false *negative* is positive but was called negative.",
        typical=True,
    )
    def transposes_the_table(self) -> Fraction | None:
        """FN and FP swapped; that changes neither accuracy nor F1."""
        if self.asked not in ("precision", "TPR", "FPR"):
            return None
        return self.of_counts(self.tp, self.fp, self.fn, self.tn)

    @rate.misconception(
        "You took the << 'false' if asked == 'TPR' else 'true' >> positive rate, the share of the "
        "<< 'negatives' if asked == 'TPR' else 'positives' >> that were called positive."
    )
    def takes_the_other_rate(self) -> Fraction | None:
        """TPR for FPR, and FPR for TPR."""
        if self.asked not in ("TPR", "FPR"):
            return None
        other = false_positive_rate if self.asked == "TPR" else true_positive_rate
        return rational(other(self.table))

    @rate.misconception(
        "You took the negative class for the positive one, so that both have changed places."
    )
    def takes_the_other_class(self) -> Fraction | None:
        """Both classes swapped; that does not change the accuracy."""
        if self.asked in ("accuracy", "AUC"):
            return None
        return self.of_counts(self.tn, self.fp, self.fn, self.tp)

    @rate.misconception("You took the rest, 1 minus what is asked.")
    def takes_the_rest(self) -> Fraction:
        """1 − the rate."""
        return rational(1 - self.right)

    @rate.misconception(
        "<% if asked == 'accuracy' %>You counted the true positives alone. The << tn >> true "
        "negatives were called rightly as well."
        "<% else %>You divided by all << total >> points. Only those count that "
        "<< {'precision': 'were called', 'TPR': 'are', 'FPR': 'are'}[asked] >> "
        "<< 'negative' if asked == 'FPR' else 'positive' >>.<% endif %>"
    )
    def divides_by_everything(self) -> Fraction | None:
        """TP or FP over all."""
        above_line = {"precision": self.tp, "TPR": self.tp, "FPR": self.fp, "accuracy": self.tp}
        if self.asked not in above_line:
            return None
        return self.share(above_line[self.asked], self.total)

    @rate.misconception(
        "You divided what is counted by the others. It is divided by all of which it is a part."
    )
    def divides_by_the_others(self) -> Fraction | None:
        """Odds for shares."""
        tp, fn, fp, tn = counts(self.table)
        odds = {
            "precision": (tp, fp),
            "TPR": (tp, fn),
            "FPR": (fp, tn),
            "accuracy": (tp + tn, fp + fn),
        }
        return self.share(*odds[self.asked]) if self.asked in odds else None

    @rate.misconception("That is the accuracy, the share of all points that were called rightly.")
    def takes_the_accuracy(self) -> Fraction | None:
        """(TP + TN)/all."""
        if self.asked in ("accuracy", "AUC"):
            return None
        return rational(accuracy(self.table))

    @rate.misconception(
        "You averaged the shares of the two classes. The accuracy counts points, whatever their "
        "class."
    )
    def averages_the_classes(self) -> Fraction | None:
        """(TPR + TNR)/2 for the accuracy."""
        if self.asked != "accuracy":
            return None
        rates = true_positive_rate(self.table) + 1 - false_positive_rate(self.table)
        return self.share(rates, 2)

    @rate.misconception("You called points positive whose scores are *below* the threshold.")
    def flips_the_threshold(self) -> Fraction | None:
        """Positive and negative calls swapped."""
        if self.is_tabled:
            return None
        return self.of_counts(self.fn, self.tp, self.tn, self.fp)

    @rate.misconception(
        "You called the point whose score is the threshold negative: *at least* << threshold >> is "
        "enough."
    )
    def excludes_the_threshold(self) -> Fraction | None:
        """> for ≥."""
        if self.is_tabled or self.asked == "AUC":
            return None
        return self.of(confusion(self.labels, above(self.scores, self.threshold + 1)))

    @rate.misconception(
        "You took the ordinary mean of precision and recall. The harmonic mean is "
        "$2 P R / (P + R)$."
    )
    def takes_the_arithmetic_mean(self) -> Fraction | None:
        """(P + R)/2."""
        if self.asked != "F1":
            return None
        return self.share(precision(self.table) + true_positive_rate(self.table), 2)

    @rate.misconception(
        "You multiplied precision and recall. Their harmonic mean is $2 P R / (P + R)$."
    )
    def multiplies_both(self) -> Fraction | None:
        """PR."""
        if self.asked != "F1":
            return None
        return rational(precision(self.table) * true_positive_rate(self.table))

    @rate.misconception(
        "You counted the true positives once. In $2 P R / (P + R)$ they count twice, above the "
        "line and below."
    )
    def forgets_the_two(self) -> Fraction | None:
        """TP/(TP + FP + FN)."""
        return self.share(self.tp, self.tp + self.fp + self.fn) if self.asked == "F1" else None

    @rate.misconception(
        "You divided by all pairs of points. Only pairs of a positive with a negative count."
    )
    def divides_by_all_pairs(self) -> Fraction | None:
        """The pairs in order over n(n − 1)/2."""
        return self.share(sum(self.beaten), comb(self.total, 2)) if self.asked == "AUC" else None

    @rate.misconception(
        "You counted the positives that beat *every* negative. Each pair of a positive and a "
        "negative counts by itself."
    )
    def counts_the_top_only(self) -> Fraction | None:
        """The share of positives above all negatives."""
        if self.asked != "AUC":
            return None
        return self.share(self.beaten.count(self.actual_negative), self.actual_positive)

    @rate.misconception(
        "You took the best accuracy that a threshold reaches. The area is made of all thresholds."
    )
    def takes_the_best_accuracy(self) -> Fraction | None:
        """The largest accuracy over the thresholds."""
        if self.asked != "AUC":
            return None
        tables = [confusion(self.labels, above(self.scores, each)) for each in self.scores]
        return max(rational(accuracy(table)) for table in tables)

    @rate.misconception(
        "You took how high the positives rank among *all* points. They are compared with the "
        "negatives only."
    )
    def compares_with_everything(self) -> Fraction | None:
        """The mean share of other points that a positive beats."""
        if self.asked != "AUC":
            return None
        lower = [sum(other < score for other in self.scores) for score in self.scores]
        beaten = sum(each for each, y in zip(lower, self.labels, strict=True) if y)
        return self.share(beaten, self.actual_positive * (self.total - 1))
