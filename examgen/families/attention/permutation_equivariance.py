"""What attention makes of the same tokens in another order."""

from collections.abc import Sequence
from random import Random
from typing import Literal, Self

from examgen.exact import Array, Exact, array, divide, equal, ratio
from examgen.nn.attention import reorder, reorder_pairs
from examgen.nn.dense import transpose
from examgen.questions.family import family
from examgen.questions.figures import Edge, Figure, Graph, Node
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.sampling import integers
from examgen.questions.work import Work

Asked = Literal["outputs", "weights", "causal weights"]


@family(
    title="The same tokens in another order",
    minutes=(2, 2, 3),
    conventions=("attention", "indices", "exact"),
    tags=(
        "lecture-25",
        "idea-word-order",
    ),
)
class PermutationEquivariance:
    """Outputs Y, weights A, or causal weights of tokens that are put in another order.

    Token i of the new text is token `order[i]` of the old one, from 1. The matrix is Y, A, or e to
    the power of every score before the mask. Without a mask the rows of Y move with the tokens, and
    rows and columns of A do; with one they do not.
    """

    matrix: Array
    order: tuple[int, ...]
    asked: Asked

    stem = r"""
    Self-attention without positional encodings reads << length >> tokens,
    $x_1$ to $x_<< length >>$.
    <% if asked == "outputs" %>
    Nothing is masked. Row $i$ of its output is $y_i$:

    $$
    Y = << matrix >>
    $$
    <% elif asked == "weights" %>
    Nothing is masked. The attention weights are

    $$
    A = << matrix >>
    $$

    Row $i$ holds the weights with which $y_i$ mixes the values of all tokens.
    <% else %>
    A causal mask lets token $i$ attend to the tokens $j \le i$ only. Before the mask, the scores
    $S$ satisfy

    $$
    \left( e^{S_{ij}} \right)_{i, j} = << matrix >>
    $$

    The scores with $j > i$ become $-\infty$, and softmax along each row gives the weights $A$.
    <% endif %>

    Now the layer reads the same tokens in another order, $x'_1$ to $x'_<< length >>$:

    $$
    <% for token in order %>
    x'_<< loop.index >> = x_<< token >><< "" if loop.last else ", \\quad" >>
    <% endfor %>
    $$
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """An order that is not its own inverse; a swap too where rows and columns move."""
        length = 4 if level == "easy" else 3
        order = rng.sample(range(1, length + 1), length)
        if level == "easy":
            return cls(integers(rng, (4, 2), -3, 5), tuple(order), "outputs")
        powers = integers(rng, (3, 3), 1, 6)
        if level == "hard":
            return cls(powers, tuple(order), "causal weights")
        sums = [sum(row) for row in powers.tolist()]
        rows = [divide(row, total) for row, total in zip(powers, sums, strict=True)]
        return cls(array(rows), tuple(order), "weights")

    def worth_asking(self) -> bool:
        """Tokens that move, not to and fro only where just rows move; in reach of a hand."""
        order = self.places
        if order == sorted(order) or (self.asked == "outputs" and order == self.back):
            return False
        if self.asked == "outputs":
            return len(set(map(tuple, self.matrix.tolist()))) == self.length
        if self.asked == "weights":
            return not equal(self.matrix, self.matrix.T)
        return bool(self.moved_powers[1][0] != self.moved_powers[1][1])

    @property
    def length(self) -> int:
        """How many tokens there are."""
        return len(self.order)

    @property
    def places(self) -> list[int]:
        """The order, from 0."""
        return [token - 1 for token in self.order]

    @property
    def back(self) -> list[int]:
        """The order that undoes it, from 0."""
        return [self.places.index(token) for token in range(self.length)]

    @property
    def figure(self) -> Figure:
        """Where each token goes."""
        places = range(1, self.length + 1)
        old = [Node(f"$x_{place}$", 0, place, "value") for place in places]
        new = [Node(f"$x'_{place}$", 1, place, "value") for place in places]
        edges = [Edge(token, self.length + place) for place, token in enumerate(self.order, 1)]
        return Graph((*old, *new), tuple(edges), "The new order")

    @property
    def moved_powers(self) -> Array:
        """e to the power of every score in the new order, before the mask; or the weights."""
        return self.matrix if self.asked == "outputs" else reorder_pairs(self.matrix, self.places)

    @property
    def work(self) -> Work:
        """Rows to be found and written; with a mask, also their sums and quotients."""
        if self.asked == "outputs":
            return Work(lookups=3 * self.length)
        if self.asked == "weights":
            return Work(lookups=18)
        return Work(5, 3, 14)

    def weights_of(self, powers: Array, *, masked: bool = True) -> Array:
        """The weights: every power over the sum of its row, 0 for what the mask hides."""
        rows = powers.tolist()
        if masked:
            rows = [hide_later(row, place) for place, row in enumerate(rows)]
        return array([[ratio(power, sum(row)) for power in row] for row in rows])

    def in_order(self, order: Sequence[int]) -> Array:
        """What is asked, for the tokens in this order, from 0."""
        if self.asked == "outputs":
            return reorder(self.matrix, order)
        pairs = reorder_pairs(self.matrix, order)
        return pairs if self.asked == "weights" else self.weights_of(pairs)

    @part(
        "<% if asked == 'outputs' %>What is the output $Y'$ for the tokens in this order?"
        "<% else %>What are the weights $A'$ for the tokens in this order?<% endif %>",
        points=1,
    )
    def result(self) -> Array:
        """P Y, or P A Pᵀ; with a mask, softmax of the masked P S Pᵀ."""
        return self.in_order(self.places)

    @result.misconception(
        "You expected no change. "
        "<% if asked == 'causal weights' %>The scores move with the tokens, in rows and columns, "
        "and the mask then hides other pairs."
        "<% else %>Without positions the *tokens* keep what they had, so their rows move along "
        "with them<< '; the columns do too' if asked == 'weights' else '' >>.<% endif %>"
    )
    def expects_invariance(self) -> Array:
        """What it was before."""
        return self.in_order(range(self.length))

    @result.misconception(
        "You put the tokens in order the other way: $x'_<< swapped[0] >> = x_<< swapped[1] >>$ "
        "says that token << swapped[1] >> comes to place << swapped[0] >>, not that token "
        "<< swapped[0] >> comes to place << swapped[1] >>."
    )
    def permutes_the_other_way(self) -> Array | None:
        """P⁻¹ for P; a swap is its own inverse."""
        return None if self.places == self.back else self.in_order(self.back)

    @result.misconception(
        "You reversed the order. Each token has the place that the new order gives it."
    )
    def reverses_the_order(self) -> Array | None:
        """The last token first."""
        found = self.in_order(range(self.length)[::-1])
        return None if self.order == tuple(range(self.length, 0, -1)) else found

    @result.misconception(
        "You exchanged tokens << swapped[0] >> and << swapped[1] >>, but those are not the only "
        "places that change."
    )
    def swaps_two_tokens_only(self) -> Array | None:
        """The first token that moves and the one that comes to its place, exchanged."""
        if self.places == self.back:
            return None
        one, other = (token - 1 for token in self.swapped)
        order = list(range(self.length))
        order[one], order[other] = other, one
        return self.in_order(order)

    @property
    def swapped(self) -> tuple[int, int]:
        """The first place that gets another token, and that token."""
        return next((place, token) for place, token in enumerate(self.order, 1) if place != token)

    @result.misconception(
        "You exchanged the features. The tokens change places; each output keeps its columns."
    )
    def permutes_the_features(self) -> Array | None:
        """The columns of Y in reverse."""
        return array(self.matrix[:, ::-1]) if self.asked == "outputs" else None

    @result.misconception(
        "You moved the tokens and exchanged their features, too. Each output keeps its columns."
    )
    def permutes_the_features_too(self) -> Array | None:
        """The columns of P Y in reverse."""
        return array(self.in_order(self.places)[:, ::-1]) if self.asked == "outputs" else None

    @result.misconception(
        "You moved the rows, the queries, only. Every token is a key as well, so that the columns "
        "move in the same way."
    )
    def permutes_the_rows_only(self) -> Array | None:
        """P A for P A Pᵀ, before the mask."""
        if self.asked == "outputs":
            return None
        found = reorder(self.matrix, self.places)
        return found if self.asked == "weights" else self.weights_of(found)

    @result.misconception(
        "You moved the columns, the keys, only. Every token is a query as well, so that the rows "
        "move in the same way."
    )
    def permutes_the_columns_only(self) -> Array | None:
        """A Pᵀ for P A Pᵀ, before the mask."""
        if self.asked == "outputs":
            return None
        found = transpose(reorder(transpose(self.matrix), self.places))
        return found if self.asked == "weights" else self.weights_of(found)

    @result.misconception(
        "You moved rows and columns and exchanged them, too. The weights of a token stand in its "
        "*row*."
    )
    def swaps_query_and_key(self) -> Array | None:
        """(P A Pᵀ)ᵀ."""
        return transpose(self.in_order(self.places)) if self.asked == "weights" else None

    @result.misconception(
        "You moved the old weights. The mask goes by places: in the new order each token sees "
        "others before it, and its weights are new."
    )
    def expects_equivariance(self) -> Array | None:
        """P A Pᵀ in spite of the mask."""
        if self.asked != "causal weights":
            return None
        return reorder_pairs(self.weights_of(self.matrix), self.places)

    @result.misconception(
        "You forgot the mask: $x'_1$ sees itself only, $x'_2$ the first two tokens."
    )
    def forgets_the_mask(self) -> Array | None:
        """Softmax of P S Pᵀ."""
        if self.asked != "causal weights":
            return None
        return self.weights_of(self.moved_powers, masked=False)

    @result.misconception(
        "You masked after softmax, so that the rows do not sum to 1: divide by the sum of the "
        "powers that are *not* masked."
    )
    def masks_after_softmax(self) -> Array | None:
        """Zeros put into the softmax of P S Pᵀ."""
        if self.asked != "causal weights":
            return None
        rows = self.weights_of(self.moved_powers, masked=False).tolist()
        return array([hide_later(row, place) for place, row in enumerate(rows)])

    @property
    def seen_powers(self) -> list[list[int]]:
        """The powers that the mask leaves of each row in the new order, for the solution."""
        return [row[: place + 1] for place, row in enumerate(self.moved_powers.tolist())]


def hide_later(row: list[Exact], place: int) -> list[Exact]:
    """A token's row of powers or weights with 0 for the tokens after its place, from 0."""
    return [each if other <= place else 0 for other, each in enumerate(row)]
