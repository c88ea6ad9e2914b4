"""Exact values: integers, fractions, closed forms in e, ln, roots and π, and arrays of them."""

from examgen.exact.arrays import Array, Entry, array, entries
from examgen.exact.closed import Closed, Exact
from examgen.exact.comparison import compare, equal
from examgen.exact.errors import Undefined
from examgen.exact.functions import PI, E, canonical, divide, exp, height, ln, ratio, rational, sqrt
from examgen.exact.infinity import NEG_INF, NegativeInfinity
from examgen.exact.order import approximate, enclose, sign
from examgen.exact.shape import Shape
from examgen.exact.terms import Term

__all__ = [
    "NEG_INF",
    "PI",
    "Array",
    "Closed",
    "E",
    "Entry",
    "Exact",
    "NegativeInfinity",
    "Shape",
    "Term",
    "Undefined",
    "approximate",
    "array",
    "canonical",
    "compare",
    "divide",
    "enclose",
    "entries",
    "equal",
    "exp",
    "height",
    "ln",
    "ratio",
    "rational",
    "sign",
    "sqrt",
]
