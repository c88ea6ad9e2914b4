"""How many parameters a transformer's encoder learns."""

from random import Random
from typing import Self

from examgen.nn.counting import (
    embedding_parameters,
    encoder_block_parameters,
    feed_forward_parameters,
    layer_norm_parameters,
    mha_parameters,
)
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work


@family(
    title="The parameters of a transformer",
    minutes=3,
    conventions=("parameters",),
    tags=("lecture-24",),
)
class TransformerBlockParams:
    """One encoder block; at the hard level a whole small language model."""

    width: int
    heads: int
    hidden: int
    tokens: int
    blocks: int = 1
    vocabulary: int = 0
    """Words with an embedding; 0 where only a block is asked about."""

    stem = r"""
    <% if vocabulary %>
    A small language model reads up to << tokens >> tokens. It has a table with an embedding of
    << width >> features for each of << vocabulary >> words, and a learned position vector of
    << width >> features for each of the << tokens >> places; then << blocks >> blocks, and one more
    LayerNorm at the end. The matrix that gives the logits is the embedding table again (tied), and
    has no bias. Each block consists of
    <% else %>
    A transformer's encoder block for << tokens >> tokens of << width >> features consists of
    <% endif %>

    - multi-head self-attention with << heads >> heads: queries, keys, values and the output
      projection, each from << width >> to << width >> features with biases;
    - two linear layers with biases, from << width >> to << hidden >> features and back, with a ReLU
      between;
    - two LayerNorms, each with a scale and a shift for every feature.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Widths that a hand can square."""
        width = rng.choice([4, 6, 8, 10, 12] if level != "hard" else [4, 6, 8])
        heads = rng.choice([each for each in (2, 3, 4) if width % each == 0])
        tokens = rng.choice([5, 7, 9, 11])
        if level == "easy":
            return cls(width, heads, 4 * width, tokens)
        free = [each for each in (10, 15, 16, 20, 24, 30) if each not in (width, 4 * width)]
        hidden = rng.choice(free)
        if level == "medium":
            return cls(width, heads, hidden, tokens)
        return cls(width, heads, hidden, tokens, rng.choice([2, 3]), rng.choice([20, 30, 40, 50]))

    @property
    def attention(self) -> int:
        """4d² + 4d."""
        return mha_parameters(self.width)

    @property
    def feed_forward(self) -> int:
        """2df + f + d."""
        return feed_forward_parameters(self.width, self.hidden)

    @property
    def norm(self) -> int:
        """Of one LayerNorm, 2d."""
        return layer_norm_parameters(self.width)

    @property
    def block(self) -> int:
        """Of one block."""
        return encoder_block_parameters(self.width, self.hidden)

    @property
    def tables(self) -> int:
        """Of the embeddings and the positions; none around a block alone."""
        if not self.vocabulary:
            return 0
        return embedding_parameters(self.vocabulary, self.width) + self.position_table

    @property
    def position_table(self) -> int:
        """A vector for each place."""
        return embedding_parameters(self.tokens, self.width)

    def whole(self, block: int) -> int:
        """The model, if a block had so many parameters."""
        return block if not self.vocabulary else self.tables + self.blocks * block + self.norm

    @property
    def work(self) -> Work:
        """Squares, products and their sum."""
        if self.vocabulary:
            return Work(multiplications=8, additions=8, lookups=6)
        return Work(multiplications=5, additions=5, lookups=4)

    @part(
        "How many trainable parameters does the << 'model' if vocabulary else 'block' >> have?",
        points=1,
        counts=True,
    )
    def parameters(self) -> int:
        """12d² + 13d for f = 4d; a model adds its tables and a last LayerNorm."""
        return self.whole(self.block)

    @parameters.misconception(
        "You left the output projection out; it has $<< width >> \\cdot << width >> + << width >>$ "
        "parameters like queries, keys and values."
    )
    def forgets_the_output_projection(self) -> int:
        """3d² + 3d for attention."""
        return self.whole(self.block - self.attention // 4)

    @parameters.misconception(
        "You counted one of the two linear layers; there is one to << hidden >> features and one "
        "back."
    )
    def counts_one_feed_forward_layer(self) -> int:
        """d → f only."""
        back = self.hidden * self.width + self.width
        return self.whole(self.block - back)

    @parameters.misconception("You left the two linear layers after attention out.")
    def leaves_the_feed_forward_out(self) -> int:
        """Attention and the norms."""
        return self.whole(self.block - self.feed_forward)

    @parameters.misconception(
        "You left the LayerNorms out; each learns a scale and a shift for every feature."
    )
    def forgets_the_layer_norms(self) -> int:
        """No norm anywhere."""
        found = self.whole(self.block - 2 * self.norm)
        return found - self.norm if self.vocabulary else found

    @parameters.misconception(
        "<% if vocabulary %>You counted one LayerNorm for each block; there are two."
        "<% else %>You counted half of the LayerNorms' parameters. There are two LayerNorms, and "
        "each learns a scale *and* a shift for every feature.<% endif %>"
    )
    def counts_one_layer_norm(self) -> int:
        """2d for 4d; in a block alone also what two scales without shifts are."""
        return self.whole(self.block - self.norm)

    @parameters.misconception(
        "You gave a LayerNorm one parameter for each feature; it has two, a scale and a shift."
    )
    def gives_norms_a_scale_only(self) -> int | None:
        """d for 2d, in a model; in a block alone that is one LayerNorm."""
        if not self.vocabulary:
            return None
        return self.whole(self.block - 2 * self.width) - self.width

    @parameters.misconception("You left the biases of the linear layers and of attention out.")
    def forgets_the_bias(self) -> int:
        """Weights and norms."""
        return self.whole(self.block - 5 * self.width - self.hidden)

    @parameters.misconception(
        "You multiplied attention's parameters by the heads. They share the << width >> features, "
        "so their number does not change the count."
    )
    def multiplies_by_the_heads(self) -> int:
        """h · (4d² + 4d)."""
        return self.whole(self.block + (self.heads - 1) * self.attention)

    @parameters.misconception(
        "You gave each of the << heads >> heads queries, keys and values of the full size. They "
        "share the << width >> features among them."
    )
    def gives_every_head_full_size(self) -> int:
        """h · (3d² + 3d) and the output."""
        return self.whole(self.block + (self.heads - 1) * 3 * self.attention // 4)

    @parameters.misconception(
        "You counted a mean and a variance for each feature of the LayerNorms as well. They are "
        "computed for every token anew, and nothing of them is learned."
    )
    def counts_the_statistics(self) -> int:
        """4d for 2d in each norm."""
        found = self.whole(self.block + 2 * self.norm)
        return found + self.norm if self.vocabulary else found

    @parameters.misconception(
        "You counted a layer from << hidden >> to << hidden >> features as well. One layer goes to "
        "<< hidden >> features, the other comes back."
    )
    def counts_a_layer_too_many(self) -> int:
        """f → f too."""
        return self.whole(self.block + self.hidden * self.hidden + self.hidden)

    @parameters.misconception(
        "You added a vector for each token. The parameters of a block do not depend on the length "
        "of the sequence."
    )
    def grows_with_the_sequence(self) -> int | None:
        """n·d more."""
        return None if self.vocabulary else self.block + self.position_table

    @parameters.misconception(
        "You counted the matrix of the logits as well; it is the embedding table again, whose "
        "parameters are counted once."
    )
    def counts_the_tied_table_twice(self) -> int | None:
        """V·d more."""
        if not self.vocabulary:
            return None
        return self.parameters_with(self.vocabulary * self.width)

    @parameters.misconception("You left the position vectors out; they are learned here.")
    def forgets_the_positions(self) -> int | None:
        """T·d less."""
        return self.parameters_with(-self.position_table) if self.vocabulary else None

    @parameters.misconception("You left the last LayerNorm out; it follows after all blocks.")
    def forgets_the_last_norm(self) -> int | None:
        """2d less."""
        return self.parameters_with(-self.norm) if self.vocabulary else None

    @parameters.misconception("You counted one block; the model has << blocks >>.")
    def counts_one_block(self) -> int | None:
        """One block for L."""
        return self.tables + self.block + self.norm if self.vocabulary else None

    def parameters_with(self, change: int) -> int:
        """The right number and a *change*."""
        return self.whole(self.block) + change
