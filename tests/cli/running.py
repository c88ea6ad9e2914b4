"""Running the command line in this process."""

import contextlib
import io
import json
import sys
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from examgen.cli.main import run


@dataclass(frozen=True)
class Done:
    """What a command left: exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON document it must be."""
        return json.loads(self.out)


def examgen(*arguments: object) -> Done:
    """Run `examgen` with these arguments."""
    out, err = io.StringIO(), io.StringIO()
    argv = ["examgen", *map(str, arguments)]
    with (
        patch.object(sys, "argv", argv),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = run()
    return Done(code, out.getvalue(), err.getvalue())
