"""Whom to spare: a pair costs more, the fewer partners the two have left."""

from core.matching.pairs.sparing import sparing


def test_two_who_have_few_partners_left_cost_most():
    assert sparing([1, 4, 0]) == [
        [1_000_000, 250_000, 1_000_000],
        [250_000, 62_500, 250_000],
        [1_000_000, 250_000, 1_000_000],
    ]


def test_as_long_as_all_have_equally_many_left_chance_decides():
    assert sparing([3, 3, 3]) is None
    assert sparing([]) is None
