"""Foreign text on a terminal."""

from examgen.faults import visible

LONGEST = 200


def escape(text: str) -> str:
    """One line of at most 200 characters, without control characters and turns of direction."""
    shown = visible(text)
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"
