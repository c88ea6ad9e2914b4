"""Volumes: what a layer takes and gives as stacks of channels, drawn without any scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from examgen.questions.figures.labels import sentences, spoken


@dataclass(frozen=True)
class Volume:
    """A stack of channels: what it is, and its sizes, a question mark or nothing for each.

    A `window` lies in it, where a kernel with this caption covers it in all channels.
    """

    caption: str
    channels: str
    height: str
    width: str
    window: str = ""

    @property
    def sizes(self) -> tuple[str, str, str]:
        """Channels, height and width."""
        return self.channels, self.height, self.width

    @property
    def words(self) -> Iterator[str]:
        """What is to be seen."""
        named = zip(("channels {}", "height {}", "width {}"), self.sizes, strict=True)
        sizes = [spoken(name.format(size)) for name, size in named if size]
        known = f" ({', '.join(sizes)})" if sizes else ""
        yield f"{spoken(self.caption) or 'between'}: a stack of channels{known}"
        if self.window:
            yield f"in its corner a window through all channels: {spoken(self.window)}"


@dataclass(frozen=True)
class Volumes:
    """Volumes from left to right, an arrow with a caption from each to the next."""

    volumes: tuple[Volume, ...]
    steps: tuple[str, ...]

    title = "Layer"

    @cached_property
    def alt(self) -> str:
        """The figure in words."""
        said = [words for volume in self.volumes for words in volume.words]
        arrows = [f"arrow {n}: {spoken(step)}" for n, step in enumerate(self.steps, start=1)]
        return sentences([*said, *arrows, "not to scale"])
