"""One layer of causal self-attention by hand, from the tokens to the outputs."""

from collections.abc import Callable
from fractions import Fraction
from math import gcd, lcm
from random import Random
from typing import Self

from examgen.exact import (
    NEG_INF,
    Array,
    Entry,
    Exact,
    Shape,
    array,
    divide,
    entries,
    equal,
    exp,
    ln,
    sqrt,
)
from examgen.families.attention._new_tokens import NewTokens
from examgen.families.attention._small_scores import MATRICES, draw_tokens
from examgen.nn import attention
from examgen.nn.dense import transpose
from examgen.questions.family import family
from examgen.questions.figures import Figure, Mask
from examgen.questions.levels import Level
from examgen.questions.parts import SLIP, STEP, part
from examgen.questions.work import Work, work_of_product

LARGEST_VALUE = 4
ASKED = (("Q", "S", "Y"), ("S", "V", "Y"), ("K", "V", "A"), ("S", "V", "A"), ("Q", "S", "A"))
"""Matrices whose shapes are asked: neither always the same, nor always in the same places."""
TRANSPOSED = (
    "You multiplied by the transposed matrix: an entry of $X W$ is a row of $X$ times a *column* "
    "of $W$."
)


@family(
    title="Causal self-attention by hand",
    minutes=(15, 16, 18),
    conventions=("attention", "indices", "exact"),
    tags=(
        "lecture-23",
        "lecture-24",
        "lecture-26",
        "idea-projections",
        "idea-causal-row",
        "idea-counted-scores",
        "idea-changed-outputs",
        "idea-attention-shapes",
    ),
)
class LongCausalAttention:
    """Y = softmax(mask(X W_Q (X W_K)ᵀ)) X W_V, at times with the scores divided by √d_k.

    The entries of W_Q are integers, or multiples of ln 2 and ln 3: then all weights are fractions.
    `names` are the matrices whose shapes are asked. In the end the tokens `new_tokens` (counted
    from 1) are replaced or appended.
    """

    x: Array
    w_q: Array
    w_k: Array
    w_v: Array
    scaled: bool
    new_tokens: tuple[int, ...]
    names: tuple[str, ...] = ASKED[0]

    stem = r"""
    A layer of causal self-attention reads << x | length >> tokens, the rows of $X$:

    $$
    X = << x >>, \quad W_Q = << w_q >>, \quad W_K = << w_k >>, \quad W_V = << w_v >>
    $$

    $$
    Q = X W_Q, \quad K = X W_K, \quad V = X W_V, \quad
    S = <% if scaled %>\frac{1}{\sqrt{<< d_k >>}} <% endif %>Q K^\top
    $$

    <% if scaled %>
    The scores $S$ are divided by $\sqrt{d_k}$, where $d_k = << d_k >>$ is the number of columns of
    $K$.
    <% else %>
    The scores $S$ are not scaled.
    <% endif %>
    The causal mask lets token $i$ attend to the tokens $j \le i$ only. Softmax along each row of
    the masked scores gives the weights $A$, and the outputs are $Y = A V$. Write a matrix row by
    row, and `-inf` for $-\infty$.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Three tokens, or at the hard level four; scores of any sort that keeps weights exact.

        Four have logarithms for scores: with powers of e their rows would take too long.
        """
        scaled = level == "hard" and rng.random() < 0.4
        length = 4 if level == "hard" and not scaled else 3
        primes: tuple[int, ...] = ()
        if level == "medium" or length == 4:
            primes = rng.choice([(2, 3), (3, 2)])
        tokens, w_q, w_k = draw_tokens(rng, length, primes)
        units = [ln(prime) for prime in primes] or [1, 1]
        columns = [[entry * unit for entry in w] for w, unit in zip(w_q, units, strict=True)]
        w_v = rng.choice([each for each in MATRICES if each != w_k])
        replaced = [(length,), (length,), (length - 1,), *[(length - 1, length)] * 2]
        appended = [(length + 1,), (length + 1, length + 2)] * 3
        return cls(
            x=array(tokens),
            w_q=transpose(array(columns)),
            w_k=transpose(array(w_k)),
            w_v=transpose(array(w_v)),
            scaled=scaled,
            new_tokens=rng.choice([*replaced, *appended]),
            names=rng.choice(ASKED),
        )

    def worth_asking(self) -> bool:
        """The values are small, and the first two differ: they would need no weights."""
        columns = attention.project(self.x, self.w_v).T.tolist()
        return all(each[0] != each[1] and max(map(abs, each)) <= LARGEST_VALUE for each in columns)

    @property
    def figure(self) -> Figure:
        """Which token may attend to which."""
        return Mask.causal(len(self.x), "x", "x")

    @property
    def d_k(self) -> int:
        """The number of features of a query or key."""
        return int(self.w_k.shape[1])

    @property
    def divisor(self) -> Exact:
        """√d_k, or 1 where the scores are not scaled."""
        return sqrt(self.d_k) if self.scaled else 1

    @property
    def rational(self) -> bool:
        """Whether the scores are logarithms, so that the weights are fractions."""
        return not all(isinstance(entry, int) for entry in entries(self.w_q))

    @property
    def columns(self) -> dict[str, int]:
        """How many columns each matrix has."""
        tokens = len(self.x)
        widths = {name: each.shape[1] for name, each in self.matrices.items()}
        return widths | {"S": tokens, "A": tokens, "Y": widths["V"]}

    @property
    def matrices(self) -> dict[str, Array]:
        """The given matrix that makes each of Q, K and V."""
        return {"Q": self.w_q, "K": self.w_k, "V": self.w_v}

    @property
    def work(self) -> Work:
        """Three projections, the scores, softmax row by row, and the mixing of the values."""
        tokens, width = len(self.x), int(self.w_v.shape[1])
        seen = tokens * (tokens + 1) // 2
        projections = sum(
            (work_of_product(self.x, each) for each in self.matrices.values()), Work()
        )
        queries, keys = attention.project(self.x, self.w_q), attention.project(self.x, self.w_k)
        scores = work_of_product(queries, transpose(keys)) + Work(lookups=seen * self.scaled)
        softmax = Work(0, 2 * seen, seen) + Work(lookups=seen)
        outputs = Work(seen // 2, seen, tokens) * width
        return projections + scores + softmax + outputs + Work(lookups=8)

    @property
    def change(self) -> NewTokens:
        """What happens in the end."""
        return NewTokens(len(self.x), self.new_tokens)

    def products(self, queries: Array, keys: Array) -> Array:
        """Q Kᵀ, for the worked solutions."""
        return attention.scores(queries, keys)

    def before_powers(self, scores: Array) -> Array:
        """A row's e^s where these are fractions, else its scores less the smallest."""
        return exp(scores) if self.rational else array(scores - min(entries(scores)))

    def powers(self, scores: Array) -> Array:
        """Powers of e in the proportions of a row's weights, for the worked solutions."""
        found = self.before_powers(scores)
        if not self.rational:
            return exp(found)
        below = lcm(*(each.denominator for each in found))
        return divide(found, Fraction(gcd(*(int(each * below) for each in found)), below))

    @part("Shape (rows, columns)", points=1, each="names", row="$<< element >>$")
    def shape(self, matrix: str) -> Shape:
        """Queries and keys (n, d_k), scores and weights (n, n), values and outputs (n, d_v)."""
        return Shape((len(self.x), self.columns[matrix]))

    @shape.misconception("You gave the columns first; a shape is (rows, columns).", credit=SLIP)
    def puts_columns_first(self, matrix: str) -> Shape:
        """(d_k, n) for (n, d_k)."""
        return Shape((self.columns[matrix], len(self.x)))

    @shape.misconception(
        "That is the shape of $Q^\\top K$; $Q K^\\top$, and so $S$ and $A$, has a row and a column "
        "for each token."
    )
    def takes_features_for_tokens(self, matrix: str) -> Shape | None:
        """(d_k, d_k) for S or A."""
        return Shape((self.w_q.shape[1], self.w_k.shape[1])) if matrix in "SA" else None

    @shape.misconception(
        "That is the shape of the weights; a row of $Y = A V$ is as long as a row of $V$."
    )
    def gives_the_weights(self, matrix: str) -> Shape | None:
        """(n, n) for Y."""
        return Shape((len(self.x), len(self.x))) if matrix == "Y" else None

    @part("Compute the queries $Q$.", points=1)
    def queries(self) -> Array:
        """X W_Q."""
        return attention.project(self.x, self.w_q)

    @queries.misconception(TRANSPOSED, credit=SLIP)
    def transposes_the_query_matrix(self) -> Array:
        """X W_Qᵀ."""
        return attention.project(self.x, transpose(self.w_q))

    @part("Compute the keys $K$.", points=1)
    def keys(self) -> Array:
        """X W_K."""
        return attention.project(self.x, self.w_k)

    @keys.misconception(TRANSPOSED, credit=SLIP)
    def transposes_the_key_matrix(self) -> Array | None:
        """X W_Kᵀ; the same where W_K is symmetric."""
        if equal(self.w_k, self.w_k.T):
            return None
        return attention.project(self.x, transpose(self.w_k))

    @keys.misconception("You took $W_Q$; the keys have a matrix of their own, $W_K$.")
    def uses_the_query_matrix_for_keys(self) -> Array | None:
        """X W_Q; not where these are logarithms, which nobody multiplies by logarithms."""
        return None if self.rational else attention.project(self.x, self.w_q)

    @part("Compute the values $V$.", points=1)
    def values(self) -> Array:
        """X W_V."""
        return attention.project(self.x, self.w_v)

    @values.misconception(TRANSPOSED, credit=SLIP)
    def transposes_the_value_matrix(self) -> Array:
        """X W_Vᵀ."""
        return attention.project(self.x, transpose(self.w_v))

    @part("Compute all scores $S$, before the mask.", points=3)
    def scores(self, queries: Array, keys: Array) -> Array:
        """Q Kᵀ, divided by √d_k where the stem says so."""
        return attention.scores(queries, keys, divisor=self.divisor)

    @scores.misconception(
        "That is $S^\\top$: row $i$ belongs to query $i$, so $S_{ij}$ multiplies $q_i$ by $k_j$.",
        credit=SLIP,
    )
    def swaps_query_and_key(self, queries: Array, keys: Array) -> Array:
        """K Qᵀ."""
        return attention.scores(keys, queries, divisor=self.divisor)

    @scores.misconception(
        "You left out the scaling: every product is divided by $<< divisor >>$ here.", credit=SLIP
    )
    def forgets_to_scale(self, queries: Array, keys: Array) -> Array | None:
        """Q Kᵀ alone."""
        return attention.scores(queries, keys) if self.scaled else None

    @scores.misconception(
        "You divided by $d_k$; the scores are divided by its square root, $<< divisor >>$.",
        credit=SLIP,
    )
    def divides_by_d(self, queries: Array, keys: Array) -> Array | None:
        """Q Kᵀ / d_k."""
        return attention.scores(queries, keys, divisor=self.d_k) if self.scaled else None

    @scores.misconception(
        "You multiplied the tokens themselves; scores are products of *queries* and *keys*.",
        credit=STEP,
    )
    def uses_the_tokens_themselves(self) -> Array | None:
        """X Xᵀ; integers where the right scores are logarithms."""
        return None if self.rational else attention.scores(self.x, self.x, divisor=self.divisor)

    @part("Apply the causal mask: write down the masked scores.", points=1)
    def masked_scores(self, scores: Array) -> Array:
        """−∞ wherever j > i."""
        return attention.mask_causally(scores)

    @masked_scores.misconception(
        "You put 0 where the mask is. A score of 0 still gets a weight, since $e^0 = 1$; a masked "
        "score is $-\\infty$.",
        credit=SLIP,
    )
    def masks_with_zero(self, scores: Array) -> Array:
        """0 for −∞."""
        return hide(scores, lambda i, j: j > i, 0)

    @masked_scores.misconception(
        "You masked the diagonal as well; token $i$ does attend to itself.", credit=SLIP
    )
    def masks_itself_too(self, scores: Array) -> Array:
        """−∞ wherever j ≥ i."""
        return hide(scores, lambda i, j: j >= i, NEG_INF)

    @masked_scores.misconception(
        "You masked the past; token $i$ must not see the tokens *after* it, $j > i$.", credit=SLIP
    )
    def masks_the_past(self, scores: Array) -> Array:
        """−∞ wherever j < i."""
        return hide(scores, lambda i, j: j < i, NEG_INF)

    @part("Compute the attention weights $A$.", points=4)
    def weights(self, masked_scores: Array) -> Array:
        """Softmax along each row of what the mask leaves, whatever was put under it before."""
        return attention.softmax_rows(attention.mask_causally(masked_scores))

    @weights.misconception(
        "You normalised down the columns; each *row* of $A$ sums to 1, a row for each query.",
        credit=SLIP,
    )
    def normalises_down_the_columns(self, masked_scores: Array) -> Array:
        """Softmax along each column."""
        return transpose(attention.softmax_rows(transpose(masked_scores)))

    @weights.misconception(
        "You masked after softmax, so that the rows no longer sum to 1: the masked scores must "
        "not enter the sum either.",
        credit=STEP,
    )
    def masks_after_softmax(self, scores: Array) -> Array:
        """Zeros put into the softmax of the unmasked scores."""
        return hide(attention.softmax_rows(scores), lambda i, j: j > i, 0)

    @weights.misconception(
        "You left out the mask: token $i$ must not see the tokens after it, so its scores with "
        "them enter neither the weights nor the sum.",
        credit=STEP,
    )
    def forgets_the_mask(self, scores: Array) -> Array:
        """Softmax of the unmasked scores."""
        return attention.softmax_rows(scores)

    @weights.misconception(
        "You gave the masked scores weights, as if they were 0: $e^0 = 1$, but the weight of a "
        "masked score is $e^{-\\infty} = 0$.",
        credit=SLIP,
        name="masks_with_zero",
    )
    def weighs_masked_scores_as_zero(self, scores: Array) -> Array:
        """Softmax of the scores with 0 wherever j > i."""
        return attention.softmax_rows(hide(scores, lambda i, j: j > i, 0))

    @weights.misconception(
        "You gave weights to the tokens after token $i$; it sees itself and those before it.",
        credit=SLIP,
        name="masks_the_past",
    )
    def weighs_the_future(self, scores: Array) -> Array:
        """Softmax of the scores with −∞ wherever j < i."""
        return attention.softmax_rows(hide(scores, lambda i, j: j < i, NEG_INF))

    @weights.misconception(
        "You did not normalise: divide each power by the sum of its row, so that the row sums "
        "to 1.",
        credit=STEP,
    )
    def forgets_to_normalise(self, masked_scores: Array) -> Array:
        """e to the power of each score."""
        return exp(masked_scores)

    @part("Compute the outputs $Y$.", points=4)
    def outputs(self, weights: Array, values: Array) -> Array:
        """A V."""
        return attention.attend(weights, values)

    @outputs.misconception(
        "You mixed the tokens; the weights mix the *values*, $Y = A V$.", credit=STEP
    )
    def forgets_the_values(self, weights: Array) -> Array:
        """A X."""
        return attention.attend(weights, self.x)

    @outputs.misconception(
        "You mixed the keys; they only serve for the scores, and the outputs are $Y = A V$.",
        credit=STEP,
    )
    def mixes_the_keys(self, weights: Array, keys: Array) -> Array:
        """A K."""
        return attention.attend(weights, keys)

    @part(
        "Afterwards << change.event >>; everything else stays as it is. Which rows of $Y$ have to "
        "be computed then, because they are new or can change? Give the set of their numbers.",
        points=1,
    )
    def changed_rows(self) -> frozenset[int]:
        """Every row from the first new token on."""
        return self.change.rows

    @changed_rows.misconception(
        "The mask keeps new tokens from the rows before them: $y_i$ is made of $x_1$ to $x_i$ only."
    )
    def changes_every_row(self) -> frozenset[int]:
        """All rows, as without a mask."""
        return frozenset(range(1, self.change.length + 1))

    @changed_rows.misconception("The rows after the new token change too: they attend to it.")
    def changes_its_own_row_only(self) -> frozenset[int] | None:
        """The rows of the new tokens alone; right where they are the last ones."""
        own = frozenset(self.new_tokens)
        return own if self.change.length not in own else None

    @changed_rows.misconception("You counted from 0; rows and tokens count from 1.", credit=SLIP)
    def counts_from_zero(self) -> frozenset[int]:
        """Each number one smaller."""
        return frozenset(range(min(self.new_tokens) - 1, self.change.length))

    @part(
        "All old queries, keys and scores were kept. How many of the scores $S_{ij}$ with "
        "$j \\le i$ have to be computed after that change?",
        points=1,
        counts=True,
    )
    def new_scores(self) -> int:
        """Those whose query or key is new."""
        return sum(len(self.change.new_keys(query)) for query in range(1, self.change.length + 1))

    @new_scores.misconception(
        "You computed all scores again; an old query with an old key still gives the old score."
    )
    def recomputes_every_score(self) -> int:
        """n²."""
        return attention.scores_recomputed(self.change.length, causal=False)

    @new_scores.misconception(
        "You computed every score under the mask again; an old query with an old key still gives "
        "the old score."
    )
    def recomputes_the_triangle(self) -> int:
        """n(n + 1)/2."""
        return attention.scores_recomputed(self.change.length, causal=True)

    @new_scores.misconception(
        "A new token takes more than one score: its query meets the keys of all tokens up to it.",
    )
    def counts_one_score(self) -> int:
        """One for each new token."""
        return len(self.new_tokens)

    @new_scores.misconception(
        "A token attends to itself as well, so its query also meets its own key.", credit=SLIP
    )
    def leaves_the_new_token_out(self) -> int:
        """The scores of a token with itself left out."""
        queries = range(1, self.change.length + 1)
        return sum(key != query for query in queries for key in self.change.new_keys(query))


def hide(matrix: Array, hides: Callable[[int, int], bool], by: Entry) -> Array:
    """The matrix with *by* wherever *hides* says so of row and column."""
    return array(
        [
            [by if hides(i, j) else entry for j, entry in enumerate(row)]
            for i, row in enumerate(matrix.tolist())
        ]
    )
