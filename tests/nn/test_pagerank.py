"""Steps of PageRank keep what ranks have to keep, and end where numpy's eigenvector points."""

from fractions import Fraction

import numpy as np
import pytest

from examgen.exact import Array, array
from examgen.nn.pagerank import pagerank_step, transition_matrix
from examgen.nn.shapes import DoesNotFit
from tests.nn.drawn import streams


def test_ranks_add_up_to_one_and_end_at_the_eigenvector() -> None:
    for seed, rng in streams(30):
        n = rng.randint(2, 5)
        links = [tuple(sorted(rng.sample(range(1, n + 1), rng.randint(0, n)))) for _ in range(n)]
        ranks: Array = array([Fraction(1, n)] * n)
        for _ in range(4):
            ranks = pagerank_step(links, ranks, Fraction(1, 2))
            assert sum(ranks) == 1, seed
        matrix = 0.5 * transition_matrix(links).astype(float) + 0.5 / n
        values, vectors = np.linalg.eig(matrix)
        leading = vectors[:, int(np.argmax(values.real))].real
        limit = leading / leading.sum()
        assert abs(ranks.astype(float) - limit).max() < 0.5**4 * 2, seed


def test_ranks_of_other_pages_do_not_fit() -> None:
    with pytest.raises(DoesNotFit):
        pagerank_step([(2,), (1,)], array([1, 0, 0]))
