"""What must hold of any attention, tried on the problems that are drawn."""

from random import Random

import numpy as np
import pytest

from examgen.exact import Shape, array, equal, ln
from examgen.nn.attention import causal_attention
from tests.families.laws import answer, answers, drawn, like, times


def order_of(count: int, seed: int = 1) -> list[int]:
    """Return the places 0, 1, … in another order."""
    shuffled = list(range(count))
    while shuffled == sorted(shuffled):
        Random(seed).shuffle(shuffled)
        seed += 1
    return shuffled


def test_weights_of_a_query_sum_to_one() -> None:
    for each in drawn("attention-one-weights"):
        keys = range(1, len(each.givens.x) + 1)
        weights = [answer(each, key=key, largest=False) for key in keys]
        assert equal(sum(weights), 1), each.givens


def test_weights_of_tokens_do_not_see_a_turn_or_a_mirror() -> None:
    """The simplest attention knows inner products only, and no place of a token."""
    for each in drawn("attention-one-weights", largest=False):
        x, query, key = each.givens.x, each.givens.query, each.givens.key
        signs = array([-1, *[1] * (x.shape[1] - 1)])
        turned = array(x[:, ::-1] * signs)
        assert equal(answer(each, x=turned), answer(each)), each.givens
        order = order_of(len(x))
        moved = {"query": order.index(query - 1) + 1, "key": order.index(key - 1) + 1}
        assert equal(answer(each, x=array(x[order]), **moved), answer(each)), each.givens


def test_an_output_is_linear_in_the_values_and_never_leaves_them() -> None:
    for each in drawn("attention-one-output", "easy", "hard"):
        values = each.givens.values
        other = like(values)
        both = answer(each, values=array(2 * values - other))
        parts = array(2 * answer(each) - answer(each, values=other))
        assert equal(both, parts), each.givens
        same = array([[7, -2]] * len(values))
        assert equal(answer(each, values=same), array([7, -2])), each.givens


def test_an_output_does_not_see_the_order_of_keys_or_a_common_summand() -> None:
    for each in drawn("attention-one-output", "easy"):
        scores, values = each.givens.scores, each.givens.values
        order = order_of(len(values))
        exchanged = answer(each, scores=array(scores[order]), values=array(values[order]))
        assert equal(exchanged, answer(each)), each.givens
        assert equal(answer(each, scores=array(scores + ln(3))), answer(each)), each.givens


def test_a_row_does_not_see_the_future_or_a_common_summand() -> None:
    for each in drawn("causal-softmax-row"):
        products, query, divisor = each.givens.products, each.givens.query, each.givens.divisor
        later = products.copy()
        later[:, query:] = 0
        assert equal(answer(each, products=array(later)), answer(each)), each.givens
        assert equal(answer(each, products=array(products + 2 * divisor)), answer(each))


def test_a_row_of_weights_sums_to_one_over_what_it_sees() -> None:
    for each in drawn("causal-softmax-row"):
        weights = answer(each, values=None)
        assert equal(weights.sum(), 1), each.givens
        assert not any(weights[each.givens.query :])
        if each.givens.values is not None:
            assert equal(answer(each), array(weights @ each.givens.values)), each.givens


def test_changed_scores_still_give_weights_and_no_summand_is_seen() -> None:
    for each in drawn("softmax-invariance"):
        keys = range(1, len(each.givens.powers) + 1)
        assert sum(answer(each, asked=key) for key in keys) == 1, each.givens
        assert answer(each, shift=each.givens.shift + 4) == answer(each)
        threefold = tuple(3**2 * power for power in each.givens.powers)
        assert answer(each, powers=threefold) == answer(each)


def test_no_earlier_row_sees_a_later_token() -> None:
    """The prefix of a causal layer: its outputs are those of the first tokens alone."""
    for each in drawn("long-causal-attention"):
        x = each.givens.x
        was = answers(each)
        fewer = answers(each, x=array(x[:-1]))
        other = answers(each, x=array(np.vstack([x[:-1], like(x[-1:])])))
        for now in (fewer, other):
            assert equal(array(now["outputs"][: len(x) - 1]), array(was["outputs"][:-1]))
        corner = was["weights"][:-1, :-1]
        assert equal(fewer["weights"], array(corner)), each.givens


def test_rows_of_causal_weights_sum_to_one_and_mix_the_values() -> None:
    for each in drawn("long-causal-attention"):
        found = answers(each)
        assert all(equal(row.sum(), 1) for row in found["weights"]), each.givens
        assert equal(found["outputs"], array(found["weights"] @ found["values"]))
        assert equal(array(found["outputs"][0]), array(found["values"][0]))


def test_what_is_taken_from_the_queries_may_be_given_to_the_keys() -> None:
    for each in drawn("long-causal-attention"):
        w_q, w_k, w_v = each.givens.w_q, each.givens.w_k, each.givens.w_v
        exchanged = answers(each, w_q=times(-1, w_q), w_k=times(-1, w_k))
        assert equal(exchanged["outputs"], answers(each)["outputs"]), each.givens
        threefold = answers(each, w_v=times(3, w_v))
        assert equal(threefold["outputs"], times(3, answers(each)["outputs"])), each.givens


def test_with_a_cache_comes_out_what_comes_out_without() -> None:
    """The last row of the whole computation, whatever the earlier queries were."""
    for each in drawn("long-decode-with-cache"):
        givens, found = each.givens, answers(each)
        queries, keys, values = (
            array(np.vstack([old, found[new]]))
            for old, new in (
                (like(givens.old_keys), "query"),
                (givens.old_keys, "key"),
                (givens.old_values, "value"),
            )
        )
        whole = causal_attention(queries, keys, values)
        assert equal(array(whole[-1]), found["output"]), givens


def test_a_cache_has_no_order() -> None:
    for each in drawn("long-decode-with-cache"):
        keys, values = each.givens.old_keys, each.givens.old_values
        order = order_of(len(keys))
        moved = answers(each, old_keys=array(keys[order]), old_values=array(values[order]))
        assert equal(moved["output"], answers(each)["output"]), each.givens


def test_tokens_put_back_give_back_what_was() -> None:
    """PᵀP = I: outputs are PY, weights PAPᵀ."""
    for each in drawn("permutation-equivariance", "easy", "medium"):
        order = each.givens.order
        back = tuple(order.index(token) + 1 for token in range(1, len(order) + 1))
        there = answer(each)
        assert equal(answer(each, matrix=there, order=back), each.givens.matrix), each.givens


def test_weights_in_another_order_are_papt() -> None:
    for each in drawn("permutation-equivariance", "medium"):
        p = np.eye(len(each.givens.order), dtype=int).astype(object)
        p = p[[token - 1 for token in each.givens.order]]
        assert equal(answer(each), array(p @ each.givens.matrix @ p.T)), each.givens


def test_under_a_mask_the_first_rows_do_not_see_who_comes_later() -> None:
    for each in drawn("permutation-equivariance", "hard"):
        *first, one, other = each.givens.order
        exchanged = answer(each, order=(*first, other, one))
        assert equal(array(exchanged[: len(first)]), array(answer(each)[: len(first)]))


def test_scores_are_linear_on_either_side() -> None:
    for each in drawn("qkv-projection"):
        x, name = each.givens.x, each.givens.asked
        power = 2 if name == "scores" else 1
        assert equal(answer(each, x=times(3, x)), times(3**power, answer(each))), each.givens
        if name == "scores":
            w_k, other = each.givens.w_k, like(each.givens.w_k)
            both = answer(each, w_k=array(w_k + other))
            assert equal(both, array(answer(each) + answer(each, w_k=other))), each.givens


def test_what_all_tokens_share_may_stand_in_the_positions() -> None:
    """x_i = e_i + p_i: only the sum is seen, and twice of it makes four times the score."""
    for each in drawn("positional-encoding-add", asked="score"):
        words, places = each.givens.embeddings, each.givens.positions
        shared = array([[5, *[-4] * (words.shape[1] - 1)]] * len(words))
        moved = answer(each, embeddings=array(words + shared), positions=array(places - shared))
        assert moved == answer(each), each.givens
        twice = answer(each, embeddings=times(2, words), positions=times(2, places))
        assert twice == 4 * answer(each), each.givens


def test_without_positions_an_exchange_changes_nothing() -> None:
    for each in drawn("positional-encoding-add"):
        nowhere = times(0, each.givens.positions)
        words, givens = each.givens.embeddings, each.givens
        plain = (words[givens.query - 1] * words[givens.key - 1]).sum()
        assert answer(each, positions=nowhere) == (0 if givens.asked == "change" else plain)


def test_the_mask_of_fewer_tokens_is_the_corner_of_the_mask() -> None:
    for each in drawn("causal-mask-matrix"):
        more = answer(each, tokens=each.givens.tokens + 1)
        assert equal(array(more[:-1, :-1]), answer(each)), each.givens


def test_costs_of_one_token_after_the_other_add_up() -> None:
    for each in drawn("kv-cache-count"):
        prompt, tokens = each.givens.prompt, each.givens.tokens
        one_by_one = [answer(each, prompt=at, tokens=1) for at in range(prompt, prompt + tokens)]
        assert sum(one_by_one) == answer(each), each.givens


def test_a_cache_saves_and_a_mask_applied_late_wastes() -> None:
    for each in drawn("kv-cache-count"):
        cached, fresh, wasteful = (
            answer(each, cached=cached, masked=masked)
            for cached, masked in ((True, False), (False, False), (False, True))
        )
        assert cached < fresh < wasteful or each.givens.prompt + each.givens.tokens == 1


def test_outputs_change_for_each_changed_input_and_layer_by_layer() -> None:
    for each in drawn("which-outputs-change"):
        length, changed, layers = each.givens.length, each.givens.changed, each.givens.layers
        alone = [answer(each, changed=(place,)) for place in range(1, length + 1)]
        assert answer(each) == frozenset().union(*(alone[place - 1] for place in changed))
        pair = (1, length)
        assert answer(each, changed=pair) == alone[0] | alone[-1], each.givens
        seen = frozenset(changed)
        for layer in layers:
            seen = answer(each, changed=tuple(sorted(seen)), layers=(layer,))
        assert seen == answer(each), each.givens


@pytest.mark.parametrize("axis", ["queries", "keys"])
def test_no_matrix_and_no_feature_grows_with_the_text(axis: str) -> None:
    """A longer text makes tensors longer, the weights' shapes do not change."""
    for each in drawn("attention-shapes"):
        givens, size = each.givens, getattr(each.givens, axis)
        others = {axis: size + 100}
        if givens.queries == givens.keys:
            others = {"queries": size + 100, "keys": size + 100}
        grown = answer(each, **others)
        back = Shape(entry - 100 if entry > 100 else entry for entry in grown)
        assert back == answer(each), givens
        assert givens.asked[0] != "W" or grown == answer(each)


def test_rows_of_a_table_are_as_wide_as_it_says() -> None:
    for each in drawn("tokenize-bos-eos"):
        factor = 1 if each.givens.asked == "probabilities" else 3
        assert answer(each, width=3 * each.givens.width) == factor * answer(each), each.givens


def test_a_word_more_is_a_token_more() -> None:
    for each in drawn("tokenize-bos-eos", asked="entries", merges=()):
        first, *others = each.givens.sentences
        longer = (f"{first} {first.split()[0]}", *others)
        assert answer(each, sentences=longer) == answer(each) + each.givens.width
