"""What must hold of any kernel, tried on what is drawn."""

from examgen.exact import array, equal
from tests.families.laws import answer, drawn, like, times


def test_a_gaussian_sees_differences_only() -> None:
    for each in drawn("gaussian-kernel-matrix"):
        x, variance = each.givens.x, each.givens.variance
        assert equal(answer(each, x=array(x + 7)), answer(each)), each.givens
        larger = answer(each, x=times(3, x), variance=9 * variance)
        assert equal(larger, answer(each)), each.givens


def test_a_gaussian_is_symmetric_and_predictions_are_linear() -> None:
    for each in drawn("gaussian-kernel-matrix", "easy", "medium"):
        assert equal(answer(each), array(answer(each).T)), each.givens
        assert [*answer(each).diagonal()] == [1] * len(each.givens.x)
    for each in drawn("gaussian-kernel-matrix", "hard"):
        v = each.givens.coefficients
        other = like(v)
        both = answer(each, coefficients=array(2 * v - other))
        parts = array(2 * answer(each) - answer(each, coefficients=other))
        assert equal(both, parts), each.givens


def test_a_polynomial_kernel_is_symmetric_and_sees_inner_products_only() -> None:
    for each in drawn("poly-kernel-feature-map", asked="value"):
        x, other = each.givens.x, each.givens.other
        assert answer(each, x=other, other=x) == answer(each), each.givens
        assert answer(each, other=times(0, other)) == 1
        turned = answer(each, x=array(-x[::-1]), other=array(-other[::-1]))
        assert turned == answer(each), each.givens


def test_monomials_follow_pascals_rule() -> None:
    """Those without the last variable, and those with it."""
    for each in drawn("poly-kernel-feature-map", asked="count"):
        variables, power = each.givens.variables, each.givens.power
        without = answer(each, variables=variables - 1)
        with_it = answer(each, power=power - 1)
        assert without + with_it == answer(each), each.givens


def test_trained_numbers_and_costs_grow_with_the_outputs() -> None:
    for each in drawn("reparam-shapes", asked="trained"):
        assert answer(each, outputs=3 * each.givens.outputs) == 3 * answer(each), each.givens
