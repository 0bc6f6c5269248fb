"""The blossom search, against trying everything."""

from random import Random

import networkx
import pytest

from core.matching.pairs.blossom import FREE, extend


def random_graph(rnd, n, density):
    rows = [0] * n
    for i in range(n):
        for j in range(i):
            if rnd.random() < density:
                rows[i] |= 1 << j
                rows[j] |= 1 << i
    return rows


@pytest.mark.parametrize("density", [0.1, 0.2, 0.35, 0.6])
def test_no_matching_is_larger(density):
    for seed in range(60):
        rnd = Random(seed)
        rows = random_graph(rnd, rnd.randint(1, 18), density)
        mate = [FREE] * len(rows)
        alone = extend(rows, mate, rnd)
        assert alone == mate.count(FREE)
        assert all(m == FREE or (mate[m] == v and rows[v] >> m & 1) for v, m in enumerate(mate))
        assert len(rows) - alone == 2 * largest(rows)


def largest(rows):
    edges = [(i, j) for i, row in enumerate(rows) for j in range(i) if row >> j & 1]
    return len(networkx.max_weight_matching(networkx.Graph(edges), maxcardinality=True))


def test_nobody_who_is_paired_becomes_free():
    rows = [0b0010, 0b0101, 0b1010, 0b0100]  # a path of four
    mate = [FREE, 2, 1, FREE]
    assert extend(rows, mate, Random(1)) == 0
    assert mate == [1, 0, 3, 2]
