"""Authored Markdown as HTML."""

import pytest

from examgen.documents.html.formulas import mathml
from examgen.documents.html.prose import flow, prose
from examgen.documents.html.widths import width
from examgen.documents.notation.checking import COMMANDS
from examgen.faults import Fault

X = "<math><mi>x</mi></math>"


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("a & <b> \"c\" 'd'", "<p>a &amp; &lt;b&gt; “c” 'd'</p>"),
        ('"a, b": ("*c*", "$x$") `"`', f'<p>“a, b”: (“<em>c</em>”, “{X}”) <code>"</code></p>'),
        ("*em* **strong** `a<b`", "<p><em>em</em> <strong>strong</strong> <code>a&lt;b</code></p>"),
        ("see $x$ here", f"<p>see {X} here</p>"),
        (
            "see $x$, $x$.",
            f"<p>see <span>{X},</span> <span>{X}.</span></p>",
        ),
        ("see $12$, $3$.", "<p>see 12, 3.</p>"),
        ("the $x$-th", f"<p>the <span>{X}-</span>th</p>"),
        ("- a\n- b\n", "<ul><li>a</li>\n<li>b</li>\n</ul>"),
        ("2. a\n3. b\n", '<ol start="2"><li>a</li>\n<li>b</li>\n</ol>'),
        ("```\na <\n\tb\n```", "<pre><code>a &lt;\n    b</code></pre>"),
        (
            "| a | b |\n|---|--:|\n| $x$ | 1 |\n",
            '<table><thead><tr><th scope="col">a</th><th scope="col" class="right">b</th>'
            f'</tr>\n</thead><tbody><tr><td>{X}</td><td class="right">1</td></tr>\n'
            "</tbody></table>",
        ),
    ],
)
def test_markdown_becomes_html(markdown: str, html: str) -> None:
    assert prose(markdown) == html


def test_a_display_stands_alone() -> None:
    page = prose("Let\n\n$$\nx\n$$\n\nbe.")
    assert page.startswith('<p>Let</p>\n<p class="display"><math display=block>')
    assert page.endswith("</math></p>\n<p>be.</p>")


def test_a_wide_display_is_made_smaller() -> None:
    wide = " + ".join(["x_{12}"] * 40)
    assert '<p class="display" style="font-size:' in prose(f"$$\n{wide}\n$$")
    assert "font-size" not in prose("$$\nx\n$$")


def test_a_paragraph_alone_flows() -> None:
    assert flow("*a* $x$") == f"<em>a</em> {X}"
    assert flow("a\n\nb") == "<p>a</p>\n<p>b</p>"
    assert flow("- a") == "<ul><li>a</li>\n</ul>"


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("[a](b)", "link_open"),
        ("![a](b)", "image"),
        ("> a", "blockquote_open"),
        ("# a", "heading_open"),
        ("costs $3", "opens no formula"),
        (r"$\foo$", "not a command that formulas may use"),
        (r"$\href{javascript:alert(1)}{x}$", "not a command that formulas may use"),
    ],
)
def test_anything_else_is_a_fault(markdown: str, found: str) -> None:
    with pytest.raises(Fault, match=found):
        prose(markdown)


def test_html_is_text() -> None:
    assert prose("<script>a</script>") == "<p>&lt;script&gt;a&lt;/script&gt;</p>"


ARGUMENTS = ("", " x", "{x}", "{x}{y}", "(")
BEFORE = {"right": "\\left(", "middle": "\\left( x", "limits": "\\sum", "nolimits": "\\sum"}
AFTER = {"left": "( x \\right)", "middle": "| x \\right)", "right": ")"}
NOT_ALONE = {"begin", "end", "hline"}


@pytest.mark.parametrize("word", sorted(set(COMMANDS.split()) - NOT_ALONE))
def test_mathml_has_every_command_of_the_house_notation(word: str) -> None:
    """In one of the ways in which it can be used."""
    faults = []
    for arguments in ARGUMENTS:
        try:
            mathml(f"{BEFORE.get(word, '')}\\{word}{AFTER.get(word, arguments)}")
            return
        except Fault as fault:
            faults.append(str(fault))
    pytest.fail("\n".join(faults))


@pytest.mark.parametrize("name", ["matrix", "bmatrix", "pmatrix", "vmatrix", "cases", "aligned"])
def test_mathml_has_the_environments(name: str) -> None:
    written = mathml(rf"\begin{{{name}}} a & b \\ c & d \\ \end{{{name}}}", display=True)
    assert written.count("<mtr>") == 2


def test_what_the_converter_does_not_know_is_a_fault() -> None:
    with pytest.raises(Fault, match="HTML cannot show it"):
        mathml(r"\frac{1}")


def test_the_source_is_kept_where_a_copy_would_lose_structure() -> None:
    assert r"<annotation encoding=application/x-tex>a&lt;\frac{1}{2}</annotation>" in mathml(
        r"a < \frac{1}{2}"
    )
    signs = (
        "x",
        "12",
        "-3",
        "a + b",
        "[s, t]",
        "0 < x",
        r"3 \times 4",
        r"\alpha",
        "{x}",
        r"f(x), \quad y",
    )
    for read in (*signs, "x_1", "x_1 + y", "S_{ij}", r"d_{\text{in}}", "f'", "h^{(l-1)}", "w^*"):
        assert "annotation" not in mathml(read), read
    powers = ("x^2", "x^n", "A^{-1}", "2^{(1)}", "e^{-x}", "x^{2(a)}")
    for written in (
        *powers,
        "x_i + y",
        "x_1^2",
        "x_{y_1}",
        "(x)_1",
        r"\sqrt{2}",
        r"\hat y",
        r"\frac{1}{2}",
    ):
        assert "annotation" in mathml(written), written


@pytest.mark.parametrize(
    ("tex", "digits"),
    [
        ("12", 2),
        ("x = 12", 6),
        (r"\frac{1}{234}", 3),
        (r"\frac{1 + \frac{1}{2345}}{2}", 8),
        (r"x^{2345}", 4),
        (r"\begin{bmatrix} 1 & 22 \\ 333 & 4 \end{bmatrix}", 10),
        (r"\begin{aligned} x &= \begin{bmatrix} 1 \\ 2 \end{bmatrix} \\ y \end{aligned}", 13),
        (r"\text{on} \quad \operatorname{ReLU}", 8),
        (r"\left( \alpha \right)", 3),
        ("", 0),
    ],
)
def test_widths(tex: str, digits: int) -> None:
    assert width(tex) == digits
