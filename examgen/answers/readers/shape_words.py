"""What people write around a shape: names of axes, a legend, a batch axis without a size.

Every replacement keeps the length, so that messages still point at the right character.
"""

import re

from examgen.answers.notation.normal import Normal
from examgen.answers.notation.preparing import blank

AXIS = r"(?:[NBCHWDTLKM]|batch|channels?|height|width|depth|rows?|columns?|cols?)"
NAMED = re.compile(rf"(?<![A-Za-z]){AXIS}\s?[=:]\s?(?=[0-9])", re.I)
SIZED = re.compile(rf"(?<![A-Za-z])({AXIS})\s?[=:]\s?([0-9]{{1,15}})(?![0-9.*+/^-])", re.I)
ORDER = {
    **dict.fromkeys(("n", "b", "batch"), 0),
    **dict.fromkeys(("c", "channel", "channels"), 1),
    **dict.fromkeys(("h", "height", "row", "rows"), 2),
    **dict.fromkeys(("w", "width", "column", "columns", "col", "cols"), 3),
}
LETTER = re.compile(r"[A-WYZa-wyz]")
"""Of a name: an x may be a sign."""
IMAGES = ([2, 3], [1, 2, 3], [0, 1, 2, 3])
CHANNELS = r"(?:channels?|(?:feature )?maps?|filters?)"
OF_EACH = re.compile(rf"(?<=[0-9])\s?{CHANNELS},?\s(?:of|each)(?: of)?(?: size)?(?=\s[0-9])", re.I)
AXES = rf"[(\[]\s?({AXIS}(?:\s?[,xX*]\s?{AXIS}){{1,3}})\s?[)\]]"
SIZES = r"[(\[]?\s?([0-9]{1,15}(?:\s?[,xX*]\s?[0-9]{1,15}){1,3})\s?[)\]]?"
NAMES_FIRST = re.compile(rf"\s*{AXES}\s?[=:]\s?{SIZES}\s?\.?\s*", re.I)
NAMES_LAST = re.compile(rf"\s*{SIZES}\s?{AXES}\s?\.?\s*", re.I)
CHANNELS_LAST = re.compile(
    r"\s*([0-9]{1,15})\s?[xX*]\s?([0-9]{1,15})\s?(?:,|with|and)\s([0-9]{1,15})"
    rf"\s?{CHANNELS}\s?\.?\s*"
)
LEGEND = re.compile(r"(?<=[0-9)\]])\s{0,9}\(\s?[A-Za-z][A-Za-z ,*_-]{0,60}\)\s{0,9}\.?\s{0,9}$")
HYPHENS = re.compile(r"(?<=[0-9])-by-(?=[0-9])")
BATCH = re.compile(
    r"(\s*[(\[]?\s{0,9})(N|B|None|bs|batch(?:[_ ]?size)?)\s{0,9}[,x*](?=\s{0,9}[0-9])", re.I
)


def tidied(normal: Normal) -> Normal:
    """The text without names of axes (`C=3`) and a legend (`(C x H x W)`)."""
    text = in_order(normal.text)
    if len(NAMED.findall(text)) > 1:
        text = NAMED.sub(blank, text)
    text = HYPHENS.sub(" by ", LEGEND.sub(blank, text))
    text = OF_EACH.sub(lambda match: "," + blank(match)[1:], text)
    return Normal(text, normal.places, normal.raw)


def in_order(text: str) -> str:
    """The text with named axes of an image in the usual order: batch, channels, height, width."""
    if not LETTER.search(text):
        return text
    if match := CHANNELS_LAST.fullmatch(text):
        return f"{match[3]}, {match[1]}, {match[2]}".ljust(len(text))
    found = named_sizes(text)
    order = [ORDER.get(name.lower(), -1) for name, _ in found]
    if sorted(order) not in IMAGES:
        return text
    sizes = [size for _, (_, size) in sorted(zip(order, found, strict=True))]
    return f"({', '.join(sizes)})".ljust(len(text))


def named_sizes(text: str) -> list[tuple[str, str]]:
    """The axes and their sizes, if that is all: `H=7, W=10`, `(H, W) = (7, 10)`, `7x10 (H x W)`."""
    if match := NAMES_FIRST.fullmatch(text):
        names, sizes = match[1], match[2]
    elif match := NAMES_LAST.fullmatch(text):
        sizes, names = match[1], match[2]
    else:
        return [] if SIZED.sub("", text).strip(" ,;()[].\n") else SIZED.findall(text)
    axes, numbers = re.split(r"[\s,xX*]+", names), re.findall(r"[0-9]+", sizes)
    return list(zip(axes, numbers, strict=True)) if len(axes) == len(numbers) else []


def without_batch(normal: Normal, start: int, end: int) -> tuple[Normal, str]:
    """The text without a batch axis that is named and not counted, and its name ("" for none)."""
    match = BATCH.match(normal.text, start, end)
    if match is None:
        return normal, ""
    kept = normal.text[: match.end(1)] + " " * (match.end() - match.end(1))
    return Normal(kept + normal.text[match.end() :], normal.places, normal.raw), match[2]
