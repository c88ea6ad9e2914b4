"""Authored Markdown: read block by block, it is what it is when it is read whole."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from markdown_it.token import Token

from examgen.documents.authored import parser, tokens
from examgen.documents.keys import add_keys
from examgen.documents.layout import Prose
from examgen.documents.paper import lay_out
from examgen.questions.levels import LEVELS, Level
from tests.documents.exams import full_exam


def seen(token: Token) -> tuple[Any, ...]:
    """What renderers look at."""
    children = tuple(map(seen, token.children or ()))
    return token.type, token.content, token.markup, token.hidden, token.attrs, children


def whole(text: str) -> list[tuple[Any, ...]]:
    return [seen(token) for token in parser().parse(text)]


def by_blocks(text: str) -> list[tuple[Any, ...]]:
    return [seen(token) for token in tokens(text)]


def texts(record: Any) -> Iterator[str]:
    """All the prose of a record and of what it holds."""
    if isinstance(record, Prose):
        yield record
    elif isinstance(record, tuple):
        for each in record:
            yield from texts(each)
    elif is_dataclass(record):
        for field in fields(record):
            yield from texts(getattr(record, field.name))


@pytest.mark.parametrize("level", LEVELS)
def test_every_text_of_an_exam(level: Level) -> None:
    exam = full_exam(level, "x")
    found = set(texts(add_keys(lay_out(exam), exam)))
    assert sum("\n\n" in text for text in found) > 20
    for text in found:
        assert by_blocks(text) == whole(text), text


@pytest.mark.parametrize(
    "text",
    [
        "a\n\nb",
        "a\n\n$$\nx\n$$\n\nb",
        "$$\nx\n$$",
        "$$\nx\n\ny\n$$\n\nb",
        "a $$\n\nb $$",
        "- a\n\n  b\n\n- c\n\nd",
        "- a\n\n- b",
        "a\n\n1. b\n\n2. c",
        "```\na\n\nb\n```\n\nc",
        "a\n\n    code\n\n    more",
        "| a |\n|---|\n| b |\n\nc",
        "[a]: b\n\nsee [a]",
        "a\n\n\n\nb",
        "\n\na\n\nb\n",
        "a\n---\n\nb",
        "<div>\n\na\n\n</div>",
        "# a\n\nb",
        "***\n\nb",
        "a  \n\n$$\nx\n$$ b\n\nc",
        "",
    ],
)
def test_whatever_an_author_writes(text: str) -> None:
    assert by_blocks(text) == whole(text)
