"""What is wrong with an instructor's own skeletons, by file and line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from examgen.faults import Fault

CURE = "docs/templates.md lists the blocks, values and filters there are"


@contextmanager
def located(folder: Path) -> Iterator[None]:
    """Turn an error that a skeleton in *folder* makes into a `Fault` with its file and line.

    An error that arises elsewhere is let through: it is not the instructor's.
    """
    try:
        yield
    except TemplateSyntaxError as error:
        raise Fault(
            f"{error.filename or error.name}:{error.lineno}", error.message or "", CURE
        ) from error
    except TemplateNotFound as error:
        file = last_line(error.__traceback__, folder) or str(folder)
        raise Fault(file, f"there is no template {error.name!r}", CURE) from error
    except Exception as error:  # whatever an expression in the skeleton raises is its fault
        where = last_line(error.__traceback__, folder)
        if where is None:
            raise
        raise Fault(where, reason(error), CURE) from error


def reason(error: Exception) -> str:
    """What went wrong, in words."""
    if isinstance(error, Fault):
        return str(error)
    if isinstance(error, KeyError) and error.args and isinstance(error.args[0], type):
        return f"a {error.args[0].__name__} cannot be printed as it stands"
    if isinstance(error, UndefinedError | TemplateError):
        return error.message or str(error)
    return f"{type(error).__name__}: {error}"


def last_line(trace: TracebackType | None, folder: Path) -> str | None:
    """The innermost line of a file of *folder* that was at work; Jinja names them in tracebacks."""
    found = None
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_relative_to(folder):
            found = f"{file}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found
