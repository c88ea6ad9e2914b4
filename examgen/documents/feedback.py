"""Feedback: what one student earned, what went wrong where, and how it is done right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from types import MappingProxyType

from examgen.answers import Verdict
from examgen.answers.verdicts import NOT_RIGHT
from examgen.documents.escaping import markdown
from examgen.documents.feedback_page import Comment, FeedbackPage, ItemComments, MarkLine
from examgen.documents.kept_pages import KEPT_COMMENTS, KEPT_PARTS
from examgen.documents.keys import are_sentences, right_answer, worked_solution
from examgen.documents.layout import Prose
from examgen.documents.look import Look
from examgen.documents.pages import LOOK, write, write_piece
from examgen.documents.verdict_words import (
    AMBIGUOUS,
    CORRECTED,
    COUNTED,
    IN_WORDS,
    READ_AS_BLANK,
    REMARKS,
    TIED,
    UNEXPLAINED,
    UNEXPLAINED_ALONE,
)
from examgen.documents.writers import Done
from examgen.exams.exam import Exam, ExamPart, Item
from examgen.grading.line_slips import line_slips
from examgen.grading.marks import GradedSheet, Late, Mark, rounded, short, written
from examgen.grading.rulings import DROPPED
from examgen.kept import interned, kept, kept_with
from examgen.questions import wording
from examgen.questions.problem import Part, Problem

TELL = "tell your instructor if they slipped"
NOTHING: Mapping[str, str] = MappingProxyType({})
"""No answer that was corrected."""


def write_feedback(
    exam: Exam, sheet: GradedSheet, suffix: str = "md", *, solutions: bool, look: Look = LOOK
) -> str:
    """The feedback for one sheet; what the student wrote stands there as code."""
    return write_page(lay_out_feedback(exam, sheet, solutions=solutions), suffix, look)


def write_page(page: FeedbackPage, suffix: str = "md", look: Look = LOOK) -> str:
    """A page of feedback that is laid out, in one format."""
    said = {each.line.label: each for item in page.items for each in item.comments}
    written = partial(write, suffix, "feedback", look, page=page)
    if suffix == "html":
        from examgen.documents.html.commented import put_together

        return put_together(written, said, page.solutions, look)
    comments = {
        label: write_comment(each, page.solutions, suffix, look) for label, each in said.items()
    }
    return written(comments=comments)


@kept(KEPT_COMMENTS)
def write_comment(comment: Comment, solutions: bool, suffix: str, look: Look) -> Done:
    """One comment in one format; kept, because many students make the same mistakes."""
    return write_piece(suffix, "comment", look, comment=comment, solutions=solutions)


def lay_out_feedback(
    exam: Exam,
    sheet: GradedSheet,
    *,
    solutions: bool,
    right: Mapping[str, str] = NOTHING,
) -> FeedbackPage:
    """What there is to say of one sheet; *right* are the corrected answers, by label."""
    marks = {mark.label: mark for mark in sheet.marks if mark.verdict is not Verdict.CORRECT}
    slips = (f"{each}; {TELL}" for each in line_slips(exam, sheet.marks))
    return FeedbackPage(
        title=exam.blueprint.title,
        course=exam.blueprint.course,
        exam=exam.id,
        form=exam.form,
        name=sheet.name,
        id=sheet.id,
        file=sheet.file,
        points=rounded(sheet.points - sheet.deduction),
        possible=exam.points,
        summary=summary(sheet),
        warnings=(*sheet.warnings, *slips),
        marks=tuple(map(line, sheet.marks)),
        items=tuple(
            item_comments(item, marks, solutions, right)
            for item in exam.items
            if any(part.label in marks for part in item.parts)
        ),
        solutions=solutions,
    )


def summary(sheet: GradedSheet) -> str:
    """Whether the sheet counts, what is taken off for lateness, and how the answers went."""
    instead = f"This sheet does not count: your sheet {short(sheet.instead)} does."
    late = taken_off(sheet, sheet.late) if sheet.late else ""
    return " ".join(filter(None, (instead if sheet.instead else "", late, went(sheet))))


def taken_off(sheet: GradedSheet, late: Late) -> str:
    """How many points are taken off, and why."""
    # Rounded like this, what a student reads adds up.
    off = shown(sheet.points) - shown(sheet.points - sheet.deduction)
    share = rounded(100 * late.each)
    points = "1 point is" if off == 1 else f"{rounded(off)} points are"
    days = "the day" if late.days == 1 else f"each of the {late.days} days"
    return (
        f"The answers earned {rounded(sheet.points)}; {points} taken off because your sheet came "
        f"late, on {written(late.received, late.due)}: it was due {written(late.due)}, and {days} "
        f"begun since then costs {share} % of the points."
    )


def shown(points: Fraction) -> Fraction:
    """Points as they are shown, exactly."""
    return Fraction(str(rounded(points)))


def went(sheet: GradedSheet) -> str:
    """How the answers went."""
    counts = Counter(mark.verdict for mark in sheet.marks)
    right, total = counts.pop(Verdict.CORRECT, 0), len(sheet.marks)
    if right == total:
        return f"All {total} answers are right. Well done!"
    said = [f"{right} {'is' if right == 1 else 'are'} right"]
    for verdict, (one, several) in COUNTED.items():
        if counts[verdict]:
            said.append(f"{counts[verdict]} {one if counts[verdict] == 1 else several}")
    listed = f"{', '.join(said[:-1])} and {said[-1]}"
    return f"Of {total} answers {listed}. Here is what happened, and how each is done right."


@kept_with
def line(mark: Mark) -> MarkLine:
    """How one answer went."""
    is_ambiguous = mark.verdict is Verdict.UNREADABLE and mark.read
    words = AMBIGUOUS if is_ambiguous else IN_WORDS[mark.verdict]
    mark_line: MarkLine = interned(MarkLine(mark.label, mark.verdict, words, earned(mark)))
    return mark_line


def earned(mark: Mark) -> str:
    """The points of an answer."""
    return f"{rounded(mark.points)} of {mark.possible}"


def item_comments(
    item: Item, marks: Mapping[str, Mark], solutions: bool, right: Mapping[str, str]
) -> ItemComments:
    """The comments on one item; *marks* are those that are not simply right."""
    return ItemComments(
        item.number,
        item.problem.family.title if item.problem else "",
        tuple(
            comment(part, drawn, item.problem, marks[part.label], solutions)
            if part.label not in right
            else corrected(part, drawn, item.problem, marks[part.label], right[part.label])
            for part, drawn in pairs(item, marks)
        ),
    )


def corrected(
    part: ExamPart, drawn: Part | None, problem: Problem | None, mark: Mark, right: str
) -> Comment:
    """The comment on an answer whose printed key was wrong, as its worked solution is."""
    printed = comment(replace(part, answer=right), drawn, problem, mark, False)
    return printed._replace(remarks=(CORRECTED, *printed.remarks), is_corrected=True)


def pairs(item: Item, labels: Container[str]) -> Iterator[tuple[ExamPart, Part | None]]:
    """The recorded parts with these labels, each with the part drawn; None if unknown."""
    drawn = {part.name: part for part in item.problem.parts} if item.problem else {}
    for part in item.parts:
        if part.label in labels:
            yield part, drawn.get(part.name)


@kept(KEPT_COMMENTS)
def comment(
    part: ExamPart, drawn: Part | None, problem: Problem | None, mark: Mark, solutions: bool
) -> Comment:
    """The comment on one answer."""
    known = None if problem is None or drawn is None else (problem, drawn)
    option = right_answer(part)
    chosen = {each.letter: each.answer for each in part.options}.get(mark.read, "")
    sentences = drawn is not None and are_sentences(part, drawn)
    told = sentence if sentences else str
    solved = solution(*known, option) if known and solutions else None
    return Comment(
        line=line(mark),
        prompt=asked(*known) if known and not part.options else None,
        response=mark.response.strip(),
        read="" if same(mark.read, mark.response) else mark.read,
        chosen=told(chosen),
        reason=reason(mark),
        remarks=tuple(remarks(mark, is_solved=solved is not None)),
        answer=part.answer,
        option="" if option == part.answer else told(option),
        solution=solved,
        sentences=sentences,
    )


def sentence(option: str) -> Prose:
    """An option as it stands in a sentence of ours, which has a full stop of its own."""
    return Prose(option.removesuffix("."))


def same(read: str, written: str) -> bool:
    """Whether a reading needs no mention: it is what was written, but for spaces and line ends."""
    return "".join(read.replace("⏎", " ").split()) == "".join(written.split())


def reason(mark: Mark) -> str:
    """Why an answer is not simply right, as a sentence."""
    said = mark.reason
    if mark.verdict is Verdict.BLANK:
        said = DROPPED if mark.is_dropped else ""
    whole = said[:1].upper() + said[1:]
    if not whole:
        return ""
    return whole if whole.endswith((".", "?", "!")) else f"{whole}."


def remarks(mark: Mark, *, is_solved: bool) -> Iterator[Prose]:
    """What else there is to say of it; *is_solved* says whether a worked solution follows."""
    if len(mark.misconceptions) > 1:
        yield TIED
    if mark.feedback:
        yield Prose(mark.feedback)
    if mark.going_on:
        right = markdown.code_span(mark.going_on)
        yield Prose(f"Going on from your own earlier answers, {right} would have been right.")
    if mark.verdict is Verdict.BLANK and mark.response.strip() and not mark.is_dropped:
        yield READ_AS_BLANK
    elif mark.verdict in REMARKS and not mark.is_dropped:
        yield REMARKS[mark.verdict]
    elif not mark.feedback and (not mark.reason or mark.reason.startswith(NOT_RIGHT)):
        yield UNEXPLAINED if is_solved else UNEXPLAINED_ALONE


@kept(KEPT_PARTS)
def asked(problem: Problem, drawn: Part) -> Prose:
    """The prompt, in a table after the title of its row."""
    return Prose(wording.prompt_in_full(problem, drawn))


@kept(KEPT_PARTS)
def solution(problem: Problem, drawn: Part, answer: str) -> Prose | None:
    """The worked solution, unless the code no longer reaches the recorded answer."""
    if problem.plain_key[drawn.name] != answer:
        return None
    return worked_solution(problem, drawn)
