"""Texts that would take long if nothing held them back."""

from examgen.answers import Option
from examgen.exact import E, Shape, array, exp, sqrt

PRIMES = (16777199, 16777183, 16777153, 16777141, 16777139, 16777127)

BOMBS = {
    "quotients": "+".join(f"1/(1+e^{i})" for i in range(1, 110)),
    "products": "*".join(f"(1+e^{i})" for i in range(1, 110)),
    "fractional exponents": "+".join(f"e^(1/{i})" for i in range(2, 130)),
    "powers of sums": "+".join(["(1+e)^200/(2+e)^50"] * 60),
    "a power of a sum": "(1+e+sqrt(2)+pi+ln(2))^10000",
    "roots below": "1/(" + "+".join(f"sqrt({i})" for i in range(2, 60)) + ")",
    "products of roots": "*".join(f"(1+sqrt({i}))" for i in range(2, 120)),
    "long primes": "+".join(f"ln({10**50 + i})" for i in range(60)),
    "semiprimes": "ln(1000000000000000003000000000000000002077)",
    "square root of a semiprime": "sqrt(1000000000000000003000000000000000002077)",
    "mixture": "+".join(f"(ln({i})+sqrt({i}))/(e^{i}+pi)" for i in range(2, 50)),
    "denominators": "+".join(f"1/{10**50 + i}" for i in range(60)),
    "continued fraction": "1/(e+" * 59 + "e" + ")" * 59,
    "nested roots": "sqrt(1+" * 59 + "1" + ")" * 59,
    "sigmoids": "+".join(f"σ({i})" for i in range(1, 150)),
    "nested sigmoids": "σ(" * 59 + "1" + ")" * 59,
    "ambiguous": "1/2e + log 3 + 2 1/2 + 3e-2 + " + "+".join(f"1/(1+e^{i})" for i in range(1, 50)),
    "brackets": "()" * 600,
    "opened": "(" * 4000,
    "signs": "+-" * 2000,
    "spaces": "1" + " " * 3990 + "1",
    "commas": "1," * 2000,
    "points": "." * 4000,
    "digits and commas": "1" * 60 + ",1" * 500,
    "backslashes": "\\" * 4000,
    "commands": "\\frac" * 800,
    "text": "\\text{" * 600,
    "braces": "{" * 60 + "1" + "}" * 60,
    "equals": "1=" * 600 + "1",
    "names": "x=" * 1000 + "1",
    "labels": "(a) " * 900 + "1",
    "quotes": '"' * 4000,
    "stars": "*" * 4000,
    "superscripts": "2" + "²" * 3000,
    "a long name": "a" * 4000,
    "long names": "sqr" * 1300,
    "newlines": "\n" * 3999 + "1",
    "long differences": "1/2tanh1,234π",
    "long quotients": "(1+e)^60/(2+e)^60",
    "roots": "^(1/9999)".join("7" * 40),
    "or": " or ".join("1" * 500),
    "transposes": "[1]" + "'" * 1000,
    "matrices": "\\begin{bmatrix}" * 60 + "1" + "\\end{bmatrix}" * 60,
    # Common factors, signs and comparisons
    "factors of high degree": "+".join(f"σ({a}/{b})" for a, b in ((22, 41), (70, 45), (90, 59))),
    "many exponents": "(e^(1/97)+e^(1/89)+1)/(e^(1/83)+e^(1/79)+1)*(1+e^(1/73))",
    "hard factors": "+".join(f"ln({16777213 * p})" for p in PRIMES),
    "signs of differences": "+".join(f"max(e,2.{71828182845904523536 + i})" for i in range(120)),
    "a sign in many digits": "+".join(["abs((e-2.71828182845904523536)^40)"] * 40),
    "powers of logarithms": "/".join(f"(ln({i})+pi)^{i % 9}" for i in range(60, 99)),
    "long coefficients": "*".join(["(3^2000+e)"] * 60),
    "high roots": "+".join(f"(3^{9000 - i})^(1/{100 - i})" for i in range(40)),
    "long fractions": "+".join(f"3^{5000 + i}/7^{3000 + i}" for i in range(80)),
    "long quotients of sums": "(3^9000+e)/(7^5000+e)+(5^6000+e^2)/(11^3000+e)",
    "undecided zero": "+".join(f"exp({i}/7)" for i in range(99)) + "/(ln(1+e)-ln(1+e))",
    "gammas": "ln(1+e)+" + "+".join(["500!", "binom(500,250)"] * 60),
    "towers of balls": "ln(1+e)^" * 59 + "2",
    "rounded in many ways": "ln(1+e)=" * 15 + "1.3",
    # Entries, and what is written for them
    "long entries": ",".join(f"9^{6000 + i}" for i in range(500)),
    "long entries until the limit": ",".join(f"9^{6140 + i}" for i in range(143)),
    "entries of many terms": ",".join(f"(1+e)^{i}" for i in range(20, 99)) * 5,
    "different logarithms": "; ".join(f"log {i}" for i in range(2, 250)),
    "powers of ten or of e": " ".join(["3e-2"] * 250),
    "computable entries": ",".join(f"ln({i}+e)" for i in range(150)),
    "dense quotients": ",".join(f"e^{i}/(1+e^{i}+e^{2 * i})" for i in range(1, 150)),
    "typeset quotients": "&".join(rf"\frac{{e^{{{i}}}}}{{1+e^{{{i}}}}}" for i in range(1, 150)),
    "rounded entries": ",".join(f"0.{7310585 + i}" for i in range(360)),
    "masked entries": "-inf, " * 600,
    # Variables
    "powers of variables": "*".join(f"(x+w)^{i}" for i in range(1, 200)),
    "many variables": "+".join(f"x{i}*w{i}" for i in range(290)),
    "logarithms of variables": "+".join(f"ln({i}+e^x)" for i in range(150)),
    "counts of variables": "+".join(f"binom(n,{i})*n!" for i in range(120)),
    # Words
    "unknown words": " ".join(f"sqr{i % 10}t" for i in range(600)),
    "sides that are names": "=".join(f"a{chr(97 + i % 26)}" for i in range(900)) + "=1",
    "a sentence": "the softmax of the logits turns them into a distribution " * 60,
    "letters": "A or B and " * 360,
    "indices": "rows " + ", ".join(map(str, range(790))),
    "ranges": " to ".join(map(str, range(500))),
    "blanks behind a bracket": "torch.Size(" + " " * 3_900,
    "blanks between names": "a" + " " * 3_900 + "b",
    "combining marks": "1" + "\u0301" * 3_990,
    "ligatures": "\ufdfa" * 220,
}

KEYS = {
    "integer": ("77",),
    "rational": ("77/2",),
    "closed": ("77", "(1+e+e^2)/(3+ln(2)+sqrt(5)*pi)"),
    "expression": ("77", "ln(1+e^x)*sqrt(x^2+1)/(1+e^w)"),
    "array": (
        "[77, 78]",
        f"[{', '.join(f'e^{i}/(1+e^{i}+e^{2 * i})' for i in range(1, 150))}]",
        f"[{', '.join(f'ln({i})' for i in range(2, 362))}]",
    ),
    "shape": ("(77, 78)",),
    "indices": ("{77}",),
    "choice": ("J",),
    "text": ("ReLU",),
}
"""Keys in plain notation, among them such as take long to compare with."""

OPTIONS = tuple(
    Option(letter, value)
    for letter, value in zip(
        "ABCDEFGHIJ",
        [77, E, sqrt(2), Shape((7, 7)), array([7, 7]), frozenset({77}), "ReLU", 78, 79, exp(2)],
        strict=True,
    )
)
"""Options of every sort."""
