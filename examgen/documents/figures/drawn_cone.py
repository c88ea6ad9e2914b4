"""Drawing receptive fields: a band for each layer's output, and the cone through all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from examgen.documents.figures.lettering import width
from examgen.documents.figures.primitives import Path, Primitive, Text, arrow, rectangle
from examgen.questions.figures import Cone

BAND, STEP = 14.0, 38.0
"""The height of a band, and from band to band."""
UNIT = 14.0


def draw_cone(figure: Cone) -> Iterator[Primitive]:
    """From the unit at the top to the region of the input, not to scale."""
    count = len(figure.layers)
    # The cone grows by the same share at each layer, whatever the layer: it tells no size.
    widths = [UNIT + 120 * level / count for level in range(count + 1)]
    half = widths[-1] / 2 + 24
    for level, wide in enumerate(widths):
        top = level * STEP
        yield rectangle(-half, top, 2 * half, BAND, ink="muted", tint="soft")
        yield rectangle(-wide / 2, top, wide, BAND, ink="accent", tint="wash", weight=1.5)
        name = f"output of layer {count - level}" if level < count else figure.source
        yield Text((-half - 10, top + BAND / 2), name, "end", "small")
    for level, (upper, lower) in enumerate(pairwise(widths)):
        top, foot = level * STEP + BAND, (level + 1) * STEP
        for side in (-0.5, 0.5):
            yield Path(((side * upper, top), (side * lower, foot)), "accent", dashed=True)
        layer = count - level
        words = f"layer {layer}: {figure.layers[layer - 1]}"
        yield Text((half + 10, (top + foot) / 2), words, "start", "small")
    foot = count * STEP + BAND + 12
    yield from measure(widths[-1], foot)
    yield Text((half + 10, foot), "not to scale", "start", "small", "muted")


def measure(wide: float, y: float) -> Iterator[Primitive]:
    """What is asked: how wide the region is."""
    half, mark = wide / 2, width("?", "normal") / 2 + 4
    yield from arrow((-mark, y), (-half, y))
    yield from arrow((mark, y), (half, y))
    yield Text((0, y), "?")
