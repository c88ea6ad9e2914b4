"""The keys to items that forms have in common: one for all, unless something was decided."""

from dataclasses import replace

from examgen.answers import Verdict
from examgen.answers.glances import LONGEST
from examgen.exams.blueprint_file import find_blueprint
from examgen.exams.forms import plan
from examgen.grading.grade import item_keys, mark_responses
from examgen.grading.item_key import Memory
from examgen.grading.rulings import Rulings

FORMS = [
    plan(replace(find_blueprint("midterm"), variants=1), "keys").form(name) for name in ("A", "B")
]


def test_forms_with_the_same_items_have_the_same_keys() -> None:
    one, other = map(item_keys, FORMS)
    assert [id(key) for key in one] == [id(key) for key in other]


def test_a_mark_is_given_once_for_all_forms() -> None:
    """The very same mark, so that what is written about it is written once."""
    label = FORMS[0].items[0].parts[0].label
    one, other = (mark_responses(exam, {label: "F?"}, keys=item_keys(exam))[0] for exam in FORMS)
    assert one is other


def test_a_ruling_changes_the_key_of_its_item_only() -> None:
    first = FORMS[0].items[0].parts[0].label
    dropped = Rulings(dropped=frozenset({first}))
    before, after = item_keys(FORMS[0]), item_keys(FORMS[0], rulings=dropped)
    assert [one is other for one, other in zip(before, after, strict=True)] == [False] + [True] * 8
    again = item_keys(FORMS[1], rulings=Rulings(dropped=frozenset({first})))
    assert again[0] is after[0]
    (mark, *_), (plain, *_) = (
        mark_responses(FORMS[0], {first: "?"}, keys=keys) for keys in (after, before)
    )
    assert [mark.points, plain.points] == [5, 0]
    assert plain.verdict is mark.verdict is Verdict.BLANK


def test_what_is_marked_by_the_record_has_a_key_of_its_own() -> None:
    label = FORMS[0].items[1].parts[0].label
    before, after = item_keys(FORMS[0]), item_keys(FORMS[0], by_record={label})
    assert [one is other for one, other in zip(before, after, strict=True)] == [
        True,
        False,
        *[True] * 7,
    ]


def test_rulings_about_some_labels() -> None:
    rulings = Rulings(frozenset({"1", "2"}), {"2": ("5",), "3": ("6",)}, {"1": "B"})
    assert rulings.about({"1", "4"}) == Rulings(frozenset({"1"}), {}, {"1": "B"})
    assert rulings.about({"4"}) == Rulings()


def test_no_more_is_remembered_than_there_is_room_for_and_nothing_long() -> None:
    memory = Memory[str](2)
    places = [("a", "1"), ("a", "x" * (LONGEST + 1)), ("a", "2"), ("a", "3"), ("a", "1")]
    asked: list[str] = []

    def find(text: str) -> str:
        asked.append(text)
        return text

    assert [memory.recall(place, find, place[1]) for place in places] == [
        each for _, each in places
    ]
    assert asked == [each for _, each in places[:4]]
    assert set(memory) == {places[0], places[2]}
