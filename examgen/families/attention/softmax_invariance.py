"""What becomes of the weights when the scores are shifted, scaled, or one of them is raised."""

from fractions import Fraction
from math import lcm
from random import Random
from typing import Self

from examgen.exact import Array, Exact, array, divide, ratio, rational
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work

LARGEST = 98
"""What the new powers may add up to."""
EVENTS: dict[Exact, str] = {
    4: "every query and every key is multiplied by 2",
    3: "every query is multiplied by 3",
    -1: "every query is multiplied by $-1$",
    -2: "every query is multiplied by 2 and every key by $-1$",
}
"""What multiplies the scores by a factor, in words."""


@family(
    title="Weights after a change of the scores",
    minutes=(2, 2, 3),
    conventions=("attention", "exact"),
    tags=("lecture-22",),
)
class SoftmaxInvariance:
    """A row of weights w_j = k_j / Σ k, and one of them after a change of all scores.

    Every score is multiplied by `factor`, then `shift` is added to all, and ln `raised_by` to that
    of key `raised`, from 1. The weight of key `asked` is asked.
    """

    powers: tuple[int, ...]
    asked: int
    shift: int
    factor: Exact = 1
    raised: int = 0
    raised_by: int = 1

    stem = r"""
    A query of attention without a mask gives its << powers | length >> keys the weights

    $$
    w = << weights >>
    $$

    which are the softmax of its scores $s_1$ to $s_<< powers | length >>$.
    <% if raised %>
    Now $<< shift >>$ is added to all scores, and then $\ln << raised_by >>$ to $s_<< raised >>$.
    <% elif event %>
    The scores are $s_j = \langle q, k_j \rangle$. Now << event >>, and then $<< shift >>$ is added
    to all scores of the query.
    <% else %>
    Now $<< shift >>$ is added to all scores, and then each is divided by the temperature
    $T = << temperature >>$.
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Three or four keys; small powers, squares where roots are taken."""
        shift, count = rng.choice([-3, -2, 2, 3, 5]), rng.choice([3, 4])
        if level == "easy":
            powers = tuple(rng.randint(1, 5) for _ in range(count))
            raised, by = rng.randint(1, count), rng.choice([2, 3, 4])
            return cls(powers, rng.randint(1, count), shift, raised=raised, raised_by=by)
        if level == "medium":
            factors: list[Exact] = [2, Fraction(1, 2)]
            factor = rng.choice(factors)
            choice = [1, 2, 3, 4, 5] if factor == 2 else [1, 4, 9, 16]
            powers = tuple(rng.choice(choice) for _ in range(count))
            return cls(powers, rng.randint(1, count), shift, factor)
        by = rng.choice([4, 3, -1, -2])
        powers = tuple(rng.randint(1, 3 if by > 2 else 4) for _ in range(count))
        return cls(powers, rng.randint(1, count), shift, by)

    def worth_asking(self) -> bool:
        """Weights that differ, and numbers within reach of a hand."""
        return len(set(self.powers)) > 1 and sum(self.new_powers) <= LARGEST

    def plausible(self, wrong: Fraction) -> bool:
        """Whether it can be a weight."""
        return 0 < wrong < 1

    @property
    def event(self) -> str:
        """What multiplies the scores, in words; nothing where a temperature divides them."""
        return EVENTS.get(self.factor, "")

    @property
    def by(self) -> Exact:
        """The factor, as it is written."""
        return self.factor

    @property
    def opposite(self) -> Exact:
        """The factor with the wrong sign, for the feedback."""
        return -self.factor

    @property
    def temperature(self) -> Exact:
        """What the scores are divided by."""
        return ratio(1, self.factor)

    @property
    def weights(self) -> Array:
        """The weights before the change."""
        return divide(array(self.powers), sum(self.powers))

    @property
    def new_powers(self) -> list[int]:
        """Integers in the proportions of the weights after it."""
        found = self.changed(self.factor, self.raised_by)
        below = lcm(*(each.denominator for each in found))
        return [int(each * below) for each in found]

    @property
    def work(self) -> Work:
        """The proportions, a change of each, their sum and a quotient."""
        count = len(self.powers)
        steps = 1 if self.raised else count * (2 if self.factor in (3, 4, -2) else 1)
        return Work(steps + 1, count - 1, 2 * count)

    def changed(self, factor: Exact, raised_by: Fraction | int) -> list[Fraction]:
        """The powers of e after a change, up to one number for all."""
        found = [to_the(power, factor) for power in self.powers]
        if self.raised:
            found[self.raised - 1] *= raised_by
        return found

    def weight_of(self, powers: list[Fraction]) -> Fraction:
        """The weight asked about, in the proportions of these powers."""
        return rational(ratio(powers[self.asked - 1], sum(powers)))

    @part(
        "What is the weight of key << asked >> now?",
        points=1,
    )
    def weight(self) -> Fraction:
        """Softmax of the changed scores."""
        return self.weight_of(self.changed(self.factor, self.raised_by))

    @weight.misconception(
        "You expected no change. Only adding *the same* number to all scores changes no weight."
    )
    def expects_invariance(self) -> Fraction:
        """The old weight."""
        return self.weight_of([Fraction(power) for power in self.powers])

    @weight.misconception(
        "You did not divide by the new sum, so that the weights no longer sum to 1.",
        typical=True,
    )
    def forgets_to_normalise(self) -> Fraction | None:
        """The change applied to the old weight; not where that is another key's."""
        if self.raised not in (0, self.asked) or self.factor < 0:
            return None
        power = rational(ratio(self.powers[self.asked - 1], sum(self.powers)))
        is_root = self.factor == Fraction(1, 2)
        return None if is_root else rational(to_the(power, self.factor) * self.raised_by)

    @weight.misconception(
        "<% if raised %>You subtracted $\\ln << raised_by >>$. It is *added*, which multiplies "
        "$e^{s_<< raised >>}$ by << raised_by >>."
        "<% else %>You << 'lost' if by < 0 else 'turned' >> the sign: the scores are multiplied "
        "by $<< by >>$, not by $<< opposite >>$.<% endif %>"
    )
    def reverses_the_change(self) -> Fraction | None:
        """The inverse of the change, where it leaves no roots."""
        if self.raised:
            return self.weight_of(self.changed(self.factor, Fraction(1, self.raised_by)))
        return self.weight_of(self.changed(-self.factor, 1))

    @weight.misconception(
        "You multiplied the weight by $<< by >>$. The *scores* are multiplied, and "
        "$e^{<< by >> s} = (e^{s})^{<< by >>}$."
    )
    def multiplies_the_weight(self) -> Fraction | None:
        """f · w, where that is a weight at all."""
        if self.raised or self.factor < 0:
            return None
        return rational(ratio(self.factor * self.powers[self.asked - 1], sum(self.powers)))

    @weight.misconception(
        "You added << raised_by >> to the power of $e$. Adding $\\ln << raised_by >>$ to the score "
        "*multiplies* its power by << raised_by >>."
    )
    def adds_to_the_power(self) -> Fraction | None:
        """k + r for k · r."""
        if not self.raised:
            return None
        powers = [Fraction(power) for power in self.powers]
        powers[self.raised - 1] += self.raised_by
        return self.weight_of(powers)

    @weight.misconception(
        "You multiplied the scores by 4. To divide by $T = << temperature >>$ is to multiply by "
        "$<< by >>$, once."
    )
    def changes_twice(self) -> Fraction | None:
        """4 for 2."""
        if self.raised or self.factor != 2:
            return None
        return self.weight_of(self.changed(4, 1))

    @weight.misconception(
        "You multiplied the scores by 2. Query *and* key are doubled, and so their product "
        "becomes 4 times as large."
    )
    def doubles_once(self) -> Fraction | None:
        """2 for 4."""
        return self.weight_of(self.changed(2, 1)) if self.factor == 4 else None

    @weight.misconception(
        "You changed the score of key << asked >> alone. The scores of all keys are multiplied by "
        "$<< by >>$."
    )
    def changes_the_asked_key_only(self) -> Fraction | None:
        """k_j^f for key j, k for the others."""
        if self.raised:
            return None
        powers = [Fraction(power) for power in self.powers]
        powers[self.asked - 1] = to_the(self.powers[self.asked - 1], self.factor)
        return self.weight_of(powers)

    @weight.misconception(
        "That is what is left for the other keys together; key << asked >> itself is asked."
    )
    def gives_the_rest(self) -> Fraction:
        """1 − w."""
        return 1 - self.weight_of(self.changed(self.factor, self.raised_by))


def to_the(power: Fraction | int, factor: Exact) -> Fraction:
    """Return the power of a number; of a square where the exponent is ±1/2."""
    exponent = rational(factor)
    whole = Fraction(power) ** exponent.numerator
    if exponent.denominator == 1:
        return whole
    return Fraction(root(whole.numerator), root(whole.denominator))


def root(square: int) -> int:
    """The square root of a square."""
    return next(side for side in range(square + 1) if side * side == square)
