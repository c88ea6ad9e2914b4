"""The size formula against counting, against torch and against sizes of well-known networks."""

from types import ModuleType

import pytest

from examgen.exact import Shape, Undefined
from examgen.nn.shapes import DoesNotFit, convolution_shape, output_size, output_size_2d
from tests.nn.drawn import streams


def positions(size: int, kernel: int, stride: int, padding: int, dilation: int) -> int:
    """Count the windows that stay inside, one start after the other."""
    end = size + padding
    starts = range(-padding, end, stride)
    return sum(start + dilation * (kernel - 1) < end for start in starts)


def test_counts_the_windows_that_fit() -> None:
    for seed, rng in streams(2000):
        size, kernel, stride, dilation = (rng.randint(1, top) for top in (20, 6, 4, 3))
        padding = rng.randint(0, 4)
        counted = positions(size, kernel, stride, padding, dilation)
        options = {"stride": stride, "padding": padding, "dilation": dilation}
        if counted:
            assert output_size(size, kernel, **options) == counted, seed
        else:
            with pytest.raises(DoesNotFit):
                output_size(size, kernel, **options)


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding", "expected"),
    [
        (224, 11, 4, 2, 55),
        (224, 7, 2, 3, 112),
        (112, 3, 2, 1, 56),
        (5, 3, 1, 2, 7),
        (28, 5, 1, 0, 24),
    ],
)
def test_sizes_of_well_known_layers(
    size: int, kernel: int, stride: int, padding: int, expected: int
) -> None:
    assert output_size(size, kernel, stride=stride, padding=padding) == expected


def test_each_axis_has_its_own_sizes(torch: ModuleType) -> None:
    for seed, rng in streams():
        pairs = [(rng.randint(1, top), rng.randint(1, top)) for top in (4, 3, 2, 2)]
        kernel, stride, padding, dilation = pairs
        size = rng.randint(7, 12), rng.randint(7, 12)
        ours = output_size_2d(size, kernel, stride=stride, padding=padding, dilation=dilation)
        layer = torch.nn.Conv2d(1, 1, kernel, stride, padding, dilation)
        assert ours == tuple(layer(torch.zeros(1, *size)).shape[1:]), seed
        assert isinstance(ours, Shape)


def test_three_axes_go_one_by_one() -> None:
    clip, options = Shape((16, 10, 50, 100)), {"stride": (2, 1, 1), "padding": (4, 2, 0)}
    assert convolution_shape(clip, 33, (3, 5, 2), **options) == (33, 8, 50, 99)


@pytest.mark.parametrize("axes", [1, 2, 3])
def test_agrees_with_torch_along_any_axes(torch: ModuleType, axes: int) -> None:
    make = getattr(torch.nn, f"Conv{axes}d")
    for seed, rng in streams(60):
        shape = Shape((rng.randint(1, 4), *(rng.randint(5, 12) for _ in range(axes))))
        kernel, stride, padding = (
            [rng.randint(low, low + 3) for _ in range(axes)] for low in (1, 1, 0)
        )
        layer = make(shape[0], 7, kernel, stride, padding, device="meta")
        theirs = layer(torch.empty(1, *shape, device="meta")).shape[1:]
        ours = convolution_shape(shape, 7, kernel, stride=stride, padding=padding)
        assert ours == tuple(theirs), seed


def test_a_window_that_fits_nowhere_is_undefined() -> None:
    with pytest.raises(Undefined):
        output_size(3, 2, dilation=3)
    with pytest.raises(Undefined):
        output_size(0, 1, padding=2)


@pytest.mark.parametrize("fault", [{"kernel": 0}, {"stride": 0}, {"dilation": 0}, {"padding": -1}])
def test_impossible_windows_are_the_authors_fault(fault: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least") as raised:
        output_size(**({"size": 5, "kernel": 2} | fault))
    assert not isinstance(raised.value, Undefined)
