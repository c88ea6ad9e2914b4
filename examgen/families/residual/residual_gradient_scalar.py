"""The derivative through a chain of residual blocks on one number."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Self

from examgen.exact import Exact, height, rational
from examgen.families.residual._blocks import residual_blocks
from examgen.nn.residual import chain, scalar_block_gradients, scalar_slopes, scalar_states
from examgen.questions.family import family
from examgen.questions.figures import Figure
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work


def over(denominator: int, *numerators: int) -> list[Exact]:
    """Fractions in lowest terms with one denominator."""
    return [Fraction(each, denominator) for each in numerators]


LARGEST = 100
"""No numerator or denominator that a student writes may be larger than this."""
ALIKE = [*over(2, 1, 3), *over(3, 1, 2), *over(4, 1, 3), *over(5, 1, 2, 3), *over(6, 1)]
GROWING: list[Exact] = [1, 2, 3, *over(2, 1, 3), *over(3, 1, 2), *over(4, 1, 3)]
SHRINKING = [*over(2, -1), *over(3, -1, -2), *over(4, -1, -3), *over(5, -2, -3, -4)]
"""Weights between −1 and 0 keep the sign of h: a later block sees h < 0 as the first one did."""
NEAR_ZERO = [*over(2, -1), *over(3, -1), *over(4, -1), *over(5, -1, -2), *over(6, -1)]
"""Not near −1: there the derivative would be smaller than all that a mistake leads to."""
BELOW_MINUS_ONE = [*over(2, -3), *over(3, -4, -5), *over(4, -5, -7), *over(5, -6)]
"""In the last block they turn the sign of h: not every gradient is positive."""
TURNING = 0.6
"""So often they stand there; more often the sign would tell, less often one above 0 would."""
SWITCHING_OFF: list[Exact] = [-2, -3, *over(2, -1, -3), *over(3, -1, -2)]


def turning(rng: Random, weights: Sequence[Exact], start: int) -> tuple[Exact, ...]:
    """The weights; often where the last block is on for a negative h, it turns its sign."""
    *others, last = weights
    turns = start < 0 and last < 0 and rng.random() < TURNING
    return (*others, rng.choice(BELOW_MINUS_ONE) if turns else last)


@family(
    title="The gradient through residual blocks",
    minutes=(2, 3, 3),
    conventions=("residual", "relu"),
    tags=(
        "lecture-17",
        "idea-residual-gradient",
    ),
)
class ResidualGradientScalar:
    """h^l = ReLU(w_l h^(l−1)) + h^(l−1) on numbers; h^0 decides which ReLUs let anything through.

    Easy: equal weights, of the sign of h^0, so that all blocks are on. Medium: one block off. Hard:
    h^0 < 0, so that negative weights are on; of three blocks one is off, of four one or two. The
    last weight may be below −1 if h^0 < 0: else no option below 0 could be right.
    """

    weights: tuple[Exact, ...]
    start: int

    stem = r"""
    A residual network has $L = << depth >>$ blocks of one unit each, without biases:

    $$
    h^{(l)} = \operatorname{ReLU}(w_l h^{(l-1)}) + h^{(l-1)}, \qquad l = 1, \dots, L
    $$

    Its weights and its input are

    $$
    <% for w in weights %>
    w_<< loop.index >> = << w >>, \quad
    <% endfor %>
    h^{(0)} = << start >>
    $$
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Signs that leave all blocks on, or all but one, as the level wants it."""
        if level == "easy":
            weights, starts = rng.choice([(ALIKE, [2, 3, 4]), (SHRINKING, [-2, -3, -4])])
            return cls((rng.choice(weights),) * rng.choice([2, 3]), rng.choice(starts))
        if level == "medium":
            positive = rng.random() < 0.5
            weights = [rng.choice(GROWING if positive else NEAR_ZERO) for _ in range(3)]
            weights[rng.randint(0, 2)] = rng.choice(SWITCHING_OFF if positive else GROWING)
            start = rng.choice([2, 3, 4] if positive else [-2, -3, -4])
            return cls(turning(rng, weights, start), start)
        depth, off = rng.choice([(3, 1), (3, 1), (4, 1), (4, 2)])
        weights = [rng.choice(NEAR_ZERO) for _ in range(depth)]
        for at in rng.sample(range(depth), off):
            weights[at] = rng.choice(GROWING)
        start = rng.choice([-2, -5, -7])
        return cls(turning(rng, weights, start), start)

    def worth_asking(self) -> bool:
        """Nothing on the way has more than two digits above or below the line."""
        seen = (*self.states, *self.preactivations, *self.gradients_so_far)
        return all(height(each) <= LARGEST for each in seen)

    def plausible(self, wrong: Fraction) -> bool:
        """Whether its sign could be right where all factors are the same 1 + w > 0."""
        return wrong >= 0 or len(set(self.weights)) > 1

    @property
    def depth(self) -> int:
        """How many blocks there are."""
        return len(self.weights)

    @property
    def figure(self) -> Figure:
        """The blocks with their skips."""
        return residual_blocks([f"$w_{layer}$" for layer in range(1, self.depth + 1)])

    @property
    def states(self) -> list[Exact]:
        """h^0, …, h^L."""
        return scalar_states(self.weights, self.start)

    @property
    def preactivations(self) -> list[Exact]:
        """What each ReLU acts on."""
        return [rational(w * h) for w, h in zip(self.weights, self.states, strict=False)]

    @property
    def slopes(self) -> list[Exact]:
        """Each block's slope without its skip: its weight, or 0 where its ReLU is off."""
        return scalar_slopes(self.weights, self.start)

    @property
    def factors(self) -> list[Exact]:
        """Each block's own derivative."""
        return scalar_block_gradients(self.weights, self.start)

    @property
    def gradients_so_far(self) -> list[Exact]:
        """∂h^l/∂h^0 for l = 1, …, L."""
        return [chain(self.factors[:length]) for length in range(1, self.depth + 1)]

    @property
    def work(self) -> Work:
        """For each block z, its sign, h and the slope; then a product of fractions, crosswise."""
        factors = sum(each != 1 for each in self.factors)
        return Work(1, 3) * self.depth + Work(2) * max(0, factors - 1)

    @property
    def is_off_somewhere(self) -> bool:
        """Whether some block's ReLU lets nothing through."""
        return 0 in self.slopes

    @property
    def leaves_only_skips(self) -> bool:
        """Whether a block is off and no input would let a block be on by its own sign."""
        return self.is_off_somewhere and max(self.states[:-1]) <= 0

    def through(self, slopes: Sequence[Exact]) -> Fraction:
        """The derivative through blocks of these slopes, each with its skip."""
        return rational(chain([1 + each for each in slopes]))

    @part(
        r"What is the derivative of $h^{(<< depth >>)}$ with respect to $h^{(0)}$ at this input?",
        points=1,
    )
    def gradient(self) -> Fraction:
        """The product of the blocks' derivatives 1 + ReLU'(z_l) w_l."""
        return rational(chain(self.factors))

    @gradient.misconception(
        "You left the skips out<% if is_off_somewhere %>, or let ReLU switch them off too<% endif "
        "%>: with them each block's derivative is $1$ plus that of its ReLU branch"
        "<% if is_off_somewhere %>, so one that is off still has derivative 1<% endif %>."
    )
    def forgets_the_skip(self) -> Fraction:
        """The product of the slopes, as in a plain network; 0 where a block is off."""
        return rational(chain(self.slopes))

    @gradient.misconception(
        "You took one skip around the whole network. Every block has its own, so there is a "
        "factor $1 + w_l$ for each block that is on."
    )
    def keeps_the_ends_only(self) -> Fraction | None:
        """1 + the product of the slopes; 1, as by the inputs' signs, where only skips are left."""
        return None if self.leaves_only_skips else rational(1 + chain(self.slopes))

    @gradient.misconception(
        r"You added the slopes to 1. Multiplied out, $(1 + w_1)(1 + w_2) \cdots$ has products of "
        "weights as well."
    )
    def adds_the_slopes(self) -> Fraction:
        """1 + the sum of the slopes."""
        return rational(1 + sum(self.slopes))

    @gradient.misconception(
        r"You kept one product of each length. Multiplied out, $(1 + w_1)(1 + w_2) \cdots$ has one "
        "for every choice of blocks."
    )
    def keeps_one_path_of_each_length(self) -> Fraction:
        """1 + w_1 + w_1 w_2 + …"""
        return rational(sum(chain(self.slopes[:length]) for length in range(self.depth + 1)))

    @gradient.misconception(
        "You took $h^{(0)}$ for a block too: there are $L + 1$ values, but $L$ steps between them."
    )
    def counts_a_block_too_many(self) -> Fraction | None:
        """(1 + w)^(L + 1) where all weights are equal."""
        first = self.slopes[0]
        return self.through([first, *self.slopes]) if len(set(self.weights)) == 1 else None

    @gradient.misconception(
        "You left the last block out; its derivative is a factor like the others."
    )
    def stops_a_block_early(self) -> Fraction | None:
        """∂h^(L−1)/∂h^0; that is right where the last block is off."""
        return None if self.slopes[-1] == 0 else self.through(self.slopes[:-1])

    @gradient.misconception(
        "You dropped the minus signs. What ReLU lets through is positive, but its derivative with "
        "respect to $h^{(l-1)}$ is $w_l$."
    )
    def takes_absolute_slopes(self) -> Fraction | None:
        """1 + |w_l| for 1 + w_l."""
        slopes = [max(each, -1 * each) for each in self.slopes]
        return None if slopes == self.slopes else self.through(slopes)

    @gradient.misconception("You added the blocks' derivatives; the chain rule multiplies them.")
    def adds_the_factors(self) -> Fraction:
        """The sum of the blocks' derivatives."""
        return rational(sum(self.factors))

    @gradient.misconception(
        "$2^{<< depth >>}$ is the number of paths through the skips and blocks; each path counts "
        "as much as the product of the slopes along it."
    )
    def counts_the_paths(self) -> Fraction:
        """A factor of 2 for each block."""
        return self.through([1] * self.depth)

    @gradient.misconception(
        "That is the output $h^{(<< depth >>)}$ itself, not its derivative with respect "
        "to $h^{(0)}$."
    )
    def gives_the_output(self) -> Fraction:
        """h^L."""
        return rational(self.states[-1])

    @gradient.misconception(
        "You took every ReLU to be on. Where $w_l h^{(l-1)}$ is not positive only the skip is left."
    )
    def ignores_the_activation(self) -> Fraction | None:
        """1 + w_l for every block."""
        return self.through(self.weights) if self.is_off_somewhere else None

    @gradient.misconception(
        "You took the blocks that are on for off and those that are off for on"
        "<% if start < 0 %>, or judged each by the sign of its weight<% endif %>. A block is on "
        "where $w_l h^{(l-1)}$ is positive<% if start < 0 %>, and $h^{(l-1)}$ is negative here"
        "<% endif %>."
    )
    def lets_the_negative_through(self) -> Fraction | None:
        """1 + w_l where w_l h^(l−1) < 0 only."""
        if not self.is_off_somewhere:
            return None
        return self.through(
            [w if s == 0 else 0 for w, s in zip(self.weights, self.slopes, strict=True)]
        )

    @gradient.misconception(
        "You gave the blocks that are on no skip. Every block has one: its derivative is $1 + w_l$ "
        "where it is on, and 1 where it is off.",
        typical=True,
    )
    def skips_only_where_off(self) -> Fraction | None:
        """w_l where the block is on, 1 where it is off."""
        if not self.is_off_somewhere:
            return None
        return rational(chain([each for each in self.slopes if each != 0]))

    @gradient.misconception(
        "You judged each ReLU by its block's input $h^{(l-1)}$"
        "<% if not is_off_somewhere %> or by its weight $w_l$<% endif %>; it acts on "
        "$w_l h^{(l-1)}$.<% if leaves_only_skips %> Or you took one skip around the whole network, "
        "but every block has its own.<% endif %>"
    )
    def masks_by_the_input(self) -> Fraction | None:
        """w_l where h^(l−1) > 0; if both signs are negative everywhere, also where w_l > 0."""
        pairs = zip(self.weights, self.states, strict=False)
        slopes: list[Exact] = [w if h > 0 else 0 for w, h in pairs]
        return None if slopes == self.slopes else self.through(slopes)
