"""Feedback for one student."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from examgen.answers import Verdict
from examgen.documents.feedback import write_feedback
from examgen.exams.assembly import assemble
from examgen.exams.exam import Exam
from examgen.grading.marks import GradedSheet
from examgen.questions import wording
from tests.documents.exams import HOSTILE, blueprint, mark, sheet, small_exam
from tests.documents.reading import structure


def feedback(exam: Exam, graded: GradedSheet, *, solutions: bool = True) -> str:
    return write_feedback(exam, graded, solutions=solutions)


def solution(exam: Exam, name: str) -> str:
    """The worked solution of a part of the long item."""
    problem = exam.items[1].problem
    assert problem
    (drawn,) = (part for part in problem.parts if part.name == name)
    return wording.solution(problem, drawn)


def test_who_is_right_everywhere_reads_so_first() -> None:
    exam = small_exam()
    text = feedback(exam, sheet(exam))
    assert text.startswith("# Practice Midterm: feedback\n\nFor `Ada`. Exam ")
    assert f"**25 of 25 points.** All {len(exam.parts)} answers are right. Well done!" in text
    assert text.count("| right |") == len(exam.parts)
    assert "###" not in text
    assert "Worked solution" not in text


def test_the_summary_counts_every_verdict() -> None:
    exam = small_exam()
    marks = [
        mark(label, verdict)
        for label, verdict in zip(
            ["1", "2a", "2b", "2c", "2d", "2e", "2f", "2g"],
            [*[each for each in Verdict if each is not Verdict.CORRECT], Verdict.BLANK],
            strict=True,
        )
    ]
    text = feedback(exam, sheet(exam, *marks))
    right = len(exam.parts) - 8
    assert (
        f"Of {len(exam.parts)} answers {right} {'is' if right == 1 else 'are'} right, "
        "1 is a right step on an earlier mistake, 1 is partly right, 1 is a typical mistake, "
        "1 is not right, 2 are blank, 1 could not be read and 1 waits for a person."
    ) in text


def test_a_known_mistake_is_explained_with_answer_and_solution() -> None:
    exam = small_exam()
    wrong = mark(
        "2c",
        Verdict.MISCONCEPTION,
        "(9; 9)",
        points=Fraction(1),
        misconceptions=("transposes_the_weights",),
        feedback="You took **columns** of $W$.",
        read="[9, 9]",
    )
    text = feedback(exam, sheet(exam, wrong))
    part = next(part for part in exam.parts if part.label == "2c")
    right = part.answer
    assert f"**{25 - part.points + 1} of 25 points.**" in text
    assert "| 2c | a typical mistake | 1 of 2 |" in text
    assert (
        "### 2c: a typical mistake (1 of 2)\n"
        "\n"
        "Block $l = 2$: $z^{(l)}$\n"
        "\n"
        "You wrote `(9; 9)`, which was read as `[9, 9]`.\n"
        "\n"
        "You took **columns** of $W$.\n"
        "\n"
        f"The right answer is **`{right}`**.\n"
        "\n"
        f"*Worked solution.* {solution(exam, 'z[2]')}\n"
    ) in text


def test_mistakes_that_tie_are_introduced() -> None:
    exam = small_exam()
    wrong = mark(
        "1", Verdict.MISCONCEPTION, "A", misconceptions=("one", "two"), feedback="One.\n\nTwo."
    )
    text = feedback(exam, sheet(exam, wrong))
    assert "One of these is probably yours:\n\nOne.\n\nTwo.\n" in text


def test_an_option_says_what_it_stands_for() -> None:
    exam = small_exam()
    (part,) = exam.items[0].parts
    said = {option.letter: option.answer for option in part.options}
    letter = next(each for each in said if each != part.answer)
    text = feedback(exam, sheet(exam, mark("1", Verdict.MISCONCEPTION, letter)))
    assert f"You wrote `{letter}`, which says `{said[letter]}`." in text
    assert f"The right answer is **`{part.answer}`**, `{said[part.answer]}`." in text


def test_an_option_that_is_a_sentence_is_read_and_no_code() -> None:
    """With its formulas set, as they are in the paper."""
    families = ("linear-against-conv-weights", "attention-row-sums")
    exam = assemble(blueprint("easy", families, ("long-residual-block",)), "1")
    read: dict[str, str] = {}
    for (part,) in (item.parts for item in exam.items[:2]):
        read |= {f"{part.label}{each.letter}": each.answer for each in part.options}
        wrong = next(each for each in part.options if each.letter != part.answer)
        told = mark(part.label, Verdict.MISCONCEPTION, wrong.letter)
        said = [each.removesuffix(".") for each in (wrong.answer, read[part.label + part.answer])]
        text = feedback(exam, sheet(exam, told))
        assert f"You wrote `{wrong.letter}`, which says “{said[0]}”." in text
        assert f"The right answer is **`{part.answer}`**, “{said[1]}”." in text
        page = write_feedback(exam, sheet(exam, told), "html", solutions=False)
        assert "<math" in page and "$" not in page
    assert "linear: $10^8$, convolution: 9" in read.values()


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict.CARRIED, "Your step is right."),
        (Verdict.UNREADABLE, "your instructor is shown it"),
        (Verdict.PERSON, "Nobody has marked it yet"),
        (Verdict.WRONG, "No mistake that we know leads to this answer."),
    ],
)
def test_every_verdict_is_explained(verdict: Verdict, words: str) -> None:
    exam = small_exam()
    assert words in feedback(exam, sheet(exam, mark("2a", verdict)))


def test_a_reason_becomes_a_sentence() -> None:
    exam = small_exam()
    text = feedback(
        exam, sheet(exam, mark("2a", Verdict.WRONG, reason="1 of 2 entries is wrong: [2]"))
    )
    assert "\n\n1 of 2 entries is wrong: \\[2\\].\n\n" in text
    assert "No mistake that we know" not in text


@pytest.mark.parametrize("reason", ["not the right value", "not the right value: it is an integer"])
def test_of_an_unknown_value_it_says_how_to_go_on(reason: str) -> None:
    exam = small_exam()
    graded = sheet(exam, mark("2a", Verdict.WRONG, reason=reason))
    solved = write_feedback(exam, graded, solutions=True)
    assert f"\n\nN{reason[1:]}.\n\nNo mistake that we know leads to this answer." in solved
    assert "Compare your steps with the worked solution" in solved
    alone = write_feedback(exam, graded, solutions=False)
    assert "Go through your steps once more" in alone
    assert "worked solution" not in alone


def test_a_reading_that_differs_in_spaces_only_is_not_mentioned() -> None:
    exam = small_exam()
    text = feedback(exam, sheet(exam, mark("2a", Verdict.WRONG, "[ 9,9 ]", read="[9, 9]")))
    assert "You wrote `[ 9,9 ]`.\n" in text


def test_line_ends_make_no_other_reading() -> None:
    exam = small_exam()
    wrong = mark("2a", Verdict.WRONG, "one\n  two")._replace(read="one ⏎   two")
    assert "which was read as" not in feedback(exam, sheet(exam, wrong))


def test_a_letter_in_brackets_is_read_and_said() -> None:
    exam = small_exam()
    letter, said = next((each.letter, each.answer) for each in exam.items[0].parts[0].options)
    text = feedback(exam, sheet(exam, mark("1", Verdict.WRONG, f"({letter})", read=letter)))
    assert f"You wrote `({letter})`, which was read as `{letter}`, which says `{said}`." in text


def test_a_blank_is_not_quoted() -> None:
    exam = small_exam()
    text = feedback(exam, sheet(exam, mark("2a", Verdict.BLANK, "  \n", reason="no answer")))
    assert "There is no answer here." in text
    assert "You wrote" not in text
    assert "no answer\n" not in text


def test_what_counts_as_blank_is_quoted_and_said_to() -> None:
    exam = small_exam()
    text = feedback(exam, sheet(exam, mark("2a", Verdict.BLANK, "n/a")))
    assert "You wrote `n/a`" in text
    assert "This counts as no answer." in text
    assert "There is no answer here." not in text


def test_an_answer_of_two_meanings_is_not_called_unreadable() -> None:
    exam = small_exam()
    said = {"read": "ln(3)", "reason": "it can be read in more than one way"}
    text = feedback(exam, sheet(exam, mark("2a", Verdict.UNREADABLE, "log 3", **said)))
    assert "| can be read in several ways |" in text
    text = feedback(exam, sheet(exam, mark("2a", Verdict.UNREADABLE, "((", read="")))
    assert "| could not be read |" in text


def test_solutions_may_be_left_out() -> None:
    exam = small_exam()
    text = feedback(exam, sheet(exam, mark("2a", Verdict.WRONG)), solutions=False)
    assert "olution." not in text.replace("with the solution.", "")
    assert "The right answer is **`" in text


def test_a_question_the_code_forgot_is_still_commented() -> None:
    exam = small_exam()
    items = (exam.items[0], replace(exam.items[1], problem=None))
    text = feedback(replace(exam, items=items), sheet(exam, mark("2a", Verdict.WRONG)))
    assert "\n## 2\n\n### 2a: not right (0 of 2)\n" in text
    assert f"The right answer is **`{exam.items[1].parts[0].answer}`**." in text
    assert (
        "There is no worked solution: this version of examgen no longer knows this question."
        in text
    )


def test_no_solution_for_another_answer_than_the_recorded_one() -> None:
    exam = small_exam()
    first, *others = exam.items[1].parts
    items = (
        exam.items[0],
        replace(exam.items[1], parts=(replace(first, answer="[0, 0]"), *others)),
    )
    text = feedback(replace(exam, items=items), sheet(exam, mark("2a", Verdict.WRONG)))
    assert "The right answer is **`[0, 0]`**." in text
    assert "There is no worked solution" in text


def test_whose_sheet_it_is() -> None:
    exam = small_exam()
    graded = sheet(exam)
    assert "For `Ada`, id `x1`." in feedback(exam, replace(graded, id="x1"))
    assert "For id `x1`." in feedback(exam, replace(graded, id="x1", name=""))
    assert "For the sheet `ada.txt`." in feedback(exam, replace(graded, name=""))


def test_warnings_are_passed_on() -> None:
    exam = small_exam()
    text = feedback(exam, replace(sheet(exam), warnings=("line 7: *what* is this?",)))
    assert "About your sheet:\n\n- line 7: \\*what\\* is this?\n" in text


def with_words(text: str) -> str:
    """The feedback with *text* wherever a student's words may stand."""
    exam = small_exam()
    wrong = mark("2a", Verdict.UNREADABLE, text, read="", reason=f'I read "{text}"')
    graded = replace(sheet(exam, wrong, name=text, file=text), id=text, warnings=(f"odd: {text}",))
    return feedback(exam, graded)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_student_wrote_does_nothing(text: str) -> None:
    """The document is built as with harmless words."""
    found = with_words(text)
    assert found.replace("\n", "").isprintable()
    assert structure(found) == structure(with_words("word"))


def test_what_is_foreign_is_not_taken_for_ours_that_reads_the_same() -> None:
    """Comments are kept once they are written."""
    exam = small_exam()
    ours = mark("2a", Verdict.MISCONCEPTION, feedback="*You* wrote.")
    theirs = ours._replace(feedback="", reason="*You* wrote.")
    assert "\n*You* wrote.\n" in feedback(exam, sheet(exam, ours))
    assert "\n\\*You\\* wrote.\n" in feedback(exam, sheet(exam, theirs))


def test_no_two_empty_lines_in_a_row() -> None:
    exam = small_exam()
    marks = [mark(part.label, Verdict.WRONG, feedback="Because.") for part in exam.parts]
    for solutions in (True, False):
        assert not re.search(r"\n\n\n", feedback(exam, sheet(exam, *marks), solutions=solutions))
