"""Whom people meet over many rounds."""

import pytest

from tests.core.matching.town import Town


@pytest.mark.parametrize(
    ("people", "seeds"), [(6, 12), (8, 12), (10, 8), (14, 4), (20, 2), (30, 1)]
)
def test_nobody_meets_twice_before_everybody_has_met_everybody(people, seeds):
    for seed in range(seeds):
        town = Town(people, seed=seed)
        town.hold_many(2 * (people - 1))
        assert town.first_repeat == people
        assert set(town.met.values()) == {2}
