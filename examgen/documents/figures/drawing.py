"""From what a figure shows to where everything stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from examgen.documents.figures.drawn_chain import draw_chain
from examgen.documents.figures.drawn_cone import draw_cone
from examgen.documents.figures.drawn_graph import draw_graph
from examgen.documents.figures.drawn_grids import draw_grids
from examgen.documents.figures.drawn_mask import draw_mask
from examgen.documents.figures.drawn_plot import draw_plot
from examgen.documents.figures.drawn_volumes import draw_volumes
from examgen.documents.figures.primitives import Circle, Drawing, Path, Primitive, Text
from examgen.documents.kept_pages import KEPT_FIGURES
from examgen.kept import kept
from examgen.questions.figures import Chain, Cone, Figure, Graph, Grids, Mask, Plot, Volumes

RANKS = (Path, Circle, Text)


@kept(KEPT_FIGURES)
def draw(figure: Figure) -> Drawing:
    """The drawing of a figure; kept, because paper and key show the same one in every format."""
    return Drawing(tuple(layered(primitives(figure))))


def layered(drawn: Iterable[Primitive]) -> list[Primitive]:
    """Lines and areas by their looks in order of appearance, then circles, and labels on top.

    So neighbours look alike, and SVG says only once how.
    """
    looks: dict[object, dict[type, list[Primitive]]] = defaultdict(lambda: {k: [] for k in RANKS})
    for each in drawn:
        looks[each.look][type(each)].append(each)
    return [each for rank in RANKS for alike in looks.values() for each in alike[rank]]


def primitives(figure: Figure) -> Iterator[Primitive]:
    """What a figure is drawn of."""
    match figure:
        case Grids():
            return draw_grids(figure)
        case Chain():
            return draw_chain(figure)
        case Mask():
            return draw_mask(figure)
        case Graph():
            return draw_graph(figure)
        case Cone():
            return draw_cone(figure)
        case Plot():
            return draw_plot(figure)
        case Volumes():
            return draw_volumes(figure)
