"""Imports point one way, and only to packages that are ours to use."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.imports import Import, imports_of

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "examgen").rglob("*.py"))

# From the bottom to the top. Layers of one line do not know each other.
LAYERS = (
    ("faults", "kept"),
    ("resources", "tables"),
    ("exact",),
    ("nn", "answers"),
    ("questions",),
    ("families",),
    ("exams",),
    ("grading",),
    ("documents",),
    ("cli",),
    ("__main__",),
)
HEIGHT = {name: height for height, names in enumerate(LAYERS) for name in names}

# The folders of a room, in the same way. The modules beside them are used above and below.
FOLDERS = {
    "answers": (
        ("notation",),
        ("writing",),
        ("arithmetic",),
        ("judges",),
        ("readers",),
        ("kinds",),
        ("sheets",),
    ),
    "questions": (("figures",), ("banks",)),
    "grading": (("analysis",), ("gradebook",)),
    "documents": (
        ("escaping",),
        ("authored",),
        ("notation",),
        ("figures",),
        ("markdown", "latex"),
        ("html", "typst", "pdf", "report"),
        ("platforms",),
    ),
    "cli": (("banks", "drawing", "grading"), ("decisions",)),
}
HEIGHT_IN_ROOM = {
    room: {name: height for height, names in enumerate(order) for name in names}
    for room, order in FOLDERS.items()
}

# The dependencies of pyproject.toml and the layers that may use them (None: all). torch, scipy and
# sympy are oracles of the tests; pandas and matplotlib cost more than they would save.
PACKAGES: dict[str, set[str] | None] = {
    "numpy": None,
    "flint": None,
    "cattrs": None,
    "attrs": None,
    "markdown_it": None,
    "mdit_py_plugins": None,
    "math_core": {"documents"},
    "typst": {"documents"},
    "jinja2": {"questions", "documents"},
    "click": {"cli"},
    "distributed": {"cli"},
}
# `examgen --help` must not wait for these: cli/ imports what needs them within its functions.
SLOW = {"numpy", "jinja2", "sympy", "flint", "distributed"}
# Families are discovered: the one place where the name of an imported module is computed.
DISCOVERY = "examgen/exams/catalog.py"


def layer_of(path: str) -> str | None:
    """The layer of a module, given by its path from the root; None for the package itself."""
    parts = Path(path).with_suffix("").parts
    return None if parts == ("examgen", "__init__") else parts[1]


def faults(path: str, source: str) -> list[str]:
    """What is wrong with the imports of a module, a line each."""
    here = layer_of(path)
    if here is not None and here not in HEIGHT:
        return [f"{path}: {here!r} is no layer; allowed: {', '.join(HEIGHT)}"]
    return [
        f"{path}:{imported.line}: {reason}"
        for imported in imports_of(source)
        for reason in objections(path, here, imported)
    ]


def objections(path: str, here: str | None, imported: Import) -> Iterator[str]:
    """Why a module of layer `here` may not import this."""
    name = imported.name
    if name is None:
        if path != DISCOVERY:
            yield f"imports a computed name; only {DISCOVERY} does"
    elif name.startswith("."):
        yield f"imports {name} relatively; name it from examgen on"
    elif name == "examgen" or name.startswith("examgen."):
        yield from against_layer(here, name)
        yield from against_folder(path, name)
    elif name.partition(".")[0] not in sys.stdlib_module_names:
        yield from against_package(here, name.partition(".")[0], imported.at_start)


def against_layer(here: str | None, name: str) -> Iterator[str]:
    there = name.split(".")[1] if "." in name else ""
    if there == "__version__":
        return
    if there not in HEIGHT:
        yield f"imports {name}, which is in no layer; allowed: {', '.join(HEIGHT)}"
    elif here is None:
        yield f"imports {name}: the package itself imports nothing of its own"
    elif here != there and HEIGHT[there] >= HEIGHT[here]:
        yield f"imports {name}: {there} is not below {here}"


def against_folder(path: str, name: str) -> Iterator[str]:
    """Whether a module in a folder of its room imports from one that is not below.

    The topics of families do not know each other.
    """
    room, here = room_and_folder(Path(path).parts)
    other_room, there = room_and_folder(name.split("."))
    if room != other_room or here == there:
        return
    heights = HEIGHT_IN_ROOM.get(room, {})
    is_above = {here, there} <= heights.keys() and heights[there] >= heights[here]
    if room == "families" or is_above:
        yield f"imports {name}: in {room}, {there} is not below {here}"


def room_and_folder(parts: Sequence[str]) -> tuple[str, str]:
    """The room, and the folder in it, of a path or a dotted name."""
    _, room, folder, *_ = (*parts, "", "")
    return room, folder


def against_package(here: str | None, package: str, at_start: bool) -> Iterator[str]:
    layers = PACKAGES.get(package, set())
    if layers is not None and here not in layers:
        yield f"imports {package}; {here or 'examgen'} may not use it"
    elif here == "cli" and at_start and package in SLOW:
        yield f"imports {package} when it is loaded; import it where it is needed"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_point_down(path: Path) -> None:
    found = faults(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
    assert not found, "\n".join(found)


def test_every_folder_has_its_place_in_its_room() -> None:
    for room, heights in HEIGHT_IN_ROOM.items():
        folders = {path.parent.name for path in (ROOT / "examgen" / room).glob("*/__init__.py")}
        assert folders == heights.keys(), room


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("examgen/answers/readers/counts.py", "from examgen.answers.notation import rows"),
        ("examgen/families/shapes/mha_params.py", "import examgen.families.shapes._in_brief"),
        ("examgen/answers/notation/rows.py", "from examgen.answers.limits import Limits"),
        ("examgen/documents/html/pages.py", "from examgen.questions.banks import bank"),
        ("examgen/grading/marking.py", "from examgen.exams import record"),
        ("examgen/grading/marking.py", "from examgen.grading.gradebook import Gradebook"),
        ("examgen/nn/conv.py", "from examgen import exact"),
        ("examgen/nn/layers/kinds.py", "import examgen.nn.conv as conv"),
        ("examgen/cli/main.py", "from examgen import __version__"),
        ("examgen/cli/main.py", "import click"),
        ("examgen/cli/generate.py", "def run():\n    import numpy"),
        ("examgen/cli/generate.py", "if TYPE_CHECKING:\n    import numpy"),
        ("examgen/cli/main.py", "importlib.import_module(f'examgen.cli.{name}')"),
        (DISCOVERY, "importlib.import_module(name)"),
        ("examgen/questions/wording.py", "import jinja2.sandbox"),
        ("examgen/exact/closed.py", "import os.path\nfrom fractions import Fraction"),
    ],
)
def test_what_points_down_is_let_through(path: str, source: str) -> None:
    assert faults(path, source) == []


@pytest.mark.parametrize(
    ("path", "source", "reason"),
    [
        ("examgen/nn/conv.py", "from examgen.questions import part", "questions is not below nn"),
        ("examgen/nn/conv.py", "from examgen import answers", "answers is not below nn"),
        ("examgen/answers/kinds.py", "import examgen.nn.conv", "nn is not below answers"),
        (
            "examgen/exact/array.py",
            "def f():\n    from examgen.cli import main",
            "cli is not below",
        ),
        (
            "examgen/exact/array.py",
            "if TYPE_CHECKING:\n    from examgen.grading import mark",
            "py:2: imports examgen.grading.mark: grading is not below exact",
        ),
        ("examgen/faults.py", "from examgen.resources import folder", "resources is not below"),
        (
            "examgen/answers/notation/rows.py",
            "from examgen.answers.readers import counts",
            "in answers, readers is not below notation",
        ),
        (
            "examgen/families/shapes/mha_params.py",
            "from examgen.families.attention._mixture import mixed",
            "in families, attention is not below shapes",
        ),
        (
            "examgen/documents/html/pages.py",
            "import examgen.documents.typst.pages",
            "in documents, typst is not below html",
        ),
        (
            "examgen/exams/sheet.py",
            "import_module('examgen.grading')",
            "grading is not below exams",
        ),
        ("examgen/exams/sheet.py", "import_module(f'examgen.cli.{x}')", "cli is not below exams"),
        ("examgen/exams/sheet.py", "importlib.import_module(name)", "a computed name"),
        ("examgen/exams/sheet.py", "from .catalog import load", "relatively"),
        ("examgen/exams/sheet.py", "from . import catalog", "relatively"),
        ("examgen/exams/sheet.py", "import examgen", "in no layer"),
        ("examgen/exams/sheet.py", "from examgen.tools import x", "in no layer"),
        ("examgen/tools/x.py", "", "'tools' is no layer"),
        ("examgen/tools.py", "", "'tools' is no layer"),
        ("examgen/__init__.py", "from examgen.exact import array", "imports nothing of its own"),
        ("examgen/nn/conv.py", "import torch.nn.functional as F", "may not use it"),
        ("examgen/nn/conv.py", "def f():\n    from scipy import signal", "may not use it"),
        ("examgen/grading/items.py", "import pandas as pd", "may not use it"),
        ("examgen/documents/figure.py", "from matplotlib import pyplot", "may not use it"),
        ("examgen/cli/bank.py", "def f():\n    import sympy", "cli may not use it"),
        ("examgen/grading/items.py", "import jinja2", "grading may not use it"),
        ("examgen/exams/catalog.py", "from click import echo", "exams may not use it"),
        ("examgen/cli/main.py", "import numpy as np", "when it is loaded"),
        ("examgen/cli/main.py", "if TYPE_CHECKING:\n    pass\nelse:\n    import flint", "loaded"),
        ("examgen/cli/main.py", "class A:\n    import flint", "loaded"),
        ("examgen/cli/main.py", "try:\n    import flint\nexcept ImportError:\n    pass", "loaded"),
    ],
)
def test_a_planted_fault_is_found(path: str, source: str, reason: str) -> None:
    (fault,) = faults(path, source)
    assert reason in fault


def circles(sources: dict[str, str]) -> list[set[str]]:
    """Modules that import one another, by name; what is imported for types alone never runs."""
    below: dict[str, set[str]] = {}
    for module, source in sources.items():
        named = [each.name for each in imports_of(source) if each.name and not each.for_types]
        found = {name if name in sources else name.rpartition(".")[0] for name in named}
        below[module] = found & sources.keys() - {module}
    try:
        TopologicalSorter(below).prepare()
    except CycleError as error:
        return [set(error.args[1])]
    return []


def test_no_module_imports_itself_by_way_of_others() -> None:
    names = {path: path.relative_to(ROOT).with_suffix("").parts for path in MODULES}
    sources = {
        ".".join(parts).removesuffix(".__init__"): path.read_text(encoding="utf-8")
        for path, parts in names.items()
    }
    assert circles(sources) == []


def test_a_planted_circle_is_found() -> None:
    a = "def f():\n    from examgen.nn import b"
    assert circles({"examgen.nn.a": a, "examgen.nn.b": "from examgen.nn.a import f"}) == [
        {"examgen.nn.a", "examgen.nn.b"}
    ]
    types = "if TYPE_CHECKING:\n    from examgen.nn.b import B"
    assert circles({"examgen.nn.a": types, "examgen.nn.b": "from examgen.nn import a"}) == []


def test_the_command_line_starts_without_what_is_slow() -> None:
    """Through whatever modules: an import on top of a lower layer would count as well."""
    show = "import sys, examgen.cli.main; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", show], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert SLOW.isdisjoint(done.stdout.split())
