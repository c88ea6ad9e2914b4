"""The one error of exact arithmetic, and how messages name what was found."""


class Undefined(ArithmeticError):
    """A value that does not exist (1/0, ln 0) or that cannot be held exactly within the limits."""


def described(x: object) -> str:
    """Return type and beginning of a value for a message; of a number too long, the type."""
    try:
        return f"{type(x).__name__} {repr(x)[:60]}"
    except ValueError:  # an int beyond the digits that Python writes
        return type(x).__name__
