"""One step of PageRank on a small graph."""

from fractions import Fraction
from random import Random
from typing import Self

from examgen.exact import Array, Exact, array, entries, ratio, rational
from examgen.nn.dense import matvec
from examgen.nn.pagerank import pagerank_step, transition_matrix
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work

LARGEST = 100
"""No denominator may be larger."""
DAMPINGS = [Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(4, 5)]
STARTS: dict[int, list[tuple[int, ...]]] = {
    3: [(2, 1, 1), (3, 2, 1), (2, 2, 1), (3, 1, 1)],
    4: [(2, 1, 1, 1), (3, 1, 1, 1), (2, 2, 1, 1), (3, 2, 2, 1), (1, 3, 4, 2)],
}
"""Starts for so many pages, before they are divided by their sum."""


@family(title="A step of PageRank", minutes=(2, 3, 3), conventions=("indices", "exact"))
class PagerankStep:
    """r' = (1 − d)/n + d·Mr with d = `damping`; `links[j]` has the pages that page j + 1 links to.

    Easy: three pages, d = 1. Medium: four, d < 1. Hard: the same, and one page without links.
    """

    links: tuple[tuple[int, ...], ...]
    ranks: Array
    damping: Exact

    stem = r"""
    There are << ranks | length >> pages with links between them:

    <% for targets in links %>
    - Page << loop.index >> links to << written_targets(targets) >>.
    <% endfor %>

    Page $j$ has $\ell_j$ links.
    <% if has_dangling %>
    A page without links counts as if it linked to all pages, itself included:
    $\ell_j = << ranks | length >>$.
    <% endif %>
    A step of PageRank computes new ranks from the old ones:

    $$
    <% if damping == 1 %>
    r'_i = \sum_{j \to i} \frac{r_j}{\ell_j}
    <% else %>
    r'_i = \frac{1 - d}{n} + d \sum_{j \to i} \frac{r_j}{\ell_j}, \qquad d = << damping >>,
    \quad n = << ranks | length >>
    <% endif %>
    $$

    The sum is over the pages $j$ that link to page $i$.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Links from every page to one, two or three others; at the hard level from all but one."""
        count = 3 if level == "easy" else 4
        links: list[tuple[int, ...]] = []
        for page in range(1, count + 1):
            others = [each for each in range(1, count + 1) if each != page]
            links.append(tuple(sorted(rng.sample(others, rng.randint(1, len(others))))))
        if level == "hard":
            links[rng.randint(0, count - 1)] = ()
        start = rng.choice(STARTS[count])
        shuffled = rng.sample(start, count)
        ranks = array([ratio(each, sum(start)) for each in shuffled])
        return cls(tuple(links), ranks, 1 if level == "easy" else rng.choice(DAMPINGS))

    def worth_asking(self) -> bool:
        """Every page is linked to, the ranks change, and no denominator is large."""
        reached = {target for targets in self.links for target in targets}
        new = [rational(each) for each in self.right]
        return len(reached) == len(self.links) and all(each.denominator <= LARGEST for each in new)

    def plausible(self, wrong: Array) -> bool:
        """Whether the ranks add up to 1: everybody knows that they do."""
        return bool(sum(entries(wrong)) == 1)

    @property
    def has_dangling(self) -> bool:
        """Whether a page has no links."""
        return () in self.links

    @property
    def right(self) -> Array:
        """The ranks after a step."""
        return pagerank_step(self.links, self.ranks, self.damping)

    @property
    def matrix(self) -> Array:
        """The share that each page gives to each, page j in column j."""
        return transition_matrix(self.links)

    @property
    def rows(self) -> list[list[Exact]]:
        """The matrix as lists."""
        rows: list[list[Exact]] = self.matrix.tolist()
        return rows

    @property
    def jump(self) -> Exact:
        """(1 − d)/n."""
        return ratio(1 - self.damping, len(self.links))

    @property
    def sources(self) -> list[list[int]]:
        """For each page, from 0, those that link to it, one without links among them."""
        columns = range(len(self.links))
        return [[j for j in columns if self.matrix[i, j] != 0] for i in columns]

    @property
    def degrees(self) -> list[int]:
        """How many links each page has, one without links as many as there are pages."""
        return [len(each) or len(self.links) for each in self.links]

    @property
    def collected(self) -> Array:
        """M r, before damping."""
        return matvec(self.matrix, self.ranks)

    @property
    def work(self) -> Work:
        """A quotient for each link, sums, and damping."""
        links = sum(map(len, self.sources))
        damped = 0 if self.damping == 1 else len(self.links)
        return Work(links // 2 + damped, links + damped, links)

    def written_targets(self, targets: tuple[int, ...]) -> str:
        """The pages in a sentence."""
        if not targets:
            return "no page"
        *most, last = map(str, targets)
        name = "pages" if most else "page"
        return f"{name} {', '.join(most)} and {last}" if most else f"{name} {last}"

    def damped(self, collected: Array, damping: Exact | None = None) -> Array:
        """(1 − d)/n + d times what was collected."""
        d = self.damping if damping is None else damping
        return array([ratio(1 - d, len(self.links)) + d * each for each in collected])

    def with_matrix(self, rows: list[list[Exact]]) -> Array:
        """The step with other shares."""
        return self.damped(matvec(array(rows), self.ranks))

    @part(
        r"The old ranks are $r_1, \dots, r_<< ranks | length >> = "
        r"<% for each in ranks %><< each >><% if not loop.last %>, <% endif %><% endfor %>$. "
        r"What are the ranks after one step, $(r'_1, \dots, r'_<< ranks | length >>)$?",
        points=1,
    )
    def new_ranks(self) -> Array:
        """(1 − d)/n + d·Mr."""
        return self.right

    @new_ranks.misconception(
        "You followed the links backwards. A page gets its rank from the pages that link *to* it."
    )
    def follows_links_backwards(self) -> Array:
        """Mᵀ for M: from the pages that it links to."""
        return self.with_matrix(self.matrix.T.tolist())

    @new_ranks.misconception(
        "You turned every link around. A page gives its rank to the pages that it links to."
    )
    def turns_the_links_around(self) -> Array | None:
        """Each page's rank, divided among the pages that link to it."""
        pages = range(1, len(self.links) + 1)
        turned = tuple(tuple(j for j in pages if i in (self.links[j - 1] or pages)) for i in pages)
        return pagerank_step(turned, self.ranks, self.damping)

    @new_ranks.misconception(
        "You gave every page a link to itself, through which it keeps a share of its rank; no "
        "such link is listed."
    )
    def keeps_a_share(self) -> Array:
        """Each page among its own targets."""
        own = enumerate(self.links, start=1)
        kept = tuple(targets and tuple(sorted((page, *targets))) for page, targets in own)
        return pagerank_step(kept, self.ranks, self.damping)

    @new_ranks.misconception(
        "You divided each rank among *all* other pages. Only the pages that it links to get a "
        "share."
    )
    def links_to_every_other_page(self) -> Array:
        """Everybody's rank to all others."""
        pages = range(1, len(self.links) + 1)
        others = tuple(tuple(j for j in pages if j != i) for i in pages)
        return pagerank_step(others, self.ranks, self.damping)

    @new_ranks.misconception(
        "You gave the whole rank to every target. A page divides its rank among its links."
    )
    def forgets_to_divide(self) -> Array:
        """1 for 1/ℓ_j."""
        return self.with_matrix([[int(each != 0) for each in row] for row in self.rows])

    @new_ranks.misconception(
        "You divided by how many pages link to a page, not by how many links its sources have."
    )
    def divides_by_the_incoming(self) -> Array:
        """The mean of the sources for a sum of shares."""
        return self.with_matrix(
            [[ratio(int(each != 0), sum(e != 0 for e in row)) for each in row] for row in self.rows]
        )

    @new_ranks.misconception("You left the old ranks out: each page starts with its own.")
    def starts_evenly(self) -> Array:
        """1/n for every old rank."""
        even = array([Fraction(1, len(self.links))] * len(self.links))
        return pagerank_step(self.links, even, self.damping)

    @new_ranks.misconception(
        "You used ranks that were new already. A step uses the old ranks of all pages."
    )
    def updates_in_place(self) -> Array:
        """Each page's new rank for those after it."""
        ranks = self.ranks.tolist()
        for i, row in enumerate(self.rows):
            shares = [share * rank for share, rank in zip(row, ranks, strict=True)]
            ranks[i] = self.jump + self.damping * sum(shares)
        return array(ranks)

    @new_ranks.misconception("You took two steps; one was asked.")
    def takes_one_step_more(self) -> Array:
        """The ranks after two steps."""
        return pagerank_step(self.links, self.right, self.damping)

    @new_ranks.misconception("You left out the damping. Only the share $d$ follows the links.")
    def forgets_the_damping(self) -> Array | None:
        """d = 1."""
        return None if self.damping == 1 else self.collected

    @new_ranks.misconception(
        "You swapped $d = << damping >>$ and $1 - d = << 1 - damping >>$. The links get $d$."
    )
    def swaps_the_damping(self) -> Array | None:
        """1 − d for d; the same for 1/2."""
        if self.damping in (1, Fraction(1, 2)):
            return None
        return self.damped(self.collected, 1 - self.damping)

    @new_ranks.misconception(
        "You added $1 - d$ to every page. It is shared out: $(1 - d) / n$ each, so that ranks add "
        "up to 1."
    )
    def forgets_to_share_the_jump(self) -> Array | None:
        """1 − d for (1 − d)/n."""
        if self.damping == 1:
            return None
        return array([1 - self.damping + self.damping * each for each in self.collected])

    @new_ranks.misconception("You left out $(1 - d) / n = << jump >>$, which every page gets.")
    def forgets_the_jump(self) -> Array | None:
        """d·Mr."""
        if self.damping == 1:
            return None
        return array([self.damping * each for each in self.collected])

    @new_ranks.misconception(
        "You lost the rank of the page without links. It is shared out among all pages."
    )
    def loses_the_dangling_rank(self) -> Array | None:
        """0 for 1/n in the column of a page without links."""
        if not self.has_dangling:
            return None
        at = self.links.index(())
        return self.with_matrix([[*row[:at], 0, *row[at + 1 :]] for row in self.rows])

    @new_ranks.misconception(
        "You let the page without links keep its rank. It is shared out among all pages."
    )
    def keeps_the_dangling_rank(self) -> Array | None:
        """1 on the diagonal for 1/n in its column."""
        if not self.has_dangling:
            return None
        at = self.links.index(())
        return self.with_matrix(
            [[*row[:at], int(i == at), *row[at + 1 :]] for i, row in enumerate(self.rows)]
        )
