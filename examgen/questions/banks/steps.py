"""The parts of a declarative item: an answer expression each, and those of the mistakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from examgen.questions.banks.conditions import Condition
from examgen.questions.banks.expressions import TYPES, Expression
from examgen.questions.banks.formulas import need_expression, some_conditions
from examgen.questions.banks.names import a_mistake_name
from examgen.questions.banks.parameters import fault_of_name
from examgen.questions.banks.passages import Form, Names, need_passage
from examgen.questions.parts import Misconception, PartDeclaration
from examgen.questions.procedures import Need, Procedure, Taking
from examgen.tables.fields import Fields, a_count, a_flag, a_share, a_text, one_of

ANSWER = "answer"
"""The name of the only part."""
MOST_PARTS, MOST_MISTAKES = 26, 20
NUMBERS = ("integer", "rational", "closed")
Earlier = Mapping[str, str]
"""The kinds of the parts so far, by their names."""
Parts = tuple[PartDeclaration[Any], ...]


@dataclass(frozen=True)
class Scope:
    """What the formulas and the texts of a part may name."""

    numbers: Sequence[str]
    forms: Names
    earlier: Earlier

    @property
    def names(self) -> tuple[str, ...]:
        """The names of numbers, earlier answers among them."""
        answered = (name for name, kind in self.earlier.items() if kind in NUMBERS)
        return (*self.numbers, *answered)

    def told(self, more: Mapping[str, str]) -> Names:
        """What a worked solution may name: earlier answers and *more*, by their kinds."""
        kinds = {**self.earlier, **more}
        return {**self.forms, **{name: form_of(kind) for name, kind in kinds.items()}}


def form_of(kind: str) -> Form:
    """What a template may do with an answer."""
    return () if kind in NUMBERS else None


def read_parts(fields: Fields, numbers: Sequence[str], forms: Names) -> Parts:
    """The one part of the item, or its tables [[item.part]]."""
    if ANSWER in fields.data:
        part = read_part(fields, ANSWER, Scope(numbers, forms, {}))
        return (part,)
    tables = list(fields.tables("part", MOST_PARTS))
    if not 2 <= len(tables) <= MOST_PARTS:
        fields.refuse("part", f"{len(tables)} parts", f"answer = …, or 2 to {MOST_PARTS} parts")
    parts: list[PartDeclaration[Any]] = []
    earlier: dict[str, str] = {}
    for table in tables:
        name = table.need("name", a_text, "a name such as feature_map") or ""
        fault = fault_of_name(name)
        if name in forms or name in numbers or name in earlier:
            fault = "something else is called so"
        if fault:
            table.refuse("name", f"a part {name[:60]!r}: {fault}", "another name")
        part = read_part(table, name, Scope(numbers, forms, dict(earlier)))
        earlier[name] = part.kind.name
        table.refuse_unknown()
        parts.append(part)
    return tuple(parts)


def read_part(fields: Fields, name: str, scope: Scope) -> PartDeclaration[Any]:
    """One part."""
    kind = fields.take("kind", one_of(TYPES), f"one of {', '.join(TYPES)}", "integer")
    answer = need_expression(fields, "answer", kind, scope.names)
    return PartDeclaration(
        procedure(name, kind, answer, (), scope.earlier),
        need_passage(fields, "prompt", scope.forms),
        fields.take("points", a_count, "a positive whole number", 1),
        need_passage(fields, "solution", scope.told({name: kind, ANSWER: kind})),
        counts=fields.take("counts", a_flag, "true or false", False),
        values=fields.take("values", a_count, "how many answers there can be", None),
        misconceptions=read_mistakes(fields, kind, scope),
    )


def read_mistakes(fields: Fields, kind: str, scope: Scope) -> list[Misconception]:
    """The tables [[item.mistake]]."""
    misconceptions: list[Misconception] = []
    for table in fields.tables("mistake", MOST_MISTAKES):
        name = table.need("name", a_mistake_name, "a name such as flips_the_kernel") or ""
        if name in [each.name for each in misconceptions]:
            table.refuse("name", f"two mistakes are {name!r}", "each once")
        answer = need_expression(table, "answer", kind, scope.names)
        when = some_conditions(table, "when", scope.names)
        feedback = need_passage(table, "feedback", scope.told({ANSWER: kind, "mistake": kind}))
        credit = table.take("credit", a_share, 'a share such as "1/2"', Fraction(0))
        if credit == 1:
            table.refuse("credit", "credit = 1", "less than all: it is a mistake")
        table.refuse_unknown()
        wrong = procedure(name, kind, answer, when, scope.earlier)
        misconceptions.append(Misconception(name, feedback, credit, wrong))
    return misconceptions


def procedure(
    name: str,
    kind: str,
    expression: Expression | None,
    when: Sequence[Condition],
    earlier: Earlier,
) -> Procedure:
    """What computes an expression where its conditions hold, and None elsewhere."""
    # Where the expression has a fault, the item is refused and nothing is ever computed.
    sides = [side for each in when for side in each.sides]
    used = {each for side in (*sides, *([expression] if expression else ())) for each in side.names}
    parents = [each for each in earlier if each in used]

    def run(givens: Any, *taken: Any) -> Any:
        values = {**givens.values_by_name, **dict(zip(parents, taken, strict=True))}
        if expression is None or not all(each.holds(values) for each in when):
            return None
        return expression.value(values)

    needs = tuple(Need(each, each, Taking.ONE, TYPES[earlier[each]], False) for each in parents)
    return Procedure(name, run, needs, TYPES[kind])
