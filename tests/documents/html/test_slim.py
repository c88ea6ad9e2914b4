"""Style sheets and tags that say no more than a page needs."""

import re
from pathlib import Path

import pytest

from examgen.documents.html.slim import attributes, markup, names, page, style, wanted
from examgen.resources import folder

SHEETS = sorted((folder("templates") / "html").glob("*.css"))


def test_only_what_a_page_uses_stays() -> None:
    sheet = """
    /* a note { with: braces } */
    p, ul { margin: 0; color: rgb(1, 2, 3) }
    table.points > tr { border: 0 }
    #top .rules:not(.old) li::marker { color: red; }
    """
    assert style("<p>x</p>", sheet) == "p{margin:0;color:rgb(1,2,3)}"
    assert style('<table class="points wide"><tr>', sheet) == "table.points>tr{border:0}"
    assert style('<main id="top"><div class="rules"><li>', sheet) == (
        "#top .rules:not(.old) li::marker{color:red}"
    )
    assert style("<main id=top><div class='new rules'><li>", sheet) != ""
    assert style('<main id="top"><li>', sheet) == ""


def test_variables_stay_that_are_used_on_the_page_or_in_any_sheet() -> None:
    given = ":root { --one: #fff; --two: 1px; --six: 0 } p { margin: var(--one) }"
    assert style("<p>", given) == ":root{--a:#fff;}p{margin:var(--a)}"
    assert style('<p style="margin:var(--six)">', given).startswith(":root{--a:#fff;--six:0}")
    assert style("<p>", given, "p { top: calc(2 * var(--two)) }").startswith(
        ":root{--a:#fff;--b:1px;}"
    )


def test_variables_that_a_page_names_keep_their_names() -> None:
    sheet = "p { --deep: 1; width: var(--room); height: var(--deep) }"
    assert style('<p style="--room:3">', sheet) == "p{--a:1;width:var(--room);height:var(--a)}"


def test_however_a_tag_is_written_its_names_are_found() -> None:
    tags = '<p><b class=one><i class="two three"><u id="four"\nclass=\'five\'><s title="<" id=six>'
    found = {"p", "b", "i", "u", "s", ".one", ".two", ".three", "#four", ".five", "#six"}
    assert names(tags) == found | {"html", "body"}
    assert names("p class=one") == {"html", "body"}
    assert names("p class=one\n<u>\n<b\nclass=two>") == {"html", "body", "u", "b", ".two"}


def test_attributes_are_written_as_quotes_are_dropped() -> None:
    given = {"a": "x", "b": 'say "<1 & 2"', "c": "end/", "d": ""}
    said = attributes(given)
    assert said == ' a=x b="say &quot;&lt;1 &amp; 2&quot;" c="end/" d=""'
    assert markup(f"<p{said}>") == f"<p{said}>", "once is enough"


def test_media_are_read_and_other_at_rules_kept() -> None:
    sheet = """@import 'x;y'; @media (max-width: 3em) { p { a: b; } ul { a: b; } }
    @media print { ul { a: b } } @page { margin: 1cm; @bottom-left { content: "a  ;} b" } }"""
    assert style("<p>", sheet) == (
        "@import 'x;y';@media (max-width:3em){p{a:b}}"
        '@page{margin:1cm;@bottom-left{content:"a  ;} b"}}'
    )


@pytest.mark.parametrize(
    ("selector", "names"),
    [
        ("a:focus", {"a"}),
        ("body:has(#unfold:checked) details::details-content", {"body", "#unfold", "details"}),
        (".closed:not(:has(details))", {".closed"}),
        ("mtable>mtr>mtd:nth-child(2n)", {"mtable", "mtr", "mtd"}),
        ("td[scope=col]", {"td"}),
        ("*", set()),
        (":root", set()),
        (":is(p,ul) .x", {".x"}),
        (r".a\:b", set()),
    ],
)
def test_what_a_selector_needs(selector: str, names: set[str]) -> None:
    assert wanted(selector) == names


def element(name: str) -> str:
    """One that a selector's name fits."""
    kinds = {".": f'<x class="{name[1:]}">', "#": f'<x id="{name[1:]}">'}
    return kinds.get(name[0], f"<{name}>")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_page_with_everything_keeps_every_declaration(sheet: Path) -> None:
    text = sheet.read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text)
    preludes = " ".join(re.findall(r"[^{};]+(?=\{)", text)).replace(",", " ")
    names = {name for each in preludes.split() for name in wanted(each)}
    assert len(names) > 4
    kept = style("".join(map(element, names)), text)
    for sign in "{}:(":
        assert kept.count(sign) == text.count(sign)


def test_quotes_go_where_html_needs_none() -> None:
    assert markup('<a class="skip" href="#a-1">') == "<a class=skip href=#a-1>"
    assert markup('<path d="M0 0" class="line"/>') == '<path d="M0 0" class=line />'
    assert markup('<p title="" lang="a/">x="y"</p>') == '<p title="" lang="a/">x="y"</p>'


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<p>a</p>\n<p>b</p></div>", "<p>a\n<p>b</div>"),
        ("<p>a</p>b", "<p>a</p>b"),
        ("<p>a</p><b>", "<p>a</p><b>"),
        ("<a><p>a</p></a>", "<a><p>a</p></a>"),
        ("<p>a</p><pre>", "<p>a<pre>"),
        ("<p>a</p><params>", "<p>a</p><params>"),
        ("<ul><li>a</li>\n<li>b</li></ul>", "<ul><li>a\n<li>b</ul>"),
        ("<li>a</li><link>", "<li>a</li><link>"),
        (
            "<table><thead><tr><th>a</th><td>b</td></tr></thead>"
            "<tbody><tr><td></td></tr>\n</tbody></table>",
            "<table><thead><tr><th>a<td>b<tbody><tr><td>\n</table>",
        ),
        ("<thead><tr><th>a</th></tr></thead></table>", "<thead><tr><th>a</thead></table>"),
        ("<tr><td>a</td></tr><!-- c -->", "<tr><td>a</tr><!-- c -->"),
    ],
)
def test_end_tags_go_where_the_next_tag_ends_the_element(written: str, kept: str) -> None:
    assert page(written) == kept
