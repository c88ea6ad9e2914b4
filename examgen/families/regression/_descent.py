"""The figure of gradient descent on a parabola: a sketch, the same for every problem."""

from fractions import Fraction
from itertools import pairwise

from examgen.questions.figures import Curve, Plot, Point, Step


def descent() -> Plot:
    """A loss curve, and two steps from side to side."""
    curve = Curve(tuple((Fraction(k, 4), Fraction(k, 4) ** 2) for k in range(-16, 17)), "$L(w)$")
    visited = [(-Fraction(7, 2), "$w_0$"), (Fraction(5, 2), "$w_1$"), (-Fraction(3, 2), "$w_2$")]
    points = [Point(w, w * w, name=name) for w, name in visited]
    steps = [Step((one.x, one.y), (other.x, other.y)) for one, other in pairwise(points)]
    return Plot(
        (-5, 5),
        (-1, 17),
        ("$w$", "loss"),
        tuple(points),
        curves=(curve,),
        steps=tuple(steps),
        to_scale=False,
        ticks=False,
    )
