"""The worst that a bank can do is to be refused, and that soon."""

from collections.abc import Callable
from pathlib import Path

import pytest

from examgen.documents.foreign import check_foreign
from examgen.exams.catalog import Catalog, shipped
from examgen.exams.items import Place, draw_item, practice_slot
from examgen.faults import Fault, Faults
from examgen.questions.banks.bank import read_whole
from tests.calls import patience
from tests.cli.running import examgen

PINNED = """\
[[item]]
id = "an-item"
topic = "t"
title = "t"
family = "conv2d-full"
[item.givens]
"""
STATIC = """\
[[item]]
id = "an-item"
topic = "shapes"
title = "An item"
{more}
prompt = '''{prompt}'''
solution = "s"
{options}
"""
OPTION = '[[item.option]]\ntext = "{text}"\nname = "n{n}"\nfeedback = "f"\n'
RIGHT = '[[item.option]]\ntext = "right"\nright = true\n'
DRAWN = """\
[[item]]
id = "an-item"
topic = "shapes"
title = "An item"
prompt = "p"
solution = "s"
answer = '{answer}'
where = {where}
[item.parameters]
n = {n}
{more}
[[item.mistake]]
name = "errs"
answer = "{mistake}"
feedback = "f"
"""


def static(prompt: str = "p", text: str = "wrong", more: str = "", options: str = "") -> str:
    three = "".join(OPTION.format(text=f"{text} {n}" if n else text, n=n) for n in range(3))
    return STATIC.format(prompt=prompt, more=more, options=options or RIGHT + three)


def drawn(
    answer: str = "n", where: str = "[]", n: str = "[1, 2]", more: str = "", mistake: str = "n + 1"
) -> str:
    return DRAWN.format(answer=answer, where=where, n=n, more=more, mistake=mistake)


BIG = "(" + "+".join(f"e^{n}" for n in range(1, 25)) + ")^9999"
BANKS: dict[str, Callable[[], str]] = {
    "a million brackets": lambda: "x = " + "[" * 450_000,
    "a million braces": lambda: "x = " + "{a=" * 150_000,
    "quotes without end": lambda: 'x = """' + '""\\"' * 200_000,
    "a deep key": lambda: "[" + ".".join("a" * 200_000) + "]\n" + "b = 1\n" * 10_000,
    "a deep key in quotes": lambda: "[" + ".".join(['"a"'] * 100_000) + "]\n" + "b = 1\n" * 9_000,
    "too long": lambda: "#" * 2_000_000,
    "a hundred thousand keys": lambda: static() + "\n".join(f"k{n} = 1" for n in range(40_000)),
    "long keys": lambda: static() + f"\n{'k' * 200_000} = 1\n{'q' * 200_000} = 1",
    "many items": lambda: "[[item]]\n" * 45_000,
    "many options": lambda: static(options=RIGHT + "[[item.option]]\ntext = 'x'\n" * 15_000),
    "many tags": lambda: static(more="tags = [" + '"t", ' * 90_000 + "]"),
    "many levels": lambda: static(more="levels = [" + '"easy", ' * 90_000 + "]"),
    "a huge number of minutes": lambda: static(more=f"minutes = {'9' * 4_000}"),
    "a number beyond digits": lambda: static(more=f"minutes = {'9' * 9_000}"),
    "stars": lambda: static(prompt="*a **a " * 550),
    "brackets in Markdown": lambda: static(prompt="[a](" * 990),
    "backticks": lambda: static(prompt="`" * 3_900),
    "dollars": lambda: static(prompt="$a" * 1_900),
    "deep quotes": lambda: static(prompt=">" * 3_900),
    "deep lists": lambda: static(prompt="- " * 1_900),
    "braces of TeX": lambda: static(prompt="$" + "{" * 1_900 + "}" * 1_900 + "$"),
    "template brackets": lambda: static(prompt="<< " + "(" * 3_000 + " >>"),
    "template conditions": lambda: static(prompt="<% if n %>" * 200 + "<% endif %>" * 150),
    "template loops": lambda: drawn(n="{ from = 1, to = 2, shape = [36] }").replace(
        '"p"', '"' + "<% for a in n %>" * 3 + "x" * 300 + "<% endfor %>" * 3 + '"'
    ),
    "an option to compute": lambda: static(text=BIG[:290]),
    "an option of digits": lambda: static(text="9" * 250 + "^9999"),
    "options to compute": lambda: static(text="[" + ",".join([BIG[:60]] * 4) + "]"),
    "a tower": lambda: drawn(answer="9^9^9^9^n"),
    "a factorial": lambda: drawn(answer="499!! + n!!"),
    "a closed form": lambda: drawn(answer=BIG, where='["' + BIG + ' > n"]'),
    "a hard root": lambda: drawn(answer="sqrt(2^127 - n) + ln(2^126 + 3 n)"),
    "conditions that never hold": lambda: drawn(
        where="[" + ", ".join([f'"exp({n} n) + exp(n) < ln(1 + n^9)"' for n in range(2, 30)]) + "]"
    ),
    "many conditions": lambda: drawn(where="[" + '"n < 9", ' * 9_000 + "]"),
    "many parameters": lambda: drawn(more="\n".join(f"p{n}x = [1]" for n in range(20_000))),
    "many values": lambda: drawn(n="[" + "1, " * 90_000 + "]"),
    "a wide range": lambda: drawn(n="{ from = -999999999999, to = 999999999999 }"),
    "a long formula": lambda: drawn(answer="+".join(["n"] * 100_000)),
    "deep brackets": lambda: drawn(answer="(" * 200 + "n" + ")" * 200),
    "many formulas": lambda: drawn(
        more="[item.let]\n" + "".join(f"l{n}x = 1\n" for n in range(9_000))
    ),
    "a pinned giant": lambda: (
        PINNED +
        f"image = [{', '.join(['[' + ', '.join(['1'] * 300) + ']'] * 300)}]\nkernel = [[1]]\n"
    ),
    "a pinned number": lambda: (
        PINNED +
        f'image = [["{BIG[:90]}", 1], [1, 0]]\nkernel = [[1, 0]]\n'
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BANKS)
def test_no_bank_takes_long(name: str) -> None:
    text = BANKS[name]()
    with patience():
        try:
            use(text)
        except (Fault, Faults) as fault:
            assert len(str(fault)) < 60_000


def use(text: str) -> None:
    """Read a bank, draw its item at every level and look at its pages."""
    items = read_whole(text, "own.toml", shipped().in_python)
    known = Catalog({}).plus_bank(items, "own.toml")
    for entry in known.entries.values():
        for level in entry.levels:
            slot = practice_slot(known.load(entry.id), level)
            check_foreign(draw_item(Place(1, slot, "1", "A"), catalog=known))


HARMLESS = {
    "a factorial",
    "a hard root",
    "an option of digits",
    "backticks",
    "braces of TeX",
    "brackets in Markdown",
    "dollars",
    "options to compute",
    "stars",
}
"""Odd, but short and soon drawn: words, numbers and formulas like others."""


@pytest.mark.parametrize("name", sorted(BANKS.keys() - HARMLESS))
def test_it_is_refused_on_the_command_line(name: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(BANKS[name]())
    done = examgen("show", "an-item", "--bank", path)
    assert done.code == 2, done.out
    assert "Traceback" not in done.err
