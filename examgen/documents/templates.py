"""The page skeletons: one Jinja environment for each target, in which every value is escaped.

The delimiters are those of `questions.wording`. A `Prose` or `Formula` is written in the target's
way, any other value is escaped as foreign text: a skeleton cannot forget to.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from examgen.faults import visible
from examgen.resources import folder

Target = Literal["markdown", "latex", "plain"]


def fill(target: Target, name: str, /, **values: Any) -> str:
    """The skeleton *name* of a target, filled in."""
    return environment(target).get_template(name).render(values)


@lru_cache(maxsize=3)
def environment(target: Target) -> Environment:
    """The environment of a target.

    Autoescape marks what macros and filters return as finished (`Markup`); what is not marked
    is finished by the target's own writer, never by Jinja's for HTML.
    """
    write, filters = writer(target)
    made = Environment(
        loader=FileSystemLoader(folder("templates"), encoding="utf-8"),
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=True,
        auto_reload=False,
        finalize=lambda value: value if isinstance(value, Markup) else Markup(write(value)),
    )
    made.filters = {name: finished(each) for name, each in filters.items()}
    return made


Writer = tuple[Callable[[Any], str], dict[str, Callable[..., Any]]]


def writer(target: Target) -> Writer:
    """How a target writes a value, and its filters; what is not asked for is not imported."""
    if target == "markdown":
        from examgen.documents import markdown_pages

        return markdown_pages.write, markdown_pages.FILTERS
    if target == "latex":
        from examgen.documents import latex_pages

        return latex_pages.write, latex_pages.FILTERS
    return (lambda value: visible(str(value))), {}


def finished(write: Callable[..., str]) -> Callable[..., Markup]:
    """A filter whose result needs no more escaping."""
    return lambda *values: Markup(write(*values))
