"""Authors' faults: where, what was found and what is allowed."""

from collections.abc import Iterable
from difflib import get_close_matches

MOST_NAMES, FEW_NAMES = 60, 8
"""The most alternatives that are all listed, and how many are listed where there are more."""


def visible(text: str) -> str:
    r"""The text with everything unprintable escaped (`\n`, `\x1b`, `\u202e`).

    Names and lines of foreign files end up in messages: they must not move a terminal's cursor,
    turn the reading direction or break a message into lines of their own.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


class Fault(Exception):
    """One fault of an author: in a family, a bank, a blueprint or an installation.

    `where` is a file with its line or path in the file, or a family's part; `found` what stands
    there; `allowed` what may stand there, or the cure ("" where there is nothing to say).
    """

    def __init__(self, where: str, found: str, allowed: str = "") -> None:
        super().__init__(where, found, allowed)
        self.where = where
        self.found = found
        self.allowed = allowed

    def __str__(self) -> str:
        """One line without unprintable characters: "where: found; allowed"."""
        cure = f"; {self.allowed}" if self.allowed else ""
        return visible(f"{self.where}: {self.found}{cure}")


class MissingTool(Fault):
    """A program or package outside examgen is needed and not here; `allowed` says how to get it."""


class Faults(Exception):
    """All the faults of one file, in the order in which they were found; at least one."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        if not self.faults:
            raise ValueError("Faults: found no fault; raise it only when there is one")
        super().__init__(self.faults)

    def __str__(self) -> str:
        """A line per fault."""
        return "\n".join(map(str, self.faults))


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Faults in the order of their lines."""
    return sorted(faults, key=line_of)


def line_of(fault: Fault) -> int:
    """The line of a fault, for an order in which to read them; 0 where it has none."""
    line = fault.where.rpartition(":")[2]
    return int(line) if line.isdecimal() else 0


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, or None; upper and lower case are the same."""
    spelled = {name.casefold(): name for name in sorted(known)}
    close = get_close_matches(word.casefold(), spelled, n=1)
    return spelled[close[0]] if close else None


def alternatives(word: str, known: Iterable[str]) -> str:
    """What `Fault.allowed` says of an unknown word: the nearest known one, then all of them.

    Of very many, such as all families, only some.
    """
    names = sorted(known)
    more = f", … ({len(names)} in all)" if len(names) > MOST_NAMES else ""
    meant = nearest(word, names)
    listed = names[:FEW_NAMES] if more else names
    suggestion = f"did you mean {meant!r}? " if meant else ""
    return f"{suggestion}allowed: {', '.join(map(repr, listed)) or 'nothing'}{more}"
