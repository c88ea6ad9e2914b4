"""From what a figure shows to where everything stands."""

from __future__ import annotations

from functools import lru_cache

from examgen.documents.figures.drawn_chain import draw_chain
from examgen.documents.figures.drawn_grids import draw_grids
from examgen.documents.figures.drawn_mask import draw_mask
from examgen.documents.figures.primitives import Drawing
from examgen.questions.figures import Chain, Figure, Grids, Mask


@lru_cache(maxsize=256)
def draw(figure: Figure) -> Drawing:
    """The drawing of a figure; kept, because paper and key show the same one in every format."""
    match figure:
        case Grids():
            return Drawing(tuple(draw_grids(figure)))
        case Chain():
            return Drawing(tuple(draw_chain(figure)))
        case Mask():
            return Drawing(tuple(draw_mask(figure)))
