"""Names say what a thing is, and every module says in one line what it is for."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(
    path for room in ("examgen", "tests", "benchmarks") for path in (ROOT / room).rglob("*.py")
)
# Words that could stand on anything.
EMPTY = {"util", "utils", "manager", "handler", "helper", "helpers", "process", "misc"}
# In a function's name these two can be mathematics: a logarithm's base, a common denominator.
EMPTY_IN_MODULES_AND_CLASSES = EMPTY | {"base", "common"}


def words(name: str) -> set[str]:
    """The words of a name_in_snake_case or a NameInCamelCase."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)}


def faults(path: str, source: str) -> list[str]:
    """What is wrong with the names and the docstring of a module, a line each."""
    tree = ast.parse(source)
    return [
        *(f"{path}: {word!r} says nothing in a file's name" for word in sorted(path_words(path))),
        *(f"{path}: {reason}" for reason in docstring_faults(ast.get_docstring(tree))),
        *(f"{path}:{reason}" for reason in empty_names(tree)),
    ]


def path_words(path: str) -> set[str]:
    names = Path(path).with_suffix("").parts
    return EMPTY_IN_MODULES_AND_CLASSES & {word for name in names for word in words(name)}


def docstring_faults(docstring: str | None) -> Iterator[str]:
    if not docstring:
        yield "the module has no docstring; one line that says what it is for"
    elif docstring.splitlines()[1:2] not in ([], [""]):
        yield "the docstring's first line must stand alone, with an empty line below"


def empty_names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            found = words(node.name) & EMPTY_IN_MODULES_AND_CLASSES
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found = words(node.name) & EMPTY
        else:
            continue
        yield from (
            f"{node.lineno}: {word!r} in {node.name} says nothing" for word in sorted(found)
        )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_names_and_docstring(path: Path) -> None:
    found = faults(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("examgen/nn/conv.py", '"""One line."""\ndef database() -> None: ...'),
        ("examgen/nn/conv.py", '"""One line.\n\nConventions."""'),
        ("examgen/exact/logs.py", '"""One line."""\ndef change_of_base() -> None: ...'),
        ("examgen/exact/logs.py", '"""One line."""\ndef preprocess(base: int) -> None: ...'),
    ],
)
def test_good_names_are_let_through(path: str, source: str) -> None:
    assert faults(path, source) == []


@pytest.mark.parametrize(
    ("path", "source", "reason"),
    [
        ("examgen/nn/conv_utils.py", '"""One line."""', "'utils'"),
        ("examgen/common/conv.py", '"""One line."""', "'common'"),
        ("examgen/nn/base.py", '"""One line."""', "'base'"),
        ("examgen/nn/conv.py", "", "no docstring"),
        ("examgen/nn/conv.py", "# a comment\nX = 1", "no docstring"),
        ("examgen/nn/conv.py", '"""Two\nlines."""', "must stand alone"),
        ("examgen/nn/conv.py", '"""One line."""\nclass BaseLayer: ...', "'base' in BaseLayer"),
        ("examgen/nn/conv.py", '"""One line."""\nclass HTTPHandler: ...', "'handler'"),
        ("examgen/nn/conv.py", '"""One line."""\ndef process_rows(): ...', "'process'"),
        ("examgen/nn/conv.py", '"""One line."""\nclass A:\n    async def _helper(s): ...', ":3: "),
    ],
)
def test_a_planted_fault_is_found(path: str, source: str, reason: str) -> None:
    (fault,) = faults(path, source)
    assert reason in fault
