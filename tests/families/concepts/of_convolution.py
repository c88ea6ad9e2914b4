"""What holds of convolutions and pooling, tried on random ones: a property for each claim."""

from tests.families.concepts.trials import Tensor, Trial


def conv(trial: Trial, x: Tensor, w: Tensor, **options: int) -> Tensor:
    return trial.torch.nn.functional.conv2d(x, w, **options)


def layer_weights(trial: Trial, side: int) -> int:
    layer = trial.torch.nn.Conv2d(2, 3, 3)
    layer(trial.torch.zeros(1, 2, side, side))
    return trial.parameters(layer)


def weights_of_a_kernel_whatever_the_image(trial: Trial) -> bool:
    return layer_weights(trial, 8) == layer_weights(trial, trial.size(9, 30))


def weights_for_every_pair_of_pixels(trial: Trial) -> bool:
    side = trial.size(4, 9)
    layer = trial.torch.nn.Conv2d(1, 1, 3, bias=False)
    return trial.parameters(layer) == side**2 * (side - 2) ** 2


def filters_make_the_channels(trial: Trial) -> bool:
    channels, filters = trial.size(1, 5), trial.size(1, 9)
    w = trial.tensor(filters, channels, 3, 3)
    return len(conv(trial, trial.tensor(1, channels, 6, 6), w)[0]) == filters


def a_map_for_every_filter_and_channel(trial: Trial) -> bool:
    return len(trial.torch.nn.Conv2d(3, 10, 3)(trial.torch.zeros(1, 3, 6, 6))[0]) == 30


def seen_by_an_entry(trial: Trial) -> Tensor:
    """How many pixels of each channel one output entry depends on."""
    w = trial.tensor(1, 2, 3, 3)
    slope = trial.jacobian(lambda x: conv(trial, x, w)[0, 0, 2, 1], trial.tensor(1, 2, 8, 8))
    return (slope[0] != 0).sum(dim=(1, 2))


def a_kernel_sees_its_window_only(trial: Trial) -> bool:
    return bool((seen_by_an_entry(trial) <= 9).all())


def a_kernel_sees_the_whole_image(trial: Trial) -> bool:
    return bool((seen_by_an_entry(trial) == 64).all())


def shifted(trial: Trial, stride: int) -> tuple[Tensor, Tensor]:
    """A map, and that of the image shifted by one column to the right."""
    x, w = trial.tensor(1, 1, 9, 12), trial.tensor(1, 1, 3, 3)
    return conv(trial, x, w, stride=stride), conv(trial, x.roll(1, 3), w, stride=stride)


def shifts_with_its_input(trial: Trial) -> bool:
    before, after = shifted(trial, 1)
    return trial.same(before[..., :-1], after[..., 1:])


def stays_when_its_input_shifts(trial: Trial) -> bool:
    before, after = shifted(trial, 1)
    return trial.same(before[..., 1:-1], after[..., 1:-1])


def stride_two_shifts_by_one(trial: Trial) -> bool:
    before, after = shifted(trial, 2)
    return trial.same(before[..., :-1], after[..., 1:])


def mean_is_kept(trial: Trial) -> bool:
    """A mean over the map of an image within a wide border of zeros, before and after a shift."""
    w, bias = trial.tensor(1, 1, 3, 3), trial.tensor(1)
    x = trial.torch.nn.functional.pad(trial.tensor(1, 1, 5, 5), (4, 4, 4, 4))
    before, after = (conv(trial, each, w) + bias for each in (x, x.roll(1, trial.size(2, 3))))
    return trial.same(before.mean(), after.mean()) and not trial.same(before, after)


def the_mean_of_a_map_ignores_shifts(trial: Trial) -> bool:
    return mean_is_kept(trial)


def the_mean_of_a_map_follows_shifts(trial: Trial) -> bool:
    return not mean_is_kept(trial)


def a_convolution_is_a_sparse_matrix(trial: Trial) -> bool:
    w = trial.tensor(1, 1, 2, 2)
    matrix = trial.jacobian(lambda x: conv(trial, x, w), trial.tensor(1, 1, 6, 6)).reshape(25, 36)
    used = set(matrix[matrix != 0].tolist())
    mostly_zero = (matrix == 0).sum() > matrix.numel() / 2
    return used == set(w.ravel().tolist()) and bool(mostly_zero)


def every_matrix_is_a_convolution(trial: Trial) -> bool:
    """Look for the kernel whose matrix comes closest to a random one."""
    matrix, x = trial.tensor(9, 16), trial.tensor(1, 1, 4, 4)
    kernels = trial.torch.eye(4, dtype=x.dtype).reshape(4, 1, 1, 2, 2)
    spans = [trial.jacobian(lambda x, w=w: conv(trial, x, w), x).reshape(-1) for w in kernels]
    found = trial.torch.stack(spans, dim=1)
    best = trial.torch.linalg.lstsq(found, matrix.reshape(-1, 1)).solution
    return trial.same(found @ best, matrix.reshape(-1, 1))


def is_linear(trial: Trial) -> bool:
    w, a = trial.tensor(2, 1, 3, 3), trial.tensor(1)
    x, y = trial.tensor(1, 1, 6, 6), trial.tensor(1, 1, 6, 6)
    return trial.same(conv(trial, a * x + y, w), a * conv(trial, x, w) + conv(trial, y, w))


def a_kernel_is_linear(trial: Trial) -> bool:
    return is_linear(trial)


def a_kernel_is_not_linear(trial: Trial) -> bool:
    return not is_linear(trial)


def a_small_kernel_minds_permuted_pixels(trial: Trial) -> bool:
    """Look for the kernel whose outputs on permuted images come closest to the old ones."""
    images, w = trial.tensor(20, 1, 6, 6), trial.tensor(1, 1, 3, 3)
    order = trial.rng.permutation(36)
    permuted = images.reshape(20, 36)[:, order].reshape(images.shape)
    windows = trial.torch.nn.functional.unfold(permuted, 3).transpose(1, 2).reshape(-1, 9)
    wanted = conv(trial, images, w).reshape(-1, 1)
    best = trial.torch.linalg.lstsq(windows, wanted).solution
    return trial.same(windows @ best, wanted)


def max_pooling_has_nothing_to_train(trial: Trial) -> bool:
    layers = trial.torch.nn.MaxPool2d(trial.size(2, 4)), trial.torch.nn.AvgPool2d(trial.size(2, 4))
    return sum(map(trial.parameters, layers)) == 0


def max_pooling_has_weights(trial: Trial) -> bool:
    return trial.parameters(trial.torch.nn.MaxPool2d(2)) == 4


def pooling_halves_the_channels(trial: Trial) -> bool:
    pooled = trial.torch.nn.MaxPool2d(2)(trial.tensor(1, 8, 6, 6))
    return tuple(pooled.shape[1:]) == (4, 3, 3)


def gradients_by_position(trial: Trial) -> tuple[Tensor, list[Tensor]]:
    """The gradient of a kernel, and what it would be were only one position's output to count."""
    x, w, g = trial.tensor(1, 1, 5, 5), trial.tensor(1, 1, 2, 2), trial.tensor(1, 1, 4, 4)
    w.requires_grad_()
    y = conv(trial, x, w)
    grad = trial.torch.autograd.grad
    (whole,) = grad((y * g).sum(), w, retain_graph=True)
    flat = (y * g).ravel()
    return whole, [grad(each, w, retain_graph=True)[0] for each in flat]


def a_weights_gradient_adds_up(trial: Trial) -> bool:
    whole, single = gradients_by_position(trial)
    return trial.same(whole, sum(single))


def the_last_use_of_a_weight_counts(trial: Trial) -> bool:
    whole, single = gradients_by_position(trial)
    return trial.same(whole, single[-1])


def uses_of_a_kernel_drift_apart(trial: Trial) -> bool:
    """After a step the layer's matrix has other entries than one kernel's."""
    layer = trial.torch.nn.Conv2d(1, 1, 2, bias=False).double()
    optimiser = trial.torch.optim.SGD(layer.parameters(), lr=0.1)
    for _ in range(3):
        optimiser.zero_grad()
        (layer(trial.tensor(4, 1, 5, 5)) ** 2).mean().backward()
        optimiser.step()
    matrix = trial.jacobian(layer, trial.tensor(1, 1, 5, 5))
    return len(set(matrix[matrix != 0].tolist())) > 4


def padding_one_keeps_the_size(trial: Trial) -> bool:
    x = trial.tensor(1, 1, trial.size(3, 9), trial.size(3, 9))
    padded = conv(trial, x, trial.tensor(1, 1, 3, 3), padding=1)
    return tuple(padded.shape) == tuple(x.shape)


def any_kernel_keeps_the_size(trial: Trial) -> bool:
    x, side = trial.tensor(1, 1, 9, 9), trial.size(1, 6)
    padded = conv(trial, x, trial.tensor(1, 1, side, side), padding=1)
    return tuple(padded.shape) == tuple(x.shape)


def padding_is_trained(trial: Trial) -> bool:
    padded, plain = trial.torch.nn.Conv2d(2, 3, 3, padding=2), trial.torch.nn.Conv2d(2, 3, 3)
    return trial.parameters(padded) > trial.parameters(plain)


def seen_after_two(trial: Trial) -> tuple[int, int]:
    """Height and width of what a unit after two 3 × 3 convolutions depends on."""
    first, second = trial.tensor(2, 1, 3, 3), trial.tensor(1, 2, 3, 3)
    x = trial.tensor(1, 1, 14, 14)
    slope = trial.jacobian(lambda x: conv(trial, conv(trial, x, first), second)[0, 0, 4, 4], x)
    rows, columns = slope[0, 0].nonzero(as_tuple=True)
    return int(rows.max() - rows.min()) + 1, int(columns.max() - columns.min()) + 1


def two_small_kernels_see_five_pixels(trial: Trial) -> bool:
    return seen_after_two(trial) == (5, 5)


def two_small_kernels_see_nine_pixels(trial: Trial) -> bool:
    return seen_after_two(trial) == (9, 9)


def two_are_one(trial: Trial) -> bool:
    """Look for the larger kernel that does what two do, from one image, and try it on another."""
    first, second = trial.tensor(2, 1, 2, 2), trial.tensor(1, 2, 2, 2)

    def both(x: Tensor) -> Tensor:
        return conv(trial, conv(trial, x, first), second)

    x, other = trial.tensor(1, 1, 8, 8), trial.tensor(1, 1, 8, 8)
    windows = trial.torch.nn.functional.unfold(x, 3)[0].T
    kernel = trial.torch.linalg.lstsq(windows, both(x).reshape(-1, 1)).solution
    return trial.same(conv(trial, other, kernel.reshape(1, 1, 3, 3)), both(other))


def two_convolutions_are_one(trial: Trial) -> bool:
    return two_are_one(trial)


def two_convolutions_are_more(trial: Trial) -> bool:
    return not two_are_one(trial)


def relu_and_max_pooling_commute(trial: Trial) -> bool:
    x, relu, pool = trial.tensor(1, 2, 6, 6), trial.torch.relu, trial.torch.nn.MaxPool2d(2)
    return trial.same(relu(pool(x)), pool(relu(x)))


def relu_and_average_pooling_commute(trial: Trial) -> bool:
    x, relu, pool = trial.tensor(1, 2, 6, 6), trial.torch.relu, trial.torch.nn.AvgPool2d(2)
    return trial.same(relu(pool(x)), pool(relu(x)))


def a_one_by_one_kernel_mixes_channels(trial: Trial) -> bool:
    w = trial.tensor(1, 3, 1, 1)
    slope = trial.jacobian(lambda x: conv(trial, x, w)[0, 0, 1, 2], trial.tensor(1, 3, 4, 4))[0]
    seen = slope != 0
    return bool(seen[:, 1, 2].all()) and int(seen.sum()) == 3


def a_one_by_one_kernel_does_nothing(trial: Trial) -> bool:
    x = trial.tensor(1, 3, 4, 4)
    ratio = conv(trial, x, trial.tensor(3, 3, 1, 1)) / x
    return trial.same(ratio, ratio.mean().expand(ratio.shape))
