"""One more token of a causal attention layer by hand, from cached keys and values."""

from random import Random
from typing import Self

from examgen.exact import Array, array, entries, exp, ln
from examgen.families.attention._mixture import mixture
from examgen.families.attention._proportions import proportions, without_smallest
from examgen.families.attention._small_scores import MATRICES, TOKENS, draw_step
from examgen.nn import attention
from examgen.nn.dense import matvec, transpose
from examgen.questions.family import family
from examgen.questions.figures import Figure
from examgen.questions.levels import Level
from examgen.questions.parts import SLIP, STEP, part
from examgen.questions.work import Work, work_of_product

LARGEST_VALUE = 4
TRANSPOSED = (
    "You multiplied by the transposed matrix: an entry of $x W$ is $x$ times a *column* of $W$."
)


@family(
    title="A new token with a cache, by hand",
    minutes=(12, 13, 14),
    conventions=("attention", "causal", "indices", "exact"),
    tags=(
        "lecture-23",
        "lecture-27",
        "idea-projections",
        "idea-causal-row",
        "idea-counted-scores",
        "idea-cache",
    ),
)
class LongDecodeWithCache:
    """y_n = softmax(q_n Kᵀ) V for the newest token n, whose predecessors left keys and values.

    The entries of W_Q are integers, or multiples of ln 2 and ln 3: then all weights are fractions.
    Later, when there are `prompt` tokens, `more` follow; `masked` says whether scores under the
    mask are computed where nothing is cached. In the end token `replaced`, from 1, is another one;
    never the last, after which there is no further output.
    """

    x: Array
    w_q: Array
    w_k: Array
    w_v: Array
    old_keys: Array
    old_values: Array
    layers: int
    prompt: int
    more: int
    replaced: int
    masked: bool = False

    stem = r"""
    A layer of causal self-attention reads a text token by token. From the tokens
    $x_1, \dots, x_<< cached >>$ it has kept the keys and values, the rows of

    $$
    K = << old_keys >>, \qquad V = << old_values >>
    $$

    Now token $x_<< number >>$ arrives:

    $$
    x_<< number >> = << x >>, \qquad
    W_Q = << w_q >>, \quad W_K = << w_k >>, \quad W_V = << w_v >>
    $$

    $$
    q_<< number >> = x_<< number >> W_Q, \quad k_<< number >> = x_<< number >> W_K, \quad
    v_<< number >> = x_<< number >> W_V
    $$

    The scores $s_j = \langle q_<< number >>, k_j \rangle$ with $j \le << number >>$ are not scaled;
    softmax makes the weights $w_j$ of them, and
    $y_<< number >> = \sum_{j \le << number >>} w_j v_j$. Write vectors as lists, such as $[1, 2]$.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Three tokens before the new one, or four at the hard level."""
        cached = 4 if level == "hard" else 3
        logarithms = level == "medium" or (level == "hard" and rng.random() < 0.5)
        primes: tuple[int, ...] = rng.choice([(2, 3), (3, 2)]) if logarithms else ()
        token, keys, w_q, w_k = draw_step(rng, cached, primes)
        units = [ln(prime) for prime in primes] or [1, 1]
        columns = [[entry * unit for entry in w] for w, unit in zip(w_q, units, strict=True)]
        return cls(
            x=array(token),
            w_q=transpose(array(columns)),
            w_k=transpose(array(w_k)),
            w_v=transpose(array(rng.choice([each for each in MATRICES if each not in (w_q, w_k)]))),
            old_keys=array(keys),
            old_values=array(rng.sample(TOKENS, cached)),
            layers=1 if level == "easy" else rng.randint(2, 6),
            prompt=rng.randint(6, 12),
            more=rng.randint(2, 4),
            replaced=rng.randint(1, cached),
            masked=level != "easy" and rng.random() < 0.5,
        )

    def worth_asking(self) -> bool:
        """The values are small, and in no column alike: that column would need no weights."""
        new = entries(self.project(self.w_v))
        columns = [
            [*column, each] for column, each in zip(self.old_values.T.tolist(), new, strict=True)
        ]
        return all(len(set(each)) > 1 and max(map(abs, each)) <= LARGEST_VALUE for each in columns)

    @property
    def figure(self) -> Figure:
        """The output, and the values that it is made of."""
        return mixture("v", self.number, self.number, one_row=True)

    @property
    def cached(self) -> int:
        """How many tokens came before."""
        return len(self.old_keys)

    @property
    def number(self) -> int:
        """The number of the new token, and of all tokens with it."""
        return self.cached + 1

    @property
    def last(self) -> int:
        """The number of tokens after those that follow."""
        return self.prompt + self.more

    @property
    def width(self) -> int:
        """The entries of a key, and of a value."""
        return int(self.old_keys.shape[1])

    @property
    def rational(self) -> bool:
        """Whether the scores are logarithms, so that the weights are fractions."""
        return not all(isinstance(entry, int) for entry in entries(self.w_q))

    @property
    def lengths(self) -> range:
        """How many tokens there are after each of those that follow."""
        return range(self.prompt + 1, self.last + 1)

    @property
    def work(self) -> Work:
        """Three projections, a row of scores, its softmax and mixture, and three counts."""
        row, matrices = array([self.x]), (self.w_q, self.w_k, self.w_v)
        projections = sum((work_of_product(row, each) for each in matrices), Work())
        scores = work_of_product(array([*self.old_keys, self.x]), self.project(self.w_q))
        softmax = Work(0, 2 * self.number, 2 * self.number)
        mixing = Work(self.number // 2, self.number, 1) * self.width
        counts = Work(2, 2, 2) + Work(1, self.more, 1) + Work(3, 1, 2) + Work(lookups=2)
        return projections + scores + softmax + mixing + counts

    def project(self, w: Array) -> Array:
        """x W for the new token."""
        return matvec(transpose(w), self.x)

    def with_old(self, old: Array, new: Array) -> Array:
        """The rows of a cache with the new token's below."""
        return array([*old.tolist(), new.tolist()])

    def before_powers(self, scores: Array) -> Array:
        """e^s where these are fractions, else the scores less the smallest; for the solution."""
        return exp(scores) if self.rational else without_smallest(scores)

    def shares(self, scores: Array) -> Array:
        """Numbers in the proportions of the weights, for the worked solution."""
        return proportions(scores, rational=self.rational)

    @part("Compute the query $q_<< number >>$.", points=1)
    def query(self) -> Array:
        """x W_Q."""
        return self.project(self.w_q)

    @query.misconception(TRANSPOSED, credit=SLIP)
    def transposes_the_query_matrix(self) -> Array:
        """x W_Qᵀ."""
        return self.project(transpose(self.w_q))

    @part("Compute the key $k_<< number >>$.", points=1)
    def key(self) -> Array:
        """x W_K."""
        return self.project(self.w_k)

    @key.misconception(TRANSPOSED, credit=SLIP)
    def transposes_the_key_matrix(self) -> Array:
        """x W_Kᵀ."""
        return self.project(transpose(self.w_k))

    @part("Compute the value $v_<< number >>$.", points=1)
    def value(self) -> Array:
        """x W_V."""
        return self.project(self.w_v)

    @value.misconception(TRANSPOSED, credit=SLIP)
    def transposes_the_value_matrix(self) -> Array:
        """x W_Vᵀ."""
        return self.project(transpose(self.w_v))

    @part("Compute the scores $s_1, \\dots, s_<< number >>$.", points=3)
    def scores(self, query: Array, key: Array) -> Array:
        """⟨q_n, k_j⟩ for all keys so far, the new one last."""
        return matvec(self.with_old(self.old_keys, key), query)

    @scores.misconception(
        "You left the new token's score with itself out: $j \\le << number >>$ includes "
        "$j = << number >>$.",
        credit=SLIP,
    )
    def leaves_the_new_token_out(self, query: Array) -> Array:
        """The scores with the cached keys alone."""
        return matvec(self.old_keys, query)

    @scores.misconception(
        "You took the token itself for its query; $q_<< number >>$ is needed.", credit=STEP
    )
    def uses_the_token_for_the_query(self, key: Array) -> Array | None:
        """⟨x_n, k_j⟩; integers where the right scores are logarithms."""
        return None if self.rational else matvec(self.with_old(self.old_keys, key), self.x)

    @scores.misconception(
        "You multiplied the query by the values; scores compare it with *keys*.", credit=STEP
    )
    def multiplies_by_the_values(self, query: Array, value: Array) -> Array:
        """⟨q_n, v_j⟩."""
        return matvec(self.with_old(self.old_values, value), query)

    @part("Compute the weights $w_1, \\dots, w_<< number >>$.", points=4)
    def weights(self, scores: Array) -> Array:
        """Softmax of the scores."""
        return attention.softmax_row(scores)

    @weights.misconception(
        "You did not normalise: divide each power of $e$ by their sum, so that the weights sum "
        "to 1.",
        credit=STEP,
    )
    def forgets_to_normalise(self, scores: Array) -> Array:
        """e^{s_j}."""
        return exp(scores)

    @weights.misconception(
        "You gave the new token no weight; it attends to itself, too.", credit=SLIP
    )
    def masks_itself_too(self, scores: Array) -> Array:
        """Softmax of the others, and 0."""
        return array([*attention.softmax_row(scores[:-1]).tolist(), 0])

    @part("Compute the output $y_<< number >>$.", points=3)
    def output(self, weights: Array, value: Array) -> Array:
        """Σ_j w_j v_j."""
        return self.mix(weights, self.with_old(self.old_values, value))

    @output.misconception(
        "You mixed the keys; they only serve for the scores, and the *values* are mixed.",
        credit=STEP,
    )
    def mixes_the_keys(self, weights: Array, key: Array) -> Array:
        """Σ_j w_j k_j."""
        return self.mix(weights, self.with_old(self.old_keys, key))

    @output.misconception(
        "You mixed only the cached values; $v_<< number >>$ has a weight as well.", credit=SLIP
    )
    def forgets_the_new_value(self, weights: Array) -> Array:
        """The sum without its last term."""
        return self.mix(weights[:-1], self.old_values)

    def mix(self, weights: Array, values: Array) -> Array:
        """The values times their weights, added up."""
        return matvec(transpose(values), weights)

    @part(
        "The text goes on. Later, when << prompt >> tokens have been processed and cached, "
        "<< more >> more follow. How many scores does the layer compute for these << more >> "
        "together?",
        points=2,
        counts=True,
    )
    def further_scores(self) -> int:
        """Σ i over the numbers of tokens there are."""
        return attention.total_scores_cached(self.more, prompt=self.prompt)

    @further_scores.misconception(
        "You counted one score for a token. Its query meets every key so far, cached or not."
    )
    def counts_one_score(self) -> int:
        """One a token."""
        return self.more

    @further_scores.misconception(
        "You forgot the << prompt >> tokens before: the new queries meet their keys, too.",
        credit=STEP,
    )
    def forgets_the_prompt(self) -> int:
        """As if the text began with the new tokens."""
        return attention.total_scores_cached(self.more)

    @further_scores.misconception(
        "You counted the keys of the first << prompt >> tokens only. The new tokens have keys as "
        "well, each of which it and those after it meet.",
        credit=STEP,
    )
    def meets_the_prompt_only(self) -> int:
        """The scores with what was cached before."""
        return self.more * self.prompt

    @further_scores.misconception(
        "You left the scores of the new tokens with themselves out: a query meets its own key as "
        "well.",
        credit=SLIP,
    )
    def leaves_the_new_tokens_out(self) -> int:
        """i − 1 for i."""
        return attention.total_scores_cached(self.more, prompt=self.prompt - 1)

    @further_scores.misconception(
        "You counted each token like the last one; the first of them meets fewer keys.", credit=STEP
    )
    def squares_the_total(self) -> int:
        """The last step's scores for all."""
        return self.more * self.last

    @further_scores.misconception(
        "You computed all scores anew for each token. Here the keys are cached, and what the "
        "earlier queries gave does not change: only the new query meets the keys."
    )
    def recomputes_every_score(self) -> int:
        """Σ n² over the numbers of tokens there are."""
        return self.recomputed(causal=False)

    @further_scores.misconception(
        "You computed the scores of the earlier queries anew. Their outputs do not change: only "
        "the new query meets the keys."
    )
    def recomputes_the_triangle(self) -> int:
        """Σ n(n + 1)/2 over the numbers of tokens there are."""
        return self.recomputed(causal=True)

    def recomputed(self, *, causal: bool) -> int:
        """The scores of all tokens each time that one of those that follow arrives."""
        arrivals = range(self.prompt + 1, self.last + 1)
        return sum(attention.scores_recomputed(each, causal=causal) for each in arrivals)

    @part(
        "Suppose nothing is cached: when the first of these << more >> tokens arrives, the outputs "
        "of all << prompt + 1 >> tokens, the new one included, are computed anew"
        "<% if masked %>, with all scores $\\langle q_i, k_j \\rangle$, those with $j > i$ "
        "included (they are computed, then masked)"
        "<% else %>, but no score with $j > i$ is<% endif %>. How many scores does that take?",
        points=2,
        counts=True,
    )
    def scores_without_cache(self) -> int:
        """n², or n(n + 1)/2 where those under the mask are left out."""
        return attention.scores_recomputed(self.prompt + 1, causal=not self.masked)

    @scores_without_cache.misconception(
        "That is the work with a cache, where only the new query meets the keys."
    )
    def uses_the_cache(self) -> int:
        """n."""
        return attention.scores_for_cached_step(self.prompt + 1)

    @scores_without_cache.misconception(
        "<% if masked %>You left the masked scores out; here they are computed as well."
        "<% else %>You counted masked scores, too; here no score with $j > i$ is computed."
        "<% endif %>",
        credit=STEP,
    )
    def mistakes_the_mask(self) -> int:
        """n² for n(n + 1)/2, and the other way round."""
        return attention.scores_recomputed(self.prompt + 1, causal=self.masked)

    @scores_without_cache.misconception(
        "You left the score of each token with itself out: $j \\le i$ includes $j = i$.",
        credit=SLIP,
    )
    def leaves_itself_out(self) -> int:
        """n fewer."""
        return (
            attention.scores_recomputed(self.prompt + 1, causal=not self.masked) - self.prompt - 1
        )

    @part(
        "<% if layers == 1 %>How many numbers does the cache hold<% else %>A network has "
        "<< layers >> such layers, each with a cache of its own. How many numbers do they hold "
        "together<% endif %> "
        "once these << more >> tokens have been processed as well?",
        points=2,
        counts=True,
    )
    def cache_size(self) -> int:
        """2 N d numbers a layer."""
        return attention.cached_numbers(self.last, self.width, layers=self.layers)

    @cache_size.misconception(
        "That is half of it. The cache holds keys *and* values, and of each vector all "
        "<< width >> entries.",
        credit=SLIP,
    )
    def caches_keys_only(self) -> int:
        """N d; as many as there are vectors, since d is 2."""
        return self.last * self.width * self.layers

    @cache_size.misconception(
        "You kept the queries, too. A query is used for its own token's row, and never again.",
        credit=SLIP,
    )
    def caches_the_queries_too(self) -> int:
        """3 N d."""
        return 3 * self.last * self.width * self.layers

    @cache_size.misconception("You counted one layer; there are << layers >>.", credit=STEP)
    def counts_one_layer(self) -> int | None:
        """2 N d of one layer."""
        if self.layers == 1:
            return None
        return attention.cached_numbers(self.last, self.width)

    @part(
        "In the single layer above, with << number >> tokens, token $x_<< replaced >>$ is now "
        "replaced by another vector. Of which tokens do key and value have to be computed anew? "
        "Give the set of their numbers.",
        points=1,
        values=3,
    )
    def stale(self) -> frozenset[int]:
        """The token's own: a key and a value are made of one token alone."""
        return frozenset({self.replaced})

    @stale.misconception(
        "Those are the *outputs* that can change. A key or value is made of its own token alone."
    )
    def takes_outputs_for_keys(self) -> frozenset[int]:
        """Every token from that one on: more than one, as the last is not replaced."""
        return frozenset(range(self.replaced, self.number + 1))

    @stale.misconception(
        "You gave up the whole cache. A key or value is made of its own token alone."
    )
    def changes_every_pair(self) -> frozenset[int]:
        """All tokens."""
        return frozenset(range(1, self.number + 1))
