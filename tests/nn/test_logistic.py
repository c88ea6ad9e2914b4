"""Logistic and softmax regression against torch."""

from math import log
from types import ModuleType

import pytest

from examgen.exact import array, ln, ratio
from examgen.nn.dense import matvec
from examgen.nn.logistic import (
    binary_cross_entropy_gradient,
    cross_entropy_gradient,
    logit_cross_entropy,
    one_hot,
    probabilities,
    sigmoid,
)
from tests.nn.drawn import floats, integers, listed, streams, tensor


def test_the_sigmoid_of_a_logarithm_is_a_fraction() -> None:
    assert sigmoid(0) == ratio(1, 2)
    assert sigmoid(ln(3)) == ratio(3, 4)
    assert sigmoid(-ln(2)) == ratio(1, 3)


def test_two_classes_agree_with_torch(torch: ModuleType) -> None:
    for seed, rng in streams():
        n, d = rng.randint(1, 4), rng.randint(1, 3)
        x, y, w = integers(rng, (n, d), -2, 2), integers(rng, (n,), 0, 1), integers(rng, (d,))
        w = array([ln(2) * each for each in w])
        theirs = torch.tensor(floats(w), requires_grad=True)
        logits = tensor(torch, x) @ theirs
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            logits, tensor(torch, y).detach(), reduction="sum"
        )
        (gradient,) = torch.autograd.grad(loss, theirs)
        assert floats(probabilities(x, w)).tolist() == pytest.approx(listed(logits.sigmoid())), seed
        losses = [logit_cross_entropy(z, label) for z, label in zip(matvec(x, w), y, strict=True)]
        assert floats(array(losses)).sum() == pytest.approx(loss.item()), seed
        ours = floats(binary_cross_entropy_gradient(x, y, w))
        assert ours.tolist() == pytest.approx(listed(gradient), abs=1e-12), seed


def test_several_classes_agree_with_torch(torch: ModuleType) -> None:
    for seed, rng in streams():
        n, d, k = rng.randint(1, 3), rng.randint(1, 3), rng.randint(2, 4)
        x, w = integers(rng, (n, d), -2, 2), integers(rng, (d, k), -1, 1)
        labels = [rng.randint(1, k) for _ in range(n)]
        theirs = torch.tensor(w.astype(float) * log(3), requires_grad=True)
        loss = torch.nn.functional.cross_entropy(
            tensor(torch, x) @ theirs, torch.tensor(labels) - 1, reduction="sum"
        )
        (gradient,) = torch.autograd.grad(loss, theirs)
        y = array([one_hot(label, k) for label in labels])
        ours = floats(cross_entropy_gradient(x, y, array(ln(3) * w)))
        assert ours == pytest.approx(gradient.numpy(), abs=1e-12), seed
