"""A small network by hand: convolution, ReLU, max pooling, a linear score, and back again."""

from random import Random
from types import ModuleType

import pytest

from examgen.exact import Array, array, entries
from examgen.nn.conv import cross_correlate, kernel_gradient
from examgen.nn.dense import flatten, inner, relu, relu_derivative, times
from examgen.nn.pooling import max_pool, max_pool_gradient
from examgen.nn.shapes import DoesNotFit
from tests.nn.drawn import integers, listed, streams, tensor


def gradient(image: Array, kernel: Array, bias: int, scorer: Array, stride: int) -> Array:
    """Return ∂u/∂w of the score u = ⟨v, flatten(maxpool(ReLU(image ⋆ w + b)))⟩."""
    z = cross_correlate(image, kernel, bias=bias)
    h = relu(z)
    upstream = array(scorer.reshape(max_pool(h, 2, stride=stride).shape))
    routed = max_pool_gradient(h, upstream, 2, stride=stride)
    return kernel_gradient(image, times(relu_derivative(z), routed), kernel.shape)


def drawn(rng: Random) -> tuple[Array, Array, int, Array, int]:
    """Draw a 5×5 image, a 2×2 or 3×3 kernel, a bias, a scorer and a pooling stride that suits."""
    side = rng.choice([2, 3])
    stride = rng.choice([1, 2])
    pooled = (6 - side - 2) // stride + 1
    image, kernel = integers(rng, (5, 5)), integers(rng, (side, side), -1, 1)
    return image, kernel, rng.randint(-2, 2), integers(rng, (pooled**2,)), stride


def test_every_step_and_the_gradients_agree_with_autograd(torch: ModuleType) -> None:
    for seed, rng in streams(300):
        image, kernel, bias, scorer, stride = drawn(rng)
        w = tensor(torch, kernel)
        b = tensor(torch, array([bias]))
        z = torch.conv2d(tensor(torch, image)[None, None], w[None, None], b)
        pooled = torch.nn.functional.max_pool2d(torch.relu(z), 2, stride)[0, 0]
        score = pooled.flatten() @ tensor(torch, scorer)
        score.backward()

        ours_z = cross_correlate(image, kernel, bias=bias)
        ours = max_pool(relu(ours_z), 2, stride=stride)
        assert ours_z.tolist() == listed(z[0, 0]), seed
        assert ours.tolist() == listed(pooled), seed
        assert inner(scorer, flatten(ours)) == score.item(), seed
        assert gradient(image, kernel, bias, scorer, stride).tolist() == listed(w.grad), seed
        routed = max_pool_gradient(
            relu(ours_z), array(scorer.reshape(ours.shape)), 2, stride=stride
        )
        assert sum(entries(times(relu_derivative(ours_z), routed))) == b.grad.item(), seed


def test_the_mask_may_come_from_the_activations_as_well() -> None:
    for seed, rng in streams(100):
        image, kernel, bias, _, _ = drawn(rng)
        z = cross_correlate(image, kernel, bias=bias)
        assert relu_derivative(relu(z)).tolist() == relu_derivative(z).tolist(), seed


def test_a_map_larger_than_the_keys_goes_through_until_a_size_decides() -> None:
    image, kernel, bias, scorer, stride = drawn(Random(0))
    padded = cross_correlate(image, kernel, padding=1, bias=bias)
    pooled = max_pool(relu(padded), 2, stride=stride)
    assert pooled.size > scorer.size
    with pytest.raises(DoesNotFit):
        inner(scorer, flatten(pooled))
