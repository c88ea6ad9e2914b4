"""What a PDF engine is, and setting many pages at a time."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Protocol

from examgen.documents.images import Images
from examgen.documents.pdf.outline import Corner

NONE: Images = {}


@dataclass(frozen=True)
class Typeset:
    """A page source, set."""

    pdf: bytes
    corners: tuple[Corner, ...] = ()
    """Where the boxes of a fixed layout came to lie."""


class Engine(Protocol):
    """Something that sets page sources of one format."""

    @property
    def name(self) -> str:
        """What it is called on the command line."""

    @property
    def title(self) -> str:
        """What it is called on screen."""

    @property
    def source(self) -> str:
        """The format of the pages it sets, such as "tex"."""

    def typeset(self, source: str, name: str, images: Images = NONE) -> Typeset:
        """The PDF of one page source with its *images*; *name*, without ending, is for messages.

        Equal sources give equal bytes. Raises `Fault` where the engine finds an error.
        """


def typeset_all(
    engine: Engine, sources: Mapping[str, str], images: Images = NONE
) -> dict[str, Typeset]:
    """The PDF of every source, by its path with .pdf; as many at a time as there are cores."""
    names = [str(PurePosixPath(path).with_suffix("")) for path in sources]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        pages = pool.map(partial(engine.typeset, images=images), sources.values(), names)
        return {f"{name}.pdf": page for name, page in zip(names, pages, strict=True)}
