"""An instructor's own skeletons: what they may do, and how their faults are said."""

import re
from pathlib import Path

import pytest

from examgen.answers import Verdict
from examgen.documents.feedback import lay_out_feedback, write_feedback, write_page
from examgen.documents.look import Look
from examgen.documents.own_templates import check
from examgen.documents.pages import write_pages
from examgen.faults import Fault, Faults
from tests.documents.exams import mark, sheet, small_exam

PAPER = "html/paper.html.jinja"
EXTENDS = f'<% extends "shipped/{PAPER}" %>\n'


def own(folder: Path, **files: str) -> Path:
    """A folder with these files; `__` in a name is a slash, and all end on .jinja."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/').replace('_', '.')}.jinja"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def paper(templates: Path, suffix: str = "html") -> str:
    pages = write_pages(small_exam(), [suffix], look=Look(templates=templates))
    return pages[f"student/paper.{suffix}"]


def faults_of(templates: Path) -> list[str]:
    """What looking the folder through finds, without the folder's name."""
    with pytest.raises((Fault, Faults)) as found:
        check(templates)
    return str(found.value).replace(f"{templates}/", "").splitlines()


def test_a_block_alone_is_replaced(tmp_path: Path) -> None:
    templates = own(
        tmp_path, html__paper_html=f"{EXTENDS}<% block honour %>Honestly.<% endblock %>"
    )
    check(templates)
    shipped = write_pages(small_exam(), ["html"])["student/paper.html"]
    mine = paper(templates)
    assert mine.replace("Honestly.", "") == shipped
    assert "Honestly." in mine


def test_feedback_has_the_look_too(tmp_path: Path) -> None:
    text = '<% extends "shipped/markdown/feedback.md.jinja" %><% block footer %>Bye.<% endblock %>'
    templates = own(tmp_path, markdown__feedback_md=text)
    check(templates)
    exam = small_exam()
    feedback = write_feedback(exam, sheet(exam), solutions=True, look=Look(templates=templates))
    assert feedback.endswith("Bye.")


def test_a_comment_is_a_skeleton_of_its_own(tmp_path: Path) -> None:
    templates = own(tmp_path, html__comment_html="<< comment.line.label >>: *<< comment.reason >>*")
    check(templates)
    exam = small_exam()
    wrong = mark("2a", Verdict.WRONG, reason="<i>")
    page = lay_out_feedback(exam, sheet(exam, wrong), solutions=True)
    look = Look(templates=templates)
    assert "2a: *&lt;i&gt;.*</section>" in write_page(page, "html", look)
    assert "2a: *" not in write_page(page, "html")


def test_values_are_escaped_and_prose_is_not(tmp_path: Path) -> None:
    text = f'{EXTENDS}<% block honour %><< "<i> $x$" >>|<< "<i> *$x$*" | prose >><% endblock %>'
    page = paper(own(tmp_path, html__paper_html=text))
    assert "&lt;i&gt; $x$|<p>&lt;i&gt; <em><math><mi>x</mi></math></em>" in page


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f"{EXTENDS}<% block honour %>\n<< page.honour >>\n<% endblock %>", r":3: .*'honour'"),
        (f"{EXTENDS}\n<% block honour %><< page.front >><% endblock %>", ":3: a Front cannot be"),
        (f"{EXTENDS}<% block honour %><< 1 // 0 >><% endblock %>", ":2: ZeroDivisionError"),
        (f"{EXTENDS}<% block honour %><% include 'logo.svg' %><% endblock %>", ":2: .*'logo.svg'"),
        (f"{EXTENDS}<% block honour %><< '$\\\\x$' | prose >><% endblock %>", r":2: the formula"),
        (
            f"{EXTENDS}<% block honour %><< page.__class__.mro() >><% endblock %>",
            ":2: .*'__class__'.* is unsafe",
        ),
        (
            f"{EXTENDS}<% block honour %><< range(10**9) | length >><% endblock %>",
            ":2: No filter named 'length'",
        ),
        (
            f"{EXTENDS}<% block honour %><% for i in range(10**9) %><% endfor %><% endblock %>",
            ":2: .*too big",
        ),
    ],
)
def test_what_goes_wrong_when_it_is_filled_in(tmp_path: Path, text: str, fault: str) -> None:
    templates = own(tmp_path, html__paper_html=text)
    with pytest.raises(Fault) as found:
        paper(templates)
    assert re.search(re.escape(PAPER) + fault, str(found.value)), found.value


def test_a_skeleton_that_is_lacking_something_of_ours_is_blamed(tmp_path: Path) -> None:
    """The line that includes it, not the shipped file that misses a value."""
    text = f"{EXTENDS}<% block honour %>\n<% include 'html/sections.html.jinja' %><% endblock %>"
    with pytest.raises(Fault, match=r"paper\.html\.jinja:3: 'sections' is undefined"):
        paper(own(tmp_path, html__paper_html=text))


def test_all_that_is_misspelt_is_said_at_once(tmp_path: Path) -> None:
    templates = own(
        tmp_path,
        html__paper_html=f"{EXTENDS}<% block honor %><% endblock %>",
        html__key_html="\n<% if %>",
        latex__paper_tex='<% extends "latex/papers.tex.jinja" %>',
        markdown__paper_md="<< page.front | upper >>",
    )
    first, second, third, fourth = faults_of(templates)
    assert first.startswith("html/key.html.jinja:2: ")
    assert second.startswith("html/paper.html.jinja:2: shipped/html/paper.html.jinja has no block")
    assert "did you mean 'honour'?" in second
    assert third.startswith("latex/paper.tex.jinja:1: it extends 'latex/papers.tex.jinja'")
    assert fourth.startswith("markdown/paper.md.jinja:1: No filter named 'upper'")


def test_blocks_within_a_replaced_one_are_its_own(tmp_path: Path) -> None:
    text = f"{EXTENDS}<% block honour %><% block oath %>I swear.<% endblock %><% endblock %>"
    templates = own(tmp_path, html__paper_html=text)
    check(templates)
    assert "I swear." in paper(templates)


def test_a_folder_that_replaces_nothing_is_refused(tmp_path: Path) -> None:
    (line,) = faults_of(own(tmp_path, html__papers_html="x"))
    assert "no file there replaces a skeleton" in line
    assert PAPER in line


def test_a_style_sheet_alone_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html/style.css").write_text("body { max-width: 12.5em }")
    check(tmp_path)
    assert "12.5em" in paper(tmp_path)


def test_a_skeleton_that_extends_itself_is_refused(tmp_path: Path) -> None:
    (line,) = faults_of(own(tmp_path, html__paper_html=f'<% extends "{PAPER}" %>'))
    assert line.startswith(f"{PAPER}:1: it extends '{PAPER}'")


def test_an_image_becomes_part_of_an_html_page(tmp_path: Path) -> None:
    text = f"{EXTENDS}<% block logo %><img src=\"<< 'images/a.png' | data_uri >>\"><% endblock %>"
    templates = own(tmp_path, html__paper_html=text)
    (templates / "images").mkdir()
    (templates / "images" / "a.png").write_bytes(b"\x00\xff")
    assert '<img src="data:image/png;base64,AP8=">' in paper(templates)


@pytest.mark.parametrize(
    ("image", "fault"),
    [
        ("images/b.png", "no such image; did you mean 'a.png'"),
        ("images/../secret.png", "no browser shows it"),
        ("/etc/passwd", "no browser shows it"),
        ("images/a.pdf", "no browser shows it"),
    ],
)
def test_an_image_that_is_none_is_a_fault(tmp_path: Path, image: str, fault: str) -> None:
    text = f"{EXTENDS}<% block logo %><< '{image}' | data_uri >><% endblock %>"
    templates = own(tmp_path, html__paper_html=text)
    (templates / "images").mkdir()
    (templates / "images" / "a.png").write_bytes(b"\x00\xff")
    with pytest.raises(Fault, match=re.escape(fault)):
        paper(templates)
