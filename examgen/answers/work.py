"""A budget for exact arithmetic, so that no mixture of small steps adds up to a long one."""

from dataclasses import dataclass

from examgen.answers.limits import RESULT_BITS, STUDENT
from examgen.exact import Closed, Undefined


@dataclass
class Work:
    """What may still be spent on one response, in products of two terms.

    `bits`: how long numbers may become.
    """

    left: int = STUDENT.work
    bits: int = RESULT_BITS

    def spend(self, amount: int) -> None:
        """Take an amount off; raise `Undefined` where it is more than is left."""
        self.left -= amount
        if self.left < 0:
            raise Undefined("too much work for exact arithmetic")


def terms(value: object) -> int:
    """How many terms a number has above and below the line."""
    if not isinstance(value, Closed):
        return 1
    above, below = value.sums
    return len(above) + len(below)
