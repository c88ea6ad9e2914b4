"""A closed question whose options have rows."""

from random import Random
from typing import Self

from examgen.exact import Array, array, exp
from examgen.nn.attention import softmax_rows
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part


@family(title="A softmax", minutes=1, conventions=("exact",))
class SoftmaxOfTwo:
    """The softmax of two logits."""

    z: Array

    stem = r"Let $p = \operatorname{softmax}(z)$ of the row $z = (<< z[0, 0] >>, << z[0, 1] >>)$."

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:  # noqa: ARG003
        return cls(array([[rng.randint(-2, 2), rng.randint(-2, 2)]]))

    @part("What is $p$?", points=5, solution="Divide the powers of $e$ by their sum.")
    def softmax(self) -> Array:
        return softmax_rows(self.z)

    @softmax.misconception("You did not divide by the sum.")
    def forgets_the_sum(self) -> Array:
        return exp(self.z)

    @softmax.misconception("You swapped the entries.")
    def swaps_the_entries(self) -> Array:
        return softmax_rows(self.z)[:, ::-1]

    @softmax.misconception("Logits are not probabilities yet.")
    def leaves_the_logits(self) -> Array:
        return self.z
