"""One output of attention: the values mixed by the weights of one query."""

from itertools import product
from operator import mul
from random import Random
from typing import Self

from examgen.exact import Array, array, divide, entries, exp, ln, ratio
from examgen.families.attention._mixture import mixture
from examgen.families.attention._proportions import proportions, without_smallest
from examgen.nn.attention import scores
from examgen.nn.dense import matvec, transpose
from examgen.questions.family import family
from examgen.questions.figures import Figure
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.sampling import integers
from examgen.questions.work import Work, work_of_product

LOGARITHMS = [1, 2, 3, 4, 5, 6]
LARGEST_SUM = 12
TOKENS = [(1, 0), (0, 1), (1, 1), (1, -1), (-1, 1), (2, 1), (1, 2), (2, 0), (0, 2), (-1, 0)]
QUERIES = [each for each in product(range(-1, 3), repeat=4) if sum(map(bool, each)) == 3]
"""Queries of four features, so that √d_k is 2; one of them is 0."""


@family(
    title="An output of attention",
    minutes=(2, 3, 3),
    conventions=("attention", "indices", "exact"),
    tags=("lecture-22", "idea-softmax-row"),
)
class AttentionOneOutput:
    """y = Σ_j w_j v_j, nothing masked.

    Easy: the scores are given as logarithms. Medium: keys and values are the tokens themselves, and
    the query is token `number`. Hard: query, keys and values are given, the scores are over √d_k.
    """

    values: Array
    number: int
    scores: Array | None = None
    query: Array | None = None
    keys: Array | None = None

    stem = r"""
    <% if scores is not none %>
    In self-attention without a mask the scores of query $q_<< number >>$ with the
    << values | length >> keys, and the values $v_j$, the rows of $V$, are

    $$
    S_{<< number >>,:} = << scores >>, \qquad V = << values >>
    $$

    Softmax of the scores gives the weights.
    <% elif keys is not none %>
    In attention without a mask one query $q$ meets << values | length >> keys, the rows of $K$; the
    rows of $V$ are the values:

    $$
    q = << query >>, \qquad K = << keys >>, \qquad V = << values >>
    $$

    The scores are $s_j = \langle q, k_j \rangle / \sqrt{d_k}$, where $d_k = << query | length >>$
    is the number of features of $q$, and softmax of the scores gives the weights.
    <% else %>
    In the simplest self-attention the tokens themselves are compared, without a mask. Token $x_i$
    is row $i$ of $X$:

    $$
    X = << values >>
    $$

    $$
    y_i = \sum_{j=1}^{<< values | length >>} w_{ij} x_j, \qquad
    w_{ij} = \frac{e^{\langle x_i, x_j \rangle}}
    {\sum_{k=1}^{<< values | length >>} e^{\langle x_i, x_k \rangle}}
    $$
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Three tokens."""
        number = rng.randint(1, 3)
        if level == "easy":
            scores = array([ln(rng.choice(LOGARITHMS)) for _ in range(3)])
            return cls(integers(rng, (3, 2), -3, 4), number, scores=scores)
        if level == "medium":
            return cls(array(rng.sample(TOKENS, 3)), number)
        query = rng.choice(QUERIES)
        possible = [score for score in range(-1, 4) if keys_with(query, 2 * score)]
        low = rng.choice(possible[:-1])
        high = rng.choice([score for score in possible if low < score <= low + 2])
        wanted = [low, high, rng.choice([low, high])]
        keys = [rng.choice(keys_with(query, 2 * score)) for score in wanted]
        rng.shuffle(keys)
        values = integers(rng, (3, 2), -3, 4)
        return cls(values, 0, query=array(query), keys=array(keys))

    def worth_asking(self) -> bool:
        """Integer scores with two values (as logarithms: small sums), and values that differ."""
        if any(len(set(column)) == 1 for column in self.values.T.tolist()):
            return False
        if self.rational:
            powers = entries(exp(self.row))
            return len(set(powers)) > 1 and sum(powers) <= LARGEST_SUM
        row = entries(self.row)
        whole = all(isinstance(score, int) for score in row)
        return whole and len(set(row)) == 2 and max(row) - min(row) <= 3

    def plausible(self, wrong: Array) -> bool:
        """Whether it has the entries of a value."""
        return bool(len(wrong) == self.values.shape[1])

    @property
    def figure(self) -> Figure:
        """The output, and the values that it is made of."""
        return mixture("x" if self.is_plain else "v", len(self.values), self.number)

    @property
    def is_plain(self) -> bool:
        """Whether the tokens are queries, keys and values themselves."""
        return self.scores is None and self.keys is None

    @property
    def rational(self) -> bool:
        """Whether the scores are logarithms, so that the weights are fractions."""
        return self.scores is not None

    @property
    def following(self) -> int:
        """The next token, or, after the last, the first."""
        return self.number % len(self.values) + 1

    @property
    def used_query(self) -> Array:
        """The query, which is a token where there are no matrices."""
        found: Array = self.values[self.number - 1] if self.query is None else self.query
        return found

    @property
    def used_keys(self) -> Array:
        """The keys, which are the tokens where there are no matrices."""
        return self.values if self.keys is None else self.keys

    @property
    def divisor(self) -> int:
        """√d_k, or 1 where nothing is scaled."""
        return 1 if self.keys is None else 2

    @property
    def products(self) -> Array:
        """⟨q, k_j⟩; the scores where they are given."""
        return matvec(self.used_keys, self.used_query) if self.scores is None else self.scores

    @property
    def row(self) -> Array:
        """The scores of the query."""
        return self.products if self.divisor == 1 else divide(self.products, self.divisor)

    @property
    def differences(self) -> Array:
        """The scores less the smallest, for the worked solution."""
        return without_smallest(self.row)

    @property
    def shares(self) -> Array:
        """Numbers in the proportions of the weights."""
        return exp(self.row) if self.rational else proportions(self.row, rational=False)

    @property
    def work(self) -> Work:
        """The scores, powers and their sum, then a sum of products for each entry."""
        count, width = self.values.shape
        row = Work() if self.rational else work_of_product(self.used_keys, self.used_query)
        scaled = Work(lookups=count if self.divisor > 1 else 0)
        return row + scaled + Work(width * 2, (count - 1) * (width + 1), count)

    def sum_of(self, factors: Array) -> Array:
        """The values, each times its factor, added up."""
        return matvec(transpose(self.values), factors)

    def mix(self, powers: Array) -> Array:
        """The values mixed by weights in the proportions of *powers*."""
        return divide(self.sum_of(powers), sum(entries(powers)))

    @part(
        "What is << 'the output $y$ of the query' if number == 0 else '' >>"
        "<< '$y_' ~ number ~ '$' if number else '' >>?",
        points=1,
    )
    def output(self) -> Array:
        """Σ_j w_j v_j."""
        return self.mix(exp(self.row))

    @output.misconception(
        "You gave weight to nothing but the largest score; softmax leaves every token a share."
    )
    def takes_the_largest_only(self) -> Array:
        """The value with the largest score, or the mean of several."""
        sizes = entries(exp(self.row) if self.rational else self.row)
        return self.mix(array([int(each == max(sizes)) for each in sizes]))

    @output.misconception(
        "You gave every token the same weight. The scores are not all equal, so neither are the "
        "weights."
    )
    def spreads_evenly(self) -> Array:
        """The mean of the values."""
        return self.mix(array([1] * len(self.values)))

    @output.misconception(
        "You left out the division by the sum of the powers of $e$, so that the weights do not "
        "sum to 1."
    )
    def forgets_to_normalise(self) -> Array:
        """Σ_j e^{s_j} v_j."""
        return self.sum_of(exp(self.row))

    @output.misconception(
        "You used the scores as weights. First take $e$ to the power of each, then divide by the "
        "sum."
    )
    def takes_the_scores_as_weights(self) -> Array | None:
        """Σ_j s_j v_j; not for logarithms, which nobody leaves so."""
        if self.rational:
            return None
        return self.sum_of(self.row)

    @output.misconception(
        "You divided the scores by their sum; first take $e$ to the power of each."
    )
    def divides_by_the_sum_of_scores(self) -> Array | None:
        """s / Σ s for the weights."""
        return None if self.rational else self.mix(self.row)

    @output.misconception(
        "Those are the weights. The output mixes the << 'tokens' if is_plain else 'values' >> "
        "with them and has << values.shape[1] >> entries."
    )
    def gives_the_weights(self) -> Array:
        """w_1, …, w_n."""
        powers = exp(self.row)
        return divide(powers, sum(entries(powers)))

    @output.misconception(
        "You left token << number >> itself out. Nothing is masked: a token attends to itself, too."
    )
    def leaves_itself_out(self) -> Array | None:
        """The sum over the others."""
        if not self.number:
            return None
        kept = enumerate(entries(exp(self.row)), start=1)
        return self.mix(array([0 if place == self.number else power for place, power in kept]))

    @output.misconception(
        "You masked the tokens after token << number >>. Here nothing is masked: each token "
        "attends to all."
    )
    def masks_unasked(self) -> Array | None:
        """j ≤ i only; the same for the last token."""
        if self.number in (0, len(self.values)):
            return None
        kept = enumerate(entries(exp(self.row)), start=1)
        return self.mix(array([power if place <= self.number else 0 for place, power in kept]))

    @output.misconception(
        "You left out the scaling: the products are divided by $\\sqrt{d_k} = << divisor >>$ first."
    )
    def forgets_to_scale(self) -> Array | None:
        """Softmax of the products."""
        return None if self.divisor == 1 else self.mix(exp(self.products))

    @output.misconception(
        "You divided by $d_k = << divisor * divisor >>$; the products are divided by its square "
        "root, << divisor >>."
    )
    def divides_by_d(self) -> Array | None:
        """Products over d_k."""
        if self.divisor == 1:
            return None
        return self.mix(exp(divide(self.products, self.divisor**2)))

    @output.misconception(
        "You divided by $\\sqrt{d_k} = << divisor >>$ after softmax. The scores are scaled, not "
        "the weights, which sum to 1."
    )
    def scales_after_softmax(self) -> Array | None:
        """Softmax of the products, then over √d_k."""
        if self.divisor == 1:
            return None
        return divide(self.mix(exp(self.products)), self.divisor)

    @output.misconception(
        "You divided by the sum over the whole table of scores. The weights of each output have a "
        "sum of their own."
    )
    def normalises_over_everything(self) -> Array | None:
        """One sum for all of S, where all of it is given."""
        if not self.is_plain:
            return None
        whole = entries(exp(scores(self.values, self.values)))
        return divide(self.sum_of(exp(self.row)), sum(whole))

    @output.misconception(
        "You computed $y_<< following >>$; the weights of $y_<< number >>$ come from the scores of "
        "$x_<< number >>$."
    )
    def takes_another_query(self) -> Array | None:
        """The output of the next token, or, after the last, of the first."""
        if not self.is_plain:
            return None
        return self.mix(exp(matvec(self.values, self.values[self.following - 1])))

    @output.misconception(
        "You paired the weights with the values from the other end. The weight of $v_j$ is that of "
        "score $j$."
    )
    def pairs_from_the_other_end(self) -> Array | None:
        """w_3 v_1 + … + w_1 v_3, for weights that are fractions; the same if w_1 is w_3."""
        row = entries(self.row)
        if not self.rational or row[0] == row[-1]:
            return None
        return self.mix(exp(array(row[::-1])))

    @output.misconception(
        "You gave the smallest score the largest weight: the power is $e^{s}$, not $e^{-s}$."
    )
    def reverses_the_weights(self) -> Array:
        """e^{−s}."""
        return self.mix(array([ratio(1, power) for power in entries(exp(self.row))]))


def keys_with(query: tuple[int, ...], score: int) -> list[tuple[int, ...]]:
    """The keys of small integers whose inner product with the query is the score."""
    pairs = product(range(-1, 3), repeat=len(query))
    return [key for key in pairs if sum(map(mul, query, key)) == score]
