"""The shapes of the matrices in attention, with one head or with several."""

from fractions import Fraction
from random import Random
from typing import Self

from examgen.exact import Shape
from examgen.nn.attention import attention_shapes, head_shapes
from examgen.questions.family import family
from examgen.questions.figures import Edge, Figure, Graph, Node
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work

ASKED: dict[Level, list[str]] = {
    "easy": ["W_Q", "Q", "K", "V", "S", "A", "Y"],
    "medium": ["W_V", "Q", "K", "V", "S", "A", "Y"],
    "hard": ["Q", "K", "V", "S", "A", "Y", "joined"],
}
STEPS: list[tuple[str, int, Fraction | int]] = [
    ("Q", 1, 0),
    ("K", 1, 1),
    ("V", 1, 2),
    ("S", 2, Fraction(1, 2)),
    ("A", 3, Fraction(1, 2)),
]


@family(
    title="Shapes in attention",
    minutes=2,
    tags=(
        "lecture-21",
        "lecture-24",
        "idea-attention-shapes",
    ),
)
class AttentionShapes:
    """The shape of one matrix: self-attention, attention to another text, or several heads of it.

    `queries` tokens attend to `keys` tokens; all have `width` features. With `heads`, each has
    `key_width` of the `width` features, and there is a `batch`.
    """

    queries: int
    keys: int
    width: int
    key_width: int
    value_width: int
    asked: str
    batch: int = 0
    heads: int = 0

    stem = r"""
    <% if heads %>
    Multi-head attention with << heads >> heads reads a batch of << batch >> pairs of texts. Each
    of the << queries >> tokens of a pair's first text attends to the << keys >> tokens of its
    second text:

    $$
    X \text{ of shape } (<< batch >>, << queries >>, << width >>), \qquad
    Z \text{ of shape } (<< batch >>, << keys >>, << width >>)
    \qquad \text{(batch, tokens, features)}
    $$

    $$
    Q = X W_Q, \quad K = Z W_K, \quad V = Z W_V
    $$

    $Q$, $K$ and $V$ have << width >> features as well. The heads share these out equally, so that
    $Q$, $K$ and $V$ become tensors with the axes (batch, heads, tokens, features). For every pair
    of texts and every head,

    $$
    S = \frac{1}{\sqrt{d_k}} Q K^\top, \qquad A = \operatorname{softmax}(S), \qquad Y = A V
    $$

    where $d_k$ is the number of features of one head; $S$, $A$ and $Y$ too have an axis for the
    batch and then one for the heads. In the end the outputs of all heads are
    joined along the features to one tensor with the axes (batch, tokens, features).
    <% elif is_cross %>
    The << queries >> tokens of one text, the rows of $X$, attend to the << keys >> tokens of
    another text, the rows of $Z$. All tokens have << width >> features; queries and keys have
    << key_width >>, values << value_width >>:

    $$
    Q = X W_Q, \quad K = Z W_K, \quad V = Z W_V, \quad
    S = Q K^\top, \quad A = \operatorname{softmax}(S), \quad Y = A V
    $$

    Softmax is taken along each row.
    <% else %>
    A layer of self-attention reads << queries >> tokens of << width >> features, the rows of $X$.
    Queries, keys and values have << key_width >> features:

    $$
    Q = X W_Q, \quad K = X W_K, \quad V = X W_V, \quad
    S = Q K^\top, \quad A = \operatorname{softmax}(S), \quad Y = A V
    $$

    Softmax is taken along each row.
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Sizes that all differ."""
        asked = rng.choice(ASKED[level])
        if level == "hard":
            batch, heads, own, queries, keys = rng.sample(range(2, 13), 5)
            heads = rng.choice([each for each in (2, 3, 4, 5) if each not in (batch, own)])
            return cls(queries, keys, heads * own, own, own, asked, batch, heads)
        queries, keys, width, key_width, value_width = rng.sample(range(3, 13), 5)
        if level == "easy":
            keys, value_width = queries, key_width
        return cls(queries, keys, width, key_width, value_width, asked)

    def worth_asking(self) -> bool:
        """No two of the sizes that are read off agree."""
        sizes = {self.queries, self.keys, self.width, self.key_width, self.value_width}
        if self.heads:
            return len(sizes | {self.batch, self.heads}) == 6
        return True

    @property
    def is_cross(self) -> bool:
        """Whether the keys and values come from another text."""
        return self.keys != self.queries

    @property
    def figure(self) -> Figure:
        """What is made of what."""
        inputs = ["X", "Z"] if self.is_cross else ["X"]
        nodes = [Node(f"${name}$", 0, row, "value") for row, name in enumerate(inputs)]
        nodes += [Node(f"${name}$", column, row, "box") for name, column, row in STEPS]
        nodes.append(Node("$Y$", 4, 1, "box"))
        first, last = len(inputs), len(inputs)
        q, k, v, s, a, y = range(first + 1, first + 7)
        projections = [Edge(1, q, "$W_Q$"), Edge(last, k, "$W_K$"), Edge(last, v, "$W_V$")]
        steps = [Edge(q, s), Edge(k, s), Edge(s, a), Edge(a, y), Edge(v, y)]
        return Graph(tuple(nodes), (*projections, *steps), "Attention")

    @property
    def name(self) -> str:
        """The tensor asked about, as the text calls it."""
        return "the joined outputs" if self.asked == "joined" else f"${self.asked}$"

    @property
    def source(self) -> str:
        """The tokens that a projection, or its result, belongs to."""
        return "Z" if self.is_cross and self.asked[-1] in "KV" else "X"

    @property
    def tokens(self) -> int:
        """How many of these tokens there are."""
        return self.keys if self.asked in ("K", "V") else self.queries

    @property
    def features(self) -> int:
        """How many columns the projection of the matrix asked about has."""
        return self.value_width if self.asked[-1] in "VY" else self.key_width

    @property
    def work(self) -> Work:
        """The places of two sizes; with heads, of four, and the features of a head."""
        return Work(1, 0, 5) if self.heads else Work(lookups=4)

    @property
    def made_of(self) -> str:
        """What the rows and columns of the matrix asked about are, for the feedback."""
        if self.is_table:
            return f"{self.name} has a row for each query and a column for each key."
        if self.asked.startswith("W"):
            of_weights = "a row for each feature of a token and a column for each that it makes"
            return f"{self.name} has {of_weights}."
        row = "query" if self.asked == "Y" else f"token of ${self.source}$"
        columns = "feature of a value" if self.asked == "Y" else f"column of $W_{self.asked}$"
        column = "feature of a head" if self.heads else columns
        return f"{self.name} has a row for each {row} and a column for each {column}."

    @property
    def is_projected(self) -> bool:
        """Whether the matrix asked about is Q, K or V."""
        return self.asked in ("Q", "K", "V")

    @property
    def is_table(self) -> bool:
        """Whether it has an entry for each pair of tokens."""
        return self.asked in ("S", "A")

    def shape_of(self, name: str, **changes: int) -> Shape:
        """The shape of a tensor, with *changes* to the sizes."""
        sizes = {"queries": self.queries, "keys": self.keys, "width": self.width} | changes
        if self.heads:
            several = {"batch": self.batch, "heads": self.heads} | sizes
            return Shape(head_shapes(**several)[name])
        widths = {"key_width": self.key_width, "value_width": self.value_width} | sizes
        return Shape(attention_shapes(**widths)[name])

    def beside(self, last_two: tuple[int, ...]) -> Shape:
        """These axes, after those of batch and heads where there are any."""
        return Shape((self.batch, self.heads, *last_two) if self.heads else last_two)

    @part(
        "What is the shape of << name >><< ', for the whole batch and all heads' "
        "if heads and asked != 'joined' else '' >>?",
        points=1,
    )
    def shape(self) -> Shape:
        """Rows times columns of the factors."""
        return self.shape_of(self.asked)

    @shape.misconception("You gave rows and columns in the wrong order: the rows come first.")
    def puts_columns_first(self) -> Shape | None:
        """The last two axes exchanged; the same for a square table."""
        *front, rows, columns = self.shape_of(self.asked)
        return None if rows == columns else Shape((*front, columns, rows))

    @shape.misconception(
        "You took the features for the tokens. $Q K^\\top$ has a row for each query and a column "
        "for each key; $Q^\\top K$ would have the features on both sides."
    )
    def takes_features_for_tokens(self) -> Shape | None:
        """(d_k, d_k) for S or A."""
        return self.beside((self.key_width,) * 2) if self.is_table else None

    @shape.misconception(
        "<% if asked.startswith('W') %>That is the shape of $X$. << made_of >>"
        "<% else %>You kept the << width >> features of the tokens. << made_of >><% endif %>"
    )
    def keeps_the_shape_of_the_tokens(self) -> Shape | None:
        """(n, d), or (m, d) for keys and values; in a head, that is to give it everything."""
        if self.heads and not self.is_table:
            return None
        return self.beside((self.tokens, self.width))

    @shape.misconception(
        "You took the wrong number of tokens. Queries come from the << queries >> tokens of $X$, "
        "keys and values from the << keys >> tokens of $Z$."
    )
    def swaps_queries_and_keys(self) -> Shape | None:
        """n for m, and m for n."""
        if not self.is_cross or self.asked.startswith("W"):
            return None
        return self.shape_of(self.asked, queries=self.keys, keys=self.queries)

    @shape.misconception(
        "You let the tokens of $X$ attend to themselves. The keys come from $Z$, which has "
        "<< keys >> tokens."
    )
    def attends_to_itself(self) -> Shape | None:
        """(n, n) for (n, m)."""
        if not self.is_cross or not self.is_table:
            return None
        return self.shape_of(self.asked, keys=self.queries)

    @shape.misconception(
        "You put both texts together. The queries come from $X$ alone, keys and values from $Z$ "
        "alone."
    )
    def joins_both_texts(self) -> Shape | None:
        """n + m tokens."""
        if not self.is_cross or self.asked.startswith("W"):
            return None
        both = self.queries + self.keys
        return self.shape_of(self.asked, queries=both, keys=both)

    @shape.misconception(
        "That is the shape of the weights $A$. A row of $Y = A V$ is as long as a row of $V$."
    )
    def gives_the_weights(self) -> Shape | None:
        """(n, m) for Y."""
        return self.shape_of("A") if self.asked == "Y" else None

    @shape.misconception("That is the shape of the queries $Q$. << made_of >>")
    def gives_the_queries(self) -> Shape | None:
        """(n, d_k) for S or A, and for V where that is another."""
        if self.is_table or (self.is_cross and self.asked == "V"):
            return self.shape_of("Q")
        return None

    @shape.misconception("That is the shape of the keys $K$. << made_of >>")
    def gives_the_keys(self) -> Shape | None:
        """(m, d_k) for S, A or Y."""
        if self.is_cross and (self.is_table or self.asked == "Y"):
            return self.shape_of("K")
        return None

    @shape.misconception("That is the shape of the values $V$. << made_of >>")
    def gives_the_values(self) -> Shape | None:
        """(m, d_v) for Q; in a head, that is to take m for n."""
        is_known = not self.is_cross or bool(self.heads)
        return None if is_known or self.asked != "Q" else self.shape_of("V")

    @shape.misconception(
        "You gave all queries one row of numbers. Each query has scores and weights of its own, "
        "one for each key."
    )
    def gives_one_weight_per_token(self) -> Shape | None:
        """(m,) for (n, m)."""
        if not self.is_table:
            return None
        return Shape(self.shape_of("A")[:-2] + self.shape_of("A")[-1:])

    @shape.misconception(
        "That is the shape of the matrix that $<< source >>$ is multiplied by, not of the product."
    )
    def gives_the_projection(self) -> Shape | None:
        """(d, d_k) for Q."""
        if self.heads or not self.is_projected:
            return None
        return self.shape_of(f"W_{self.asked}")

    @shape.misconception(
        "That is the shape of the product $<< source >> << asked >>$; the matrix itself has a row "
        "for each feature of a token."
    )
    def gives_the_product(self) -> Shape | None:
        """(n, d_k) for W_Q."""
        return self.shape_of(self.asked[-1]) if self.asked.startswith("W") else None

    @shape.misconception(
        "You let the projection keep the << width >> features. It makes << features >> of them."
    )
    def makes_projections_square(self) -> Shape | None:
        """(d, d) for W_Q."""
        return Shape((self.width, self.width)) if self.asked.startswith("W") else None

    @shape.misconception(
        "You took the << key_width >> features of queries and keys. The outputs mix the values, "
        "which have << value_width >>."
    )
    def takes_the_key_width(self) -> Shape | None:
        """d_k for d_v."""
        if self.key_width == self.value_width or self.asked not in ("W_V", "V", "Y"):
            return None
        return self.shape_of(self.asked, value_width=self.key_width)

    @shape.misconception(
        "You took the << value_width >> features of the values. Queries and keys have "
        "<< key_width >>."
    )
    def takes_the_value_width(self) -> Shape | None:
        """d_v for d_k."""
        if self.key_width == self.value_width or self.asked not in ("Q", "K"):
            return None
        return self.shape_of(self.asked, key_width=self.value_width)

    @shape.misconception(
        "That is a table of tokens by tokens, as the scores are. $<< asked >>$ has "
        "<< features >> features for each token."
    )
    def gives_the_scores(self) -> Shape | None:
        """(n, m) for Q, K or V."""
        return self.shape_of("S") if self.is_projected else None

    @shape.misconception(
        "You gave every head all << width >> features. The << heads >> heads share them out: "
        "<< key_width >> for each."
    )
    def gives_each_head_everything(self) -> Shape | None:
        """d features in each head; h · d after joining."""
        if not self.heads or self.is_table:
            return None
        return self.shape_of(self.asked, width=self.width * self.heads)

    @shape.misconception(
        "You left the heads out. Each of the << heads >> has << 'a table' if is_table else "
        "'features' >> of its own, along an axis of its own."
    )
    def forgets_the_heads(self) -> Shape | None:
        """No second axis; the features of one head are left."""
        if not self.heads or self.asked == "joined":
            return None
        batch, _, *rest = self.shape_of(self.asked)
        return Shape((batch, *rest))

    @shape.misconception(
        "You left the batch out. There are << batch >> pairs of texts, and an axis for them."
    )
    def forgets_the_batch(self) -> Shape | None:
        """No first axis."""
        return Shape(self.shape_of(self.asked)[1:]) if self.heads else None

    @shape.misconception(
        "You put the heads after the << 'queries' if is_table else 'tokens' >>. The axes are "
        "batch, heads, << 'queries, keys' if is_table else 'tokens, features' >>."
    )
    def puts_the_heads_after_the_tokens(self) -> Shape | None:
        """(batch, tokens, heads, features)."""
        if not self.heads or self.asked == "joined":
            return None
        batch, heads, rows, columns = self.shape_of(self.asked)
        return Shape((batch, rows, heads, columns))

    @shape.misconception(
        "You kept the heads apart. Joined along the features, << heads >> times << key_width >> "
        "make << width >>."
    )
    def keeps_the_heads_apart(self) -> Shape | None:
        """(batch, heads, tokens, features of a head) after joining."""
        return self.shape_of("Y") if self.asked == "joined" else None

    @shape.misconception(
        "You added the outputs of the heads. They are put side by side: << heads >> times "
        "<< key_width >> features."
    )
    def adds_the_heads(self) -> Shape | None:
        """(batch, tokens, features of a head) after joining."""
        if self.asked != "joined":
            return None
        return Shape((self.batch, self.queries, self.key_width))

    @shape.misconception(
        "You joined the heads along the tokens. There are still << queries >> tokens, each with "
        "<< width >> features."
    )
    def joins_the_tokens(self) -> Shape | None:
        """(batch, heads · tokens, features of a head) after joining."""
        if self.asked != "joined":
            return None
        return Shape((self.batch, self.heads * self.queries, self.key_width))
