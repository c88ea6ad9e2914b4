"""Names of forms: letters, or a student's id made safe for a file's name and still unique."""

from __future__ import annotations

import hashlib
import re
from string import ascii_uppercase
from unicodedata import normalize

SAFE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,38}[A-Za-z0-9_-])?")
RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}
"""Names that Windows keeps for its devices, whatever their ending."""


def form_name(student: str) -> str:
    """The form of a student with this id: the id itself, if a file may bear it.

    Any other is spelled in plain letters and told from similar ones by a part of its hash. It
    depends on this id alone, so that no other student changes it.
    """
    if SAFE.fullmatch(student) and student.split(".")[0].casefold() not in RESERVED:
        return student
    ascii_only = normalize("NFKD", student).encode("ascii", "ignore").decode()
    spelled = re.sub(r"[^A-Za-z0-9]+", "-", ascii_only)[:24].strip("-") or "student"
    return f"{spelled}-{hashlib.sha256(student.encode()).hexdigest()[:10]}"


def lettered(count: int) -> list[str]:
    """The first *count* of A, B, …, Z, AA, AB, …"""
    return [letters(number) for number in range(1, count + 1)]


def letters(number: int) -> str:
    """The number in letters, as spreadsheets count their columns: 27 is AA."""
    text = ""
    while number:
        number, digit = divmod(number - 1, 26)
        text = ascii_uppercase[digit] + text
    return text
