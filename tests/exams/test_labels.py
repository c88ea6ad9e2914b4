"""Labels of parts: a letter for each of several, the item's number for a part alone."""

import pytest

from examgen.exams.items import labels
from examgen.faults import Fault


def test_several_parts_have_letters() -> None:
    assert labels(7, "long-table", 3) == ["7a", "7b", "7c"]
    assert labels(7, "long-table", 26)[-1] == "7z"


def test_a_part_alone_has_the_number_of_its_item() -> None:
    assert labels(7, "long-table", 1) == ["7"]


def test_no_part_is_left_out_for_want_of_a_letter() -> None:
    with pytest.raises(Fault, match=r"^long-table: 27 parts .*; at most 26 parts$"):
        labels(7, "long-table", 27)
