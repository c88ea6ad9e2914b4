"""Foreign text does nothing on a page but stand there."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examgen.documents.escaping import cells, latex, markdown, terminal, typst
from examgen.faults import visible
from tests.documents.exams import HOSTILE
from tests.documents.reading import READER

TEXT = st.text(max_size=60) | st.text("\\`*_[]<>|$~^&#@:.-+=1 \n{}!(a", max_size=20)


def read(source: str) -> list[tuple[str, str]]:
    """The inline tokens of a Markdown text that is one paragraph."""
    opening, inline, _ = READER.parse(source)
    assert opening.type == "paragraph_open", source
    return [(token.type, token.content) for token in inline.children or ()]


def printed(text: str) -> str:
    """What one may expect to read of a text."""
    return visible(text).strip()


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("place", ["{}", "# {}", "- {}", "Course: {}, so", "**{}**"])
def test_markdown_reads_a_title_as_literal_text(text: str, place: str) -> None:
    tokens = [
        token for token in READER.parse(place.format(markdown.escape(text))) if token.children
    ]
    (inline,) = tokens
    kinds = {each.type for each in inline.children or ()}
    assert kinds <= {"text", "code_inline", "strong_open", "strong_close"}
    seen = "".join(each.content for each in inline.children or ())
    assert printed(text) in seen


@given(TEXT)
def test_markdown_reads_any_text_as_it_is(text: str) -> None:
    source = markdown.escape(text)
    if printed(text):
        tokens = read(source)
        assert {kind for kind, _ in tokens} <= {"text", "code_inline"}
        assert "".join(content for _, content in tokens) == printed(text)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("place", ["{}", "You wrote {}.", "**{}**, so", "- {}"])
def test_markdown_reads_a_response_as_code(text: str, place: str) -> None:
    before, after = place.split("{}")
    tokens = [
        token for token in READER.parse(place.format(markdown.code_span(text))) if token.children
    ]
    (inline,) = tokens
    spans = [each for each in inline.children or () if each.type == "code_inline"]
    assert len(spans) == 1, (before, after)
    others = "".join(each.content for each in inline.children or () if each.type == "text")
    assert others == place.replace("{}", "").replace("*", "").removeprefix("- ")
    assert spans[0].content.isprintable()


@given(TEXT)
def test_a_code_span_holds_any_text(text: str) -> None:
    ((kind, content),) = read(markdown.code_span(text))
    assert kind == "code_inline"
    assert content.isprintable()
    if text.isprintable() and "{{" not in text:
        assert content.strip() == text.strip()


@pytest.mark.parametrize("text", ["r system('id')", "{python} 1", "`r 1`", "a`", "``"])
def test_nothing_executable_touches_the_fence(text: str) -> None:
    assert not re.search(r"(?<!`)`+(?:r[ #]|\{)", markdown.code_span(text))


def test_no_shortcode_stands_in_a_code_span() -> None:
    assert "{{" not in markdown.code_span("{{< include x >}} {{{")


def test_line_ends_are_shown() -> None:
    assert markdown.code_span("[1, 2]\r\n  [3, 4]\n") == "`[1, 2]⏎[3, 4]`"


def test_a_long_response_loses_its_middle() -> None:
    span = markdown.code_span("x" * 3000 + "end")
    assert len(span) < 420
    assert span.endswith("end`")


@pytest.mark.parametrize("text", HOSTILE)
def test_latex_sees_no_command_of_the_text(text: str) -> None:
    source = latex.escape(text)
    plain = re.sub(r"\\(?:text\w+|ensuremath|ldots|times|cdot|le|[a-z]+(?=\}))\{?", "", source)
    assert "\\input" not in source
    assert "\\write" not in source
    assert "\\end" not in source
    assert "\n" not in source
    for active in "$&#^_~%":
        assert active not in re.sub(r"\\[$&#_%]", "", plain)


@given(TEXT)
def test_latex_groups_are_closed(text: str) -> None:
    depth = 0
    for brace in re.findall(r"\\.|[{}]", latex.escape(text) + latex.code(text), re.DOTALL):
        depth += {"{": 1, "}": -1}.get(brace, 0)
        assert depth >= 0
    assert depth == 0


@given(st.from_regex(latex.NUMBERS, fullmatch=True))
def test_latex_reads_numbers_as_any_other_code(text: str) -> None:
    assert latex.code(f"x{text}") == f"x{latex.code(text)}"


def test_latex_keeps_hyphens_and_quotes_apart() -> None:
    assert latex.escape("a---b ''") == "a-{}-{}-b '{}'"
    assert latex.code("f('a')") == r"f(\textquotesingle{}a\textquotesingle{})"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_spreadsheet_takes_a_cell_for_a_formula(text: str) -> None:
    cell = cells.escape(text)
    assert cell.isprintable()
    assert cell.lstrip()[:1] not in tuple("=+-@＝＋－＠")
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerow([cell, 1])
    assert next(csv.reader([table.getvalue()])) == [cell, "1"]


@pytest.mark.parametrize("name", ["Ada Lovelace", "O'Brien", "Anne-Marie", "x=1", ""])
def test_a_plain_name_stays_as_it_is_in_a_cell(name: str) -> None:
    assert cells.escape(name) == name


@pytest.mark.parametrize("text", HOSTILE)
def test_a_terminal_gets_one_printable_line(text: str) -> None:
    assert terminal.escape(text).isprintable()


def test_a_terminal_line_is_short() -> None:
    assert len(terminal.escape("x" * 5000)) == terminal.LONGEST


@pytest.mark.parametrize(
    ("name", "in_latex", "in_typst"),
    [
        ("Nguyễn Văn Đức", "Nguyên Văn Đúc", "Nguyễn Văn Đức"),
        ("Ștefan Țurcanu", "Stefan Turcanu", "Ștefan Țurcanu"),
        ("Ḥasan ʿAlī", "Hasan ‘Alī", "Ḥasan ‘Alī"),
        ("Zoe\u0308 Dvor\u030cák", "Zoë Dvořák", "Zoë Dvořák"),
        ("Ọ\u0300ṣun G\u0303", "Osun G", "Ọṣun G"),
        ("Łukasz Žižka", "Łukasz Žižka", "Łukasz Žižka"),
        ("a ≯ b", "a U+226F b", "a U+226F b"),
        ("李 한", "U+674E U+D55C", "U+674E U+D55C"),
        ("Жёґ ЂԱգი", "U+0416U+0451U+0491 U+0402U+0531U+0563U+10D8", "Жёґ ЂԱգი"),
        ("Ζωή ἄ", "U+0396U+03C9U+03AE U+1F04", "Ζωή ἄ"),
    ],
)
def test_a_letter_loses_accents_rather_than_its_face(
    name: str, in_latex: str, in_typst: str
) -> None:
    """In print; what the fonts have nothing near to has its numbers, and is not to be printed."""
    assert typst.escape(name).replace("\\", "") == in_typst
    as_latex = latex.escape(name).replace("\\textquoteleft{}", "‘")
    assert re.sub(r"\\texttt\{(.*?)\}", r"\1", as_latex) == in_latex
    assert latex.can_print(name) == ("U+" not in in_latex)
    assert typst.can_print(name) == ("U+" not in in_typst)
