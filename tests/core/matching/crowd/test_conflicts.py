"""Who in a crowd sits with somebody they must not meet."""

from types import SimpleNamespace

from core.matching.crowd.conflicts import blocked
from core.matching.crowd.seating import Seating

GROUPS = Seating(range(8), [2] * 4)


def test_a_group_with_two_who_must_not_meet_is_named():
    setting = SimpleNamespace(foes={2: {3}, 3: {2}, 4: {7}, 7: {4}})
    assert set(blocked(setting, GROUPS)) == {1}


def test_somebody_who_has_no_seat_sits_with_nobody():
    for seated in range(8):
        setting = SimpleNamespace(foes={seated: {8, 9}, 8: {seated, 9}, 9: {seated, 8}})
        assert list(blocked(setting, GROUPS)) == []
