"""Figures: what a picture beside a question shows, as facts; `documents` draws them."""

from typing import TypeAlias

from examgen.questions.figures.chain import Block, Chain, Group, Skip
from examgen.questions.figures.cone import Cone
from examgen.questions.figures.graph import Edge, Graph, Node
from examgen.questions.figures.grid import Grid, Grids, Window
from examgen.questions.figures.labels import label
from examgen.questions.figures.mask import Mask
from examgen.questions.figures.plot import Curve, Line, Mark, Plot, Point, Step
from examgen.questions.figures.sliding import slid, sliding
from examgen.questions.figures.volumes import Volume, Volumes

Figure: TypeAlias = Grids | Chain | Mask | Graph | Cone | Plot | Volumes
"""Any figure; each has `title` and `alt`, what somebody who cannot see it needs to know."""

__all__ = [
    "Block",
    "Chain",
    "Cone",
    "Curve",
    "Edge",
    "Figure",
    "Graph",
    "Grid",
    "Grids",
    "Group",
    "Line",
    "Mark",
    "Mask",
    "Node",
    "Plot",
    "Point",
    "Skip",
    "Step",
    "Volume",
    "Volumes",
    "Window",
    "label",
    "slid",
    "sliding",
]
