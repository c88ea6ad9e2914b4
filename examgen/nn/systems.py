"""Linear systems solved exactly, by Gauss–Jordan elimination."""

from examgen.exact import Array, Exact, Undefined, array, canonical, ratio
from examgen.nn.dense import identity, matvec
from examgen.nn.shapes import DoesNotFit


def inverse(a: Array) -> Array:
    """Return A⁻¹ of a square matrix; raise Undefined where there is none."""
    if a.ndim != 2 or a.shape[0] != a.shape[1]:
        raise DoesNotFit(f"inverse of an array of shape {a.shape}; a square matrix has one")
    rows = [[*row, *unit] for row, unit in zip(a.tolist(), identity(len(a)).tolist(), strict=True)]
    for column in range(len(rows)):
        _eliminate(rows, column)
    return array([row[len(rows) :] for row in rows])


def determinant(a: Array) -> Exact:
    """Return det A of a matrix (2, 2)."""
    (p, q), (r, s) = _two_by_two(a)
    return canonical(p * s - q * r)


def adjugate(a: Array) -> Array:
    """Return det(A)·A⁻¹ of a matrix (2, 2), which exists where the inverse does not."""
    (p, q), (r, s) = _two_by_two(a)
    return array([[s, -q], [-r, p]])


def solve(a: Array, b: Array) -> Array:
    """Return the x with A x = b for A (n, n) and b (n,); raise Undefined where A is singular."""
    return matvec(inverse(a), b)


def _eliminate(rows: list[list[Exact]], column: int) -> None:
    """Make the column that of the identity, with the first row whose entry is not 0."""
    pivot = next((at for at in range(column, len(rows)) if rows[at][column] != 0), None)
    if pivot is None:
        raise Undefined("a singular matrix has no inverse")
    rows[column], rows[pivot] = rows[pivot], rows[column]
    rows[column] = [ratio(entry, rows[column][column]) for entry in rows[column]]
    for at, row in enumerate(rows):
        if at != column and row[column] != 0:
            pairs = zip(row, rows[column], strict=True)
            rows[at] = [entry - row[column] * other for entry, other in pairs]


def _two_by_two(a: Array) -> list[list[Exact]]:
    if a.shape != (2, 2):
        raise DoesNotFit(f"a matrix of shape {a.shape} where one of shape (2, 2) is wanted")
    rows: list[list[Exact]] = a.tolist()
    return rows
