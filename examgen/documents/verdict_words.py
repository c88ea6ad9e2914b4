"""What feedback says of each verdict."""

from __future__ import annotations

from examgen.answers import Verdict
from examgen.documents.layout import Prose

IN_WORDS = {
    Verdict.CORRECT: "right",
    Verdict.CARRIED: "right step, carried forward",
    Verdict.PARTIAL: "partly right",
    Verdict.MISCONCEPTION: "a typical mistake",
    Verdict.WRONG: "not right",
    Verdict.BLANK: "left blank",
    Verdict.UNREADABLE: "could not be read",
    Verdict.PERSON: "waits for a person",
}
AMBIGUOUS = "can be read in several ways"
"""Of an answer that says something, though not which of two things."""
REMARKS = {
    Verdict.CARRIED: Prose(
        "Your step is right. The result differs only because you went on from an earlier answer "
        "that was not right."
    ),
    Verdict.BLANK: Prose("There is no answer here. It is worth a try: a blank earns nothing."),
    Verdict.UNREADABLE: Prose(
        "It has earned nothing so far; your instructor is shown it and decides."
    ),
    Verdict.PERSON: Prose("Nobody has marked it yet; your instructor is shown it and decides."),
}
READ_AS_BLANK = Prose("This counts as no answer. It is worth a try: a blank earns nothing.")
UNEXPLAINED = Prose(
    "No mistake that we know leads to this answer. Compare your steps with the worked solution; "
    "the first that differs tells where it went wrong."
)
UNEXPLAINED_ALONE = Prose(
    "No mistake that we know leads to this answer. Go through your steps once more, from the first."
)
CORRECTED = Prose("The printed key was wrong here, and has been corrected.")
TIED = Prose("More than one mistake leads to this answer. One of these is probably yours:")
COUNTED = {
    Verdict.CARRIED: (
        "is a right step on an earlier mistake",
        "are right steps on earlier mistakes",
    ),
    Verdict.PARTIAL: ("is partly right", "are partly right"),
    Verdict.MISCONCEPTION: ("is a typical mistake", "are typical mistakes"),
    Verdict.WRONG: ("is not right", "are not right"),
    Verdict.BLANK: ("is blank", "are blank"),
    Verdict.UNREADABLE: ("could not be read", "could not be read"),
    Verdict.PERSON: ("waits for a person", "wait for a person"),
}
