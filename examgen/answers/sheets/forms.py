"""Which form a file of answers has; the one way in for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from examgen.answers.sheets.decoding import decode, plain_signs
from examgen.answers.sheets.lines import read_lines
from examgen.answers.sheets.sheet import Sheet


def read_sheets(data: bytes, labels: Sequence[str] | None = None) -> list[Sheet]:
    """The sheets in a file handed in for an exam with these labels; None: not known.

    Raise SheetFault for what is no answer sheet: too large, empty, binary, without any label.
    """
    text = decode(data)
    return [read_lines(enumerate(plain_signs(text).split("\n"), 1), labels)]
