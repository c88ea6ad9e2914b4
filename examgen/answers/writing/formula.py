"""Expressions in variables: what a formula says, not how it is written."""

from dataclasses import dataclass, field

from examgen.answers.notation.program import Program
from examgen.answers.writing.programs import write
from examgen.answers.writing.styles import LATEX


@dataclass(frozen=True)
class Formula:
    """An expression in variables: its plain text and the program it was parsed to.

    Two are the same object of thought where they agree at all points (see the kind expression);
    `==` compares how they are written.
    """

    text: str
    program: Program = field(compare=False, repr=False)

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of its variables in the order of the alphabet."""
        return tuple(sorted({s.text for s in self.program if s.operation == "variable"}))

    @property
    def latex(self) -> str:
        """The formula in LaTeX."""
        return write(self.program, LATEX)
