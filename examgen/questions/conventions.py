"""The conventions of the course: what the front page prints when a family relies on them."""

from collections.abc import Iterable

EXACT = (
    r"integers, fractions, or expressions in $e$, $\ln$ and square roots such as "
    r"$\frac{2 + e^{5}}{7}$. $\ln$ is the natural logarithm."
)
TEXTS = {
    "cross-correlation": (
        r"$x \star w$ is **cross-correlation**: $w$ slides over $x$ as it is written, without "
        "being flipped. The word *convolution* means the same."
    ),
    "indices": "All numbering begins with 1; $[s, t]$ is row $s$, column $t$.",
    "windows": (
        "No padding, stride 1 and dilation 1 unless stated. Padding $p$ adds $p$ zeros on *each* "
        "side. A last window that does not fit is dropped. Pooling moves by its window size "
        "unless a stride is given."
    ),
    "shapes": "Shapes are (channels, height, width), without a batch axis unless one is asked for.",
    "parameters": (
        "Parameters are weights **and biases**; every convolution and linear layer has a bias "
        "unless the question says otherwise."
    ),
    "receptive-field": (
        "The receptive field of a unit is the smallest square of input pixels that contains every "
        "pixel on which the unit can depend; its size is its side length. Padding and borders play "
        "no part, and pooling is a layer too."
    ),
    "linear-model": (
        r"A linear model is $f(x) = \langle w, x \rangle$ without an intercept unless one is "
        r"mentioned. Data points are the rows of $X$; in a formula a vector is a column."
    ),
    "svm": (
        r"A support vector machine has labels $\pm 1$ and the plane "
        r"$\langle w, x \rangle - b = 0$: $b$ is *subtracted*."
    ),
    "residual": (
        r"A residual block is $h^{(l)} = \sigma(W^{(l)} h^{(l-1)}) + h^{(l-1)}$: the skip is "
        r"added after $\sigma$. Vectors are columns."
    ),
    "relu": (
        r"$\operatorname{ReLU}(z) = \max(0, z)$, applied to every entry; its derivative at 0 is "
        "taken as 0."
    ),
    "attention": (
        "Tokens are the rows of $X$. Row $i$ of a score matrix belongs to query $i$, and softmax "
        "is taken along each row."
    ),
    "causal": (
        "Causal attention lets position $i$ attend to the positions $j \\le i$, itself included; "
        r"all other scores are set to $-\infty$ before softmax."
    ),
    "exact": f"Answers are exact: {EXACT}",
}
OR_ROUNDED = f"Exact answers are {EXACT}"
"""What is said instead where rounded answers are right, too."""


def in_force(used: Iterable[str], *, rounded: bool = False) -> tuple[str, ...]:
    """The texts of the conventions *used*, each once, in the order above.

    *rounded*: whether rounded answers are right, too.
    """
    texts = {**TEXTS, "exact": OR_ROUNDED} if rounded else TEXTS
    names = set(used)
    return tuple(text for name, text in texts.items() if name in names)
