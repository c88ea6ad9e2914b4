"""Rates of a binary classifier, from its confusion table or its scores.

The table is [[TP, FN], [FP, TN]]: rows are actual labels, positive first, columns predicted ones.
"""

from collections.abc import Sequence
from itertools import product

from examgen.exact import Array, Exact, Undefined, array, ratio
from examgen.nn.shapes import DoesNotFit

Counts = tuple[int, int, int, int]
"""TP, FN, FP, TN."""


def confusion(labels: Sequence[int], predicted: Sequence[int]) -> Array:
    """Return the table for labels and predictions of 1 (positive) and 0."""
    pairs = [*zip(labels, predicted, strict=True)]
    return array([[pairs.count((actual, said)) for said in (1, 0)] for actual in (1, 0)])


def above(scores: Sequence[int], threshold: int) -> list[int]:
    """Return 1 for every score that is at least the threshold."""
    return [int(score >= threshold) for score in scores]


def counts(table: Array) -> Counts:
    """Return TP, FN, FP, TN."""
    if table.shape != (2, 2):
        raise DoesNotFit(f"a confusion table of shape {table.shape}")
    (tp, fn), (fp, tn) = table.tolist()
    return tp, fn, fp, tn


def accuracy(table: Array) -> Exact:
    """Return (TP + TN)/(TP + FN + FP + TN)."""
    tp, fn, fp, tn = counts(table)
    return ratio(tp + tn, tp + fn + fp + tn)


def precision(table: Array) -> Exact:
    """Return TP/(TP + FP)."""
    tp, _, fp, _ = counts(table)
    return ratio(tp, tp + fp)


def true_positive_rate(table: Array) -> Exact:
    """Return TP/(TP + FN), the recall."""
    tp, fn, _, _ = counts(table)
    return ratio(tp, tp + fn)


def false_positive_rate(table: Array) -> Exact:
    """Return FP/(FP + TN)."""
    _, _, fp, tn = counts(table)
    return ratio(fp, fp + tn)


def f1_score(table: Array) -> Exact:
    """Return 2TP/(2TP + FP + FN), the harmonic mean of precision and recall."""
    tp, fn, fp, _ = counts(table)
    return ratio(2 * tp, 2 * tp + fp + fn)


def area_under_curve(labels: Sequence[int], scores: Sequence[int]) -> Exact:
    """Return the share of pairs of a positive and a negative whose positive scores higher.

    That is the area under the ROC curve. Raise Undefined where two scores are equal.
    """
    if len(set(scores)) < len(scores):
        raise Undefined("equal scores")
    groups = ([s for s, y in zip(scores, labels, strict=True) if y == each] for each in (1, 0))
    pairs = [positive > negative for positive, negative in product(*groups)]
    return ratio(sum(pairs), len(pairs))
