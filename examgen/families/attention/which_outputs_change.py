"""Which outputs of a layer, or of two, can change when a token is replaced."""

from collections.abc import Callable
from random import Random
from typing import Literal, NamedTuple, Self

from examgen.nn.dependence import Reach, around, back, causally, reached
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work

Kind = Literal["causal", "local", "convolution"]


class SequenceLayer(NamedTuple):
    """A layer over a sequence.

    `size` is how many inputs a local layer attends to, and how far a convolution reaches.
    """

    kind: Kind
    size: int = 0

    @property
    def words(self) -> str:
        """What the layer is."""
        if self.kind == "causal":
            return "causal self-attention: output $i$ attends to the inputs $j \\le i$"
        if self.kind == "local":
            return (
                f"causal self-attention over the last {self.size} inputs: output $i$ attends to "
                f"the inputs $j$ with $i - {self.size} < j \\le i$"
            )
        return (
            f"a convolution along the sequence with a kernel of {2 * self.size + 1} positions, "
            f"stride 1 and padding {self.size}"
        )

    @property
    def is_attention(self) -> bool:
        """Whether it has a mask."""
        return self.kind != "convolution"

    @property
    def reach(self) -> Reach:
        """Which inputs an output depends on."""
        return {"causal": causally, "local": back(self.size), "convolution": around(self.size)}[
            self.kind
        ]


CAUSAL = SequenceLayer("causal")
LOCAL = [SequenceLayer("local", size) for size in (2, 3)]
CONVOLUTION = [SequenceLayer("convolution", size) for size in (1, 2)]
PAIRS: list[tuple[SequenceLayer, SequenceLayer]] = [
    (CAUSAL, CAUSAL),
    (CAUSAL, CONVOLUTION[0]),
    (CONVOLUTION[0], CAUSAL),
    (CONVOLUTION[0], CONVOLUTION[0]),
    (LOCAL[0], LOCAL[0]),
    (LOCAL[0], LOCAL[1]),
    (LOCAL[0], CONVOLUTION[0]),
    (CONVOLUTION[0], LOCAL[0]),
]


@family(
    title="Which outputs change",
    minutes=(1, 2, 2),
    conventions=("indices",),
    tags=(
        "lecture-26",
        "idea-changed-outputs",
    ),
)
class WhichOutputsChange:
    """The outputs of layers over `length` tokens that depend on the `changed` ones, all from 1.

    Easy: one causal layer. Medium: two tokens changed, a causal layer with a window, or a
    convolution. Hard: two layers.
    """

    length: int
    changed: tuple[int, ...]
    layers: tuple[SequenceLayer, ...]

    stem = r"""
    << length >> tokens $x_1, \dots, x_{<< length >>}$ pass through
    <% if layers | length == 1 %>
    << layers[0].words >>. The outputs are $y_1, \dots, y_{<< length >>}$.
    <% else %>
    two layers, one after the other. Both give as many outputs as they have inputs
    <%- if layers[0] == layers[1] %>, and both are << layers[0].words >>.
    <% else %>:

    <% for layer in layers %>
    << loop.index >>. << layer.words >>
    <% endfor %>
    <% endif %>

    The outputs of the second layer are $y_1, \dots, y_{<< length >>}$.
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Few tokens are changed, and neither the first nor the last of them alone."""
        length = rng.randint(5, 11) if level == "easy" else rng.randint(6, 8)
        token = rng.randint(2, length - 1)
        if level == "easy":
            return cls(length, (token,), (CAUSAL,))
        if level == "hard":
            return cls(length, (token,), rng.choice(PAIRS))
        layer = rng.choice([CAUSAL, *LOCAL, *CONVOLUTION])
        if layer == CAUSAL or rng.random() < 0.3:
            first, second = sorted(rng.sample(range(2, length + 1), 2))
            return cls(length, (first, second), (layer,))
        return cls(length, (token,), (layer,))

    def worth_asking(self) -> bool:
        """Some outputs change and some do not, and not just those of the changed tokens."""
        return len(self.changed) < len(self.through(self.layers)) < self.length

    @property
    def event(self) -> str:
        """What happens, in words."""
        tokens = " and ".join(f"$x_{{{each}}}$" for each in self.changed)
        one = len(self.changed) == 1
        return f"{'Token' if one else 'Tokens'} {tokens} {'is' if one else 'are'} replaced"

    @property
    def first(self) -> int:
        """The first token changed, for the worked solution."""
        return min(self.changed)

    def through(
        self,
        layers: tuple[SequenceLayer, ...],
        reach: Callable[[SequenceLayer], Reach] = lambda layer: layer.reach,
        changed: tuple[int, ...] | None = None,
    ) -> frozenset[int]:
        """What a change reaches through the layers, one after the other."""
        found = frozenset(self.changed if changed is None else changed)
        for layer in layers:
            found = reached(found, self.length, reach(layer))
        return found

    @property
    def steps(self) -> list[frozenset[int]]:
        """What can have changed after each layer, for the worked solution."""
        return [self.through(self.layers[:count]) for count in range(1, len(self.layers) + 1)]

    @property
    def has_mask(self) -> bool:
        """Whether a layer is one of attention."""
        return any(layer.is_attention for layer in self.layers)

    @property
    def has_window(self) -> bool:
        """Whether a layer sees only some inputs nearby."""
        return any(layer.kind != "causal" for layer in self.layers)

    @property
    def has_kernel(self) -> bool:
        """Whether a layer is a convolution."""
        return any(layer.kind == "convolution" for layer in self.layers)

    @property
    def work(self) -> Work:
        """A look at every output, for each layer and token."""
        return Work(lookups=self.length * len(self.layers) * len(self.changed) // 2 + 1)

    @part(
        "<< event >> by << 'another vector' if changed | length == 1 else 'other vectors' >>; "
        "nothing else changes. Which outputs $y_i$ can change? Give the set of all $i$ for which "
        "there are weights that make $y_i$ change.",
        points=1,
    )
    def outputs(self) -> frozenset[int]:
        """What the change reaches through all layers."""
        return self.through(self.layers)

    @outputs.misconception("You took outputs only where the change is. Other outputs see it, too.")
    def changes_its_own_row_only(self) -> frozenset[int]:
        """The changed tokens' own."""
        return frozenset(self.changed)

    @outputs.misconception(
        "You took all outputs. Those whose inputs are all as before stay as they are."
    )
    def changes_every_row(self) -> frozenset[int]:
        """As without a mask or a window."""
        return frozenset(range(1, self.length + 1))

    @outputs.misconception(
        "You took the outputs that stay as they are; asked are those that can change."
    )
    def gives_the_unchanged_rows(self) -> frozenset[int]:
        """The complement."""
        return frozenset(range(1, self.length + 1)) - self.through(self.layers)

    @outputs.misconception("You counted from 0; tokens and outputs count from 1 here.")
    def counts_from_zero(self) -> frozenset[int]:
        """Each number one smaller."""
        return frozenset(each - 1 for each in self.through(self.layers))

    @outputs.misconception(
        "You had the mask the wrong way round. An output sees the tokens *before* its place, so a "
        "change reaches later outputs."
    )
    def masks_the_past(self) -> frozenset[int] | None:
        """j ≥ i for j ≤ i."""
        if not self.has_mask:
            return None

        def reach(layer: SequenceLayer) -> Reach:
            return (lambda i, j: layer.reach(j, i)) if layer.is_attention else layer.reach

        return self.through(self.layers, reach)

    @outputs.misconception(
        "<% if has_kernel %>Either you let a token attend only to those before it, but it attends "
        "to itself, too; or you let the kernel look one way only, but centred on place $i$ it "
        "covers places on both sides of it."
        "<% else %>You let a token attend only to those before it. It attends to itself, too."
        "<% endif %>"
    )
    def masks_itself_too(self) -> frozenset[int] | None:
        """j < i for j ≤ i; beside a convolution, as if that looked one way only."""
        if not self.has_mask:
            return None

        def reach(layer: SequenceLayer) -> Reach:
            return (
                (lambda i, j: i != j and layer.reach(i, j)) if layer.is_attention else layer.reach
            )

        return self.through(self.layers, reach)

    @outputs.misconception(
        "You stopped after the first layer. Its changed outputs are inputs of the second."
    )
    def stops_a_layer_early(self) -> frozenset[int] | None:
        """One layer for two."""
        if len(self.layers) == 1 or self.steps[0] == self.steps[1]:
            return None
        return self.steps[0]

    @outputs.misconception(
        "You looked one place too far: count how many positions a window has, its own included."
    )
    def reaches_one_too_far(self) -> frozenset[int] | None:
        """A window one wider."""
        if not self.has_window:
            return None
        wider = tuple(each._replace(size=each.size + 1) for each in self.layers)
        return self.through(wider)

    @outputs.misconception(
        "You let the kernel look one way only. Centred on place $i$, it covers places on both "
        "sides of it."
    )
    def looks_one_way_only(self) -> frozenset[int] | None:
        """The places up to the own one."""
        if self.has_mask:
            return None
        return self.through(self.layers, lambda layer: back(layer.size + 1))

    @outputs.misconception(
        "You let a change spread to all later outputs. An output sees only what lies in its window"
        "<< ', and that of a convolution lies on both sides of it' if has_kernel else '' >>."
    )
    def forgets_the_window(self) -> frozenset[int] | None:
        """As through causal layers without a window."""
        if not self.has_window:
            return None
        found = self.through((CAUSAL,))
        return None if found == self.through(self.layers) else found

    @outputs.misconception(
        "You followed the last of the changed tokens alone; each of them has its effects."
    )
    def follows_one_token_only(self) -> frozenset[int] | None:
        """The last one's reach."""
        if len(self.changed) == 1:
            return None
        return self.through(self.layers, changed=self.changed[-1:])
