"""Scores of tokens whose positions are added to their embeddings."""

from collections.abc import Callable
from random import Random
from typing import Literal, Self

from examgen.exact import Array, array, rational
from examgen.nn.dense import inner, plus, times
from examgen.questions.family import family
from examgen.questions.figures import Edge, Figure, Graph, Node
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.sampling import integers
from examgen.questions.work import Work, work_of_terms

Asked = Literal["score", "change", "exchange"]
Encoder = Callable[[int, int], Array]
"""What the layer reads of a token, by its number, at a position; both from 1."""


@family(
    title="Scores with positional encodings",
    minutes=(2, 2, 3),
    conventions=("indices",),
    tags=(
        "lecture-25",
        "idea-positions",
    ),
)
class PositionalEncodingAdd:
    """x_i = e_i + p_i and the score ⟨x_i, x_j⟩; what p changes of it; or the one after an exchange.

    `embeddings` are those of the tokens in the order of the text, `positions` the encodings. The
    tokens asked about are `query` and `key`.
    """

    embeddings: Array
    positions: Array
    query: int
    key: int
    asked: Asked

    stem = r"""
    A text of << embeddings | length >> tokens has the embeddings $e_1$ to
    $e_<< embeddings | length >>$, the rows of $E$. To each of them the encoding of its position is
    added; these are the rows of $P$:

    $$
    E = << embeddings >>, \qquad P = << positions >>, \qquad x_i = e_i + p_i
    $$

    The score of two tokens is the inner product of what the layer reads,
    $\langle x_i, x_j \rangle$, not scaled.
    <% if asked == "exchange" %>
    Then tokens << query >> and << key >> exchange their places: the second text is the first but
    for its token << query >>, which has the embedding $e_<< key >>$, and its token << key >>,
    which has $e_<< query >>$. The positions keep their encodings.
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Small numbers in two features, or three at the hard level."""
        width = 3 if level == "hard" else 2
        embeddings, positions = integers(rng, (3, width), -2, 4), integers(rng, (3, width), -1, 3)
        query, key = rng.sample([1, 2, 3], 2)
        asked: dict[Level, Asked] = {"easy": "score", "medium": "change", "hard": "exchange"}
        return cls(embeddings, positions, query, key, asked[level])

    def worth_asking(self) -> bool:
        """Tokens and positions differ, and none of the vectors asked about is 0."""
        rows = [*self.embeddings.tolist(), *self.positions.tolist()]
        alike = len({*map(tuple, rows[:3])}) < 3 or len({*map(tuple, rows[3:])}) < 3
        if alike or not all(map(any, rows)) or self.answer_of(self.added) == 0:
            return False
        return inner(self.position(self.query), self.position(self.key)) != 0

    def plausible(self, wrong: int) -> bool:
        """Whether there would be something to ask: that nothing changes is no such answer."""
        return self.asked != "change" or wrong != 0

    @property
    def figure(self) -> Figure | None:
        """What the score is made of; nothing where the tokens change places."""
        if self.asked == "exchange":
            return None
        nodes: list[Node] = []
        for row, name in enumerate((self.query, self.key)):
            nodes += [
                Node(f"$e_{name}$", 0, 2 * row, "value"),
                Node(f"$p_{name}$", 0, 2 * row + 1, "value"),
                Node(f"$x_{name}$", 1, 2 * row, "box"),
            ]
        score = Node("⟨ , ⟩", 2, 1, "box")
        edges = [Edge(1, 3), Edge(2, 3), Edge(4, 6), Edge(5, 6), Edge(3, 7), Edge(6, 7)]
        return Graph((*nodes, score), tuple(edges), "A score")

    def embedding(self, token: int) -> Array:
        """e of a token, from 1."""
        found: Array = self.embeddings[token - 1]
        return found

    def position(self, place: int) -> Array:
        """p of a position, from 1."""
        found: Array = self.positions[place - 1]
        return found

    def added(self, token: int, place: int) -> Array:
        """e + p."""
        return plus(self.embedding(token), self.position(place))

    def bare(self, token: int, _place: int) -> Array:
        """e."""
        return self.embedding(token)

    @property
    def place(self) -> int:
        """Where the first token stands in the text asked about."""
        return self.key if self.asked == "exchange" else self.query

    @property
    def other_place(self) -> int:
        """Where the second one does."""
        return self.query if self.asked == "exchange" else self.key

    @property
    def left(self) -> Array:
        """What the layer reads of the first token."""
        return self.added(self.query, self.place)

    @property
    def right(self) -> Array:
        """What it reads of the second one."""
        return self.added(self.key, self.other_place)

    @property
    def asked_score(self) -> int:
        """The score in the text asked about."""
        return self.new_score if self.asked == "exchange" else self.score

    @property
    def score(self) -> int:
        """⟨x_i, x_j⟩."""
        return self.score_of(self.added)

    @property
    def plain_score(self) -> int:
        """⟨e_i, e_j⟩."""
        return self.score_of(self.bare)

    @property
    def new_score(self) -> int:
        """The score of the same two tokens when they have exchanged places."""
        return self.exchanged_score(self.added)

    def score_of(self, encoder: Encoder, other: Encoder | None = None) -> int:
        """The score of both tokens in their places; *other* encodes the second."""
        left = encoder(self.query, self.query)
        return int(rational(inner(left, (other or encoder)(self.key, self.key))))

    def exchanged_score(self, encoder: Encoder, other: Encoder | None = None) -> int:
        """Their score when each stands in the other's place."""
        left = encoder(self.query, self.key)
        return int(rational(inner(left, (other or encoder)(self.key, self.query))))

    def answer_of(self, encoder: Encoder, other: Encoder | None = None) -> int:
        """What is asked, for tokens that are encoded so; *other* encodes the second."""
        if self.asked == "exchange":
            return self.exchanged_score(encoder, other)
        score = self.score_of(encoder, other)
        return score - self.plain_score if self.asked == "change" else score

    @property
    def work(self) -> Work:
        """Sums of vectors and products of them."""
        width = self.embeddings.shape[1]
        found = self.product_work(self.left, self.right) + Work(additions=2 * width)
        if self.asked != "change":
            return found
        plain = self.product_work(self.embedding(self.query), self.embedding(self.key))
        return found + plain + Work(additions=1)

    def product_work(self, left: Array, right: Array) -> Work:
        """The hand-work of an inner product."""
        return work_of_terms(zip(left, right, strict=True)) + Work(lookups=2)

    @part(
        r"""
<%- if asked == "score" -%>
What is the score of tokens << query >> and << key >>?
<%- elif asked == "change" -%>
By how much do the positional encodings change the score of tokens << query >> and << key >>, that
is, what is $\langle x_<< query >>, x_<< key >> \rangle -
\langle e_<< query >>, e_<< key >> \rangle$?
<%- else -%>
What is the score of these two tokens in the second text, each with the encoding of its new place?
<%- endif -%>
""",
        points=1,
        solution=r"""
<% if asked == "exchange" %>
In the second text the embedding $e_<< query >>$ stands at position << key >>, and $e_<< key >>$ at
position << query >>. The layer reads
<% else %>
The layer reads
<% endif %>

$$
\begin{aligned}
<% if asked != "exchange" %>x_<< query >> &= <% endif -%>
e_<< query >> + p_<< place >> <% if asked == "exchange" %>&<% endif %>=
<< embedding(query) >> + << position(place) >> = << left >> \\
<% if asked != "exchange" %>x_<< key >> &= <% endif -%>
e_<< key >> + p_<< other_place >> <% if asked == "exchange" %>&<% endif %>=
<< embedding(key) >> + << position(other_place) >> = << right >>
\end{aligned}
$$

and so the score is

$$
<< left | dot(right) >> = << asked_score >>
$$

<% if asked == "change" %>
Without positions it would be

$$
\langle e_<< query >>, e_<< key >> \rangle =
<< embedding(query) | dot(embedding(key)) >> = << plain_score >>
$$

The encodings change it by $<< asked_score >> - << plain_score | factor >> = << answer >>$.
<% elif asked == "exchange" %>
In the first text it was $<< score >>$. Without positions it would be the same in both.
<% endif %>
""",
    )
    def result(self) -> int:
        """⟨e_i + p_i, e_j + p_j⟩, or what it has more than ⟨e_i, e_j⟩."""
        return self.answer_of(self.added)

    @result.misconception(
        "You left the encodings out: the layer reads $x_i = e_i + p_i$, not $e_i$."
    )
    def forgets_the_positions(self) -> int:
        """e for e + p; then nothing changes."""
        return self.answer_of(self.bare)

    @result.misconception(
        "You put the encodings beside the embeddings. They are *added*, so that the score also has "
        "the terms $\\langle e_<< query >>, p_<< other_place >> \\rangle$ and "
        "$\\langle p_<< place >>, e_<< key >> \\rangle$."
    )
    def concatenates_the_positions(self) -> int:
        """⟨e_i, e_j⟩ + ⟨p_i, p_j⟩."""
        return self.answer_of(
            lambda token, place: array([*self.embedding(token), *self.position(place)])
        )

    @result.misconception(
        "You added the encoding of position << query >> to both tokens. Each gets that of its own "
        "place."
    )
    def adds_the_same_position(self) -> int:
        """p_i for both."""
        return self.answer_of(lambda token, _: self.added(token, self.query))

    @result.misconception("You multiplied by the encodings; they are *added* to the embeddings.")
    def multiplies_by_the_positions(self) -> int:
        """e · p entry by entry."""
        return self.answer_of(
            lambda token, place: times(self.embedding(token), self.position(place))
        )

    @result.misconception(
        "You added an encoding to $e_<< query >>$ only; $e_<< key >>$ gets one as well."
    )
    def adds_to_the_first_only(self) -> int:
        """⟨e_i + p_i, e_j⟩."""
        return self.answer_of(self.added, self.bare)

    @result.misconception(
        "You added an encoding to $e_<< key >>$ only; $e_<< query >>$ gets one as well."
    )
    def adds_to_the_second_only(self) -> int:
        """⟨e_i, e_j + p_j⟩."""
        return self.answer_of(self.bare, self.added)

    @result.misconception(
        "You added the *number* of the position to every entry. Its encoding is a row of $P$."
    )
    def adds_the_number_of_the_position(self) -> int:
        """e_i + i."""
        return self.answer_of(
            lambda token, place: array([each + place for each in self.embedding(token)])
        )

    @result.misconception(
        "You gave each token the encoding of the other's place. Token << query >> gets "
        "$p_<< query >>$."
    )
    def swaps_the_positions(self) -> int | None:
        """p_j for token i, p_i for token j."""
        if self.asked == "exchange":
            return None
        exchanged = self.exchanged_score(self.added)
        return exchanged - self.plain_score if self.asked == "change" else exchanged

    @result.misconception(
        "That is the score in the first text. The encodings stay with the places and do not move "
        "along with the tokens."
    )
    def expects_invariance(self) -> int | None:
        """The old score."""
        return self.score if self.asked == "exchange" else None

    @result.misconception("That is how much the score changes, not the score in the second text.")
    def gives_the_change_only(self) -> int | None:
        """The new score minus the old one."""
        return self.new_score - self.score if self.asked == "exchange" else None

    @result.misconception(
        "That is the score, not the change; subtract the score without positions, "
        "$<< plain_score >>$."
    )
    def gives_the_score(self) -> int | None:
        """A score for the difference."""
        return self.score if self.asked == "change" else None

    @result.misconception(
        "You subtracted the other way round: the score without positions is subtracted."
    )
    def reverses_the_sign(self) -> int | None:
        """The difference with the other sign."""
        return -self.answer_of(self.added) if self.asked == "change" else None

    @result.misconception("You added the two scores. The change is their difference.")
    def adds_the_scores(self) -> int | None:
        """A sum for the difference."""
        return self.score + self.plain_score if self.asked == "change" else None
