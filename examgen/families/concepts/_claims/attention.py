"""Claims about self-attention, masks and positions."""

from examgen.families.concepts._claims.claim import Claim

INTRODUCTION = (
    r"Self-attention here is $Y = \operatorname{softmax}(Q K^\top) V$ with $Q = X W_Q$, "
    r"$K = X W_K$, $V = X W_V$ and the softmax along each row, without a mask and a positional "
    "encoding unless something else is said."
)
CLAIMS = (
    Claim(
        "weights_of_an_output_add_up_to_one",
        True,
        "sums of weights",
        "The weights with which one output mixes the values add up to 1.",
        "Softmax divides each row by its sum.",
    ),
    Claim(
        "weights_of_a_token_add_up_to_one",
        False,
        "sums of weights",
        "The weights that one token gets in all outputs add up to 1.",
        "Softmax divides by the sum of a *row*, the weights of one output; a column may add up to "
        "anything.",
    ),
    Claim(
        "plain_scores_are_symmetric",
        True,
        "symmetry",
        "With scores $\\langle x_i, x_j \\rangle$ of the tokens themselves, the scores are "
        "symmetric: $s_{ij} = s_{ji}$.",
        "An inner product does not change when its two vectors are exchanged.",
    ),
    Claim(
        "plain_weights_are_symmetric",
        False,
        "symmetry",
        "With scores $\\langle x_i, x_j \\rangle$ of the tokens themselves, the weights are "
        "symmetric: $w_{ij} = w_{ji}$.",
        "The scores are symmetric, but each row is divided by a sum of its own.",
        subtle=True,
    ),
    Claim(
        "query_and_key_scores_are_symmetric",
        False,
        "symmetry",
        "With different matrices $W_Q$ and $W_K$ the scores are symmetric whatever the tokens: "
        "$s_{ij} = s_{ji}$.",
        "$\\langle q_i, k_j \\rangle$ and $\\langle q_j, k_i \\rangle$ are products of different "
        "vectors.",
    ),
    Claim(
        "order_is_not_seen",
        True,
        "order",
        "If the tokens are put into another order, the outputs are the same vectors in that "
        "other order.",
        "Every query meets the same keys and values as before; nothing says where they stood.",
    ),
    Claim(
        "order_is_seen",
        False,
        "order",
        "If the other tokens change places, a token's output changes.",
        "Its query meets the same keys and values as before, and a sum does not mind their order.",
    ),
    Claim(
        "jack_and_jill",
        True,
        "order",
        "*Water* has the same output in *Jack gave water to Jill* and in *Jill gave water to "
        "Jack*.",
        "Without positions both sentences are the same set of tokens.",
    ),
    Claim(
        "a_mask_alone_shows_the_order",
        True,
        "order under a mask",
        "With a causal mask but no positional encoding, outputs can depend on the order of the "
        "tokens before.",
        "Already the second output sees other tokens when the first and the third change places.",
        subtle=True,
    ),
    Claim(
        "a_mask_alone_hides_the_order",
        False,
        "order under a mask",
        "With a causal mask but no positional encoding, no output depends on which token comes "
        "first.",
        "The mask itself says what comes before what: $y_1$ is made of the first token alone.",
        subtle=True,
    ),
    Claim(
        "one_layer_for_all_lengths",
        True,
        "length and parameters",
        "One and the same self-attention layer can be applied to texts of 5 and of 50 tokens.",
        "Its matrices act on each token; how many tokens there are changes only the size of the "
        "scores.",
    ),
    Claim(
        "parameters_grow_with_the_text",
        False,
        "length and parameters",
        "A self-attention layer for texts twice as long has more parameters.",
        "Its parameters are $W_Q$, $W_K$ and $W_V$, whose sizes depend on the number of features "
        "only.",
    ),
    Claim(
        "the_first_output_sees_one_token",
        True,
        "what an output sees",
        "Under a causal mask the first output depends on the first token alone.",
        "Token 1 may attend to the tokens $j \\le 1$, and that is itself.",
    ),
    Claim(
        "the_last_output_sees_one_token",
        False,
        "what an output sees",
        "Under a causal mask the last output depends on the last token alone.",
        "The last token may attend to all tokens before it, and to itself.",
    ),
    Claim(
        "a_new_token_changes_nothing_before",
        True,
        "appending a token",
        "Under a causal mask, appending a token leaves all earlier outputs as they are.",
        "No earlier token may attend to it.",
    ),
    Claim(
        "without_a_mask_nothing_changes_either",
        False,
        "appending a token",
        "Without a mask, too, appending a token leaves all earlier outputs as they are.",
        "Without a mask every token attends to the new one as well, so every output can change.",
    ),
    Claim(
        "twice_the_text_four_times_the_scores",
        True,
        "how many scores",
        "Without a mask, a text twice as long has four times as many scores.",
        "There is a score for each query and each key: $(2n)^2 = 4n^2$.",
    ),
    Claim(
        "twice_the_text_twice_the_scores",
        False,
        "how many scores",
        "Without a mask, a text twice as long has twice as many scores.",
        "There is a score for each query and each key: $(2n)^2 = 4n^2$.",
    ),
    Claim(
        "old_queries_are_not_needed",
        True,
        "caching",
        "Under a causal mask, the output of a new token can be computed without the queries of the "
        "tokens before.",
        "It takes the new query, and the keys and values so far. That is why only these are "
        "cached.",
    ),
    Claim(
        "old_queries_are_needed",
        False,
        "caching",
        "Under a causal mask, the output of a new token needs the queries of all tokens before.",
        "It takes the new query, and the keys and values so far; old queries only serve old "
        "outputs.",
    ),
    Claim(
        "smaller_scores_are_more_even",
        True,
        "scaling",
        "Dividing all scores of a row by 2 before softmax never makes the row's largest weight "
        "larger.",
        "The scores come closer together, and so do the weights.",
    ),
    Claim(
        "scaling_cancels",
        False,
        "scaling",
        "Dividing all scores of a row by $\\sqrt{d_k}$ before softmax cancels out when the row is "
        "divided by its sum.",
        "A factor of the *weights* would cancel; in the exponent it changes their proportions.",
    ),
    Claim(
        "adding_to_a_row_cancels",
        True,
        "adding to scores",
        "Adding the same number to all scores of a row changes none of its weights.",
        "It multiplies all powers of $e$ by the same number, which cancels in the division.",
        subtle=True,
    ),
    Claim(
        "adding_to_a_column_cancels",
        False,
        "adding to scores",
        "Adding the same number to all scores of one column changes none of the weights.",
        "It makes one key more attractive to every query, or less: every row shifts weight to it, "
        "or away from it.",
        subtle=True,
    ),
    Claim(
        "every_key_gets_some_weight",
        True,
        "small and large weights",
        "However small its score, a key that is not masked gets a weight larger than 0.",
        "Powers of $e$ are positive.",
    ),
    Claim(
        "the_largest_score_takes_all",
        False,
        "small and large weights",
        "Softmax gives the key with the largest score the weight 1 and all others the weight 0.",
        "It gives every key a share; the largest score only gets the largest.",
    ),
    Claim(
        "a_token_likes_itself_best",
        False,
        "a token and itself",
        "With scores $\\langle x_i, x_j \\rangle$ of the tokens themselves, a token always gives "
        "itself its largest weight.",
        "A longer vector in a similar direction has a larger inner product with it.",
    ),
    Claim(
        "values_do_not_matter_for_weights",
        True,
        "the matrices",
        "Another matrix $W_V$ changes no attention weight.",
        "The weights are made of queries and keys only.",
    ),
    Claim(
        "queries_and_keys_can_be_exchanged",
        False,
        "the matrices",
        "Exchanging the matrices $W_Q$ and $W_K$ changes no attention weight.",
        "It transposes the scores: then each row is made of what was a column.",
    ),
    Claim(
        "outputs_stay_between_the_values",
        True,
        "the range of outputs",
        "Every entry of an output lies between the smallest and the largest entry of that column "
        "of $V$.",
        "It is a mean of the column's entries with weights that are positive and add up to 1.",
        subtle=True,
    ),
    Claim(
        "outputs_leave_the_values",
        False,
        "the range of outputs",
        "An entry of an output can be larger than every entry of that column of $V$.",
        "It is a mean of the column's entries, with positive weights that add up to 1.",
        subtle=True,
    ),
    Claim(
        "a_score_of_zero_masks",
        False,
        "how to mask",
        "A score that is set to 0 before softmax gets the weight 0.",
        "It gets a weight in proportion to $e^0 = 1$; a masked score has to be $-\\infty$.",
    ),
    Claim(
        "masking_weights_loses_weight",
        True,
        "how to mask",
        "If the causal mask sets weights to 0 after softmax, all rows but the last add up to less "
        "than 1.",
        "What they lose is not shared out again; with scores of $-\\infty$ before softmax it is.",
        subtle=True,
    ),
    Claim(
        "heads_share_the_features",
        True,
        "heads",
        "PyTorch's `nn.MultiheadAttention(d, h)` has as many parameters with $h = 4$ heads as with "
        "$h = 2$.",
        "The heads share the $d$ features: each gets $d/h$ of them.",
    ),
    Claim(
        "heads_double_the_parameters",
        False,
        "heads",
        "PyTorch's `nn.MultiheadAttention(d, h)` has twice as many parameters with $h = 4$ heads "
        "as with $h = 2$.",
        "The heads share the $d$ features, $d/h$ for each, so their number changes nothing.",
    ),
    Claim(
        "positions_are_added",
        True,
        "positional encoding",
        "A positional encoding that is added to the tokens must have as many entries as a token.",
        "Vectors are added entry by entry.",
    ),
    Claim(
        "positions_depend_on_the_word",
        False,
        "positional encoding",
        "The positional encoding of a token depends on which word it is.",
        "It depends on the place alone; what the word is stands in its embedding.",
    ),
)
