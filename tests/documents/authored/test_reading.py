"""Authored Markdown: read block by block, it is what it is when it is read whole."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from random import Random
from typing import Any

import pytest
from markdown_it.token import Token

from examgen.documents.authored.plain_lists import plain_list
from examgen.documents.authored.plain_paragraphs import plain_paragraph
from examgen.documents.authored.reading import parser, tokens
from examgen.documents.keys import add_keys
from examgen.documents.layout import Prose
from examgen.documents.paper import lay_out
from examgen.questions.levels import LEVELS, Level
from tests.calls import patience
from tests.documents.exams import full_exam


def seen(token: Token) -> tuple[Any, ...]:
    """What renderers look at: of the text around emphasis, not what is empty."""
    there = (each for each in token.children or () if each.type != "text" or each.content)
    children = tuple(map(seen, there))
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
        "- a\n- b\n\n- c\n- d",
        "- a\n- b\n\n1. c\n2. d",
        "a:\n\n- b\n- c\n\nd\n\n1. e\n2. f\n\n$$\nx\n$$",
        "- b\n- c\n\n  d",
        "- b\n- c\n\n    d",
        "- b\n- c\n\n```\nd\n```",
        "* a\n+ b",
        "1. a\n2) b",
        "7. a\n9. b\n   c",
        "10. a\n    b\n11. c",
        "10. a\n   b",
        "- a\nb",
        "- a\n   b",
        "- - a",
        "- \n- a",
        "-  a",
        "- 1. a",
        "* *",
        "- a\n  - b",
        "- a\n  36. b",
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
        "a\n\n$$\nx\n+ y\n$$\n\nb",
        "a\n\n```python\nx = [\n    1,\n]\n```\n\nb",
        "$x$ is 5",
        "$x$5 and 5$x$",
        "$x = \n5$ and $x =\n5$, $x\n+ 1$",
        "a **b $c$** (*d*) `e` f",
        "**a*b**, a*b*c, **a *b* c**, * a *",
        "a\n36 b\n1. c",
        "a\n- b",
        "a\n===",
        "a \nb  \nc",
        "`a $b` c$ ``d``",
        "a \\$b$ c",
    ],
)
def test_whatever_an_author_writes(text: str) -> None:
    assert by_blocks(text) == whole(text)


PIECES = (
    *(
        "a",
        "b ",
        "36",
        " ",
        ".",
        ",",
        "(",
        ")",
        "-",
        "\n",
        "\n",
        "$",
        "*",
        "**",
        "`",
        "\\",
        "|",
        "\n1. ",
    ),
    *(
        "$x$",
        "$x$",
        "$-1$",
        r"$\frac{1}{2}$",
        "$a =\n8$",
        "**bold**",
        "*em*",
        "**$x$**",
        "`c`",
        "\n- ",
    ),
)


MARKS = ("\n- ", "\n- ", "\n1. ", "\n2. ", "\n* ", "\n  ", "\n   ")


def test_a_plain_paragraph_is_what_the_parser_makes_of_it() -> None:
    rng = Random(1)
    plain = 0
    for _ in range(20_000):
        text = "".join(rng.choices(PIECES, k=rng.randint(1, 8)))
        found = plain_paragraph(text)
        if found is not None:
            plain += 1
            assert [seen(token) for token in found] == whole(text), text
    assert plain > 1_000


def test_a_plain_list_is_what_the_parser_makes_of_it() -> None:
    rng = Random(1)
    plain = 0
    for _ in range(20_000):
        lines = (
            rng.choice(MARKS) + "".join(rng.choices(PIECES, k=rng.randint(1, 3)))
            for _ in range(rng.randint(1, 3))
        )
        text = "".join(lines).lstrip("\n")
        found = plain_list(text)
        if found is not None:
            plain += 1
            assert [seen(token) for token in found] == whole(text), text
    assert plain > 1_000


def test_lists_between_other_blocks_are_what_the_parser_makes_of_them() -> None:
    rng = Random(1)
    blocks = (
        "a",
        "- a\n- $b$",
        "1. a\n2. b",
        "$$\nx\n$$",
        "```\na\n```",
        "* a\n  b",
        "  a",
        "- a",
        "b\n- a",
    )
    for _ in range(5_000):
        text = "\n\n".join(rng.choices(blocks, k=rng.randint(1, 5)))
        assert by_blocks(text) == whole(text), text


def test_a_hostile_paragraph_is_read_in_time() -> None:
    for piece in ("$a", "**a ", "*(", "`a", "a`", "$x$**", "a\n", "1", "$\\"):
        with patience():
            plain_paragraph(piece * (400_000 // len(piece)) + "|")
