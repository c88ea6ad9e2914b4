"""The names a student may write in a number, and the nearest one to a name that is not known."""

from typing import Literal

from examgen.answers.notation.words import UNITS
from examgen.answers.reading import Unreadable
from examgen.answers.visible import quoted
from examgen.faults import nearest

FUNCTIONS = {
    "exp": "exp",
    "ln": "ln",
    "log": "log",
    "log2": "log2",
    "log10": "log10",
    "sqrt": "sqrt",
    "√": "root",
    "σ": "sigmoid",
    "sigma": "sigmoid",
    "sigmoid": "sigmoid",
    "tanh": "tanh",
    "relu": "relu",
    "abs": "abs",
    "max": "max",
    "min": "min",
    "floor": "floor",
    "ceil": "ceil",
    "binom": "binom",
    "comb": "binom",
}
CONSTANTS = {"e": "e", "E": "e", "pi": "pi", "π": "pi"}
INFINITE = frozenset({"inf", "infinity", "infty", "oo", "∞"})
MASKED = frozenset({"masked", "mask"})
NO_NUMBER = frozenset({"nan", "undefined", "undef"})
WRAPPERS_TEXT = """
    array asarray matrix mat tensor size list tuple float int bmatrix pmatrix vector shape
"""
WRAPPERS = frozenset(WRAPPERS_TEXT.split())
JOINERS = frozenset({"or", "and"})

Sort = Literal["function", "constant", "infinite", "masked", "none", "wrapper", "joiner", "unit"]
TABLE: dict[str, tuple[Sort, str]] = {
    **{name: ("unit", name) for name in sorted(UNITS)},
    **{name: ("function", meant) for name, meant in FUNCTIONS.items()},
    **{name: ("constant", meant) for name, meant in CONSTANTS.items()},
    **{name: ("infinite", name) for name in sorted(INFINITE)},
    **{name: ("masked", name) for name in sorted(MASKED)},
    **{name: ("none", name) for name in sorted(NO_NUMBER)},
    **{name: ("wrapper", name) for name in sorted(WRAPPERS)},
    **{name: ("joiner", name) for name in sorted(JOINERS)},
}
SUGGESTED = sorted({*FUNCTIONS, *CONSTANTS} - {"√", "π", "σ", "E", "comb"})


def look_up(word: str) -> tuple[Sort, str] | None:
    """What a name means; longer names in any mixture of upper and lower case."""
    found = TABLE.get(word)
    if found is None and len(word) > 1:
        found = TABLE.get(word.lower())
    return found


def glued(word: str) -> tuple[str, str] | None:
    """A constant and the function written onto it ("eln", "pisqrt"), or None."""
    for constant in ("e", "pi"):
        rest = word.removeprefix(constant)
        if rest != word and rest in FUNCTIONS:
            return constant, rest
    return None


def unknown(word: str, position: int) -> Unreadable:
    """The refusal of a name, with the nearest known one."""
    meant = nearest(word[:40], SUGGESTED) if len(word) > 1 else None
    hint = f'; did you mean "{meant}"?' if meant else ""
    if len(word) == 1 and word.isupper():
        hint = "; please write numbers, e.g. 3/4 or [[1, 0], [0, 1]]"
    return Unreadable(f"I do not know {quoted(word)}{hint}", position)
