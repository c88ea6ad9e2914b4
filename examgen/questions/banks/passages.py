"""The texts of an item: Markdown in the template language, of which a bank may use little.

A bank comes from a stranger. Its templates may write values by name, through the house filters,
loop over lists that the item declares, and leave something out: no calls, no attributes, no
arithmetic. Whatever else stands in one is refused with its line, and so is what would write more
than some pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from jinja2 import TemplateSyntaxError, nodes

from examgen.faults import alternatives
from examgen.questions.wording import environment
from examgen.tables.fields import Fields

LONGEST = 4_000
"""Characters of a passage."""
LARGEST = 20_000
"""Characters that a passage may grow to by its loops."""
VALUE = 20
"""Characters that a value is taken to have."""
DEEPEST = 3
"""Loops and conditions within each other."""
LOOPS = 2
"""Loops within each other."""
TAGS = ("<<", "<%", "<#")
ALLOWED = "<< name >>, << name | filter >>, <% for each in list %> and <% if name %>"

Form: TypeAlias = tuple[int, ...] | None
"""What a name stands for: a number (), a list (n,), a matrix (n, m); None: it is only written."""
Names: TypeAlias = Mapping[str, Form]
Objection: TypeAlias = tuple[int, str, str]
"""The line in the passage, what was found there, and what is allowed."""

NODES = {
    "Call": "a call",
    "Getattr": "an attribute",
    "Getitem": "an index",
    "Const": "a constant",
    "Assign": "an assignment",
    "Include": "an include",
    "Compare": "a comparison",
    **dict.fromkeys(("Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Pow", "Neg"), "arithmetic"),
}
"""What an author calls some of what the template language has and a bank has not."""

FILTERS: Mapping[str, tuple[int, int]] = {
    "signed": (0, 0),
    "factor": (0, 0),
    "total": (1, 0),
    "column": (1, 0),
    "dot": (1, 1),
}
"""The axes of what a filter is used on, and how many more such values it takes."""


def a_passage(value: Any) -> str:
    """A text of some lines, all of which prints."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    if len(value) > LONGEST:
        raise ValueError(f"{len(value)} characters, more than {LONGEST}")
    strange = next((each for each in value if not each.isprintable() and each != "\n"), None)
    if strange is not None:
        raise ValueError(f"the character {strange!r}")
    return value.strip("\n")


def a_line(value: Any) -> str:
    """The same on one line."""
    return " ".join(a_passage(value).split())


def need_passage(fields: Fields, key: str, names: Names) -> str:
    """The passage at *key*, which may name *names*; a fault where it is missing."""
    return checked(fields, key, fields.need(key, a_passage, "Markdown with $TeX$"), names)


def take_passage(fields: Fields, key: str, names: Names) -> str:
    """The same where it may be missing."""
    return checked(fields, key, fields.take(key, a_passage, "Markdown with $TeX$", ""), names)


def checked(fields: Fields, key: str, text: str | None, names: Names) -> str:
    """The text, after a look at its templates."""
    if text is None:
        return ""
    for line, found, allowed in objections(text, names):
        fields.refuse_in(key, line, found, allowed)
    return text


def objections(text: str, names: Names) -> Iterator[Objection]:
    """What a passage may not have in it."""
    if not any(tag in text for tag in TAGS):
        return
    look, size = Look(), 0
    try:
        size = look.at_all(environment().parse(text).body, names)
    except TemplateSyntaxError as error:
        yield error.lineno, f"the template cannot be read: {error.message}", ALLOWED
    except RecursionError:
        yield 1, "the template is nested too deeply", ALLOWED
    yield from look.objections
    if size > LARGEST and not look.objections:
        yield 1, f"its loops write about {size} characters", f"at most {LARGEST}"


def named(node: nodes.Node | None) -> str:
    """What an author calls a node."""
    kind = type(node).__name__
    return "nothing" if node is None else NODES.get(kind, kind)


class Look:
    """A walk through a template, from the outside in."""

    def __init__(self) -> None:
        self.objections: list[Objection] = []
        self.loops = 0

    def refuse(self, node: nodes.Node, found: str, allowed: str = ALLOWED) -> int:
        """Note an objection; what is refused writes nothing."""
        self.objections.append((node.lineno, found, allowed))
        return 0

    def at_all(self, found: list[nodes.Node], names: Names, depth: int = 0) -> int:
        """Look at some nodes; about how many characters they write."""
        return sum(self.at(node, names, depth) for node in found)

    def at(self, node: nodes.Node, names: Names, depth: int) -> int:
        """Look at one node; about how many characters it writes."""
        match node:
            case nodes.Output():
                return self.at_all(list(node.nodes), names, depth)
            case nodes.TemplateData():
                return len(node.data)
            case nodes.Name():
                return self.value(node, names)
            case nodes.Filter():
                return self.filtered(node, names)
            case nodes.For():
                return self.loop(node, names, depth)
            case nodes.If():
                return self.choice(node, names, depth)
        return self.refuse(node, f"a template with {named(node)}")

    def form(self, node: nodes.Node | None, names: Names) -> Form:
        """What a name stands for; anything but a known name is refused."""
        if not isinstance(node, nodes.Name):
            found = f"{named(node)} where a name must stand"
            self.refuse(node or nodes.Name("", "load", lineno=1), found)
        elif node.name not in names:
            known = alternatives(node.name[:60], names)
            self.refuse(node, f"nothing here is called {node.name[:60]!r}", known)
        else:
            return names[node.name]
        return None

    def value(self, node: nodes.Name, names: Names) -> int:
        """A value as it is."""
        size = 1
        for length in self.form(node, names) or ():
            size *= length
        return VALUE * size

    def filtered(self, node: nodes.Filter, names: Names) -> int:
        """A value through a house filter."""
        if node.name not in FILTERS:
            known = alternatives(node.name[:60], FILTERS)
            return self.refuse(node, f"no filter is called {node.name[:60]!r}", known)
        axes, more = FILTERS[node.name]
        if node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) != more:
            return self.refuse(node, f"the filter {node.name} takes {more} more", ALLOWED)
        forms = [self.form(each, names) for each in (node.node, *node.args)]
        if any(form is None or len(form) != axes for form in forms) or len(set(forms)) > 1:
            what = ("a number", "lists of one length" if more else "a list")[axes]
            return self.refuse(node, f"the filter {node.name} on something else", what)
        return VALUE * (1 + more) * sum(forms[0] or (1,))

    def loop(self, node: nodes.For, names: Names, depth: int) -> int:
        """A loop over a list."""
        if self.loops >= LOOPS or depth >= DEEPEST:
            return self.refuse(node, "too many loops within each other", f"at most {LOOPS}")
        if node.test is not None or node.else_ or node.recursive:
            return self.refuse(node, "a loop with a condition or an else")
        form, target = self.form(node.iter, names), node.target
        if not form:
            return self.refuse(
                node, "a loop over what is not a list", "a list that the item declares"
            )
        if not isinstance(target, nodes.Name) or target.name in names:
            return self.refuse(node, "a loop needs a new name for each value", ALLOWED)
        inside = {**names, target.name: form[1:]}
        self.loops += 1
        size = form[0] * self.at_all(list(node.body), inside, depth + 1)
        self.loops -= 1
        return size

    def choice(self, node: nodes.If, names: Names, depth: int) -> int:
        """Something that stands only where a number is not zero."""
        if depth >= DEEPEST:
            return self.refuse(node, "a condition too deep within others", f"at most {DEEPEST}")
        for each in (node, *node.elif_):
            test = each.test.node if isinstance(each.test, nodes.Not) else each.test
            if self.form(test, names):
                self.refuse(each, "a list as a condition", "a number, which may be zero")
        bodies = [node.body, *(each.body for each in node.elif_), node.else_]
        return sum(self.at_all(list(body), names, depth + 1) for body in bodies)
