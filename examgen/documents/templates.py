"""The page skeletons: one Jinja environment for each target, in which every value is escaped.

The delimiters are those of `questions.template_language`. A `Prose` or `Formula` is written in the
target's way, any other value is escaped as foreign text: a skeleton cannot forget to. An
instructor's own folder goes before the shipped one, which remains in reach under `shipped/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Literal, cast

from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    pass_context,
)
from jinja2.runtime import Context

from examgen.documents.escaping import terminal
from examgen.documents.images import data_uri
from examgen.documents.layout import ItemPage, Prose
from examgen.documents.template_faults import located
from examgen.documents.writers import Done, Filters, Writers
from examgen.faults import visible
from examgen.kept import kept_along
from examgen.questions.template_language import (
    SYNTAX,
    HouseEnvironment,
    SandboxedEnvironment,
    TrustedEnvironment,
)
from examgen.resources import folder

Target = Literal["markdown", "latex", "html", "typst", "platform", "xml", "terminal", "plain"]
SHIPPED = "shipped"


def joined(pieces: Iterable[str]) -> Done:
    """What a template, a block or a macro has written: not to be escaped again."""
    return Done("".join(pieces))


def fill(target: Target, name: str, /, templates: Path | None = None, **values: Any) -> Done:
    """The skeleton *name* of a target, filled in; the folder *templates* may have its own.

    Raises `Fault` with file and line where a skeleton of that folder goes wrong.
    """
    jinja = environment(target, templates)
    if templates is None:
        return cast(Done, jinja.get_template(name).render(values))
    with located(templates):
        return cast(Done, jinja.get_template(name).render(values))


@lru_cache(maxsize=16)
def environment(target: Target, templates: Path | None = None) -> HouseEnvironment:
    """The environment of a target; a value of a type it has no writer for is an error.

    What an instructor's folder brings may come from a stranger: it is sandboxed.
    """
    writers, filters = target_of(target)
    write: Writers = {Done: str, int: str, float: str, StrictUndefined: str, **writers}
    shipped = FileSystemLoader(folder("templates"), encoding="utf-8")
    own = [FileSystemLoader(templates, encoding="utf-8")] if templates else []
    jinja = (SandboxedEnvironment if templates else TrustedEnvironment)(
        loader=ChoiceLoader([*own, shipped, PrefixLoader({SHIPPED: shipped})]),
        **SYNTAX,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,
        auto_reload=False,
        finalize=lambda value: write[type(value)](value),
    )
    jinja.writers = write
    jinja.concat = joined  # type: ignore[method-assign]
    jinja.filters = {name: finished(each) for name, each in filters.items()}
    # Most results of filters are written straight away and need not be marked as written.
    jinja.bare = {name: f"{name} at once" for name in filters}
    jinja.filters |= {jinja.bare[name]: each for name, each in filters.items()}
    jinja.finished = frozenset(jinja.filters)
    jinja.filters["prose"] = Prose
    jinja.filters["filled"] = written_with if templates else written_once
    jinja.finished |= {"filled"}
    if templates:
        jinja.filters["data_uri"] = partial(data_uri, templates)
    jinja.globals = {"range": jinja.globals["range"], "brought": frozenset()}
    return jinja


@pass_context
def written_once(context: Context, pages: Iterable[ItemPage], name: str, figures: str = "") -> str:
    """Items from our own skeleton of this name, which sees nothing but them.

    *figures* is the folder where their figures lie, in Markdown. Our skeletons write the text where
    they ask for it, so it is not copied to be marked as written.
    """
    template = context.environment.get_template(name)
    return "".join([written_item(template, page, figures) for page in pages])


@kept_along
def written_item(template: Template, page: ItemPage, figures: str) -> str:
    """One item; kept, because the forms of a class have items in common."""
    values = {**template.globals, "items": (page,), "figures": figures}
    return "".join(template.root_render_func(template.new_context(values, shared=True)))


@pass_context
def written_with(context: Context, pages: Iterable[ItemPage], name: str, figures: str = "") -> Done:
    """The same from an instructor's skeleton, which may look at the whole page."""
    template = context.environment.get_template(name)
    return joined((template.render(context.get_all(), items=pages, figures=figures),))


def target_of(target: Target) -> tuple[Writers, Filters]:
    """How a target writes values, by their type, and its filters; others are not imported."""
    if target == "markdown":
        from examgen.documents.markdown import pages as markdown_pages

        return markdown_pages.WRITERS, markdown_pages.FILTERS
    if target == "latex":
        from examgen.documents.latex import pages as latex_pages

        return latex_pages.WRITERS, latex_pages.FILTERS
    if target == "html":
        from examgen.documents.html import pages as html_pages

        return html_pages.WRITERS, html_pages.FILTERS
    if target == "typst":
        from examgen.documents.typst import pages as typst_pages

        return typst_pages.WRITERS, typst_pages.FILTERS
    if target == "platform":
        from examgen.documents.platforms import prose

        return prose.WRITERS, prose.FILTERS
    if target == "xml":
        from examgen.documents.platforms import xml

        return xml.WRITERS, xml.FILTERS
    return {str: terminal.escape if target == "terminal" else visible}, {}


def finished(write: Callable[..., str]) -> Callable[..., Done]:
    """A filter whose result is not escaped again."""
    return lambda *values, **more: Done(write(*values, **more))
