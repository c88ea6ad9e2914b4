"""Printing where the encoding lacks some signs, as in a pipe on Windows, without an error."""

from __future__ import annotations

import codecs
import json
import sys
from io import TextIOWrapper

PLAIN = {
    "−": "-",
    "–": "-",
    "→": "->",
    "…": "...",
    "’": "'",
    "×": "x",
    "α": "alpha",
    "√": "sqrt",
}
"""What people read instead of the signs that we print most."""


def print_anywhere() -> None:
    """Let both outputs write something else for what their encoding lacks."""
    codecs.register_error("examgen", replaced)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="examgen")


def replaced(error: UnicodeError) -> tuple[str, int]:
    """A plain sign, or what JSON would write: a JSON document stays one, and says the same."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(PLAIN.get(each) or json.dumps(each)[1:-1] for each in lacking), error.end
