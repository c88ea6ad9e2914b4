"""Receptive fields: from one unit down to all of the input that it depends on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from examgen.questions.figures.labels import sentences, spoken


@dataclass(frozen=True)
class Cone:
    """The layers from the first to the last, each in words; drawn without any scale.

    So it says what a receptive field is, and neither its size nor a step to it.
    """

    layers: tuple[str, ...]
    source: str = "image"

    title = "Receptive field"

    @cached_property
    def alt(self) -> str:
        """The figure in words."""
        last = len(self.layers)
        listing = (
            f"layer {number}: {spoken(words)}" for number, words in enumerate(self.layers, start=1)
        )
        return sentences(
            [
                f"one unit of layer {last} at the top depends on a region of each layer below, "
                f"the wider the lower, down to a region of the {self.source}, whose side is "
                "marked with a question mark; the figure is not to scale",
                *listing,
            ]
        )
