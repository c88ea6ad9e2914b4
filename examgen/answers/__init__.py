"""What an answer is: how each kind is read, judged and written."""

from examgen.answers.judge import Judged, judge, judge_record, value_of
from examgen.answers.judges.orientation import fit
from examgen.answers.judges.readings import as_stated
from examgen.answers.kind import MASKED, Kind
from examgen.answers.kinds import kind, kind_of
from examgen.answers.policy import EXACT, Policy
from examgen.answers.reading import BLANK, Option, Reading, Several, Unordered
from examgen.answers.rubric import Rubric
from examgen.answers.sameness import same
from examgen.answers.verdicts import Judgement, Verdict
from examgen.answers.writing import latex, plain
from examgen.answers.writing.formula import Formula

__all__ = [
    "BLANK",
    "EXACT",
    "MASKED",
    "Formula",
    "Judged",
    "Judgement",
    "Kind",
    "Option",
    "Policy",
    "Reading",
    "Rubric",
    "Several",
    "Unordered",
    "Verdict",
    "as_stated",
    "fit",
    "judge",
    "judge_record",
    "kind",
    "kind_of",
    "latex",
    "plain",
    "same",
    "value_of",
]
