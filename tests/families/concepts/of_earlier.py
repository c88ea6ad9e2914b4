"""What holds of regression, margins and kernels, on random data: a property for each claim."""

from tests.families.concepts.trials import Tensor, Trial


def solve(trial: Trial, x: Tensor, y: Tensor) -> Tensor:
    return trial.torch.linalg.lstsq(x, y[:, None]).solution[:, 0]


def error(x: Tensor, y: Tensor, w: Tensor) -> Tensor:
    return ((x @ w - y) ** 2).mean()


def training_error_rises(trial: Trial) -> bool:
    x, y = trial.tensor(8, 3), trial.tensor(8)
    few = error(x[:, :2], y, solve(trial, x[:, :2], y))
    return bool(error(x, y, solve(trial, x, y)) > few + 1e-12)


def another_feature_never_hurts_training(trial: Trial) -> bool:
    return not training_error_rises(trial)


def another_feature_can_hurt_training(trial: Trial) -> bool:
    return training_error_rises(trial)


def residuals_are_orthogonal(trial: Trial) -> bool:
    x, y = trial.tensor(8, 3), trial.tensor(8)
    product = x.T @ (x @ solve(trial, x, y) - y)
    return trial.same(product, 0 * product)


def least_squares_hits_every_point(trial: Trial) -> bool:
    x, y = trial.tensor(8, 3), trial.tensor(8)
    return trial.same(x @ solve(trial, x, y), y)


def step_lowers(trial: Trial, size: float) -> bool:
    x, y, w = trial.tensor(8, 3), trial.tensor(8), trial.tensor(3)
    gradient = 2 / 8 * x.T @ (x @ w - y)
    return bool(error(x, y, w - size * gradient) < error(x, y, w))


def any_step_lowers_the_error(trial: Trial) -> bool:
    return step_lowers(trial, float(trial.rng.uniform(0, 10)))


def a_short_step_lowers_the_error(trial: Trial) -> bool:
    return step_lowers(trial, 1e-4)


def minimum_stays(trial: Trial) -> bool:
    """Whether the gradient of n times the loss is 0 where that of the loss is."""
    x, y = trial.tensor(8, 3), trial.tensor(8)
    w = solve(trial, x, y)
    slope = trial.jacobian(lambda w: 8 * error(x, y, w), w)
    return trial.same(slope, 0 * slope)


def twice_the_loss_twice_the_solution(trial: Trial) -> bool:
    return not minimum_stays(trial)


def the_constant_does_not_move_the_minimum(trial: Trial) -> bool:
    return minimum_stays(trial)


def the_constant_changes_the_step(trial: Trial) -> bool:
    x, y, w = trial.tensor(8, 3), trial.tensor(8), trial.tensor(3)
    mean, summed = (trial.jacobian(lambda w, n=n: n * error(x, y, w), w) for n in (1, 8))
    return not trial.same(w - 0.1 * mean, w - 0.1 * summed)


def half_at_the_boundary(trial: Trial) -> bool:
    w, x = trial.tensor(3), trial.tensor(3)
    x = x - (w @ x) / (w @ w) * w
    return trial.same(trial.torch.sigmoid(w @ x), trial.torch.tensor(0.5, dtype=x.dtype))


def the_boundary_is_curved(trial: Trial) -> bool:
    """Whether a point midway between two on the boundary can lie off it."""
    w, points = trial.tensor(3), trial.tensor(2, 3)
    points = points - (points @ w)[:, None] / (w @ w) * w
    middle = trial.torch.sigmoid(w @ points.mean(dim=0))
    return not trial.same(middle, trial.torch.tensor(0.5, dtype=w.dtype))


def plane_moves(trial: Trial) -> bool:
    w, b, x = trial.tensor(3), trial.tensor(1)[0], trial.tensor(3)
    on_it = x - (w @ x - b) / (w @ w) * w
    return abs(float(2 * w @ on_it - 2 * b)) > 1e-9


def twice_the_plane_is_the_plane(trial: Trial) -> bool:
    return not plane_moves(trial)


def twice_the_plane_is_another_plane(trial: Trial) -> bool:
    return plane_moves(trial)


def gap(w: Tensor, b: Tensor) -> float:
    """How far apart the points lie where a line along w meets ⟨w, x⟩ − b = 1 and = −1."""
    upper, lower = ((b + side) / (w @ w) * w for side in (1, -1))
    return float((upper - lower).norm())


def growth_of_margin(trial: Trial) -> float:
    w, b = trial.tensor(3), trial.tensor(1)[0]
    return gap(2 * w, 2 * b) / gap(w, b)


def twice_the_weights_twice_the_margin(trial: Trial) -> bool:
    return abs(growth_of_margin(trial) - 2) < 1e-9


def twice_the_weights_half_the_margin(trial: Trial) -> bool:
    return abs(growth_of_margin(trial) - 0.5) < 1e-9


def all_features(trial: Trial, x: Tensor) -> Tensor:
    """The features of which the square kernel is the inner product."""
    pairs = trial.torch.outer(x, x).ravel()
    return trial.torch.cat([trial.torch.ones(1, dtype=x.dtype), 2**0.5 * x, pairs])


def the_square_kernel_is_an_inner_product(trial: Trial) -> bool:
    x, other = trial.tensor(3), trial.tensor(3)
    return trial.same((x @ other + 1) ** 2, all_features(trial, x) @ all_features(trial, other))


def the_square_kernel_needs_all_features(trial: Trial) -> bool:
    """Whether points with one inner product and different features have different kernels."""
    x, other = trial.tensor(3), trial.tensor(3)
    turn = trial.torch.linalg.qr(trial.tensor(3, 3)).Q
    one, two = (
        all_features(trial, a) @ all_features(trial, b)
        for a, b in ((x, other), (turn @ x, turn @ other))
    )
    return not trial.same(one, two)


def gaussian(x: Tensor, other: Tensor, variance: float) -> float:
    return float((-((x - other) ** 2).sum() / (2 * variance)).exp())


def a_gaussian_kernel_is_at_most_one(trial: Trial) -> bool:
    x, other, variance = trial.tensor(3), trial.tensor(3), float(trial.rng.uniform(0.5, 3))
    return gaussian(x, other, variance) < 1 and gaussian(x, x, variance) == 1


def a_gaussian_kernel_grows_with_distance(trial: Trial) -> bool:
    x, way = trial.tensor(3), trial.tensor(3)
    return gaussian(x, x + 2 * way, 1) > gaussian(x, x + way, 1)


def entries_of_v(trial: Trial, entries: int) -> bool:
    """Whether a v of so many entries makes a w for data of 7 points and 4 features."""
    try:
        return tuple((trial.tensor(7, 4).T @ trial.tensor(entries)).shape) == (4,)
    except RuntimeError:
        return False


def a_coefficient_for_every_point(trial: Trial) -> bool:
    return entries_of_v(trial, 7)


def a_coefficient_for_every_feature(trial: Trial) -> bool:
    return entries_of_v(trial, 4)


def predictions_are_kv(trial: Trial) -> bool:
    x, v = trial.tensor(7, 4), trial.tensor(7)
    return trial.same(x @ (x.T @ v), (x @ x.T) @ v)


def k_has_a_row_for_every_feature(trial: Trial) -> bool:
    x = trial.tensor(7, 4)
    return len(x @ x.T) == 4
