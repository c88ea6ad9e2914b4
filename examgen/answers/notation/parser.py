"""A precedence parser, linear in the input: tokens to a program for a stack machine.

Three calls deep per bracket or exponent and no tree, so that no input exhausts Python's stack.
From loose to tight: sums; products, quotients and juxtaposition; signs; powers; `!` and `%`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from examgen.answers.limits import NESTING
from examgen.answers.notation.calls import function
from examgen.answers.notation.conventions import Encounter
from examgen.answers.notation.fractions import follows, fraction, is_mixed, read_fraction
from examgen.answers.notation.program import Instruction, Program
from examgen.answers.notation.tokens import FACTORS, GROUPS, PAIRS, Token, unexpected
from examgen.answers.reading import Unreadable
from examgen.answers.visible import quoted

ROUNDING = {"⌊": "floor", "⌈": "ceil"}


@dataclass
class Parser:
    """One pass over tokens that end with `end`."""

    tokens: Sequence[Token]
    encounter: Encounter
    index: int = 0
    depth: int = 0
    program: list[Instruction] = field(default_factory=list)

    @property
    def token(self) -> Token:
        """The token to be read next."""
        return self.tokens[self.index]

    def take(self) -> Token:
        """The next token, read."""
        token = self.tokens[self.index]
        self.index += 1
        return token

    def operator(self, signs: str) -> Token | None:
        """The next token, read, if it is one of these operators."""
        token = self.tokens[self.index]
        if token.sort == "op" and token.text in signs:
            self.index += 1
            return token
        return None

    def emit(self, operation: str, token: Token, count: int = 0) -> None:
        """Append an instruction."""
        self.program.append(Instruction(operation, token.text, token.at, count))

    def push(self, token: Token) -> None:
        """Append a number."""
        self.program.append(Instruction("number", token.text, token.at, 0, token.value))

    def sum(self) -> None:
        """A sum of products."""
        self.product()
        while sign := self.operator("+-"):
            self.product()
            self.emit("add" if sign.text == "+" else "subtract", sign)

    def product(self) -> None:
        """Factors with `*`, `/` or nothing between them."""
        self.factor()
        while True:
            sign = self.operator("*/")
            if sign is None:
                if not self.juxtaposed():
                    return
                self.beside()
                continue
            self.factor()
            if sign.text == "/" and self.juxtaposed() and self.encounter.meet("product_first"):
                while self.juxtaposed():
                    self.beside()
            self.emit("multiply" if sign.text == "*" else "divide", sign)

    def juxtaposed(self) -> bool:
        """Whether a factor follows without a sign."""
        return self.token.sort in FACTORS

    def beside(self) -> None:
        """A factor written directly after another."""
        token = self.token
        previous = self.tokens[self.index - 1]
        pair = token.sort == "number" and previous.sort not in ("close", "variable")
        if pair and (self.encounter.conventions.mixed or not follows(self, "n/n")):
            raise Unreadable(
                f"{quoted(previous.text + ' ' + token.text)}: two numbers side by side", token.at
            )
        self.factor()
        self.emit("multiply", token._replace(text="*"))

    def factor(self) -> None:
        """A power with its signs."""
        negative: Token | None = None
        minuses = 0
        while sign := self.operator("+-"):
            if sign.text == "-":
                minuses, negative = minuses + 1, sign
        start = self.index
        self.atom()
        while sign := self.operator("!%"):
            if sign.text == "%" and start and self.tokens[start - 1].text == "/":
                raise Unreadable("a percentage below a line; please use brackets", sign.at)
            self.emit("factorial" if sign.text == "!" else "percent", sign)
        if sign := self.operator("^"):
            self.exponent(sign)
        if negative and minuses % 2:
            self.emit("negate", negative)

    def exponent(self, sign: Token) -> None:
        """What follows `^`; towers are read from the right."""
        self.descend(sign)
        if self.token.sort == "transpose":
            raise Unreadable("a number has no transpose", self.token.at)
        self.factor()
        self.emit("power", sign)
        self.depth -= 1

    def atom(self) -> None:
        """A number, a name, a bracket or a function of something."""
        token = self.take()
        self.descend(token)
        if token.sort == "number":
            self.number(token)
        elif token.sort in ("constant", "variable", "infinite", "masked"):
            self.emit(token.sort, token)
        elif token.sort == "open" and token.text in GROUPS:
            self.group(token)
        elif token.sort == "open" and token.text in ROUNDING:
            self.group(token)
            self.emit("call", token._replace(text=ROUNDING[token.text]), 1)
        elif token.sort == "frac":
            fraction(self, token)
        elif token.sort == "function":
            function(self, token)
        elif token.sort == "wrapper" and self.token.text == "(":
            self.group(self.take())
        else:
            raise unexpected(token)
        self.depth -= 1

    def descend(self, token: Token) -> None:
        """Go one level down, unless it is too deep."""
        self.depth += 1
        if self.depth > NESTING + 1:
            raise Unreadable(f"more than {NESTING} levels inside one another", token.at)

    def number(self, token: Token) -> None:
        """A number; `2 1/2` may be a mixed number."""
        self.push(token)
        if is_mixed(self, token) and self.encounter.meet("mixed"):
            read_fraction(self)
            self.emit("add", token)

    def group(self, opened: Token) -> None:
        """What stands in brackets."""
        self.sum()
        closing = self.take()
        if closing.sort != "close" or closing.text != PAIRS[opened.text]:
            raise unexpected(closing)


def parse(tokens: Sequence[Token], encounter: Encounter) -> Program:
    """The program of one number; the tokens end with `end`."""
    parser = Parser(tokens, encounter)
    parser.sum()
    if parser.token.sort != "end":
        raise unexpected(parser.token)
    return tuple(parser.program)
