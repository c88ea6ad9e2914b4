"""Paths through residual blocks against the list of all of them."""

from itertools import product

from examgen.nn.paths import branches_taken, path_count, paths_of_length, paths_up_to


def test_agree_with_the_list_of_all_paths() -> None:
    for blocks in range(9):
        lengths = [sum(path) for path in product((0, 1), repeat=blocks)]
        assert path_count(blocks) == len(lengths)
        assert branches_taken(blocks) == sum(lengths)
        for length in range(blocks + 2):
            assert paths_of_length(blocks, length) == lengths.count(length)
            assert paths_up_to(blocks, length) == sum(each <= length for each in lengths)
