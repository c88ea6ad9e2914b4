"""Nearest neighbours by cosine similarity."""

from collections.abc import Sequence

from examgen.exact import Array, Exact, ratio
from examgen.nn.dense import inner, norm


def cosine(x: Array, other: Array) -> Exact:
    """Return ⟨x, x'⟩/(‖x‖‖x'‖); raise Undefined where one of them is 0."""
    return ratio(inner(x, other), norm(x) * norm(other))


def nearest(scores: Sequence[Exact], count: int) -> list[int]:
    """Return the places, from 0, of the highest scores, the highest first."""
    order = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)
    return order[:count]


def mean_of(targets: Sequence[Exact], places: Sequence[int]) -> Exact:
    """Return the mean of the targets at these places."""
    return ratio(sum(targets[at] for at in places), len(places))


def weighted_mean_of(
    targets: Sequence[Exact], places: Sequence[int], weights: Sequence[Exact]
) -> Exact:
    """Return Σ wᵢyᵢ/Σ wᵢ over these places."""
    total = sum(weights[at] for at in places)
    return ratio(sum(weights[at] * targets[at] for at in places), total)
