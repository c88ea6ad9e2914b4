"""What the words of the house notation are in Typst.

Signs are written as themselves, in Unicode: their names in Typst change from version to version.
"""

from __future__ import annotations


def pairs(text: str) -> dict[str, str]:
    """Words and signs in turn."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


LETTERS = pairs("""
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι
    kappa κ lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ
    phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ
    Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ hbar ℏ imath ı jmath ȷ Re ℜ Im ℑ aleph ℵ
""")
SIGNS = pairs("""
    partial ∂ nabla ∇ infty ∞ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ top ⊤ bot ⊥
    angle ∠ triangle △ prime ′ dagger † ddagger ‡ checkmark ✓ surd √ backslash \\
    sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcap ⋂ bigcup ⋃ bigoplus ⨁ bigotimes ⨂
    bigodot ⨀ bigvee ⋁ bigwedge ⋀
    pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ cap ∩ cup ∪ setminus ∖ wedge ∧
    vee ∨ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ land ∧ lor ∨
    le ≤ leq ≤ ge ≥ geq ≥ ll ≪ gg ≫ ne ≠ neq ≠ equiv ≡ sim ∼ simeq ≃ approx ≈ cong ≅ propto ∝
    prec ≺ succ ≻ preceq ⪯ succeq ⪰ in ∈ ni ∋ notin ∉ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇
    subsetneq ⊊ mid ∣ nmid ∤ parallel ∥ perp ⟂ models ⊧ vdash ⊢ lt < gt > coloneqq ≔ eqqcolon ≕
    triangleq ≜ doteq ≐ asymp ≍
    to → gets ← leftarrow ← rightarrow → leftrightarrow ↔ Leftarrow ⇐ Rightarrow ⇒
    Leftrightarrow ⇔ mapsto ↦ longrightarrow ⟶ longleftarrow ⟵ longmapsto ⟼ Longrightarrow ⟹
    Longleftarrow ⟸ implies ⟹ impliedby ⟸ iff ⟺ hookrightarrow ↪ hookleftarrow ↩ uparrow ↑
    downarrow ↓ updownarrow ↕ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ rightsquigarrow ⇝
    ldots … dots … cdots ⋯ dotsb ⋯ dotsc … vdots ⋮ ddots ⋱
""")
SIGNS |= LETTERS
DELIMITERS = {
    **{sign: sign for sign in "()[]/"},
    **{r"\{": "{", r"\}": "}", "|": "|", r"\|": "‖"},
    **{
        f"\\{word}": sign
        for word, sign in pairs("""
            lbrace { rbrace } lbrack [ rbrack ] langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉
            vert | Vert ‖ lvert | rvert | lVert ‖ rVert ‖ backslash \\ uparrow ↑ downarrow ↓
            updownarrow ↕
        """).items()
    },
}
EDGES = {**DELIMITERS, "<": "⟨", ">": "⟩", r"\lt": "⟨", r"\gt": "⟩", ".": ""}
r"""What may follow `\left` and its like; `.` is no bracket."""
CLASSES = {
    **{"|": "normal", r"\|": "normal", r"\vert": "normal", r"\Vert": "normal"},
    **{r"\lvert": "opening", r"\rvert": "closing", r"\lVert": "opening", r"\rVert": "closing"},
}
"""The class of bars: Typst takes them for fences and sets them apart."""
NAMED = """
    arccos arcsin arctan arg cos cosh cot csc deg det dim exp gcd hom inf ker lg lim ln log max min
    Pr sec sin sinh sup tan tanh
"""
OPERATORS = {each: each for each in NAMED.split()} | {"liminf": "lim inf", "limsup": "lim sup"}
WITH_LIMITS = frozenset({"det", "gcd", "inf", "lim", "liminf", "limsup", "max", "min", "Pr", "sup"})
PLAIN = {
    **{r"\,": "thin", r"\thinspace": "thin", r"\:": "med", r"\medspace": "med", r"\;": "thick"},
    **{r"\thickspace": "thick", r"\quad": "quad", r"\qquad": "wide", r"\ ": '" "', "~": '" "'},
    **{r"\!": "#h(-0.1667em)", r"\negthinspace": "#h(-0.1667em)", r"\enspace": "#h(0.5em)"},
    **{"-": "−", "*": "∗", "<": r"\<", ">": r"\>"},
    **{sign: sign for sign in (r"\%", r"\$", r"\#", r"\&", r"\_")},
    r"\colon": r'class("punctuation", \:)',
    r"\bmod": 'class("binary", "mod")',
    r"\mod": 'quad "mod" thick',
}
"""Signs and spaces that are written as they stand here."""
IN_WORDS = {
    **{r"\ ": " ", "~": "\u00a0", r"\,": "\u2009", r"\;": "\u2005", r"\quad": "\u2003"},
    **{f"\\{sign}": sign for sign in "%$#&_{}"},
}
TEXTS = {"text": "", "textrm": "", "textbf": "bold", "textit": "italic", "texttt": "mono"}
CALLS = {
    **{"mathbb": "bb({})", "mathcal": "cal({})", "mathfrak": "frak({})", "mathit": "italic({})"},
    **{"mathsf": "sans({})", "mathtt": "mono({})", "mathbf": "bold(upright({}))"},
    **{"boldsymbol": "bold({})", "hat": "hat({})", "widehat": "hat({})", "tilde": "tilde({})"},
    **{"widetilde": "tilde({})", "bar": "macron({})", "vec": "arrow({})", "dot": "dot({})"},
    **{"ddot": "dot.double({})", "acute": "acute({})", "grave": "grave({})"},
    **{"breve": "breve({})", "check": "caron({})", "overline": "overline({})"},
    **{"underline": "underline({})", "overbrace": "limits(overbrace({}))"},
    **{
        "underbrace": "limits(underbrace({}))",
        "frac": "frac({}, {})",
        "dfrac": "display(frac({}, {}))",
    },
    **{"tfrac": "inline(frac({}, {}))", "binom": "binom({}, {})"},
    **{"dbinom": "display(binom({}, {}))", "overset": "limits({1})^({0})"},
    **{"underset": "limits({1})_({0})", "stackrel": 'class("relation", limits({1})^({0}))'},
    "pmod": r'quad \( "mod" thick {} \)',
    # Within markup `within`, of the skeletons, gives the inner formula its empty description.
    "phantom": "#hide(within($display({})$))",
    "hphantom": "#box(height: 0pt, hide(within($display({})$)))",
    "vphantom": "#box(width: 0pt, hide(within($display({})$)))",
    "boxed": "#box(stroke: 0.5pt, inset: 3pt, baseline: 3pt, within($display({})$))",
}
"""Words with arguments, which take the places of the braces."""
BETWEEN = frozenset({"+", "-", "=", "<", ">", "*"}) | {
    f"\\{word}"
    for word in (
        *("cdot", "times", "star", "circ", "ast", "pm", "oplus", "otimes", "odot", "cup", "cap"),
        *("le", "leq", "ge", "geq", "lt", "gt", "ne", "neq", "to", "rightarrow", "subset", "in"),
        *("subseteq", "equiv", "approx", "sim", "implies", "iff", "wedge", "vee", "sum", "prod"),
    )
}
"""Signs of operation and relation."""
NEGATED = {r"\=": "≠", r"\∈": "∉", r"\∣": "∤", r"\≡": "≢", r"\⊂": "⊄", r"\<": "≮", r"\>": "≯"}
ARROWS = {"xrightarrow": "→", "xleftarrow": "←"}
LIMITS = {r"\limits": "limits", r"\nolimits": "scripts"}
SIZES = {"big": "1.2em", "Big": "1.8em", "bigg": "2.4em", "Bigg": "3em"}
SIDES = {"": "normal", "l": "opening", "r": "closing", "m": "relation"}
STYLES = {"displaystyle": "display", "textstyle": "inline", "scriptstyle": "script"}
MATRICES = {
    **{"matrix": "#none", "bmatrix": '"["', "pmatrix": '"("', "vmatrix": '"|"'},
    **{"Vmatrix": '"‖"', "Bmatrix": '"{"', "array": "#none"},
}
ALIGNED = {"l": "left", "c": "center", "r": "right"}
