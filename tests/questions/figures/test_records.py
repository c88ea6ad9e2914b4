"""What figures say in words, and what they refuse."""

from fractions import Fraction

import pytest

from examgen.exact import array, exp
from examgen.faults import Fault
from examgen.questions.figures import (
    Block,
    Chain,
    Cone,
    Edge,
    Graph,
    Grid,
    Grids,
    Group,
    Line,
    Mask,
    Node,
    Plot,
    Point,
    Skip,
    Step,
    Volume,
    Volumes,
    Window,
    label,
    sliding,
)
from examgen.questions.figures.labels import listed, sentences, spoken

IMAGE = array([[1, -2, 0], [3, 4, 5], [0, 0, 1]])


def value(text: str) -> Block:
    return Block(text, kind="value")


def test_numbers_have_a_true_minus_sign_and_stand_in_one_line() -> None:
    assert label(-3) == "−3"
    assert label(Fraction(-1, 2)) == "−1/2"
    assert label(exp(2) * 3) == "3·e^2"
    assert label("$w_1$") == "$w_1$"


def test_labels_are_spoken_without_their_notation() -> None:
    assert spoken("$h^{(2)}$") == "h^(2)"
    assert spoken("conv\n3×3\nstride 2") == "conv (3×3, stride 2)"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert sentences(["one word", "", "x is a variable"]) == "One word. x is a variable."


def test_a_convolution_as_it_starts() -> None:
    assert sliding(IMAGE, array([[1, 0], [0, -1]])).alt == (
        "x has 3 × 3 cells: 1, −2, 0; 3, 4, 5; 0, 0, 1. "
        "A window covers rows 1 to 2 and columns 1 to 2. "
        "The next covers rows 1 to 2 and columns 2 to 3. "
        "w has 2 × 2 cells: 1, 0; 0, −1."
    )


def test_windows_move_right_or_else_down_or_not_at_all() -> None:
    kernel = array([[1, 0], [0, -1]])
    after = {
        stride: sliding(IMAGE, kernel, stride=stride).grids[0].windows[1:]
        for stride in ((1, 1), (1, 2), (2, 2))
    }
    assert after == {
        (1, 1): (Window(1, 2, 2, 2),),
        (1, 2): (Window(2, 1, 2, 2),),
        (2, 2): (),
    }


def test_padding_counts_for_the_windows_and_a_vector_has_none_above() -> None:
    padded = sliding(IMAGE, array([[1, 0], [0, -1]]), stride=2, padding=1)
    assert padded.grids[0].size == (5, 5)
    assert padded.grids[0].windows[1] == Window(1, 3, 2, 2)
    assert "A padding zero on each side." in padded.alt
    assert "columns 3 to 4, counted with the padding." in padded.alt
    signal = sliding(array([1, 2, 3]), array([1, -1]), padding=2)
    assert signal.grids[0].size == (1, 7)
    assert "2 padding zeros at each end." in signal.alt


def test_dilation_leaves_rows_and_columns_out() -> None:
    window = Window(1, 2, 2, 3, dilation=2)
    assert window.words == "rows 1 and 3 and columns 2, 4 and 6"
    assert Window(3, 4, 1, 1).words == "row 3 and column 4"


def test_marked_cells_are_named() -> None:
    grid = Grid.empty(2, 2, marked=frozenset({(2, 1), (1, 2)}))
    assert Grids((grid,)).alt == "A grid has 2 × 2 cells. Marked: [1, 2] and [2, 1]."


def test_a_chain_with_its_skip() -> None:
    chain = Chain(
        (value("$x$"), Block("conv\n3×3", "layer 1"), Block("+", kind="operation")),
        (Skip(1, 3, "identity"),),
        (Group(2, 3, "block"),),
    )
    assert chain.alt == (
        "In order: x → layer 1: conv (3×3) → +. "
        "A skip, labelled identity, leads from x around layer 1: conv (3×3) to +. "
        "Block consists of layer 1: conv (3×3) and +."
    )


@pytest.mark.parametrize(
    ("skips", "groups"),
    [
        ((Skip(0, 2),), ()),
        ((Skip(1, 1),), ()),
        ((Skip(2, 1),), ()),
        ((Skip(1, 4),), ()),
        (
            (),
            (Group(2, 1, "")),
        ),
        ((), (Group(1, 4, ""),)),
    ],
)
def test_what_leads_nowhere_is_refused(
    skips: tuple[Skip, ...], groups: tuple[Group, ...] | Group
) -> None:
    groups = groups if isinstance(groups, tuple) else (groups,)
    with pytest.raises(Fault, match="blocks from 1 to 3"):
        Chain((Block("a"), Block("b"), Block("c")), skips, groups)


def test_a_mask_row_by_row() -> None:
    assert Mask.causal(2).alt == (
        "A table of 2 × 2 cells with a row for each query and a column for each key. "
        "Query q_1 may attend to k_1. Query q_2 may attend to k_1 and k_2."
    )
    with_gaps = Mask((("masked", "masked"), ("open", "open")), ("a", "b"), ("1", "2"))
    assert with_gaps.alt.endswith("column for each key. Query a may attend to nothing.")
    with pytest.raises(Fault, match="a row a query"):
        Mask((("masked",),), ("a", "b"), ("1",))


def test_a_graph_node_by_node() -> None:
    graph = Graph(
        (Node("$x$", 0, 0, note="input"), Node("$y$", 1, 0), Node("$z$", 1, 1)),
        (Edge(1, 2, "2"), Edge(1, 3)),
    )
    assert graph.alt == "x: input. From x arrows lead to y (2) and z."
    with pytest.raises(Fault, match="nodes from 1 to 1"):
        Graph((Node("a", 0, 0),), (Edge(1, 2),))


def test_a_layered_network_joins_all_neighbours_and_centres_its_columns() -> None:
    network = Graph.layered(("a", "b", "c"), ("d",))
    assert [(edge.start, edge.end) for edge in network.edges] == [(1, 4), (2, 4), (3, 4)]
    assert [node.row for node in network.nodes] == [0, 1, 2, 1]


def test_a_plot_says_where_everything_is() -> None:
    plot = Plot(
        (-1, 3),
        (0, 2),
        ("$x_1$", "$x_2$"),
        (Point(1, 2), Point(0, Fraction(1, 2), "circle", "$p$")),
        (Line(1, 1, 2, "$f = 0$", dashed=True),),
        steps=(Step((0, 0), (1, 1)),),
        legend=(("disc", "$y = 1$"),),
    )
    assert plot.alt == (
        "A plot with x_1 from −1 to 3 and x_2 from 0 to 2. Points with y = 1: (1, 2). "
        "Points: p at (0, 1/2). A dashed line, f = 0. An arrow leads from (0, 0) to (1, 1)."
    )


def test_cones_and_volumes_say_that_they_have_no_scale() -> None:
    assert Cone(("3×3", "5×5")).alt.endswith("not to scale. Layer 1: 3×3. Layer 2: 5×5.")
    volumes = (Volume("input", "3", "8", "9", "2×2"), Volume("output", "?", "", ""))
    assert Volumes(volumes, ("4 filters\nstride 2",)).alt == (
        "Input: a stack of channels (channels 3, height 8, width 9). "
        "In its corner a window through all channels: 2×2. "
        "Output: a stack of channels (channels ?). Arrow 1: 4 filters (stride 2). Not to scale."
    )
