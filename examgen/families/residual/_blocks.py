"""Residual blocks: how they are stated, and the figure of the weights and the skip around them."""

from collections.abc import Sequence

from examgen.questions.figures import Block, Chain, Group, Skip

STEM = r"""
<% if depth == 1 %>
A residual block without biases computes

$$
h^{(1)} = \operatorname{ReLU}(W h^{(0)}) + h^{(0)}
$$

$$
W = << weights[0] >>, \qquad h^{(0)} = << h0 | column >>
$$
<% else %>
A residual network has two blocks without biases:

$$
h^{(l)} = \operatorname{ReLU}(W^{(l)} h^{(l-1)}) + h^{(l-1)}, \qquad l = 1, 2
$$

$$
W^{(1)} = << weights[0] >>, \quad W^{(2)} = << weights[1] >>, \quad
h^{(0)} = << h0 | column >>
$$
<% endif %>
"""
"""What one block computes, or two: with the givens `weights` and `h0`, and `depth`."""


def residual_blocks(weights: Sequence[str], activation: str | None = "ReLU") -> Chain:
    """Blocks h ↦ ReLU(W h) + h one after the other, for labels of their weights.

    Another *activation* takes ReLU's place, or none does.
    """
    blocks = [Block("$h^{(0)}$", kind="value")]
    skips: list[Skip] = []
    groups: list[Group] = []
    for number, weight in enumerate(weights, start=1):
        first = len(blocks) + 1
        blocks.append(Block(weight))
        if activation is not None:
            blocks.append(Block(activation))
        blocks.append(Block("+", kind="operation"))
        end = len(blocks)
        blocks.append(Block(f"$h^{{({number})}}$", kind="value"))
        skips.append(Skip(first - 1, end))
        groups.append(Group(first, end, f"block {number}"))
    return Chain(tuple(blocks), tuple(skips), tuple(groups))


def matrix_blocks(depth: int) -> Chain:
    """So many blocks with the weights W, or W¹, W², … where there are several."""
    numbers = range(1, depth + 1)
    return residual_blocks(["$W$"] if depth == 1 else [f"$W^{{({n})}}$" for n in numbers])
