"""What the files for platforms say, read back with the standard library alone."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zipfile
from html.parser import HTMLParser
from io import BytesIO

from examgen.documents.platforms import write_platforms
from examgen.exams.exam import Exam

WORDS = "p div strong em code pre br ul ol li table thead tbody tr th td img"
TAGS = frozenset(WORDS.split())
FORMULA = re.compile(r"\\\((.*?)\\\)|\\\[(.*?)\\\]")


def moodle(exam: Exam) -> ET.Element:
    """Moodle's file."""
    return ET.fromstring(str(write_platforms(exam, ["moodle"])["instructor/moodle.xml"]))


def canvas(exam: Exam) -> dict[str, str]:
    """The files of Canvas's archive."""
    made = write_platforms(exam, ["canvas"])["instructor/canvas.zip"]
    assert isinstance(made, bytes)
    with zipfile.ZipFile(BytesIO(made)) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


def assessment(files: dict[str, str]) -> ET.Element:
    """The questions of Canvas's archive, without their namespace."""
    (text,) = (text for name, text in files.items() if re.fullmatch(r"(\w+)/\1\.xml", name))
    return ET.fromstring(text.replace(' xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"', ""))


class Texts(HTMLParser):
    """The tags, images and words of a text in HTML; fails at a tag that we do not write."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.images: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An opening tag."""
        assert tag in TAGS, tag
        if tag == "img":
            found = dict(attrs)
            assert found["alt"]
            self.images.append(str(found["src"]))

    def handle_data(self, data: str) -> None:
        """Words."""
        self.words += data

    @property
    def formulas(self) -> list[str]:
        """The TeX of all formulas, as MathJax sees it."""
        return [" ".join((one or other).split()) for one, other in FORMULA.findall(self.words)]
