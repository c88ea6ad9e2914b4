"""How many parameters a fully connected network learns."""

from itertools import pairwise
from math import prod
from random import Random
from typing import Self

from examgen.nn.counting import linear_parameters
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work, products


@family(
    title="The parameters of a fully connected network",
    minutes=(2, 2, 3),
    conventions=("parameters", "relu"),
    tags=("lecture-5",),
)
class MlpParamCount:
    """Linear layers with ReLU between them; at the hard level one width for all hidden layers."""

    widths: tuple[int, ...]
    """Of the input, the hidden layers and the output."""
    bias: bool
    batch: int
    is_deep: bool = False
    """Whether it is written as a formula with equal widths, not as a listing."""

    stem = r"""
    <% if is_deep %>
    A network $f \colon \mathbb{R}^{<< widths[0] >>} \to \mathbb{R}^{<< widths[-1] >>}$ with
    $\ell = << depth >>$ weight matrices,

    $$
    f(x) = W^{(\ell)} \operatorname{ReLU}\bigl(W^{(\ell-1)} \cdots
    \operatorname{ReLU}(W^{(1)} x)\bigr),
    $$

    has hidden layers of << widths[1] >> units each,
    << "and each matrix is followed by a bias, which the formula leaves out" if bias
    else "and **no** biases" >>.
    <% else %>
    A network for batches of << batch >> inputs is made of these layers<< "" if bias else
    "; their biases are switched off, so the linear layers have **none**" >>:

    ```python
    nn.Sequential(
    <% for inputs, outputs in layers %>
        nn.Linear(<< inputs >>, << outputs >>),
    <% if not loop.last %>
        nn.ReLU(),
    <% endif %>
    <% endfor %>
    )
    ```
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Widths that differ, so that inputs and outputs of a layer cannot be confused."""
        batch = rng.choice([16, 32, 64])
        if level == "hard":
            inputs, outputs = rng.randint(6, 20), rng.randint(2, 9)
            widths = (inputs, *[rng.choice([8, 10, 12, 15, 20])] * rng.randint(3, 5), outputs)
            return cls(widths, rng.random() < 0.5, batch, is_deep=True)
        inner = [rng.choice([5, 6, 8, 10, 12, 15, 20]) for _ in range(1 + (level == "medium"))]
        widths = (rng.randint(6, 20), *inner, rng.randint(2, 9))
        return cls(widths, level == "easy" or rng.random() < 0.6, batch)

    def worth_asking(self) -> bool:
        """Neighbouring widths differ, but for those of equal hidden layers."""
        pairs = (self.layers[0], self.layers[-1]) if self.is_deep else self.layers
        return all(inputs != outputs for inputs, outputs in pairs)

    @property
    def layers(self) -> list[tuple[int, int]]:
        """Inputs and outputs of each linear layer."""
        return list(pairwise(self.widths))

    @property
    def depth(self) -> int:
        """How many linear layers there are."""
        return len(self.layers)

    @property
    def hidden_matrices(self) -> int:
        """How many matrices lead from one hidden layer to the next."""
        return self.depth - 2

    @property
    def weights(self) -> int:
        """All weights, without biases."""
        return sum(inputs * outputs for inputs, outputs in self.layers)

    @property
    def units(self) -> int:
        """The outputs of all layers together: one bias each."""
        return sum(self.widths[1:])

    @property
    def work(self) -> Work:
        """A product for each different layer, and their sum with the biases."""
        different = dict.fromkeys(self.layers)
        repeated = self.is_deep and self.hidden_matrices > 1
        factors = sum(products(*each) - 1 for each in different) + repeated
        return Work(factors, len(different) - 1 + self.bias * len(self.widths[1:]), self.depth + 1)

    def count(self, layers: list[tuple[int, int]]) -> int:
        """The parameters of these layers, with biases where the network has them."""
        return sum(linear_parameters(*each, bias=self.bias) for each in layers)

    @part("How many trainable parameters does the network have?", points=1, counts=True)
    def parameters(self) -> int:
        """Σ inputs · outputs, and a bias for each output."""
        return self.count(self.layers)

    @parameters.misconception(
        "You left the biases out: each of the << units >> outputs of the layers has one."
    )
    def forgets_the_bias(self) -> int | None:
        """The weights alone."""
        return self.weights if self.bias else None

    @parameters.misconception("You counted biases, but this network has none.")
    def adds_a_bias_unasked(self) -> int | None:
        """A bias for each output although there are none."""
        return None if self.bias else self.weights + self.units

    @parameters.misconception(
        "You counted one bias for each layer; there is one for each of its outputs."
    )
    def one_bias_per_layer(self) -> int | None:
        """1 for each layer's number of outputs."""
        return self.weights + self.depth if self.bias else None

    @parameters.misconception(
        "You gave each layer a bias for each of its inputs. A bias is added to an output."
    )
    def one_bias_per_input(self) -> int | None:
        """The number of inputs for that of outputs."""
        return self.weights + sum(self.widths[:-1]) if self.bias else None

    @parameters.misconception("You left the last layer out; it has weights like the others.")
    def forgets_the_last_layer(self) -> int:
        """All layers but the last."""
        return self.count(self.layers[:-1])

    @parameters.misconception(
        "You gave the ReLUs a parameter for each unit; they have nothing to learn."
    )
    def gives_activation_parameters(self) -> int:
        """One more for each hidden unit."""
        return self.count(self.layers) + sum(self.widths[1:-1])

    @parameters.misconception(
        "You multiplied the widths of all layers. Weights connect a layer with the next one only: "
        "add the layers' products."
    )
    def multiplies_all_widths(self) -> int | None:
        """The product of all widths; a monstrous one in a deep network."""
        return None if self.is_deep else prod(self.widths)

    @parameters.misconception(
        "You added a layer's inputs and outputs; there is a weight for each pair of them."
    )
    def adds_inputs_and_outputs(self) -> int:
        """Inputs + outputs for inputs · outputs."""
        return sum(inputs + outputs for inputs, outputs in self.layers) + self.bias * self.units

    @parameters.misconception(
        "You counted a matrix between hidden layers too few. Of the << depth >> matrices only the "
        "first and the last lie elsewhere, so there are << hidden_matrices >>."
    )
    def leaves_a_hidden_matrix_out(self) -> int | None:
        """ℓ − 3 matrices between hidden layers."""
        if not self.is_deep:
            return None
        return self.count([*self.layers[:1], *self.layers[2:]])

    @parameters.misconception(
        "You counted $\\ell - 1 = << depth - 1 >>$ matrices between hidden layers. Of the "
        "<< depth >> matrices one starts at the input and one ends at the output."
    )
    def counts_a_hidden_matrix_too_many(self) -> int | None:
        """ℓ − 1 for ℓ − 2."""
        return self.count([*self.layers, self.layers[1]]) if self.is_deep else None

    @parameters.misconception(
        "You gave every matrix the hidden layers' size. The first has << widths[0] >> columns and "
        "the last << widths[-1] >> rows."
    )
    def makes_all_matrices_square(self) -> int | None:
        """ℓ · m²."""
        width = self.widths[1]
        return self.count([(width, width)] * self.depth) if self.is_deep else None
