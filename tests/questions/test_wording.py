"""Templates: what is trusted with attributes, and what stands in the sandbox."""

from collections.abc import Iterator
from dataclasses import make_dataclass
from random import Random
from typing import Any, Self

import pytest
from jinja2 import DictLoader, Environment
from jinja2.exceptions import SecurityError

from examgen.questions import wording
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import Lure, part
from examgen.questions.problem import Problem
from examgen.questions.template_language import SYNTAX, AsPython, AtOnce, HouseEnvironment

ESCAPE = "<< word.__class__.__name__ >>"


@family(title="Words", minutes=1)
class Words:
    """A word that its chooser may have written."""

    word: str

    stem = "<< word.upper() >>"

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:  # noqa: ARG003
        return cls("a")

    @part("Which?", points=1, solution="<< answer.upper() >> << answer >>")
    def said(self) -> str:
        return "b"

    @said.misconception("You wrote << mistake >>, not << answer >>.")
    def other(self) -> str:
        return "c"

    @said.lures
    def quoted(self) -> Iterator[Lure]:
        yield Lure("quoted", "d", self.word)


def problem(word: str) -> Problem:
    return Problem.of(Words(word), "easy")


def said(asked: Problem) -> list[str]:
    (only,) = asked.parts
    return [
        wording.feedback(asked, only, each.feedback, wrong)
        for each, wrong in asked.wrong_answers(only)
    ]


def test_what_a_family_declares_is_trusted() -> None:
    asked = problem("x")
    assert wording.stem(asked) == "X"
    assert wording.solution(asked, asked.parts[0]) == "B b"
    assert said(asked) == ["You wrote c, not b.", "x"]


def test_a_given_is_no_template() -> None:
    assert wording.stem(problem("<< 1 >>")) == "<< 1 >>"


def test_what_quotes_givens_is_sandboxed() -> None:
    with pytest.raises(SecurityError):
        said(problem(ESCAPE))


def test_what_no_family_in_python_declares_is_sandboxed() -> None:
    givens: Any = make_dataclass("Givens", [("word", str)])("a")
    assert wording.render("<< word >>", givens, {}) == "a"
    with pytest.raises(SecurityError):
        wording.render(ESCAPE, givens, {})
    with pytest.raises(SecurityError):
        wording.render(ESCAPE, Words("a"), {})


def test_what_has_no_value_is_an_error() -> None:
    for name in ("nothing", "said", "_word"):
        with pytest.raises(TypeError):
            wording.render(f"<< {name} >>", Words("a"), {})


@pytest.mark.parametrize("compiler", [AtOnce, AsPython])
def test_a_filter_that_only_writes_is_not_asked_to_mark_what_it_wrote(
    compiler: type[AtOnce],
) -> None:
    loader = DictLoader(
        {"t": "<< x | name >>, <% set y = x | name %><< y >>, << x | name | name >>"}
    )
    made = HouseEnvironment(loader=loader, finalize=str, **SYNTAX)
    made.code_generator_class = compiler
    made.filters |= {"name": "marked {}".format, "name at once": "bare {}".format}
    made.finished, made.bare = frozenset({"name", "name at once"}), {"name": "name at once"}
    assert made.get_template("t").render(x=1) == "bare 1, marked 1, bare marked 1"


@pytest.mark.parametrize("compiler", [AtOnce, AsPython])
def test_a_value_is_written_by_its_type(compiler: type[AtOnce]) -> None:
    loader = DictLoader(
        {"t": "<% macro m(x) %>[<< x >>]<% endmacro %><< x >> << m(y) >> << x + 1 >>"}
    )
    made = HouseEnvironment(loader=loader, finalize=str, **SYNTAX)
    made.code_generator_class = compiler
    made.writers = {int: "int {}".format, str: "str {}".format}
    assert made.get_template("t").render(x=1, y="z") == "int 1 str [str z] int 2"


@pytest.mark.parametrize("compiler", [AtOnce, AsPython])
@pytest.mark.parametrize(
    "text",
    [
        "<< x.real >><< 3.0.real >><< word.upper().lower() >><< (x, 1)[0] >><< word[1:] >>",
        "<< word.replace('a', 'b') >><< word.split(sep='b') >><< word.split(*['b']) >>",
        "<% macro m() %>(<< caller() >>)<% endmacro %><% call m() %><< x >><% endcall %>",
        "a<< x >>b<% for y in range(3) %><< y >><% if y %>,<% endif %><% endfor %>",
        "a<% include 'b' %>c<% block d %>e<% include 'b' without context %>f<% endblock %>g",
        "<% extends 'p' %><% block q %>1<< super() >>2<% endblock %>",
        "<% macro m(y) %>[<< y >>]<% endmacro %><< m(x) >><% set z = 3 %><< z >>",
        "a<% for y in range(2) %><% include 'b' without context %>|<% endfor %>",
        "<% set y %>a<< x >><% endset %><< y >><< y >>",
        "a<% include 'missing' ignore missing %>b",
    ],
)
def test_what_is_written_at_once_is_what_jinja_writes(text: str, compiler: type[AtOnce]) -> None:
    loader = DictLoader({"t": text, "b": "B", "p": "<% block q %>Q<< x >><% endblock %>r"})
    ours = HouseEnvironment(loader=loader, finalize=str, **SYNTAX)
    ours.code_generator_class = compiler
    theirs = Environment(loader=loader, **SYNTAX)
    values = {"x": 7, "word": "abc"}
    assert ours.get_template("t").render(values) == theirs.get_template("t").render(values)
