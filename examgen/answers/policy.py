"""What the blueprint says about accuracy and partial credit."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Policy:
    """How strictly an answer is judged.

    `decimals`: None where the exact value is asked, else how many decimal places suffice.
    `rounded_credit`: the share for a correct rounding (or a percentage) of an exact value.
    `entries`: the share that the right entries of a partly wrong array can earn together.
    `carried_forward`: the share for a right procedure on the student's own earlier answers.
    `natural_log`: whether the paper says that log is ln; else both are tried.
    """

    decimals: int | None = None
    rounded_credit: Fraction = Fraction(0)
    entries: Fraction = Fraction(1)
    carried_forward: Fraction = Fraction(1)
    natural_log: bool = False

    def __post_init__(self) -> None:
        """Refuse what is no number of places or no share."""
        if self.decimals is not None and not 0 <= self.decimals <= 30:
            raise ValueError(f"decimals: found {self.decimals}; allowed are 0 to 30, or none")
        for name in ("rounded_credit", "entries", "carried_forward"):
            share = getattr(self, name)
            if not 0 <= share <= 1:
                raise ValueError(f"{name}: found {share}; a share lies between 0 and 1")


EXACT = Policy()
