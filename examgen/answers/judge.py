"""Judge one response from text alone: what the command `examgen judge` needs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from string import ascii_uppercase
from typing import Any, TypeVar

from examgen.answers.kind import Kind
from examgen.answers.kinds import KINDS, kind
from examgen.answers.limits import KEY, RESERVE, STUDENT
from examgen.answers.policy import EXACT, Policy
from examgen.answers.reading import Choice, Option, Reading
from examgen.answers.verdicts import Judgement, Verdict
from examgen.answers.writing import plain
from examgen.exact import canonical
from examgen.exact.effort import Effort, Exhausted

T = TypeVar("T")
FIELDS = ("kind", "key", "response", "options")
INFERRED: dict[type[Any], str] = {int: "integer", Fraction: "rational"}
"""The kind of a number by its type; any other is a closed form."""


@dataclass(frozen=True)
class Judged:
    """A judgement with the reading it is about."""

    judgement: Judgement
    reading: Reading

    @property
    def record(self) -> dict[str, Any]:
        """The fields of the contract: verdict, credit, read, reason, wrong_entries.

        What only a person can mark is unreadable here: it earns nothing yet.
        """
        places = self.judgement.wrong_entries
        needs_person = self.judgement.verdict is Verdict.PERSON
        return {
            "verdict": str(Verdict.UNREADABLE if needs_person else self.judgement.verdict),
            "credit": plain(canonical(self.judgement.credit)),
            "read": self.reading.shown,
            "reason": self.judgement.reason,
            "wrong_entries": [list(p) if isinstance(p, tuple) else p for p in places],
        }


def judge(
    kind_name: str,
    key_text: str,
    response_text: str,
    options: Sequence[Choice] = (),
    policy: Policy = EXACT,
) -> Judged:
    """Judge a response against a key in plain notation; the kind `auto` is inferred from the key.

    Raises ValueError for an unknown kind and for a key that is none of its kind.
    """
    if kind_name != "auto" and kind_name not in KINDS:
        raise ValueError(f"kind: found {kind_name!r:.60}; allowed are auto, {', '.join(KINDS)}")

    def parse() -> tuple[Kind, Any]:
        asked = infer(key_text) if kind_name == "auto" else kind(kind_name)
        return asked, asked.parse(key_text.strip())

    asked, key = bounded("key", (key_text,), parse)
    reading = asked.read(response_text, options=options)
    return Judged(asked.judge(key, reading, policy), reading)


def bounded(name: str, texts: Sequence[str], parse: Callable[[], T]) -> T:
    """What is parsed of a stranger's texts, within limits of their own: else ValueError."""
    longest = max(map(len, texts), default=0)
    if longest > STUDENT.characters:
        raise ValueError(f"{name}: found {longest} characters; allowed are {STUDENT.characters}")
    try:
        with Effort(KEY, RESERVE):
            return parse()
    except Exhausted:
        raise ValueError(f"{name}: found more computing than is done for one key") from None


def infer(key_text: str) -> Kind:
    """The kind of a key: letter, list, integers in parentheses or braces, number."""
    text = key_text.strip()
    if len(text) == 1 and text in ascii_uppercase:
        return kind("choice")
    if text[:1] in ("[", "{"):
        return kind("array" if text[0] == "[" else "indices")
    for name in ("shape", "closed") if text[:1] == "(" else ("closed",):
        try:
            value = kind(name).parse(text)
        except ValueError:
            continue
        return kind(INFERRED.get(type(value), name))
    raise ValueError(f"key: found {text!r:.60}, whose kind cannot be inferred; please name it")


def value_of(text: str) -> Any:
    """The value of a recorded option, in whatever kind's plain notation, or the text itself."""
    try:
        return infer(text).parse(text.strip())
    except ValueError:
        return text


def judge_record(record: Any) -> dict[str, Any]:
    """Judge one line of `examgen judge`; ValueError says what is malformed."""
    if type(record) is not dict:
        raise ValueError(f"found {type(record).__name__}, allowed is an object")
    for name in ("kind", "key", "response"):
        if not isinstance(record.get(name), str):
            raise ValueError(f"{name}: found {record.get(name)!r:.60}, allowed is a string")
    extra = [name for name in record if name not in FIELDS]
    if extra:
        raise ValueError(f"found {extra[0]!r:.60}, allowed are {', '.join(FIELDS)}")
    options, policy = options_of(record.get("options"))
    judged = judge(record["kind"], record["key"], record["response"], options, policy)
    return judged.record


def options_of(data: Any) -> tuple[tuple[Option, ...], Policy]:
    """The options of a closed question (a list), or how strictly to judge (an object)."""
    if data is None:
        return (), EXACT
    if isinstance(data, Mapping):
        return choices_of(data.get("choices", [])), policy_of(data)
    return choices_of(data), EXACT


def choices_of(data: Any) -> tuple[Option, ...]:
    """Options as texts in printed order, or as the record of an exam has them."""
    if not isinstance(data, list) or len(data) > len(ascii_uppercase):
        raise ValueError(f"options: found {data!r:.60}, allowed are up to 26 in a list")
    pairs = [option_of(each, letter) for each, letter in zip(data, ascii_uppercase, strict=False)]
    return bounded(
        "options",
        [text for _, text in pairs],
        lambda: tuple(Option(letter, value_of(text)) for letter, text in pairs),
    )


def option_of(data: Any, letter: str) -> tuple[str, str]:
    """An option: its letter and its text."""
    if isinstance(data, Mapping):
        letter, data = data.get("letter", letter), data.get("answer")
    if not isinstance(data, str) or letter not in list(ascii_uppercase):
        raise ValueError(f"options: found {data!r:.60}, allowed is a text with a letter")
    return letter, data


def policy_of(data: Mapping[str, Any]) -> Policy:
    """How strictly to judge: `decimals`, `rounded_credit`, `entries`, `natural_log`.

    The policy in an exam's record also has `carried_forward`, which changes nothing here.
    """
    shared = ("rounded_credit", "entries", "carried_forward")
    known = ("choices", "decimals", *shared, "natural_log")
    extra = [name for name in data if name not in known]
    if extra:
        raise ValueError(f"options: found {extra[0]!r:.60}, allowed are {', '.join(known)}")
    decimals = data.get("decimals")
    if decimals is not None and type(decimals) is not int:
        raise ValueError(f"decimals: found {decimals!r:.60}, allowed is an integer or null")
    natural_log = data.get("natural_log", False)
    if type(natural_log) is not bool:
        raise ValueError(f"natural_log: found {natural_log!r:.60}, allowed is true or false")
    shares = {name: share(data[name]) for name in shared if name in data}
    return Policy(decimals=decimals, natural_log=natural_log, **shares)


def share(data: Any) -> Fraction:
    """A share such as "1/2" or 1."""
    value = kind("rational").parse(data) if isinstance(data, str) else data
    if type(value) not in (int, Fraction):
        raise ValueError(f'found {data!r:.60}, allowed is a share such as "1/2"')
    return Fraction(value)
