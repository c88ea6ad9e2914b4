"""The picture of an output of attention: the vectors that it mixes, each with its weight."""

from examgen.questions.figures import Edge, Graph, Node


def mixture(name: str, count: int, number: int = 0, *, one_row: bool = False) -> Graph:
    """Arrows from so many vectors of a *name* to the output of query *number*, if it has one.

    Where a text has *one row* of weights only, they bear no query's number: w_j, not w_ij.
    """
    places = range(1, count + 1)
    output = Node(f"$y_{number}$" if number else "$y$", 1, (count + 1) // 2)
    nodes = (*(Node(f"${name}_{place}$", 0, place) for place in places), output)
    query = number if number and not one_row else ""
    edges = (Edge(place, len(nodes), f"$w_{{{query}{place}}}$") for place in places)
    return Graph(nodes, tuple(edges), "Attention")
