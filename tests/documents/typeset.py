"""Setting a page with pdflatex and reading what came of it."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OVERFULL = re.compile(r"Overfull \\[hv]box \(([\d.]+)pt")
TIMEOUT = 600
ALL_ALLOWED = """
A **bold** and *emphasised* word, `code("a--b", 'c')`, $x \\le y$, and <b>no HTML</b>.

1. one

   $$
   x = \\frac{1}{2}
   $$

2. two

| layer | shape |
|:------|------:|
| `nn.Conv2d(3, 8, kernel_size=3)` | $(8, 30, 30)$ |

```python
def f(x):
    return {"a": x}  # \\end{listing} --- %
```
"""
"""Every sort of Markdown that authors may write."""


@dataclass(frozen=True)
class Typeset:
    """A PDF: its log, the text of each page, and where the words stand."""

    log: str
    pages: tuple[str, ...]
    words: tuple[tuple[str, int, float], ...]
    """Each word, its page, and its distance from the page's top in points."""
    right: float = 0
    """How far from the left the rightmost word ends, in points."""

    @property
    def overfull(self) -> float:
        """By how many points the worst box sticks out."""
        # The log breaks its lines at 79 characters.
        return max(
            (float(each) for each in OVERFULL.findall(self.log.replace("\n", ""))), default=0
        )

    @property
    def complaints(self) -> list[str]:
        """The warnings of LaTeX and of packages."""
        return re.findall(r"^.*(?:Warning:|undefined).*$", self.log, re.MULTILINE)


def typeset(source: str, folder: Path, passes: int = 2) -> Typeset:
    """Run pdflatex some times, as its users do, or until no pass changes what the next would read.

    Fail where it finds an error.
    """
    (folder / "page.tex").write_text(source, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "page"]
    kept, read = folder / "page.aux", b""
    for _ in range(passes):
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=TIMEOUT)
        log = (folder / "page.log").read_text(encoding="utf-8", errors="replace")
        found = re.search(r"^!.*?^l\.\d+[^\n]*\n[^\n]*", log, re.MULTILINE | re.DOTALL)
        assert done.returncode == 0, found[0] if found else log[-2000:]
        if kept.read_bytes() == read:
            break
        read = kept.read_bytes()
    return read_pdf((folder / "page.pdf").read_bytes(), log)


def read_pdf(page: bytes, log: str = "") -> Typeset:
    """What stands in a PDF."""
    text = extracted(page, "-layout")
    boxes = extracted(page, "-bbox")
    right = max(map(float, re.findall(r'xMax="([\d.]+)"', boxes)), default=0)
    return Typeset(log, tuple(text.split("\f")[:-1]), tuple(placed(boxes)), right)


def extracted(page: bytes, option: str) -> str:
    """What pdftotext reads."""
    command = ["pdftotext", option, "-", "-"]
    done = subprocess.run(command, input=page, capture_output=True, check=True, timeout=TIMEOUT)
    return done.stdout.decode(errors="replace")


def placed(boxes: str) -> Iterator[tuple[str, int, float]]:
    """The words of pdftotext's boxes."""
    for page, words in enumerate(boxes.split("<page ")[1:], start=1):
        for top, word in re.findall(r'<word [^>]*yMin="([\d.]+)"[^>]*>([^<]*)</word>', words):
            yield word, page, float(top)
