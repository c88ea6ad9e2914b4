"""A long question: a list, a table of answers, a matrix, and an answer with a fraction."""

from fractions import Fraction
from functools import partial
from random import Random
from typing import Self

from examgen.exact import Array, array, entries
from examgen.nn.dense import matvec, transpose
from examgen.questions.family import family
from examgen.questions.figures import Block, Chain, Figure
from examgen.questions.levels import Level
from examgen.questions.parts import part

HALF = Fraction(1, 2)


@family(title="Two steps by hand", minutes=5, conventions=("indices", "relu", "exact"))
class LongSteps:
    """W x, ReLU of it, and a mean."""

    w: Array
    x: Array
    steps: tuple[str, ...] = ("z", "h")

    stem = r"""
    A layer maps the column $x$ to $h$ in two steps:

    1. $z = W x$
    2. $h = \operatorname{ReLU}(z)$, entry by entry

    $$
    W = << w >>, \qquad x = << x | column >>
    $$
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:  # noqa: ARG003
        matrix = [[rng.randint(-2, 2) for _ in range(2)] for _ in range(2)]
        return cls(array(matrix), array([rng.randint(-2, 2), rng.randint(-2, 2)]))

    @property
    def figure(self) -> Figure:
        value, layer = partial(Block, kind="value"), Block("$W$", "2×2")
        return Chain((value("$x$"), layer, value("$z$"), Block("ReLU"), value("$h$")))

    @part("Number of entries", points=1, each="steps", row="$<< element >>$", solution="As in $x$.")
    def entries(self, element: str) -> int:  # noqa: ARG002
        return len(self.x)

    @entries.misconception("Its rows and columns together.")
    def counts_the_matrix(self, element: str) -> int:  # noqa: ARG002
        return self.w.size

    @part("Compute $z$.", points=4, solution=r"$$" "\n" r"z = << answer | column >>" "\n$$")
    def product(self) -> Array:
        return matvec(self.w, self.x)

    @product.misconception("You multiplied by the transpose of $W$.", credit=HALF)
    def transposes_the_weights(self) -> Array:
        return matvec(transpose(self.w), self.x)

    @part(
        r"What is the mean of the entries of $h$?", points=2, solution="$<< answer >>$, by halves."
    )
    def mean(self, product: Array) -> Fraction:
        return Fraction(sum(max(0, int(each)) for each in entries(product)), 2)

    @mean.misconception("You left ReLU out.")
    def forgets_the_relu(self, product: Array) -> Fraction:
        return Fraction(sum(int(each) for each in entries(product)), 2)
