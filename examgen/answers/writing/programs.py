"""A parsed number or formula, written out with the brackets that its structure needs."""

from fractions import Fraction
from typing import NamedTuple

from examgen.answers.notation.program import Instruction, Program
from examgen.answers.writing.digits import digits
from examgen.answers.writing.styles import Style

SUM, PRODUCT, SIGN, POWER, ATOM = range(5)
BINARY = {
    "add": (SUM, SUM, PRODUCT),
    "subtract": (SUM, SUM, PRODUCT),
    "multiply": (PRODUCT, PRODUCT, SIGN),
    "divide": (PRODUCT, PRODUCT, SIGN),
    "power": (POWER, ATOM, POWER),
}
"""How tightly an operation holds, and how tightly its operands must hold to stand bare."""


class Piece(NamedTuple):
    """Some text, and how tightly its loosest operation holds."""

    text: str
    tightness: int


def write(program: Program, style: Style) -> str:
    """The program in one of the two notations."""
    stack: list[Piece] = []
    for step in program:
        if step.operation in BINARY:
            right = stack.pop()
            stack[-1] = binary(step, stack[-1], right, style)
        elif step.operation == "call":
            operands = stack[-step.arity :]
            del stack[-step.arity :]
            stack.append(call(step, operands, style))
        elif step.operation in ("negate", "factorial", "percent"):
            stack[-1] = unary(step, stack[-1], style)
        else:
            stack.append(operand(step, style))
    return stack[0].text


def operand(step: Instruction, style: Style) -> Piece:
    """A number or a name."""
    if step.operation == "number":
        return number(step.value, style)
    if step.operation in ("infinite", "masked"):
        return Piece(style.infinity.lstrip("-"), ATOM)
    if step.operation == "constant" and step.text == "pi":
        return Piece(style.pi, ATOM)
    letter, digits = step.text.rstrip("0123456789"), step.text.lstrip("abcdefghijklmnopqrstuvwxyz")
    if style.is_latex and digits.isdecimal() and letter != step.text:
        return Piece(f"{letter}_{{{step.text[len(letter) :]}}}", ATOM)
    return Piece(step.text, ATOM)


def number(value: int | Fraction, style: Style) -> Piece:
    """A number; a decimal is written as the fraction that it is."""
    if isinstance(value, int):
        return Piece(digits(value), ATOM)
    text = style.fraction(digits(value.numerator), digits(value.denominator))
    return Piece(text, ATOM if style.is_latex else PRODUCT)


def binary(step: Instruction, left: Piece, right: Piece, style: Style) -> Piece:
    """An operation on two operands."""
    tightness, needs_left, needs_right = BINARY[step.operation]
    if style.is_latex and step.operation == "divide":
        return Piece(style.fraction(left.text, right.text), ATOM)
    if step.operation == "power":
        exponent = right.text if style.is_latex else bracketed(right, ATOM, style)
        base = bracketed(left, needs_left, style)
        return Piece(f"{base}^{{{exponent}}}" if style.is_latex else f"{base}^{exponent}", POWER)
    above, below = bracketed(left, needs_left, style), bracketed(right, needs_right, style)
    sign = {"add": " + ", "subtract": " - ", "divide": "/"}.get(step.operation, style.times)
    if sign == " " and below[:1].isdecimal():
        sign = r" \cdot "
    return Piece(above + sign + below, tightness)


def unary(step: Instruction, value: Piece, style: Style) -> Piece:
    """A sign before or after an operand."""
    if step.operation == "negate":
        return Piece("-" + bracketed(value, PRODUCT, style), PRODUCT)
    sign = "!" if step.operation == "factorial" else (r"\%" if style.is_latex else "%")
    return Piece(bracketed(value, ATOM, style) + sign, POWER)


def call(step: Instruction, operands: list[Piece], style: Style) -> Piece:
    """A function of one or two operands."""
    inside = ", ".join(piece.text for piece in operands)
    if step.text in ("sqrt", "root"):
        return Piece(style.root(inside), ATOM)
    if step.text == "nth_root":
        degree, radicand = operands
        if style.is_latex:
            return Piece(rf"\sqrt[{degree.text}]{{{radicand.text}}}", ATOM)
        return Piece(f"({radicand.text})^(1/{bracketed(degree, ATOM, style)})", POWER)
    if not style.is_latex:
        return Piece(f"{step.text}({inside})", ATOM)
    name = LATEX_NAMES.get(step.text, rf"\operatorname{{{step.text}}}")
    return Piece(rf"{name}({inside})", ATOM)


LATEX_NAMES = {
    "exp": r"\exp",
    "ln": r"\ln",
    "log2": r"\log_{2}",
    "log10": r"\log_{10}",
    "max": r"\max",
    "min": r"\min",
    "tanh": r"\tanh",
    "sigmoid": r"\sigma",
}


def bracketed(piece: Piece, needed: int, style: Style) -> str:
    """The text, in brackets where it holds too loosely."""
    if piece.tightness >= needed:
        return piece.text
    return rf"({piece.text})" if not style.is_latex else rf"\left({piece.text}\right)"
