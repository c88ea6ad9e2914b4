"""Writing texts that differ only in their numbers: once for all of them.

What a family says is the same in every problem but for the numbers. No page format looks into them,
so what is between them is written once, and kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, wraps

from examgen.faults import Fault

Write = Callable[[str], str]
NUMBER = re.compile(r"([-0-9](?:(?<=[0-9])|(?:(?<=[ {(=&]-)|(?<=[ \n]\$-))(?=[0-9]))[0-9]*)")
"""A number; its minus is part of it where it means nothing to Markdown and joins nothing.

The first character is a class of its own, for which a text is searched several times as fast.
"""
STAND_IN = "9081726354"
"""Stands for every number: it occurs in nothing that is written without one."""
LISTED = re.compile(r"^[-*+> ]*[0-9]+[.)]", re.MULTILINE)
"""Where a number may be the mark of an item, which is not written."""
OTHERWISE = ("`", "~", "    ", "\t", "&#")
"""What code may begin with, in which a minus does mean something, and a character by its number."""


def but_for_numbers(kept: int) -> Callable[[Write], Write]:
    """Let a function write only what is between a text's numbers, which are copied.

    *kept* is how many such texts are remembered.
    """

    def declare(write: Write) -> Write:
        @lru_cache(maxsize=kept)
        def between(text: str) -> Sequence[str]:
            """What is written between the stand-ins of a text; nothing where it takes numbers."""
            if LISTED.search(text) or any(each in text for each in OTHERWISE):
                return ()
            try:
                return tuple(write(text).split(STAND_IN))
            except Fault:  # which shall show the text as it is
                return ()

        @wraps(write)
        def written(text: str) -> str:
            pieces = NUMBER.split(text)
            found = between(STAND_IN.join(pieces[::2]))
            if 2 * len(found) - 1 != len(pieces):
                return write(text)
            pieces[::2] = found
            return "".join(pieces)

        return written

    return declare
