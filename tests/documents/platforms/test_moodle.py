"""Moodle's file, as its importer sees it: types, shares, answers, feedback and figures."""

import base64
import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest

from examgen import answers
from examgen.answers import Policy, Verdict
from examgen.documents.platforms import moodle as module
from examgen.documents.platforms import write_platforms
from examgen.documents.platforms.moodle import percent
from examgen.documents.platforms.questions import Asked, lay_out_quiz
from examgen.documents.platforms.responses import Person
from examgen.documents.platforms.xml import Body, cdata
from examgen.exact import entries
from examgen.exams.exam import Exam, ExamPart
from examgen.questions.levels import LEVELS, Level
from tests.documents.exams import HOSTILE, full_exam, small_exam, titled
from tests.documents.formulas import AUTHORED
from tests.documents.platforms.files import Texts, moodle

PERCENTS = (
    "100 90 83.33333 80 75 70 66.66667 60 50 40 33.33333 30 25 20 16.66667 14.28571 12.5 11.11111 "
    "10 5 0"
)
"""What Moodle's importer takes, as its own exports have it."""
EMBEDDED = re.compile(r"\{(\d+):(NUMERICAL|SHORTANSWER):=([^}]*)\}")
THREE_PLACES = Policy(decimals=3)
LAST_BREAK = re.compile(r" \\\\(?= \\end)")
"""It would begin an empty row."""


@pytest.fixture(scope="module", params=LEVELS)
def exam(request: pytest.FixtureRequest) -> Exam:
    """An item of every family."""
    level: Level = request.param
    return full_exam(level, "platforms")


@pytest.fixture(scope="module")
def asked(exam: Exam) -> list[tuple[ExamPart, ET.Element]]:
    """Every part with its question."""
    found = {str(each.findtext("idnumber")).partition("-")[2]: each for each in moodle(exam)[1:]}
    return [(part, found[part.label]) for part in exam.parts]


def text(question: ET.Element, path: str = "questiontext/text") -> str:
    """A text of a question."""
    return question.findtext(path) or ""


def expected(part: ExamPart) -> str:
    """The type that fits a part."""
    types = {"array": "cloze", "shape": "shortanswer", "indices": "shortanswer"}
    return "multichoice" if part.options else types.get(part.kind, "numerical")


def test_every_part_is_asked_in_its_type_and_for_its_points(
    exam: Exam, asked: list[tuple[ExamPart, ET.Element]]
) -> None:
    for part, question in asked:
        assert question.get("type") == expected(part)
        if part.kind != "array" or part.options:
            assert question.findtext("defaultgrade") == str(part.points)
        name = text(question, "name/text")
        assert name.startswith(f"{part.label}. ")
        assert name.endswith(f" ({part.points})")
    types = [each.get("type") for each in moodle(exam)]
    assert len(types) - types.count("description") - 1 == len(asked)


def test_a_right_answer_of_a_student_is_right_there_and_no_mistake_is(
    asked: list[tuple[ExamPart, ET.Element]],
) -> None:
    """The answers are judged by the grader, which knows nothing of platforms."""
    for part, question in asked:
        if part.options or part.kind == "array":
            continue
        for answer in question.findall("answer"):
            said = str(answer.findtext("text"))
            if question.get("type") == "numerical" and part.kind != "integer":
                said = f"{float(said):.3f}"
            verdict = answers.judge(
                part.kind, part.answer, said, policy=THREE_PLACES
            ).judgement.verdict
            is_right = answer.get("fraction") == "100"
            assert (verdict is Verdict.CORRECT) == is_right, (part.label, part.answer, said)


def test_the_first_answer_that_fits_a_number_is_its_own(
    asked: list[tuple[ExamPart, ET.Element]],
) -> None:
    numerical = [question for _, question in asked if question.get("type") == "numerical"]
    assert len(numerical) > 5
    for question in numerical:
        known = [
            (float(str(each.findtext("text"))), float(str(each.findtext("tolerance"))))
            for each in question.findall("answer")
        ]
        for place, (value, tolerance) in enumerate(known):
            for earlier, _ in known[:place]:
                assert abs(value - earlier) > 2 * tolerance


def test_an_entry_of_an_array_is_asked_for_each_entry(
    asked: list[tuple[ExamPart, ET.Element]],
) -> None:
    arrays = [
        (part, question) for part, question in asked if part.kind == "array" and not part.options
    ]
    assert len(arrays) > 20
    for part, question in arrays:
        value = answers.kind("array").parse(part.answer)
        found = EMBEDDED.findall(text(question))
        assert len(found) == value.size
        for entry, (_, sort, said) in zip(entries(value), found, strict=True):
            first = said.split("~=")[0].split(":")[0]
            if sort == "NUMERICAL":
                whole = isinstance(entry, int)
                written = first if whole else f"{float(first):.3f}"
                key = answers.plain(entry)
                judged = answers.judge("closed", key, written, policy=THREE_PLACES).judgement
                assert judged.verdict is Verdict.CORRECT, (part.label, key, first)
                assert said.endswith(":0" if whole else ":0.0006")
            else:
                assert first == "-inf"
        weights = [int(weight) for weight, _, _ in found]
        assert sum(weights) == max(part.points, len(found))
        assert max(weights) - min(weights) <= 1
        assert text(question).count("<tr>") == value.size // value.shape[-1]


def test_all_shares_are_on_moodles_list(exam: Exam) -> None:
    listed = [float(each) for each in PERCENTS.split()]
    for answer in moodle(exam).iter("answer"):
        share = float(str(answer.get("fraction")))
        assert min(abs(share - each) for each in listed) < 1e-4


@pytest.mark.parametrize(
    ("share", "says"),
    [
        ("1", "100"),
        ("1/2", "50"),
        ("2/3", "66.6666667"),
        ("3/8", "33.3333333"),
        ("1/50", "0"),
        ("0", "0"),
        ("19/20", "90"),
    ],
)
def test_a_share_is_rounded_down_to_one_of_moodles(share: str, says: str) -> None:
    assert percent(Fraction(share)) == says


def test_the_option_that_was_chosen_has_its_own_feedback(
    asked: list[tuple[ExamPart, ET.Element]],
) -> None:
    closed = [(part, question) for part, question in asked if part.options]
    assert len(closed) > 5
    for part, question in closed:
        found = question.findall("answer")
        letters = [option.letter for option in part.options]
        right = [each.get("fraction") for each in found].index("100")
        assert letters[right] == part.answer
        said = [str(each.findtext("feedback/text")) for each in found]
        assert said[right] == "Right."
        assert all(said)
        assert len({*said}) > 1


def test_every_formula_arrives_as_it_was_written(exam: Exam) -> None:
    entries_of_quiz = lay_out_quiz(exam).entries
    for each, question in zip(entries_of_quiz, moodle(exam)[1:], strict=True):
        authored = [
            LAST_BREAK.sub("", " ".join((display or inline).split()))
            for prose in each.texts
            for display, inline in AUTHORED.findall(prose)
            if display or inline
        ]
        assert Texts(text(question)).formulas == authored


def test_every_image_comes_along(exam: Exam) -> None:
    figures = sum(1 for item in exam.items if item.problem and item.problem.figure)
    files = 0
    for question in moodle(exam).iter("question"):
        named = Texts(text(question)).images
        brought = question.findall("questiontext/file")
        assert named == [f"@@PLUGINFILE@@/{each.get('name')}" for each in brought]
        for each in brought:
            files += 1
            assert ET.fromstring(base64.b64decode(str(each.text))).tag.endswith("svg")
    assert files == figures > 20


def test_names_within_the_category_are_different(exam: Exam) -> None:
    ids = Counter(str(each.findtext("idnumber")) for each in moodle(exam)[1:])
    assert max(ids.values()) == 1


def test_texts_are_html_without_anything_that_acts(exam: Exam) -> None:
    for question in moodle(exam).iter("question"):
        for each in question.iter("text"):
            if each.text and "<" in each.text:
                Texts(each.text)


def test_a_hostile_title_stays_a_title() -> None:
    for title in HOSTILE:
        exam = titled(title)
        first = moodle(exam)[0].findtext("category/text")
        assert first is not None
        assert first.startswith("$course$/top/examgen/")
        below = first.removeprefix("$course$/top/examgen/").replace("//", "")
        assert below.count("/") == 1, "another would open a category of its own"


def test_every_question_has_its_place_its_family_and_its_level_as_tags(
    exam: Exam, asked: list[tuple[ExamPart, ET.Element]]
) -> None:
    items = {part.label: item for item in exam.items for part in item.parts}
    for part, question in asked:
        tags = [each.findtext("text") for each in question.findall("tags/tag")]
        item = items[part.label]
        assert tags == [f"question {part.label}", item.family, item.level]


def test_equal_exams_give_equal_files() -> None:
    exam = full_exam("easy", "platforms")
    assert write_platforms(exam, ["moodle", "canvas"]) == write_platforms(
        exam, ["moodle", "canvas"]
    )


def test_white_space_between_marked_words_is_kept() -> None:
    """Moodle drops it between two entities, and so takes it from escaped HTML."""
    text = write_platforms(full_exam("easy", "platforms"), ["moodle"])["instructor/moodle.xml"]
    assert isinstance(text, str)
    assert "&lt;p&gt;" not in text
    assert "<![CDATA[<p>" in text
    assert ET.fromstring(f"<t>{cdata(Body('a]]>b'))}</t>").text == "a]]>b"


def test_an_essay_has_its_key_for_who_marks_it() -> None:
    quiz = lay_out_quiz(small_exam())
    person = (
        replace(each, response=Person("x<y & z")) if isinstance(each, Asked) else each
        for each in quiz.entries[:2]
    )
    quiz = replace(quiz, entries=tuple(person))
    (essay,) = (each for each in ET.fromstring(module.write(quiz)) if each.get("type") == "essay")
    assert essay.findtext("graderinfo/text") == "x&lt;y &amp; z"
    assert text(essay)


def test_of_equal_answers_the_first_counts(asked: list[tuple[ExamPart, ET.Element]]) -> None:
    typed = [each for _, each in asked if each.get("type") in ("shortanswer", "numerical")]
    assert len(typed) > 5
    for question in typed:
        said = [str(each.findtext("text")).casefold() for each in question.findall("answer")]
        assert len({*said}) == len(said)


def test_signs_that_act_are_escaped_in_embedded_answers() -> None:
    assert "a}b~c/d".translate(module.ACTING) == r"a\}b\~c\/d"
