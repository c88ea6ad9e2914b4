"""Whether two answers are the same, of whatever kind they are."""

from typing import Any

from examgen.answers.kinds.expressions import judge_one
from examgen.answers.policy import EXACT
from examgen.answers.reading import Reading
from examgen.answers.verdicts import Verdict
from examgen.answers.writing.formula import Formula
from examgen.exact import equal


def same(one: Any, other: Any) -> bool:
    """Whether two answers are the same: formulas where they are proved to agree, values if equal.

    Raises TypeError for what is no answer.
    """
    if isinstance(one, Formula) and isinstance(other, Formula):
        reading = Reading("read", other, other.text)
        return one == other or judge_one(one, reading, EXACT).verdict is Verdict.CORRECT
    if isinstance(one, Formula) or isinstance(other, Formula):
        return False
    return equal(one, other)
