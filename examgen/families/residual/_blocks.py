"""The figure of residual blocks: the branch through the weights, and the skip around it."""

from collections.abc import Sequence

from examgen.questions.figures import Block, Chain, Group, Skip


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
