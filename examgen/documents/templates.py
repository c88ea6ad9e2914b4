"""The page skeletons: one Jinja environment for each target, in which every value is escaped.

The delimiters are those of `questions.wording`. A `Prose` or `Formula` is written in the target's
way, any other value is escaped as foreign text: a skeleton cannot forget to.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from examgen.faults import visible
from examgen.questions.wording import SYNTAX
from examgen.resources import folder

Target = Literal["markdown", "latex", "html", "plain"]
Writers = dict[type, Callable[[Any], str]]
Filters = dict[str, Callable[..., str]]


class Done(str):
    """What a filter has already written in the target's way."""

    __slots__ = ()


def fill(target: Target, name: str, /, **values: Any) -> str:
    """The skeleton *name* of a target, filled in."""
    return environment(target).get_template(name).render(values)


@lru_cache(maxsize=4)
def environment(target: Target) -> Environment:
    """The environment of a target; a value of a type it has no writer for is an error."""
    writers, filters = target_of(target)
    write: Writers = {Done: str, int: str, float: str, **writers}
    made = Environment(
        loader=FileSystemLoader(folder("templates"), encoding="utf-8"),
        **SYNTAX,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,
        auto_reload=False,
        finalize=lambda value: write[type(value)](value),
    )
    made.filters = {name: finished(each) for name, each in filters.items()}
    return made


def target_of(target: Target) -> tuple[Writers, Filters]:
    """How a target writes values, by their type, and its filters; others are not imported."""
    if target == "markdown":
        from examgen.documents import markdown_pages

        return markdown_pages.WRITERS, markdown_pages.FILTERS
    if target == "latex":
        from examgen.documents import latex_pages

        return latex_pages.WRITERS, latex_pages.FILTERS
    if target == "html":
        from examgen.documents.html import pages as html_pages

        return html_pages.WRITERS, html_pages.FILTERS
    return {str: visible}, {}


def finished(write: Callable[..., str]) -> Callable[..., Done]:
    """A filter whose result is not escaped again."""
    return lambda *values: Done(write(*values))
