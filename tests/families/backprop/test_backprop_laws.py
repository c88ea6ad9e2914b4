"""What must hold of backpropagation through a network with ReLU, tried on what is drawn."""

from fractions import Fraction

from examgen.exact import equal
from tests.families.laws import answers, drawn, times


def test_a_gradient_times_its_values_is_the_same_at_every_layer() -> None:
    """⟨∂L/∂v, v⟩ for the output, for the hidden units, and for the weights of either layer."""
    for each in drawn("long-backprop-mlp"):
        givens, found = each.givens, answers(each)
        at_output = found["gradient_f"] * found["f"]
        for slope, values in (
            (found["gradient_h"], found["h"]),
            (found["gradient_w2"], givens.output_weights),
            (found["gradient_w1"], givens.hidden_weights),
        ):
            assert equal((slope * values).sum(), at_output), givens


def test_what_one_layer_gains_the_other_may_lose() -> None:
    """ReLU lets a positive factor through: the output and what comes back to it stay."""
    for each in drawn("long-backprop-mlp"):
        givens, was = each.givens, answers(each)
        now = answers(
            each,
            hidden_weights=times(2, givens.hidden_weights),
            output_weights=times(Fraction(1, 2), givens.output_weights),
        )
        assert equal(now["h"], times(2, was["h"])), givens
        for name in ("f", "loss", "gradient_f"):
            assert equal(now[name], was[name]), (name, givens)
        assert equal(now["gradient_w2"], times(2, was["gradient_w2"])), givens
        assert equal(now["gradient_w1"], times(Fraction(1, 2), was["gradient_w1"])), givens
