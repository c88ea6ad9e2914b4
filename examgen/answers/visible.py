"""Student text as it may stand in a message: short, and without control characters."""

from examgen.faults import visible

LONGEST = 160


def clipped(text: str, longest: int = LONGEST) -> str:
    """The text on one line, unprintable characters escaped, its middle left out if long."""
    if len(text) > longest:
        half = longest // 2 - 1
        text = f"{text[:half]} … {text[-half:]}"
    return visible(text.replace("\n", " ⏎ "))


def quoted(text: str) -> str:
    """A piece of student text between quotation marks."""
    return f'"{clipped(text, 40)}"'
