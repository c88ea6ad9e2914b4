"""How many pieces of pages a process keeps: some megabytes, for what the forms of a class share."""

from __future__ import annotations

from examgen.exams.exam import KEPT_ITEMS

KEPT_PARTS = 2 * KEPT_ITEMS
"""Parts: most items have one."""
KEPT_COMMENTS = 8192
"""Comments on answers."""
KEPT_FIGURES = 256
"""Figures, drawn and written; pages have the same object for equal ones."""
