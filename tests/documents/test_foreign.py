"""No bank brings HTML, pictures, links or commands of TeX onto a page."""

import pytest

from examgen.documents.foreign import check_foreign, objections
from examgen.exams.catalog import Catalog, shipped
from examgen.exams.items import Place, draw_item, practice_slot
from examgen.faults import Fault, Faults
from examgen.questions.banks.bank import read_whole

GOOD = (
    "Plain words with `<code>` and $a < b$, **strong** ones.",
    "A list:\n\n- one\n- $x_1$\n\nand\n\n$$\nx < y\n$$",
    "| a | b |\n|---|---|\n| 1 | $2$ |",
)
BAD = (
    "<script>alert(1)</script>",
    "<b>bold</b>",
    "x <img src=y> z",
    "<!-- hidden -->",
    "$a <b onclick=x> c$",
    "$$\n<script>alert(1)</script>\n$$",
    "![picture](http://example.org/a.png)",
    "[a link](http://example.org)",
    "<http://example.org>",
    "# A heading",
    "---",
    "> quoted",
    r"$\input{/etc/passwd}$",
    r"$\immediate\write18{ls}$",
    r"$\def\x{y}$",
    "it costs $5",
    r"$\frac{1}{2$",
    r"$\begin{verbatim}x\end{verbatim}$",
)


@pytest.mark.parametrize("text", GOOD)
def test_markdown_with_formulas_is_let_through(text: str) -> None:
    assert list(objections(text)) == []


@pytest.mark.parametrize("text", BAD)
def test_anything_else_is_refused(text: str) -> None:
    assert list(objections(text))


@pytest.mark.parametrize("text", BAD)
@pytest.mark.parametrize("key", ["stem", "prompt", "solution", "text", "feedback"])
def test_it_is_refused_wherever_it_stands(key: str, text: str) -> None:
    fields = {"stem": "s", "prompt": "p", "solution": "w", "text": "right", "feedback": "f"}
    fields[key] = text
    bank = f"""
[[item]]
id = "an-item"
topic = "shapes"
title = "An item"
stem = {quoted(fields["stem"])}
prompt = {quoted(fields["prompt"])}
solution = {quoted(fields["solution"])}
[[item.option]]
text = {quoted(fields["text"])}
right = true
[[item.option]]
text = "wrong"
feedback = {quoted(fields["feedback"])}
"""
    with pytest.raises((Fault, Faults), match=r"an-item|own\.toml:13"):
        items = read_whole(bank, "own.toml", shipped().in_python)
        known = Catalog({}).plus_bank(items, "own.toml")
        item = draw_item(
            Place(1, practice_slot(known.load("an-item"), "easy"), "1", "A"), catalog=known
        )
        check_foreign(item)


def quoted(text: str) -> str:
    return f"'''\n{text}'''"
