"""Claims about dense layers, activations, and networks in general."""

from examgen.families.concepts._claims.claim import Claim

INTRODUCTION = "A dense layer computes $z = W x$, plus a bias $b$ where one is mentioned."
CLAIMS = (
    Claim(
        "a_weight_for_every_pair",
        True,
        "how many weights",
        "A dense layer from $d$ to $d_1$ units has $d \\cdot d_1$ weights.",
        "$W$ has a row for each of the $d_1$ outputs and a column for each of the $d$ inputs.",
    ),
    Claim(
        "a_weight_for_every_unit",
        False,
        "how many weights",
        "A dense layer from $d$ to $d_1$ units has $d + d_1$ weights.",
        "There is a weight for every pair of an input and an output: $d \\cdot d_1$.",
    ),
    Claim(
        "a_bias_for_every_output",
        True,
        "how many biases",
        "The bias of a dense layer has an entry for each output unit.",
        "It is added to $W x$, which has an entry for each output unit.",
    ),
    Claim(
        "a_bias_for_every_input",
        False,
        "how many biases",
        "The bias of a dense layer has an entry for each input unit.",
        "It is added to $W x$, which has an entry for each *output* unit.",
    ),
    Claim(
        "every_output_sees_every_input",
        True,
        "what an output depends on",
        "Each output of a dense layer with no weight of 0 depends on all inputs.",
        "It is a sum over all inputs, and each enters with a weight of its own.",
    ),
    Claim(
        "every_output_sees_its_neighbours",
        False,
        "what an output depends on",
        "In a dense layer on a flattened image an output depends only on pixels near its place.",
        "Every output is a sum over all pixels. That is why locality was wished for, and why dense "
        "layers are expensive.",
    ),
    Claim(
        "pixels_may_be_permuted",
        True,
        "permuted pixels",
        "If the pixels of all images are permuted in one and the same way, some dense layer still "
        "gives the old outputs.",
        "Permute the columns of $W$ along with the pixels: a dense layer knows nothing of "
        "neighbours.",
    ),
    Claim(
        "permuted_pixels_cost_a_dense_network",
        False,
        "permuted pixels",
        "If the pixels of all images are permuted in one and the same way, no dense layer gives "
        "the old outputs.",
        "Permute the columns of $W$ along with the pixels, and all outputs are as before.",
    ),
    Claim(
        "two_matrices_are_one",
        True,
        "stacking",
        "Two dense layers with no activation between them can be replaced by a single one.",
        "$W_2 (W_1 x) = (W_2 W_1) x$.",
    ),
    Claim(
        "relu_between_two_matrices_changes_nothing",
        False,
        "stacking",
        "Two dense layers with ReLU between them can always be replaced by a single one.",
        "ReLU is not linear, so the two together need not be linear either.",
    ),
    Claim(
        "relu_has_no_parameters",
        True,
        "parameters of ReLU",
        "`nn.ReLU()` has no parameters to train, whatever the size of its input.",
        "It is a fixed function of each entry.",
    ),
    Claim(
        "relu_has_a_threshold_for_each_unit",
        False,
        "parameters of ReLU",
        "`nn.ReLU()` trains a threshold for every unit that it is applied to.",
        "Its threshold is 0 for all; nothing in it is trained.",
    ),
    Claim(
        "relu_scales",
        True,
        "scaling ReLU",
        "If all weights of a layer $\\operatorname{ReLU}(W x)$ are doubled, its outputs are "
        "doubled.",
        "A positive factor can be drawn out of ReLU.",
    ),
    Claim(
        "relu_is_odd",
        False,
        "scaling ReLU",
        "If all weights of a layer $\\operatorname{ReLU}(W x)$ change their signs, its outputs "
        "change their signs.",
        "ReLU is never negative: where it was positive it becomes 0, and where it was 0, positive "
        "or 0.",
    ),
    Claim(
        "sigmoid_mirrors",
        True,
        "the sigmoid",
        "The sigmoid of $-z$ is 1 minus the sigmoid of $z$.",
        "$\\frac{1}{1 + e^{z}} = 1 - \\frac{1}{1 + e^{-z}}$.",
    ),
    Claim(
        "sigmoid_is_zero_at_zero",
        False,
        "the sigmoid",
        "The sigmoid of 0 is 0.",
        "It is $\\frac{1}{1 + e^0} = \\frac{1}{2}$.",
    ),
    Claim(
        "batches_add_parameters",
        False,
        "batches",
        "A layer that is trained with batches twice as large has more parameters.",
        "All examples of a batch go through the same weights.",
    ),
    Claim(
        "examples_of_a_batch_share_weights",
        True,
        "batches",
        "A dense layer gives an example the same output whichever other examples are in its batch.",
        "Each row of a batch is multiplied by the same weights, independently of the others.",
    ),
    Claim(
        "an_expert_model_runs_a_part",
        True,
        "experts",
        "In a mixture of 8 experts of which 2 run for each token, a token uses fewer parameters "
        "than are stored.",
        "All 8 experts are stored, but only those 2 and the router do anything for the token.",
    ),
    Claim(
        "an_expert_model_stores_a_part",
        False,
        "experts",
        "A mixture of 8 experts of which 2 run for each token has to store 2 experts only.",
        "Another token may need other experts: all 8 are stored.",
    ),
    Claim(
        "residual_networks_came_before_transformers",
        True,
        "the timeline",
        "Residual networks came before the transformer, which uses skip connections itself.",
        "The order was convolution, residual networks, transformer, mixture of experts.",
    ),
    Claim(
        "transformers_came_before_residual_networks",
        False,
        "the timeline",
        "The transformer came before residual networks, which took over its skip connections.",
        "The order was convolution, residual networks, transformer, mixture of experts.",
    ),
    Claim(
        "depth_without_activations_helps",
        False,
        "depth",
        "A hundred dense layers without any activation can compute more than a single one.",
        "Their product is one matrix; depth pays only with activations in between.",
    ),
    Claim(
        "text_as_numbers",
        True,
        "the transformer's input",
        "Before a transformer can read a text, each of its tokens has to become a vector of "
        "numbers.",
        "Layers multiply and add; a word as such cannot be multiplied.",
    ),
    Claim(
        "text_of_one_length",
        False,
        "the transformer's input",
        "A transformer needs a matrix of weights of its own for every length of text.",
        "The same weights are applied to each token, however many there are.",
    ),
)
