"""Wording: the one template language of stems, prompts, worked solutions and feedback.

Jinja over Markdown with `$TeX$`, delimited by `<< value >>`, `<% statement %>` and `<# note #>`,
because Jinja's own delimiters occur in TeX. Values are written by the answers' LaTeX writer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from jinja2 import StrictUndefined, Template, nodes

from examgen import answers
from examgen.answers.writing.digits import digits
from examgen.questions import terms
from examgen.questions.family import Family
from examgen.questions.parts import PartDeclaration
from examgen.questions.problem import Part, Problem
from examgen.questions.template_language import (
    SYNTAX,
    HouseEnvironment,
    SandboxedEnvironment,
    TrustedEnvironment,
)

E = TypeVar("E", bound=HouseEnvironment)
NOTHING = object()


def write(value: Any) -> Any:
    """What stands on the page for a value: text as it is, anything else in LaTeX."""
    return value if isinstance(value, str) else answers.latex(value)


WRITERS: Mapping[type, Callable[[Any], Any]] = defaultdict(lambda: write, {int: digits, str: str})
"""The same by the value's type; most are these two."""

OPTIONS: dict[str, Any] = {
    **SYNTAX,
    "undefined": StrictUndefined,
    "finalize": write,
    "autoescape": False,
}


@lru_cache(maxsize=1)
def environment() -> SandboxedEnvironment:
    """The environment of texts from strangers, as bank items are: sandboxed."""
    return furnished(SandboxedEnvironment(**OPTIONS))


@lru_cache(maxsize=1)
def trusted_environment() -> TrustedEnvironment:
    """The same language, several times faster."""
    return furnished(TrustedEnvironment(**OPTIONS))


def furnished(jinja: E) -> E:
    """An environment with the house filters, and nothing to call but `range`."""
    jinja.writers = WRITERS
    jinja.filters.update(terms.FILTERS)
    jinja.globals.clear()
    jinja.globals["range"] = range
    return jinja


@lru_cache(maxsize=4096)
def compiled(text: str, is_trusted: bool) -> tuple[Template, frozenset[str]]:
    """A template, parsed once, and the names it reads (those of its own loops among them)."""
    jinja = trusted_environment() if is_trusted else environment()
    tree = jinja.parse(text)
    names = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    template = Template.from_code(jinja, jinja.compile(tree), jinja.make_globals(None))
    return template, frozenset(names - jinja.globals.keys())


@lru_cache(maxsize=1024)
def declared_texts(givens: Hashable) -> frozenset[str]:
    """The templates that a class in Python declares; none where it was made from a bank.

    What a lure says is not among them: it may quote givens, which a bank or a record can choose.
    """
    family: Family | None = getattr(givens, "__family__", None)
    if family is None:
        return frozenset()
    parts = [text for part in family.parts for text in (part.prompt, part.row, part.solution or "")]
    said = [each.feedback for part in family.parts for each in part.misconceptions]
    return frozenset({family.stem, *parts, *said})


@lru_cache(maxsize=4096)
def prepared(text: str, givens: Hashable) -> tuple[Template, frozenset[str], frozenset[str]]:
    """A template of a class: the names it reads, and which of them may be the class's own.

    Its own names are givens, properties and methods, but not parts: a part's answer is among what
    is known to a template.
    """
    template, names = compiled(text, text in declared_texts(givens))
    own = frozenset(
        name
        for name in names
        if not name.startswith("_") and not isinstance(getattr(givens, name, None), PartDeclaration)
    )
    return template, names, own


def render(text: str, givens: Any, known: Mapping[str, Any]) -> str:
    """Fill in *text* with what is *known*, and for other names with the family's own."""
    if "<" not in text:
        return text
    kind: Any = type(givens)
    template, names, own = prepared(text, kind)
    values = dict(template.globals)
    for name in names:
        if name in known:
            values[name] = known[name]
        elif name in own and (value := getattr(givens, name, NOTHING)) is not NOTHING:
            values[name] = value
    return "".join(template.root_render_func(template.new_context(values, shared=True)))


def stem(problem: Problem) -> str:
    """The text before the parts."""
    return render(problem.family.stem, problem.givens, {})


def prompt(problem: Problem, part: Part) -> str:
    """What the part asks."""
    return render(part.declared.prompt, problem.givens, row_names(part))


def prompt_in_full(problem: Problem, part: Part) -> str:
    """The prompt of a part alone, in a table after the title of its row."""
    asked = prompt(problem, part)
    return asked if part.row is None else f"{row_title(problem, part)}: {asked}"


def row_title(problem: Problem, part: Part) -> str:
    """What a row of a table is called."""
    return render(part.declared.row, problem.givens, row_names(part))


def solution(problem: Problem, part: Part) -> str:
    """The worked solution, in this problem's numbers; `answer` is the part's own."""
    known = known_to(problem, part)
    return render(part.declared.solution or "", problem.givens, known).strip()


def feedback(problem: Problem, part: Part, text: str, mistake: Any) -> str:
    """The feedback of a misconception; `mistake` is what it reaches here."""
    if "<" not in text:
        return text.strip()
    known = {**known_to(problem, part), "mistake": mistake}
    return render(text, problem.givens, known).strip()


def row_names(part: Part) -> dict[str, Any]:
    """What the templates of a row may call by name."""
    if part.row is None:
        return {}
    return {"row": part.row, "element": part.element}


@lru_cache(maxsize=64)
def known_to(problem: Problem, part: Part) -> Mapping[str, Any]:
    """The answers that a part's templates may name: those its procedure takes, and single ones."""
    key = problem.answer_key
    known = dict(answers_beside(problem, part.row))
    if needs := part.procedure.procedure.needs:
        for need, value in zip(needs, part.procedure.take(key), strict=True):
            known[need.parameter] = value
    known["answer"] = key[part.name]
    known.update(row_names(part))
    return known


@lru_cache(maxsize=64)
def answers_beside(problem: Problem, row: int | None) -> Mapping[str, Any]:
    """The answers of single parts, and of tables: those of *row*, or of all rows in lists for None.

    They are gathered once for all parts.
    """
    key = problem.answer_key
    known: dict[str, Any] = {
        each.declared.name: key[each.name] for each in problem.parts if each.row is None
    }
    for each in problem.parts:
        if each.row is not None and row is None:
            known.setdefault(each.declared.name, []).append(key[each.name])
        elif each.row is not None and each.row == row:
            known[each.declared.name] = key[each.name]
    return known
