"""Queries, keys and values from the tokens, and the scores of one query."""

from random import Random
from typing import Literal, Self

from examgen.exact import Array, equal
from examgen.nn.attention import project, scores
from examgen.nn.dense import plus, transpose
from examgen.questions.family import family
from examgen.questions.figures import Edge, Figure, Graph, Node
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.sampling import integers
from examgen.questions.work import Work, work_of_product

Asked = Literal["Q", "K", "V", "scores"]
LARGEST = 12
"""How far an entry may lie from 0."""


def leaves_one_out(matrix: Array) -> bool:
    """Whether a row or a column is zero, so that what it meets does not matter."""
    return not all(map(any, [*matrix.tolist(), *matrix.T.tolist()]))


def projection(rng: Random, shape: tuple[int, int]) -> Array:
    """A matrix that needs every feature it meets."""
    while leaves_one_out(drawn := integers(rng, shape, -1, 2)):
        pass
    return drawn


@family(
    title="Queries, keys, values and scores",
    minutes=(2, 3, 3),
    conventions=("attention", "indices"),
    tags=("lecture-23", "idea-projections"),
)
class QkvProjection:
    """One of Q, K and V, or the scores of query `number` with all keys, not scaled.

    At the hard level the projections make fewer features of the tokens'.
    """

    x: Array
    w_q: Array
    w_k: Array
    w_v: Array
    asked: Asked
    number: int = 0

    stem = r"""
    Self-attention reads << x | length >> tokens, the rows of $X$:

    $$
    X = << x >>, \quad W_Q = << w_q >>, \quad W_K = << w_k >>, \quad W_V = << w_v >>
    $$

    $$
    Q = X W_Q, \qquad K = X W_K, \qquad V = X W_V
    <%- if asked == "scores" -%>
    , \qquad S = Q K^\top
    <%- endif %>

    $$
    <% if asked == "scores" %>

    The scores $S$ are neither scaled nor masked; $S_{ij}$ is that of query $i$ with key $j$.
    <% endif %>

    Not all of this is needed.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Small numbers; the projections are not symmetric."""
        width, columns = (3, 2) if level == "hard" else (2, 2)
        x = integers(rng, (3, width), -2, 3 if level == "easy" else 2)
        w_q, w_k, w_v = (projection(rng, (width, columns)) for _ in range(3))
        if level == "easy":
            return cls(x, w_q, w_k, w_v, rng.choice(["Q", "K", "V"]))
        return cls(x, w_q, w_k, w_v, "scores", rng.randint(1, 3))

    def worth_asking(self) -> bool:
        """Tokens that differ, real work, and numbers that a hand can work with.

        No feature of the query or of the keys is 0 throughout: the other's would not matter.
        """
        squares = [w for w in self.projections.values() if w.shape[0] == w.shape[1]]
        if any(equal(w, w.T) for w in squares) or not 20 <= self.work.seconds <= 130:
            return False
        if any(not any(token) for token in self.x.tolist()):
            return False
        if self.asked == "scores" and (0 in self.query or leaves_one_out(self.keys)):
            return False
        return max(abs(each) for each in self.answer_row) <= LARGEST

    @property
    def answer_row(self) -> list[int]:
        """All entries that are asked for."""
        return [int(each) for each in self.table().flat]

    @property
    def projections(self) -> dict[str, Array]:
        """The matrix that makes each of Q, K and V."""
        return {"Q": self.w_q, "K": self.w_k, "V": self.w_v}

    @property
    def figure(self) -> Figure:
        """What is made of the tokens."""
        nodes = [Node("$X$", 0, 1, "value")]
        nodes += [Node(f"${name}$", 1, row, "box") for row, name in enumerate("QKV")]
        edges = [Edge(1, place, f"$W_{name}$") for place, name in enumerate("QKV", start=2)]
        if self.asked == "scores":
            nodes.append(Node("$S$", 2, 0, "box"))
            edges += [Edge(2, 5), Edge(3, 5)]
        return Graph(tuple(nodes), tuple(edges), "Projections")

    @property
    def queries(self) -> Array:
        """Q."""
        return project(self.x, self.w_q)

    @property
    def keys(self) -> Array:
        """K."""
        return project(self.x, self.w_k)

    @property
    def query(self) -> Array:
        """The query asked about."""
        found: Array = self.queries[self.number - 1]
        return found

    @property
    def work(self) -> Work:
        """One product; or a query, all keys, and the products of both."""
        if self.asked != "scores":
            return work_of_product(self.x, self.projections[self.asked])
        query = work_of_product(transpose(self.w_q), self.x[self.number - 1])
        keys = work_of_product(self.x, self.w_k)
        return query + keys + work_of_product(self.keys, self.query)

    def row_of(self, queries: Array, keys: Array) -> Array:
        """The scores of the query asked about."""
        found: Array = scores(queries, keys)[self.number - 1]
        return found

    def table(self) -> Array:
        """What is asked."""
        if self.asked == "scores":
            return self.row_of(self.queries, self.keys)
        return project(self.x, self.projections[self.asked])

    def projected(self, name: str) -> Array | None:
        """X times the matrix of another of Q, K and V, where one of them is asked."""
        if self.asked in ("scores", name):
            return None
        return project(self.x, self.projections[name])

    @part(
        "<% if asked == 'scores' %>What are the scores of query << number >>, row << number >> of "
        "$S$?<% else %>What is $<< asked >>$?<% endif %>",
        points=1,
    )
    def result(self) -> Array:
        """X W, or a row of Q Kᵀ."""
        return self.table()

    @result.misconception(
        "You multiplied by the transposed matrix: an entry of $X W$ is a row of $X$ times a "
        "*column* of $W$."
    )
    def transposes_the_weights(self) -> Array | None:
        """X Wᵀ, where W is square."""
        if self.w_q.shape[0] != self.w_q.shape[1]:
            return None
        if self.asked != "scores":
            return project(self.x, transpose(self.projections[self.asked]))
        queries, keys = (project(self.x, transpose(w)) for w in (self.w_q, self.w_k))
        return self.row_of(queries, keys)

    @result.misconception(
        "You multiplied by $W_Q$, which makes the queries; $<< asked >>$ has a matrix of its own."
    )
    def uses_the_query_matrix(self) -> Array | None:
        """X W_Q for K or V."""
        return self.projected("Q")

    @result.misconception(
        "You multiplied by $W_K$, which makes the keys; $<< asked >>$ has a matrix of its own."
    )
    def uses_the_key_matrix(self) -> Array | None:
        """X W_K for Q or V."""
        return self.projected("K")

    @result.misconception(
        "You multiplied by $W_V$, which makes the values; $<< asked >>$ has a matrix of its own."
    )
    def uses_the_value_matrix(self) -> Array | None:
        """X W_V for Q or K."""
        return self.projected("V")

    @result.misconception(
        "You wrote a column for each token. Tokens are rows, in $X$ and in $<< asked >>$."
    )
    def puts_tokens_in_columns(self) -> Array | None:
        """(X W)ᵀ."""
        return None if self.asked == "scores" else transpose(self.table())

    @result.misconception("You added the tokens. There is no skip here: $<< asked >>$ is $X W$.")
    def adds_the_tokens(self) -> Array | None:
        """X + X W."""
        return None if self.asked == "scores" else plus(self.x, self.table())

    @result.misconception(
        "You multiplied key << number >> by all queries. Row << number >> of $S$ belongs to "
        "*query* << number >>."
    )
    def swaps_query_and_key(self) -> Array | None:
        """Column i of S."""
        return None if self.asked != "scores" else self.row_of(self.keys, self.queries)

    @result.misconception(
        "You multiplied the tokens themselves; scores are products of *queries* and *keys*."
    )
    def uses_the_tokens_themselves(self) -> Array | None:
        """Row i of X Xᵀ."""
        return None if self.asked != "scores" else self.row_of(self.x, self.x)

    @result.misconception(
        "You used the query as a key, too; the keys have a matrix of their own, $W_K$."
    )
    def uses_the_query_matrix_for_keys(self) -> Array | None:
        """Row i of Q Qᵀ."""
        return None if self.asked != "scores" else self.row_of(self.queries, self.queries)

    @result.misconception(
        "You used the key as a query, too; the queries have a matrix of their own, $W_Q$."
    )
    def uses_the_key_matrix_for_queries(self) -> Array | None:
        """Row i of K Kᵀ."""
        return None if self.asked != "scores" else self.row_of(self.keys, self.keys)

    @result.misconception(
        "You multiplied the query by the values. Scores compare it with the *keys*; the values are "
        "mixed afterwards."
    )
    def scores_the_values(self) -> Array | None:
        """Row i of Q Vᵀ."""
        if self.asked != "scores":
            return None
        return self.row_of(self.queries, project(self.x, self.w_v))

    @result.misconception("You counted from 0; that is query << number + 1 >>.")
    def counts_from_zero(self) -> Array | None:
        """The row after, where there is one."""
        if self.asked != "scores" or self.number == len(self.x):
            return None
        found: Array = scores(self.queries, self.keys)[self.number]
        return found
