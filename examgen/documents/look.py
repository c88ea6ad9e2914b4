"""How pages are to look, as far as the instructor chooses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Flavor = Literal["quarto", "github"]
"""How Markdown marks its formulas: `$…$` for Quarto, Jupyter and editors, or GitHub's way."""
Style = Literal["article", "exam"]
"""What LaTeX's pages are made with: the class `article`, or the class `exam` and its commands."""
Layout = Literal["compact", "fixed"]
"""Whether pages follow what was drawn, or are the same for all forms, for scanning services."""


@dataclass(frozen=True)
class Look:
    """What is chosen; unless said otherwise, the shipped looks."""

    flavor: Flavor = "quarto"
    templates: Path | None = None
    """A folder of the instructor's own page skeletons; what it lacks is taken from the shipped."""
    style: Style = "article"
    layout: Layout = "compact"
    """Of the papers that are printed, in LaTeX and Typst."""
    answer_space: float = 144.0
    """Points of height for each answer in the fixed layout."""
