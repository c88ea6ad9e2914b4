"""Exams for learning platforms: the questions of a form as Moodle and Canvas import them."""

from __future__ import annotations

from collections.abc import Iterable

from examgen.documents.foreign import check_foreign
from examgen.exams.exam import Exam

FILES = {"moodle": "instructor/moodle.xml", "canvas": "instructor/canvas.zip"}
"""The file of each platform, within the exam's folder: the answers stand in it."""


def write_platforms(exam: Exam, names: Iterable[str]) -> dict[str, str | bytes]:
    """The exam's file for each of these platforms, by its path; equal exams give equal bytes.

    Raises `Fault` where the installed code does not know an item's problem, or a bank's text is not
    fit for a page.
    """
    for item in exam.items:
        check_foreign(item)
    return {FILES[name]: write(exam, name) for name in names}


def write(exam: Exam, name: str) -> str | bytes:
    """The file of one platform; the modules of the other are not imported."""
    from examgen.documents.platforms.questions import lay_out_quiz

    quiz = lay_out_quiz(exam)
    if name == "moodle":
        from examgen.documents.platforms import moodle

        return moodle.write(quiz)
    from examgen.documents.platforms import canvas

    return canvas.write(quiz)
