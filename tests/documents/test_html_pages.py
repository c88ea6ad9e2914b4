"""HTML pages: whole, by themselves, and for every reader."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from examgen.answers import Verdict
from examgen.documents.feedback import write_feedback
from examgen.documents.keys import add_keys
from examgen.documents.pages import LOOK, write, write_pages
from examgen.documents.paper import lay_out
from examgen.exams.assembly import assemble
from examgen.exams.blueprint_file import find_blueprint
from examgen.exams.exam import Exam
from examgen.grading.marks import Mark
from tests.documents import formulas
from tests.documents.exams import HOSTILE, full_exam, mark, sheet, small_exam, titled
from tests.documents.html_tree import Element, read, structure

BY_HEADING = ("h1", "h2", "h3", "h4", "h5", "h6")
KIB = 1024
BOUNDS = (
    ("midterm", 60, 190),
    ("midterm-early", 60, 120),
    ("quiz-10-minutes", 60, 60),
    ("final-second-half", 85, 250),
)
"""Blueprints with how many KiB their papers and keys may have."""
LARGEST = (
    ("midterm", 63),
    ("midterm-early", 48),
    ("quiz-10-minutes", 30),
    ("final-second-half", 93),
)
"""Blueprints with how many KiB no paper of 200 seeds has."""


def pages(exam: Exam) -> dict[str, str]:
    written = write_pages(exam, ["html"])
    return {name: text for name, text in written.items() if name.endswith(".html")}


def wrong_everywhere(exam: Exam) -> list[Mark]:
    """A mark with everything there is to say for every part."""
    said = {"feedback": "You took **columns** of $W$.", "misconceptions": ("one", "two")}
    verdicts = [each for each in Verdict if each is not Verdict.CORRECT]
    return [
        replace(
            mark(part.label, verdicts[i % len(verdicts)], "1 < 2", **said), possible=part.points
        )
        for i, part in enumerate(exam.parts)
    ]


def feedback(exam: Exam, name: str = "Ada") -> str:
    graded = sheet(exam, *wrong_everywhere(exam), name=name)
    return write_feedback(exam, replace(graded, warnings=("odd",)), "html", solutions=True)


WHOLE = full_exam("hard", "x")
PAGES = {**pages(WHOLE), "feedback.html": feedback(WHOLE)}
TREES = {name: read(page) for name, page in PAGES.items()}
every_page = pytest.mark.parametrize("name", PAGES)


@every_page
def test_nothing_is_loaded_and_nothing_runs(name: str) -> None:
    page, tree = PAGES[name], TREES[name]
    assert not tree.all("script", "link", "iframe", "object", "embed", "base", "form", "img")
    for each in tree.walk():
        assert not [key for key in each.attributes if key.startswith("on") or key == "src"]
        assert each.attributes.get("href", "#").startswith("#")
    assert not re.search(r"url\(|@import|javascript:", page)
    assert re.findall(r"https?://[^\"<]*", page).count("http://www.w3.org/2000/svg") == len(
        re.findall("https?:", page)
    )
    (policy,) = (each for each in tree.all("meta") if "http-equiv" in each.attributes)
    assert policy.attributes["content"].startswith("default-src 'none'")


@every_page
def test_a_screen_reader_finds_its_way(name: str) -> None:
    tree = TREES[name]
    (html,) = tree.all("html")
    assert html.attributes["lang"] == "en"
    (title,) = tree.all("title")[:1]
    assert title.text.startswith("Practice Midterm")
    for landmark in ("header", "main", "footer"):
        assert len(tree.all(landmark)) == 1
    levels = [int(each.tag[1]) for each in tree.all(*BY_HEADING)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    for before, after in pairwise(levels):
        assert after <= before + 1, "a heading skips a level"
    assert all(each.text.strip() for each in tree.all(*BY_HEADING))
    link = next(each for each in tree.all("a"))
    assert "skip" in link.classes, "the first link leads past the front page"


@every_page
def test_a_browser_need_not_mend_paragraphs(name: str) -> None:
    """It would end a paragraph where a block begins in it."""
    blocks = ("p", "div", "ul", "ol", "table", "pre", "figure", "h2", "h3", "h4", "details")
    for paragraph in TREES[name].all("p"):
        assert len(paragraph.all(*blocks)) == 1, paragraph.text


@every_page
def test_every_reference_has_its_target(name: str) -> None:
    tree = TREES[name]
    ids = [each.attributes["id"] for each in tree.walk() if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    for each in tree.walk():
        named = each.attributes.get("aria-labelledby", "").split()
        if each.attributes.get("href"):
            named.append(each.attributes["href"].removeprefix("#"))
        assert set(named) <= set(ids), each.attributes


@every_page
def test_tables_have_headers_with_a_scope(name: str) -> None:
    for table in TREES[name].all("table"):
        heads = table.all("th")
        assert heads
        assert all(each.attributes.get("scope") in ("row", "col") for each in heads)
        first = table.all("tr")[0]
        assert first.all("th")
    for table in TREES[name].all("table"):
        if table.classes & {"answers", "marks"}:
            assert table.all("caption")[0].text.strip()


@every_page
def test_every_form_control_and_figure_is_named(name: str) -> None:
    tree = TREES[name]
    labelled = {id(each) for label in tree.all("label") for each in label.walk()}
    assert all(id(each) in labelled for each in tree.all("input"))
    for figure in tree.all("svg"):
        assert figure.attributes["role"] == "img"
        assert figure.all("desc")[0].text.strip()
        assert figure.all("title")[0].text.strip()


@pytest.mark.parametrize("name", ["student/paper.html", "instructor/key.html"])
def test_every_formula_is_mathml_with_its_source(name: str) -> None:
    paper = lay_out(WHOLE)
    document = paper if "paper" in name else add_keys(paper, WHOLE)
    found: Counter[str] = Counter()
    for each in TREES[name].all("math"):
        notes = each.all("annotation")
        assert len(notes) <= 1
        assert all(note.attributes == {"encoding": "application/x-tex"} for note in notes)
        assert notes or re.fullmatch(r"[\w\s()\[\].,;:+−=<>/|!-]+", each.text), each.text
        found[notes[0].text if notes else as_read(each.text)] += 1
    expected = Counter(
        tidy(each) if re.search(r"[\\^_{}]", each) else as_read(each)
        for each in formulas.everything(document)
    )
    assert found == expected


def as_read(formula: str) -> str:
    """A formula without any command, however its spaces and its minus signs are written."""
    return re.sub(r"\s", "", formula).replace("−", "-")


def tidy(formula: str) -> str:
    """Without the empty last row that a loop writes easily."""
    return re.sub(r"\s*\\\\(?=\s*\\end\b)", "", formula)


def test_each_worked_solution_is_folded_under_its_question() -> None:
    assert not TREES["student/paper.html"].all("details")
    articles = [
        each for each in TREES["instructor/key.html"].all("article") if "item" in each.classes
    ]
    assert len(articles) == len(WHOLE.items)
    for article, item in zip(articles, WHOLE.items, strict=True):
        folded = article.all("details")
        assert len(folded) == len(item.parts)
        for each, part in zip(folded, item.parts, strict=True):
            assert "open" not in each.attributes
            summary = each.children[1]
            assert isinstance(summary, Element)
            label = "" if len(item.parts) == 1 and part.options else f" of {part.label}"
            assert summary.text == f"Worked solution{label}"
            said = [line.text for line in each.all("li") if "If you got" in line.text]
            assert len(said) == len(part.misconceptions)


def test_what_is_right_is_said_in_words_too() -> None:
    """Never by colour alone."""
    key = TREES["instructor/key.html"]
    right = [each for each in key.all("li") if "right" in each.classes]
    assert len(right) == sum(bool(part.options) for part in WHOLE.parts)
    assert all("✓" in each.text for each in right)
    paper = TREES["student/paper.html"]
    assert not [each for each in paper.walk() if "right" in each.classes or "✓" in each.text]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("blueprint", "paper", "key"), BOUNDS)
def test_an_exam_is_small(blueprint: str, paper: int, key: int, seed: int) -> None:
    """With its figures. A key shows every step as MathML, which any server packs to a sixth."""
    written = pages(assemble(find_blueprint(blueprint), str(seed)))
    assert len(written["student/paper.html"].encode()) <= paper * KIB
    assert len(written["instructor/key.html"].encode()) <= key * KIB


@pytest.mark.slow
@pytest.mark.parametrize(("blueprint", "most"), LARGEST)
def test_no_paper_is_large(blueprint: str, most: int) -> None:
    found = find_blueprint(blueprint)
    sizes = {
        seed: len(write("html", "paper", LOOK, page=lay_out(assemble(found, str(seed)))).encode())
        for seed in range(200)
    }
    assert {seed: size for seed, size in sizes.items() if size > most * KIB} == {}


def unprintable(page: str) -> set[str]:
    """What could move a cursor or turn the direction of reading; a formula has a fixed space."""
    return {character for character in page if not character.isprintable()}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_title_adds_nothing_to_the_structure(text: str) -> None:
    plain, hostile = pages(titled("Title")), pages(titled(text))
    for name in plain:
        assert structure(hostile[name]) == structure(plain[name])
        assert unprintable(hostile[name]) <= unprintable(plain[name])


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_student_wrote_does_nothing(text: str) -> None:
    exam = small_exam()

    def with_words(words: str) -> str:
        wrong = mark("2a", Verdict.UNREADABLE, words, read="", reason=f'I read "{words}"')
        graded = replace(sheet(exam, wrong, name=words, file=words), id=words, warnings=(words,))
        return write_feedback(exam, graded, "html", solutions=True)

    found = with_words(text)
    assert unprintable(found) <= unprintable(with_words("word"))
    assert structure(found) == structure(with_words("word"))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_form_stays_in_its_string_of_css(text: str) -> None:
    page = pages(replace(small_exam(), form=text))["student/paper.html"]
    (style,) = read(page).all("style")
    (plain,) = read(pages(small_exam())["student/paper.html"]).all("style")
    string = r'"(?:[A-Za-z0-9]|\\[0-9a-f]+ )*"'
    assert re.sub(rf"form \" {string}", "", style.text) == re.sub(
        rf"form \" {string}", "", plain.text
    )


def test_feedback_says_all_that_markdown_says() -> None:
    exam = small_exam()
    graded = sheet(exam, *wrong_everywhere(exam))
    markdown = write_feedback(exam, graded, solutions=False)
    page = write_feedback(exam, graded, "html", solutions=False)
    said = words(re.sub(r"<[^>]*>", " ", page))
    markdown = re.sub(r"\$[^$]*\$", "", markdown)
    assert len(set(words(markdown))) > 60
    assert set(words(markdown)) <= set(said)


def words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]+[a-z]", text)
