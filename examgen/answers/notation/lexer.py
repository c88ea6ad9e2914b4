"""A whitelisted tokenizer: what it does not know it refuses, by name and place."""

import re
from dataclasses import dataclass

from examgen.answers.limits import NESTING, TOKEN
from examgen.answers.notation import latex_tokens, names, numerals
from examgen.answers.notation.conventions import Encounter
from examgen.answers.notation.grammar import Grammar
from examgen.answers.notation.normal import Normal
from examgen.answers.notation.tokens import CLOSERS, PAIRS, Token, check_pair
from examgen.answers.notation.words import GREEK, GREEK_NAMES
from examgen.answers.reading import Unreadable
from examgen.answers.visible import quoted
from examgen.exact.effort import spend_reserve

BLANKS = re.compile(r"[ \t]+")
LETTERS = re.compile(r"[A-Za-z]+|[√∞∅α-ωΑ-Ω]")
DECLARED = re.compile(r"[A-Za-z][A-Za-z0-9_]*+")
LOG_BASE = re.compile(r"\s*_\s*\{?\s*(2|10|e)\s*\}?|(2|10)(?=\s*\()")
VARIABLE = re.compile(r"_\{[0-9]{1,3}\}|_?[0-9]{1,3}(?![0-9.])")
MODULE = re.compile(r"(?:np|numpy|torch|math|jnp|tf|F)\.(?=[A-Za-z])")
OPERATORS = frozenset("+-*/^!%'_")
SEPARATORS = frozenset(",;&\n")
DIGITS = frozenset("0123456789")

PLAIN_TOKEN = (
    r"([ \t]*)(?:(?P<op>[-+/^]|\*(?!\*))|(?P<open>[(\[])|(?P<close>[)\]])|(?P<separator>,)"
    r"|(?P<constant>(?<![A-Za-z])e(?![A-Za-z]))|(?P<number>(?<![^\W\d_])(?<!\.)[0-9]{1,15}(?=%s)))"
)
SEPARATING = re.compile(PLAIN_TOKEN % r"[-+*/^()\[\],; \n]|\Z")
GROUPING = re.compile(PLAIN_TOKEN % r"[-+*/^()\[\]]|\Z")
"""What `Lexer.read` reads in the same way, without a second look at what stands around it.

Behind an integer nothing may follow that could belong to it: where digits may be grouped, no
comma and no space.
"""


@dataclass
class Lexer:
    """One pass over a normalised text."""

    normal: Normal
    grammar: Grammar
    encounter: Encounter
    start: int = 0
    end: int | None = None

    def tokens(self) -> list[Token]:
        """All tokens, the last one an `end`; brackets are known to match."""
        self.found: list[Token] = []
        self.opened: list[Token] = []
        try:
            return self.scanned()
        finally:
            spend_reserve(TOKEN * len(self.found))

    def scanned(self) -> list[Token]:
        """The tokens, appended one by one."""
        text, at = self.normal.text, self.normal.at
        index, end, gap = self.start, len(text) if self.end is None else self.end, 0
        plain = (GROUPING if self.grammar.grouping else SEPARATING).match
        while index < end:
            if match := plain(text, index, end):
                blank, index = match.end(1) - index, match.end()
                self.add(plain_token(match, at(match.end(1)), gap + blank))
                gap = 0
            elif blanks := BLANKS.match(text, index, end):
                # All at once, so that what follows them is looked for only once.
                index, gap = blanks.end(), gap + blanks.end() - index
            elif text[index] in "$`":
                index += 1
            else:
                for token in self.read(index, end):
                    if token.sort == "skip":
                        gap += 1
                        continue
                    self.add(token._replace(gap=gap) if gap else token)
                    gap = 0
                index = self.next
        if self.opened:
            last = self.opened[-1]
            raise Unreadable(f"{quoted(last.text)} is never closed", last.at)
        self.found.append(Token("end", "", at(end), 1))
        return self.found

    def add(self, token: Token) -> None:
        """Append a token, unless it is one too many or a bracket that does not match."""
        if len(self.found) >= self.grammar.limits.tokens:
            limit = self.grammar.limits.tokens
            raise Unreadable(f"more than {limit} numbers and signs are not read", token.at)
        if token.sort == "open":
            self.opened.append(token)
            if len(self.opened) > NESTING:
                raise Unreadable(f"more than {NESTING} brackets inside one another", token.at)
        elif token.sort == "close":
            check_pair(self.opened.pop() if self.opened else None, token)
        self.found.append(token)

    def read(self, index: int, end: int) -> list[Token]:
        """The token or tokens that begin at `index`; `self.next` is where the next one begins."""
        text, at = self.normal.text, self.normal.at(index)
        previous = self.found[-1] if self.found else None
        character = text[index]
        self.next = index + 1
        if character in DIGITS or (character == "." and text[index + 1 : index + 2] in DIGITS):
            return [self.number(index, at, previous)]
        if (fraction := numerals.vulgar(character)) is not None:
            return [Token("number", character, at, 0, fraction)]
        if character == "\\":
            self.next, tokens = latex_tokens.read(text, index, at)
            return [self.named_command(token) for token in tokens]
        if match := LETTERS.match(text, index, end):
            return self.name(index, match, previous)
        if text.startswith("**", index):
            self.next = index + 2
            return [Token("op", "^", at)]
        if text.startswith("...", index):
            self.next = index + 3
            raise Unreadable("... stands for numbers that are not written", at)
        if character == "." and text[index + 1 : index + 2] == "T":
            self.next = index + 2
            return [Token("transpose", ".T", at)]
        if character == "." and not text[index + 1 : end].strip(" \t\n$`"):
            return []
        if character in OPERATORS:
            return [Token("op", character, at)]
        if character in SEPARATORS:
            return [Token("separator", character, at)]
        if character in PAIRS:
            return [Token("open", character, at)]
        if character in CLOSERS:
            return [Token("close", character, at)]
        raise Unreadable(f"I do not know what {quoted(character)} means here", at)

    def number(self, index: int, at: int, previous: Token | None) -> Token:
        """A number; a vulgar fraction directly after it belongs to it (2½)."""
        text = self.normal.text
        depth = len(self.opened)
        numeral = numerals.read(text, index, at, self.grammar, self.encounter, depth)
        self.next = numeral.end
        glued_to = previous is not None and previous.sort == "constant"
        if glued_to and index > 0 and text[index - 1].isalpha():
            name = previous.text if previous else ""
            written = text[index : numeral.end]
            raise Unreadable(
                f"{name}{written}: please write {name}^{written} or {written}*{name}", at
            )
        fraction = numerals.vulgar(text[self.next : self.next + 1])
        if fraction is not None and isinstance(numeral.value, int):
            self.next += 1
            return Token("number", "", at, 0, numeral.value + fraction)
        return Token("number", text[index : numeral.end], at, 0, numeral.value, numeral.written)

    def name(self, index: int, match: re.Match[str], previous: Token | None) -> list[Token]:
        """A name the grammar knows; `x` between two numbers is a multiplication sign."""
        text, at, word = self.normal.text, self.normal.at(index), match[0]
        declared = DECLARED.match(text, index) if self.grammar.names else None
        if declared and declared[0] in self.grammar.names:
            self.next = declared.end()
            return [Token("variable", declared[0], at)]
        if module := MODULE.match(text, index):
            self.next = module.end()
            if (
                text.startswith("log", self.next)
                and not text[self.next + 3 : self.next + 4].isalnum()
            ):
                self.next += 3
                return [Token("function", "ln", at)]
            return [Token("skip", "", at)]
        self.next = match.end()
        if word in ("x", "X") and self.is_times(previous, match.end()):
            return [Token("op", "*", at)]
        if self.grammar.variables and is_variable(word):
            return self.variable(word, at)
        return [self.sized_log(token) for token in self.known(word, at)]

    def known(self, word: str, at: int) -> list[Token]:
        """The tokens of a word made of known names."""
        found = names.look_up(word)
        if found and not (self.grammar.variables and found[0] in ("unit", "wrapper", "masked")):
            return [Token(*found, at)]
        if pair := names.glued(word):
            later = at + len(pair[0])
            return [Token("constant", pair[0], at), *self.known(pair[1], later)]
        if word == "∅":
            return [Token("empty", word, at)]
        if word in ("by", "times"):
            return [Token("op", "*", at)]
        if word == "T":
            return [Token("transpose", word, at)]
        if self.grammar.variables and word in GREEK_NAMES:
            return self.variable(word, at)
        if self.grammar.variables and len(word) <= 3:
            sorts = ["variable" if is_variable(each) else "constant" for each in word]
            return [Token(*pair, at + i) for i, pair in enumerate(zip(sorts, word, strict=True))]
        raise names.unknown(word, at)

    def sized_log(self, token: Token) -> Token:
        """`log` with its base written to it."""
        if token.text != "log" or not (match := LOG_BASE.match(self.normal.text, self.next)):
            return token
        self.next = match.end()
        found = match[1] or match[2]
        return token._replace(text="ln" if found == "e" else f"log{found}")

    def named_command(self, token: Token) -> Token:
        r"""What a LaTeX command that spells a name means (`\ln`, `\pi`)."""
        if token.sort != "command":
            return token
        found = names.look_up(token.text)
        if self.grammar.variables and token.text in GREEK_NAMES:
            return self.variable(token.text, token.at)[0]
        if found is None:
            raise names.unknown(token.text, token.at)
        return self.sized_log(token._replace(sort=found[0], text=found[1]))

    def variable(self, letter: str, at: int) -> list[Token]:
        """A variable with the digits or the subscript that belong to it."""
        match = VARIABLE.match(self.normal.text, self.next)
        if match:
            self.next = match.end()
        digits = "".join(filter(str.isdecimal, match[0])) if match else ""
        return [Token("variable", GREEK.get(letter, letter.removeprefix("var")) + digits, at)]

    def is_times(self, previous: Token | None, index: int) -> bool:
        """Whether an x here stands between two numbers."""
        if self.grammar.variables or previous is None:
            return False
        rest = self.normal.text[index : index + 20].lstrip(" \t")
        return previous.sort in ("number", "close") and rest[:1].isdecimal() | (rest[:1] == "(")


def plain_token(match: re.Match[str], at: int, gap: int) -> Token:
    """The token of a match with `PLAIN_TOKEN`."""
    sort = match.lastgroup
    assert sort is not None
    if sort == "number":
        return Token(sort, match[sort], at, gap, int(match[sort]))
    return Token(sort, match[sort], at, gap)


def is_variable(word: str) -> bool:
    """Whether a word is one letter that may stand for a number."""
    return len(word) == 1 and word.isalpha() and word not in ("e", "π", "σ", "√")
