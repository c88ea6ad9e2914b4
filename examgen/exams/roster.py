"""Rosters: the students of a class, from a CSV file as Canvas, Gradescope or a person writes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from examgen.answers.sheets.columns import plain_name
from examgen.answers.sheets.decoding import decode
from examgen.answers.sheets.records import cells_of, records
from examgen.answers.sheets.sheet import SheetFault
from examgen.exams.form_names import form_name
from examgen.faults import Fault, Faults, visible

LARGEST = 50_000_000
"""Bytes of a roster."""
LONGEST = 200
"""Characters of an id, a name or an address."""
DELIMITERS = ",;\t"
Row = tuple[int, list[str]]
"""The number of a row's line, and its cells."""
IDS = ("sis user id", "sid", "student id", "student number", "matriculation number")
LATER_IDS = ("id", "student", "sis login id", "login id", "username", "email", "email address")
"""Where there is none of the better ones; `student` is an id only beside a column `name`."""
NAMES = ("name", "full name", "student name", "student")
FIRST, LAST = ("first name", "given name"), ("last name", "surname", "family name")
EMAILS = ("email", "e-mail", "email address", "mail")
ROLES = ("role",)
ALLOWED = "a heading with a column id (or SID, SIS User ID) and one for the name"


@dataclass(frozen=True)
class Student:
    """One student of a class."""

    id: str
    name: str = ""
    email: str = ""

    @property
    def form(self) -> str:
        """The name of the student's form, safe as a file's name."""
        return form_name(self.id)


@dataclass(frozen=True)
class Columns:
    """Where in a roster things stand; −1 for nowhere."""

    ids: tuple[int, ...]
    """Where an id may stand, the surest first."""
    name: int
    first: int
    last: int
    email: int
    role: int

    @classmethod
    def of(cls, heading: Sequence[str]) -> Columns:
        """Find the columns by their headings."""
        names = [plain_name(each) for each in heading]

        def find(*wanted: str) -> int:
            return next((names.index(each) for each in wanted if each in names), -1)

        name = find(*NAMES)
        later = [each for each in LATER_IDS if find(each) != name]
        ids = tuple(place for place in map(find, (*IDS, *later)) if place >= 0)
        return cls(ids, name, find(*FIRST), find(*LAST), find(*EMAILS), find(*ROLES))

    @property
    def count(self) -> int:
        """How many columns mean something."""
        places = (*self.ids[:1], self.name, self.first, self.last, self.email)
        return sum(place >= 0 for place in places)

    def id_in(self, rows: Sequence[Row]) -> int:
        """Where the id stands: in Canvas's export columns may be there and empty throughout."""
        filled = (place for place in self.ids if any(cell(cells, place) for _, cells in rows))
        return next(filled, self.ids[0])


def read_roster(data: bytes, source: str) -> tuple[Student, ...]:
    """The students in a CSV file, in its order; raises `Faults`, all at once, with their lines.

    Canvas's row of possible points, its test student and Gradescope's staff are passed over.
    """
    try:
        text = decode(data, LARGEST)
    except SheetFault as fault:
        raise Fault(source, str(fault), "a CSV file of your class") from None
    lines = text.split("\n")
    delimiter = max(DELIMITERS, key=lambda each: Columns.of(cells_of(lines[0], each)).count)
    heading = cells_of(lines[0], delimiter)
    columns = Columns.of(heading)
    if not columns.ids:
        found = ", ".join(repr(visible(each[:40])) for each in heading[:8])
        raise Fault(f"{source}:1", f"no column tells a student's id: {found}", ALLOWED)
    read = records(lines, delimiter, len(heading))
    rows = [row for row in read if row[0] > 1 and not is_no_student(row[1], columns)]
    faults: list[Fault] = []
    students = tuple(read_rows(rows, columns, source, faults))
    if not students and not faults:
        faults.append(Fault(source, "it lists no student", "a row for each student"))
    if faults:
        raise Faults(faults)
    return students


def read_rows(
    rows: Sequence[Row], columns: Columns, source: str, faults: list[Fault]
) -> Iterator[Student]:
    """The student of each row; what is wrong with the others goes to *faults*."""
    seen: dict[str, int] = {}
    id_ = columns.id_in(rows)
    for number, cells in rows:
        student = student_of(cells, columns, id_)
        where = f"{source}:{number}"
        taken = seen.setdefault(student.form.casefold(), number)
        if not student.id:
            name = visible(student.name[:40])
            faults.append(Fault(where, f"no id for {name!r}", "an id for every student"))
        elif taken != number:
            found = f"the id {visible(student.id[:40])!r} stands in line {taken} too"
            faults.append(Fault(where, found, "each student once"))
        else:
            yield student


def is_no_student(cells: Sequence[str], columns: Columns) -> bool:
    """Whether a row is Canvas's own (points possible, test student), or of the staff."""
    name, role = cell(cells, columns.name), cell(cells, columns.role)
    has_id = bool(cell(cells, columns.ids[0]))
    is_canvas = name.casefold() in ("points possible", "student, test") and not has_id
    return is_canvas or (bool(role) and role.casefold() != "student")


def student_of(cells: Sequence[str], columns: Columns, id_: int) -> Student:
    """The student of a row; a name such as "Curie, Marie" is turned round."""
    written = cell(cells, columns.name)
    parts = [each.strip() for each in written.split(",")]
    name = f"{parts[1]} {parts[0]}" if len(parts) == 2 and all(parts) else written
    full = f"{cell(cells, columns.first)} {cell(cells, columns.last)}".strip()
    return Student(cell(cells, id_), name or full, cell(cells, columns.email))


def cell(cells: Sequence[str], column: int) -> str:
    """The text of a cell on one line, without what does not print; empty where there is none."""
    text = cells[column] if 0 <= column < len(cells) else ""
    return "".join(each for each in " ".join(text.split()) if each.isprintable())[:LONGEST]
