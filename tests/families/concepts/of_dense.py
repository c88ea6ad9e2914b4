"""What holds of dense layers and activations, tried on random ones: a property for each claim."""

from tests.families.concepts.trials import Tensor, Trial


def sizes(trial: Trial) -> tuple[int, int, int, int]:
    """Inputs, outputs, weights and biases of a layer."""
    inputs, outputs = trial.size(3, 9), trial.size(10, 15)
    layer = trial.torch.nn.Linear(inputs, outputs)
    return inputs, outputs, layer.weight.numel(), layer.bias.numel()


def a_weight_for_every_pair(trial: Trial) -> bool:
    inputs, outputs, weights, _ = sizes(trial)
    return weights == inputs * outputs


def a_weight_for_every_unit(trial: Trial) -> bool:
    inputs, outputs, weights, _ = sizes(trial)
    return weights == inputs + outputs


def a_bias_for_every_output(trial: Trial) -> bool:
    _, outputs, _, biases = sizes(trial)
    return biases == outputs


def a_bias_for_every_input(trial: Trial) -> bool:
    inputs, _, _, biases = sizes(trial)
    return biases == inputs


def seen(trial: Trial) -> Tensor:
    """True for each pixel of a 6 × 6 image on which an output of a dense layer depends."""
    w = trial.tensor(4, 36)
    return trial.jacobian(lambda x: (w @ x.ravel())[1], trial.tensor(6, 6)) != 0


def every_output_sees_every_input(trial: Trial) -> bool:
    return bool(seen(trial).all())


def every_output_sees_its_neighbours(trial: Trial) -> bool:
    rows, columns = seen(trial).nonzero(as_tuple=True)
    return int(rows.max() - rows.min()) < 3 and int(columns.max() - columns.min()) < 3


def fits_permuted_pixels(trial: Trial) -> bool:
    w, images, order = trial.tensor(4, 36), trial.tensor(20, 36), trial.rng.permutation(36)
    return trial.same(images[:, order] @ w[:, order].T, images @ w.T)


def pixels_may_be_permuted(trial: Trial) -> bool:
    return fits_permuted_pixels(trial)


def permuted_pixels_cost_a_dense_network(trial: Trial) -> bool:
    return not fits_permuted_pixels(trial)


def two_matrices_are_one(trial: Trial) -> bool:
    first, second, x = trial.tensor(4, 3), trial.tensor(2, 4), trial.tensor(3)
    return trial.same(second @ (first @ x), (second @ first) @ x)


def relu_between_two_matrices_changes_nothing(trial: Trial) -> bool:
    """A single layer would be linear."""
    first, second = trial.tensor(4, 3), trial.tensor(2, 4)

    def both(x: Tensor) -> Tensor:
        return second @ trial.torch.relu(first @ x)

    x, y = trial.tensor(3), trial.tensor(3)
    return trial.same(both(x + y), both(x) + both(y))


def relu_has_no_parameters(trial: Trial) -> bool:
    return trial.parameters(trial.torch.nn.ReLU()) == 0


def relu_has_a_threshold_for_each_unit(trial: Trial) -> bool:
    relu = trial.torch.nn.ReLU()
    relu(trial.tensor(7))
    return trial.parameters(relu) == 7


def relu_scales(trial: Trial) -> bool:
    w, x, relu = trial.tensor(4, 3), trial.tensor(3), trial.torch.relu
    return trial.same(relu(2 * w @ x), 2 * relu(w @ x))


def relu_is_odd(trial: Trial) -> bool:
    w, x, relu = trial.tensor(4, 3), trial.tensor(3), trial.torch.relu
    return trial.same(relu(-w @ x), -relu(w @ x))


def sigmoid_mirrors(trial: Trial) -> bool:
    z, sigmoid = trial.tensor(9), trial.torch.sigmoid
    return trial.same(sigmoid(-z), 1 - sigmoid(z))


def sigmoid_is_zero_at_zero(trial: Trial) -> bool:
    return float(trial.torch.sigmoid(trial.torch.tensor(0.0))) == 0


def batches_add_parameters(trial: Trial) -> bool:
    counts = []
    for batch in (8, 16):
        layer = trial.torch.nn.Linear(3, 4).double()
        layer(trial.tensor(batch, 3))
        counts.append(trial.parameters(layer))
    return counts[1] > counts[0]


def examples_of_a_batch_share_weights(trial: Trial) -> bool:
    layer = trial.torch.nn.Linear(3, 4).double()
    batch = trial.tensor(8, 3)
    return trial.same(layer(batch)[5], layer(batch[5]))


def stored_and_used(trial: Trial) -> tuple[int, int]:
    """The experts of a mixture, and those that get a gradient from one token."""
    nn, torch = trial.torch.nn, trial.torch
    experts, router = [nn.Linear(3, 3).double() for _ in range(8)], nn.Linear(3, 8).double()
    token = trial.tensor(3)
    chosen = router(token).topk(2)
    shares = chosen.values.softmax(dim=0)
    run = [experts[int(index)](token) for index in chosen.indices]
    (torch.stack(run).T @ shares).sum().backward()
    used = sum(expert.weight.grad is not None for expert in experts)
    return len(experts), used


def an_expert_model_runs_a_part(trial: Trial) -> bool:
    stored, used = stored_and_used(trial)
    return used == 2 < stored


def an_expert_model_stores_a_part(trial: Trial) -> bool:
    """Whether two experts are enough for ten tokens."""
    router = trial.torch.nn.Linear(3, 8).double()
    chosen = {int(index) for _ in range(10) for index in router(trial.tensor(3)).topk(2).indices}
    return len(chosen) == 2


def depth_without_activations_helps(trial: Trial) -> bool:
    """Whether a hundred matrices do what their product does not."""
    matrices = [trial.tensor(3, 3) / 2 for _ in range(100)]
    x = start = trial.tensor(3)
    product = trial.torch.eye(3, dtype=x.dtype)
    for matrix in matrices:
        x, product = matrix @ x, matrix @ product
    return not trial.same(x, product @ start)


def text_as_numbers(trial: Trial) -> bool:
    """A layer refuses the numbers of the tokens, and takes a vector for each of them."""
    layer = trial.torch.nn.TransformerEncoderLayer(4, 2, 8, batch_first=True).double().eval()
    vectors = trial.torch.nn.Embedding(10, 4).double()
    text = trial.torch.tensor(trial.rng.integers(0, 10, size=(1, 5)))
    try:
        layer(text)
    except (AssertionError, RuntimeError):
        return tuple(layer(vectors(text)).shape) == (1, 5, 4)
    return False


def text_of_one_length(trial: Trial) -> bool:
    layer = trial.torch.nn.TransformerEncoderLayer(4, 2, 8, batch_first=True).double().eval()
    try:
        return any(layer(trial.tensor(1, n, 4)).shape != (1, n, 4) for n in (3, 7))
    except RuntimeError:
        return True
