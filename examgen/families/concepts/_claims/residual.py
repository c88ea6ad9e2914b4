"""Claims about residual networks."""

from examgen.families.concepts._claims.claim import Claim

INTRODUCTION = (
    r"A residual block here is $h' = \operatorname{ReLU}(W h) + h$ and a plain layer is "
    r"$h' = \operatorname{ReLU}(W h)$, both without biases, unless something else is said."
)
CLAIMS = (
    Claim(
        "without_weights_a_residual_network_copies",
        True,
        "weights of 0",
        "A residual network all of whose weights are 0 returns its input.",
        "Each block adds $\\operatorname{ReLU}(0) = 0$ to its input.",
    ),
    Claim(
        "without_weights_a_plain_network_copies",
        False,
        "weights of 0",
        "A plain network all of whose weights are 0 returns its input.",
        "Each layer gives $\\operatorname{ReLU}(0) = 0$; only skips would carry the input through.",
    ),
    Claim(
        "sigmoid_blocks_without_weights_copy",
        False,
        "weights of 0",
        "If ReLU is replaced by the sigmoid, a residual block all of whose weights are 0 still "
        "returns its input.",
        "The sigmoid of 0 is $1/2$, so the block adds $1/2$ to every entry.",
        subtle=True,
    ),
    Claim(
        "a_skip_costs_no_parameters",
        True,
        "parameters",
        "A residual block has as many parameters as the plain layer with the same $W$.",
        "Adding $h$ takes no weights.",
    ),
    Claim(
        "a_skip_costs_parameters",
        False,
        "parameters",
        "A residual block has twice as many parameters as the plain layer with the same $W$.",
        "The skip adds $h$ as it is, which takes no weights.",
    ),
    Claim(
        "a_residual_gradient_never_vanishes",
        False,
        "vanishing gradients",
        "On one unit, the derivative through residual blocks is never smaller than 1 in absolute "
        "value.",
        "Each block that is on has the derivative $1 + w$, which is close to 0 for a $w$ close to "
        "$-1$.",
        subtle=True,
    ),
    Claim(
        "small_weights_starve_a_plain_network",
        True,
        "vanishing gradients",
        "On one unit with a positive input, plain layers of weight $1/2$ halve the gradient with "
        "every layer.",
        "Every layer has the derivative $1/2$, and the chain rule multiplies them.",
    ),
    Claim(
        "positive_weights_keep_a_residual_gradient",
        True,
        "vanishing gradients",
        "On one unit with a positive input and positive weights, the derivative through residual "
        "blocks is larger than 1.",
        "Each block has the derivative $1 + w$ with $w > 0$, and a product of such factors is "
        "larger than 1.",
    ),
    Claim(
        "an_off_block_is_the_identity",
        True,
        "blocks that are off",
        "Where all entries of $W h$ are negative, the derivative of a residual block with respect "
        "to $h$ is the identity matrix.",
        "ReLU lets nothing through there, and what is left is the skip.",
    ),
    Claim(
        "an_off_block_stops_the_gradient",
        False,
        "blocks that are off",
        "Where all entries of $W h$ are negative, a residual block lets no gradient through.",
        "The skip does not pass through ReLU: the gradient gets through it unchanged.",
    ),
    Claim(
        "a_skip_needs_equal_shapes",
        True,
        "shapes",
        "In a residual block $W$ must be a square matrix.",
        "$W h$ is added to $h$, so it must have as many entries as $h$.",
    ),
    Claim(
        "a_skip_takes_any_shape",
        False,
        "shapes",
        "In a residual block $W$ may have twice as many rows as columns.",
        "$W h$ would have twice as many entries as $h$ and could not be added to it.",
    ),
    Claim(
        "every_choice_of_blocks_is_a_path",
        True,
        "paths",
        "On one unit, the derivative through $L$ blocks that are on is a sum of $2^L$ products of "
        "weights, one for each choice of blocks.",
        "It is $(1 + w_1) \\cdots (1 + w_L)$: multiplied out, each factor offers the skip or the "
        "weight.",
    ),
    Claim(
        "every_length_is_one_path",
        False,
        "paths",
        "On one unit, the derivative through $L$ blocks that are on is the sum "
        "$1 + w_1 + \\dots + w_L$ of one term for each block.",
        "It is $(1 + w_1) \\cdots (1 + w_L)$: multiplied out, it has products of several weights "
        "too.",
    ),
    Claim(
        "before_or_after_relu",
        False,
        "where the skip is added",
        "It makes no difference whether the skip is added before or after ReLU: "
        "$\\operatorname{ReLU}(W h + h)$ equals $\\operatorname{ReLU}(W h) + h$.",
        "Before ReLU negative entries are lost that would survive after it.",
    ),
    Claim(
        "without_relu_a_block_is_a_matrix",
        True,
        "where the skip is added",
        "Without its ReLU a residual block is a linear layer with the matrix $W + I$.",
        "$W h + h = (W + I) h$.",
    ),
    Claim(
        "no_entry_shrinks",
        True,
        "signs",
        "No entry of a residual block's output is smaller than the same entry of its input.",
        "What is added comes out of ReLU and is never negative.",
        subtle=True,
    ),
    Claim(
        "no_output_is_negative",
        False,
        "signs",
        "No entry of a residual block's output is negative, since ReLU is never negative.",
        "$h$ is added after ReLU, and may have negative entries.",
    ),
    Claim(
        "relu_masks_the_skip",
        False,
        "the derivative",
        "With $D$ the diagonal matrix of ReLU's derivatives, the derivative of a residual block is "
        "$D (W + I)$.",
        "It is $D W + I$: the skip does not pass through ReLU.",
        subtle=True,
    ),
    Claim(
        "the_derivative_is_dw_plus_i",
        True,
        "the derivative",
        "With $D$ the diagonal matrix of ReLU's derivatives, the derivative of a residual block is "
        "$D W + I$.",
        "The chain rule gives $D W$ for ReLU's branch, and the skip adds the identity.",
        subtle=True,
    ),
    Claim(
        "one_block_more_can_copy",
        True,
        "depth",
        "A residual network with one block more can compute all that it could without that block.",
        "With weights of 0 the new block returns its input.",
    ),
    Claim(
        "one_block_more_forgets",
        False,
        "depth",
        "A residual network with one block more cannot compute what it could without that block.",
        "It can: with weights of 0 the new block returns its input.",
    ),
    Claim(
        "skips_smooth_the_landscape",
        True,
        "the loss landscape",
        "Pictures of the loss around a minimum look smoother for deep networks with skips than for "
        "those without.",
        "That is what comparisons of loss landscapes found, and why deep networks with skips are "
        "easier to train.",
    ),
    Claim(
        "a_skip_multiplies",
        False,
        "what a skip does",
        "A skip connection multiplies the output of a layer by the layer's input.",
        "A skip *adds* the layer's input to its output.",
    ),
)
