"""What is wrong with banks and families: their faults, and the figures of many draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from examgen.cli.banks.bank_faults import item_faults, length_faults, unfilled_faults
from examgen.exams.additions import Bank, find_bank
from examgen.exams.catalog import Catalog, bank_files
from examgen.faults import Fault, in_order
from examgen.questions.banks.bank import make_each, read_heads
from examgen.questions.family import Family
from examgen.questions.levels import Level
from examgen.questions.streams import stream
from examgen.questions.survey import Survey, survey
from examgen.questions.worth import LEAST_ACCEPTED, defects

CERTAIN = 3.5
"""How many standard deviations chance hardly ever explains."""


@dataclass(frozen=True)
class Figures:
    """One item at one level, over many draws."""

    family: Family
    level: Level
    bank: str
    survey: Survey
    defects: tuple[str, ...]

    @property
    def record(self) -> dict[str, Any]:
        """The figures for other tools."""
        surveyed = self.survey
        return {
            "id": self.family.id,
            "level": self.level,
            "bank": self.bank or None,
            "fixed": self.family.is_fixed,
            "acceptance": round(surveyed.acceptance, 3),
            "problems": surveyed.problems,
            "distinct": len(surveyed.givens),
            "answers": {name: len(counted) for name, counted in surveyed.answers.items()},
            "letters": dict(sorted(surveyed.letters.items())),
            "places": {str(place + 1): count for place, count in sorted(surveyed.places.items())},
            "defects": list(self.defects),
        }


@dataclass
class Validation:
    """All that was found."""

    faults: list[Fault] = field(default_factory=list)
    figures: list[Figures] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)
    """The ids of what was validated, whether it can be drawn or not."""

    @property
    def is_fine(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.faults and not any(each.defects for each in self.figures)


def validate_bank(bank: Bank, catalog: Catalog, samples: int) -> Validation:
    """A bank: what is wrong in its text, in its draws, and with all its items together."""
    items, faults = read_heads(bank.text, bank.name)
    drawable_items, more = make_each(items, catalog.in_python)
    validation = Validation([*faults, *more], [], [each.head.id for each in items])
    drawable = {id(item) for item, _ in drawable_items}  # two items may bear one name
    for item in items:
        if id(item) not in drawable:
            validation.faults += unfilled_faults(item)
    for item, family in drawable_items:
        if item.head.id in catalog.entries and catalog.entries[item.head.id].bank != bank.name:
            item.fields.refuse("id", f"the id {item.head.id!r} is taken", "an id of its own")
            validation.faults += item.fields.faults[-1:]
        validation.faults += item_faults(item, family, samples)
        validation.figures += figures(family, bank.name, samples)
    validation.faults += length_faults(bank.name, drawable_items)
    validation.faults = in_order(validation.faults)
    return validation


def figures(family: Family, bank: str, samples: int) -> Iterator[Figures]:
    """A family at each of its levels."""
    options = min(4, 1 + len(family.parts[0].misconceptions))
    for level in family.levels:
        rng = stream("validate", family.id, level)
        surveyed = survey(family, level, rng, samples, options=options)
        yield Figures(
            family, level, bank, surveyed, tuple(wrong_with(family, level, surveyed, options))
        )


def wrong_with(family: Family, level: Level, surveyed: Survey, options: int) -> Iterator[str]:
    """The defects of a family at a level; of a fixed one only that it cannot be asked."""
    if family.is_fixed:
        if surveyed.acceptance < LEAST_ACCEPTED:
            yield f"it cannot be asked: {next(iter(surveyed.rejections))}"
        return
    told = defects(family, level, surveyed, options=options, deviations=CERTAIN)
    for each in told:
        # An author of a bank need not state the hand-work.
        if family.definition is None or "no hand-work" not in each:
            yield each


def validate(what: Sequence[str], catalog: Catalog, samples: int) -> Validation:
    """All that is named: files of banks and ids; all there is in *catalog* where nothing is."""
    validation = Validation()
    shipped = bank_files()
    for name in what or (*shipped, *catalog.entries):
        path = shipped.get(name, Path(name))
        if path.suffix == ".toml":
            more = validate_bank(find_bank(path), catalog, samples)
            validation.faults += more.faults
            validation.figures += more.figures
            validation.looked_at += more.looked_at
        elif what or not catalog.entry(name).bank:
            validation.figures += figures(catalog.load(name), catalog.entry(name).bank, samples)
            validation.looked_at.append(name)
    return validation
