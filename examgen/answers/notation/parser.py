"""A precedence parser, linear in the input: tokens to a program for a stack machine.

Three calls deep per bracket or exponent and no tree, so that no input exhausts Python's stack.
From loose to tight: sums; products, quotients and juxtaposition; signs; powers; `!` and `%`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from examgen.answers.limits import NESTING
from examgen.answers.notation.conventions import Encounter
from examgen.answers.notation.program import Instruction, Program
from examgen.answers.notation.tokens import PAIRS, Token
from examgen.answers.reading import Unreadable
from examgen.answers.visible import quoted

FACTORS = frozenset({"number", "constant", "variable", "function", "frac", "open", "infinite"})
GROUPS = frozenset({"(", "[", "{"})
ROUNDING = {"⌊": "floor", "⌈": "ceil"}
MIXED = {"number": ("n/n",), "frac": ("fn", "fnn", "f(n)(n)", "f(n)n", "fn(n)")}
"""The fractions that can belong to a mixed number, by their first token; see `integers`."""
TWO_ARGUMENTS = frozenset({"max", "min", "binom"})


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
        """A factor written directly behind another."""
        token = self.token
        previous = self.tokens[self.index - 1]
        pair = token.sort == "number" and previous.sort not in ("close", "variable")
        if pair and (self.encounter.conventions.mixed or not self.integers("n/n")):
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
        """What stands behind `^`; towers are read from the right."""
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
            self.fraction(token)
        elif token.sort == "function":
            self.function(token)
        else:
            raise unexpected(token)
        self.depth -= 1

    def descend(self, token: Token) -> None:
        """Go one level down, unless it is too deep."""
        self.depth += 1
        if self.depth > NESTING + 1:
            raise Unreadable(f"more than {NESTING} levels inside each other", token.at)

    def number(self, token: Token) -> None:
        """A number; `2 1/2` may be a mixed number."""
        self.program.append(Instruction("number", token.text, token.at, 0, token.value))
        below = self.index > 1 and self.tokens[self.index - 2].text == "/"
        whole = isinstance(token.value, int) and not below
        if whole and self.mixed() and self.encounter.meet("mixed"):
            fraction = self.fraction_behind()
            self.emit("add", fraction)

    def mixed(self) -> bool:
        """Whether a fraction of two integers follows."""
        shapes = MIXED.get(self.token.sort, ())
        return any(map(self.integers, shapes))

    def integers(self, shape: str) -> bool:
        """Whether what follows has this shape, one letter a token (n an integer, f a fraction)."""
        following = self.tokens[self.index : self.index + len(shape)]
        return len(following) == len(shape) and all(map(fits, shape, following))

    def fraction_behind(self) -> Token:
        """Read the fraction of a mixed number."""
        token = self.token
        if token.sort == "frac":
            self.fraction(self.take())
            return token
        above, line, below = self.take(), self.take(), self.take()
        for each in (above, below):
            self.program.append(Instruction("number", each.text, each.at, 0, each.value))
        self.emit("divide", line)
        return above

    def group(self, opened: Token) -> None:
        """What stands in brackets."""
        self.sum()
        closing = self.take()
        if closing.sort != "close" or closing.text != PAIRS[opened.text]:
            raise unexpected(closing)

    def fraction(self, token: Token) -> None:
        r"""The two arguments of `\frac`; `\frac12` takes a digit each."""
        digits = self.token
        if digits.sort == "number" and len(digits.text) > 1:
            if len(digits.text) > 2 or not isinstance(digits.value, int):
                raise Unreadable(f"write {{}} around the parts of {quoted(token.text)}", digits.at)
            self.take()
            for digit in digits.text:
                self.program.append(Instruction("number", digit, digits.at, 0, int(digit)))
        else:
            self.atom()
            if self.token.sort == "number" and len(self.token.text) > 1:
                raise Unreadable(f"write {{}} around {quoted(self.token.text)}", self.token.at)
            self.atom()
        self.emit("divide", token)

    def function(self, token: Token) -> None:
        """A function and its arguments, in brackets or not; `ln^2(3)` is (ln 3)^2."""
        if token.text == "log":
            token = token._replace(text="log10" if self.encounter.meet("common_log") else "ln")
        power = self.function_power(token)
        if token.text == "root" and self.token.text == "[" and self.token.sort == "open":
            self.root(token)
        elif self.token.sort == "open" and self.token.text in GROUPS:
            self.emit("call", token, self.arguments(token))
        elif token.text in TWO_ARGUMENTS:
            raise Unreadable(f"please write {token.text}(..., ...)", token.at)
        else:
            self.bare_argument(token)
            self.emit("call", token, 1)
        if power is not None:
            self.program.append(Instruction("number", power.text, power.at, 0, power.value))
            self.emit("power", power)

    def function_power(self, token: Token) -> Token | None:
        """The exponent between a function and its argument."""
        if not self.operator("^"):
            return None
        opened = self.take() if self.token.sort == "open" else None
        power = self.take()
        if power.sort != "number":
            raise Unreadable(f"write {token.text}(...)^n for a power", power.at)
        if opened and self.take().sort != "close":
            raise Unreadable(f"write {token.text}(...)^n for a power", power.at)
        return power

    def root(self, token: Token) -> None:
        r"""`\sqrt[3]{8}`."""
        self.group(self.take())
        opened = self.take()
        if opened.sort != "open":
            raise unexpected(opened)
        self.group(opened)
        self.emit("call", token._replace(text="nth_root"), 2)

    def arguments(self, token: Token) -> int:
        """The arguments in brackets; their number."""
        opened = self.take()
        count = 0
        while True:
            self.sum()
            count += 1
            closing = self.take()
            if closing.sort == "close":
                break
            if closing.text != "," or token.text not in TWO_ARGUMENTS:
                raise unexpected(closing)
        if token.text == "binom" and self.token.text == "{" and count == 1:
            self.group(self.take())
            count = 2
        if count > 2 or (token.text in TWO_ARGUMENTS and count != 2):
            raise Unreadable(f"{token.text} of {count} numbers", opened.at)
        return count

    def bare_argument(self, function: Token) -> None:
        """The argument without brackets: a power, or everything up to the next + or -."""
        gap = self.token.gap
        self.factor()
        while self.may_reach(function, gap) and self.encounter.meet("wide"):
            sign = self.operator("*/")
            self.factor()
            self.emit("divide" if sign and sign.text == "/" else "multiply", sign or function)

    def may_reach(self, function: Token, gap: int) -> bool:
        """Whether the eye may take what follows for a part of the argument."""
        token = self.token
        if token.sort == "op" and token.text in "*/":
            if self.tokens[self.index + 1].sort == "function":
                return False
            return function.text != "root" and gap > 0 and token.gap == 0
        return token.sort in FACTORS and token.sort != "function" and gap >= token.gap


def fits(letter: str, token: Token) -> bool:
    """Whether a token is what a letter of a shape stands for."""
    if letter == "n":
        return token.sort == "number" and isinstance(token.value, int)
    if letter in "()":
        return token.sort == ("open" if letter == "(" else "close")
    return token.sort == ("frac" if letter == "f" else "op") and (
        letter == "f" or token.text == "/"
    )


def unexpected(token: Token) -> Unreadable:
    """The refusal of a token where something else must stand."""
    if token.sort == "end":
        return Unreadable("something is missing at the end", token.at)
    if token.sort == "separator":
        return Unreadable(f"{quoted(token.text)} where one number is asked", token.at)
    if token.sort == "none":
        return Unreadable(f"{quoted(token.text)} is no number", token.at)
    return Unreadable(f"{quoted(token.text)} cannot stand here", token.at)


def parse(tokens: Sequence[Token], encounter: Encounter) -> Program:
    """The program of one number; the tokens end with `end`."""
    parser = Parser(tokens, encounter)
    parser.sum()
    if parser.token.sort != "end":
        raise unexpected(parser.token)
    return tuple(parser.program)
