"""Answer sheets, in whatever form they were handed in: whose they are and what they say.

Nothing is interpreted here: a response is raw text. A bad line costs nobody an answer.
"""

from examgen.answers.sheets.forms import read_sheets
from examgen.answers.sheets.sheet import Response, Sheet, SheetFault

__all__ = ["Response", "Sheet", "SheetFault", "read_sheets"]
