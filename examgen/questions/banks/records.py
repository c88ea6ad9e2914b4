"""The record of drawn parameters: like a family's class of givens, made from declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, make_dataclass
from functools import cached_property
from typing import Any

from examgen.exact import Undefined
from examgen.questions.banks.conditions import Condition
from examgen.questions.banks.expressions import Expression
from examgen.questions.banks.parameters import Parameter
from examgen.questions.banks.passages import Names
from examgen.questions.work import Work


@dataclass(frozen=True)
class Declared:
    """What an item declares besides its parts."""

    parameters: tuple[Parameter, ...]
    lets: Mapping[str, Expression]
    where: tuple[Condition, ...]
    work: Mapping[str, Expression]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The names that expressions may use."""
        names = [name for each in self.parameters for name in each.numbers]
        return (*names, *self.lets)

    @property
    def forms(self) -> Names:
        """The names that templates may use."""
        forms = {each.name: each.form for each in self.parameters}
        return {**forms, **dict.fromkeys(self.lets, ())}

    def values(self, givens: Any) -> Mapping[str, Any]:
        """The value of every number; raises `Undefined` where one has none."""
        known: dict[str, Any] = {}
        for parameter in self.parameters:
            value = getattr(givens, parameter.name)
            for name, place in parameter.numbers.items():
                known[name] = value[tuple(each - 1 for each in place)] if place else value
        for name, expression in self.lets.items():
            known[name] = expression.value(known)
        return known

    def fits(self, givens: Any) -> bool:
        """Whether all numbers have values and all conditions hold."""
        try:
            known = givens.values_by_name
        except Undefined:
            return False
        return all(condition.holds(known) for condition in self.where)

    def hand_work(self, givens: Any) -> Work:
        """How many operations a hand needs, as the item states it."""
        known = givens.values_by_name
        return Work(**{name: int(each.value(known)) for name, each in self.work.items()})


def record_of(declared: Declared) -> type[Any]:
    """The class whose fields are the parameters and whose properties follow from them."""
    namespace: dict[str, Any] = {
        "values_by_name": cached_property(declared.values),
        # A bound method would not be given the record.
        "worth_asking": lambda self: declared.fits(self),
        "work": property(declared.hand_work),
        "__declared__": declared,
        **{name: property(value_of(name)) for name in declared.lets},
    }
    fields = [(each.name, each.type) for each in declared.parameters]
    return make_dataclass("Parameters", fields, namespace=namespace, frozen=True, eq=False)


def value_of(name: str) -> Callable[[Any], Any]:
    """What looks up one of the values."""
    return lambda givens: givens.values_by_name[name]


def never_met(declared: Declared, drawn: Sequence[Any]) -> Iterator[str]:
    """The conditions that hold for none of these records, and names without a value in any."""
    known = []
    for givens in drawn:
        try:
            known.append(givens.values_by_name)
        except Undefined as error:
            reason = str(error)
    if drawn and not known:
        yield f"a name never has a value ({reason})"
    for condition in declared.where:
        if known and not any(condition.holds(values) for values in known):
            yield f"the condition {condition.text!r} never holds"
