"""How a head count splits into groups."""

from itertools import product

import pytest

from core.matching import MatchingError, Odd, Preferences, Rules
from core.matching.sizes import check, split

EVERY = list(product(range(2, 7), range(2, 40)))


@pytest.mark.parametrize("odd", Odd)
def test_everybody_is_in_a_group_or_sits_out_and_groups_are_as_even_as_can_be(odd):
    for size, people in EVERY:
        sizes, out = split(people, Rules(size, odd))
        assert sum(sizes) + out == people
        assert sizes == sorted(sizes, reverse=True)
        assert 2 <= min(sizes) <= max(sizes) <= min(size + 1, min(sizes) + 1)


def test_nobody_sits_out_unless_the_host_said_so_and_then_as_few_as_can_be():
    for size, people in EVERY:
        for odd in (Odd.LARGER, Odd.SMALLER):
            assert split(people, Rules(size, odd))[1] == 0
        sizes, out = split(people, Rules(size, Odd.SIT_OUT))
        assert (set(sizes), out) == ({min(size, people)}, people % size if people > size else 0)


def test_groups_are_larger_or_smaller_as_the_host_said():
    for size, people in EVERY:
        larger, _ = split(people, Rules(size, Odd.LARGER))
        smaller, _ = split(people, Rules(size, Odd.SMALLER))
        assert len(larger) <= len(smaller)
        assert min(larger) >= size or people % size > people // size or people < size
        assert max(smaller) <= size or size == 2


@pytest.mark.parametrize("people", [0, 1])
def test_too_few_people_are_no_group(people):
    assert split(people, Rules()) == ([], people)


@pytest.mark.parametrize(
    "rules",
    [
        Rules(2),
        Rules(6),
        Rules(window=0),
        Rules(window=1),
        Rules(prefer=Preferences(within_team=1)),
    ],
)
def test_the_limits_themselves_can_be_followed(rules):
    check(rules)


@pytest.mark.parametrize(
    "name", ["cross_team", "within_team", "hours", "mode", "few_shared_channels"]
)
def test_no_wish_weighs_less_than_nothing(name):
    with pytest.raises(MatchingError) as refused:
        check(Rules(prefer=Preferences(**{name: -1})))
    assert refused.value.field == name


@pytest.mark.parametrize("blocks", [("P0",), ("P0", "P1", "P2")])
def test_a_block_names_two(blocks):
    with pytest.raises(MatchingError) as refused:
        check(Rules(blocks=frozenset({blocks})))
    assert refused.value.field == "blocks"
