"""PageRank: one step of the power method on a graph of links.

`links[j]` has the pages that page j + 1 links to, counted from 1. A page without links counts as
if it linked to all pages, itself included. Brin and Page 1998, with ranks that add up to 1.
"""

from collections.abc import Sequence

from examgen.exact import Array, Exact, array, ratio
from examgen.nn.dense import matvec
from examgen.nn.shapes import DoesNotFit

Links = Sequence[Sequence[int]]


def transition_matrix(links: Links) -> Array:
    """Return M (n, n) with M_ij = 1/(links on page j) where j links to i, else 0.

    Every column adds up to 1.
    """
    pages = range(1, len(links) + 1)
    targets = [set(each) or set(pages) for each in links]
    return array([[ratio(int(i in each), len(each)) for each in targets] for i in pages])


def pagerank_step(links: Links, ranks: Array, damping: Exact = 1) -> Array:
    """Return (1 − d)/n + d·M r for ranks r (n,) that add up to 1."""
    if ranks.shape != (len(links),):
        raise DoesNotFit(f"ranks of shape {ranks.shape} for {len(links)} pages")
    jump = ratio(1 - damping, len(links))
    return array([jump + damping * each for each in matvec(transition_matrix(links), ranks)])
