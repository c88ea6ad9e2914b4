"""Canvas's archive: whatever names something names it once, and everything named is there."""

import re
import xml.etree.ElementTree as ET
import zipfile
from io import BytesIO

import pytest

from examgen import answers
from examgen.answers import Policy, Verdict
from examgen.documents.platforms import write_platforms
from examgen.exact import entries
from examgen.exams.exam import Exam
from examgen.questions.levels import LEVELS, Level
from tests.documents.exams import HOSTILE, full_exam, small_exam, titled
from tests.documents.platforms.files import Texts, assessment, canvas

THREE_PLACES = Policy(decimals=3)
SPACE = {"cp": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"}


@pytest.fixture(scope="module", params=LEVELS)
def exam(request: pytest.FixtureRequest) -> Exam:
    """An item of every family."""
    level: Level = request.param
    return full_exam(level, "platforms")


@pytest.fixture(scope="module")
def files(exam: Exam) -> dict[str, str]:
    """The archive."""
    return canvas(exam)


@pytest.fixture(scope="module")
def items(files: dict[str, str]) -> list[ET.Element]:
    """The items in their order."""
    return list(assessment(files).iter("item"))


def about(item: ET.Element, name: str) -> str:
    """A field of an item."""
    for field in item.iter("qtimetadatafield"):
        if field.findtext("fieldlabel") == name:
            return str(field.findtext("fieldentry"))
    raise KeyError(name)


def questions(items: list[ET.Element]) -> list[ET.Element]:
    """Those that are asked."""
    return [each for each in items if about(each, "question_type") != "text_only_question"]


def test_the_manifest_names_every_file_and_no_other(files: dict[str, str]) -> None:
    manifest = ET.fromstring(files["imsmanifest.xml"])
    named = {str(each.get("href")) for each in manifest.iterfind(".//cp:file", SPACE)}
    assert named == {*files} - {"imsmanifest.xml"}
    resources = [str(each.get("identifier")) for each in manifest.iterfind(".//cp:resource", SPACE)]
    assert len({*resources}) == len(resources)
    for each in manifest.iterfind(".//cp:dependency", SPACE):
        assert each.get("identifierref") in resources


def test_whatever_is_referred_to_is_there(items: list[ET.Element]) -> None:
    idents = [str(each.get("ident")) for each in items]
    assert len({*idents}) == len(idents)
    assert all(re.fullmatch(r"[A-Za-z]\w*", each) for each in idents)
    labels: list[str] = []
    for item in items:
        feedback = {each.get("ident") for each in item.findall("itemfeedback")}
        assert {each.get("linkrefid") for each in item.iter("displayfeedback")} == feedback
        asked = {
            each.get("ident") for tag in ("response_lid", "response_str") for each in item.iter(tag)
        }
        named = {
            each.get("respident")
            for tag in ("varequal", "vargte", "varlte")
            for each in item.iter(tag)
        }
        assert named <= asked
        mine = [
            str(each.get("ident"))
            for lid in item.iter("response_lid")
            for each in lid.iter("response_label")
        ]
        labels += mine
        for lid in item.iter("response_lid"):
            right = {
                each.text
                for each in item.iter("varequal")
                if each.get("respident") == lid.get("ident")
            }
            assert right <= {*mine}
    assert len({*labels}) == len(labels)


def test_every_part_is_worth_its_points_and_has_its_right_answer(
    exam: Exam, items: list[ET.Element], files: dict[str, str]
) -> None:
    total = sum(int(about(each, "points_possible")) for each in items)
    assert total == exam.points
    (meta,) = (text for name, text in files.items() if name.endswith("assessment_meta.xml"))
    assert f"<points_possible>{total}.0</points_possible>" in meta
    for part, item in zip(exam.parts, questions(items), strict=True):
        assert str(item.get("title")).startswith(f"{part.label}. ")
        assert int(about(item, "points_possible")) == part.points
        kind = about(item, "question_type")
        if kind == "multiple_choice_question":
            (right,) = (
                each for each in item.iter("respcondition") if each.find("setvar") is not None
            )
            labels = [str(each.get("ident")) for each in item.iter("response_label")]
            letters = [option.letter for option in part.options]
            assert (
                letters[labels.index(str(right.findtext("conditionvar/varequal")))] == part.answer
            )
        elif kind == "numerical_question":
            equal = next(item.iter("varequal"))
            value, margin = float(str(equal.text)), float(str(equal.get("margin")))
            written = f"{value:.0f}" if part.kind == "integer" else f"{value:.3f}"
            judged = answers.judge(part.kind, part.answer, written, policy=THREE_PLACES)
            assert judged.judgement.verdict is Verdict.CORRECT
            least, most = (float(str(next(item.iter(tag)).text)) for tag in ("vargte", "varlte"))
            assert (least, most) == pytest.approx((value - margin, value + margin), abs=1e-9)
            assert least <= float(written) <= most
        elif kind == "short_answer_question":
            for each in item.iter("varequal"):
                judged = answers.judge(part.kind, part.answer, str(each.text))
                assert judged.judgement.verdict is Verdict.CORRECT, each.text
        else:
            assert kind == "fill_in_multiple_blanks_question"
            check_blanks(part.answer, item)


def check_blanks(answer: str, item: ET.Element) -> None:
    """Every entry has its blank in the text, and every spelling of it is right or rounded."""
    value = answers.kind("array").parse(answer)
    blanks = list(item.iter("response_lid"))
    text = str(item.findtext("presentation/material/mattext"))
    shown = re.findall(r"<td>\[(\w+)\]</td>", text)
    assert shown == [each.findtext("material/mattext") for each in blanks]
    for entry, blank in zip(entries(value), blanks, strict=True):
        spellings = [
            str(each.findtext("material/mattext")) for each in blank.iter("response_label")
        ]
        assert len({*spellings}) == len(spellings)
        for each in spellings:
            key = answers.plain(entry)
            verdict = answers.judge(
                "array", f"[{key}]", each, policy=Policy(decimals=2)
            ).judgement.verdict
            assert verdict is Verdict.CORRECT, (key, each)
    shares = [float(str(each.text)) for each in item.iter("setvar")]
    assert sum(shares) == pytest.approx(100, abs=1e-6)


def test_the_parts_of_a_long_question_belong_to_its_text(items: list[ET.Element]) -> None:
    text, found = "", 0
    for item in items[1:]:
        if about(item, "question_type") == "text_only_question":
            text = str(item.get("ident"))
        elif re.match(r"\d+[a-z]", str(item.get("title"))):
            found += 1
            assert about(item, "parent_stimulus_item_ident") == text
        else:
            with pytest.raises(KeyError):
                about(item, "parent_stimulus_item_ident")
    assert found > 50


def test_a_comment_is_html_beyond_doubt(items: list[ET.Element]) -> None:
    for item in items:
        for each in item.findall("itemfeedback"):
            text = str(each.findtext("flow_mat/material/mattext"))
            assert text.startswith('<div class="comment">')


def test_texts_are_html_without_anything_that_acts(
    items: list[ET.Element], files: dict[str, str]
) -> None:
    images = 0
    for item in items:
        for each in item.iter("mattext"):
            if each.get("texttype") == "text/html":
                for image in Texts(str(each.text)).images:
                    images += 1
                    assert image.removeprefix("%24IMS-CC-FILEBASE%24/") in files
    assert images == sum(1 for name in files if name.endswith(".svg")) > 20


def test_a_formula_with_a_sign_of_html_is_escaped_twice(items: list[ET.Element]) -> None:
    """Once for XML and once for HTML, or Canvas would take out what looks like a tag."""
    texts = [str(each.text) for item in items for each in item.iter("mattext")]
    assert any(r"&lt;" in each or "&amp;" in each for each in texts)
    assert not any(re.search(r"\\\([^)]*[<>]", each) for each in texts)


def test_a_hostile_title_stays_a_title() -> None:
    for title in HOSTILE:
        files = canvas(titled(title))
        assert str(assessment(files).find("assessment").get("title")).endswith("form A")  # type: ignore[union-attr]
        assert all(re.fullmatch(r"[\w./-]+", name) for name in files)


def test_the_archive_knows_no_clock() -> None:
    made = write_platforms(small_exam(), ["canvas"])["instructor/canvas.zip"]
    assert isinstance(made, bytes)
    with zipfile.ZipFile(BytesIO(made)) as opened:
        assert {entry.date_time[0] for entry in opened.infolist()} == {1980}
