"""Whatever a family draws can be put on paper."""

import re

from examgen.documents.items import lay_out_item
from examgen.documents.keys import add_key
from examgen.documents.question import write_question
from examgen.documents.templates import fill
from examgen.questions.levels import Level
from tests.documents.html_tree import read
from tests.documents.reading import READER
from tests.families.drawn import every_case, item

SEEDS = range(12)
LEFT_OVER = re.compile(r"<<|>>|<%|%>")


@every_case
def test_latex_has_a_command_for_everything(family: str, level: Level) -> None:
    """A formula that is not in the house notation, or Markdown that LaTeX lacks, is a `Fault`."""
    for seed in SEEDS:
        drawn = item(family, level, seed)
        page = add_key(lay_out_item(drawn), drawn)
        source = fill("latex", "latex/items.tex.jinja", items=[page])
        assert source.count(r"\begin{") == source.count(r"\end{")
        assert not LEFT_OVER.search(source)


@every_case
def test_html_has_an_element_for_everything(family: str, level: Level) -> None:
    """A formula that MathML lacks is a `Fault`; every element is closed in its turn."""
    for seed in SEEDS:
        drawn = item(family, level, seed)
        source = fill("html", "html/items.html.jinja", items=[add_key(lay_out_item(drawn), drawn)])
        assert not LEFT_OVER.search(read(source).text)


@every_case
def test_markdown_reads_every_formula_as_one(family: str, level: Level) -> None:
    """A dollar left in the words is a formula that some reader would not take for one."""
    for seed in SEEDS:
        for token in READER.parse(write_question(item(family, level, seed))):
            assert token.type != "html_block"
            for each in token.children or ():
                assert each.type != "html_inline", (seed, each.content)
                assert each.type != "text" or "$" not in each.content, (seed, each.content)


@every_case
def test_markdown_has_no_matrix_within_a_line(family: str, level: Level) -> None:
    r"""GitHub eats the `\\` of inline formulas."""
    for seed in SEEDS:
        for token in READER.parse(write_question(item(family, level, seed))):
            for each in token.children or ():
                assert each.type != "math_inline" or "\\\\" not in each.content, (
                    seed,
                    each.content,
                )
