"""A closed question with short options."""

from random import Random
from typing import Self

from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part


@family(title="A product", minutes=1, conventions=("exact",))
class ProductOfSides:
    """The entries of a weight matrix."""

    rows: int
    columns: int

    stem = """
    A linear layer has << columns >> inputs and << rows >> outputs:

    ```python
    layer = nn.Linear(<< columns >>, << rows >>, bias=False)
    ```
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:  # noqa: ARG003
        return cls(rng.randint(2, 9), rng.randint(2, 9))

    @part(
        "How many weights has `layer`?",
        points=5,
        solution=r"Each output has a weight for each input: $<< rows >> \cdot << columns >>$.",
    )
    def weights(self) -> int:
        return self.rows * self.columns

    @weights.misconception("You added the sides.")
    def adds_the_sides(self) -> int:
        return self.rows + self.columns

    @weights.misconception("That is with the biases; here `bias=False`.")
    def counts_the_biases(self) -> int:
        return self.rows * self.columns + self.rows

    @weights.misconception("You counted the inputs only.")
    def counts_one_row(self) -> int:
        return self.columns
