"""An attention mask written as a matrix of 0 and 1."""

from random import Random
from typing import Self

from examgen.exact import Array, array
from examgen.nn.masks import Rule, causal, mask_matrix, one_text, packed, window
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work


@family(
    title="An attention mask as a matrix",
    minutes=2,
    conventions=("attention", "indices"),
    tags=("lecture-26",),
)
class CausalMaskMatrix:
    """The causal mask, one with a window, or one for two texts in a row.

    1 says that a query may attend, or, where `ones_hide`, that it may not. `first_text` and
    `width` are 0 where there is one text and no window; with `sink` token 1 is always seen.
    """

    tokens: int
    ones_hide: bool
    first_text: int = 0
    width: int = 0
    sink: bool = False

    stem = r"""
    The mask of << tokens >> tokens is written as a matrix $M$ of size
    $<< tokens >> \times << tokens >>$. Row $i$ belongs to query $i$, column $j$ to key $j$, and
    <% if ones_hide %>
    $M_{ij} = 1$ says that the score is **masked**, $M_{ij} = 0$ that token $i$ may attend to token
    $j$.
    <% else %>
    $M_{ij} = 1$ says that token $i$ **may attend** to token $j$, $M_{ij} = 0$ that the score is
    masked.
    <% endif %>

    <% if first_text %>
    Two texts are packed into one sequence: the first << first_text >> tokens are one text, the last
    << tokens - first_text >> another. Attention is causal within each text: a token may attend to
    itself and to the tokens before it in its own text, but to no other.
    <% elif width %>
    A token may attend to itself<< "," if sink else " and" >> to the << before >> directly before it
    <%- if width > 2 %> (where there are so many)<% endif %>
    <%- if sink %>, and to token 1<% endif %>, but to no other.
    <% else %>
    Attention is causal: a token may attend to itself and to all tokens before it, but to none
    after it.
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Few enough tokens to write the matrix down."""
        ones_hide = rng.choice([False, True])
        if level == "easy":
            return cls(rng.choice([3, 4, 5, 6]), ones_hide)
        width = rng.choice([2, 3])
        if level == "medium":
            return cls(rng.choice([4, 5]), ones_hide, width=width)
        tokens = rng.choice([5, 6])
        if rng.random() < 0.5:
            return cls(tokens, ones_hide, width=width, sink=True)
        return cls(tokens, ones_hide, first_text=rng.randint(2, tokens - 2))

    def plausible(self, wrong: Array) -> bool:
        """Whether token 1 may attend to any: the first row is seen at a glance."""
        hidden = int(self.ones_hide)
        return any(each != hidden for each in wrong[0])

    @property
    def rule(self) -> Rule:
        """Which query may attend to which key."""
        if self.first_text:
            return packed(self.first_text)
        return window(self.width, int(self.sink)) if self.width else causal

    @property
    def before(self) -> str:
        """The tokens before it that a token sees, in words."""
        return "token" if self.width == 2 else f"{self.width - 1} tokens"

    @property
    def seen(self) -> list[str]:
        """The keys that each query may attend to, for the worked solution."""
        numbers = range(1, self.tokens + 1)
        return [", ".join(str(j) for j in numbers if self.rule(i, j)) for i in numbers]

    @property
    def work(self) -> Work:
        """A rule for each row, and its entries to be written."""
        return Work(additions=self.tokens, lookups=3 * self.tokens)

    def written(self, rule: Rule) -> Array:
        """The matrix of a rule, in the way that the stem writes it."""
        found = mask_matrix(self.tokens, rule)
        return array(1 - found) if self.ones_hide else found

    @part(
        "Which is $M$?",
        points=1,
        solution=r"""
<% if first_text %>
Query $i$ sees the keys $j \le i$ of its own text:
<% elif width %>
A query sees << width >> keys at most, the last of which is its own<< ", and token 1 besides"
if sink else "" >>:
<% else %>
Query $i$ sees the keys $j \le i$:
<% endif %>

$$
\begin{aligned}
<% for keys in seen %>
\text{query } << loop.index >>: \quad & << keys >> \\
<% endfor %>
\end{aligned}
$$

<% if ones_hide %>
All others are masked, and these are the ones:
<% else %>
These are the ones; all others are masked:
<% endif %>

$$
M = << answer >>
$$
""",
    )
    def matrix(self) -> Array:
        """1 or 0 by the rule."""
        return self.written(self.rule)

    @matrix.misconception(
        "You exchanged 0 and 1. Here 1 stands where a score is "
        "<< 'masked' if ones_hide else 'not masked' >>.",
        typical=True,
    )
    def exchanges_zero_and_one(self) -> Array:
        """The complement."""
        return self.written(lambda i, j: not self.rule(i, j))

    @matrix.misconception("You masked the diagonal as well: every token may attend to itself.")
    def masks_itself_too(self) -> Array:
        """No i = j."""
        return self.written(lambda i, j: i != j and self.rule(i, j))

    @matrix.misconception(
        "You exchanged rows and columns, and so let tokens see those after them. Row $i$ belongs "
        "to query $i$."
    )
    def swaps_query_and_key(self) -> Array:
        """The rule of key i and query j."""
        return self.written(lambda i, j: self.rule(j, i))

    @matrix.misconception(
        "You let each token see itself only. It may attend to tokens before it as well."
    )
    def attends_to_itself_only(self) -> Array:
        """The diagonal alone."""
        return self.written(lambda i, j: i == j)

    @matrix.misconception(
        "You hid each token's own score and nothing else. A token may attend to itself, and what "
        "comes after it is masked."
    )
    def masks_only_itself(self) -> Array | None:
        """Everything but the diagonal."""
        if self.first_text or self.width:
            return None
        return self.written(lambda i, j: i != j)

    @matrix.misconception(
        "You let each token see the one after it, too. It sees those up to itself: the diagonal is "
        "the last."
    )
    def sees_the_next_token(self) -> Array | None:
        """j ≤ i + 1."""
        if self.first_text or self.width:
            return None
        return self.written(lambda i, j: j <= i + 1)

    @matrix.misconception(
        "You hid token 1 from the others. It comes before them, so all may see it."
    )
    def hides_the_first_token(self) -> Array | None:
        """j ≤ i, but 1 by itself alone."""
        if self.first_text or self.width:
            return None
        return self.written(lambda i, j: j <= i and (j > 1 or i == 1))

    @matrix.misconception(
        "You let the second text see the first. The texts have nothing to do with each other: "
        "token << first_text + 1 >> sees itself only."
    )
    def forgets_the_boundary(self) -> Array | None:
        """Causal, as in one text."""
        return self.written(causal) if self.first_text else None

    @matrix.misconception(
        "You let each token see all of its text. Within a text attention is causal: nothing after "
        "a token is seen."
    )
    def forgets_the_mask(self) -> Array | None:
        """All pairs within a text."""
        if not self.first_text:
            return None
        return self.written(lambda i, j: one_text(i, j, self.first_text))

    @matrix.misconception(
        "You ended the first text one token too early; it has << first_text >> tokens."
    )
    def ends_the_first_text_early(self) -> Array | None:
        """A boundary after the token before."""
        return self.written(packed(self.first_text - 1)) if self.first_text else None

    @matrix.misconception(
        "You ended the first text one token too late; it has << first_text >> tokens."
    )
    def ends_the_first_text_late(self) -> Array | None:
        """A boundary after the next token."""
        return self.written(packed(self.first_text + 1)) if self.first_text else None

    @matrix.misconception(
        "You let tokens see the other text only. They see their own, up to themselves."
    )
    def sees_the_other_text(self) -> Array | None:
        """Causal, and not of one text."""
        if not self.first_text:
            return None
        return self.written(lambda i, j: causal(i, j) and not one_text(i, j, self.first_text))

    @matrix.misconception(
        "You let a token see all before it. Besides itself it sees only the << before >> directly "
        "before it<< ' and token 1' if sink else '' >>."
    )
    def forgets_the_window(self) -> Array | None:
        """Causal."""
        return self.written(causal) if self.width else None

    @matrix.misconception(
        "Your window reaches one token too far back. With the token itself it has << width >>."
    )
    def leaves_itself_out(self) -> Array | None:
        """A window of w tokens before the token, and itself."""
        return self.written(window(self.width + 1, int(self.sink))) if self.width else None

    @matrix.misconception(
        "Your window is one token too short. With the token itself it has << width >>."
    )
    def narrows_the_window(self) -> Array | None:
        """A window of w − 1."""
        if not self.width or (self.width == 2 and not self.sink):
            return None
        return self.written(window(self.width - 1, int(self.sink)))

    @matrix.misconception(
        "You exchanged 0 and 1, and you let a token see all before it: besides itself it sees only "
        "the << before >> directly before it<< ' and token 1' if sink else '' >>."
    )
    def exchanges_zero_and_one_and_forgets_the_window(self) -> Array | None:
        """The complement of the causal mask."""
        return self.written(lambda i, j: not causal(i, j)) if self.width else None

    @matrix.misconception(
        "You let each token see itself and all after it. Of the others only tokens *before* it may "
        "be seen, and not all of them."
    )
    def masks_the_past(self) -> Array | None:
        """j ≥ i."""
        return self.written(lambda i, j: j >= i) if self.width or self.first_text else None

    @matrix.misconception("Your window reaches forward as well; no token sees one after it.")
    def looks_both_ways(self) -> Array | None:
        """|i − j| < w, and token 1."""
        if not self.width:
            return None
        return self.written(lambda i, j: abs(i - j) < self.width or (self.sink and j == 1))

    @matrix.misconception("You hid token 1 from the later ones; all tokens may attend to it.")
    def forgets_the_first_token(self) -> Array | None:
        """The window alone."""
        return self.written(window(self.width)) if self.sink else None
