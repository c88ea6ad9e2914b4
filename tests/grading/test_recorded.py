"""What the record of a part says, and what a response to it says."""

from examgen.exams.exam import ExamPart, PrintedOption
from examgen.grading.recorded import read_response


def part(*options: PrintedOption) -> ExamPart:
    return ExamPart("1", "asked", "choice", 2, "B", (), options)


def test_a_letter_that_is_another_options_text_has_two_readings() -> None:
    numbers = part(*(PrintedOption(letter, str(n), ()) for n, letter in enumerate("ABCD", 5)))
    assert read_response(numbers, " B\n").value == "B"
    assert read_response(numbers, "6").value == "B"
    assert not read_response(numbers, "B").alternatives
    assert read_response(
        part(PrintedOption("A", "B", ()), PrintedOption("B", "A", ())), "B"
    ).alternatives
