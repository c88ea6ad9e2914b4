"""Shapes of tensors: `(1, 3, 224, 224)`, `1x3x224x224`, `torch.Size([...])`."""

from collections.abc import Sequence
from typing import Any

from examgen.answers.judges.readings import judge_readings
from examgen.answers.kind import Kind, hints
from examgen.answers.limits import RECORD
from examgen.answers.notation.grammar import Grammar
from examgen.answers.policy import EXACT, Policy
from examgen.answers.readers.shapes import read_shape
from examgen.answers.reading import Batched, Choice, Reading
from examgen.answers.verdicts import CORRECT, Judgement, wrong
from examgen.exact import Shape


def accepts(value: Any) -> str | None:
    """What keeps a value from being a shape, None if nothing does."""
    if type(value) is not Shape:
        return f"found {type(value).__name__} {value!r:.60}, allowed is a Shape"
    for axis, size in enumerate(value, 1):
        if type(size) is not int or size < 0:
            return f"axis {axis} is {type(size).__name__} {size!r:.40}, allowed are integers >= 0"
    return None


def read(text: str, *, options: Sequence[Choice] = ()) -> Reading:  # noqa: ARG001
    """The reading of a text as a shape."""
    return read_shape(text, Grammar(grouping=False, euler=False))


def parse(text: str) -> Any:
    """The shape that we wrote."""
    reading = read_shape(text, Grammar(limits=RECORD, grouping=False, euler=False))
    if reading.state != "read" or not isinstance(reading.value, Shape):
        raise ValueError(f"{text!r:.80}: {reading.reason or 'no shape'}")
    return reading.value


def judge(key: Any, reading: Reading, policy: Policy = EXACT) -> Judgement:
    """The judgement of a reading."""
    return judge_readings(key, reading, policy, judge_one)


def judge_one(key: Shape, reading: Reading, policy: Policy) -> Judgement:  # noqa: ARG001
    """The judgement of one reading; the usual confusions are named."""
    if isinstance(reading.value, Batched):
        return wrong(batch_axis(key, reading.value))
    found: Shape = reading.value
    if found == key:
        return CORRECT
    reason = confusion(key, found)
    if len(found) != len(key):
        return wrong(reason or f"the number of axes is {len(found)}; {len(key)} is right")
    axes = tuple(i for i, (a, b) in enumerate(zip(key, found, strict=True), 1) if a != b)
    ordinal = ", ".join(map(str, axes))
    return wrong(reason or f"wrong at axis {ordinal}", axes)


def batch_axis(key: Shape, found: Batched) -> str:
    """What is wrong with a batch axis that has no size."""
    if found.sizes == key:
        return f"an extra batch axis {found.name} in front"
    if found.sizes == key[1:]:
        return f"the batch axis has no size here: {found.name}"
    return f"not the right sizes after the batch axis {found.name}"


def is_channels_last(key: Shape, found: Shape) -> bool:
    """Whether the sizes are right, but the channels come after height and width."""
    return len(key) in LAST and found == Shape((*key[:-3], *key[-2:], key[-3]))


def confusion(key: Shape, found: Shape) -> str:
    """The name of a usual confusion, "" for none."""
    if found and found[1:] == key and found[0] == 1:
        return "an extra batch axis of 1 in front"
    if key and key[1:] == found:
        return "the batch axis is missing" if len(key) in (2, 4) else "the first axis is missing"
    if is_channels_last(key, found):
        return LAST[len(key)]
    if len(key) == 2 and found == key[::-1]:
        return "transposed: the two axes are exchanged"
    return "the right sizes in the wrong order" if sorted(found) == sorted(key) else ""


LAST = {
    3: "in the order height, width, channels instead of channels, height, width",
    4: "in the order batch, height, width, channels (NHWC) instead of NCHW",
}
SHAPE = Kind(
    "shape",
    hints(
        "a shape: its sizes, with commas or x between, in parentheses where there is only one",
        "a shape, e.g. {} or {}; of one axis {}",
        ("(3, 4)", "3x4", "(12)"),
        ("(5, 6)", "5x6", "(30)"),
        ("(7, 2)", "7x2", "(14)"),
        ("(4, 9)", "4x9", "(36)"),
        ("(8, 5)", "8x5", "(40)"),
        ("(2, 11)", "2x11", "(22)"),
        ("(13, 3)", "13x3", "(39)"),
        ("(6, 17)", "6x17", "(102)"),
    ),
    accepts,
    read,
    parse,
    judge,
)
