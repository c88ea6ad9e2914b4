"""Charts of an item analysis."""

from itertools import combinations, product

from examgen.documents.figures.placing import covers
from examgen.documents.figures.primitives import Circle
from examgen.documents.report.charts import bars, labels

CLOSE = [(100.0, 100.0), (100.0, 104.0), (103.0, 95.0), (104.0, 99.0), (60.0, 100.0)]


def test_labels_cover_neither_points_nor_each_other() -> None:
    placed = list(labels(CLOSE, ["12a", "2", "3", "4", "5"]))
    assert [each.label for each in placed] == ["12a", "2", "3", "4", "5"]
    for one, other in combinations(placed, 2):
        assert not covers(one.bounds, other.bounds)
    for label, point in product(placed, CLOSE):
        assert not covers(label.bounds, Circle(point, 3).bounds)
    for label, (x, y) in zip(placed, CLOSE, strict=True):
        assert abs(label.at[0] - x) + abs(label.at[1] - y) < 20, "close to its point"


def test_bars_of_several_charts_begin_at_the_same_place() -> None:
    short, long = bars([("a", 1, "b")]), bars([("a" * 80, 0.1, "34 of 34, mean 63.4, r 0.17")])
    assert (short.bounds.left, short.bounds.right) == (long.bounds.left, long.bounds.right)
