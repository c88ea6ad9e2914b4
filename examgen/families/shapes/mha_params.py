"""How many parameters an attention layer learns."""

from random import Random
from typing import Literal, Self

from examgen.nn.counting import attention_parameters, mha_parameters
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work

Layer = Literal["single", "multi", "rectangular"]


@family(title="The parameters of attention", minutes=(2, 2, 3), tags=("lecture-23",))
class MhaParams:
    """The lecture's three matrices; PyTorch's layer with biases; heads with widths of their own."""

    layer: Layer
    tokens: int
    width: int
    heads: int
    key_width: int
    value_width: int

    stem = r"""
    <% if layer == "single" %>
    A self-attention layer has one head and no output projection. From a sequence
    $X \in \mathbb{R}^{<< tokens >> \times << width >>}$ it computes $Q = X W_Q$, $K = X W_K$ and
    $V = X W_V$ of the same shape as $X$, **without** biases.
    <% elif layer == "multi" %>
    A layer `nn.MultiheadAttention(<< width >>, << heads >>)` of PyTorch attends over a sequence of
    << tokens >> tokens of << width >> features with << heads >> heads. Each head works on
    $<< width >> / << heads >> = << head_width >>$ of the features; queries, keys, values and the
    output projection all have **biases**.
    <% else %>
    A multi-head attention layer reads << tokens >> tokens of $d = << width >>$ features. Each of
    its << heads >> heads has matrices
    $W_Q, W_K \in \mathbb{R}^{<< width >> \times << key_width >>}$ and
    $W_V \in \mathbb{R}^{<< width >> \times << value_width >>}$ of its own. The heads' outputs,
    << value_width >> features each, are joined and brought back to << width >> features by one
    matrix $W_O$. There are **no** biases.
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Sizes that differ, so that none of them can stand for another."""
        if level == "easy":
            width, tokens = rng.sample([5, 6, 7, 8, 9, 10, 11, 12, 15, 20], 2)
            return cls("single", tokens, width, 1, width, width)
        if level == "medium":
            width = rng.choice([6, 8, 10, 12, 15, 16, 18, 20, 24])
            heads = rng.choice(
                [each for each in (2, 3, 4, 5, 6) if each < width and width % each == 0]
            )
            tokens = rng.choice([each for each in (5, 7, 9, 11, 13) if each != width])
            return cls("multi", tokens, width, heads, width // heads, width // heads)
        heads = rng.choice([2, 3, 4])
        keys, values = rng.sample([2, 3, 4, 5, 6], 2)
        width = rng.choice([8, 10, 12, 15, 20])
        tokens = rng.choice([7, 9, 11, 14])
        return cls("rectangular", tokens, width, heads, keys, values)

    @property
    def head_width(self) -> int:
        """The features that one head works on."""
        return self.width // self.heads

    @property
    def square(self) -> int:
        """The weights of a matrix from d to d features."""
        return self.width * self.width

    @property
    def per_head(self) -> int:
        """The weights of one head's three matrices."""
        return self.width * (2 * self.key_width + self.value_width)

    @property
    def joined(self) -> int:
        """The features of all heads' outputs together."""
        return self.heads * self.value_width

    @property
    def work(self) -> Work:
        """A square and a multiple of it, or the products of each sort of matrix."""
        if self.layer == "rectangular":
            return Work(multiplications=6, additions=2, lookups=4)
        return Work(2 + (self.layer == "multi"), int(self.layer == "multi"), 2)

    def count(self) -> int:
        """The layer's parameters."""
        if self.layer == "multi":
            return mha_parameters(self.width)
        return attention_parameters(
            self.width,
            self.key_width,
            self.value_width,
            heads=self.heads,
            output=self.layer == "rectangular",
        )

    @part("How many trainable parameters does the layer have?", points=1, counts=True)
    def parameters(self) -> int:
        """3d²; 4d² + 4d; or h·d(2d_k + d_v) + h·d_v·d."""
        return self.count()

    @parameters.misconception(
        "<% if layer == 'multi' %>You counted three matrices and their biases. There are four: "
        "queries, keys, values and the output projection have one each."
        "<% else %>You left the output projection out. The heads' outputs are joined and pass "
        "through one more layer.<% endif %>"
    )
    def forgets_the_output_projection(self) -> int | None:
        """Queries, keys and values only."""
        if self.layer == "single":
            return None
        if self.layer == "multi":
            return 3 * self.square + 3 * self.width
        return self.heads * self.per_head

    @parameters.misconception("You added an output projection, but this layer has none.")
    def adds_an_output_projection(self) -> int | None:
        """A fourth matrix."""
        return 4 * self.square if self.layer == "single" else None

    @parameters.misconception(
        "You left the biases out: queries, keys, values and the output have << width >> each."
    )
    def forgets_the_bias(self) -> int | None:
        """4d²."""
        return mha_parameters(self.width, bias=False) if self.layer == "multi" else None

    @parameters.misconception("You counted biases, but this layer has none.")
    def adds_a_bias_unasked(self) -> int | None:
        """A bias for each column of each matrix."""
        if self.layer == "multi":
            return None
        columns = self.heads * (2 * self.key_width + self.value_width)
        return self.count() + columns + (self.width if self.layer == "rectangular" else 0)

    @parameters.misconception(
        "You gave every head matrices of the full size. The heads share the << width >> features "
        "among them, so their number does not change the count."
    )
    def gives_every_head_full_size(self) -> int | None:
        """h times 3d² + 3d, and the output."""
        if self.layer != "multi":
            return None
        return self.heads * 3 * (self.square + self.width) + self.square + self.width

    @parameters.misconception(
        "You took << head_width >> × << head_width >> matrices for each head. A head reads all "
        "<< width >> features and gives << head_width >>."
    )
    def squares_the_head_width(self) -> int | None:
        """d_head² for d · d_head."""
        if self.layer != "multi":
            return None
        small = self.head_width * self.head_width + self.head_width
        return 3 * self.heads * small + self.square + self.width

    @parameters.misconception(
        "You multiplied the whole layer by its << heads >> heads. They share the << width >> "
        "features among them, so their number does not change the count."
    )
    def multiplies_by_the_heads(self) -> int | None:
        """h · (4d² + 4d)."""
        return self.heads * self.count() if self.layer == "multi" else None

    @parameters.misconception(
        "You gave every head an output projection. The heads' outputs are joined first, and pass "
        "through one."
    )
    def projects_every_head(self) -> int | None:
        """h projections of the full size for one."""
        if self.layer != "multi":
            return None
        return self.count() + (self.heads - 1) * (self.square + self.width)

    @parameters.misconception(
        "You counted one of the << heads >> heads; each has matrices of its own."
    )
    def counts_one_head(self) -> int | None:
        """The matrices of one head, and all of W_O."""
        if self.layer != "rectangular":
            return None
        return self.per_head + self.joined * self.width

    @parameters.misconception(
        "You took the output matrix to have << value_width >> rows; the << heads >> heads' outputs "
        "are joined, so it has << joined >>."
    )
    def projects_one_head(self) -> int | None:
        """d_v · d for h · d_v · d."""
        if self.layer != "rectangular":
            return None
        return self.heads * self.per_head + self.value_width * self.width

    @parameters.misconception(
        "You gave the values the width of the keys; they have << value_width >> features."
    )
    def gives_values_the_keys_width(self) -> int | None:
        """d_k for d_v in W_V."""
        if self.layer != "rectangular":
            return None
        columns = 3 * self.heads * self.key_width
        return self.width * columns + self.joined * self.width

    @parameters.misconception("You took queries and keys for one matrix; each has its own.")
    def shares_queries_and_keys(self) -> int | None:
        """One matrix for W_Q and W_K; of four equal ones any could be missing."""
        if self.layer == "multi":
            return None
        if self.layer == "single":
            return 2 * self.square
        return self.count() - self.heads * self.width * self.key_width

    @parameters.misconception(
        "You counted the entries of $Q$, $K$ and $V$, << tokens >> rows each. The parameters are "
        "the matrices that make them, whatever the length of the sequence."
    )
    def counts_the_activations(self) -> int | None:
        """3nd."""
        return 3 * self.tokens * self.width if self.layer == "single" else None

    @parameters.misconception(
        "You added something for each token. The parameters do not depend on the length of the "
        "sequence."
    )
    def grows_with_the_sequence(self) -> int:
        """n·d more."""
        return self.count() + self.tokens * self.width

    @parameters.misconception("You counted one matrix; queries, keys and values have one each.")
    def counts_one_matrix(self) -> int | None:
        """d²."""
        return self.square if self.layer == "single" else None
