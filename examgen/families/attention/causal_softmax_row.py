"""A row of causal attention from the scores: its weights, or its output."""

from collections.abc import Callable
from random import Random
from typing import Self

from examgen.exact import NEG_INF, Array, Entry, Exact, array, compare, divide, entries, exp, ln
from examgen.families.attention._proportions import proportions
from examgen.nn.attention import mask_causally, softmax_rows
from examgen.nn.dense import matvec, transpose
from examgen.questions.family import family
from examgen.questions.figures import Figure, Mask
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.sampling import integers
from examgen.questions.work import Work, work_of_product

LOGARITHMS, HIDDEN_LOGARITHMS = [1, 2, 3, 5, 6, 7], [8, 9, 10, 12]
LARGEST_SUM = 20
"""What the powers of a row may add up to where the scores are logarithms."""


@family(
    title="A row of causal attention",
    minutes=(2, 3, 3),
    conventions=("indices", "exact"),
    tags=("lecture-26", "idea-softmax-row", "idea-causal-row"),
)
class CausalSoftmaxRow:
    """Row i of A = softmax(mask(S)), or, at the hard level, y_i from row i of Q Kᵀ and from V.

    `query` is i, from 1, and less than n: in the last row nothing is masked. The scores S are
    `products`, of which there may be row i alone, over `divisor` = √d_k. They are integers, or
    logarithms: then the weights are fractions.
    """

    products: Array
    query: int
    divisor: int = 1
    values: Array | None = None

    stem = r"""
    <% if values is none %>
    The scores of << products | length >> tokens in causal self-attention are, before the mask,

    $$
    S = << products >>
    $$

    Row $i$ belongs to query $i$. The causal mask lets it attend to the keys $j \le i$ only, and
    softmax along each row of the masked scores gives the weights $A$.
    <% else %>
    Causal self-attention of << values | length >> tokens has queries and keys of
    $d_k = << divisor * divisor >>$ features. Row << query >> of $Q K^\top$, that of query
    << query >>, and the values are

    $$
    \left[ Q K^\top \right]_{<< query >>,:} = << products[0] >>, \qquad V = << values >>
    $$

    The scores are $S = \frac{1}{\sqrt{d_k}} Q K^\top$. The causal mask lets query $i$ attend to the
    keys $j \le i$ only, softmax along each row of the masked scores gives the weights $A$, and the
    outputs are $Y = A V$.
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """What query i must not see is larger than all that it sees."""
        length, query = (rng.randint(3, 4), 2) if level == "easy" else (4, 3)
        rational = level == "medium" or (level == "hard" and rng.random() < 0.5)
        hidden = HIDDEN_LOGARITHMS
        seen = [draw_score(rng, rational) for _ in range(query)]
        if not rational:
            low, gap = rng.randint(0, 2), rng.randint(1, 3)
            seen = [low, low + gap, rng.choice([low, low + gap])][:query]
            rng.shuffle(seen)
            hidden = [max(seen) + 1, max(seen) + 2]
        row = [*seen, *(rng.choice(hidden) for _ in range(query, length))]
        if level == "hard":
            divisor = 2 if rational else rng.choice([2, 3, 4])
            scores = array([[(ln(each) if rational else each) * divisor for each in row]])
            return cls(scores, query, divisor, integers(rng, (length, 2), -2, 3))
        table = [[draw_score(rng, rational) for _ in range(length)] for _ in range(length)]
        table[query - 1] = row
        return cls(array([[ln(each) if rational else each for each in r] for r in table]), query)

    def worth_asking(self) -> bool:
        """The keys seen differ in weight and value, and fractions have small denominators."""
        seen = self.powers[: self.query].tolist()
        if len(set(seen)) == 1 or (self.rational and sum(seen) > LARGEST_SUM):
            return False
        columns = [] if self.values is None else self.values[: self.query].T.tolist()
        return all(len(set(column)) > 1 for column in columns)

    def plausible(self, wrong: Array) -> bool:
        """Whether weights are at most 1 each; outputs can be anything."""
        return self.values is not None or all(compare(each, 1) <= 0 for each in wrong)

    @property
    def figure(self) -> Figure:
        """Which query may attend to which key."""
        return Mask.causal(self.products.shape[1])

    @property
    def unscaled(self) -> Array:
        """Row i of Q Kᵀ."""
        row: Array = self.products[self.query - 1 if self.is_whole else 0]
        return row

    @property
    def row(self) -> Array:
        """Row i of S."""
        return self.unscaled if self.divisor == 1 else divide(self.unscaled, self.divisor)

    @property
    def is_whole(self) -> bool:
        """Whether all rows are given."""
        return len(self.products) > 1

    @property
    def rational(self) -> bool:
        """Whether the scores are logarithms, so that the weights are fractions."""
        return not all(isinstance(score, int) for score in entries(self.products))

    @property
    def powers(self) -> Array:
        """e^s along row i of S, nothing masked."""
        return exp(self.row)

    def hide(self, row: Array, hides: Callable[[int], bool], by: Entry = 0) -> Array:
        """The row with *by* for the keys, from 1, of which *hides* says so.

        A masked score is −∞, so its power of e is 0.
        """
        return array([by if hides(j) else each for j, each in enumerate(row, start=1)])

    def hide_later(self, row: Array, by: Entry = 0) -> Array:
        """The row as the causal mask leaves it."""
        return self.hide(row, lambda j: j > self.query, by)

    def answer_of(self, powers: Array, total: Exact | None = None) -> Array:
        """The weights in the proportions of *powers*, or the output they mix from the values.

        The weights are the powers over *total*, by default their sum. Divided last: that is
        cheaper than to divide every weight.
        """
        mixed = powers if self.values is None else matvec(transpose(self.values), powers)
        return divide(mixed, sum(entries(powers)) if total is None else total)

    @property
    def masked(self) -> Array:
        """Row i of the masked scores, for the worked solution."""
        return self.hide_later(self.row, NEG_INF)

    @property
    def shares(self) -> Array:
        """Numbers in the proportions of the weights of the keys that query i sees."""
        seen = self.row[: self.query]
        return exp(seen) if self.rational else proportions(seen, rational=False)

    @property
    def work(self) -> Work:
        """Scaling, differences, powers and their sum; then the weights, or the mixed values."""
        seen = self.query
        row = Work(seen if self.divisor != 1 else 0, seen - 1, seen)
        row += Work() if self.rational else Work(additions=seen)
        if self.values is None:
            return row + Work(seen)
        mixed = work_of_product(transpose(self.values[:seen]), self.shares)
        return row + mixed + Work(len(self.values.T))

    @part(
        "<% if values is none %>What is row << query >> of $A$?<% else %>What is "
        "$y_<< query >>$, row << query >> of $Y$?<% endif %>",
        points=1,
        solution=r"""
<% if divisor != 1 %>
Row << query >> of $S$ is that of $Q K^\top$ over $\sqrt{<< divisor * divisor >>} = << divisor >>$:

$$
<< row >>
$$

<% endif %>
Query << query >> sees the keys 1 to << query >>. The scores after them become $-\infty$, whose
power is $e^{-\infty} = 0$:

$$
<< masked >>
$$

<% if rational %>
Since $e^{\ln a} = a$, the powers of $e$ are
<% else %>
Only the differences count, so subtract the smallest score from those that are left. The powers of
$e$ are then
<% endif %>

$$
<% for power in shares %>
<< power >><< "" if loop.last else ", \\quad" >>
<% endfor %>
\quad \text{with the sum } << shares.sum() >>
$$

<% if values is none %>
Divide each by the sum:

$$
<< answer >>
$$
<% else %>
The output mixes the values that query << query >> sees with these powers over their sum:

$$
\begin{aligned}
y_<< query >> &= \frac{1}{<< shares.sum() >>} \left(
<% for power in shares %>
<< "" if loop.first else "+ " >><< power | factor >> \cdot << values[loop.index0] >>
<% endfor %>
\right) \\
&= << answer >>
\end{aligned}
$$
<% endif %>
""",
    )
    def attended(self) -> Array:
        """Softmax of the masked row, and the values it mixes."""
        return self.answer_of(self.hide_later(self.powers))

    @attended.misconception(
        "You left out the mask: query << query >> must not see the keys after the "
        "<< query >><< 'nd' if query == 2 else 'rd' >>."
    )
    def forgets_the_mask(self) -> Array:
        """Softmax of the whole row."""
        return self.answer_of(self.powers)

    @attended.misconception(
        "You masked after softmax, so that the weights do not sum to 1: the scores must become "
        "$-\\infty$ *before* softmax."
    )
    def masks_after_softmax(self) -> Array:
        """Zeros put into the softmax of the whole row."""
        return self.answer_of(self.hide_later(self.powers), sum(entries(self.powers)))

    @attended.misconception(
        "You replaced the masked scores by 0, but $e^0 = 1$ still gives them weight; they become "
        "$-\\infty$."
    )
    def masks_with_zero(self) -> Array:
        """0 for −∞, and e⁰ = 1."""
        return self.answer_of(self.hide_later(self.powers, 1))

    @attended.misconception(
        "You masked key << query >> as well: a token does attend to itself, $j \\le i$."
    )
    def masks_itself_too(self) -> Array:
        """Only j < i."""
        return self.answer_of(self.hide(self.powers, lambda j: j >= self.query))

    @attended.misconception(
        "You masked the keys before the token; those after it, $j > i$, are masked."
    )
    def masks_the_past(self) -> Array:
        """Only j ≥ i."""
        return self.answer_of(self.hide(self.powers, lambda j: j < self.query))

    @attended.misconception(
        "You normalised down the columns: each *row* of $A$ sums to 1, a row for each query."
    )
    def normalises_down_the_columns(self) -> Array | None:
        """Softmax along each column of the masked scores, of which all must be given."""
        if not self.is_whole:
            return None
        columns = transpose(mask_causally(self.products))[: self.query]
        weights = softmax_rows(columns)[:, self.query - 1]
        return array([*weights, *[0] * (len(self.row) - self.query)])

    @attended.misconception(
        "You took column << query >> of the scores; row << query >> belongs to query << query >>."
    )
    def swaps_query_and_key(self) -> Array | None:
        """Sᵀ for S, of which all must be given."""
        if not self.is_whole:
            return None
        return self.answer_of(exp(mask_causally(transpose(self.products))[self.query - 1]))

    @attended.misconception(
        "You left out the division by the sum of the powers, so that the weights do not sum to 1."
    )
    def forgets_to_normalise(self) -> Array:
        """e^s."""
        return self.answer_of(self.hide_later(self.powers), 1)

    @attended.misconception(
        "You gave weight to nothing but the largest score; softmax leaves every key seen a share."
    )
    def takes_the_largest_only(self) -> Array:
        """1, shared among the keys with the largest score."""
        sizes = self.hide_later(self.powers if self.rational else self.row, NEG_INF)
        largest = max(entries(sizes))
        return self.answer_of(array([int(size == largest) for size in sizes]))

    @attended.misconception(
        "You divided the scores by their sum; first take $e$ to the power of each."
    )
    def divides_by_the_sum_of_scores(self) -> Array | None:
        """s / Σ s over what is seen; not for logarithms, whose quotients nobody writes."""
        if self.rational:
            return None
        return self.answer_of(self.hide_later(self.row))

    @attended.misconception(
        "You left out the scaling: the products are divided by $\\sqrt{d_k} = << divisor >>$ first."
    )
    def forgets_to_scale(self) -> Array | None:
        """Softmax of Q Kᵀ itself."""
        if self.divisor == 1:
            return None
        return self.answer_of(self.hide_later(exp(self.unscaled)))

    @attended.misconception(
        "You divided by $d_k = << divisor * divisor >>$; the products are divided by its square "
        "root, << divisor >>."
    )
    def divides_by_d(self) -> Array | None:
        """Q Kᵀ / d_k; not for logarithms, where it would leave roots."""
        if self.divisor == 1 or self.rational:
            return None
        return self.answer_of(self.hide_later(exp(divide(self.unscaled, self.divisor**2))))

    @attended.misconception(
        "You divided by $\\sqrt{d_k} = << divisor >>$ after softmax, so that the weights do not "
        "sum to 1: the scores are scaled, not the weights."
    )
    def scales_after_softmax(self) -> Array | None:
        """Softmax of Q Kᵀ, then divided by √d_k."""
        if self.divisor == 1:
            return None
        powers = self.hide_later(exp(self.unscaled))
        return self.answer_of(powers, sum(entries(powers)) * self.divisor)


def draw_score(rng: Random, rational: bool) -> int:
    """A score of a row that is not asked about; where it is a logarithm, the number under it."""
    return rng.choice(LOGARITHMS) if rational else rng.randint(0, 4)
