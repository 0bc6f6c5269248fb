"""What lies between two people, and how undesirable it makes another meeting."""

import pytest

from core.matching import MET, NOT_MET, UNKNOWN, History
from core.matching.past.ledger import Ledger, price
from tests.core.matching.town import past_round

ELSEWHERE = past_round([[0, 1]], MET, own=False)


def between(past, window=4.0):
    """The ledger, and the tie of the first two people."""
    ledger = Ledger([0, 1, 2], History({}, past), window)
    return ledger, ledger.ties[0][1]


@pytest.mark.parametrize(("outcome", "burn"), [(MET, 3), (UNKNOWN, 2), (NOT_MET, 1)])
def test_a_meeting_that_took_place_uses_a_pair_up_most(outcome, burn):
    _, tie = between([past_round([[0, 1]], outcome)] * 2)
    assert (tie.times, tie.met, tie.burn) == (2, 2 * (outcome == MET), 2 * burn)


def test_the_past_of_a_pair_is_the_same_from_both_sides_and_nobody_has_one_with_themselves():
    ledger, tie = between([past_round([[0, 1, 1], [2]])])
    assert ledger.ties[1] == {0: tie}
    assert ledger.ties[2] == ledger.ties[7] == {}


@pytest.mark.parametrize(
    ("ago", "level"), [(1, 8), (2, 7), (3, 7), (4, 6), (5, 6)]
)  # six for one meeting, more within the window of four rounds and within half of it
def test_a_recent_meeting_weighs_more(ago, level):
    ledger, tie = between([past_round([[0, 1]])] + [past_round([[1, 2]])] * (ago - 1))
    assert ledger.level(tie) == level
    assert ledger.rounds_ago(tie) == ago


def test_what_came_to_nothing_is_never_recent_but_was_an_introduction():
    ledger, tie = between([past_round([[0, 1]], NOT_MET)])
    assert ledger.level(tie) == 3
    assert ledger.rounds_ago(tie) == 1
    ledger, tie = between([past_round([[0, 1]]), *[past_round([[0, 1]], NOT_MET)] * 4])
    assert ledger.level(tie) == 18
    assert ledger.rounds_ago(tie) == 1


def test_a_meeting_elsewhere_happened_in_the_round_before_it():
    ledger, tie = between([past_round([[1, 2]]), ELSEWHERE, past_round([[1, 2]])])
    assert ledger.now == 2
    assert ledger.rounds_ago(tie) == 2
    ledger, tie = between([ELSEWHERE])
    assert (ledger.now, ledger.rounds_ago(tie)) == (0, 1)


def test_another_meeting_outweighs_any_recency():
    """Three levels for each use of a pair: the last meeting long ago, lately, just now."""
    assert [price(level) for level in (0, 1, 2, 3, 8, 9)] == [0, 1, 4, 1_000, 4_004, 9_000]
