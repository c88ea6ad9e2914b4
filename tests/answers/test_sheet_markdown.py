"""The paper in Markdown with the answers written into it, wherever a student may put them."""

import pytest

from examgen.answers.sheets import Sheet, read_sheets
from tests.calls import patience

LABELS = ("1", "2", "7a", "7b", "7c", "7d")
PAPER = """\
# Practice Midterm

Name: ________________________________  Id: ________________

| Item | 1 | 2 | 7 | Total |
|---|---|---|---|---|
| Points | 5 | 5 | 20 | 30 |

- Answer exactly, as in `5/7`.

### 1 (5 points)

An image passes through 2 layers:

1. convolution, 8 filters
2. convolution, 4 filters

How many pixels?

- **A** $21$
- **B** $10$

### 2 (5 points)

Which one?

- **A**

  $$
  1
  $$
- **B** $10$

## Long questions

### 7. Convolution (20 points)

$$
x = 1
$$

Fill in the table, 2 points for each answer:

| | $z$ | $h$ |
|---|---|---|
| Block | **7a** | **7b** (3 points) |

**7c** (6 points) Compute $z$. Take all of $x$, that is $1.5$ times 2.

**7d** (2 points) How many? (Without the
biases.)

---

Exam `abc`, form A
"""


def sheet(text: str, name: str = "paper.md") -> Sheet:
    (found,) = read_sheets(text.encode(), LABELS, name)
    return found


def filled(*changes: tuple[str, str]) -> dict[str, str]:
    text = PAPER
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    found = sheet(text)
    return {label: each.text for label, each in found.responses.items() if each.text}


@pytest.mark.parametrize("name", ["paper.md", "paper.txt", ""])
@pytest.mark.parametrize("labels", [LABELS, None])
def test_a_blank_paper_is_blank(name: str, labels: tuple[str, ...] | None) -> None:
    (found,) = read_sheets(PAPER.encode(), labels, name)
    assert tuple(found.responses) == LABELS
    assert not any(each.text for each in found.responses.values())
    assert found.headers == {"name": "", "id": "", "exam": "abc", "form": "A"}
    assert found.warnings == ()


def test_the_owner() -> None:
    blanks = "Name: ________________________________  Id: ________________"
    text = PAPER.replace(blanks, "Name: __Ann O'Neil__  Id: s-12 ____")
    assert sheet(text).headers["name"] == "Ann O'Neil"
    assert sheet(text).headers["id"] == "s-12"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([("**7a** |", "**7a** [[1, 2], [3, 4]] |")], {"7a": "[[1, 2], [3, 4]]"}),
        ([("**7a** |", "**7a**: 3 |"), ("(3 points) |", "(3 points) 4 |")], {"7a": "3", "7b": "4"}),
        ([("**7a** |", r"**7a** \|x\| |")], {"7a": "|x|"}),
        ([("times 2.\n", "times 2.\n\n[[1, 2],\n [3, 4]]\n")], {"7c": "[[1, 2],\n  [3, 4]]"}),
        ([("times 2.\n", "times 2.\n\n```\n1 2\n3 4\n```\n")], {"7c": "1 2\n  3 4"}),
        ([("times 2.\n", "times 2.\n\n> 1/2\n")], {"7c": "1/2"}),
        ([("times 2.\n", "times 2. [1, 2.5]\n")], {"7c": "[1, 2.5]"}),
        ([("times 2.\n", "times 2.\n\n**Answer:** 1/2\n")], {"7c": "1/2"}),
        ([("times 2.\n", "times 2.\n**Answer 7c:** 1/2\n")], {"7c": "1/2"}),
        ([("times 2.\n", "times 2.\nMy answer: 1/2\n")], {"7c": "1/2"}),
        ([("(6 points) Compute $z$. Take all of $x$, that is $1.5$ times 2.", "1")], {"7c": "1"}),
        ([("times 2.\n", "times 2.\n1/2\n")], {"7c": "1/2"}),
        ([("biases.)\n", "biases.)\n\n12\n")], {"7d": "12"}),
        ([("- **A** $21$", "- [x] **A** $21$")], {"1": "A"}),
        ([("- **A** $21$", "- **A** $21$ ✓")], {"1": "A"}),
        ([("- **A** $21$", "- **A** $21$ <-")], {"1": "A"}),
        ([("pixels?\n", "pixels?\n\nAnswer: B\n")], {"1": "B"}),
        ([("Which one?\n", "Which one?\n\n**B**\n")], {"2": "B"}),
        ([("Which one?\n", "Which one?\n\n2: B\n")], {"2": "B"}),
        ([("\n---\n", "\n## Answers\n\n1: B\n7c: 1 2\n  3 4\n7. d) 5\n\n---\n")],
         {"1": "B", "7c": "1 2\n  3 4", "7d": "5"}),
        ([("\n---\n", "\n## Answers\n\n1. B\n2) A\n7c. 1\n7. d) 5\n\n---\n")],
         {"1": "B", "2": "A", "7c": "1", "7d": "5"}),
        ([("times 2.\n", "times 2. <!-- [1, 2]\n\n5 -->\n")], {}),
        ([("times 2.\n", "times 2.\n\n1 <!-- 2 -->\n"), ("biases.)\n", "biases.)\n\n<!-- \n")],
         {"7c": "1", "7d": "<!--"}),
    ],
)  # fmt: skip
def test_where_answers_are_written(
    changes: list[tuple[str, str]], expected: dict[str, str]
) -> None:
    assert filled(*changes) == expected


def test_line_numbers_are_those_of_the_file() -> None:
    text = PAPER.replace("times 2.\n", "times 2.\n\n<!-- a\nb -->\n\n9z: 4\n")
    line = text.split("\n").index("9z: 4") + 1
    assert f'line {line}: there is no answer "9z" in this exam' in sheet(text).warnings


def test_plain_lines_in_a_markdown_file() -> None:
    found = sheet("# Mine\n\n**7a:** [1,\n2]\n\n- 7b: 4\n<!-- 7c: 5 -->\n", "answers.md")
    assert found.responses["7a"].text == "[1,\n2]"
    assert (found.responses["7b"].text, found.responses["7c"].text) == ("4", "")


def test_a_paper_of_the_largest_size_is_read_soon() -> None:
    first = "**7c** (6 points) Compute.\n"
    for piece in ("<!--", ". 1.5", "? , 1", "- **A** ", "Name: "):
        with patience():
            assert len(sheet((first + piece * 300_000)[:300_000]).responses) == len(LABELS)
    for piece in ("|**7a** ", "\n> ", "**7c** (6 points) x\n", "7c:\n", "1)\n"):
        with patience():
            assert len(sheet(first + piece * 9_000).responses) == len(LABELS)


TABLE = """name: Ann

| Label | Answer |
|---|---|
| 1 | B |
| 7a | [[1, 2], [3, 4]] |
|7b|1/3|
| 7c |  |
"""


def test_labels_and_answers_may_be_a_table() -> None:
    (sheet,) = read_sheets(TABLE.encode(), LABELS, "ann.md")
    said = {label: response.text for label, response in sheet.responses.items()}
    assert (said["1"], said["7a"]) == ("B", "[[1, 2], [3, 4]]")
    assert (said["7b"], said["7c"]) == ("1/3", "")
    assert sheet.headers == {"name": "Ann"}


def test_beside_labels_a_table_is_no_list_of_answers() -> None:
    (sheet,) = read_sheets(b"1: B\n7a:\n| 2 | 3 |\n| 4 | 5 |\n", LABELS, "ann.md")
    assert sheet.responses["2"].text == ""
    assert sheet.responses["1"].text == "B"
