"""Arrays hold exact values alone, cannot be changed, and read as in the course."""

import copy
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from examgen.exact import (
    NEG_INF,
    PI,
    Array,
    Closed,
    E,
    Shape,
    Undefined,
    array,
    divide,
    entries,
    equal,
    exp,
    ln,
    ratio,
    sqrt,
)

HALF = Fraction(1, 2)


def kinds(values: Array) -> list[type]:
    return [type(x) for x in entries(values)]


@pytest.mark.parametrize(
    ("values", "shape"),
    [
        ([1, 2, 3], (3,)),
        ([[1, 2], [3, 4], [5, 6]], (3, 2)),
        (((1,), (2,)), (2, 1)),
        ([[[1]]], (1, 1, 1)),
        ([], (0,)),
        ([[], []], (2, 0)),
        (np.zeros((2, 3), dtype=int), (2, 3)),
        (np.zeros((2, 3), dtype=object), (2, 3)),
        ([np.array([1, 2]), [3, 4]], (2, 2)),
        ([array([1, E]), array([2, PI])], (2, 2)),
        (Shape((2, 3)), (2,)),
    ],
)
def test_shapes(values: Any, shape: tuple[int, ...]) -> None:
    made = array(values)
    assert made.shape == shape
    assert made.dtype == object
    assert not made.flags.writeable


def test_values_become_canonical() -> None:
    made = array([np.int64(1), np.uint8(2), Fraction(4, 2), HALF, E, NEG_INF])
    assert kinds(made) == [int, int, int, Fraction, Closed, type(NEG_INF)]
    assert entries(made)[:4] == [1, 2, 2, HALF]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([1.0], "float 1.0"),
        ([[1, 2], [3, 0.5]], "float 0.5"),
        ([np.float64(1)], "float64"),
        (np.array([1.5]), "float64"),
        ([True], "bool True"),
        (np.array([True]), "bool"),
        ([1j], "complex"),
        (["1"], "str"),
        ([None], "NoneType"),
        ([{1}], "set"),
        (np.array(["a"]), "str"),
    ],
)
def test_what_is_not_exact_is_refused(values: Any, found: str) -> None:
    with pytest.raises(TypeError, match=f"array: found {found}"):
        array(values)


@pytest.mark.parametrize(
    "values",
    [
        [[1, 2], [3]],
        [[1], 2],
        [1, [2]],
        [[1, 2], [3, [4]]],
        [[], [1]],
        np.array([[1], [2, 3]], dtype=object),
        [np.array([1, 2]), np.array([1])],
    ],
    ids=repr,
)
def test_ragged_nesting_is_refused(values: Any) -> None:
    with pytest.raises(ValueError, match="ragged"):
        array(values)


@pytest.mark.parametrize("values", [3, E, np.array(3, dtype=object), np.int64(3), "12", {1}, None])
def test_no_array_is_refused(values: Any) -> None:
    with pytest.raises(ValueError, match="array: found"):
        array(values)


def test_endless_nesting_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)
    deep: list[Any] = [1]
    for _ in range(3000):
        deep = [deep]
    for values in (endless, deep):
        with pytest.raises(ValueError, match="array: found"):
            array(values)


def test_arrays_cannot_be_changed() -> None:
    source = np.array([[1, 2], [3, 4]], dtype=object)
    made = array(source)
    source[0, 0] = 9
    assert made[0, 0] == 1
    assert source.flags.writeable
    for view in (made, made[0], made.T, made[::-1], made.reshape(4)):
        with pytest.raises(ValueError, match="read-only"):
            view[0] = 7
        with pytest.raises(ValueError, match="WRITEABLE"):
            view.setflags(write=True)
    again = array(made)
    assert again is not made
    assert equal(again, made)
    assert not array(copy.deepcopy(made)).flags.writeable


def test_numpy_scalars_do_not_creep_in() -> None:
    made = array([[1, 2], [3, 4]])
    for grown in (
        np.pad(made, 1),
        np.pad(made, 1, constant_values=7),
        np.zeros((2, 2), dtype=object) + made,
        np.ones((2, 2), dtype=int) * made,
        np.concatenate([made, np.zeros((1, 2), dtype=int)]),
        np.eye(2, dtype=int) @ made,
        np.tril(made),
        np.where(made > 2, made, 0),
        np.multiply.outer(made, np.arange(3)),
        np.einsum("ij,jk->ik", made, made),
    ):
        assert set(kinds(array(grown))) == {int}


def test_division_of_integers_must_be_exact() -> None:
    made = array([2, 3])
    with pytest.raises(TypeError, match="float"):
        array(made / 2)
    assert entries(divide(made, 2)) == [1, Fraction(3, 2)]
    assert kinds(divide(made, 2)) == [int, Fraction]
    assert entries(divide(made, E)) == [2 / E, 3 / E]
    with pytest.raises(Undefined):
        divide(made, 0)
    with pytest.raises(TypeError):
        divide(made, 0.5)  # type: ignore[arg-type]


def test_arithmetic_reads_as_in_the_course() -> None:
    x = array([[1, HALF], [E, ln(2)]])
    w = array([[2, 0], [1, 1]])
    assert entries(array(x @ w)) == [Fraction(5, 2), HALF, 2 * E + ln(2), ln(2)]
    assert entries(array(x + 1)) == [2, Fraction(3, 2), E + 1, 1 + ln(2)]
    assert entries(array(E * x)) == [E, E / 2, E**2, E * ln(2)]
    assert entries(array(x * E)) == entries(array(E * x))
    assert entries(array(x - E)) == [1 - E, HALF - E, 0, ln(2) - E]
    assert entries(array(E - x)) == [E - 1, E - HALF, 0, E - ln(2)]
    assert entries(array(E / w[1])) == [E, E]
    assert entries(array(np.maximum(1 - x, 0))) == [0, HALF, 0, 1 - ln(2)]
    assert entries(array(abs(1 - x))) == [0, HALF, E - 1, 1 - ln(2)]
    assert x.sum() == Fraction(3, 2) + E + ln(2)
    assert entries(array(x.T)) == [1, E, HALF, ln(2)]
    assert x.max() == E
    assert (x > 1).tolist() == [[False, False], [True, False]]
    assert (x == E).tolist() == [[False, False], [True, False]]
    assert (x == E).tolist() == (x == E).tolist()


def test_functions_entry_by_entry() -> None:
    assert entries(exp(array([0, ln(3), NEG_INF, 2]))) == [1, 3, 0, E**2]
    assert entries(ln(array([[1], [E]]))) == [0, 1]
    assert entries(sqrt(array([4, 2, HALF]))) == [2, sqrt(2), sqrt(2) / 2]
    assert ln(array([[1], [E]])).shape == (2, 1)
    assert not exp(array([1])).flags.writeable
    assert exp(array([[], []])).shape == (2, 0)
    with pytest.raises(TypeError, match="float"):
        exp(np.array([0.5]))
    with pytest.raises(Undefined):
        ln(array([1, 0]))


def test_numpy_calls_the_methods_of_closed_forms() -> None:
    closed = array([ln(2), 2 * ln(3)])
    assert entries(array(np.exp(closed))) == [2, 9]
    assert entries(array(np.log(array([E, E**2])))) == [1, 2]
    assert entries(array(np.sqrt(array([E**2, PI**2])))) == [E, PI]
    assert entries(array(np.exp(array([NEG_INF])))) == [0]


def test_softmax() -> None:
    scores = array([[0, 1, 2], [1, 1, NEG_INF]])
    powers = exp(scores)
    weights = array([divide(row, row.sum()) for row in powers])
    total = 1 + E + E**2
    assert entries(weights) == [1 / total, E / total, E**2 / total, HALF, HALF, 0]
    assert [ratio(row.sum(), 1) for row in weights] == [1, 1]
    assert kinds(weights)[3:] == [Fraction, Fraction, int]


def test_shapes_are_tuples_of_their_own_kind() -> None:
    shape = Shape((1, 28, 28))
    assert shape == (1, 28, 28)
    assert hash(shape) == hash((1, 28, 28))
    assert isinstance(shape, Shape)
    assert not isinstance((1, 28, 28), Shape)
    assert repr(shape) == "Shape((1, 28, 28))"
    assert shape[0] == 1
    assert len(Shape(())) == 0
    assert copy.deepcopy(shape) == shape
