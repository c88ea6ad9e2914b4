"""How often Python looks for garbage that counting references does not find."""

from __future__ import annotations

import gc

NEW = 50_000
"""How many objects are made before Python looks for garbage again."""


def collect_rarely() -> None:
    """Let a process look for cycles after tens of thousands of new objects, not after hundreds.

    Drawing and writing a form makes some ten thousand objects that mostly stay, with hardly a cycle
    among them; the usual looks take a tenth of the time and find nothing.
    """
    gc.set_threshold(NEW, 100, 20)
