"""Figures: what a picture beside a question shows, as facts; `documents` draws them."""

from typing import TypeAlias

from examgen.questions.figures.chain import Block, Chain, Group, Skip
from examgen.questions.figures.grid import Grid, Grids, Window
from examgen.questions.figures.labels import label
from examgen.questions.figures.mask import Mask
from examgen.questions.figures.sliding import slid, sliding

Figure: TypeAlias = Grids | Chain | Mask
"""Any figure; each has `alt`, what somebody who cannot see it needs to know."""

__all__ = [
    "Block",
    "Chain",
    "Figure",
    "Grid",
    "Grids",
    "Group",
    "Mask",
    "Skip",
    "Window",
    "label",
    "slid",
    "sliding",
]
