"""Chromium without a window: what it prints, and what it measures on a page."""

import json
import re
import subprocess
import tempfile
from html import escape, unescape
from pathlib import Path
from typing import Any

QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--no-pdf-header-footer",
]
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
MEASURE = """<script>addEventListener("load", () => {{
  const result = (() => {{ {code} }})();
  const out = document.createElement("pre");
  out.id = "measured";
  out.textContent = JSON.stringify(result);
  document.body.append(out);
}});</script></body>"""


def chromium(page: str, folder: Path, *options: str) -> str:
    """Standard output of the browser, called with a page."""
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    with tempfile.TemporaryDirectory() as profile:
        command = ["chromium", *QUIET, f"--user-data-dir={profile}", *options, path.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def measured(page: str, folder: Path, code: str, width: int = 800) -> Any:
    """What a function's body in JavaScript returns; the page's own policy would not let it run."""
    opened = POLICY.sub("", page).replace("</body>", MEASURE.format(code=code))
    dom = chromium(opened, folder, f"--window-size={width},1000", "--dump-dom")
    found = re.search(r'<pre id="measured">(.*?)</pre>', dom, re.DOTALL)
    assert found, "the script did not run"
    return json.loads(unescape(found[1]))


def on_telephone(page: str, folder: Path) -> tuple[int, int]:
    """How wide a page is on a telephone, and how wide that is."""
    scrolls = "return [page.documentElement.scrollWidth, page.documentElement.clientWidth];"
    wide, window = measured_on_telephone(page, folder, scrolls)
    assert window == 360, "but for its scroll bar"
    return wide, window


def measured_on_telephone(page: str, folder: Path, code: str) -> Any:
    """What a function's body in JavaScript says of the document `page` on a telephone.

    In a frame, for the browser's own window does not become so narrow.
    """
    framed = f'<body><iframe width="375" height="700" srcdoc="{escape(page)}"></iframe></body>'
    frame = 'const page = document.querySelector("iframe").contentDocument;'
    return measured(framed, folder, f"{frame}\n{code}")


def printed(page: str, folder: Path) -> str:
    """The words of the page as it is printed."""
    pdf = folder / "page.pdf"
    chromium(page, folder, f"--print-to-pdf={pdf}")
    done = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True
    )
    return done.stdout
