"""What a family may not declare: refused when its module is imported, before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_type_hints

from examgen.faults import Fault
from examgen.questions.parts import PartDeclaration
from examgen.questions.procedures import Need, Procedure, Taking

Parts = Sequence[PartDeclaration[Any]]


def check_declaration(cls: type[Any], parts: Parts) -> None:
    """Refuse a part that builds on an answer no earlier part gives, or on another type of it."""
    where = cls.__qualname__
    if not parts:
        raise Fault(where, "it declares no part", "decorate a method with @part")
    clash = set(get_type_hints(cls)) & {each.name for each in parts}
    if clash:
        raise Fault(where, f"{sorted(clash)} is both a given and a part", "rename one of them")
    for position, part in enumerate(parts):
        names = [each.name for each in part.misconceptions]
        if len(set(names)) < len(names):
            raise Fault(f"{where}.{part.name}", f"misconceptions {names}", "each name once")
        for procedure in (part.procedure, *(each.procedure for each in part.misconceptions)):
            for need in procedure.needs:
                check_need(f"{where}.{procedure.name}({need.parameter})", need, position, parts)
            check_return(f"{where}.{procedure.name}", procedure, part)


def check_return(where: str, procedure: Procedure, part: PartDeclaration[Any]) -> None:
    """A wrong procedure must answer in the part's type, or None where it cannot arise."""
    answer = part.procedure.returns
    if procedure.returns not in (answer, answer | None):
        raise Fault(
            where, f"returns {procedure.returns}", f"{answer}, or None where it cannot arise"
        )


def check_need(where: str, need: Need, position: int, parts: Parts) -> None:
    """Check one parameter of one procedure of the part at *position*."""
    part = parts[position]
    target = next((each for each in parts if each.name == need.part), None)
    if target is None:
        if part.each and need.taking is Taking.ONE:
            return
        known = ", ".join(each.name for each in parts[:position]) or "nothing"
        raise Fault(where, f"no part is named {need.part}", f"the parts before it: {known}")
    if target.procedure.returns != need.type:
        raise Fault(
            where, f"it expects {need.type}", f"{target.name} is {target.procedure.returns}"
        )
    if not need.optional and not set(part.levels) <= set(target.levels):
        raise Fault(where, f"{target.name} is asked at {target.levels} only", "`| None = None`")
    check_place(where, need, part, target, parts.index(target) < position)


def check_place(
    where: str,
    need: Need,
    part: PartDeclaration[Any],
    target: PartDeclaration[Any],
    is_earlier: bool,
) -> None:
    """An answer must have been given before it is taken."""
    same_table = part.each is not None and part.each == target.each
    if need.taking is Taking.PREVIOUS:
        if not same_table or target.start is None:
            raise Fault(where, "there is no row before", "a part of the same table, with start=…")
    elif not is_earlier:
        raise Fault(where, f"{target.name} is not asked before {part.name}", "an earlier part")
    elif need.taking is Taking.ALL and (target.each is None or same_table):
        raise Fault(where, f"{target.name} has no rows to take all of", "its own type")
    elif need.taking is Taking.ONE and target.each is not None and not same_table:
        raise Fault(where, f"{target.name} has a row each", f"tuple[{need.type}, ...]")
