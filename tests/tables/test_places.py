"""Every key of a TOML text is found on its line, whatever strings and brackets stand around it."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from examgen.faults import Fault
from examgen.tables.places import Path, Place, places_of

TEXT = """\
title = "A [title] = 3"   # a comment = 4
'quoted key' = 1
[policy]
share.of."all points" = 2
text = '''
[not.a.table]
not_a_key = 1
'''
last = "\\"'''"

[[item]]
id = "one"
list = [
  "a = 1", # b = 2
  { c = 3 },
]
[item.givens]
n = 1
[[item.option]]
text = \"\"\"on the same line
option = 1\"\"\"
[[item.option]]
text = "b"
[[item]]
id = "two"
[[item.option]]
text = "c"
"""


def test_every_key_has_its_line() -> None:
    found = {path: place.line for path, place in places_of(TEXT).items()}
    assert found == {
        ("title",): 1,
        ("quoted key",): 2,
        ("policy",): 3,
        ("policy", "share"): 4,
        ("policy", "share", "of"): 4,
        ("policy", "share", "of", "all points"): 4,
        ("policy", "text"): 5,
        ("policy", "last"): 9,
        ("item",): 11,
        ("item", 0): 11,
        ("item", 0, "id"): 12,
        ("item", 0, "list"): 13,
        ("item", 0, "givens"): 17,
        ("item", 0, "givens", "n"): 18,
        ("item", 0, "option"): 19,
        ("item", 0, "option", 0): 19,
        ("item", 0, "option", 0, "text"): 20,
        ("item", 0, "option", 1): 22,
        ("item", 0, "option", 1, "text"): 23,
        ("item", 1): 24,
        ("item", 1, "id"): 25,
        ("item", 1, "option"): 26,
        ("item", 1, "option", 0): 26,
        ("item", 1, "option", 0, "text"): 27,
    }


def test_a_long_text_begins_where_its_first_line_stands() -> None:
    places = places_of(TEXT)
    assert places["policy", "text"] == Place(5, 6)
    assert places["item", 0, "option", 0, "text"] == Place(20, 20)


def test_the_places_are_those_of_the_data() -> None:
    """Whatever the TOML reader found, the scanner found, and nothing else."""
    assert set(places_of(TEXT)) == set(paths(tomllib.loads(TEXT), ()))


def paths(data: Any, path: Path) -> list[Path]:
    """The paths of tables and keys; inline ones within a list are left out."""
    found: list[Path] = [path] if path else []
    if isinstance(data, dict):
        for key, each in data.items():
            found += paths(each, (*path, key))
    elif isinstance(data, list):
        if path[-1] == "list":
            return found
        for number, each in enumerate(data):
            found += paths(each, (*path, number))
    return found


def test_a_deep_key_is_refused_before_anybody_reads_it() -> None:
    deep = ".".join(["a"] * 20_000)
    for text in (f"x = 1\n[{deep}]\ny = 1\n", f"x = 1\n{deep} = 1\n", f"x = 1\n[[{deep}]]\n"):
        with pytest.raises(Fault, match="line 2: a key of 20000 parts"):
            places_of(text)
    assert places_of(".".join(["a"] * 8) + " = 1\n")
    with pytest.raises(Fault, match="a key of 9 parts; at most 8"):
        places_of(".".join(["a"] * 9) + " = 1\n")


@given(some.text(alphabet="ab=[]{}\"'#.,\n \\1", max_size=60))
def test_no_text_breaks_the_scanner(text: str) -> None:
    """And where it is TOML, every key at the top is found."""
    found = places_of(text)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert {path[0] for path in found} == set(data)
