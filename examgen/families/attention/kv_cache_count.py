"""How much a key-value cache saves when a text is processed token by token."""

from collections.abc import Callable
from random import Random
from typing import Self

from examgen.nn.attention import (
    scores_for_cached_step,
    scores_recomputed,
    total_scores_cached,
    total_scores_recomputed,
)
from examgen.questions.family import family
from examgen.questions.figures import Figure, Mask
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work


@family(
    title="The cost of new tokens with and without a cache",
    minutes=(2, 2, 3),
    tags=(
        "lecture-27",
        "idea-counted-scores",
    ),
)
class KvCacheCount:
    """Scores for one token, for a whole text, or for tokens after a prompt.

    `tokens` arrive after `prompt` others; without a cache all scores so far are computed again,
    `masked` ones too or not. Where a `width` is given, multiply–adds are counted, not scores.
    """

    prompt: int
    tokens: int
    cached: bool
    masked: bool = False
    width: int = 0

    stem = r"""
    A layer of causal self-attention with one head gets the tokens of a text one after the other:

    $$
    y_i = \sum_{j \le i} w_{ij} v_j, \qquad
    w_{ij} = \frac{e^{\langle q_i, k_j \rangle}}{\sum_{l \le i} e^{\langle q_i, k_l \rangle}}
    $$

    <% if width %>
    Queries, keys and values have << width >> entries. A *multiply–add* is one multiplication
    together with one addition: a score $\langle q_i, k_j \rangle$ takes << width >> of them, and so
    does a term $w_{ij} v_j$ of the sum.
    <% else %>
    A *score* is one inner product $\langle q_i, k_j \rangle$.
    <% endif %>
    <% if cached %>
    The keys and values of all earlier tokens are cached, and nothing that stays the same is
    computed again.
    <% elif masked %>
    Nothing is cached: each time a token arrives, the scores of *all* queries so far with *all* keys
    so far are computed anew, and only then are those with $j > i$ masked.
    <% else %>
    Nothing is cached: each time a token arrives, the outputs of all tokens so far are computed
    anew, but no score with $j > i$ is.
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """One token, a whole text, or some tokens after a prompt."""
        cached, masked = rng.choice([*[(True, False)] * 3, (False, False), (False, True)])
        if level == "easy":
            return cls(rng.randint(3, 9), 1, cached, masked)
        if level == "medium":
            return cls(0, rng.randint(5, 15 if cached else 9), cached, masked)
        if not cached:
            return cls(rng.randint(3, 9), rng.randint(2, 3), cached, masked)
        width = rng.choice([0, 4, 8, 10])
        return cls(rng.randint(5, 20), rng.randint(3, 5), cached, masked, width)

    @property
    def figure(self) -> Figure:
        """The causal mask, in outline: its cells are not those to be counted."""
        shown = ("1", "2", "…", "i") if self.last == 5 else ("1", "2", "3", "…", "i")
        return Mask.causal(shown)

    @property
    def last(self) -> int:
        """How many tokens there are in the end."""
        return self.prompt + self.tokens

    @property
    def is_whole_text(self) -> bool:
        """Whether all tokens are counted, from the first on."""
        return not self.prompt

    @property
    def lengths(self) -> range:
        """How many tokens there are after each of the new ones."""
        return range(self.prompt + 1, self.last + 1)

    @property
    def scores(self) -> int:
        """All scores that are computed."""
        return self.total(self.tokens, self.prompt)

    @property
    def steps(self) -> list[int]:
        """The scores for each of the new tokens."""
        return [self.step(length) for length in self.lengths]

    @property
    def written_steps(self) -> list[str]:
        """How the scores of each step without a cache come about, for the worked solution."""
        if self.masked:
            return [f"{length}^2" for length in self.lengths]
        return [rf"\frac{{{length} \cdot {length + 1}}}{{2}}" for length in self.lengths]

    def step(self, length: int) -> int:
        """The scores that are computed when there are so many tokens."""
        if self.cached:
            return scores_for_cached_step(length)
        return scores_recomputed(length, causal=not self.masked)

    def total(self, tokens: int, prompt: int) -> int:
        """The scores for so many tokens after a prompt."""
        if self.cached:
            return total_scores_cached(tokens, prompt=prompt)
        return total_scores_recomputed(tokens, causal=not self.masked, prompt=prompt)

    def cost(self, scores: int) -> int:
        """What so many scores, and as many terms of sums, count."""
        return scores * (2 * self.width or 1)

    def over(self, scores: Callable[[int], int]) -> int:
        """The cost if a token makes *scores* of the number of tokens there are with it."""
        return self.cost(sum(map(scores, self.lengths)))

    @property
    def work(self) -> Work:
        """The steps, each at least a look at the rule, and their sum."""
        each = Work(lookups=1) if self.cached else Work(1 if self.masked else 2, 0, 1)
        return each * self.tokens + Work(2 if self.width else 0, self.tokens - 1)

    @part(
        "<% if tokens == 1 %>"
        "<< prompt >> tokens have been processed. How many scores are computed when token "
        "<< last >> arrives?"
        "<% else %>"
        "<% if prompt %>"
        "<< prompt >> tokens have been processed; their cost is not counted. Then << tokens >> "
        "more are processed, the last one included. "
        "<% else %>"
        "A text of << tokens >> tokens is processed, from the first to the last. "
        "<% endif %>"
        "<% if width %>"
        "How many multiply–adds do the scores and the sums take for the << tokens >> tokens?"
        "<% else %>"
        "How many scores are computed for the << tokens >> tokens together?"
        "<% endif %>"
        "<% endif %>",
        points=1,
        counts=True,
    )
    def count(self) -> int:
        """Σ n with a cache, Σ n(n + 1)/2 or Σ n² without, n the tokens there are."""
        return self.cost(self.scores)

    @count.misconception(
        "You computed all scores anew, masked ones too. Earlier rows do not change: only the new "
        "query meets the keys."
    )
    def recomputes_every_score(self) -> int | None:
        """n² for the n of a cached step."""
        return self.over(lambda n: scores_recomputed(n, causal=False)) if self.cached else None

    @count.misconception(
        "<% if tokens == 1 %>You counted the scores of the earlier queries as well, anew or from "
        "the steps before.<% else %>You computed the scores of the earlier queries anew."
        "<% endif %> Their outputs do not change: only the new query meets the keys."
    )
    def recomputes_the_triangle(self) -> int | None:
        """n(n + 1)/2 for the n of a cached step."""
        return self.over(lambda n: scores_recomputed(n, causal=True)) if self.cached else None

    @count.misconception(
        "You let the earlier queries meet the new key, too. The mask keeps them from it: only the "
        "new query computes scores."
    )
    def fills_the_column_too(self) -> int | None:
        """A row and a column, 2n − 1; over a whole text that squares the total."""
        if not self.cached or self.is_whole_text:
            return None
        return self.over(lambda n: 2 * n - 1)

    @count.misconception(
        "<% if is_whole_text %>That is one score for each token, and the last token's cost alone. "
        "Add up the costs of all: a query meets every key so far, cached or not."
        "<% else %>You counted one score for a new token. Its query meets every key so far, cached "
        "or not.<% endif %>"
    )
    def counts_one_score(self) -> int | None:
        """1 for n."""
        return self.over(lambda _: 1) if self.cached else None

    @count.misconception(
        "You left <% if is_whole_text %>out the last token, which is processed like the others, or "
        "each token's score with itself<% else %>the new token's score with itself out<% endif %>: "
        "$j \\le i$ includes $j = i$."
    )
    def leaves_the_new_token_out(self) -> int | None:
        """n − 1 for n."""
        return self.over(lambda n: n - 1) if self.cached else None

    @count.misconception(
        "You left the score of each token with itself out: a query meets its own key, too."
    )
    def leaves_itself_out(self) -> int | None:
        """n(n − 1)/2, or n(n − 1) with the masked ones."""
        return None if self.cached else self.over(lambda n: self.step(n) - n)

    @count.misconception(
        "That is what a cache would leave to do. Here nothing is cached, so the scores of the "
        "earlier queries are computed again."
    )
    def uses_the_cache(self) -> int | None:
        """n for every query's scores."""
        return None if self.cached else self.over(scores_for_cached_step)

    @count.misconception(
        "You counted masked scores, too. Here no score with $j > i$ is computed, which leaves "
        "$n (n + 1) / 2$ of $n^2$."
    )
    def forgets_the_mask(self) -> int | None:
        """n² for n(n + 1)/2."""
        if self.cached or self.masked:
            return None
        return self.over(lambda n: scores_recomputed(n, causal=False))

    @count.misconception(
        "You left the masked scores out. Here they are computed like all others and masked "
        "afterwards."
    )
    def skips_the_masked_scores(self) -> int | None:
        """n(n + 1)/2 for n²."""
        return self.over(lambda n: scores_recomputed(n, causal=True)) if self.masked else None

    @count.misconception(
        "You counted each token like the last one. The first of them meets fewer tokens: add "
        "up what each of them costs."
    )
    def squares_the_total(self) -> int | None:
        """m times the last step."""
        return None if self.tokens == 1 else self.over(lambda _: self.step(self.last))

    @count.misconception("That is the last token's cost alone; add those of the others before it.")
    def counts_the_last_step_only(self) -> int | None:
        """The last step for all; with a cache, over a whole text, that is one score a token."""
        if self.tokens == 1 or (self.cached and self.is_whole_text):
            return None
        return self.cost(self.step(self.last))

    @count.misconception(
        "You added the cost of the first << prompt >> tokens, which were processed before."
    )
    def counts_the_earlier_steps(self) -> int | None:
        """The prompt's own cost, too; of one cached step that is the triangle."""
        if not self.prompt or (self.cached and self.tokens == 1):
            return None
        return self.cost(self.total(self.last, 0))

    @count.misconception(
        "You left the first << prompt >> tokens out. The new queries meet their keys, too."
    )
    def forgets_the_prompt(self) -> int | None:
        """As if the text began with the new tokens."""
        if self.tokens == 1 or not self.prompt:
            return None
        return self.cost(self.total(self.tokens, 0))

    @count.misconception("You left the last token out; it is processed like the others.")
    def leaves_the_last_token_out(self) -> int | None:
        """One token fewer; with a cache, over a whole text, that is one score less a token."""
        if self.cached and self.is_whole_text:
            return None
        if self.tokens > 1:
            return self.cost(self.total(self.tokens - 1, self.prompt))
        return None if self.cached else self.step(self.last - 1)

    @count.misconception(
        "You counted one token more: with the last one there are << last >>, and the token after "
        "it is not processed."
    )
    def counts_the_next_token_too(self) -> int:
        """One token more."""
        if self.tokens > 1:
            return self.cost(self.total(self.tokens + 1, self.prompt))
        return self.step(self.last + 1)

    @count.misconception(
        "You counted the scores alone. The sum takes << width >> multiply–adds for each of its "
        "terms as well."
    )
    def forgets_the_weighted_sum(self) -> int | None:
        """d for 2d."""
        return self.scores * self.width if self.width else None

    @count.misconception(
        "You counted scores. Each takes << width >> multiply–adds, and so does each term of the "
        "sum."
    )
    def counts_scores_only(self) -> int | None:
        """1 for 2d."""
        return self.scores if self.width else None
