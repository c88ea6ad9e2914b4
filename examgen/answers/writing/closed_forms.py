"""Closed forms as a person writes them: e/(1+e), sqrt(2)/2, 3 e^2 ln 6."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cmp_to_key

from examgen.answers.writing.digits import digits
from examgen.answers.writing.styles import LATEX_LINE, Style
from examgen.exact import Closed, Exact, Term, compare


def write(value: Closed, style: Style) -> str:
    """A closed form; a sign that belongs to all of it stands outside of the fraction.

    Less the logarithm of a fraction is that of its inverse: e to that power is seen at a glance.
    Over a mere power of e no fraction is typeset: 1 + 3 e^{-2}, not (3 + e²)/e².
    """
    above, below = value.numerator, value.denominator
    if is_minus_logarithm(above, below):
        ((argument, power),) = above[0].logs
        return logarithm(Fraction(1) / argument, power, style)
    if style.stacked and is_power_of_e(below):
        return total(spread(above, below[0]), style)
    negative = above[0].coefficient < 0 and all(term.coefficient < 0 for term in above)
    minus = "-" if negative else ""
    whole = len(below) == 1 and is_integer(below[0]) and below[0].coefficient == 1
    bracketed = len(above) > 1 and bool(minus) and whole
    top = total(above, style, negated=bool(minus))
    if whole:
        return f"{minus}({top})" if bracketed else minus + top
    bottom = total(below, style)
    below_sum = len(below) > 1 or len(factors(below[0], style)) > 1
    return minus + style.fraction(top, bottom, len(above) > 1, below_sum)


def is_minus_logarithm(above: Sequence[Term], below: Sequence[Term]) -> bool:
    """Whether a quotient is minus the logarithm of a fraction, and nothing else."""
    if len(above) > 1 or len(below) > 1 or not is_integer(below[0]) or below[0].coefficient != 1:
        return False
    coefficient, exponent, root, logs, pi = above[0]
    if len(logs) != 1 or (coefficient, exponent, root, pi) != (-1, 0, 1, 0):
        return False
    ((argument, power),) = logs
    return power == 1 and isinstance(argument, Fraction)


def is_power_of_e(terms: Sequence[Term]) -> bool:
    """Whether a sum is e to some power, and nothing else."""
    (first, *others) = terms
    return not others and first.coefficient == 1 and first.exponent != 0 and is_bare(first)


def spread(above: Sequence[Term], below: Term) -> list[Term]:
    """Each term over a power of e, the largest power first."""
    divided = (term._replace(exponent=term.exponent - below.exponent) for term in above)
    return sorted(divided, key=cmp_to_key(by_exponent), reverse=True)


def by_exponent(left: Term, right: Term) -> int:
    """Order two terms by their powers of e."""
    return compare(left.exponent, right.exponent)


def is_integer(term: Term) -> bool:
    """Whether a term is its coefficient."""
    return term.exponent == 0 and is_bare(term)


def is_bare(term: Term) -> bool:
    """Whether a term has no root, logarithm or power of pi."""
    return term[2:] == (1, (), 0)


def total(terms: Sequence[Term], style: Style, negated: bool = False) -> str:
    """A sum, a positive term first where there is one."""
    turn = -1 if negated else 1
    ordered = terms
    if turn * terms[0].coefficient < 0:
        first = next((i for i, term in enumerate(terms) if turn * term.coefficient > 0), 0)
        ordered = [terms[first], *terms[:first], *terms[first + 1 :]]
    plus, minus = (" + ", " - ") if style.is_latex else ("+", "-")
    text = ""
    for term in ordered:
        negative = turn * term.coefficient < 0
        sign = (minus if negative else plus) if text else "-" if negative else ""
        text += sign + product(term, style)
    return text


def product(term: Term, style: Style) -> str:
    """A term without its sign; most are a number times a power of e, which is quickly written."""
    if term.root != 1 or term.logs or term.pi:
        return style.times.join(factors(term, style))
    size = abs(term.coefficient)
    if not term.exponent:
        return digits(size)
    power = power_of_e(term.exponent, style)
    return power if size == 1 else digits(size) + style.times + power


def factors(term: Term, style: Style) -> list[str]:
    """The factors of a term without its sign: number, root, pi, power of e, logarithms."""
    coefficient, exponent, root, logs, pi = term
    found = [] if coefficient in (1, -1) else [digits(abs(coefficient))]
    if root != 1:
        found.append(style.root(digits(root)))
    if pi:
        found.append(style.pi if pi == 1 else style.power(style.pi, str(pi)))
    if exponent:
        found.append(power_of_e(exponent, style))
    if logs:
        found += [logarithm(argument, power, style) for argument, power in logs]
    return found or ["1"]


def power_of_e(exponent: Exact, style: Style) -> str:
    """e, or e to a power; the exponent is written on one line."""
    if exponent == 1:
        return "e"
    if isinstance(exponent, Closed):
        return style.power("e", write(exponent, LATEX_LINE if style.is_latex else style))
    return style.power("e", str(exponent))


def logarithm(argument: int | Fraction, power: int, style: Style) -> str:
    """A logarithm, in brackets under a power."""
    if isinstance(argument, Fraction):
        inside = style.fraction(str(argument.numerator), str(argument.denominator))
    else:
        inside = str(argument)
    written = style.logarithm(inside)
    if power == 1:
        return written
    return style.power(f"({written})" if style.is_latex else written, str(power))
