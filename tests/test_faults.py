"""Faults say where, what and what is allowed, on one line each."""

import pickle

import pytest

from examgen.faults import Fault, Faults, alternatives, nearest, visible


def test_a_fault_names_place_finding_and_cure() -> None:
    fault = Fault("bank.toml, line 3", "unknown key 'stm'", "allowed: 'stem'")
    assert str(fault) == "bank.toml, line 3: unknown key 'stm'; allowed: 'stem'"
    assert str(Fault("bank.toml", "empty")) == "bank.toml: empty"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\nb", r"a\nb"),
        ("\x1b[2J", r"\x1b[2J"),
        ("\x9b2J", r"\x9b2J"),
        ("\u202etxt.exe", r"\u202etxt.exe"),
        ("\u2028", r"\u2028"),
        ("\udc80", r"\udc80"),
        ("\U000e0041", r"\U000e0041"),
        (r"Zürich: $\frac{1}{2}$ × −∞", r"Zürich: $\frac{1}{2}$ × −∞"),
    ],
)
def test_nothing_unprintable_reaches_a_message(raw: str, shown: str) -> None:
    assert visible(raw) == shown
    assert str(Fault(raw, raw, raw)) == f"{shown}: {shown}; {shown}"


def test_faults_come_together_in_the_order_found() -> None:
    together = Faults([Fault("b", "second\n"), Fault("a", "first")])
    assert str(together) == "b: second\\n\na: first"
    assert [fault.where for fault in together.faults] == ["b", "a"]


def test_no_fault_is_no_reason_to_raise() -> None:
    with pytest.raises(ValueError, match="no fault"):
        Faults([])


def test_faults_survive_pickling() -> None:
    """They cross from a worker of pytest-xdist, or of anybody's pool, to its parent."""
    together = Faults([Fault("a", "first", "cure")])
    assert str(pickle.loads(pickle.dumps(together))) == str(together)


def test_of_very_many_words_some_are_listed() -> None:
    known = [f"family-{number}" for number in range(100)]
    said = alternatives("famly-7", known)
    assert said.startswith("did you mean 'family-7'? allowed: 'family-0', ")
    assert said.endswith(", … (100 in all)") and len(said) < 200
    assert alternatives("x", ["b", "a"]) == "allowed: 'a', 'b'"


def test_the_nearest_word_is_suggested() -> None:
    known = {"easy", "medium", "hard"}
    assert nearest("meduim", known) == "medium"
    assert nearest("HARD", known) == "hard"
    assert nearest("Easy", ["easy"]) == "easy"
    assert nearest("pooling", known) is None
    assert nearest("easy", []) is None


def test_a_tie_does_not_hang_on_the_order() -> None:
    assert nearest("ab", ["aby", "abx"]) == nearest("ab", ["abx", "aby"])


def test_alternatives_name_the_nearest_and_all() -> None:
    known = {"easy", "medium", "hard"}
    everything = "allowed: 'easy', 'hard', 'medium'"
    assert alternatives("hrad", known) == f"did you mean 'hard'? {everything}"
    assert alternatives("pooling", known) == everything
    assert alternatives("x", []) == "allowed: nothing"
