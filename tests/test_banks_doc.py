"""docs/banks.md tells the truth: its items are read, its tables are what the code knows."""

import re
from pathlib import Path

import pytest

from examgen.exams.blueprint_file import read_blueprint
from examgen.exams.catalog import shipped
from examgen.questions.banks.bank import read_whole
from examgen.questions.banks.expressions import TYPES
from examgen.questions.banks.heads import Head
from examgen.questions.banks.passages import FILTERS
from examgen.questions.drawing import draw
from examgen.questions.streams import stream
from tests.cli.running import examgen

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "banks.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
ITEMS = [text for language, text in BLOCKS if language == "toml" and "[[item]]" in text]


def test_every_item_is_read_and_drawn() -> None:
    assert len(ITEMS) == 4
    for text in ITEMS[1:]:
        (item,) = read_whole(text, "banks.md", shipped().in_python)
        family = item.load(shipped().in_python)
        drawn = draw(family, family.levels[0], stream("doc"), options=2)
        assert drawn.shown_mistakes[drawn.parts[0].name]


@pytest.mark.parametrize("text", ITEMS[1:])
def test_who_copies_an_item_has_a_bank_without_defects(text: str, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    done = examgen("bank", "validate", tmp_path / "mine.toml")
    assert done.code == 0, done.out + done.err


def test_the_head_of_a_bank_is_read() -> None:
    rest = ITEMS[1].split('topic = "residual"')[1].split("\n", 2)[2]
    (item,) = read_whole(ITEMS[0] + rest, "banks.md", shipped().in_python)
    assert item.head.topic == "convolution"
    assert item.head.tags == ("conceptual",)


def test_every_key_and_filter_is_explained() -> None:
    for key in Head.__dataclass_fields__:
        if key not in ("family", "options", "is_long", "is_fixed"):
            assert f"`{key}`" in PAGE, key
    for name in FILTERS:
        assert re.search(rf"\| {name}\b", PAGE), name
    for kind in TYPES:
        assert f"`{kind}`" in PAGE, kind


def test_the_section_is_one() -> None:
    (text,) = (each for language, each in BLOCKS if language == "toml" and "minutes_each" in each)
    lines = [line for line in text.splitlines() if "families" not in line]
    section = "\n".join(lines).replace('["attention", "caching"]', '["attention", "conceptual"]')
    blueprint = (
        'title = "Q"\ncourse = "C"\nminutes = 60\n[[section]]\ntitle = "S"\nresponse = "closed"\n'
        'count = 3\nlevels = "easy"\n'
    )
    assert read_blueprint(blueprint + section, "banks.md").sections[0].repeat


@pytest.mark.usefixtures("tmp_path")
def test_the_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (text,) = (each for language, each in BLOCKS if language == "console")
    for line in text.splitlines():
        command = line.partition("#")[0].split()
        done = examgen(*command[1:])
        assert done.code == 0, (line, done.err)
