"""Dates, which spreadsheets make of fractions: of `3/4` the third of April."""

import re

from examgen.answers.notation.normal import Normal
from examgen.answers.reading import Unreadable

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
YEAR = r"(?:19|20)[0-9]{2}"
DATE = re.compile(
    rf"\s*(?:{YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?:[ T][0-9:.]{{4,12}})?"
    rf"|[0-9]{{1,2}}([/.])[0-9]{{1,2}}\1{YEAR}(?: [0-9:.]{{4,12}})?"
    rf"|[0-9]{{1,2}}[-. /]{{1,2}}{MONTH}(?:[-. /]{{1,2}}[0-9]{{2,4}})?"
    rf"|{MONTH}[-. /]{{1,2}}[0-9]{{2,4}})\s*",
    re.I,
)


def refuse_date(normal: Normal) -> None:
    """Refuse a text that is a date."""
    if DATE.fullmatch(normal.text):
        raise Unreadable("this is a date; a spreadsheet may have made it of a fraction", 0)
