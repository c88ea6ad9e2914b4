"""What the columns of a table, or the members of an object, are called."""

from __future__ import annotations

QUESTION = ("question", "label", "item", "part", "problem", "exercise", "question id")
ANSWER = ("answer", "response", "answers", "responses", "value")
OWNERS = {
    "id": (
        *("id", "student id", "studentid", "sis id", "sid", "user id", "userid", "matriculation"),
        *("matriculation number", "student number", "username", "login", "email", "e-mail"),
        *("email address", "student"),
    ),
    "name": ("name", "full name", "student name", "display name"),
    "exam": ("exam", "exam id"),
    "form": ("form",),
}
"""The columns that say whose a row is, or for what; of two the one listed first counts."""


def plain_name(heading: str) -> str:
    """A heading in small letters, with blanks between its words."""
    return " ".join(heading.replace("_", " ").split()).casefold()


def owner_of(heading: str) -> str:
    """The header of a sheet that a heading stands for, "" for none."""
    name = plain_name(heading)
    return next((header for header, names in OWNERS.items() if name in names), "")


def owner_columns(headings: list[str]) -> dict[str, int]:
    """For each header of a sheet the column where it stands."""
    names = [plain_name(heading) for heading in headings]
    found = {}
    for header, known in OWNERS.items():
        column = next((names.index(each) for each in known if each in names), None)
        if column is not None:
            found[header] = column
    return found
