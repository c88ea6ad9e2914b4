"""Whose a sheet is and which form it answers: by its exam id, then by the roster."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import NamedTuple

from examgen.answers.sheets import Sheet, SheetFault
from examgen.faults import visible
from examgen.grading.owners import owner_of, telling_name

EXAM = re.compile(rb"exam\W{1,6}?([0-9a-f]{12})\b")
"""The exam's id as most files have it: what is found so is looked up, and else read in full."""
WORD = re.compile(r"[A-Za-z0-9]+")


@dataclass(frozen=True)
class FormEntry:
    """One form of an exam, and whose it is where there is a roster."""

    form: str
    exam: str
    id: str = ""
    name: str = ""
    email: str = ""

    @property
    def ids(self) -> frozenset[str]:
        """What its student may give as an id, in small letters: an email address, or its login."""
        told = (self.id, self.email, self.email.partition("@")[0])
        return frozenset(each.casefold() for each in told if each)


@dataclass(frozen=True)
class Register:
    """All forms of an exam."""

    forms: tuple[FormEntry, ...]

    @property
    def is_single(self) -> bool:
        """Whether everybody sits the same form."""
        return len(self.forms) == 1 and not self.forms[0].id

    @cached_property
    def by_exam(self) -> Mapping[str, FormEntry]:
        """The forms by their exam ids."""
        return {each.exam: each for each in self.forms}

    @cached_property
    def by_form(self) -> Mapping[str, FormEntry]:
        """The forms by their names, in small letters."""
        return {each.form.casefold(): each for each in self.forms}

    @cached_property
    def by_student(self) -> Mapping[str, FormEntry]:
        """The forms by their students' ids, in small letters."""
        return {each.id.casefold(): each for each in self.forms if each.id}

    @cached_property
    def by_address(self) -> Mapping[str, FormEntry]:
        """The forms by their students' email addresses and logins, as far as one student has it."""
        found = Counter(id_ for each in self.forms for id_ in each.ids)
        return {id_: each for each in self.forms for id_ in each.ids if found[id_] == 1}

    @cached_property
    def by_name(self) -> Mapping[str, FormEntry]:
        """The forms by their students' names, as far as only one student bears it."""
        return {
            folded(each.name): each
            for each in self.forms
            if each.name and self.bearers[folded(each.name)] == 1
        }

    def by_id(self, id_: str) -> FormEntry | None:
        """The form of the student who has this id, address or login, in small letters."""
        return self.by_student.get(id_) or self.by_address.get(id_)

    @cached_property
    def by_joined_name(self) -> Mapping[str, FormEntry]:
        """The forms by their students' names as they stand in file names: `curiemarie`.

        The first word may be any of a name, as systems put the family's first. None that two bear.
        """
        found: dict[str, set[FormEntry]] = {}
        for each in self.forms:
            words = each.name.split()
            for first in range(len(words)):
                name = joined(" ".join(words[first:] + words[:first]))
                found.setdefault(name, set()).add(each)
        return {
            name: entries.pop() for name, entries in found.items() if name and len(entries) == 1
        }

    @cached_property
    def bearers(self) -> Counter[str]:
        """How many students bear a name."""
        return Counter(folded(each.name) for each in self.forms if each.name)

    def told_by(self, content: bytes) -> FormEntry | None:
        """The form whose id stands in a file, where it is easily seen."""
        match = EXAM.search(content[:4000])
        return self.by_exam.get(match[1].decode()) if match else None


def folded(name: str) -> str:
    """A name in small letters, its words in order: "Curie, Marie" is "Marie Curie"."""
    return " ".join(sorted(re.findall(r"\w+", name.casefold())))


def joined(name: str) -> str:
    """The letters and digits of a name, without accents and case."""
    return "".join(re.findall(r"[^\W_]", unicodedata.normalize("NFKD", name).casefold()))


class Belonging(NamedTuple):
    """Where a sheet belongs."""

    form: FormEntry
    """The form that it answers."""
    owner: FormEntry
    """Whose it is: the same, unless the sheet is signed by another student of the roster."""
    doubts: tuple[str, ...]
    """What is odd about that."""


def belongs(sheet: Sheet, file: str, register: Register) -> Belonging:
    """The form that a sheet answers, whose it is, and what is odd about that.

    Raises `SheetFault` where it is for another exam, or nothing tells for which form.
    """
    written = sheet.headers.get("exam", "").strip()
    if written:
        entry = register.by_exam.get(written.casefold())
        if entry is None:
            raise SheetFault(f"it is for exam {visible(written)[:60]!r}, {expected(register)}")
        owner = signed_by(sheet, entry, register)
        return Belonging(entry, owner, tuple(doubts(sheet, entry, owner)))
    if register.is_single:
        (entry,) = register.forms
        if other := other_form(sheet, entry):
            raise SheetFault(other)
        return Belonging(entry, entry, ("no line `exam:`; taken to be for this exam",))
    entry, how = by_roster(sheet, file, register)
    owner = signed_by(sheet, entry, register)
    said = f"no line `exam:`; matched by {how}"
    return Belonging(entry, owner, (said, *doubts(sheet, entry, owner)))


def expected(register: Register) -> str:
    """What a sheet's exam should have been."""
    if register.is_single:
        return f"this is {register.forms[0].exam!r}"
    return f"which is none of the {len(register.forms)} forms of this exam"


def other_form(sheet: Sheet, entry: FormEntry) -> str:
    """Says that a sheet names another form than this; nothing where it does not."""
    written = sheet.headers.get("form", "").strip()
    if not written or written.casefold() == entry.form.casefold():
        return ""
    return f"it is for form {visible(written)[:60]!r}, this is {entry.form!r}"


def signed_by(sheet: Sheet, entry: FormEntry, register: Register) -> FormEntry:
    """Whose a sheet is: the owner's of its form, unless its id, or its name, is another student's.

    Papers may be mixed up where they are handed out. An id that nobody has is a slip of the pen.
    """
    id_ = sheet.headers.get("id", "").strip().casefold()
    if not entry.id or id_ in entry.ids:  # the usual case
        return entry
    name = folded(sheet.headers.get("name", ""))
    return (register.by_id(id_) if id_ else register.by_name.get(name)) or entry


def doubts(sheet: Sheet, entry: FormEntry, owner: FormEntry) -> Iterable[str]:
    """Where the sheet says it is another student's than the roster, or of another form."""
    if other := other_form(sheet, entry):
        yield f"{other}; its line `exam:` counts"
    if owner != entry:
        yield (
            f"it is signed by {visible(owner.id)!r} and answers the form of "
            f"{visible(entry.id)!r}; it counts for {visible(owner.id)!r}"
        )
        return
    written = sheet.headers.get("id", "").strip()
    if entry.id and written and written.casefold() not in entry.ids:
        yield (
            f"id {visible(written)[:60]!r} stands on the form of {visible(entry.id)!r}; "
            "it counts for the form's owner"
        )


def by_roster(sheet: Sheet, file: str, register: Register) -> tuple[FormEntry, str]:
    """The form of the student that the sheet, or its file, names; and what told it."""
    form = sheet.headers.get("form", "").strip().casefold()
    if form in register.by_form:
        return register.by_form[form], "its form"
    id_ = sheet.headers.get("id", "").strip().casefold()
    if entry := register.by_id(id_):
        return entry, "its id"
    written = sheet.headers.get("name", "").strip()
    name = folded(written)
    if name in register.by_name:
        return register.by_name[name], "its name"
    words = {each.casefold() for each in WORD.findall(telling_name(PurePath(file)))}
    named = [register.by_student[word] for word in sorted(words) if word in register.by_student]
    if len(named) == 1:
        return named[0], "the file's name"
    if not written and (entry := register.by_joined_name.get(joined(owner_of(file).name))):
        return entry, "the name that the file bears"
    if register.bearers[name] > 1:
        bearers = f"{register.bearers[name]} students are called {visible(written)[:60]!r}"
        ids = ", ".join(each.id for each in register.forms if folded(each.name) == name)
        raise SheetFault(f"{bearers}: a line `id:` tells which of them it is ({visible(ids)[:60]})")
    raise SheetFault("nothing on it tells which form it answers: no exam, form, id or name we know")
