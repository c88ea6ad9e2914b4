"""The tokens of a formula in the house notation, for writers that set formulas without TeX."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"""
      \\operatorname\*
    | \\\\(?:\[[^\]]*\])?           # the end of a row
    | \\[A-Za-z]+ | \\.             # a control word, an escaped sign
    | \d+(?:\.\d+)?                 # a number is one token
    | \s+ | .
    """,
    re.VERBOSE | re.DOTALL,
)
NAME = re.compile(r"\s*\{\s*([^{}]*?)\s*\}")


class Tokens:
    """A formula read from left to right; spaces mean nothing outside of text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.all = TOKEN.findall(source)
        self.at = 0

    def peek(self) -> str:
        """The next token that is no space; "" at the end."""
        while self.at < len(self.all) and self.all[self.at].isspace():
            self.at += 1
        return self.all[self.at] if self.at < len(self.all) else ""

    def take(self) -> str:
        """Read the next token that is no space."""
        token = self.peek()
        self.at += 1
        return token

    def skip(self, token: str) -> bool:
        """Read *token* if it is the next one."""
        found = self.peek() == token
        self.at += found
        return found

    def raw_group(self) -> str:
        r"""Read a group as it is written, spaces kept: the words of `\text{…}`."""
        opened = self.take()
        if opened != "{":
            return opened
        depth, start = 1, self.at
        while depth and self.at < len(self.all):
            depth += {"{": 1, "}": -1}.get(self.all[self.at], 0)
            self.at += 1
        return "".join(self.all[start : self.at - 1])
