"""Wording: the one template language of stems, prompts, worked solutions and feedback.

Jinja over Markdown with `$TeX$`, delimited by `<< value >>`, `<% statement %>` and `<# note #>`,
because Jinja's own delimiters occur in TeX. Values are written by the answers' LaTeX writer.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from examgen import answers
from examgen.questions import terms
from examgen.questions.parts import PartDeclaration
from examgen.questions.problem import Answers, Part, Problem

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


def write(value: Any) -> Any:
    """What stands on the page for a value: text as it is, anything else in LaTeX."""
    return value if isinstance(value, str) else answers.latex(value)


@lru_cache(maxsize=1)
def environment() -> ImmutableSandboxedEnvironment:
    """The one environment; sandboxed, because bank items come from strangers."""
    made = ImmutableSandboxedEnvironment(
        **SYNTAX,
        undefined=StrictUndefined,
        finalize=write,
        autoescape=False,
    )
    made.filters.update(terms.FILTERS)
    made.globals.clear()
    made.globals["range"] = range
    return made


@lru_cache(maxsize=4096)
def compiled(text: str) -> tuple[Template, frozenset[str]]:
    """A template, parsed once, and the names it reads (those of its own loops among them)."""
    jinja = environment()
    tree = jinja.parse(text)
    names = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    template = Template.from_code(jinja, jinja.compile(tree), jinja.make_globals(None))
    return template, frozenset(names - jinja.globals.keys())


def render(text: str, givens: Any, known: Mapping[str, Any]) -> str:
    """Fill in *text* with what is *known*, and for other names with the family's own."""
    if "<" not in text:
        return text
    template, names = compiled(text)
    return template.render({name: each for name in names for each in find(name, givens, known)})


def find(name: str, givens: Any, known: Mapping[str, Any]) -> tuple[Any, ...]:
    """The value of a name, if it has one: known, a given, a property or a method of the family.

    A part is no value: what a template may say of its answer is among the *known*.
    """
    if name in known:
        return (known[name],)
    if name.startswith("_") or isinstance(getattr(type(givens), name, None), PartDeclaration):
        return ()
    return (getattr(givens, name),) if hasattr(givens, name) else ()


def stem(problem: Problem) -> str:
    """The text before the parts."""
    return render(problem.family.stem, problem.givens, {})


def prompt(problem: Problem, part: Part) -> str:
    """What the part asks."""
    return render(part.declared.prompt, problem.givens, row_names(part))


def row_title(problem: Problem, part: Part) -> str:
    """What a row of a table is called."""
    return render(part.declared.row, problem.givens, row_names(part))


def solution(problem: Problem, part: Part) -> str:
    """The worked solution, in this problem's numbers; `answer` is the part's own."""
    known = known_to(problem, part, problem.answer_key)
    return render(part.declared.solution or "", problem.givens, known).strip()


def feedback(problem: Problem, part: Part, text: str, mistake: Any) -> str:
    """The feedback of a misconception; `mistake` is what it reaches here."""
    if "<" not in text:
        return text.strip()
    known = known_to(problem, part, problem.answer_key) | {"mistake": mistake}
    return render(text, problem.givens, known).strip()


def row_names(part: Part) -> dict[str, Any]:
    """What the templates of a row may call by name."""
    if part.row is None:
        return {}
    return {"row": part.row, "element": part.element}


def known_to(problem: Problem, part: Part, key: Answers) -> dict[str, Any]:
    """The answers a part's templates may name: as its procedure does, and all single ones."""
    known: dict[str, Any] = {
        each.declared.name: key[each.name] for each in problem.parts if each.row is None
    }
    for each in problem.parts:
        if each.row is not None and part.row is None:
            known.setdefault(each.declared.name, []).append(key[each.name])
        elif each.row is not None and each.row == part.row:
            known[each.declared.name] = key[each.name]
    for need, value in zip(part.procedure.procedure.needs, part.procedure.take(key), strict=True):
        known[need.parameter] = value
    known["answer"] = key[part.name]
    return known | row_names(part)
