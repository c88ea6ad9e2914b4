"""The template language of questions and page skeletons: Jinja with delimiters that TeX leaves."""

from __future__ import annotations

import builtins
import operator
from collections.abc import Iterable
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame

SYNTAX: dict[str, Any] = {
    "variable_start_string": "<<",
    "variable_end_string": ">>",
    "block_start_string": "<%",
    "block_end_string": "%>",
    "comment_start_string": "<#",
    "comment_end_string": "#>",
    "trim_blocks": True,
    "lstrip_blocks": True,
}
"""How questions and page skeletons are written."""


class AtOnce(CodeGenerator):
    """Compiles a template so that it, and each of its blocks, writes all it has to say at once.

    Jinja's own code hands every piece up through all the blocks and includes around it.
    """

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """Compile a body; that of a template or of a block collects its pieces in a list."""
        if frame.buffer is not None:
            super().blockvisit(body, frame)
            return
        self.buffer(frame)
        super().blockvisit(body, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        """Compile an include; one without the values is handed up at once, after what is there."""
        if not node.with_context:
            self.writeline(f"yield concat({frame.buffer})")
            self.writeline(f"{frame.buffer}.clear()")
        super().visit_Include(node, frame)


class TrustedEnvironment(Environment):
    """For our own templates: an attribute is Python's, an entry too; each is there or an error."""

    getattr = staticmethod(builtins.getattr)  # type: ignore[assignment]
    getitem = staticmethod(operator.getitem)  # type: ignore[assignment]
