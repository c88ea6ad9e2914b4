"""Pages in fewer bytes: only the rules of style that a page uses, and no needless quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from string import ascii_letters

STRING = r'"(?:[^"\\]|\\.)*"' + r"|'(?:[^'\\]|\\.)*'" + r"|url\([^)]*\)"
COMMENT = re.compile(rf"({STRING})|/\*.*?\*/", re.DOTALL)
SPACE = re.compile(rf"({STRING})|[\s;]*(}})\s*|\s*([{{;,>])\s*|(:)\s+|(\s)\s*", re.DOTALL)
BRACE = re.compile(rf"{STRING}|([{{}};])")
APART = re.compile(r",(?![^()\[\]]*[)\]])")
"""Between the selectors of a rule."""
WITHOUT = re.compile(
    r":(?!has\()[\w-]+\((?:[^()]|\([^()]*\))*\)|\[[^]]*\]|::?(?!has\()[\w-]+(?![\w(-])"
)
"""What a selector asks of an element beside its name, classes and id."""
NAME = re.compile(r"[.#]?[A-Za-z][\w-]*")
PLAIN_SELECTOR = re.compile(r"[\w\s.#>+~*:()-]*")
"""What is read here; a rule for anything else is kept."""
ALWAYS = frozenset(("html", "body"))
TAG = re.compile(r"<([A-Za-z][A-Za-z0-9]*)")
CLASSES = re.compile(r"""class=(?:"([^"<]*)|'([^'<]*)|([^\s"'<>]+))""")
IDS = re.compile(r"""id=["']?([^\s"'<>]+)""")
VARIABLE = re.compile(r"var\((--[\w-]+)")
GIVEN = re.compile(r"(?<=[{;])(--[\w-]+):[^;{}]*;?")
"""A variable of a style sheet, used and given."""
NAMED = re.compile(r"(?<=[{;(])--[\w-]+(?=[:),])")
BARE = r"[\w.#:/%+-]*[\w%]"
"""A value that means the same without quotes."""
QUOTED = re.compile(rf'(=)"({BARE})"(?=[^<>]*>)', re.ASCII)
"""One that stands between quotes, within a tag."""
BLOCKS = "p|div|ul|ol|table|pre|details|figure|section|article|h[1-6]"
ENDED = re.compile(
    rf"</p>(?=\s*<(?:(?:{BLOCKS})[\s>]|/(?:div|li|td|details|section|article|header|footer)>))"
    r"|</li>(?=\s*<(?:li[\s>]|/[ou]l>))|</t[dh]>(?=\s*<(?:t[dh][\s>]|/tr>))"
    r"|</tr>(?=\s*<(?:tr[\s>]|/t(?:able|head|body)>))|</tbody>(?=\s*<(?:tbody>|/table>))"
    r"|</thead>(?=\s*<tbody>)"
)
"""The end of what ends anyway where this follows."""


@dataclass(frozen=True)
class Rule:
    """A rule: for each selector the elements, classes and ids without which it fits nothing.

    An at-rule has its prelude as its only selector, and the rules in it if it is `@media`.
    """

    selectors: tuple[tuple[str, frozenset[str]], ...]
    declarations: str
    rules: tuple[Rule, ...] = ()


def style(body: str, *sheets: str, brought: frozenset[str] = frozenset()) -> str:
    """What a page with this body needs of style sheets, a line for each.

    *brought* are the names of what is yet to be put into it.
    """
    present = (names(body) | brought) & mentioned(sheets)
    return of_these(sheets, present, frozenset(VARIABLE.findall(body)))


@lru_cache(maxsize=256)
def of_these(sheets: tuple[str, ...], present: frozenset[str], in_body: frozenset[str]) -> str:
    """What a page with these elements, classes and ids needs; those of a class are much alike.

    *in_body* are the variables that it uses itself.
    """
    written = "\n".join(["".join(needed(parsed(sheet), present)) for sheet in sheets])
    used = in_body.union(VARIABLE.findall(written))
    kept = GIVEN.sub(lambda given: given[0] if given[1] in used else "", written)
    short = brief(used.difference(in_body).intersection(GIVEN.findall(kept)))
    return NAMED.sub(lambda name: short.get(name[0], name[0]), kept)


def brief(variables: Iterable[str]) -> dict[str, str]:
    """A letter for each of these variables, as far as letters go."""
    return {
        name: f"--{letter}" for name, letter in zip(sorted(variables), ascii_letters, strict=False)
    }


@lru_cache(maxsize=32)
def mentioned(sheets: tuple[str, ...]) -> frozenset[str]:
    """The elements, classes and ids that style sheets have rules for."""
    return frozenset(name for sheet in sheets for each in asked(parsed(sheet)) for name in each)


def asked(rules: tuple[Rule, ...]) -> Iterator[frozenset[str]]:
    """What each selector of these rules, and of those within them, asks for."""
    for rule in rules:
        yield from (wanted for _, wanted in rule.selectors)
        yield from asked(rule.rules)


def markup(body: str) -> str:
    """The same elements; HTML wants quotes only around values with other characters in them."""
    return "".join(QUOTED.split(body.replace('"/>', '" />')))


def page(body: str) -> str:
    """The same elements of a page, without the end tags that HTML does not want either."""
    return ENDED.sub("", markup(body))


def attributes(given: Mapping[str, str]) -> str:
    """Attributes as `markup` leaves them."""
    said = "".join([f' {name}="{escape(value)}"' for name, value in given.items()])
    return markup(f"{said}>").removesuffix(">")


def names(body: str) -> frozenset[str]:
    """All elements, classes and ids of a page, as selectors write them."""
    first, *others = body.split("\n<")
    return ALWAYS.union(names_in(first), *[names_in(f"<{each}") for each in others])


@lru_cache(maxsize=1024)
def names_in(piece: str) -> frozenset[str]:
    """Those of a piece of a page; kept, for pages of feedback have most of theirs in common.

    Most tags of a page are alike, above all those of formulas: each kind is read but once.
    """
    tags = "<" + "<".join(set(piece.split("<")[1:]))
    classes = {f".{each}" for found in CLASSES.findall(tags) for each in "".join(found).split()}
    ids = {f"#{each}" for each in IDS.findall(tags)}
    return frozenset(TAG.findall(tags)) | classes | ids


def needed(rules: tuple[Rule, ...], present: frozenset[str]) -> Iterator[str]:
    """The rules that fit something."""
    for rule in rules:
        fitting = ",".join(selector for selector, wanted in rule.selectors if wanted <= present)
        within = "".join(needed(rule.rules, present)) or rule.declarations
        if fitting and within:
            yield f"{fitting}{{{within}}}" if within != ";" else f"{fitting};"


@lru_cache(maxsize=32)
def parsed(sheet: str) -> tuple[Rule, ...]:
    """The rules of a style sheet, without comments and needless space."""
    bare = COMMENT.sub(lambda found: found[1] or " ", sheet)
    return tuple(
        rules(SPACE.sub(lambda found: "".join(filter(None, found.groups())), bare).strip())
    )


def rules(sheet: str) -> Iterator[Rule]:
    """The rules of what has no needless space any more."""
    depth = begun = opened = 0
    for found in BRACE.finditer(sheet):
        depth += {"{": 1, "}": -1}.get(found[1], 0)
        if found[1] == "{" and depth == 1:
            opened = found.start()
        elif found[1] == ";" and depth == 0:
            yield Rule(((sheet[begun : found.start()], frozenset()),), ";")
            begun = found.end()
        elif found[1] == "}" and depth == 0:
            yield rule(sheet[begun:opened], sheet[opened + 1 : found.start()])
            begun = found.end()


def rule(prelude: str, within: str) -> Rule:
    """One rule."""
    if prelude.startswith("@media"):
        return Rule(((prelude, frozenset()),), "", tuple(rules(within)))
    if prelude.startswith("@"):
        return Rule(((prelude, frozenset()),), within)
    return Rule(tuple((each, wanted(each)) for each in APART.split(prelude)), within)


def wanted(selector: str) -> frozenset[str]:
    """What must be in a page for a selector to fit; nothing where it is too hard to say."""
    bare = WITHOUT.sub("", selector)
    plain = PLAIN_SELECTOR.fullmatch(bare)
    return frozenset(NAME.findall(bare.replace(":has(", " "))) if plain else frozenset()
