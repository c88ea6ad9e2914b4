"""The losses of linear regression, c·‖Xw − y‖², by the names under which they are given."""

from fractions import Fraction
from typing import Literal, TypeAlias, get_args

from examgen.exact import Array, Exact, canonical

Loss: TypeAlias = Literal["mean", "sum", "half"]
LOSSES: tuple[Loss, ...] = get_args(Loss)


def factor(loss: Loss, points: int) -> Exact:
    """The c in front of the sum of squares over so many points: 1/n, 1 or 1/2."""
    return Fraction(1, points) if loss == "mean" else Fraction(1, 2) if loss == "half" else 1


def in_front(number: Exact) -> Exact | str:
    """A factor as it is written before a sum: a 1 is not."""
    return "" if number == 1 else number


class SquaredLoss:
    """What follows from the loss, for the givens that have its name and the targets."""

    loss: Loss
    y: Array

    @property
    def points(self) -> int:
        """How many points the loss sums over."""
        return len(self.y)

    @property
    def factor(self) -> Exact:
        """The constant c of the loss."""
        return factor(self.loss, self.points)

    @property
    def constant(self) -> Exact | str:
        """The same as it is written."""
        return in_front(self.factor)

    @property
    def doubled(self) -> Exact:
        """The 2c in front of the gradient and of the Hessian."""
        return canonical(2 * self.factor)
