"""Claims about the first half: regression, classification, margins and kernels."""

from examgen.families.concepts._claims.claim import Claim

INTRODUCTION = (
    "The data are $n$ points with $d$ features, the rows of $X$; a linear model predicts "
    r"$\langle w, x \rangle$, and its mean squared error is $\frac{1}{n} \lVert X w - y \rVert^2$."
)
CLAIMS = (
    Claim(
        "another_feature_never_hurts_training",
        True,
        "more features",
        "With one feature more, the smallest mean squared error on the training data cannot be "
        "larger.",
        "The new feature's weight may be 0, which gives the old predictions.",
    ),
    Claim(
        "another_feature_can_hurt_training",
        False,
        "more features",
        "With one feature more, the smallest mean squared error on the training data can be "
        "larger.",
        "It cannot: with a weight of 0 for the new feature the old predictions are still there.",
    ),
    Claim(
        "residuals_are_orthogonal",
        True,
        "least squares",
        "At the least-squares solution the vector $X w - y$ is orthogonal to every column of $X$.",
        "The gradient $\\frac{2}{n} X^\\top (X w - y)$ is 0 there.",
        subtle=True,
    ),
    Claim(
        "least_squares_hits_every_point",
        False,
        "least squares",
        "At the least-squares solution all predictions are right: $X w = y$.",
        "With more points than weights there is in general no such $w$; the error is smallest, "
        "not 0.",
    ),
    Claim(
        "any_step_lowers_the_error",
        False,
        "gradient descent",
        "A step of gradient descent lowers the mean squared error whatever the step size is.",
        "A step that is too long leads beyond the minimum, to a larger error.",
    ),
    Claim(
        "a_short_step_lowers_the_error",
        True,
        "gradient descent",
        "Where the gradient of the mean squared error is not 0, a step of gradient descent that is "
        "short enough lowers it.",
        "The gradient points uphill, so close by the error is smaller in the opposite direction.",
    ),
    Claim(
        "twice_the_loss_twice_the_solution",
        False,
        "the loss's constant",
        "If the mean squared error is multiplied by $n$, its minimum lies at another $w$.",
        "A positive factor changes all values of the loss, but not where they are smallest.",
    ),
    Claim(
        "the_constant_does_not_move_the_minimum",
        True,
        "the loss's constant",
        "If the mean squared error is multiplied by $n$, its minimum lies at the same $w$.",
        "A positive factor changes all values of the loss, but not where they are smallest.",
    ),
    Claim(
        "the_constant_changes_the_step",
        True,
        "the loss's constant",
        "If the mean squared error is multiplied by $n$, a step of gradient descent with the same "
        "step size goes elsewhere.",
        "The gradient, and with it the step, is multiplied by $n$ as well.",
        subtle=True,
    ),
    Claim(
        "half_at_the_boundary",
        True,
        "logistic regression",
        "Logistic regression gives points with $\\langle w, x \\rangle = 0$ the probability $1/2$.",
        "The sigmoid of 0 is $1/2$.",
    ),
    Claim(
        "the_boundary_is_curved",
        False,
        "logistic regression",
        "Since the sigmoid is curved, logistic regression separates the two classes by a curved "
        "surface.",
        "The probability is above $1/2$ where $\\langle w, x \\rangle > 0$: the boundary is a "
        "hyperplane.",
    ),
    Claim(
        "twice_the_plane_is_the_plane",
        True,
        "hyperplanes",
        "Doubling $w$ and $b$ does not move the hyperplane $\\langle w, x \\rangle - b = 0$.",
        "$2 \\langle w, x \\rangle - 2 b$ is 0 for the same points.",
    ),
    Claim(
        "twice_the_plane_is_another_plane",
        False,
        "hyperplanes",
        "Doubling $w$ and $b$ moves the hyperplane $\\langle w, x \\rangle - b = 0$ away from the "
        "origin.",
        "$2 \\langle w, x \\rangle - 2 b$ is 0 for the same points: it does not move at all.",
    ),
    Claim(
        "twice_the_weights_twice_the_margin",
        False,
        "margins",
        "Doubling $w$ and $b$ doubles the distance between the planes "
        "$\\langle w, x \\rangle - b = \\pm 1$.",
        "The distance is $2 / \\lVert w \\rVert$: it is halved.",
        subtle=True,
    ),
    Claim(
        "twice_the_weights_half_the_margin",
        True,
        "margins",
        "Doubling $w$ and $b$ halves the distance between the planes "
        "$\\langle w, x \\rangle - b = \\pm 1$.",
        "The distance is $2 / \\lVert w \\rVert$.",
        subtle=True,
    ),
    Claim(
        "the_square_kernel_is_an_inner_product",
        True,
        "polynomial kernels",
        "$(\\langle x, x' \\rangle + 1)^2$ is an inner product of features of $x$ and of $x'$.",
        "Multiplied out it is a sum of such products: a constant, the entries and their products "
        "in pairs, with suitable factors.",
    ),
    Claim(
        "the_square_kernel_needs_all_features",
        False,
        "polynomial kernels",
        "To compute $(\\langle x, x' \\rangle + 1)^2$ one needs more than one inner product of "
        "vectors.",
        "One inner product of $x$ and $x'$ is enough, then add 1 and square. That is what the "
        "kernel saves.",
    ),
    Claim(
        "a_gaussian_kernel_is_at_most_one",
        True,
        "Gaussian kernels",
        "A Gaussian kernel is never larger than 1, and it is 1 only where the two points are "
        "equal.",
        "It is $e$ to the power of minus a squared distance, divided by a positive number.",
    ),
    Claim(
        "a_gaussian_kernel_grows_with_distance",
        False,
        "Gaussian kernels",
        "A Gaussian kernel is larger, the farther apart the two points are.",
        "It is $e$ to the power of *minus* the squared distance over $2\\sigma^2$.",
    ),
    Claim(
        "a_coefficient_for_every_point",
        True,
        "reparameterization",
        "With $w = X^\\top v$ the vector $v$ has an entry for each of the $n$ data points.",
        "$X^\\top$ has $n$ columns: $w$ is a combination of the data points.",
    ),
    Claim(
        "a_coefficient_for_every_feature",
        False,
        "reparameterization",
        "With $w = X^\\top v$ the vector $v$ has an entry for each of the $d$ features.",
        "$X^\\top$ has $n$ columns, one for each data point, and so $v$ has $n$ entries.",
    ),
    Claim(
        "predictions_are_kv",
        True,
        "predictions and kernels",
        "With $w = X^\\top v$ and $K = X X^\\top$ the predictions for the training points are "
        "$K v$.",
        "$X w = X X^\\top v = K v$.",
    ),
    Claim(
        "k_has_a_row_for_every_feature",
        False,
        "predictions and kernels",
        "The kernel matrix $K = X X^\\top$ has a row for each of the $d$ features.",
        "It has a row and a column for each of the $n$ points: it holds their inner products.",
    ),
)
