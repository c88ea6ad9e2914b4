"""The matrix of a cross-correlation against torch's Jacobian."""

from functools import partial
from types import ModuleType

from examgen.exact import array
from examgen.nn.conv import cross_correlate
from examgen.nn.dense import flatten, matvec
from examgen.nn.toeplitz import convolution_matrix
from tests.nn.drawn import integers, listed, streams, tensor


def test_agrees_with_the_jacobian(torch: ModuleType) -> None:
    for seed, rng in streams(60):
        shape = rng.randint(3, 5), rng.randint(3, 5)
        kernel = integers(rng, (rng.randint(1, 3), rng.randint(1, 3)))
        stride, padding = (rng.randint(1, 2), rng.randint(1, 2)), (rng.randint(0, 1), 1)
        slide = partial(torch.conv2d, stride=stride, padding=padding)
        weight = tensor(torch, kernel)[None, None]
        image = torch.zeros(1, 1, *shape, dtype=weight.dtype)
        jacobian = torch.autograd.functional.jacobian(partial(slide, weight=weight), image)
        jacobian = jacobian.reshape(-1, shape[0] * shape[1])
        ours = convolution_matrix(kernel, shape, stride=stride, padding=padding)
        assert ours.tolist() == listed(jacobian), seed


def test_is_the_convolution() -> None:
    for _, rng in streams(50):
        image, kernel = integers(rng, (4, 5)), integers(rng, (2, 3))
        flat = matvec(convolution_matrix(kernel, (4, 5)), flatten(image))
        assert flat.tolist() == flatten(cross_correlate(image, kernel)).tolist()


def test_rows_shift_by_one() -> None:
    matrix = convolution_matrix(array([[5, 7]]), (1, 4))
    assert matrix.tolist() == [[5, 7, 0, 0], [0, 5, 7, 0], [0, 0, 5, 7]]
