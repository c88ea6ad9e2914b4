"""Looking through an instructor's own skeletons before anything is drawn or marked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from jinja2 import Environment, TemplateSyntaxError, nodes

from examgen.documents.templates import SHIPPED, Target, environment
from examgen.faults import Fault, Faults, alternatives
from examgen.resources import folder

SUFFIX = ".jinja"
STYLE_SHEETS = tuple(Path("html", f"{name}.css") for name in ("style", "formulas", "figures"))
"""What is no skeleton, but can be replaced, too."""


def check(templates: Path) -> None:
    """Raise all that is wrong with the folder, as far as reading its files shows.

    A file or a block that nothing asks for would silently change nothing: a misspelt name is a
    fault.
    """
    names = skeletons(templates)
    shipped = skeletons(folder("templates"))
    sheets = [sheet for sheet in STYLE_SHEETS if (templates / sheet).is_file()]
    if not sheets and not set(names) & set(shipped):
        raise Fault(str(templates), "no file there replaces a skeleton", f"{', '.join(shipped)}")
    jinja = environment("html", templates)
    all_faults = [fault for name in names for fault in faults(jinja, templates, name)]
    if all_faults:
        raise Faults(all_faults)


def skeletons(templates: Path) -> list[str]:
    """The names of all Jinja files in a folder, sorted."""
    return sorted(path.relative_to(templates).as_posix() for path in templates.rglob(f"*{SUFFIX}"))


def faults(jinja: Environment, templates: Path, name: str) -> Iterator[Fault]:
    """What is wrong with one file."""
    try:
        tree = parsed(jinja, name)
        compile_for_target(tree, templates, name)
    except TemplateSyntaxError as error:
        yield Fault(f"{templates / name}:{error.lineno}", error.message or "bad syntax")
        return
    except UnicodeDecodeError:
        yield Fault(str(templates / name), "it is not text in UTF-8")
        return
    parent = parent_of(tree)
    if parent is None:
        return
    known = blocks_of(jinja, parent)
    if known is None:
        line = next(tree.find_all(nodes.Extends)).lineno
        found = f"it extends {parent!r}, which does not exist or extends itself"
        yield Fault(f"{templates / name}:{line}", found, f"{SHIPPED}/{name}")
        return
    for block in tree.body:
        if isinstance(block, nodes.Block) and block.name not in known:
            yield Fault(
                f"{templates / name}:{block.lineno}",
                f"{parent} has no block {block.name!r}",
                alternatives(block.name, known),
            )


def compile_for_target(tree: nodes.Template, templates: Path, name: str) -> None:
    """Compile a skeleton as its target will: an unknown filter shows only then."""
    first = name.partition("/")[0]
    for target in get_args(Target):
        if first == target:
            environment(target, templates).compile(tree, name, str(templates / name))


def parsed(jinja: Environment, name: str) -> nodes.Template:
    """A skeleton's syntax tree."""
    assert jinja.loader is not None
    source, file, _ = jinja.loader.get_source(jinja, name)
    return jinja.parse(source, name, file)


def parent_of(tree: nodes.Template) -> str | None:
    """The name of the skeleton that this one extends, where it is written out."""
    for extends in tree.find_all(nodes.Extends):
        if isinstance(extends.template, nodes.Const):
            return str(extends.template.value)
    return None


def blocks_of(jinja: Environment, name: str) -> set[str] | None:
    """The blocks of a skeleton and of all that it extends; None where one does not exist."""
    names: set[str] = set()
    seen: set[str] = set()
    following: str | None = name
    while following is not None:
        if following in seen:
            return None
        seen.add(following)
        try:
            tree = parsed(jinja, following)
        except Exception:
            return None
        names |= {block.name for block in tree.find_all(nodes.Block)}
        following = parent_of(tree)
    return names
