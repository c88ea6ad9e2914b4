"""Words that may stand in an answer without changing it."""

UNITS_TEXT = """
    parameter parameters param params weight weights bias biases multiplication multiplications
    mult mults mac macs flop flops addition additions operation operations ops pixel pixels px
    unit units neuron neurons entry entries score scores update updates channel channels feature
    features filter filters layer layers row rows column columns token tokens value values head
    heads bit bits byte bytes step steps trainable learnable in total altogether only
"""
UNITS = frozenset(UNITS_TEXT.split())
"""What is counted, after a number."""

TELLING_TEXT = """
    or none nothing zero one two three four five six seven eight nine ten eleven twelve
    hundred thousand million billion dozen half halves third thirds quarter quarters percent
    negative positive minus plus times squared cubed double twice per each least most more less than
    over under above below hundreds thousands millions billions dozens binary octal hex hexadecimal
    sign transpose transposed inverse inverted reciprocal reversed wrong ignore
"""
TELLING = frozenset(TELLING_TEXT.split())
"""Words in brackets behind an answer that may say another value."""

PLACES_TEXT = """
    row rows column columns token tokens position positions pos entry entries index indices
    indexes output outputs input inputs only and the number numbers nr no unit units layer layers
    neuron neurons score scores point points feature features element elements item items
    channel channels vector vectors weight weights are is it set of these both just also parameter
    parameters sample samples head heads block blocks step steps others other
"""
PLACES = frozenset(PLACES_TEXT.split())
"""What indices point at, around the numbers."""

NOTHING = frozenset({"none", "nothing", "empty", "∅", "neither", "emptyset", "varnothing"})
"""The empty set."""

GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "ν": "nu",
    "ξ": "xi",
    "ρ": "rho",
    "τ": "tau",
    "φ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
}
GREEK_NAMES = frozenset({*GREEK.values(), "varepsilon", "varphi"})
"""Letters that may be variables where variables are asked; σ is a function, π a number."""
