"""Claims of the conceptual items, tried on numbers: what is right holds, what is wrong fails.

Where a wrong option claims something of all cases, one counterexample is enough to refute it.
"""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.random import default_rng

from examgen.exams import catalog

Check = Callable[[np.random.Generator], None]
CHECKS: dict[str, Check] = {}
TRIES = range(20)


def claim(item: str) -> Callable[[Check], Check]:
    """Let a function check what an item claims."""

    def keep(check: Check) -> Check:
        CHECKS[item] = check
        return check

    return keep


def conv(x: np.ndarray, w: np.ndarray, stride: int = 1, padding: int = 0) -> np.ndarray:
    """The cross-correlation of (channels, height, width) with one filter, by its definition."""
    x = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    k = w.shape[-1]
    rows = range(0, x.shape[1] - k + 1, stride)
    columns = range(0, x.shape[2] - k + 1, stride)
    return np.array([[(x[:, i : i + k, j : j + k] * w).sum() for j in columns] for i in rows])


def softmax(s: np.ndarray) -> np.ndarray:
    grown = np.exp(s - s.max(axis=-1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=-1, keepdims=True))


def attend(x: np.ndarray, w: tuple[np.ndarray, ...], causal: bool = False) -> np.ndarray:
    """Self-attention with rows as tokens, without positional encoding."""
    q, k, v = (x @ each for each in w)
    s = q @ k.T
    if causal:
        s = np.where(np.tri(len(x), dtype=bool), s, -np.inf)
    return np.asarray(softmax(s) @ v)


def matrices(rng: np.random.Generator, d: int = 4) -> tuple[np.ndarray, ...]:
    return tuple(rng.normal(size=(d, d), scale=0.4) for _ in range(3))


@claim("conv-locality-window")
def window(rng: np.random.Generator) -> None:
    x, w = rng.normal(size=(3, 9, 9)), rng.normal(size=(3, 3, 3))
    before = conv(x, w)[4, 4]
    for channel in range(3):
        for row in range(9):
            for column in range(9):
                changed = x.copy()
                changed[channel, row, column] += 1
                inside = 4 <= row <= 6 and 4 <= column <= 6
                assert (conv(changed, w)[4, 4] != before) == inside


@claim("conv-shuffled-pixels")
def shuffled(rng: np.random.Generator) -> None:
    """A linear layer does the same to shuffled inputs with shuffled weights; a kernel cannot."""
    x, w = rng.normal(size=36), rng.normal(size=(5, 36))
    order = rng.permutation(36)
    assert np.allclose(w @ x, w[:, order] @ x[order])
    kernel = rng.normal(size=(1, 3, 3))
    image = x.reshape(1, 6, 6)
    mixed = x[order].reshape(1, 6, 6)
    assert not np.allclose(
        np.sort(conv(image, kernel).ravel()), np.sort(conv(mixed, kernel).ravel())
    )


@claim("linear-against-conv-weights")
def weights(rng: np.random.Generator) -> None:
    side = int(rng.integers(4, 8))
    linear = rng.normal(size=(side * side, side * side))
    kernel = rng.normal(size=(1, 3, 3))
    x = rng.normal(size=(1, side, side))
    assert (linear @ x.ravel()).size == conv(x, kernel, padding=1).size == side * side
    assert linear.size == side**4
    assert kernel.size == 9


@claim("weights-and-image-size")
def grown(rng: np.random.Generator) -> None:
    n = int(rng.integers(3, 9))
    assert rng.normal(size=(10, (2 * n) ** 2)).size == 4 * rng.normal(size=(10, n * n)).size


@claim("shared-weights-gradient-idea")
def shared(rng: np.random.Generator) -> None:
    x, w = rng.normal(size=(1, 7, 7)), rng.normal(size=(1, 3, 3))
    pull = rng.normal(size=(5, 5))

    def loss(kernel: np.ndarray) -> float:
        return float((pull * conv(x, kernel)).sum())

    step = np.zeros_like(w)
    step[0, 1, 2] = 1e-6
    slope = (loss(w + step) - loss(w - step)) / 2e-6
    uses = [pull[i, j] * x[0, i + 1, j + 2] for i in range(5) for j in range(5)]
    assert len(uses) == 25
    assert np.isclose(slope, sum(uses), atol=1e-6)
    assert not np.isclose(slope, np.mean(uses), atol=1e-6)


@claim("conv-shift-equivariance")
def equivariant(rng: np.random.Generator) -> None:
    x, w = rng.normal(size=(1, 8, 8)), rng.normal(size=(1, 3, 3))
    moved = np.roll(x, 1, axis=2)
    old, new = conv(x, w), conv(moved, w)
    assert np.allclose(new[:, 1:], old[:, :-1])
    assert not np.allclose(new, old)


@claim("global-pooling-shift")
def invariant(rng: np.random.Generator) -> None:
    x, w = np.zeros((1, 9, 9)), rng.normal(size=(1, 3, 3))
    x[0, 2:6, 2:6] = rng.normal(size=(4, 4))
    moved = np.roll(x, 1, axis=2)
    old, new = conv(x, w, padding=1), conv(moved, w, padding=1)
    assert np.isclose(old.mean(), new.mean())
    assert not np.allclose(old, new)


@claim("stride-two-shift")
def strided(rng: np.random.Generator) -> None:
    x, w = rng.normal(size=(1, 21, 21)), rng.normal(size=(1, 3, 3))
    old, new = conv(x, w, stride=2), conv(np.roll(x, 1, axis=2), w, stride=2)
    for shift in range(-3, 4):
        assert not np.allclose(
            np.roll(old, shift, axis=1)[:, 3 : -3 or None], new[:, 3 : -3 or None]
        )
    twice = conv(np.roll(x, 2, axis=2), w, stride=2)
    assert np.allclose(twice[:, 1:], old[:, :-1])


@claim("max-pooling-effects")
def pooled(rng: np.random.Generator) -> None:
    x = rng.normal(size=(2, 6, 6))
    found = x.reshape(2, 3, 2, 3, 2).max(axis=(2, 4))
    other = x.copy()
    other[1] += 5
    assert np.allclose(other.reshape(2, 3, 2, 3, 2).max(axis=(2, 4))[0], found[0])
    assert found.shape == (2, 3, 3)
    swapped = x[:, :, [1, 0, 3, 2, 5, 4]]
    assert np.allclose(swapped.reshape(2, 3, 2, 3, 2).max(axis=(2, 4)), found)


@claim("padding-purpose")
def padded(rng: np.random.Generator) -> None:
    side = int(rng.integers(4, 9))
    x, w = rng.normal(size=(1, side, side)), rng.normal(size=(1, 3, 3))
    assert conv(x, w, padding=1).shape == (side, side)
    uses = conv(np.ones((1, side, side)), np.ones((1, 3, 3)), padding=1)
    assert uses[0, 0] == 4
    assert uses[1, 1] == 9


@claim("feature-transformation-linear")
def features(rng: np.random.Generator) -> None:
    w, v, x, y = rng.normal(size=(4, 2))

    def f(weights: np.ndarray, at: float) -> float:
        return float(weights[0] * at + weights[1] * at**2)

    assert np.isclose(f(w + v, x[0]), f(w, x[0]) + f(v, x[0]))
    assert not np.isclose(f(w, x[0] + y[0]), f(w, x[0]) + f(w, y[0]))


@claim("kernel-trick-saves")
def kernel(rng: np.random.Generator) -> None:
    x, y = rng.normal(size=(2, 2))

    def phi(p: np.ndarray) -> np.ndarray:
        a, b = p
        root = np.sqrt(2)
        return np.array([1, root * a, root * b, a * a, root * a * b, b * b])

    assert np.isclose((1 + x @ y) ** 2, phi(x) @ phi(y))


@claim("reparametrisation-counts")
def reparametrised(rng: np.random.Generator) -> None:
    n, d = (int(each) for each in rng.integers(2, 9, size=2))
    x, v = rng.normal(size=(n, d)), rng.normal(size=n)
    assert (x.T @ v).shape == (d,)


@claim("residual-false-claim")
def vanishing(rng: np.random.Generator) -> None:
    """One unit with w = −1 and h < 0: the derivative is 0. The other claims hold."""
    h = -abs(rng.normal()) - 0.1

    def block(x: float) -> float:
        return max(0.0, -x) + x

    assert np.isclose(block(h + 1e-6) - block(h - 1e-6), 0)
    vector, w = rng.normal(size=3), rng.normal(size=(3, 3))
    assert np.allclose(np.maximum(0, np.zeros((3, 3)) @ vector) + vector, vector)
    step = 1e-6
    slopes = np.array(
        [
            (residual(vector + step * e, w) - residual(vector - step * e, w)) / (2 * step)
            for e in np.eye(3)
        ]
    ).T
    assert np.allclose(slopes, np.diag((w @ vector > 0).astype(float)) @ w + np.eye(3), atol=1e-4)


def residual(h: np.ndarray, w: np.ndarray) -> np.ndarray:
    return np.asarray(np.maximum(0, w @ h) + h)


@claim("residual-zero-weights-stack")
def stacked(rng: np.random.Generator) -> None:
    h = start = rng.normal(size=4)
    for _ in range(10):
        h = residual(h, np.zeros((4, 4)))
    assert np.array_equal(h, start)
    assert not np.array_equal(h, np.maximum(0, start))


@claim("residual-expanded-product")
def expanded(rng: np.random.Generator) -> None:
    a, b, c = rng.normal(size=(3, 2, 2))
    one = np.eye(2)
    terms = c @ b @ a + c @ b + c @ a + b @ a + a + b + c + one
    assert np.allclose((c + one) @ (b + one) @ (a + one), terms)


@claim("residual-relu-grows")
def growing(rng: np.random.Generator) -> None:
    h, w = rng.normal(size=5), rng.normal(size=(5, 5))
    assert (residual(h, w) >= h).all()
    negative = -abs(h)
    assert (residual(negative, abs(w)) < 0).all()  # nothing is added, and it stays negative


@claim("attempt-one-symmetry")
def symmetric(rng: np.random.Generator) -> None:
    x = rng.normal(size=(4, 3))
    s = x @ x.T
    assert np.allclose(s, s.T)
    assert not np.allclose(softmax(s), softmax(s).T)


@claim("attention-row-sums")
def summed(rng: np.random.Generator) -> None:
    a = softmax(rng.normal(size=(5, 5)))
    assert np.allclose(a.sum(axis=1), 1)
    assert not np.allclose(a.sum(axis=0), 1)
    assert np.isclose(a.sum(), 5)
    assert not np.isclose(np.trace(a), 1)


@claim("context-changes-vectors")
def in_context(rng: np.random.Generator) -> None:
    w = matrices(rng)
    one, other = rng.normal(size=(2, 5, 4))
    other[1] = one[1]
    assert not np.allclose(attend(one, w)[1], attend(other, w)[1])


def jack_and_jill(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Jack gave water to Jill, Jill gave water to Jack."""
    words = rng.normal(size=(5, 4))
    return words, words[[4, 1, 2, 3, 0]]


@claim("jack-and-jill-no-positions")
def blind(rng: np.random.Generator) -> None:
    w, (one, other) = matrices(rng), jack_and_jill(rng)
    assert np.allclose(attend(one, w)[2], attend(other, w)[2])
    assert np.allclose(attend(one, w)[[4, 1, 2, 3, 0]], attend(other, w))


@claim("jack-and-jill-masked")
def masked(rng: np.random.Generator) -> None:
    w, (one, other) = matrices(rng), jack_and_jill(rng)
    assert not np.allclose(attend(one, w, causal=True)[2], attend(other, w, causal=True)[2])
    last = one.copy()
    last[4] = rng.normal(size=4)
    assert np.allclose(attend(one, w, causal=True)[2], attend(last, w, causal=True)[2])


@claim("causal-mask-sees")
def sees(rng: np.random.Generator) -> None:
    w, x = matrices(rng), rng.normal(size=(5, 4))
    before = attend(x, w, causal=True)[2]
    for token in range(5):
        changed = x.copy()
        changed[token] += 1
        assert np.allclose(attend(changed, w, causal=True)[2], before) == (token > 2)


@claim("appended-token-changes")
def appended(rng: np.random.Generator) -> None:
    w, x = matrices(rng), rng.normal(size=(6, 4))
    assert np.allclose(attend(x, w, causal=True)[:5], attend(x[:5], w, causal=True))


@claim("cached-step-scores")
def cached(rng: np.random.Generator) -> None:
    """The last row needs one query and n scores, and is what the whole computation gives."""
    w, x = matrices(rng), rng.normal(size=(6, 4))
    keys, values = x @ w[1], x @ w[2]
    scores = (x[-1] @ w[0]) @ keys.T
    assert scores.shape == (6,)
    assert np.allclose(softmax(scores) @ values, attend(x, w, causal=True)[-1])


CHECKS["what-is-cached"] = cached


@claim("cache-needs-the-mask")
def unmasked(rng: np.random.Generator) -> None:
    w, x = matrices(rng), rng.normal(size=(6, 4))
    changed = ~np.isclose(attend(x, w)[:5], attend(x[:5], w)).all(axis=1)
    assert changed.all()
    assert np.allclose((x @ w[1])[:5], x[:5] @ w[1])


@pytest.mark.parametrize("item", sorted(CHECKS))
def test_a_claim_holds(item: str) -> None:
    assert item in catalog.entries()
    for seed in TRIES:
        CHECKS[item](default_rng(seed))


def test_most_items_that_can_be_tried_are() -> None:
    assert len(CHECKS) >= 27
