"""Cosine similarity, and predictions from the nearest neighbours by it."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Self

from examgen.exact import Array, Exact, array, canonical, ratio, rational
from examgen.nn.dense import inner, magnitude, norm
from examgen.nn.neighbours import cosine, mean_of, nearest, weighted_mean_of
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work

LENGTHS = [(3, 4), (6, 8), (8, 6), (9, 12), (12, 9), (5, 12), (12, 5), (0, 2), (3, 0), (0, 4)]
"""Vectors of integral length."""
NEAR = [(3, 4), (0, 1), (1, 0)]
"""Directions whose cosines to (3, 4) are 1, 4/5 and 3/5 …"""
FAR = [(-3, 4), (4, -3), (3, -4)]
"""… and 7/25, 0 and −7/25."""
LARGEST = 50
"""Neither an inner product nor the denominator of a cosine may be larger."""
UNITS = [2, 3, 4, 5, 6]
"""Lengths of vectors along an axis."""
NUMBER = 5
"""So many neighbours there are to choose from."""


def turned(rng: Random, vectors: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The vectors mirrored, and with their axes swapped or not: their angles stay."""
    swap, one, two = rng.random() < 0.5, rng.choice([-1, 1]), rng.choice([-1, 1])
    return [[one * y, two * x] if swap else [one * x, two * y] for x, y in vectors]


@family(
    title="Neighbours by cosine similarity",
    minutes=(2, 3, 3),
    conventions=("indices", "exact"),
)
class KnnCosine:
    """cos(q, x) = ⟨q, x⟩/(‖q‖‖x‖).

    Easy: the cosine distance of two vectors, 1 − cos. Medium: the mean target of the `count` most
    similar points. Hard: their mean weighted by similarity.
    """

    query: Array
    x: Array
    targets: Array
    count: int
    weighted: bool

    stem = r"""
    The cosine similarity of two vectors is

    $$
    \cos(q, x) = \frac{\langle q, x \rangle}{\lVert q \rVert \, \lVert x \rVert}
    $$

    <% if count %>
    A point $q$ gets its prediction from its << count >> nearest neighbours, the points
    $x^{(i)}$ with the *highest* cosine similarity to it. $x^{(i)}$ stands in row $i$ of $X$ and has
    the target $y_i$:

    $$
    q = << query | column >>, \qquad X = << x >>, \qquad y = << targets | column >>
    $$
    <% if weighted %>

    The prediction is the mean of the neighbours' targets weighted by their similarities
    $s_i = \cos(q, x^{(i)})$, that is $\sum s_i y_i$ divided by $\sum s_i$, over the neighbours.
    <% else %>

    The prediction is the mean of the neighbours' targets.
    <% endif %>
    <% else %>
    Their cosine *distance* is $1 - \cos(q, x)$. Let

    $$
    q = << query | column >>, \qquad x = << first | column >>
    $$
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Two vectors of integral length; or one of length 5 and points at known angles to it."""
        if level == "easy":
            q, x = rng.sample(LENGTHS, 2)
            (query,), (other,) = turned(rng, [q]), turned(rng, [x])
            return cls(array(query), array([other]), array([]), 0, False)
        hard, count = level == "hard", rng.choice([2, 3])
        near = rng.sample(NEAR, rng.randint(count, 3)) if hard else []
        others = FAR if hard else [*NEAR, (4, 3), *FAR]
        directions = [*near, *rng.sample(others, NUMBER - len(near))]
        rng.shuffle(directions)
        query, *points = turned(rng, [(3, 4), *directions])
        factors = [rng.choice(UNITS if 0 in point else [1, 2, 3]) for point in points]
        lengthened = [[f * c for c in point] for f, point in zip(factors, points, strict=True)]
        targets = array(rng.sample(range(1, 9 if hard else 16), NUMBER))
        return cls(array(query), array(lengthened), targets, count, hard)

    def worth_asking(self) -> bool:
        """The lengths mislead: other measures choose other neighbours."""
        if not self.count:
            similarity = rational(self.similarities[0])
            small = max(magnitude(rational(self.products[0])), similarity.denominator) <= LARGEST
            return similarity not in (0, 1, -1) and bool(small)
        chosen = set(self.neighbours)
        closest = {*nearest([-each for each in self.distances], self.count)}
        return chosen != closest

    def plausible(self, wrong: Fraction) -> bool:
        """Whether a cosine or a mean could be it: 1 − cos is from 0 to 2, a mean among targets."""
        if self.count:
            return bool(min(self.targets) <= wrong <= max(self.targets))
        return 0 <= wrong <= 2

    @property
    def first(self) -> Array:
        """The first point."""
        return array(self.x[0])

    @property
    def lengths(self) -> list[Exact]:
        """‖x‖ of each point."""
        return [norm(array(each)) for each in self.x]

    @property
    def query_length(self) -> Exact:
        """‖q‖."""
        return norm(self.query)

    @property
    def products(self) -> list[Exact]:
        """⟨q, x⟩ of each point."""
        return [inner(self.query, array(each)) for each in self.x]

    @property
    def similarities(self) -> list[Exact]:
        """The cosine of each point."""
        return [cosine(self.query, array(each)) for each in self.x]

    @property
    def distances(self) -> list[Exact]:
        """‖q − x‖² of each point."""
        differences = [array(self.query - each) for each in self.x]
        return [inner(each, each) for each in differences]

    @property
    def neighbours(self) -> list[int]:
        """The places of the nearest neighbours, from 0."""
        return nearest(self.similarities, self.count)

    @property
    def named_neighbours(self) -> str:
        """The nearest neighbours, in TeX."""
        return ", ".join(f"$x^{{({at + 1})}}$" for at in self.neighbours)

    @property
    def neighbour_targets(self) -> list[Exact]:
        """Their targets."""
        return [self.targets[at] for at in self.neighbours]

    @property
    def neighbour_similarities(self) -> list[Exact]:
        """Their similarities."""
        return [self.similarities[at] for at in self.neighbours]

    @property
    def similarity_sum(self) -> Exact:
        """Their similarities added up."""
        return canonical(sum(self.neighbour_similarities))

    @property
    def work(self) -> Work:
        """Inner products and lengths, and a mean."""
        if not self.count:
            return Work(6, 3, 2)
        return Work(4 * NUMBER, 2 * NUMBER + self.count, NUMBER) + Work(1 + 2 * self.weighted, 2)

    def predict(self, places: Sequence[int]) -> Fraction:
        """The prediction from these neighbours."""
        targets = self.targets.tolist()
        if self.weighted:
            return rational(weighted_mean_of(targets, places, self.similarities))
        return rational(mean_of(targets, places))

    def chosen_by(self, scores: Sequence[Exact]) -> Fraction | None:
        """The prediction from the points with the highest of these scores, where that is clear."""
        ranked = nearest(scores, len(scores))
        if not self.count or scores[ranked[self.count - 1]] == scores[ranked[self.count]]:
            return None
        return self.predict(ranked[: self.count])

    def over(self, length: Exact) -> Fraction | None:
        """1 − ⟨q, x⟩ over this, where a distance is asked."""
        return None if self.count else rational(1 - ratio(self.products[0], length))

    @part(
        "<% if count %>What is the prediction for $q$?"
        "<% else %>What is their cosine distance?<% endif %>",
        points=1,
    )
    def number(self) -> Fraction:
        """1 − cos, or a mean of targets."""
        if self.count:
            return self.predict(self.neighbours)
        return rational(1 - self.similarities[0])

    @number.misconception("You did not divide by the lengths of the two vectors.")
    def forgets_the_length(self) -> Fraction | None:
        """⟨q, x⟩."""
        return self.over(1)

    @number.misconception("You divided by one of the two lengths only.")
    def divides_by_one_length(self) -> Fraction | None:
        """⟨q, x⟩/‖q‖; the same where the other is 1."""
        return self.over(self.query_length)

    @number.misconception("You divided by the squares of the lengths: the roots were not taken.")
    def divides_by_the_squared_norm(self) -> Fraction | None:
        """⟨q, x⟩/(‖q‖²‖x‖²)."""
        return self.over((self.query_length * self.lengths[0]) ** 2)

    @number.misconception("You took the root for one of the two lengths only.")
    def forgets_one_root(self) -> Fraction | None:
        """⟨q, x⟩/(‖q‖²‖x‖)."""
        return self.over(self.query_length**2 * self.lengths[0])

    @number.misconception("You added the lengths. They are multiplied.")
    def adds_the_lengths(self) -> Fraction | None:
        """⟨q, x⟩/(‖q‖ + ‖x‖)."""
        return self.over(self.query_length + self.lengths[0])

    @number.misconception(
        "You added the sizes of the entries. A length is the root of the sum of their squares."
    )
    def adds_the_entries(self) -> Fraction | None:
        """1-norms for lengths; the same for vectors along the axes."""
        sums = [sum(map(magnitude, each)) for each in (self.query, self.first)]
        return self.over(sums[0] * sums[1])

    @number.misconception("That is the similarity. The distance is 1 minus it.")
    def takes_the_rest(self) -> Fraction | None:
        """cos for 1 − cos."""
        return None if self.count else rational(self.similarities[0])

    @number.misconception("You added 1. The distance is 1 *minus* the similarity.")
    def adds_the_one(self) -> Fraction | None:
        """1 + cos."""
        return None if self.count else rational(1 + self.similarities[0])

    @number.misconception(
        "You dropped the signs in the inner product; a product of unlike signs is subtracted."
    )
    def drops_the_signs(self) -> Fraction | None:
        """Σ|q_i x_i| for ⟨q, x⟩; the same where nothing is negative."""
        if self.count:
            return None
        found = sum(magnitude(a * b) for a, b in zip(self.query, self.first, strict=True))
        if found == self.products[0]:
            return None
        return rational(1 - ratio(found, self.query_length * self.lengths[0]))

    @number.misconception(
        "You took the points with the smallest distance. Cosine similarity compares directions, "
        "whatever the lengths."
    )
    def uses_the_distance(self) -> Fraction | None:
        """The smallest ‖q − x‖."""
        return self.chosen_by([-each for each in self.distances])

    @number.misconception(
        "You took the largest inner products. Long vectors have these without being similar: "
        "divide by the lengths."
    )
    def uses_the_inner_product(self) -> Fraction | None:
        """The largest ⟨q, x⟩, where it matters."""
        if not self.count or {*nearest(self.products, self.count)} == {*self.neighbours}:
            return None
        return self.chosen_by(self.products)

    @number.misconception("You took the points with the *lowest* similarity.")
    def takes_the_farthest(self) -> Fraction | None:
        """The lowest cosines."""
        return self.chosen_by([-each for each in self.similarities])

    @number.misconception("You used one neighbour too many; the prediction takes << count >>.")
    def takes_one_neighbour_more(self) -> Fraction | None:
        """k + 1 for k."""
        return self.predict(nearest(self.similarities, self.count + 1)) if self.count else None

    @number.misconception("You used one neighbour too few; the prediction takes << count >>.")
    def takes_one_neighbour_less(self) -> Fraction | None:
        """k − 1 for k."""
        return self.predict(nearest(self.similarities, self.count - 1)) if self.count else None

    @number.misconception("You used all points, not the << count >> nearest ones.")
    def uses_every_point(self) -> Fraction | None:
        """The mean of all targets."""
        return self.predict(range(len(self.x))) if self.count else None

    @number.misconception(
        "You took the plain mean. Neighbours count as much as they are similar.", typical=True
    )
    def forgets_the_weights(self) -> Fraction | None:
        """Equal weights."""
        if not self.weighted:
            return None
        return rational(mean_of(self.targets.tolist(), self.neighbours))

    @number.misconception(
        "You divided by the number of neighbours. A weighted mean is divided by the sum of the "
        "weights."
    )
    def divides_by_the_count(self) -> Fraction | None:
        """Σ s y/k."""
        if not self.weighted:
            return None
        pairs = zip(self.neighbour_similarities, self.neighbour_targets, strict=True)
        return rational(ratio(sum(s * y for s, y in pairs), self.count))

    @number.misconception("You added the targets up; their mean is asked.")
    def forgets_to_average(self) -> Fraction | None:
        """Σ y, or Σ s y."""
        if not self.count:
            return None
        weights = self.neighbour_similarities if self.weighted else [1] * self.count
        pairs = zip(weights, self.neighbour_targets, strict=True)
        return rational(canonical(sum(w * y for w, y in pairs)))
