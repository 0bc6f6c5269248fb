"""The matchers Kettle is compared with: chance, and two exact max-weight libraries."""

from collections.abc import Sequence
from itertools import combinations
from random import Random

import networkx
import rustworkx

from bench.matching.town import Groups, Town


def by_chance(town: Town, here: Sequence[int]) -> Groups:
    order = list(here)
    Random(town.seed * 1009 + len(town.past)).shuffle(order)
    return paired(order)


def paired(order: Sequence[int]) -> Groups:
    pairs = [tuple(order[k : k + 2]) for k in range(0, len(order) - 1, 2)]
    if len(order) % 2:
        pairs[-1] = (*pairs[-1], order[-1])
    return pairs


def with_networkx(town: Town, here: Sequence[int]) -> Groups:
    """Fewest repeats by weight; labels shuffled, ties as the library leaves them."""
    graph = networkx.Graph()
    rnd = Random(town.seed * 1009 + len(town.past))
    graph.add_weighted_edges_from(
        (a, b, 1000 - 8 * town.met[min(a, b), max(a, b)] + rnd.randrange(4))
        for a, b in combinations(here, 2)
    )
    return _completed(here, networkx.max_weight_matching(graph, maxcardinality=True))


def with_rustworkx(town: Town, here: Sequence[int]) -> Groups:
    rnd = Random(town.seed * 1009 + len(town.past))
    return _completed(here, exact(here, town, lambda: rnd.randrange(64)))


def exact(here: Sequence[int], town: Town, noise=lambda: 0) -> list[tuple[int, int]]:
    """The pairs of an exact optimum over squared meeting counts."""
    graph = rustworkx.PyGraph()
    graph.add_nodes_from(list(here))
    graph.add_edges_from(
        [
            (i, j, 10**7 - 1000 * town.met[min(a, b), max(a, b)] ** 2 - noise())
            for (i, a), (j, b) in combinations(enumerate(here), 2)
        ]
    )
    found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=lambda w: w)
    return [(here[i], here[j]) for i, j in found]


def _completed(here: Sequence[int], pairs) -> Groups:
    groups = [tuple(pair) for pair in pairs]
    seated = {person for pair in groups for person in pair}
    for person in here:
        if person not in seated:
            groups[0] = (*groups[0], person)
    return groups
