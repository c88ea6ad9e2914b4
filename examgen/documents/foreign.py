"""Texts of banks, which come from strangers: looked at before they reach a page.

The page formats pass authored Markdown on. What LaTeX would not set is refused here for all of
them, and so is HTML, which Markdown would let through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from examgen.documents.authored.reading import tokens
from examgen.documents.authored.token_writing import render
from examgen.documents.latex.prose import BLOCKS, INLINES, prose
from examgen.exams.exam import Item
from examgen.faults import Fault
from examgen.questions import wording
from examgen.questions.problem import Problem

TAG = re.compile(r"<[A-Za-z/!?]")
COMMAND = re.compile(r"\\[A-Za-z]+")
CURE = r"a space after <, or \lt in a formula"


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """Markdown as the most generous reader understands it."""
    markdown_it = MarkdownIt("commonmark", {"html": True}).enable("table")
    return markdown_it.use(
        dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=False
    )


def check_foreign(item: Item) -> None:
    """Raise `Fault` for the first text of a bank's item that is not fit for a page."""
    if item.definition is not None and item.problem is not None:
        for key, text in texts_of(item.problem):
            for reason, allowed in objections(text):
                raise Fault(f"{item.family}, {key}", reason, allowed)


def texts_of(problem: Problem) -> Iterator[tuple[str, str]]:
    """All that is written about a problem, each with the key of its bank that says so."""
    yield "stem", wording.stem(problem)
    for part in problem.parts:
        yield "prompt", wording.prompt(problem, part)
        yield "solution", wording.solution(problem, part)
        if part.declared.kind.name == "text":
            yield "text", problem.answer_key[part.name]
        for mistake, wrong in problem.wrong_answers(part):
            yield mistake.name, wording.feedback(problem, part, mistake.feedback, wrong)
            if part.declared.kind.name == "text":
                yield mistake.name, wrong


@lru_cache(maxsize=4096)
def objections(text: str) -> tuple[tuple[str, str], ...]:
    """What is wrong with a text, and what is allowed; kept, for most are the same in every form."""
    return tuple(find_objections(text))


def find_objections(text: str) -> Iterator[tuple[str, str]]:
    """The same, looked for."""
    for fault in unset(text):
        yield f"{fault.where}: {fault.found}", fault.allowed
    # Without a < there is no HTML, and all readers agree with the most generous one.
    for token in flat(parser().parse(text) if "<" in text else tokens(text)):
        if token.type == "text" and (command := COMMAND.search(token.content)):
            yield f"{command[0]!r} outside of a formula", "$ around the value: $<< name >>$"
        if token.type.startswith("html") or (
            token.type in ("math_inline", "math_block", "text") and TAG.search(token.content)
        ):
            yield f"{token.content.strip()[:60]!r} looks like HTML", CURE
            return


def unset(text: str) -> Iterator[Fault]:
    """All that LaTeX has nothing for: every formula and mark, not only the first."""
    try:
        prose(text)
        return
    except Fault as fault:
        first = fault
    distinct = {}
    for token in flat(tokens(text)):
        try:
            if token.type != "inline":
                render(token, BLOCKS | INLINES)
        except Fault as fault:
            distinct[str(fault)] = fault
    yield from distinct.values() or [first]


def flat(found: Iterable[Token]) -> Iterator[Token]:
    """All tokens, with those inside of others."""
    for token in found:
        yield token
        yield from token.children or ()
