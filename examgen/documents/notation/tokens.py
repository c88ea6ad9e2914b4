"""The tokens of a formula in the house notation, for writers that set formulas without TeX."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"""
      \\operatorname\*
    | \\\\(?:\[[^\]]*\])?           # the end of a row
    | \\[A-Za-z]+ | \\.             # a control word, an escaped sign
    | \d+(?:\.\d+)?                 # a number is one token
    | \S
    """,
    re.VERBOSE | re.DOTALL,
)


class Tokens:
    """A formula read from left to right; spaces mean nothing outside of words."""

    def __init__(self, source: str) -> None:
        found = list(TOKEN.finditer(source))
        self.source = source
        self.all = [each[0] for each in found] + [""]
        self.starts = [each.start() for each in found] + [len(source)]
        self.at = 0

    def peek(self) -> str:
        """The next token; "" at the end."""
        return self.all[self.at]

    def take(self) -> str:
        """Read the next token; at the end there always is another ""."""
        token = self.all[self.at]
        if token:
            self.at += 1
        return token

    def skip(self, token: str) -> bool:
        """Read *token* if it is the next one."""
        found = self.all[self.at] == token
        self.at += found
        return found

    def raw_group(self) -> str:
        r"""Read a group as it is written, spaces kept: the words of `\text{…}`."""
        opened = self.take()
        if opened != "{":
            return opened
        depth, start = 1, self.starts[self.at - 1] + 1
        while depth and (token := self.take()):
            depth += {"{": 1, "}": -1}.get(token, 0)
        return self.source[start : self.starts[self.at - 1]]
