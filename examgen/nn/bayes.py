"""Naive Bayes for two classes and features that are there or not.

The likelihoods (2, k) are P(feature = 1 | class), a row for each class; given the class the
features are independent.
"""

from collections.abc import Sequence
from math import prod

from examgen.exact import Array, Exact, array, ratio
from examgen.nn.shapes import DoesNotFit


def likelihood(probabilities: Sequence[Exact], observed: Sequence[int]) -> Exact:
    """Return P(features | class): p for a feature that is there (1), 1 − p for one that is not."""
    if len(probabilities) != len(observed):
        raise DoesNotFit(f"{len(observed)} features, {len(probabilities)} probabilities")
    pairs = zip(probabilities, observed, strict=True)
    return prod((p if there else 1 - p for p, there in pairs), start=1)


def joint(priors: Sequence[Exact], likelihoods: Array, observed: Sequence[int]) -> Array:
    """Return P(class)·P(features | class) for every class."""
    rows = zip(priors, likelihoods.tolist(), strict=True)
    return array([prior * likelihood(row, observed) for prior, row in rows])


def posterior(priors: Sequence[Exact], likelihoods: Array, observed: Sequence[int]) -> Exact:
    """Return P(first class | features), by Bayes' theorem."""
    joints = joint(priors, likelihoods, observed)
    return ratio(joints[0], sum(joints))


def smoothed(present: Array, totals: Sequence[int]) -> Array:
    """Return (count + 1)/(n + 2): add-one smoothing for counts (2, k) among n of each class."""
    rows = zip(present.tolist(), totals, strict=True)
    return array([[ratio(each + 1, total + 2) for each in row] for row, total in rows])
