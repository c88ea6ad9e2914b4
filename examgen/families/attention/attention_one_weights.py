"""A weight of self-attention without matrices: the lecture's first attempt."""

from fractions import Fraction
from itertools import product
from random import Random
from typing import Self

from examgen.exact import Array, Exact, array, compare, divide, entries, exp, ratio
from examgen.families.attention._proportions import proportions, without_smallest
from examgen.nn.attention import scores
from examgen.nn.dense import matvec
from examgen.questions.family import family
from examgen.questions.figures import Edge, Figure, Graph, Node
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work, work_of_product

QUERIES: dict[Level, list[tuple[int, int]]] = {
    "easy": [(1, 0), (0, 1), (1, 1)],
    "medium": [(1, 1), (1, -1), (-1, 1)],
    "hard": [(1, 1), (1, -1), (-1, 1), (0, 1), (1, 0)],
}
ENTRIES: dict[Level, range] = {"easy": range(4), "medium": range(-1, 3), "hard": range(-2, 4)}
GAPS: dict[Level, list[int]] = {
    "easy": [-3, -2, -1, 1, 2, 3],
    "medium": [-3, -2, -1, 1, 2, 3],
    "hard": [1, 2, 3],
}


@family(
    title="A weight of self-attention without matrices",
    minutes=(2, 3, 3),
    conventions=("indices", "exact"),
    tags=("lecture-22", "idea-softmax-row"),
)
class AttentionOneWeights:
    """w_ij = softmax_j ⟨x_i, x_j⟩; at the hard level the largest w_ij, which is not w_ii.

    `query` is i and `key` is j, both from 1; where the largest weight is asked, it stands at j.
    """

    x: Array
    query: int
    key: int
    largest: bool

    stem = r"""
    In the simplest self-attention the tokens themselves are compared. Token $x_i$ is row $i$ of
    $X$:

    $$
    X = << x >>
    $$

    $$
    y_i = \sum_{j=1}^{<< x | length >>} w_{ij} x_j, \qquad
    w_{ij} = \frac{e^{\langle x_i, x_j \rangle}}
    {\sum_{k=1}^{<< x | length >>} e^{\langle x_i, x_k \rangle}}
    $$
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """The row of scores asked about has two values, one of them the token's with itself.

        At the hard level the other is larger: longer tokens win.
        """
        token = rng.choice(QUERIES[level])
        alike: dict[int, list[tuple[int, int]]] = {}
        for a, b in product(ENTRIES[level], repeat=2):
            alike.setdefault(token[0] * a + token[1] * b, []).append((a, b))
        own = token[0] ** 2 + token[1] ** 2
        far = alike[rng.choice([own + gap for gap in GAPS[level] if own + gap in alike])]
        near = [other for other in alike[own] if other != token]
        count = 4 if level == "medium" else rng.randint(3, 4)
        far = rng.sample(far, min(len(far), rng.randint(1, count - 1)))
        near = rng.sample(near, min(len(near), count - 1 - len(far)))
        asked = rng.choice(far if level == "hard" else far + near)
        tokens = [token, *far, *near]
        rng.shuffle(tokens)
        query, key = tokens.index(token) + 1, tokens.index(asked) + 1
        return cls(array(tokens), query, key, largest=level == "hard")

    def worth_asking(self) -> bool:
        """At least three tokens, none zero, and row j has not the scores of row i."""
        row, other = sorted(entries(self.row)), sorted(entries(self.scores_of(self.key)))
        return len(self.x) > 2 and row != other and all(any(token) for token in self.x)

    def plausible(self, wrong: Exact) -> bool:
        """Whether it can be a weight; the largest of n is at least 1/n.

        All tokens that tie with the one asked about have as much, and together no more than 1.
        """
        if self.largest and compare(wrong, ratio(1, len(self.x))) < 0:
            return False
        return (
            compare(wrong, 0) > 0 and compare(wrong, ratio(1, len(self.tied))) <= 0 and wrong != 1
        )

    @property
    def tied(self) -> list[int]:
        """The tokens, from 1, with the score asked about."""
        return [number for number, each in enumerate(self.row, start=1) if each == self.score]

    @property
    def figure(self) -> Figure:
        """The output asked about, and the tokens that it is made of."""
        count = len(self.x)
        tokens = [Node(f"$x_{number}$", 0, number) for number in range(1, count + 1)]
        output = Node(f"$y_{self.query}$", 1, Fraction(count + 1, 2))
        edges = [
            Edge(number, count + 1, f"$w_{{{self.query}{number}}}$")
            for number in range(1, count + 1)
        ]
        return Graph((*tokens, output), tuple(edges), "Attention")

    def scores_of(self, token: int) -> Array:
        """The scores of one token, counted from 1, with all."""
        return matvec(self.x, self.x[token - 1])

    @property
    def row(self) -> Array:
        """The scores that the weight asked is made of."""
        return self.scores_of(self.query)

    @property
    def score(self) -> int:
        """⟨x_i, x_j⟩."""
        return int(self.row[self.key - 1])

    @property
    def differences(self) -> Array:
        """The scores of the row less the smallest, for the worked solution."""
        return without_smallest(self.row)

    @property
    def powers(self) -> Array:
        """The powers of e that are left then."""
        return proportions(self.row, rational=False)

    @property
    def work(self) -> Work:
        """The scores, their differences, the powers, and one division by their sum."""
        count = len(self.x)
        return work_of_product(self.x, self.x[self.query - 1]) + Work(1, 2 * count - 1, count)

    @part(
        r"""
<%- if largest -%>
How large is the largest of the weights $w_{<< query >>1}$ to $w_{<< query >><< x | length >>}$,
with which $y_<< query >>$ is made?
<%- else -%>
What is the weight $w_{<< query >><< key >>}$, with which $x_<< key >>$ enters $y_<< query >>$?
<%- endif -%>
""",
        points=1,
        solution=r"""
Token $x_<< query >>$ is compared with every token, itself included:

$$
\begin{aligned}
<% for token in x %>
\langle x_<< query >>, x_<< loop.index >> \rangle &= << x[query - 1] | dot(token) >>
= << row[loop.index0] >> \\
<% endfor %>
\end{aligned}
$$

Only the differences count. Less the smallest score they are
$<< differences | list | join(", ") >>$, and the weights of the row are in the proportions of

$$
<% for power in powers %>
<< power >><< "" if loop.last else ", \\quad" >>
<% endfor %>
$$

<% if largest %>
The largest is $<< powers[key - 1] >>$, not the $<< powers[query - 1] >>$ of $x_<< query >>$ itself:
scores are plain inner products, so a longer token can win.

<% endif %>
<% if tied | length > 1 %>
(<% for number in tied %>$x_<< number >>$<< "" if loop.last else " and " >><% endfor %> tie: each
has this weight, and each counts in the sum.)

<% endif %>
Divide by the sum of the row:

$$
w_{<< query >><< key >>} = \frac{<< powers[key - 1] >>}{<< powers | total >>} = << answer >>
$$
""",
    )
    def weight(self) -> Exact:
        """Softmax along the row."""
        return share(self.row, self.key)

    @weight.misconception(
        "You divided by the sum of column << key >>, which belongs to *all* outputs. The weights "
        "of one output, $w_{<< query >>1}$ to $w_{<< query >><< x | length >>}$, sum to 1."
    )
    def normalises_down_the_columns(self) -> Exact:
        """Softmax along column j, which has the scores of row j."""
        return share(self.scores_of(self.key), self.query)

    @weight.misconception(
        "You divided by the sum over the whole table of scores. Each token has weights of its own, "
        "which sum to 1."
    )
    def normalises_over_everything(self) -> Exact:
        """One sum for all of S."""
        return ratio(exp(self.score), sum(entries(exp(scores(self.x, self.x)))))

    @weight.misconception(
        "That is the score $\\langle x_<< query >>, x_<< key >> \\rangle$. A weight is $e$ to the "
        "power of the score, divided by the sum of these powers."
    )
    def takes_the_scores_as_weights(self) -> Exact:
        """The score itself."""
        return self.score

    @weight.misconception(
        "You divided the score by the sum of the scores; first take $e$ to the power of each."
    )
    def divides_by_the_sum_of_scores(self) -> Exact:
        """s / Σ s; undefined where the scores add up to 0."""
        return ratio(self.score, sum(entries(self.row)))

    @weight.misconception(
        "You left out the division by the sum of the row, << powers | length >> powers of $e$ here."
    )
    def forgets_to_normalise(self) -> Exact:
        """e^s."""
        return exp(self.score)

    @weight.misconception(
        "You left token $x_<< query >>$ itself out of the sum: a token is compared with itself too."
    )
    def leaves_itself_out(self) -> Exact:
        """The sum over the other tokens."""
        others = [power for k, power in enumerate(exp(self.row), start=1) if k != self.query]
        return ratio(exp(self.score), sum(others))

    @weight.misconception(
        "You gave every token the same weight. The scores are not all equal, so neither are the "
        "weights."
    )
    def spreads_evenly(self) -> Exact:
        """1 / n."""
        return ratio(1, len(self.x))

    @weight.misconception(
        "You gave weight to nothing but the largest score; softmax leaves every token a share."
    )
    def takes_the_largest_only(self) -> Exact:
        """1, shared among the tokens with the largest score; 0 for all others."""
        largest = [score == max(self.row) for score in self.row]
        return ratio(int(largest[self.key - 1]), sum(largest))

    @weight.misconception(
        "You counted equal scores only once. The sum has a power of $e$ for *each* of the "
        "<< x | length >> tokens."
    )
    def counts_equal_scores_once(self) -> Exact | None:
        """The sum over different scores; the same where all are different."""
        return ratio(exp(self.score), sum(exp(each) for each in {*entries(self.row)}))

    @weight.misconception(
        "You counted token $x_<< query >>$ twice: once among all tokens, and once more by itself."
    )
    def counts_itself_twice(self) -> Exact:
        """The sum over all tokens, and the own power again."""
        powers = entries(exp(self.row))
        return ratio(exp(self.score), sum(powers) + powers[self.query - 1])

    @weight.misconception(
        "You divided the scores by the number of entries of a token. Here they are the plain inner "
        "products."
    )
    def divides_by_d(self) -> Exact:
        """Softmax of s / d."""
        return share(divide(self.row, self.x.shape[1]), self.key)

    @weight.misconception(
        "You put the score into the sigmoid. Softmax compares it with the scores of all tokens, "
        "not with 0."
    )
    def takes_the_sigmoid(self) -> Exact:
        """1 / (1 + e^−s)."""
        return ratio(exp(self.score), 1 + exp(self.score))

    @weight.misconception(
        "You gave the smallest score the largest weight: the power is $e^{s}$, not $e^{-s}$."
    )
    def reverses_the_weights(self) -> Exact | None:
        """Softmax of the negative scores, for one weight that was named."""
        return None if self.largest else share(-self.row, self.key)

    @weight.misconception(
        "You used the tokens up to $x_<< query >>$ only, as with a causal mask; here every token "
        "is compared with all."
    )
    def masks_unasked(self) -> Exact | None:
        """The sum over j ≤ i only; the same for the last token, and 0 for a later key."""
        if self.key > self.query or self.query == len(self.x):
            return None
        return share(self.row[: self.query], self.key)

    @weight.misconception(
        "That is $w_{<< query >><< query >>}$. Scores are plain inner products, so a long token "
        "can match $x_<< query >>$ better than it matches itself."
    )
    def expects_itself_on_top(self) -> Exact | None:
        """w_ii for the largest weight."""
        return share(self.row, self.query) if self.largest else None


def share(row: Array, token: int) -> Exact:
    """The weight that softmax gives one token, counted from 1, in a row of scores."""
    powers = entries(exp(row))
    return ratio(powers[token - 1], sum(powers))
