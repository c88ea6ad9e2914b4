"""How much larger the derivative is with skips than without."""

from fractions import Fraction
from random import Random
from typing import Self

from examgen.exact import Exact, ratio, rational
from examgen.nn.residual import chain
from examgen.questions.family import family
from examgen.questions.figures import Block, Chain, Figure, Skip
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work

LARGEST = 100
"""No numerator or denominator that a student writes may be larger than this."""
SMALL: list[Exact] = [
    *(Fraction(1, n) for n in (2, 3, 4, 5, 6, 7, 8, 9)),
    *(Fraction(n, d) for n, d in ((2, 3), (3, 2))),
    *(1, 2, 3, 4),
]
MIXED: list[Exact] = [
    *(Fraction(-n + 1, n) for n in (3, 4, 5, 10)),
    *(Fraction(-1, n) for n in (3, 4, 5)),
    *(Fraction(n, d) for n, d in ((2, 3), (3, 4), (3, 2), (-3, 2), (2, 5))),
    -2,
    -3,
]
"""Not −1/2, with which both networks shrink alike."""
AROUND_SEVERAL: list[Exact] = [
    *(Fraction(n, d) for n, d in ((1, 2), (-1, 2), (1, 3), (-1, 3))),
    *(1, -1, 2, -2, 3),
]


def over(a: Exact, b: Exact) -> Fraction:
    """a / b, an integral one as int."""
    return rational(ratio(a, b))


@family(
    title="Gradients with and without skips",
    minutes=(2, 3, 3),
    conventions=("exact",),
    tags=("lecture-17",),
)
class ResidualVsPlainDecay:
    """The derivative of L layers of slope a each, once plain and once with skips.

    Easy: a skip around each layer, and a > 0. Medium: a may be negative. Hard: a skip around each
    two or three layers.
    """

    slope: Exact
    depth: int
    span: int = 1

    stem = r"""
    A plain network and a residual network have $L = << depth >>$ layers of one unit each. Layer $l$
    computes $f_l$, and at the inputs considered every layer by itself has the same derivative in
    both networks:

    $$
    f_1' = << '' if depth == 2 else '\\dots = ' >>f_{<< depth >>}' = << slope >>
    $$

    The plain network chains its layers: $h^{(l)} = f_l(h^{(l-1)})$. The residual network adds a
    skip around
    <% if span == 1 %>
    every layer: $h^{(l)} = f_l(h^{(l-1)}) + h^{(l-1)}$.
    <% elif span == 2 %>
    every two layers: $h^{(2)} = f_2(f_1(h^{(0)})) + h^{(0)}$, then
    $h^{(4)} = f_4(f_3(h^{(2)})) + h^{(2)}$<< "" if depth == 4 else ", and so on" >>.
    <% else %>
    every three layers: $h^{(3)} = f_3(f_2(f_1(h^{(0)}))) + h^{(0)}$, then
    $h^{(6)} = f_6(f_5(f_4(h^{(3)}))) + h^{(3)}$.
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Few layers, so that the powers stay small."""
        if level == "hard":
            depth, span = rng.choice([(4, 2), (6, 2), (6, 3)])
            return cls(rng.choice(AROUND_SEVERAL), depth, span)
        slope = rng.choice(SMALL if level == "easy" else MIXED)
        # Of an even number of negative slopes the sign would tell what is right.
        return cls(slope, rng.choice([2, 3, 4] if slope > 0 else [2, 3, 3, 3, 4]))

    def worth_asking(self) -> bool:
        """The quotient has no large numbers, and neither derivative is 0."""
        if not self.factor:
            return False
        found = self.quotient()
        return max(abs(found.numerator), found.denominator) <= LARGEST

    @property
    def blocks(self) -> int:
        """How many skips there are."""
        return self.depth // self.span

    @property
    def branch(self) -> Fraction:
        """The derivative of what one skip leads around."""
        return rational(chain([self.slope] * self.span))

    @property
    def factor(self) -> Fraction:
        """The derivative of one block, its skip included."""
        return rational(1 + self.branch)

    @property
    def plain(self) -> Fraction:
        """a^L."""
        return self.without_skips(self.depth)

    @property
    def of_one_block(self) -> Fraction:
        """(1 + a^s) / a^s."""
        return over(self.factor, self.branch)

    @property
    def residual(self) -> Fraction:
        """(1 + a^s)^(L/s)."""
        return self.with_skips(self.branch, self.blocks)

    def without_skips(self, depth: int) -> Fraction:
        """The derivative of so many layers."""
        return rational(chain([self.slope] * depth))

    def with_skips(self, branch: Exact, blocks: int) -> Fraction:
        """The derivative of so many blocks, each of such a branch and a skip."""
        return rational(chain([1 + branch] * blocks))

    def quotient(self, residual: Exact | None = None) -> Fraction:
        """R / P, for another R where one is given."""
        return over(self.residual if residual is None else residual, self.plain)

    @property
    def figure(self) -> Figure:
        """The residual network."""
        blocks = [Block("$h^{(0)}$", kind="value")]
        skips = []
        for start in range(0, self.depth, self.span):
            before = len(blocks)
            blocks += [Block(f"$f_{start + each + 1}$") for each in range(self.span)]
            blocks.append(Block("+", kind="operation"))
            skips.append(Skip(before, len(blocks)))
            if self.span > 1 or start + self.span == self.depth:
                blocks.append(Block(f"$h^{{({start + self.span})}}$", kind="value"))
        return Chain(tuple(blocks), tuple(skips))

    @property
    def work(self) -> Work:
        """A block's branch, its quotient, and the power of that above and below the line."""
        return Work(self.span - 1 + 2 * (self.blocks - 1) + 1, 1, 3)

    @part(
        r"""
Let $P$ be the derivative of $h^{(<< depth >>)}$ with respect to $h^{(0)}$ in the plain network, and
$R$ that in the residual network. What is $R / P$?
""",
        points=1,
    )
    def ratio(self) -> Fraction:
        """R / P."""
        return self.quotient()

    @ratio.misconception("You divided the other way round: $R$ stands above the line.")
    def inverts_the_ratio(self) -> Fraction:
        """P / R."""
        return over(self.plain, self.residual)

    @ratio.misconception(
        "That is $R$. Divide it by $P$, the product of the << depth >> layers' derivatives."
    )
    def forgets_to_divide(self) -> Fraction:
        """R."""
        return self.residual

    @ratio.misconception("You subtracted the derivatives; their quotient is asked.")
    def takes_the_difference(self) -> Fraction:
        """R − P."""
        return rational(self.residual - self.plain)

    @ratio.misconception(
        "You compared a single block<< ', or left one of the two out' if blocks == 2 else '' >>. "
        "Both derivatives are products over all << depth >> layers."
    )
    def compares_one_block_only(self) -> Fraction:
        """(1 + a^s) / a^s."""
        return self.of_one_block

    @ratio.misconception(
        "You multiplied by the number of blocks, << blocks >>. Derivatives along a chain are "
        "multiplied, so this number is an exponent."
    )
    def multiplies_by_the_exponent(self) -> Fraction:
        """n (1 + a^s) / a^s."""
        return over(self.blocks * self.factor, self.branch)

    @ratio.misconception(
        "You took one skip around the whole network. Each block has its own: $R$ is the product of "
        "<< blocks >> factors of $<< factor >>$."
    )
    def keeps_the_ends_only(self) -> Fraction:
        """(1 + a^L) / a^L."""
        return self.quotient(1 + self.plain)

    @ratio.misconception(
        "You added the blocks' branches to 1. The blocks' derivatives are multiplied: $R$ is the "
        "product of << blocks >> factors of $<< factor >>$."
    )
    def adds_the_slopes(self) -> Fraction:
        """(1 + n a^s) / a^L."""
        return self.quotient(1 + self.blocks * self.branch)

    @ratio.misconception(
        "You took a block too many. From $h^{(0)}$ to $h^{(<< depth >>)}$ there are << depth >> "
        "layers."
    )
    def counts_a_block_too_many(self) -> Fraction:
        """n + 1 for n."""
        return over(self.quotient() * self.factor, self.branch)

    @ratio.misconception("You left the last block out; its derivative is a factor like the others.")
    def stops_a_block_early(self) -> Fraction | None:
        """n − 1 for n; of two blocks one is left."""
        return None if self.blocks == 2 else over(self.quotient() * self.branch, self.factor)

    @ratio.misconception(
        "You dropped the minus sign of the layers' derivative; it decides how much the skip "
        "cancels."
    )
    def takes_absolute_slopes(self) -> Fraction | None:
        """|a| for a."""
        if self.slope > 0 or self.span == 2:
            return None
        return over(self.with_skips(abs(self.branch), self.blocks), abs(self.plain))

    @ratio.misconception(
        "You have the sign wrong: a negative number to an odd power is negative, to an even power "
        "positive."
    )
    def reverses_the_sign(self) -> Fraction | None:
        """−R / P."""
        return rational(-self.quotient()) if self.slope < 0 else None

    @ratio.misconception(
        "You gave every layer a skip of its own. Here one skip leads around << span >> layers, "
        "so there are << blocks >> blocks."
    )
    def skips_every_layer(self) -> Fraction | None:
        """(1 + a)^L for (1 + a^s)^(L/s)."""
        if self.span == 1:
            return None
        return self.quotient(self.with_skips(self.slope, self.depth))

    @ratio.misconception(
        "You took one layer for the branch. A skip leads around << span >> layers, whose "
        "derivatives are multiplied."
    )
    def takes_one_layer_for_the_branch(self) -> Fraction | None:
        """(1 + a)^(L/s)."""
        if self.span == 1:
            return None
        return self.quotient(self.with_skips(self.slope, self.blocks))

    @ratio.misconception(
        "You added the derivatives of the << span >> layers within a branch; they are multiplied."
    )
    def adds_the_factors(self) -> Fraction | None:
        """(1 + s a)^(L/s)."""
        if self.span == 1:
            return None
        return self.quotient(self.with_skips(self.span * self.slope, self.blocks))
