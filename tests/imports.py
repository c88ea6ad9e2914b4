"""The imports that a piece of source makes, wherever they stand in it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

LOADERS = {"import_module", "__import__", "find_spec", "resolve_name", "run_module"}


@dataclass(frozen=True)
class Import:
    """One imported name: `name` is dotted and absolute, or begins with dots if it is relative."""

    line: int
    name: str | None
    """None where it is computed, so that only running the code tells it."""
    at_start: bool
    """Whether it runs when the module is loaded, not in a call and not for types alone."""
    for_types: bool
    """Whether it never runs."""


def imports_of(source: str) -> list[Import]:
    """All imports: on top, in functions, under TYPE_CHECKING and by importlib."""
    return list(_imports(ast.parse(source), in_call=False, for_types=False))


def _imports(node: ast.AST, *, in_call: bool, for_types: bool) -> Iterator[Import]:
    for name in _names(node):
        at_start = not in_call and not for_types
        yield Import(node.lineno, name, at_start, for_types)  # type: ignore[attr-defined]
    inside = in_call or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    for field, value in ast.iter_fields(node):
        only_types = for_types or (
            field == "body" and isinstance(node, ast.If) and _asks_for_types(node)
        )
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _imports(child, in_call=inside, for_types=only_types)


def _asks_for_types(node: ast.If) -> bool:
    return ast.unparse(node.test).rpartition(".")[2] == "TYPE_CHECKING"


def _names(node: ast.AST) -> list[str | None]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        module = "." * node.level + (node.module or "")
        return [f"{module}.{alias.name}" for alias in node.names]
    if isinstance(node, ast.Call) and _called(node) in LOADERS and node.args:
        return [_spelled(node.args[0])]
    return []


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _spelled(argument: ast.expr) -> str | None:
    """The text of a constant, or the constant beginning of an f-string."""
    if isinstance(argument, ast.JoinedStr) and argument.values:
        argument = argument.values[0]
    return str(argument.value) if isinstance(argument, ast.Constant) else None
