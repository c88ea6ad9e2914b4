"""`examgen preview`: the page that lies there, or one made for the look."""

from pathlib import Path

import pytest

from tests.cli.running import examgen


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exam with HTML pages, one without, and a class of two forms."""
    folder = tmp_path_factory.mktemp("preview")
    for name, more in (
        ("html", ["--format", "html"]),
        ("md", ["--format", "md"]),
        ("class", ["--format", "html", "--forms", "2", "--jobs", "1"]),
    ):
        assert examgen("generate", "-o", folder / name, "--seed", "p", *more).code == 0
    return folder


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the browser was asked to open; it does."""
    found: list[str] = []

    def browser(url: str) -> bool:
        found.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", browser)
    return found


@pytest.mark.parametrize(
    ("options", "page"), [([], "student/paper.html"), (["--key"], "instructor/key.html")]
)
def test_the_page_of_the_exam_is_opened(
    desk: Path, opened: list[str], options: list[str], page: str
) -> None:
    done = examgen("preview", desk / "html", *options)
    assert (done.code, done.out) == (0, "")
    assert opened == [(desk / "html" / page).resolve().as_uri()]


def test_a_form_of_a_class(desk: Path, opened: list[str]) -> None:
    assert examgen("preview", desk / "class", "--form", "B").code == 0
    assert examgen("preview", desk / "class", "--form", "B", "--key").code == 0
    room = (desk / "class").resolve()
    assert opened == [
        (room / "student/B/paper.html").as_uri(),
        (room / "instructor/B/key.html").as_uri(),
    ]


@pytest.mark.parametrize(
    ("exam", "form", "told"),
    [
        ("class", "C", "'C': no form has this name; allowed: 'A', 'B'"),
        ("html", "A", "html: it is an exam of one form; no --form"),
    ],
)
def test_a_form_that_is_not_there(desk: Path, exam: str, form: str, told: str) -> None:
    done = examgen("preview", desk / exam, "--form", form)
    assert done.code == 2 and told in done.err
    assert examgen("preview", desk / "class", "--form", "b", "--no-open").code == 0


def test_which_form_must_be_said(desk: Path, opened: list[str]) -> None:
    done = examgen("preview", desk / "class")
    assert done.code == 2
    assert "--form with one of A, B" in done.err
    assert not opened


def test_an_exam_without_the_page_gets_one_elsewhere(desk: Path, opened: list[str]) -> None:
    before = sorted((desk / "md").rglob("*"))
    done = examgen("preview", desk / "md", "--key", "--no-open")
    assert done.code == 0
    made = Path(done.out.strip())
    assert made.name == "key.html"
    assert made.read_bytes() == (desk / "html/instructor/key.html").read_bytes()
    assert sorted((desk / "md").rglob("*")) == before
    assert not opened


def test_without_a_browser_the_path_is_printed(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    done = examgen("preview", desk / "html")
    assert done.out.strip() == str(desk / "html/student/paper.html")


def test_what_is_no_exam_is_said(tmp_path: Path, opened: list[str]) -> None:
    done = examgen("preview", tmp_path)
    assert done.code == 2
    assert "no exam's record" in done.err
    assert not opened
