"""The two notations in which numbers are written."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, eq=False)
class Style:
    """How one notation writes what numbers are made of; there are few, told apart by identity."""

    times: str
    pi: str
    infinity: str
    is_latex: bool
    stacked: bool

    def fraction(
        self, above: str, below: str, above_sum: bool = False, below_sum: bool = False
    ) -> str:
        """A quotient; `above_sum` and `below_sum` say where a line needs brackets round a part."""
        if self.stacked:
            return rf"\frac{{{above}}}{{{below}}}"
        above = f"({above})" if above_sum else above
        return f"{above}/({below})" if below_sum else f"{above}/{below}"

    def root(self, radicand: str) -> str:
        """A square root."""
        return rf"\sqrt{{{radicand}}}" if self.is_latex else f"sqrt({radicand})"

    def power(self, below: str, exponent: str) -> str:
        """A power."""
        if self.is_latex:
            return f"{below}^{{{exponent}}}"
        return f"{below}^{exponent}" if exponent.isdecimal() else f"{below}^({exponent})"

    def logarithm(self, argument: str) -> str:
        """A natural logarithm."""
        if self.is_latex:
            return rf"\ln {argument}"
        return f"ln({argument})"


PLAIN = Style(times="*", pi="pi", infinity="-inf", is_latex=False, stacked=False)
LATEX = Style(times=" ", pi=r"\pi", infinity=r"-\infty", is_latex=True, stacked=True)
LATEX_LINE = replace(LATEX, stacked=False)
"""LaTeX on one line, for exponents."""
