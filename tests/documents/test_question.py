"""One drawn question, as `examgen show` prints it."""

from examgen.documents.question import write_question
from tests.documents.exams import small_exam


def test_a_closed_question_comes_with_all_there_is_to_say() -> None:
    item = small_exam().items[0]
    text = write_question(item)
    assert text.startswith("### 1 (5 points)\n\nA kernel $w$ slides")
    (part,) = item.parts
    assert f"**Answer {part.answer}:**" in text
    assert "*Worked solution.* The window" in text
    assert all(mistake.feedback[1:] in text for mistake in part.misconceptions)


def test_a_long_question_has_a_solution_for_every_part() -> None:
    item = small_exam().items[1]
    text = write_question(item)
    assert text.count("*Worked solution.*") == len(item.parts)
    assert text.count("**Answer:**") == len(item.parts)
