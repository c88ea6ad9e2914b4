"""The one error of exact arithmetic."""


class Undefined(ArithmeticError):
    """A value that does not exist (1/0, ln 0) or that cannot be held exactly within the limits."""
