"""Shapes of tensors."""


class Shape(tuple[int, ...]):
    """The lengths of a tensor's axes; a class of its own, so that annotations tell it apart."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return Shape((…))."""
        return f"Shape({tuple(self)!r})"
