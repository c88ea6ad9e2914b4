"""Procedures: ways of answering a part, whose parameters name the answers they build on."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

PREVIOUS = "previous_"


class Taking(Enum):
    """Which answers of the part it names a parameter takes."""

    ONE = auto()
    """The answer of that part; among rows, the one in the same row."""
    PREVIOUS = auto()
    """The answer in the row before (`previous_shape: Shape`)."""
    ALL = auto()
    """The answers of all rows (`shape: tuple[Shape, ...]`)."""


@dataclass(frozen=True)
class Need:
    """One parameter of a procedure, as its signature declares it."""

    parameter: str
    part: str
    taking: Taking
    type: Any
    optional: bool

    @classmethod
    def of(cls, parameter: inspect.Parameter, hint: Any) -> Need:
        """Read the need from the parameter's name, its type and its default."""
        optional = parameter.default is None
        if optional:
            hint = without_none(hint)
        name = parameter.name
        if get_origin(hint) is tuple and get_args(hint)[1:] == (Ellipsis,):
            return cls(name, name, Taking.ALL, get_args(hint)[0], optional)
        if name.startswith(PREVIOUS):
            return cls(name, name.removeprefix(PREVIOUS), Taking.PREVIOUS, hint, optional)
        return cls(name, name, Taking.ONE, hint, optional)


def without_none(hint: Any) -> Any:
    """`T` for `T | None`."""
    rest = [each for each in get_args(hint) if each is not type(None)]
    joined = rest[0]
    for each in rest[1:]:
        joined = joined | each
    return joined


@dataclass(frozen=True)
class Procedure:
    """A function of the givens and of earlier answers, right or wrong."""

    name: str
    run: Callable[..., Any]
    needs: tuple[Need, ...]
    returns: Any

    @classmethod
    def of(cls, method: Callable[..., Any]) -> Procedure:
        """Read the needs of *method* from its signature; its first parameter is the givens."""
        hints = get_type_hints(method)
        _, *parameters = inspect.signature(method).parameters.values()
        needs = tuple(Need.of(each, hints.get(each.name)) for each in parameters)
        return cls(method.__name__, method, needs, hints.get("return"))

    @classmethod
    def constant(cls, name: str, value: Any, returns: Any) -> Procedure:
        """A procedure that always answers *value*."""
        return cls(name, lambda _: value, (), returns)


Sources = tuple[tuple[str, ...] | str | None, ...]
"""Where each argument comes from: a part's name, the names of all rows, or nowhere (a constant)."""


class Bound(NamedTuple):
    """A procedure in its place in a problem: every need is tied to the parts that answer it."""

    procedure: Procedure
    givens: Any
    sources: Sources
    constants: Mapping[int, Any]

    def take(self, answers: Mapping[str, Any]) -> list[Any]:
        """The arguments it takes from the earlier *answers*, by part name."""
        taken: list[Any] = []
        for index, source in enumerate(self.sources):
            if source is None:
                taken.append(self.constants[index])
            elif isinstance(source, str):
                taken.append(answers[source])
            else:
                taken.append(tuple(answers[name] for name in source))
        return taken

    def __call__(self, answers: Mapping[str, Any]) -> Any:
        """Run the procedure on the givens and the earlier *answers*."""
        return self.procedure.run(self.givens, *self.take(answers))

    @property
    def parents(self) -> tuple[str, ...]:
        """The names of the parts whose answers it takes, in order, each once."""
        names: dict[str, None] = {}
        for source in self.sources:
            if isinstance(source, str):
                names[source] = None
            elif source is not None:
                names.update(dict.fromkeys(source))
        return tuple(names)
