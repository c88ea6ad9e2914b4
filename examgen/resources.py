"""Where the shipped templates and banks lie."""

from pathlib import Path
from typing import Literal

from examgen.faults import Fault

PACKAGE = Path(__file__).resolve().parent


def folder(name: Literal["templates", "banks"]) -> Path:
    """The folder of that name: in the package of a wheel, beside the package of a checkout.

    An editable install is a checkout. Raises Fault where the folder is in neither place.
    """
    inside = PACKAGE / name
    if inside.is_dir():
        return inside
    beside = PACKAGE.parent / name
    # Beside an installed package lies site-packages, where another project's `templates` may be.
    if beside.is_dir() and (PACKAGE.parent / "pyproject.toml").is_file():
        return beside
    raise Fault(
        str(PACKAGE),
        f"the shipped folder {name!r} is missing",
        "install examgen again (a checkout has it beside the package)",
    )
