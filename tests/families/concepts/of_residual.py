"""What holds of residual networks, tried on random ones: a property for each claim."""

from collections.abc import Callable, Iterable
from itertools import combinations
from math import prod

from tests.families.concepts.trials import Tensor, Trial


def block(trial: Trial, w: Tensor, h: Tensor) -> Tensor:
    return trial.torch.relu(w @ h) + h


def plain(trial: Trial, w: Tensor, h: Tensor) -> Tensor:
    return trial.torch.relu(w @ h)


def through(layer: Callable[[Trial, Tensor, Tensor], Tensor], trial: Trial, h: Tensor) -> Tensor:
    """Three layers whose weights are 0."""
    for _ in range(3):
        h = layer(trial, trial.torch.zeros(4, 4, dtype=h.dtype), h)
    return h


def without_weights_a_residual_network_copies(trial: Trial) -> bool:
    h = trial.tensor(4)
    return trial.same(through(block, trial, h), h)


def without_weights_a_plain_network_copies(trial: Trial) -> bool:
    h = trial.tensor(4)
    return trial.same(through(plain, trial, h), h)


def sigmoid_blocks_without_weights_copy(trial: Trial) -> bool:
    h = trial.tensor(4)
    return trial.same(trial.torch.sigmoid(0 * h) + h, h)


def weights_with_skip_and_without(trial: Trial) -> tuple[int, int]:
    nn = trial.torch.nn

    class Block(nn.Module):  # type: ignore[misc, name-defined]
        def __init__(self, width: int) -> None:
            super().__init__()
            self.linear = nn.Linear(width, width, bias=False)

        def forward(self, h: Tensor) -> Tensor:
            return nn.functional.relu(self.linear(h)) + h

    width = trial.size(2, 9)
    plain_layer = nn.Sequential(nn.Linear(width, width, bias=False), nn.ReLU())
    return trial.parameters(Block(width)), trial.parameters(plain_layer)


def a_skip_costs_no_parameters(trial: Trial) -> bool:
    with_skip, without = weights_with_skip_and_without(trial)
    return with_skip == without


def a_skip_costs_parameters(trial: Trial) -> bool:
    with_skip, without = weights_with_skip_and_without(trial)
    return with_skip == 2 * without


def slope(trial: Trial, weights: Iterable[float], start: float, skip: int = 1) -> float:
    """The derivative through blocks on one unit, or layers without the skip."""
    x = trial.torch.tensor(start, dtype=trial.torch.double, requires_grad=True)
    h = x
    for w in weights:
        h = trial.torch.relu(w * h) + skip * h
    return float(trial.torch.autograd.grad(h, x)[0])


def a_residual_gradient_never_vanishes(trial: Trial) -> bool:
    weights, start = trial.rng.uniform(-1, 1, 3), trial.rng.choice([-1.0, 1.0])
    return abs(slope(trial, weights, start)) >= 1


def small_weights_starve_a_plain_network(trial: Trial) -> bool:
    layers = trial.size(1, 8)
    return slope(trial, [0.5] * layers, float(trial.rng.uniform(1, 2)), skip=0) == 0.5**layers


def positive_weights_keep_a_residual_gradient(trial: Trial) -> bool:
    weights = trial.rng.uniform(0.01, 2, trial.size(1, 5))
    return slope(trial, weights, float(trial.rng.uniform(1, 2))) > 1


def derivative_where_off(trial: Trial) -> Tensor:
    """The derivative of a block all of whose units are off."""
    h = trial.tensor(3)
    w = trial.tensor(3, 3)
    w = w * -trial.torch.sign(w @ h)[:, None]
    assert bool((w @ h < 0).all())
    return trial.jacobian(lambda h: block(trial, w, h), h)


def an_off_block_is_the_identity(trial: Trial) -> bool:
    found = derivative_where_off(trial)
    return trial.same(found, trial.torch.eye(3, dtype=found.dtype))


def an_off_block_stops_the_gradient(trial: Trial) -> bool:
    found = derivative_where_off(trial)
    return trial.same(found, 0 * found)


def can_be_added(trial: Trial, rows: int, columns: int) -> bool:
    try:
        block(trial, trial.tensor(rows, columns), trial.tensor(columns))
    except RuntimeError:
        return False
    return True


def a_skip_needs_equal_shapes(trial: Trial) -> bool:
    columns = trial.size(2, 5)
    fitting = [rows for rows in range(2, 9) if can_be_added(trial, rows, columns)]
    return fitting == [columns]


def a_skip_takes_any_shape(trial: Trial) -> bool:
    columns = trial.size(2, 5)
    return can_be_added(trial, 2 * columns, columns)


def every_choice_of_blocks_is_a_path(trial: Trial) -> bool:
    weights = trial.rng.uniform(0.1, 1, trial.size(1, 4))
    chosen = [c for size in range(len(weights) + 1) for c in combinations(weights, size)]
    expected = sum(map(prod, chosen))
    return len(chosen) == 2 ** len(weights) and abs(slope(trial, weights, 1.0) - expected) < 1e-9


def every_length_is_one_path(trial: Trial) -> bool:
    weights = trial.rng.uniform(0.1, 1, 3)
    return abs(slope(trial, weights, 1.0) - 1 - sum(weights)) < 1e-9


def before_or_after_relu(trial: Trial) -> bool:
    w, h = trial.tensor(3, 3), trial.tensor(3)
    return trial.same(trial.torch.relu(w @ h + h), block(trial, w, h))


def without_relu_a_block_is_a_matrix(trial: Trial) -> bool:
    w, h = trial.tensor(3, 3), trial.tensor(3)
    return trial.same(w @ h + h, (w + trial.torch.eye(3, dtype=w.dtype)) @ h)


def no_entry_shrinks(trial: Trial) -> bool:
    w, h = trial.tensor(3, 3), trial.tensor(3)
    return bool((block(trial, w, h) >= h).all())


def no_output_is_negative(trial: Trial) -> bool:
    return bool((block(trial, trial.tensor(3, 3), trial.tensor(3)) >= 0).all())


def derivative_and_pieces(trial: Trial) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The derivative of a random block, D, W and I."""
    w, h = trial.tensor(3, 3), trial.tensor(3)
    found = trial.jacobian(lambda h: block(trial, w, h), h)
    return found, trial.torch.diag((w @ h > 0).to(w.dtype)), w, trial.torch.eye(3, dtype=w.dtype)


def relu_masks_the_skip(trial: Trial) -> bool:
    found, d, w, identity = derivative_and_pieces(trial)
    return trial.same(found, d @ (w + identity))


def the_derivative_is_dw_plus_i(trial: Trial) -> bool:
    found, d, w, identity = derivative_and_pieces(trial)
    return trial.same(found, d @ w + identity)


def copies(trial: Trial) -> bool:
    """A network and the same with a block of zeros on top, at ten inputs."""
    first, second = trial.tensor(3, 3), trial.tensor(3, 3)

    def shallow(h: Tensor) -> Tensor:
        return block(trial, second, block(trial, first, h))

    inputs = [trial.tensor(3) for _ in range(10)]
    return all(trial.same(block(trial, 0 * first, shallow(h)), shallow(h)) for h in inputs)


def one_block_more_can_copy(trial: Trial) -> bool:
    return copies(trial)


def one_block_more_forgets(trial: Trial) -> bool:
    return not copies(trial)
