"""Claims about convolutional layers and pooling."""

from examgen.families.concepts._claims.claim import Claim

INTRODUCTION = (
    "A convolution here has stride 1, no padding and dilation 1 unless something else is said."
)
CLAIMS = (
    Claim(
        "weights_of_a_kernel_whatever_the_image",
        True,
        "how many weights",
        "How many weights a convolutional layer has does not depend on the height and width of "
        "its input.",
        "The weights are the entries of the kernels, and a larger image only offers them more "
        "positions.",
    ),
    Claim(
        "weights_for_every_pair_of_pixels",
        False,
        "how many weights",
        "A convolutional layer has a weight for every pair of an input pixel and an output pixel.",
        "That would be a dense layer. A convolution uses the few weights of its kernels at every "
        "position again.",
    ),
    Claim(
        "filters_make_the_channels",
        True,
        "output channels",
        "A convolutional layer has as many output channels as filters, however many channels come "
        "in.",
        "Each filter reaches through all input channels and makes one map of them.",
    ),
    Claim(
        "a_map_for_every_filter_and_channel",
        False,
        "output channels",
        "Ten filters on an image with 3 channels give 30 output channels, one for every filter and "
        "input channel.",
        "A filter adds up what it finds in all input channels, so ten filters give 10 channels.",
    ),
    Claim(
        "a_kernel_sees_its_window_only",
        True,
        "what an entry depends on",
        "One output entry of a $3 \\times 3$ convolution depends on at most 9 entries of each "
        "input channel.",
        "That is locality: only what lies under the kernel at that position enters the sum.",
    ),
    Claim(
        "a_kernel_sees_the_whole_image",
        False,
        "what an entry depends on",
        "One output entry of a $3 \\times 3$ convolution depends on all pixels of a larger image.",
        "Only the 9 pixels under the kernel enter an output entry; that is locality.",
    ),
    Claim(
        "shifts_with_its_input",
        True,
        "shifts",
        "If the input of a convolution is shifted by one column, its output is shifted by one "
        "column too, away from the borders.",
        "The same weights are used at every position, so what is found moves along with what "
        "there is to find (shift equivariance).",
    ),
    Claim(
        "stays_when_its_input_shifts",
        False,
        "shifts",
        "If the input of a convolution is shifted by one column, its output stays as it is, away "
        "from the borders.",
        "The output is shifted along with the input. It would stay as it is only after a mean or "
        "maximum over all positions.",
    ),
    Claim(
        "stride_two_shifts_by_one",
        False,
        "shifts",
        "If the input of a convolution with stride 2 is shifted by one pixel, its output is "
        "shifted by one entry, away from the borders.",
        "With stride 2 an entry stands for two pixels: after a shift by one pixel the kernel "
        "meets windows it had not seen before.",
        subtle=True,
    ),
    Claim(
        "the_mean_of_a_map_ignores_shifts",
        True,
        "shifts and means",
        "If an image is 0 on a border wider than the kernel, shifting it by one pixel does not "
        "change the mean over a convolution's output.",
        "The output moves along: at its border only windows full of zeros leave and enter, so the "
        "mean has the same terms.",
        subtle=True,
    ),
    Claim(
        "the_mean_of_a_map_follows_shifts",
        False,
        "shifts and means",
        "If an image is 0 on a border wider than the kernel, shifting it by one pixel changes the "
        "mean over a convolution's output.",
        "The output is shifted as well, and its mean has the same terms as before.",
        subtle=True,
    ),
    Claim(
        "a_convolution_is_a_sparse_matrix",
        True,
        "as a matrix",
        "A convolution is a dense layer in whose weight matrix most entries are 0 and the others "
        "repeat the kernel's.",
        "Each row of the matrix holds the kernel's entries where the window lies, and zeros "
        "elsewhere.",
    ),
    Claim(
        "every_matrix_is_a_convolution",
        False,
        "as a matrix",
        "Every dense layer from an image to a smaller map can be written as one convolution with "
        "a small kernel.",
        "A dense layer has a weight of its own for each pair of pixels; a convolution must use the "
        "same few at every position.",
    ),
    Claim(
        "a_kernel_is_linear",
        True,
        "linearity",
        "Without a bias and an activation, a convolutional layer is a linear function of its "
        "input.",
        "Every output entry is a sum of inputs times fixed weights.",
    ),
    Claim(
        "a_kernel_is_not_linear",
        False,
        "linearity",
        "Even without a bias and an activation, a convolutional layer is no linear function of its "
        "input.",
        "Every output entry is a sum of inputs times fixed weights, and so linear in them.",
    ),
    Claim(
        "a_small_kernel_minds_permuted_pixels",
        False,
        "permuted pixels",
        "If the pixels of all images are permuted in one and the same way, some $3 \\times 3$ "
        "kernel still gives the old output.",
        "What was under one window is scattered over the image, out of any small kernel's reach. "
        "A dense layer could permute its weights along.",
        subtle=True,
    ),
    Claim(
        "max_pooling_has_nothing_to_train",
        True,
        "pooling",
        "Max pooling and average pooling have no parameters that are trained.",
        "They take the largest entry or the mean of a window; nothing in that is learned.",
    ),
    Claim(
        "max_pooling_has_weights",
        False,
        "pooling",
        "A max pooling layer with windows of $2 \\times 2$ has 4 weights for each channel.",
        "It takes the largest of four entries; there is nothing to weigh and nothing to train.",
    ),
    Claim(
        "pooling_halves_the_channels",
        False,
        "pooling and shapes",
        "Max pooling with windows of $2 \\times 2$ halves the number of channels as well as height "
        "and width.",
        "Each channel is pooled by itself, so their number stays as it is.",
    ),
    Claim(
        "a_weights_gradient_adds_up",
        True,
        "gradients",
        "The derivative of the loss with respect to one entry of a kernel is a sum over all "
        "positions of the kernel.",
        "The weight is used at every position, and each use contributes: the contributions are "
        "added.",
    ),
    Claim(
        "the_last_use_of_a_weight_counts",
        False,
        "gradients",
        "Since a kernel is used at many positions, its gradient is that of its last position "
        "alone.",
        "Each use of a weight contributes to its gradient; the contributions of all positions are "
        "added.",
    ),
    Claim(
        "uses_of_a_kernel_drift_apart",
        False,
        "gradients",
        "After some steps of gradient descent a kernel's weights differ between the positions at "
        "which it is used.",
        "There is only one set of weights, which gets the sum of all positions' gradients.",
    ),
    Claim(
        "padding_one_keeps_the_size",
        True,
        "padding",
        "A $3 \\times 3$ convolution with stride 1 and padding 1 keeps the height and width of its "
        "input.",
        "The kernel has $n + 2 - 3 + 1 = n$ positions along an axis of $n$ pixels.",
    ),
    Claim(
        "any_kernel_keeps_the_size",
        False,
        "padding",
        "A convolution with stride 1 and padding 1 keeps the height and width of its input, "
        "whatever its kernel's size.",
        "There are $n + 2 - k + 1$ positions along an axis, which is $n$ for $k = 3$ only.",
    ),
    Claim(
        "padding_is_trained",
        False,
        "padding and parameters",
        "Padding gives a convolutional layer more parameters, since its border has to be learned.",
        "The border consists of zeros; the kernel, and with it all parameters, stays the same.",
    ),
    Claim(
        "two_small_kernels_see_five_pixels",
        True,
        "receptive fields",
        "A unit after two $3 \\times 3$ convolutions in a row can depend on $5 \\times 5$ pixels.",
        "The second kernel covers 3 units, each of which sees 3 pixels, and the windows overlap: "
        "$3 + 2 = 5$ along each axis.",
    ),
    Claim(
        "two_small_kernels_see_nine_pixels",
        False,
        "receptive fields",
        "A unit after two $3 \\times 3$ convolutions in a row can depend on $9 \\times 9$ pixels.",
        "The windows overlap: the second kernel adds 2 pixels to the 3 of the first, which makes "
        "$5 \\times 5$.",
    ),
    Claim(
        "two_convolutions_are_one",
        True,
        "stacking",
        "Two convolutions in a row with no activation between them can be replaced by one with a "
        "larger kernel.",
        "Both are linear and use the same weights everywhere, and so does what they do together.",
        subtle=True,
    ),
    Claim(
        "two_convolutions_are_more",
        False,
        "stacking",
        "Two convolutions in a row can compute more than any one with a larger kernel, even with "
        "no activation between them.",
        "Together they are linear and use the same weights everywhere: one convolution with a "
        "larger kernel does the same.",
        subtle=True,
    ),
    Claim(
        "relu_and_max_pooling_commute",
        True,
        "ReLU and pooling",
        "It makes no difference whether ReLU is applied just before or just after max pooling.",
        "ReLU never turns the order of two numbers, so the largest entry stays the largest.",
        subtle=True,
    ),
    Claim(
        "relu_and_average_pooling_commute",
        False,
        "ReLU and pooling",
        "It makes no difference whether ReLU is applied just before or just after average pooling.",
        "In a mean, negative entries pull the positive ones down, unless ReLU has set them to 0 "
        "before.",
        subtle=True,
    ),
    Claim(
        "a_one_by_one_kernel_mixes_channels",
        True,
        "kernels of one pixel",
        "A $1 \\times 1$ convolution mixes the channels of each pixel and looks at no other pixel.",
        "Its window is one pixel wide and high, but reaches through all channels.",
    ),
    Claim(
        "a_one_by_one_kernel_does_nothing",
        False,
        "kernels of one pixel",
        "On an image with several channels a $1 \\times 1$ convolution can only multiply all of it "
        "by one number.",
        "For each output channel it has a weight for every input channel: it mixes the channels.",
    ),
)
