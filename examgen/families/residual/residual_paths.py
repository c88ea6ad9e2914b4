"""How many paths lead through a residual network."""

from math import factorial, perm
from random import Random
from typing import Literal, Self

from examgen.families.residual._blocks import residual_blocks
from examgen.nn.paths import branches_taken, path_count, paths_of_length, paths_up_to
from examgen.questions.family import family
from examgen.questions.figures import Figure
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work

Asked = Literal["all", "lost", "of length", "up to", "lost of length", "branches"]
ASKED: dict[Level, list[Asked]] = {
    "easy": ["all", "lost"],
    "medium": ["of length"],
    "hard": ["up to", "lost of length", "branches"],
}
DRAWN = 4
"""A network of more blocks is not drawn: its figure would only be long."""


@family(
    title="Paths through residual blocks",
    minutes=(1, 2, 3),
    tags=(
        "lecture-17",
        "idea-skip-paths",
    ),
)
class ResidualPaths:
    """A path takes the branch or the skip at each of L blocks; its length counts the branches.

    Easy: all paths, or those lost with some blocks' branches. Medium: those of one length. Hard:
    those of at most this length, those of this length that are lost, or all lengths together.
    """

    depth: int
    asked: Asked
    length: int = 0
    removed: int = 0

    stem = r"""
    A residual network has $L = << depth >>$ blocks with linear branches, so that each block's
    Jacobian is $J_l + I$, where $J_l$ is the Jacobian of its branch alone. Multiplied out, the
    network's Jacobian

    $$
    <% if depth > 4 %>
    (J_{<< depth >>} + I)(J_{<< depth - 1 >>} + I) \cdots (J_1 + I)
    <% else %>
    <% for _ in range(depth) %>
    (J_{<< depth - loop.index0 >>} + I)
    <% endfor %>
    <% endif %>
    $$

    is a sum. Each of its terms, the identity included, is a *path* through the network: at every
    block it takes either the branch or the skip. Its *length* is the number of branches it takes.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Few enough blocks that a hand can count; lengths that are neither 0 nor L."""
        asked = rng.choice(ASKED[level])
        if asked == "all":
            return cls(rng.randint(3, 8), asked)
        if asked == "lost":
            depth = rng.randint(4, 7)
            return cls(depth, asked, removed=rng.randint(1, 3))
        if asked == "branches":
            return cls(rng.randint(3, 6), asked)
        depth = rng.randint(5, 7) if level == "hard" else rng.randint(5, 9)
        removed = rng.randint(1, 2) if asked == "lost of length" else 0
        return cls(depth, asked, rng.randint(2, 3), removed)

    @property
    def figure(self) -> Figure | None:
        """The blocks with their skips, as long as they are few."""
        if self.depth > DRAWN:
            return None
        return residual_blocks([f"$J_{n}$" for n in range(1, self.depth + 1)], activation=None)

    @property
    def is_removed(self) -> bool:
        """Whether some blocks lose their branches."""
        return self.removed > 0

    @property
    def remaining(self) -> int:
        """How many blocks keep their branches."""
        return self.depth - self.removed

    @property
    def each_length(self) -> list[int]:
        """How many paths there are of length 0, 1, …"""
        return [paths_of_length(self.depth, each) for each in range(self.length + 1)]

    @property
    def work(self) -> Work:
        """Powers of 2, or binomials."""
        binomial = Work(self.length, 1)
        return {
            "all": Work(3, 1, 1),
            "lost": Work(3, 2, 1),
            "of length": binomial + Work(1, 0, 2),
            "up to": binomial + Work(1, self.length, 3),
            "lost of length": binomial * 2 + Work(0, 2, 1),
            "branches": Work(4, 2, 2),
        }[self.asked]

    def counted(self, depth: int, length: int) -> int:
        """What is asked, of a network that is whole."""
        if self.asked == "up to":
            return paths_up_to(depth, length)
        if self.asked == "branches":
            return branches_taken(depth)
        return paths_of_length(depth, length) if length else path_count(depth)

    @part(
        r"""
<%- if asked == "all" -%>
How many paths are there?
<%- elif asked == "lost" -%>
<<- "The branch of one block is" if removed == 1 else "The branches of " ~ removed ~
" blocks are" >> cut, so that only << "its skip is" if removed == 1 else "their skips are" >> left.
How many of the paths are lost?
<%- elif asked == "of length" -%>
How many paths have length exactly << length >>?
<%- elif asked == "up to" -%>
How many paths have length << length >> or less?
<%- elif asked == "lost of length" -%>
<<- "The branch of one block is" if removed == 1 else "The branches of " ~ removed ~
" blocks are" >> cut, so that only << "its skip is" if removed == 1 else "their skips are" >> left.
How many of the paths of length exactly << length >> are lost?
<%- else -%>
Add up the lengths of all paths. What is the sum?
<%- endif -%>
""",
        points=1,
        counts=True,
    )
    def number(self) -> int:
        """Of the whole network, less what the network without these branches has."""
        whole = self.counted(self.depth, self.length)
        return whole - self.counted(self.remaining, self.length) if self.is_removed else whole

    @number.misconception(
        "Each block offers a choice between two ways. The choices multiply: there are "
        "$2^{<< depth >>} = << 2 ** depth >>$ paths."
    )
    def adds_the_choices(self) -> int | None:
        """2L for 2^L."""
        return {"all": 2 * self.depth, "lost": 2 * self.removed}.get(self.asked)

    @number.misconception(
        "You counted one path for each length. Of most lengths there are several, which take the "
        "branches of different blocks."
    )
    def keeps_one_path_of_each_length(self) -> int | None:
        """1 of each length."""
        return {
            "all": self.depth + 1,
            "lost": self.removed,
            "up to": self.length + 1,
            "branches": self.depth * (self.depth + 1) // 2,
        }.get(self.asked)

    @number.misconception(
        "You left out the path that takes every skip; the identity is a term like the others."
    )
    def forgets_the_skips_alone(self) -> int | None:
        """The path of length 0 left out."""
        return self.counted(self.depth, self.length) - 1 if self.asked in ("all", "up to") else None

    @number.misconception(
        "You counted orders. Blocks come in one order; what a path chooses is which of them to "
        "take."
    )
    def counts_the_orders(self) -> int | None:
        """L! for 2^L, L!/(L−m)! for C(L, m)."""
        if self.asked == "all":
            return factorial(self.depth)
        if self.asked == "up to":
            return sum(perm(self.depth, each) for each in range(self.length + 1))
        lost = perm(self.remaining, self.length) if self.is_removed else 0
        return perm(self.depth, self.length) - lost if self.length else None

    @number.misconception(
        "You squared the number of blocks; two ways at each of << depth >> blocks are "
        "$2^{<< depth >>}$."
    )
    def squares_the_depth(self) -> int | None:
        """L² for 2^L."""
        if self.asked == "lost":
            return self.depth**2 - self.remaining**2
        return self.depth**2 if self.asked == "all" else None

    @number.misconception(
        "You counted three ways at each block: branch, skip, and both. A term of the product takes "
        "one of the two."
    )
    def takes_both_ways(self) -> int | None:
        """3^L for 2^L."""
        if self.asked not in ("all", "lost"):
            return None
        return int(3**self.depth - (3**self.remaining if self.is_removed else 0))

    @number.misconception(
        "You added up the lengths of the paths; each path counts once, however long it is."
    )
    def adds_up_the_lengths(self) -> int | None:
        """L · 2^(L−1) for 2^L."""
        if self.asked not in ("all", "lost"):
            return None
        lost = branches_taken(self.remaining) if self.is_removed else 0
        return branches_taken(self.depth) - lost

    @number.misconception(
        "You took one block too many: $L = << depth >>$ blocks are << depth >> choices."
    )
    def counts_a_block_too_many(self) -> int | None:
        """L + 1 for L."""
        return None if self.is_removed else self.counted(self.depth + 1, self.length)

    @number.misconception("You took one block too few: all << depth >> blocks offer a choice.")
    def stops_a_block_early(self) -> int | None:
        """L − 1 for L."""
        return None if self.is_removed else self.counted(self.depth - 1, self.length)

    @number.misconception("Those are the paths that are left, not those that are lost.")
    def gives_what_remains(self) -> int | None:
        """The network without these branches."""
        return self.counted(self.remaining, self.length) if self.is_removed else None

    @number.misconception(
        "You counted the paths that take all of the cut branches; one of them is enough to lose a "
        "path."
    )
    def counts_the_paths_through_all_removed(self) -> int | None:
        """2^(L−r) for 2^L − 2^(L−r) where several branches are cut."""
        if self.asked == "lost" or self.removed < 2:
            return None
        return paths_of_length(self.remaining, self.length - self.removed)

    @number.misconception(
        "You took a share of << removed >>/<< depth >> of the paths. A path that takes several "
        "branches is lost with any of them."
    )
    def loses_in_proportion(self) -> int | None:
        """r/L of all."""
        if self.asked != "lost":
            return None
        share, rest = divmod(self.removed * path_count(self.depth), self.depth)
        return None if rest else share

    @number.misconception(
        "You counted all paths<< ' of length ' ~ length if length else '' >> before the cut. "
        "Those that take none of the cut branches are not lost."
    )
    def forgets_the_cut(self) -> int | None:
        """The whole network."""
        return self.counted(self.depth, self.length) if self.is_removed else None

    @number.misconception(
        "You counted all << 2 ** depth >> paths"
        "<% if asked == 'branches' %>; it is their lengths that are added up."
        "<% else %>, whatever their length.<% endif %>"
    )
    def counts_every_length(self) -> int | None:
        """2^L."""
        return path_count(self.depth) if self.length or self.asked == "branches" else None

    @number.misconception(
        "<% if is_removed %>You multiplied the length by the number of cut branches. A path is "
        "lost if any of its << length >> branches is cut: count those that are left, and subtract."
        "<% else %>A path of length << length >> chooses << length >> of the << depth >> blocks. "
        "You multiplied these two numbers.<% endif %>"
    )
    def multiplies_length_and_depth(self) -> int | None:
        """L · m for C(L, m)."""
        if self.asked == "lost of length":
            return self.length * self.removed
        return self.length * self.depth if self.asked == "of length" else None

    @number.misconception(
        "You chose << length >> times among all << depth >> blocks. A path takes a branch once or "
        "not at all, and in one order."
    )
    def chooses_with_repetition(self) -> int | None:
        """L^m for C(L, m)."""
        return self.depth**self.length if self.asked == "of length" else None

    @number.misconception(
        "You counted two ways for each of << length >> blocks; of length << length >> there are as "
        "many paths as choices of << length >> blocks among << depth >>."
    )
    def takes_the_length_for_the_depth(self) -> int | None:
        """2^m for C(L, m)."""
        return path_count(self.length) if self.asked in ("of length", "up to") else None

    @number.misconception(
        "You counted the paths of length exactly << length >>; shorter ones count too."
    )
    def leaves_out_the_shorter(self) -> int | None:
        """C(L, m)."""
        if self.asked != "up to":
            return None
        return paths_of_length(self.depth, self.length)

    @number.misconception(
        "You also counted the paths of lengths below << length >>; only those of this "
        "length are asked."
    )
    def includes_the_shorter(self) -> int | None:
        """C(L, 0) + … + C(L, m)."""
        return paths_up_to(self.depth, self.length) if self.asked == "of length" else None

    @number.misconception(
        "You gave every path the full length << depth >>; on average a path takes half of the "
        "branches."
    )
    def takes_every_path_for_the_longest(self) -> int | None:
        """L · 2^L."""
        return 2 * branches_taken(self.depth) if self.asked == "branches" else None
