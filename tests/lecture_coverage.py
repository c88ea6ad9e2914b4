"""docs/coverage.md: which questions cover each point of the lecture, made from the catalog."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from examgen.exams.catalog import Entry, entries

PAGE = Path(__file__).resolve().parent.parent / "docs" / "coverage.md"
LECTURE = "lecture-"
ROWS = {
    2: "Supervised models: linear regression, logistic regression, support vector machines",
    3: "Feature selection: feature transformation, kernel trick, reparameterization trick",
    4: "Kinds of networks: convolutional for images and audio, transformers for text and sequences",
    5: "Fully connected networks: `nn.Linear`, `nn.ReLU`, $z = Wx$, $\\sigma(z)$",
    6: "Issues with linear layers: computationally expensive, loss of context",
    7: "Wishlist for convolutional layers: locality, shift invariance",
    8: "Convolutions in one dimension",
    9: "The neural-net view of a convolution: weights are reused",
    10: "The number of weights: the size of the kernel against $d_1 d_2$",
    11: "Convolutions in two dimensions: the formula, one entry, the two worked kernels",
    12: "The neural-net view in two dimensions: a convolutional layer with channels",
    13: "Convolutions in three dimensions",
    14: "Padding, strides, pooling",
    15: "Training a CNN: keep track of reused weights",
    16: "The timeline from convolutions to mixtures of experts; deeper, bigger, more data",
    17: "Residual networks: with the skip and without, the loss landscape",
    18: "Review: from 1D, 2D and 3D convolutions to a CNN with linear layers at its end",
    19: "Motivation: tabular data, images and audio, sequences, and the layer for each",
    20: "Tokenization, the tokens that begin and end a text, a vector for each token",
    21: "Wishlist for transformers: variable length, numbers for words, context",
    22: "Self-attention without matrices: softmax of inner products",
    23: "Queries, keys and values, and their matrices",
    24: "Attention in matrix form, with shapes",
    25: "Positional encoding: order matters",
    26: "The causal mask: an output is built from prior tokens only",
    27: "Autoregressive caching: $O(n)$ updates against $O(n^2)$",
}
"""The points of the lecture by their numbers; the first only frames the exam."""
HEAD = """\
# Which questions cover the lecture

The points of the lecture, and the question families (`like this`) and bank items (*like this*) that
cover each. A blueprint can ask for a point by its tag, for example `tags = { lecture-17 = 2 }`.
`make coverage` writes this table from the catalog.

| tag | point of the lecture | covered by |
|---|---|---|
"""


def asking() -> Mapping[int, list[Entry]]:
    """What asks each row of the lecture, in the catalog's order."""
    found: dict[int, list[Entry]] = {row: [] for row in ROWS}
    for entry in entries().values():
        for row in rows_of(entry.tags):
            found[row].append(entry)
    return found


def rows_of(tags: Iterable[str]) -> list[int]:
    """The rows that these tags name; KeyError where there is no such row."""
    numbers = [int(tag.removeprefix(LECTURE)) for tag in tags if tag.startswith(LECTURE)]
    return [number for number in numbers if ROWS[number]]


def lines() -> Iterator[str]:
    """The table's rows."""
    for row, found in asking().items():
        names = [f"*{each.id}*" if each.bank else f"`{each.id}`" for each in found]
        yield f"| `{LECTURE}{row}` | {ROWS[row]} | {', '.join(names)} |\n"


def page() -> str:
    """The whole page."""
    return HEAD + "".join(lines())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
