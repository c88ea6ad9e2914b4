"""The figure of points with one input each."""

from examgen.exact import Array
from examgen.questions.figures import Plot, Point


def scatter(x: Array, y: Array) -> Plot:
    """The points (x_i, y_i) for an n × 1 matrix and n targets, with the origin in sight."""
    inputs, targets = [int(row[0]) for row in x], [int(each) for each in y]
    across = min(0, *inputs) - 1, max(0, *inputs) + 1
    up = min(0, *targets) - 1, max(0, *targets) + 1
    points = tuple(Point(a, b) for a, b in zip(inputs, targets, strict=True))
    return Plot(across, up, ("$x$", "$y$"), points)
