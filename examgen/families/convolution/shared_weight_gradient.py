"""The gradient through a convolution along a line, whose weights are used again and again."""

from fractions import Fraction
from random import Random
from typing import Literal, Self

from examgen.exact import Array, Exact, array, divide, entries
from examgen.nn.conv import cross_correlate_1d, kernel_gradient_1d, signal_gradient
from examgen.nn.dense import plus
from examgen.nn.linear import descent_step
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.sampling import integers
from examgen.questions.work import Work, work_of_terms

Asked = Literal["kernel", "signal", "step"]
RATES = [Fraction(1, 2), Fraction(1, 4), Fraction(1, 5), Fraction(1, 10)]


@family(
    title="The gradient of shared weights",
    minutes=(2, 3, 3),
    conventions=("cross-correlation", "indices"),
    tags=(
        "lecture-8",
        "lecture-9",
        "lecture-15",
        "idea-shared-gradient",
    ),
)
class SharedWeightGradient:
    """∂L/∂w of y = x ⋆ w, or at the hard level ∂L/∂x, a step of gradient descent, or a loss given.

    Given is `upstream`, g = ∂L/∂y, or a `target` t with L = ½‖y − t‖².
    """

    signal: Array
    kernel: Array
    upstream: Array | None
    asked: Asked = "kernel"
    target: Array | None = None
    rate: Exact = 0

    stem = r"""
    A kernel $w$ of << kernel | length >> weights slides along a signal $x$ of << signal | length >>
    entries, with stride 1 and neither padding nor bias. Its output has the
    << places | length >> entries

    $$
    y_i = \sum_{\tau=1}^{<< kernel | length >>} w_\tau \, x_{i+\tau-1}
    $$

    $$
    x = << signal >>, \qquad w = << kernel >>
    $$

    <% if target is none %>
    Backpropagation of a loss $L$ has already reached $y$, with $g_i = \partial L / \partial y_i$:

    $$
    g = << upstream >>
    $$
    <% else %>
    The loss is $L = \frac{1}{2} \sum_i (y_i - t_i)^2$, and $g_i$ stands for
    $\partial L / \partial y_i$. The targets are

    $$
    t = << target >>
    $$
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Three or four windows; at the hard level one of three questions."""
        width = 3 if level == "medium" else 2
        signal = integers(rng, (4 if level == "easy" else 5,), -2, 3)
        kernel = array(rng.sample([-3, -2, -1, 1, 2, 3], width))
        upstream = integers(rng, (len(signal) - width + 1,), -2, 3)
        if level != "hard":
            return cls(signal, kernel, upstream)
        asked: Asked = rng.choice(["kernel", "signal", "step"])
        if asked == "kernel":
            target = plus(cross_correlate_1d(signal, kernel), array(-upstream))
            return cls(signal, kernel, None, asked, target)
        rate = rng.choice(RATES) if asked == "step" else 0
        return cls(signal, kernel, upstream, asked, rate=rate)

    def worth_asking(self) -> bool:
        """g and x have both signs, few zeros, and do not look the same from behind."""
        return all(
            min(each) < 0 < max(each) and each.count(0) <= 1 and each != each[::-1]
            for each in (entries(self.signal), entries(self.g))
        )

    def plausible(self, wrong: Array) -> bool:
        """Whether it is neither 0 altogether nor what the question states."""
        stated = [entries(each) for each in (self.signal, self.kernel, self.g)]
        return any(entries(wrong)) and entries(wrong) not in stated

    @property
    def g(self) -> Array:
        """∂L/∂y."""
        if self.target is None:
            return array([]) if self.upstream is None else self.upstream
        return plus(self.output, array(-self.target))

    @property
    def places(self) -> range:
        """The numbers of the outputs, for the stem and the worked solution."""
        return range(1, len(self.signal) - len(self.kernel) + 2)

    @property
    def output(self) -> Array:
        """y, for the worked solution."""
        return cross_correlate_1d(self.signal, self.kernel)

    @property
    def uses(self) -> list[list[int]]:
        """The inputs that each weight meets, window by window."""
        return [entries(self.signal[tau : tau + len(self.g)]) for tau in range(self.width)]

    @property
    def width(self) -> int:
        """k."""
        return len(self.kernel)

    @property
    def gradient(self) -> Array:
        """∂L/∂w."""
        return kernel_gradient_1d(self.signal, self.g)

    def meets(self, j: int) -> list[tuple[int, int]]:
        """(i, τ) for every output y_i that has a term w_τ x_j; all count from 1."""
        pairs = [(j - tau + 1, tau) for tau in range(1, self.width + 1)]
        return [(i, tau) for i, tau in pairs if i in self.places]

    @property
    def work(self) -> Work:
        """A sum of products for each entry; before it the errors, or after it the step."""
        if self.asked == "signal":
            sums = [
                work_of_terms((self.g[i - 1], self.kernel[tau - 1]) for i, tau in pairs)
                for pairs in map(self.meets, range(1, len(self.signal) + 1))
            ]
        else:
            g = entries(self.g)
            sums = [work_of_terms(zip(g, used, strict=True)) for used in self.uses]
        work = sum(sums, Work(lookups=2 * len(sums)))
        if self.target is not None:
            windows = [self.signal[i - 1 : i - 1 + self.width] for i in self.places]
            outputs = (work_of_terms(zip(each, self.kernel, strict=True)) for each in windows)
            work += sum(outputs, Work(additions=len(windows)))
        return work + Work(self.width, self.width) * (self.asked == "step")

    def answer_from(self, gradient: Array) -> Array:
        """The gradient itself, or the kernel after a step along it."""
        return descent_step(self.kernel, gradient, self.rate) if self.asked == "step" else gradient

    def of_the_kernel(self, upstream: Array, signal: Array | None = None) -> Array | None:
        """What is answered with this in place of g or x; not where ∂L/∂x is asked."""
        if self.asked == "signal":
            return None
        found = kernel_gradient_1d(self.signal if signal is None else signal, upstream)
        return self.answer_from(found)

    def from_one(self, window: int) -> Array:
        """What window *window*, from 0, alone contributes to the gradient that is asked."""
        only = array([g if i == window else 0 for i, g in enumerate(self.g)])
        if self.asked == "signal":
            return signal_gradient(self.kernel, only)
        return self.answer_from(kernel_gradient_1d(self.signal, only))

    @part(
        r"""
<%- if asked == "kernel" -%>
Compute the gradient $\partial L / \partial w$, with an entry for each weight.
<%- elif asked == "signal" -%>
Compute the gradient $\partial L / \partial x$, with an entry for each entry of the signal.
<%- else -%>
What are the weights after one step of gradient descent, $w - \alpha \, \partial L / \partial w$,
with the step size $\alpha = << rate >>$?
<%- endif -%>
""",
        points=1,
    )
    def result(self) -> Array:
        """Σ_i g_i x_{i+τ−1}, or Σ_τ g_{j−τ+1} w_τ, or w less α times the first."""
        if self.asked == "signal":
            return signal_gradient(self.kernel, self.g)
        return self.answer_from(self.gradient)

    @result.misconception(
        "You took the first window alone. Every window contributes, and the contributions are "
        "added."
    )
    def uses_one_window_only(self) -> Array:
        """g_1 alone."""
        return self.from_one(0)

    @result.misconception(
        "You took the last window alone. Every window contributes, and the contributions are added."
    )
    def uses_the_last_window_only(self) -> Array:
        """The last g alone."""
        return self.from_one(len(self.g) - 1)

    @result.misconception(
        "You took the mean over the << places | length >> windows. Each use of a weight adds its "
        "share of the gradient; nothing divides them."
    )
    def averages_over_the_windows(self) -> Array | None:
        """The sum over the number of windows."""
        if self.asked == "signal":
            return None
        return self.answer_from(divide(self.gradient, len(self.g)))

    @result.misconception(
        r"You multiplied each $g_i$ by the weight itself. The derivative of $y_i$ with respect to "
        r"$w_\tau$ is the input that it meets, $x_{i+\tau-1}$."
    )
    def takes_the_kernel_for_the_input(self) -> Array | None:
        """Σ g_i w_τ."""
        if self.asked == "signal":
            return None
        return self.answer_from(array(sum(entries(self.g)) * self.kernel))

    @result.misconception(
        "You went through $g$ from behind. The first entry of $g$ belongs to the first window."
    )
    def reverses_the_upstream(self) -> Array | None:
        """g reversed, as true convolution would have it."""
        return self.of_the_kernel(array(self.g[::-1]))

    @result.misconception(
        "You left $g$ out: what a window contributes is multiplied by the $g_i$ of its output."
    )
    def forgets_the_upstream(self) -> Array:
        """g = (1, …, 1)."""
        ones = array([1] * len(self.g))
        if self.asked == "signal":
            return signal_gradient(self.kernel, ones)
        return self.answer_from(kernel_gradient_1d(self.signal, ones))

    @result.misconception(
        "You kept a gradient for each connection. The windows share their weights, so what they "
        "contribute to one weight is added."
    )
    def keeps_the_connections_apart(self) -> Array | None:
        """g_i x_{i+τ−1}, a row for each window."""
        if self.asked != "kernel":
            return None
        return array([[g * x for g, x in zip(self.g, used, strict=True)] for used in self.uses]).T

    @result.misconception(
        "You let each $g_i$ meet only the input at the same place. Weight $\\tau$ meets "
        "$x_{i+\\tau-1}$ in window $i$."
    )
    def forgets_the_shift(self) -> Array | None:
        """Σ g_i x_i for every weight."""
        if self.asked == "signal":
            return None
        first = sum(g * x for g, x in zip(self.g, self.signal, strict=False))
        return self.answer_from(array([first] * self.width))

    @result.misconception(
        r"You took $y$ for the derivative. That of $\frac{1}{2} (y_i - t_i)^2$ is $y_i - t_i$."
    )
    def takes_the_output_for_the_error(self) -> Array | None:
        """g = y."""
        return None if self.target is None else self.of_the_kernel(self.output)

    @result.misconception(
        r"You took $t_i - y_i$; the derivative of $\frac{1}{2} (y_i - t_i)^2$ is $y_i - t_i$."
    )
    def reverses_the_sign(self) -> Array | None:
        """g = t − y."""
        return None if self.target is None else self.of_the_kernel(array(-self.g))

    @result.misconception(
        r"You doubled the error. The 2 of the square cancels the $\frac{1}{2}$ in the loss."
    )
    def forgets_the_half(self) -> Array | None:
        """g = 2(y − t)."""
        return None if self.target is None else self.of_the_kernel(array(2 * self.g))

    @result.misconception(
        "You gave the gradient with respect to the weights; asked is that with respect to the "
        "signal."
    )
    def gives_the_weights_gradient(self) -> Array | None:
        """∂L/∂w for ∂L/∂x."""
        return self.gradient if self.asked == "signal" else None

    @result.misconception(
        "You let the kernel slide along $g$ as it is written. Entry $x_j$ meets $w_\\tau$ in "
        "$y_{j-\\tau+1}$: a later weight in an earlier output, so the kernel is turned round."
    )
    def forgets_to_flip(self) -> Array | None:
        """The kernel as written over g with zeros at its ends."""
        if self.asked != "signal":
            return None
        return signal_gradient(array(self.kernel[::-1]), self.g)

    @result.misconception(
        "You used inner positions only. The first and the last entries of the signal have a "
        "gradient as well, from the fewer windows that they lie in."
    )
    def leaves_the_ends_out(self) -> Array | None:
        """No zeros at the ends of g."""
        if self.asked != "signal":
            return None
        return cross_correlate_1d(self.g, array(self.kernel[::-1]))

    @result.misconception(
        "You multiplied by the signal; the derivative of $y_i$ with respect to $x_j$ is the weight "
        "that $x_j$ meets there."
    )
    def takes_the_input_for_the_kernel(self) -> Array | None:
        """x_j times the sum of the g of its windows."""
        if self.asked != "signal":
            return None
        ones = array([1] * self.width)
        return array(self.signal * signal_gradient(ones, self.g))

    @result.misconception("You added the step; gradient descent subtracts it.")
    def goes_uphill(self) -> Array | None:
        """w + α∇."""
        if self.asked != "step":
            return None
        return descent_step(self.kernel, self.gradient, -1 * self.rate)

    @result.misconception("You left the step size out: the gradient is multiplied by $<< rate >>$.")
    def forgets_the_step_size(self) -> Array | None:
        """α = 1."""
        return descent_step(self.kernel, self.gradient, 1) if self.asked == "step" else None

    @result.misconception("That is the step alone; it is subtracted from the old weights.")
    def forgets_the_old_weights(self) -> Array | None:
        """α∇."""
        return array(self.rate * self.gradient) if self.asked == "step" else None
