"""Names of mistakes, by which the same mistake is known in all families."""

from __future__ import annotations

import re
from typing import Any

from examgen.tables.fields import a_text

NAME = re.compile(r"[a-z][a-z0-9_]*")
LONGEST = 80


def a_mistake_name(value: Any) -> str:
    """What a student does, in small letters with underscores."""
    name = a_text(value)
    if len(name) > LONGEST or not NAME.fullmatch(name):
        raise ValueError
    return name
