"""One hidden layer against autograd; the families' own tests compare every step of it."""

from types import ModuleType

import pytest

from examgen.exact import rational
from examgen.nn import mlp
from examgen.nn.dense import relu
from tests.nn.drawn import floats, integers, listed, streams, tensor


def test_agrees_with_autograd(torch: ModuleType) -> None:
    for seed, rng in streams():
        d, m = rng.randint(1, 3), rng.randint(1, 4)
        x, first, second = integers(rng, (d,)), integers(rng, (m, d)), integers(rng, (m,))
        target = rng.randint(-3, 3)
        theirs = [tensor(torch, each) for each in (first, second)]
        loss = 0.5 * (theirs[1] @ (theirs[0] @ tensor(torch, x)).relu() - target) ** 2
        of_first, of_second = torch.autograd.grad(loss, theirs)
        z = mlp.hidden_preactivations(first, x)
        f = mlp.output(second, relu(z))
        assert float(rational(mlp.half_squared_error(f, target))) == pytest.approx(loss.item())
        slope = f - target
        ours = mlp.output_weights_gradient(slope, relu(z))
        assert floats(ours).tolist() == pytest.approx(listed(of_second)), seed
        ours = mlp.hidden_weights_gradient(mlp.hidden_gradient(slope, second), z, x)
        assert floats(ours) == pytest.approx(of_first.numpy()), seed
