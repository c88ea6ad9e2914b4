"""The bank that an instructor starts from."""

from __future__ import annotations

import re

from examgen.resources import folder

FILE = "bank.toml"
NAME = "my-bank"
"""What the ids and the title of the starter begin with, until it has a name of its own."""


def starter(name: str) -> str:
    """The text of the starter, its ids beginning with *name*."""
    text = (folder("templates") / FILE).read_text(encoding="utf-8")
    word = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:30].strip("-")
    return text.replace(NAME, word or NAME)
