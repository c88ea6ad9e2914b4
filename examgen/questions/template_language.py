"""The template language of questions and page skeletons: Jinja with delimiters that TeX leaves."""

from __future__ import annotations

import builtins
import operator
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.sandbox import ImmutableSandboxedEnvironment

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

BY_TYPE = "environment.writers[type(written := ", ")](written)"
"""What stands around a value that is written by its type; there are too many for another call."""


class HouseEnvironment(Environment):
    """What our environments have besides: filters whose results its `finalize` need not see.

    That function is there, and returns text.
    """

    finished: frozenset[str] = frozenset()
    writers: Mapping[type, Callable[[Any], str]] = {}
    """How `finalize` writes each type, if it goes by the type alone: then templates ask this."""
    bare: Mapping[str, str] = {}
    """Of some of these the names of what they do where their result is written and nothing else."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Read a template, and which filters stand where only their text is wanted."""
        tree = super()._parse(source, name, filename)
        for output in tree.find_all(nodes.Output):
            for each in output.nodes:
                if isinstance(each, nodes.Filter):
                    each.name = self.bare.get(each.name, each.name)
        return tree

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every template may call, which is the same for all; read faster than a chain."""
        return {**self.globals, **(d or {})}


class AtOnce(CodeGenerator):
    """Compiles a template so that it, and each of its blocks, writes all it has to say at once.

    Jinja's own code hands every piece up through all the blocks and includes around it. What is
    handed up is on its way to the page, and need not be marked as written by copying it.
    """

    environment: HouseEnvironment

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """Compile a body; that of a template or of a block collects its pieces in a list."""
        if frame.buffer is not None:
            super().blockvisit(body, frame)
            return
        self.buffer(frame)
        super().blockvisit(body, frame)
        self.writeline(f"yield ''.join({frame.buffer})")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        """Compile an include; one without the values is handed up at once, after what is there."""
        if not node.with_context:
            self.writeline(f"yield ''.join({frame.buffer})")
            self.writeline(f"{frame.buffer}.clear()")
        super().visit_Include(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        """Open what writes a value: no `str`, for that is text already."""
        if self.is_written(node):
            self.write("(")
        else:
            self.write(BY_TYPE[0] if self.environment.writers else finalize.src)

    def _output_child_post(self, node: nodes.Expr, *_: Any) -> None:
        """Close it."""
        by_type = self.environment.writers and not self.is_written(node)
        self.write(BY_TYPE[1] if by_type else ")")

    def is_written(self, node: nodes.Expr) -> bool:
        """Whether a filter has written it already."""
        return isinstance(node, nodes.Filter) and node.name in self.environment.finished


class AsPython(AtOnce):
    """Compiles attributes, entries and calls of our own templates to what they are in Python."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Compile an attribute."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """Compile an entry or a slice."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(")[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Compile a call with plain arguments; the others, which are rare, are left to Jinja."""
        if node.kwargs or node.dyn_args or node.dyn_kwargs or forward_caller:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


class SandboxedEnvironment(HouseEnvironment, ImmutableSandboxedEnvironment):
    """For templates of strangers."""

    code_generator_class = AtOnce


class TrustedEnvironment(HouseEnvironment):
    """For our own templates: an attribute is Python's, an entry too; each is there or an error."""

    code_generator_class = AsPython
    getattr = staticmethod(builtins.getattr)  # type: ignore[assignment]
    getitem = staticmethod(operator.getitem)  # type: ignore[assignment]
