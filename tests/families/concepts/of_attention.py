"""What holds of self-attention, tried on random layers: a property for each claim."""

from dataclasses import dataclass
from math import inf, sqrt

from tests.families.concepts.trials import Tensor, Trial


@dataclass
class Layer:
    """Self-attention with random matrices, or none: the lecture's first attempt."""

    trial: Trial
    width: int = 3
    plain: bool = False
    masked: bool = False

    def __post_init__(self) -> None:
        square = (self.width, self.width)
        self.w_q, self.w_k, self.w_v = (self.trial.tensor(*square) for _ in range(3))

    def scores(self, x: Tensor) -> Tensor:
        return x @ x.T if self.plain else (x @ self.w_q) @ (x @ self.w_k).T

    def weights(self, x: Tensor) -> Tensor:
        scores = self.scores(x)
        if self.masked:
            later = self.trial.torch.ones_like(scores, dtype=self.trial.torch.bool).triu(1)
            scores = scores.masked_fill(later, -inf)
        return scores.softmax(dim=1)

    def values(self, x: Tensor) -> Tensor:
        return x if self.plain else x @ self.w_v

    def __call__(self, x: Tensor) -> Tensor:
        return self.weights(x) @ self.values(x)

    def tokens(self, count: int = 5) -> Tensor:
        return self.trial.tensor(count, self.width) / 2


def ones(trial: Trial, like: Tensor) -> Tensor:
    return trial.torch.ones_like(like)


def weights_of_an_output_add_up_to_one(trial: Trial) -> bool:
    layer = Layer(trial)
    sums = layer.weights(layer.tokens()).sum(dim=1)
    return trial.same(sums, ones(trial, sums))


def weights_of_a_token_add_up_to_one(trial: Trial) -> bool:
    layer = Layer(trial)
    sums = layer.weights(layer.tokens()).sum(dim=0)
    return trial.same(sums, ones(trial, sums))


def plain_scores_are_symmetric(trial: Trial) -> bool:
    layer = Layer(trial, plain=True)
    scores = layer.scores(layer.tokens())
    return trial.same(scores, scores.T)


def plain_weights_are_symmetric(trial: Trial) -> bool:
    layer = Layer(trial, plain=True)
    weights = layer.weights(layer.tokens())
    return trial.same(weights, weights.T)


def query_and_key_scores_are_symmetric(trial: Trial) -> bool:
    layer = Layer(trial)
    scores = layer.scores(layer.tokens())
    return trial.same(scores, scores.T)


def order_is_not_seen(trial: Trial) -> bool:
    layer, order = Layer(trial), trial.rng.permutation(5)
    x = layer.tokens()
    return trial.same(layer(x[order]), layer(x)[order])


def order_is_seen(trial: Trial) -> bool:
    layer = Layer(trial)
    x = layer.tokens()
    return not trial.same(layer(x[[0, 3, 1, 4, 2]])[0], layer(x)[0])


def jack_and_jill(trial: Trial) -> bool:
    layer = Layer(trial)
    jack, gave, water, to, jill = layer.tokens()
    one, other = [jack, gave, water, to, jill], [jill, gave, water, to, jack]
    outputs = [layer(trial.torch.stack(sentence))[2] for sentence in (one, other)]
    return trial.same(*outputs)


def order_shows_under_a_mask(trial: Trial) -> bool:
    layer = Layer(trial, masked=True)
    x = layer.tokens()
    return not trial.same(layer(x[[2, 1, 0, 3, 4]])[1], layer(x)[1])


def a_mask_alone_shows_the_order(trial: Trial) -> bool:
    return order_shows_under_a_mask(trial)


def a_mask_alone_hides_the_order(trial: Trial) -> bool:
    layer = Layer(trial, masked=True)
    x = layer.tokens()
    return trial.same(layer(x[[2, 1, 0, 3, 4]])[0], layer(x)[0])


def one_layer_for_all_lengths(trial: Trial) -> bool:
    layer = trial.torch.nn.MultiheadAttention(4, 1, batch_first=True).double()
    x = trial.tensor(1, 50, 4)
    return all(layer(x[:, :n], x[:, :n], x[:, :n])[0].shape == (1, n, 4) for n in (5, 50))


def parameters_grow_with_the_text(trial: Trial) -> bool:
    counts = []
    for length in (6, 12):
        layer = trial.torch.nn.MultiheadAttention(4, 2, batch_first=True).double()
        x = trial.tensor(1, length, 4)
        layer(x, x, x)
        counts.append(trial.parameters(layer))
    return counts[1] > counts[0]


def slope_blocks(trial: Trial, layer: Layer, output: int) -> list[bool]:
    """Which tokens an output, counted from 0, depends on."""
    slope = trial.jacobian(lambda x: layer(x)[output], layer.tokens())
    return [bool((slope[:, token] != 0).any()) for token in range(slope.shape[1])]


def the_first_output_sees_one_token(trial: Trial) -> bool:
    return slope_blocks(trial, Layer(trial, masked=True), 0) == [True, *[False] * 4]


def the_last_output_sees_one_token(trial: Trial) -> bool:
    return slope_blocks(trial, Layer(trial, masked=True), 4) == [*[False] * 4, True]


def outputs_stay(trial: Trial, *, masked: bool) -> bool:
    layer = Layer(trial, masked=masked)
    x = layer.tokens(6)
    return trial.same(layer(x)[:5], layer(x[:5]))


def a_new_token_changes_nothing_before(trial: Trial) -> bool:
    return outputs_stay(trial, masked=True)


def without_a_mask_nothing_changes_either(trial: Trial) -> bool:
    return outputs_stay(trial, masked=False)


def growth_of_scores(trial: Trial) -> float:
    layer, n = Layer(trial), trial.size(2, 9)
    short, long = (layer.scores(layer.tokens(each)).numel() for each in (n, 2 * n))
    return float(long / short)


def twice_the_text_four_times_the_scores(trial: Trial) -> bool:
    return growth_of_scores(trial) == 4


def twice_the_text_twice_the_scores(trial: Trial) -> bool:
    return growth_of_scores(trial) == 2


def last_from_cache(trial: Trial) -> bool:
    """The last output from its own query and all keys and values."""
    layer = Layer(trial, masked=True)
    x = layer.tokens()
    keys, values = x @ layer.w_k, x @ layer.w_v
    return trial.same((keys @ (x[-1] @ layer.w_q)).softmax(dim=0) @ values, layer(x)[-1])


def old_queries_are_not_needed(trial: Trial) -> bool:
    return last_from_cache(trial)


def old_queries_are_needed(trial: Trial) -> bool:
    return not last_from_cache(trial)


def smaller_scores_are_more_even(trial: Trial) -> bool:
    row = 3 * trial.tensor(5)
    return bool((row / 2).softmax(dim=0).max() <= row.softmax(dim=0).max() + 1e-12)


def scaling_cancels(trial: Trial) -> bool:
    row, width = trial.tensor(5), trial.size(2, 9)
    return trial.same((row / sqrt(width)).softmax(dim=0), row.softmax(dim=0))


def adding_to_a_row_cancels(trial: Trial) -> bool:
    row = trial.tensor(5)
    return trial.same((row + trial.tensor(1)).softmax(dim=0), row.softmax(dim=0))


def adding_to_a_column_cancels(trial: Trial) -> bool:
    scores, more = trial.tensor(5, 5), trial.tensor(1)
    raised = scores.clone()
    raised[:, 2] += more
    return trial.same(raised.softmax(dim=1), scores.softmax(dim=1))


def every_key_gets_some_weight(trial: Trial) -> bool:
    layer = Layer(trial)
    return bool((layer.weights(layer.tokens()) > 0).all())


def the_largest_score_takes_all(trial: Trial) -> bool:
    row = trial.tensor(5)
    return trial.same(row.softmax(dim=0), (row == row.max()).to(row.dtype))


def a_token_likes_itself_best(trial: Trial) -> bool:
    layer = Layer(trial, plain=True)
    weights = layer.weights(layer.tokens())
    return bool((weights.diagonal() == weights.max(dim=1).values).all())


def values_do_not_matter_for_weights(trial: Trial) -> bool:
    layer = Layer(trial)
    x = layer.tokens()
    before, outputs = layer.weights(x), layer(x)
    layer.w_v = trial.tensor(3, 3)
    return trial.same(layer.weights(x), before) and not trial.same(layer(x), outputs)


def queries_and_keys_can_be_exchanged(trial: Trial) -> bool:
    layer = Layer(trial)
    x = layer.tokens()
    before = layer.weights(x)
    layer.w_q, layer.w_k = layer.w_k, layer.w_q
    return trial.same(layer.weights(x), before)


def within_the_values(trial: Trial) -> bool:
    layer = Layer(trial)
    x = layer.tokens()
    outputs, values = layer(x), layer.values(x)
    low, high = values.min(dim=0).values, values.max(dim=0).values
    return bool(((outputs >= low - 1e-12) & (outputs <= high + 1e-12)).all())


def outputs_stay_between_the_values(trial: Trial) -> bool:
    return within_the_values(trial)


def outputs_leave_the_values(trial: Trial) -> bool:
    return not within_the_values(trial)


def a_score_of_zero_masks(trial: Trial) -> bool:
    row = trial.tensor(5)
    row[2] = 0
    return float(row.softmax(dim=0)[2]) == 0


def masking_weights_loses_weight(trial: Trial) -> bool:
    layer = Layer(trial)
    sums = layer.weights(layer.tokens()).tril().sum(dim=1)
    return bool((sums[:-1] < 1).all()) and trial.same(sums[-1], ones(trial, sums[-1]))


def parameters_of_heads(trial: Trial) -> list[int]:
    return [trial.parameters(trial.torch.nn.MultiheadAttention(8, heads)) for heads in (2, 4)]


def heads_share_the_features(trial: Trial) -> bool:
    two, four = parameters_of_heads(trial)
    return two == four


def heads_double_the_parameters(trial: Trial) -> bool:
    two, four = parameters_of_heads(trial)
    return four == 2 * two


def positions_are_added(trial: Trial) -> bool:
    fitting = []
    for entries in range(2, 8):
        try:
            trial.tensor(5, 4) + trial.tensor(5, entries)
        except RuntimeError:
            continue
        fitting.append(entries)
    return fitting == [4]
