"""Making a family of an item's table, by the sort of item it is."""

from __future__ import annotations

from examgen.questions.banks.heads import FORMS, Head
from examgen.questions.banks.parametric import make_parametric
from examgen.questions.banks.pinned import FindFamily, make_pinned
from examgen.questions.banks.static import make_static
from examgen.questions.family import Family
from examgen.tables.fields import Fields

SORTS = (
    "[[item.option]] (fixed options), family and [item.givens] (an instance of a family), "
    "answer (a formula of parameters), [[item.part]] (several of those)"
)


def make_family(head: Head, fields: Fields, find_family: FindFamily) -> Family | None:
    """The family of an item; None where it is of no sort. Faults are noted in *fields*."""
    forms = [key for key in FORMS if key in fields.data]
    family: Family | None = None
    if len(forms) != 1:
        found = " and ".join(forms) if forms else "nothing to ask"
        fields.refuse(forms[-1] if forms else None, f"it has {found}", f"one of {SORTS}")
    elif forms == ["family"]:
        family = make_pinned(head, fields, find_family)
    elif forms != ["option"]:
        family = make_parametric(head, fields)
    else:
        family = make_static(head, fields)
    fields.refuse_unknown()
    return family
