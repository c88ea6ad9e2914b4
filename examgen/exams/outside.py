"""Families in Python that do not come with examgen: of installed packages, and in named files.

They are code and run as such: trusted as any Python that one installs or starts. (Banks are not.)
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from examgen.faults import Fault, Faults
from examgen.questions.family import LONG, Family, family_of

GROUP = "examgen.families"
"""The entry-point group in which packages name their families: topic.id = "module:Class"."""
FILES = "EXAMGEN_FAMILIES"
"""The environment variable that names files, as `--families` does for one command."""
NAMESPACE = "examgen_outside"


class Point(Protocol):
    """An entry point; the module of its type is not imported at the start."""

    def load(self) -> Any:
        """What it leads to."""


LISTED = ("*.dist-info", "*.egg-info")


def installed() -> Iterator[tuple[str, str, Point]]:
    """The topic, the id and the entry point of each family that an installed package names.

    Importing Python's reader of entry points takes longer than reading them: it is used only where
    a quick look at the lists finds the group.
    """
    lists = (
        listed
        for folder in map(Path, sys.path)
        for pattern in LISTED
        for listed in folder.glob(f"{pattern}/entry_points.txt")
    )
    if not any(GROUP in listed.read_text("utf-8", "replace") for listed in lists):
        return
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        topic, dot, name = point.name.partition(".")
        if not dot or not topic or not name:
            found = f"the entry point {point.name!r} of {point.value}"
            raise Fault(GROUP, found, 'topic.id = "module:Class"')
        yield topic, name, point


def from_point(point: Point, family_id: str) -> Family:
    """The family behind an entry point: a decorated class, or a module with one."""
    family = the_family(point.load(), family_id)
    if family.is_long != family_id.startswith(LONG):
        raise Fault(repr(family_id), f"it has {len(family.parts)} parts", f"{LONG}… for several")
    return family


def the_family(found: object, family_id: str) -> Family:
    """The family that a class or a module declares under this id."""
    candidates = [found] if inspect.isclass(found) else list(vars(found).values())
    families = [family_of(each) for each in candidates if is_declared(each)]
    for each in families:
        if each.id == family_id:
            return each
    known = ", ".join(each.id for each in families) or "no family"
    raise Fault(repr(family_id), f"the entry point leads to {known}", "the id of the family")


def is_declared(value: object) -> bool:
    """Whether a value is a class that `@family` has made a family."""
    return inspect.isclass(value) and "__family__" in vars(value)


def in_file(path: Path) -> Iterator[Family]:
    """The families that a file of Python declares; it is run for that."""
    module = run(path)
    declared = [
        family_of(value)
        for value in vars(module).values()
        if inspect.isclass(value) and is_declared(value) and value.__module__ == module.__name__
    ]
    if not declared:
        raise Fault(str(path), "it declares no family", "a class decorated with @family")
    yield from declared


def run(path: Path) -> ModuleType:
    """The module that a file makes; its folder is the topic of its families."""
    name = f"{NAMESPACE}.{path.resolve().parent.name}.{path.stem}"
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise Fault(str(path), "it is not a Python file", "a file that ends in .py")
    module = module_from_spec(spec)
    # Where a family's worked solutions lie is asked of the module that declares it.
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Fault, Faults):
        raise
    except Exception as error:  # whatever a foreign file does wrong
        raise Fault(str(path), f"{type(error).__name__}: {error}", "Python that runs") from error
    return module


def files(named: str, separator: str) -> Iterable[Path]:
    """The files that a list such as the environment variable's names."""
    return [Path(each) for each in named.split(separator) if each]
