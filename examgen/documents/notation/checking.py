r"""Formulas in LaTeX: passed on as they are, after a look that they are formulas and nothing else.

Banks come from strangers, and TeX can read files and redefine itself. So a formula may use what
amsmath offers for mathematics, and a control word that is not listed here is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from examgen.faults import Fault, nearest

COMMANDS = """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi
    varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda
    Xi Pi Sigma Upsilon Phi Psi Omega ell hbar imath jmath Re Im aleph partial nabla infty emptyset
    varnothing forall exists nexists neg top bot angle triangle prime dagger ddagger checkmark
    sum prod coprod int iint iiint oint bigcap bigcup bigoplus bigotimes bigodot bigvee bigwedge
    pm mp times div cdot ast star circ bullet cap cup setminus wedge vee oplus ominus otimes oslash
    odot land lor
    le leq ge geq ll gg ne neq equiv sim simeq approx cong propto prec succ preceq succeq in ni
    notin subset supset subseteq supseteq subsetneq mid nmid parallel perp models vdash lt gt
    coloneqq eqqcolon triangleq doteq asymp not
    to gets leftarrow rightarrow leftrightarrow Leftarrow Rightarrow Leftrightarrow mapsto
    longrightarrow longleftarrow longmapsto Longrightarrow Longleftarrow implies impliedby iff
    hookrightarrow hookleftarrow uparrow downarrow updownarrow nearrow searrow swarrow nwarrow
    rightsquigarrow xrightarrow xleftarrow
    frac dfrac tfrac binom dbinom sqrt surd overline underline overbrace underbrace overset
    underset stackrel
    hat widehat tilde widetilde bar vec dot ddot acute grave breve check
    mathbb mathbf mathcal mathfrak mathit mathrm mathsf mathtt boldsymbol text textbf textit textrm
    texttt operatorname operatorname*
    displaystyle textstyle scriptstyle limits nolimits phantom hphantom vphantom boxed hline
    arccos arcsin arctan arg cos cosh cot csc deg det dim exp gcd hom inf ker lg lim liminf limsup
    ln log max min Pr sec sin sinh sup tan tanh bmod pmod mod
    left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm
    lbrace rbrace lbrack rbrack langle rangle lvert rvert lVert rVert vert Vert lfloor rfloor lceil
    rceil backslash
    ldots cdots vdots ddots dots dotsc dotsb colon quad qquad thinspace medspace thickspace enspace
    negthinspace begin end
"""
WORDS = frozenset(COMMANDS.split())
MATRICES = ("matrix", "bmatrix", "pmatrix", "vmatrix", "Vmatrix", "Bmatrix", "array")
ENVIRONMENTS = frozenset({*MATRICES, "cases", "aligned", "alignedat", "gathered"})
SIGNS = frozenset(r"\{}|,;:!_%$&# ")
"""What may follow a backslash, other than letters."""
CONTROL = re.compile(r"\\(operatorname\*|[A-Za-z]+|.)", re.DOTALL)
GROUP = re.compile(r"\\(?P<edge>begin|end)\s*\{(?P<name>[^{}]*)\}|(?<!\\)(?:\\\\)*(?P<brace>[{}])")
GROUP_OR_FRACTION = re.compile(
    r"(\\(?:begin|end)\s*\{[^{}]*\}|(?<!\\)(?:\\\\)*[{}]|\\frac(?![A-Za-z]))"
)
LAST_BREAK = re.compile(r"\s*\\\\(?=\s*\\end\b)")
"""LaTeX would set an empty row after it; a template's loop writes it easily."""
HAS_LAST_BREAK = re.compile(r"\\\\\s*\\end\b")
"""The same without the spaces before it, which is found sooner."""
BREAK = re.compile(r"\\\\(?!\[)")

# These patterns find out in a few quick looks that a formula is right, as nearly all are.
EDGE = re.compile(rf"\\(begin|end)\{{({'|'.join(sorted(ENVIRONMENTS))})\}}")
MARK = "\x01"
"""Stands around what `EDGE` finds: `\x01begin\x01cases\x01`."""
PLAIN = (WORDS | SIGNS | {"\n"}) - {"begin", "end"}
"""What is neither an environment nor refused."""
BARE = re.compile(r"[$%#\\]")
GROUPED = re.compile(r"\{[^{}\x01]*\}|\x01begin\x01([a-zA-Z]+)\x01[^{}\x01]*\x01end\x01\1\x01")
WHOLE = r"-?(?:[0-9]+(?: \\ln [0-9]+)?|\\ln [0-9]+|\\infty)"
WHOLE_ONES = re.compile(
    rf"\(?{WHOLE}(?:, {WHOLE})*\)?"
    rf"|\\begin\{{bmatrix\}} {WHOLE}(?: (?:&|\\\\) {WHOLE})* \\end\{{bmatrix\}}"
)
"""How most answers are written, without a fraction: they are right, and stay as they are."""
ENTRY = rf"(?:{WHOLE}|-?\\frac\{{[0-9]+\}}\{{[0-9]+\}})"
MATRIX = re.compile(rf"\\begin\{{bmatrix\}} {ENTRY}(?: (?:&|\\\\) {ENTRY})* \\end\{{bmatrix\}}")
"""A matrix with fractions of whole numbers, all of which are entries of it."""
DEEPEST = 10
"""Levels of groups that are looked at in this way; few formulas have four."""
OPENED = re.compile(r"[{}\x01]")


@lru_cache(maxsize=8192)
def formula(source: str) -> str:
    """The formula for LaTeX; raises `Fault` where it is more, or less, than a formula."""
    if WHOLE_ONES.fullmatch(source):
        return source
    if MATRIX.fullmatch(source):
        text = source.replace(r"\frac", r"\dfrac")
    else:
        text = checked(source)
        if r"\frac" not in text:
            return text
        if "matrix}" in text or "array}" in text:
            text = "".join(with_full_fractions(text))
    # Rows of a matrix with fractions in them would touch.
    return BREAK.sub(r"\\\\\\noalign{\\vskip 3pt}", text)


def with_full_fractions(text: str) -> Iterator[str]:
    r"""The pieces of a formula, with `\dfrac` for a fraction that is an entry of a matrix.

    A fraction within a fraction, a root or a script stays as small as it is.
    """
    groups: list[str] = []
    for place, piece in enumerate(GROUP_OR_FRACTION.split(text)):
        if place % 2 == 0:
            yield piece
        elif piece == r"\frac":
            yield r"\dfrac" if groups and groups[-1] in MATRICES else piece
        else:
            if piece.startswith(r"\begin"):
                groups.append(piece[piece.index("{") + 1 : -1])
            elif piece.endswith("{"):
                groups.append("{")
            else:
                groups.pop()
            yield piece


def checked(source: str) -> str:
    """The formula on trimmed lines; raises `Fault` where it is more, or less, than a formula."""
    text = source.strip()
    if not text.isprintable():
        text = "\n".join(line.strip() for line in text.splitlines())
    if not is_plainly_right(text):
        for reason, allowed in objections(text):
            raise Fault(f"the formula {source.strip()!r}", reason, allowed)
    return LAST_BREAK.sub("", text) if HAS_LAST_BREAK.search(text) else text


def is_plainly_right(text: str) -> bool:
    """Whether a few quick looks can tell that there is nothing to object to."""
    signs = text.replace("\n", "")
    if not (signs and signs.isascii() and signs.isprintable()):
        return False
    if "\n\n" in text or r"\\begin" in text or r"\\end" in text:
        return False
    marked = MARK.join(EDGE.split(text)) if r"\begin" in text else text
    bare = CONTROL.sub(" ", marked)
    is_known = PLAIN.issuperset(CONTROL.findall(marked))
    return is_known and "^^" not in bare and not BARE.search(bare) and is_balanced(bare)


def is_balanced(bare: str) -> bool:
    """Whether groups and environments, innermost first, can be taken away until none is left."""
    for _ in range(DEEPEST):
        if not OPENED.search(bare):
            return True
        bare = GROUPED.sub("", bare)
    return False


def objections(text: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a formula, and what is allowed."""
    for word in CONTROL.findall(text):
        if word not in WORDS and word not in SIGNS and word != "\n":
            meant = nearest(word, WORDS)
            hint = f"did you mean \\{meant}?" if meant else "the mathematics of amsmath"
            yield f"\\{word} is not a command that formulas may use", hint
    bare = CONTROL.sub(" ", text)
    for sign in "$%#":
        if sign in bare:
            yield f"a bare {sign}", f"\\{sign} inside \\text{{…}}, or none"
    if bare.endswith("\\"):
        yield "a backslash at its end", r"a command, or \\ before another row"
    if "^^" in bare or "\n\n" in text or not text:
        yield "a double ^, an empty line or nothing", "one formula"
    strange = next((each for each in text if not " " <= each <= "~" and each != "\n"), None)
    if strange is not None:
        yield f"the character {strange!r}", "its TeX name"
    yield from unbalanced(text)


def unbalanced(text: str) -> Iterator[tuple[str, str]]:
    """Braces and environments that do not close in the order in which they were opened."""
    opened: list[str] = []
    for match in GROUP.finditer(text):
        mark = match["brace"] or match["name"]
        if match["name"] is not None and mark not in ENVIRONMENTS:
            yield f"the environment {mark!r}", ", ".join(sorted(ENVIRONMENTS))
        if match["edge"] == "begin" or mark == "{":
            opened.append(mark)
        elif not opened or opened.pop() != ("{" if mark == "}" else mark):
            yield f"{match[0]} closes nothing that was opened before", "balanced groups"
            return
    if opened:
        yield f"{opened[-1]} is not closed", "balanced groups"
