"""What must hold of powers of a matrix and of PageRank, tried on what is drawn."""

from examgen.exact import array, equal
from tests.families.laws import answer, drawn, like


def test_powers_add_up_and_are_linear() -> None:
    for each in drawn("matrix-power"):
        x, power = each.givens.x, each.givens.power
        halfway = answer(each, power=power - 1)
        assert equal(answer(each, x=halfway, power=1), answer(each)), each.givens
        other = like(x)
        both = answer(each, x=array(2 * x - other))
        assert equal(both, array(2 * answer(each) - answer(each, x=other))), each.givens


def test_ranks_are_shared_out_and_pages_have_no_names() -> None:
    for each in drawn("pagerank-step"):
        links, ranks = each.givens.links, each.givens.ranks
        assert answer(each).sum() == ranks.sum() == 1, each.givens
        last = len(ranks) + 1
        renamed = tuple(tuple(last - page for page in targets) for targets in links[::-1])
        exchanged = answer(each, links=renamed, ranks=array(ranks[::-1]))
        assert equal(exchanged, array(answer(each)[::-1])), each.givens
