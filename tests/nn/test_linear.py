"""Linear systems and linear regression against numpy, torch and refits without a point."""

from fractions import Fraction
from types import ModuleType

import numpy as np
import pytest

from examgen.exact import Undefined, array, equal, rational
from examgen.nn.dense import identity, matmul
from examgen.nn.linear import (
    descent_step,
    gram,
    least_squares,
    leave_one_out,
    leverages,
    momentum,
    residuals,
    squared_loss,
    squared_loss_gradient,
    squared_loss_hessian,
)
from examgen.nn.systems import inverse, solve
from tests.nn.drawn import floats, integers, listed, streams, tensor


def test_the_inverse_is_one() -> None:
    singular = 0
    for seed, rng in streams():
        a = integers(rng, (rng.randint(1, 4),) * 2)
        if abs(np.linalg.det(a.astype(float))) < 0.5:
            singular += 1
            with pytest.raises(Undefined):
                inverse(a)
            continue
        assert equal(matmul(a, inverse(a)), identity(len(a))), seed
        b = integers(rng, (len(a),))
        expected = np.linalg.solve(a.astype(float), b.astype(float))
        assert floats(solve(a, b)) == pytest.approx(expected), seed
    assert singular > 20


def test_loss_and_gradient_agree_with_autograd(torch: ModuleType) -> None:
    for seed, rng in streams():
        n, d = rng.randint(1, 4), rng.randint(1, 3)
        x, y, w = integers(rng, (n, d)), integers(rng, (n,)), integers(rng, (d,))
        theirs = [tensor(torch, each) for each in (x, y, w)]
        for factor, reduction in ((Fraction(1, n), "mean"), (1, "sum")):
            loss = torch.nn.functional.mse_loss(
                theirs[0] @ theirs[2], theirs[1], reduction=reduction
            )
            assert float(rational(squared_loss(x, y, w, factor=factor))) == pytest.approx(
                loss.item()
            ), seed
            (gradient,) = torch.autograd.grad(loss, theirs[2])
            ours = squared_loss_gradient(x, y, w, factor=factor)
            assert floats(ours).tolist() == pytest.approx(listed(gradient)), seed
        hessian = torch.autograd.functional.hessian(
            lambda w, x=theirs[0], y=theirs[1]: ((x @ w - y) ** 2).sum() / 2, theirs[2]
        )
        ours = squared_loss_hessian(x, factor=Fraction(1, 2))
        assert floats(ours) == pytest.approx(hessian.detach().numpy()), seed


def test_least_squares_agrees_with_numpy_and_its_gradient_vanishes() -> None:
    for seed, rng in streams():
        x, y = integers(rng, (4, 2)), integers(rng, (4,))
        if np.linalg.matrix_rank(x.astype(float)) < 2:
            continue
        expected, *_ = np.linalg.lstsq(x.astype(float), y.astype(float))
        w = least_squares(x, y)
        assert floats(w) == pytest.approx(expected), seed
        assert not any(squared_loss_gradient(x, y, w)), seed
        w = least_squares(x, y, ridge=3)
        assert not any(squared_loss_gradient(x, y, w) + 2 * 3 * w), seed


def test_what_is_left_out_is_predicted_as_by_a_refit() -> None:
    for seed, rng in streams():
        x, y = integers(rng, (4, 2)), integers(rng, (4,))
        others = [np.delete(x, i, axis=0) for i in range(4)]
        if any(np.linalg.matrix_rank(other.astype(float)) < 2 for other in others):
            continue
        predictions = residuals(x, y, least_squares(x, y)) + y
        for i, other in enumerate(others):
            refit = least_squares(array(other), array(np.delete(y, i)))
            found = leave_one_out(predictions[i], y[i], leverages(x)[i])
            assert found == x[i] @ refit, seed
        assert sum(leverages(x)) == 2, seed


def test_a_leverage_of_one_leaves_nothing_to_predict_with() -> None:
    x = array([[1, 0], [0, 1], [0, 2]])
    assert leverages(x)[0] == 1
    with pytest.raises(Undefined):
        leave_one_out(3, 3, leverages(x)[0])


def test_steps_agree_with_an_optimiser(torch: ModuleType) -> None:
    for seed, rng in streams(50):
        w, mean, gradient = (integers(rng, (3,)) for _ in range(3))
        theirs = tensor(torch, w)
        theirs.grad = tensor(torch, gradient)
        optimiser = torch.optim.SGD([theirs], lr=0.25, momentum=0.5, dampening=0.5)
        optimiser.state[theirs]["momentum_buffer"] = tensor(torch, mean).detach()
        optimiser.step()
        ours = descent_step(w, momentum(mean, gradient, Fraction(1, 2)), Fraction(1, 4))
        assert floats(ours).tolist() == pytest.approx(listed(theirs)), seed


def test_by_hand() -> None:
    """Rows (1, 0), (0, 1), (1, 1): XᵀX = [[2, 1], [1, 2]], det 3; Xᵀy = (4, 5)."""
    x, y = array([[1, 0], [0, 1], [1, 1]]), array([1, 2, 3])
    assert gram(x).tolist() == [[2, 1], [1, 2]]
    assert least_squares(x, y).tolist() == [1, 2]
    assert leverages(x).tolist() == [Fraction(2, 3)] * 3
    assert squared_loss_gradient(x, y, array([0, 0]), factor=Fraction(1, 3)).tolist() == [
        Fraction(-8, 3),
        Fraction(-10, 3),
    ]
