"""HTML pages: whole, by themselves, and for every reader."""

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from html import unescape
from itertools import pairwise

import pytest

from examgen.answers import Verdict
from examgen.documents.feedback import write_feedback
from examgen.documents.html import commented, slim
from examgen.documents.html.formulas import converter, mathml
from examgen.documents.keys import add_keys
from examgen.documents.pages import LOOK, write, write_pages
from examgen.documents.paper import lay_out
from examgen.exams.assembly import assemble
from examgen.exams.blueprint_file import find_blueprint
from examgen.exams.exam import Exam
from examgen.grading.marks import Mark
from tests.documents import formulas
from tests.documents.exams import HOSTILE, full_exam, mark, sheet, small_exam, titled
from tests.documents.html_tree import BLOCKS, Element, read, structure

STRUCTURE = re.compile(r"[\^_'&]|\\(?:[dt]?frac|binom|sqrt|begin|hat|bar|tilde|over\w+|under\w+)")
MARKED = re.compile(
    r"\\?[A-Za-z]+(?:_(?:\w|\\\w+|{(?:[^{}^_]|{\w+})+})|'+|\^(?:\*|\\top|{\([^{}^_]+\)}))"
)
"""A letter with an index, a prime or a star; but no power."""
NUMBERED = re.compile(
    r"(?:(?<![A-Za-z\\])[A-Za-z]|\\[A-Za-z]+)(?:_(?:\d|{\d+})|'|\^(?:\*|\\top(?![a-z])))"
    r"(?![\^_']|\s*\d)"
)
"""One whose index is a number, or with a single mark."""
TEXT = re.compile(r"\d+(×\d+)*|\(\d+(,|(,\d+)+)\)")
BY_HEADING = ("h1", "h2", "h3", "h4", "h5", "h6")
KIB = 1024
BOUNDS = (
    ("midterm", 48, 140),
    ("midterm-early", 40, 90),
    ("quiz-10-minutes", 28, 35),
    ("final-second-half", 70, 190),
)
"""Blueprints with how many KiB their papers and keys may have."""
LARGEST = (227, 931, 277, 15, 533, 129, 104, 99)
"""The seeds of the largest midterms of 1000."""
MOST = {
    "midterm": 58_000,
    "midterm-early": 44_000,
    "quiz-10-minutes": 27_000,
    "drill": 50_000,
    "final-second-half": 82_000,
}
"""How many bytes no paper of any seed that was tried has, by its blueprint."""


def pages(exam: Exam) -> dict[str, str]:
    written = write_pages(exam, ["html"], solutions=True)
    return {name: text for name, text in written.items() if name.endswith(".html")}


def wrong_everywhere(exam: Exam) -> list[Mark]:
    """A mark with everything there is to say for every part."""
    said = {"feedback": "You took **columns** of $W$.", "misconceptions": ("one", "two")}
    verdicts = [each for each in Verdict if each is not Verdict.CORRECT]
    return [
        mark(part.label, verdicts[i % len(verdicts)], "1 < 2", possible=part.points, **said)
        for i, part in enumerate(exam.parts)
    ]


def feedback(exam: Exam, name: str = "Ada") -> str:
    graded = sheet(exam, *wrong_everywhere(exam), name=name)
    return write_feedback(exam, replace(graded, warnings=("odd",)), "html", solutions=True)


def whole() -> Exam:
    return full_exam("hard", "x")


def all_pages() -> dict[str, str]:
    return {**pages(whole()), "feedback.html": feedback(whole())}


@lru_cache(maxsize=1)
def written() -> dict[str, str]:
    """The pages by their names."""
    return all_pages()


@lru_cache(maxsize=1)
def trees() -> dict[str, Element]:
    """Their trees."""
    return {name: read(page) for name, page in written().items()}


@lru_cache(maxsize=1)
def ended_trees() -> dict[str, Element]:
    """Their trees as they are before end tags go that HTML does not want."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slim, "ENDED", re.compile("(?!)"))
        for name in ("solution", "without_solution"):  # written anew, not as it was kept
            patch.setattr(commented, name, getattr(commented, name).__wrapped__)
        return {name: read(page, every_end=True) for name, page in all_pages().items()}


PAPER, KEY = "student/paper.html", "instructor/key.html"
SOLUTIONS = "instructor/solutions.html"
every_page = pytest.mark.parametrize("name", [PAPER, KEY, SOLUTIONS, "feedback.html"])


@every_page
def test_nothing_is_loaded_and_nothing_runs(name: str) -> None:
    page, tree = written()[name], trees()[name]
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
    tree = trees()[name]
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
def test_elements_end_where_they_ended(name: str) -> None:
    assert not re.search("</li>|</td>", written()[name])
    assert bare(trees()[name]) == bare(ended_trees()[name])


def bare(element: Element) -> tuple[object, ...]:
    """An element and what is in it, white space between elements apart."""
    inside = [
        each.rstrip() if isinstance(each, str) else bare(each)
        for each in element.children
        if isinstance(each, Element) or each.strip()
    ]
    return element.tag, element.attributes, inside


@every_page
def test_a_browser_need_not_mend_paragraphs(name: str) -> None:
    """It would end a paragraph where a block begins in it."""
    for paragraph in ended_trees()[name].all("p"):
        assert len(paragraph.all(*BLOCKS)) == 1, paragraph.text


@every_page
def test_every_reference_has_its_target(name: str) -> None:
    tree = trees()[name]
    ids = [each.attributes["id"] for each in tree.walk() if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    for each in tree.walk():
        named = each.attributes.get("aria-labelledby", "").split()
        if each.attributes.get("href"):
            named.append(each.attributes["href"].removeprefix("#"))
        assert set(named) <= set(ids), each.attributes


@every_page
def test_tables_have_headers_with_a_scope(name: str) -> None:
    for table in trees()[name].all("table"):
        heads = table.all("th")
        assert heads
        assert all(each.attributes.get("scope") in ("row", "col") for each in heads)
        first = table.all("tr")[0]
        assert first.all("th")
    for table in trees()[name].all("table"):
        if table.classes & {"answers", "marks"}:
            assert table.all("caption")[0].text.strip()


@every_page
def test_every_form_control_and_figure_is_named(name: str) -> None:
    tree = trees()[name]
    labelled = {id(each) for label in tree.all("label") for each in label.walk()}
    assert all(id(each) in labelled for each in tree.all("input"))
    for figure in tree.all("svg"):
        assert figure.attributes["role"] == "img"
        title, _, description = figure.attributes["aria-label"].partition(". ")
        assert title.strip() and description.strip()


@pytest.mark.parametrize("name", [PAPER, KEY])
def test_every_formula_is_mathml_with_its_source(name: str) -> None:
    paper = lay_out(whole())
    document = paper if "paper" in name else add_keys(paper, whole())
    found: Counter[str] = Counter()
    for each in trees()[name].all("math"):
        notes = each.all("annotation")
        assert len(notes) <= 1
        assert all(note.attributes == {"encoding": "application/x-tex"} for note in notes)
        found[tidy(notes[0].text) if notes else each.text] += 1
    authored = {each: said(each) for each in formulas.everything(document)}
    assert without_text(found) == without_text(
        Counter(
            tidy(each) if needs_source(each) else authored[each]
            for each in formulas.everything(document)
        )
    )
    page = trees()[name].text
    numbers = [each for each, text in authored.items() if TEXT.fullmatch(text)]
    assert numbers
    for number in numbers:
        assert number.replace(r"\times", "×") in page or authored[number] in page


@pytest.mark.parametrize("name", [PAPER, KEY])
def test_every_source_is_that_of_its_formula(name: str) -> None:
    """Without the space that TeX does not need: the formula that it gives is the same."""
    for each in trees()[name].all("math"):
        for note in each.all("annotation"):
            display = "display" in each.attributes
            (again,) = read(mathml(note.text, display=display)).all("math")
            again.attributes = each.attributes
            assert bare(again) == bare(each)


def without_text(found: Counter[str]) -> Counter[str]:
    """Without numbers, sizes and shapes, which are text within a line."""
    return Counter({each: found[each] for each in found if not TEXT.fullmatch(each)})


def needs_source(formula: str) -> bool:
    """Whether its text does not tell all of it."""
    plain = NUMBERED.sub("x", formula)
    return bool(STRUCTURE.search(plain)) and not MARKED.fullmatch(formula)


def said(formula: str) -> str:
    """The text of a formula as the converter writes it."""
    written = converter().convert_with_local_state(formula, displaystyle=False)
    return unescape(re.sub(r"<[^>]*>", "", written))


def tidy(formula: str) -> str:
    """Without the empty last row that a loop writes easily, and without space."""
    formula = re.sub(r"\s*\\\\(?=\s*\\end\b)", "", formula)
    return re.sub(r"\s", "", formula)


def test_each_worked_solution_is_folded_under_its_question() -> None:
    assert not trees()[PAPER].all("details")
    articles = [each for each in trees()[KEY].all("article") if "item" in each.classes]
    assert len(articles) == len(whole().items)
    for article, item in zip(articles, whole().items, strict=True):
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
    key = trees()[KEY]
    right = [each for each in key.all("li") if "right" in each.classes]
    assert len(right) == sum(bool(part.options) for part in whole().parts)
    assert all("✓" in each.text for each in right)
    paper = trees()[PAPER]
    assert not [each for each in paper.walk() if "right" in each.classes or "✓" in each.text]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("blueprint", "paper", "key"), BOUNDS)
def test_an_exam_is_small(blueprint: str, paper: int, key: int, seed: int) -> None:
    """With its figures. A key shows every step as MathML, which any server packs to a sixth."""
    written = pages(assemble(find_blueprint(blueprint), str(seed)))
    assert len(written["student/paper.html"].encode()) <= paper * KIB
    assert len(written["instructor/key.html"].encode()) <= key * KIB


def size(blueprint: str, seed: int) -> int:
    """How many bytes a paper has."""
    exam = assemble(find_blueprint(blueprint), str(seed))
    return len(write("html", "paper", LOOK, page=lay_out(exam)).encode())


@pytest.mark.parametrize("seed", LARGEST)
def test_the_largest_papers_are_small_enough(seed: int) -> None:
    assert size("midterm", seed) <= MOST["midterm"]


@pytest.mark.slow
@pytest.mark.parametrize("blueprint", MOST)
def test_no_paper_is_large(blueprint: str) -> None:
    sizes = {seed: size(blueprint, seed) for seed in range(400)}
    assert {seed: each for seed, each in sizes.items() if each > MOST[blueprint]} == {}


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
