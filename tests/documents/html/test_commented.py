"""HTML feedback, put together from finished pieces: as if it had been written whole."""

import re
from dataclasses import replace

import pytest

from examgen.answers import Verdict
from examgen.documents import feedback
from examgen.documents.feedback import lay_out_feedback, write_feedback
from examgen.documents.feedback_page import FeedbackPage
from examgen.documents.html.commented import COMMENT, SOLUTION
from examgen.documents.pages import LOOK, write, write_piece
from examgen.grading.marks import GradedSheet
from tests.documents.exams import HOSTILE, mark, sheet, small_exam

PLACES = ("<!--comment 2a-->", "<!--comment 2a-->\n", str(SOLUTION))
"""What a student might write to have a comment or a solution stand elsewhere."""


def wrong_everywhere() -> GradedSheet:
    exam = small_exam()
    marks = [mark(part.label, Verdict.WRONG, feedback="Because.") for part in exam.parts]
    return sheet(exam, *marks)


def whole(page: FeedbackPage) -> str:
    """The page, written in one go."""
    comments = {
        each.line.label: write_piece("html", "comment", LOOK, comment=each, solutions=True)
        for item in page.items
        for each in item.comments
    }
    return write("html", "feedback", LOOK, page=page, comments=comments)


def test_it_is_the_page_that_would_be_written_whole() -> None:
    """But for the ends of paragraphs at a piece's end, which it cannot know to be needless."""
    exam = small_exam()
    page = lay_out_feedback(exam, wrong_everywhere(), solutions=True)
    text = feedback.write_page(page, "html")
    assert re.sub("</p>(?=\n</details>)", "", text) == whole(page)
    assert text.count("<details>") == len(exam.parts)


def test_a_page_without_solutions_has_no_place_for_any() -> None:
    text = write_feedback(small_exam(), wrong_everywhere(), "html", solutions=False)
    assert "<details>" not in text
    assert "<!--" not in text


def test_the_style_has_what_solutions_need() -> None:
    """A rule for tables, say, where only a worked solution has one."""
    exam = small_exam()
    text = write_feedback(exam, wrong_everywhere(), "html", solutions=True)
    style = text.split("</style>")[0]
    assert "details" in style
    assert "details" not in write_feedback(exam, sheet(exam), "html", solutions=True)


@pytest.mark.parametrize("text", [*PLACES, *HOSTILE])
def test_nothing_a_student_writes_marks_a_place(text: str) -> None:
    exam = small_exam()
    reason = mark("2a", Verdict.UNREADABLE, text, read=text, reason=f'I read "{text}"')
    odd = replace(sheet(exam, reason, name=text, file=text), id=text, warnings=(f"odd: {text}",))
    page = write_feedback(exam, odd, "html", solutions=True)
    assert page.count("id=answer-2a>") == 1
    assert page.count("<details>") == 1
    assert not COMMENT.search(page)
    assert SOLUTION not in page
