"""What the skeletons of a target are filled with: how it writes values, and its filters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Writers = dict[type, Callable[[Any], str]]
"""How a value is written, by its type."""
Filters = dict[str, Callable[..., str]]


class Done(str):
    """What a skeleton has already written in the target's way."""

    __slots__ = ()
