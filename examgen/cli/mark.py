"""`examgen mark`: a person marks what the machine left, and overrules it where need be."""

from __future__ import annotations

import sqlite3
from fractions import Fraction
from pathlib import Path

import click

from examgen.cli import options
from examgen.cli.codes import DONE, FINDINGS
from examgen.cli.decisions.decision_options import author
from examgen.cli.decisions.regrading import grade_all
from examgen.cli.exam_folder import ExamFolder, known_gradebook
from examgen.cli.grading.last_run import like_the_last, write_tables
from examgen.cli.grading.waiting import Waiting, answer_of, waiting
from examgen.faults import Fault, alternatives, visible
from examgen.grading.gradebook.decisions import mark_by_hand
from examgen.grading.gradebook.schema import open_gradebook
from examgen.grading.marks import rounded

ASK = "Points (0 to {}), s to skip, q to stop"


@click.command()
@options.exam
@options.families
@click.option("--label", default="", help="Only this part.")
@click.option("--anew", is_flag=True, help="Include answers that were marked by hand before.")
@click.option("--student", default="", help="With --label and --points: overrule one mark.")
@click.option("--points", default="", help="The points of --student for --label, as in 3 or 7/2.")
@click.option("--comment", default="", help="What the student is told, with --points.")
@click.option("--who", default=author, help="Who marks.  [default: your login name]")
@options.gradebook
@options.output_of_grade
def command(
    exam: Path,
    label: str,
    anew: bool,
    student: str,
    points: str,
    comment: str,
    who: str,
    gradebook: Path | None,
    output: Path | None,
) -> int:
    """Mark by hand the answers to EXAM that need a person: texts, and what could not be read.

    Goes part by part, so that all are marked alike. Each mark is saved at once, and the next call
    goes on where this one stopped. Marks by hand survive every regrade; feedback is written again
    as `grade` wrote it last.
    """
    folder = ExamFolder.at(exam)
    path = known_gradebook(folder, gradebook)
    with open_gradebook(path, exam=folder.id) as book:
        run = like_the_last(book, path, folder, output)
        check_label(book, label.lower())
        if student or points:
            overrule(book, folder, student, label.lower(), points, comment, who)
            left = 0
        else:
            left = ask_all(book, folder, label.lower(), anew=anew, who=who)
        for line in list(write_tables(book, run, grade_all(book, run))):
            click.echo(line)
    return FINDINGS if left else DONE


def check_label(book: sqlite3.Connection, label: str) -> None:
    """Refuse a label under which nobody was marked."""
    known = {each for (each,) in book.execute("SELECT DISTINCT label FROM mark")}
    if label and label not in known:
        raise Fault(repr(visible(label)), "no part has this label", alternatives(label, known))


def overrule(
    book: sqlite3.Connection,
    folder: ExamFolder,
    student: str,
    label: str,
    points: str,
    comment: str,
    who: str,
) -> None:
    """Give one student's answer other points."""
    if not (student and label and points):
        raise click.UsageError("--student, --label and --points go together")
    answer = answer_of(book, folder, student, label)
    if answer is None:
        where = f"{visible(student)!r}, {visible(label)!r}"
        raise Fault(where, "no student of this name answered this part", "as in grades.csv")
    if answer.mark.is_dropped:
        raise Fault(visible(label), "this part was dropped", "everybody has its points")
    given = worth(points, answer.part.points)
    if given is None:
        raise Fault(
            "--points", f"{visible(points)!r}", f"0 to {answer.part.points}, as in 3 or 7/2"
        )
    mark_by_hand(book, answer.marked(given, comment, who))
    click.echo(f"{visible(student)}, {label}: {rounded(given)} of {answer.part.points}")


def ask_all(
    book: sqlite3.Connection, folder: ExamFolder, label: str, *, anew: bool, who: str
) -> int:
    """Show one answer after the other and take its mark; how many are left."""
    queue = list(waiting(book, folder, label=label, anew=anew))
    if not queue:
        click.echo("Nothing waits for a person.")
    for place, each in enumerate(queue):
        show(each, place, len(queue))
        answer = ask(each)
        if answer == "q":
            return len(queue) - place
        given = worth(answer, each.part.points)
        if given is not None:
            comment = click.prompt("Comment, or Enter", default="", show_default=False)
            mark_by_hand(book, each.marked(given, comment.strip(), who))
    return len(list(waiting(book, folder, label=label))) if queue else 0


def show(each: Waiting, place: int, count: int) -> None:
    """What a person needs to see of an answer; nothing in it can act on the terminal."""
    submission = each.submission
    click.echo(f"\n[{place + 1} of {count}] {each.mark.label}, {visible(submission.student)}")
    for line in each.prompt.splitlines():
        click.echo(f"  {visible(line)}")
    click.echo(f"  key: {visible(each.part.answer)}")
    for line in each.mark.response.strip().splitlines() or ["(nothing)"]:
        click.echo(f"  > {visible(line)}")
    if each.mark.reason:
        click.echo(f"  {visible(each.mark.reason)}")
    if each.by_hand:
        comment = f", {visible(each.by_hand.comment)}" if each.by_hand.comment else ""
        click.echo(f"  so far: {rounded(each.by_hand.points)} points{comment}")


def ask(each: Waiting) -> str:
    """The points, s or q; asked until it is one of these."""
    while True:
        try:
            text = click.prompt(ASK.format(each.part.points), default="s").strip().lower()
        except click.Abort:
            return "q"
        if text in ("s", "q") or worth(text, each.part.points) is not None:
            return str(text)
        click.echo(f"{visible(text)!r} is not one of these.")


def worth(text: str, possible: int) -> Fraction | None:
    """The points that a text says, such as 3, 2.5 or 7/2; None if they cannot be given."""
    if len(text) > 12 or not set(text) <= set("0123456789./"):
        return None
    try:
        points = Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None
    return points if 0 <= points <= possible else None
