"""Dense layers in the column convention, z = W x with W of shape (outputs, inputs).

Nothing broadcasts: operands whose shapes do not go together raise DoesNotFit.
"""

from collections.abc import Sequence
from functools import cache
from operator import mul
from typing import Any, overload

import numpy as np

from examgen.exact import Array, Exact, array, canonical, entries, sqrt
from examgen.nn.shapes import DoesNotFit


def matmul(a: Array, b: Array) -> Array:
    """Return the product (n, k) of a (n, m) and b (m, k)."""
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[0]:
        raise DoesNotFit(f"product of {a.shape} and {b.shape}")
    columns = b.T.tolist()
    return array([[_dot(row, column) for column in columns] for row in a.tolist()])


def matvec(a: Array, x: Array) -> Array:
    """Return the product (n,) of a (n, m) and x (m,)."""
    if a.ndim != 2 or x.ndim != 1 or a.shape[1] != x.shape[0]:
        raise DoesNotFit(f"product of {a.shape} and {x.shape}")
    column = x.tolist()
    return array([_dot(row, column) for row in a.tolist()])


def inner(u: Array, v: Array) -> Exact:
    """Return ⟨u, v⟩ of two vectors of one length."""
    if u.ndim != 1 or u.shape != v.shape:
        raise DoesNotFit(f"inner product of {u.shape} and {v.shape}")
    return canonical(_dot(u.tolist(), v.tolist()))


def magnitude(z: Exact) -> Exact:
    """Return |z|; typed, which `abs` is not for a union."""
    return max(z, -z)


def norm(u: Array) -> Exact:
    """Return ‖u‖, the length of a vector."""
    return sqrt(inner(u, u))


def outer(u: Array, v: Array) -> Array:
    """Return u vᵀ of shape (n, m) for u (n,) and v (m,)."""
    if u.ndim != 1 or v.ndim != 1:
        raise DoesNotFit(f"outer product of {u.shape} and {v.shape}")
    return array([[a * b for b in v.tolist()] for a in u.tolist()])


def plus(a: Array, b: Array) -> Array:
    """Return a + b for two arrays of one shape."""
    if a.shape != b.shape:
        raise DoesNotFit(f"sum of {a.shape} and {b.shape}")
    return array(a + b)


def times(a: Array, b: Array) -> Array:
    """Return the entrywise product of two arrays of one shape."""
    if a.shape != b.shape:
        raise DoesNotFit(f"entrywise product of {a.shape} and {b.shape}")
    return array(a * b)


def transpose(a: Array) -> Array:
    """Return the transpose of a matrix."""
    if a.ndim != 2:
        raise DoesNotFit(f"transpose of an array of shape {a.shape}; a matrix has two axes")
    return a.T


@cache
def identity(size: int) -> Array:
    """Return the identity matrix (size, size)."""
    return array([[int(row == column) for column in range(size)] for row in range(size)])


def diagonal(d: Array) -> Array:
    """Return diag(d), the matrix (n, n) with d (n,) on its diagonal."""
    if d.ndim != 1:
        raise DoesNotFit(f"diagonal of shape {d.shape}; it has one axis")
    rows = identity(len(d)).tolist()
    return array([[one * entry for one in row] for entry, row in zip(d, rows, strict=True)])


def flatten(a: Array) -> Array:
    """Return the entries row by row, as torch.nn.Flatten does."""
    return array(entries(a))


@overload
def relu(x: Array) -> Array: ...
@overload
def relu(x: Exact) -> Exact: ...
def relu(x: Array | Exact) -> Array | Exact:
    """Return max(x, 0), entrywise on an array."""
    return array(np.maximum(x, 0)) if isinstance(x, np.ndarray) else max(x, 0)


@overload
def relu_derivative(x: Array) -> Array: ...
@overload
def relu_derivative(x: Exact) -> int: ...
def relu_derivative(x: Array | Exact) -> Array | int:
    """Return 1 where x > 0 and 0 elsewhere, also at 0, as torch does."""
    return array((x > 0).astype(int)) if isinstance(x, np.ndarray) else int(x > 0)


def _dot(u: Sequence[Any], v: Sequence[Any]) -> Any:
    return sum(map(mul, u, v))
