"""The losses of linear regression, c·‖Xw − y‖², by the names under which they are given."""

from fractions import Fraction
from typing import Literal, TypeAlias, get_args

from examgen.exact import Exact

Loss: TypeAlias = Literal["mean", "sum", "half"]
LOSSES: tuple[Loss, ...] = get_args(Loss)


def factor(loss: Loss, points: int) -> Exact:
    """The c in front of the sum of squares over so many points: 1/n, 1 or 1/2."""
    return Fraction(1, points) if loss == "mean" else Fraction(1, 2) if loss == "half" else 1


def in_front(number: Exact) -> Exact | str:
    """A factor as it is written before a sum: a 1 is not."""
    return "" if number == 1 else number
