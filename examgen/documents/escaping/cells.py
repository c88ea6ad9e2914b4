"""Foreign text in the cells of a CSV file, which spreadsheets would compute with."""

from unicodedata import normalize

from examgen.faults import visible

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def escape(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet takes for a formula.

    Some take the full-width signs for formulas too, and some skip leading spaces.
    """
    folded = normalize("NFKC", text)
    is_formula = folded.startswith(FORMULA) or folded.strip().startswith(FORMULA)
    return f"'{visible(text)}" if is_formula else visible(text)
