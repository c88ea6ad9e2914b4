"""How a part is asked by a machine that compares and computes nothing."""

from decimal import Decimal
from fractions import Fraction

import pytest

from examgen import answers
from examgen.answers import Verdict
from examgen.documents.layout import PartPage, Prose
from examgen.documents.platforms import canvas
from examgen.documents.platforms.responses import (
    ASCENDING,
    Number,
    Person,
    Words,
    grid,
    response,
    spellings,
)
from examgen.exact import NEG_INF, Shape, array, ratio
from examgen.exams.exam import ExamPart, Mistake

PAGE = PartPage("1", 4, Prose("What?"))


def part(kind: str, answer: str, **mistakes: str) -> ExamPart:
    """A part with mistakes that earn a quarter."""
    known = tuple(
        Mistake(name, text, f"You made {name}.", Fraction(1, 4)) for name, text in mistakes.items()
    )
    return ExamPart("1", "p", kind, 4, answer, known)


def numbers(found: object) -> list[str]:
    """The decimals that a number's question knows."""
    assert isinstance(found, Number)
    return [each.spellings[0] for each in found.answers]


def test_an_integer_is_exact_and_knows_its_mistakes() -> None:
    found = response(part("integer", "12", one="13", two="-2"), PAGE)
    assert numbers(found) == ["12", "13", "-2"]
    assert isinstance(found, Number)
    assert (found.tolerance, found.note) == (Decimal(0), "")
    assert found.answers[1].feedback == "You made one."
    assert found.answers[1].share == Fraction(1, 4)


def test_a_closed_form_is_asked_as_a_decimal() -> None:
    found = response(part("closed", "e/(1+e)", one="1/(1+e)"), PAGE)
    assert numbers(found) == ["0.731059", "0.268941"]
    assert isinstance(found, Number)
    assert found.exact == "e/(1+e)"
    assert "rounded to 3 places" in found.note
    assert abs(Decimal("0.731") - Decimal(found.value)) <= found.tolerance


def test_mistakes_that_round_alike_are_not_told_apart() -> None:
    found = response(part("rational", "1/3", near="0.3334", far="0.335", again="0.3355"), PAGE)
    assert numbers(found) == ["0.333333", "0.335000"]


@pytest.mark.parametrize("shape", [Shape((3, 4)), Shape((12,)), Shape((2, 3, 4)), Shape((0, 1))])
def test_every_spelling_of_a_shape_is_right_on_paper(shape: Shape) -> None:
    found = spellings(shape)
    assert len({*found}) == len(found) > 3
    for each in found:
        judged = answers.judge("shape", answers.plain(shape), each)
        assert judged.judgement.verdict is Verdict.CORRECT, each


@pytest.mark.parametrize("numbers", [(), (3,), (1, 2), (2, 5, 11)])
def test_every_spelling_of_a_set_is_right_on_paper(numbers: tuple[int, ...]) -> None:
    value = frozenset(numbers)
    for each in spellings(value):
        judged = answers.judge("indices", answers.plain(value), each)
        assert judged.judgement.verdict is Verdict.CORRECT, each


def test_a_set_is_asked_in_order() -> None:
    found = response(part("indices", "2, 5", one="2"), PAGE)
    assert isinstance(found, Words)
    assert found.note == ASCENDING
    assert found.answers[1].spellings[0] == "2"


def test_a_vector_is_a_row_and_a_stack_has_its_matrices() -> None:
    assert [len(row) for row in grid(array([1, 2, 3])).matrices[0]] == [3]
    stack = grid(array([[[1, 2], [3, 4]], [[5, 6], [7, 8]], [[9, 0], [1, 2]]]))
    assert [[len(row) for row in one] for one in stack.matrices] == [[2, 2]] * 3


def test_what_is_masked_is_a_word() -> None:
    found = grid(array([[ratio(1, 2), NEG_INF]]))
    first, second = found.cells
    assert isinstance(first, Number)
    assert (first.value, first.exact) == ("0.500000", "1/2")
    assert isinstance(second, Words)
    for each in second.answers[0].spellings:
        assert answers.judge("array", "[-inf]", each).judgement.verdict is Verdict.CORRECT


def test_formulas_and_words_wait_for_a_person() -> None:
    for kind, answer in (("expression", "x^2+1"), ("text", "It slides. [rubric: 1 for sliding]")):
        found = response(part(kind, answer), PAGE)
        assert found == Person(answer)


def test_an_entry_of_a_matrix_may_be_written_in_several_ways_in_canvas() -> None:
    found = grid(array([[4, ratio(-1, 3)]]))
    whole, third = ([*canvas.spellings(cell)] for cell in found.cells)
    assert "4" in whole
    assert "4.0" in whole
    assert {"-0.333", "-.333", "-0.3333", "-1/3"} <= {*third}
    assert "-0.33" not in third, "two places are asked nowhere"
