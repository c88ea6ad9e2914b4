"""Worked solutions that stand beside their family in a Markdown file, a heading for each part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from examgen.faults import Fault
from examgen.questions.parts import PartDeclaration

HEADING = re.compile(r"^# (\w+)[ \t]*$", re.MULTILINE)


def read_solutions(parts: Sequence[PartDeclaration[Any]], path: Path) -> None:
    """Give every part without a worked solution the section of *path* that bears its name."""
    missing = {each.name: each for each in parts if each.solution is None}
    sections = split(path.read_text(encoding="utf-8")) if path.exists() else {}
    for name, text in sections.items():
        if name not in missing:
            raise Fault(
                f"{path.name}: # {name}", "no part waits for this solution", str([*missing])
            )
        missing.pop(name).solution = text
    if missing:
        raise Fault(
            path.name,
            f"no worked solution for {', '.join(missing)}",
            "give the part solution=…, or the file a heading of its name",
        )


def split(text: str) -> dict[str, str]:
    """The sections of a Markdown text by the word in their `# heading`."""
    _, *pieces = HEADING.split(text)
    return {name: body.strip() for name, body in zip(pieces[::2], pieces[1::2], strict=True)}
