"""What other readers of Markdown take for formulas: pandoc, markdown-it, and GitHub's cmark."""

import json
import re
import subprocess
from collections.abc import Iterator
from html import unescape
from typing import Any

from tests.documents.formulas import single
from tests.documents.reading import READER

GITHUB_INLINE = re.compile(r"\$<code>([^<]*)</code>\$")
GITHUB_DISPLAY = re.compile(r'<pre lang="math"><code>([^<]*)</code></pre>')


def run(text: str, *command: str) -> str:
    """Standard output of a command that reads *text* and has nothing to complain of."""
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert not done.stderr, done.stderr
    return done.stdout


def pandoc(page: str) -> list[str]:
    """The formulas that pandoc finds, and so Quarto and Jupyter Book; no raw TeX or HTML."""
    tree = json.loads(run(page, "pandoc", "--from", "markdown", "--to", "json"))
    found = list(nodes(tree["blocks"]))
    raw = [node["c"] for node in found if node["t"] in ("RawInline", "RawBlock")]
    assert not raw, raw
    loose = [node["c"] for node in found if node["t"] == "Str" and "$" in node["c"]]
    assert not loose, loose
    return [single(node["c"][1]) for node in found if node["t"] == "Math"]


def nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every node of pandoc's tree."""
    if isinstance(tree, list):
        for each in tree:
            yield from nodes(each)
    elif isinstance(tree, dict):
        if "t" in tree:
            yield tree
        for each in tree.values():
            yield from nodes(each)


def markdown_it(page: str) -> list[str]:
    """The formulas that markdown-it finds, as in VS Code and Jupyter."""
    found: list[str] = []
    for token in READER.parse(page):
        for each in [token, *(token.children or [])]:
            assert each.type not in ("html_block", "html_inline"), each.content
            assert each.type != "text" or "$" not in each.content, each.content
            if each.type in ("math_inline", "math_block"):
                found.append(single(each.content))
    return found


def github(page: str) -> list[str]:
    """The formulas that GitHub's reader leaves alone, with its marks around them."""
    options = ("-e", "table", "-e", "strikethrough", "-e", "autolink")
    html = run(page, "cmark-gfm", "--github-pre-lang", *options)
    left = GITHUB_DISPLAY.sub("", GITHUB_INLINE.sub("", html))
    assert "$" not in left, re.findall(r".{0,30}\$.{0,30}", left)
    marked = [*GITHUB_INLINE.findall(html), *GITHUB_DISPLAY.findall(html)]
    return [single(unescape(each)) for each in marked]
