"""What one person hears unasked: which kind gives way, and when a round has said enough (P18)."""

from datetime import UTC, datetime, timedelta

import pytest

from core.ledger.budget import (
    A_ROUND,
    FOLLOW_UPS,
    ORGANISERS,
    RANKED,
    SILENT,
    WAITS_FOR_NONE,
    WITHIN,
    has_room,
    is_enough,
    waits_its_turn,
)
from core.outbox.kinds import DeliveryKind as Kind

COUNTED = sorted(set(RANKED) - set(WAITS_FOR_NONE))


@pytest.mark.parametrize("kind", COUNTED)
def test_one_a_day_and_the_more_important_of_two(kind):
    assert not waits_its_turn(kind, [], [])
    assert waits_its_turn(kind, [Kind.WELCOME], [])
    before, after = RANKED[: RANKED.index(kind)], RANKED[RANKED.index(kind) :]
    assert all(waits_its_turn(kind, [], [one]) for one in before)
    assert not waits_its_turn(kind, [], after)


@pytest.mark.parametrize("kind", WAITS_FOR_NONE)
def test_what_a_round_begins_with_waits_for_nothing(kind):
    assert not waits_its_turn(kind, RANKED, RANKED)


@pytest.mark.parametrize("kind", sorted(set(Kind) - set(RANKED)))
def test_what_does_not_count_comes_when_it_is_due(kind):
    assert not waits_its_turn(kind, RANKED, RANKED)


def enough(kind, had, silences=0, organises=False, notice=False):
    return is_enough(kind, had, silences, organises, notice)


@pytest.mark.parametrize("kind", FOLLOW_UPS)
def test_three_a_round_and_four_for_the_organiser_of_which_one_is_kept_for_a_notice(kind):
    three, four = [Kind.INTRODUCTION] * A_ROUND, [Kind.INTRODUCTION] * ORGANISERS
    assert enough(kind, three)
    assert not enough(kind, three[1:])
    assert enough(kind, three[1:], notice=True)
    assert not enough(kind, four[1:], organises=True)
    assert enough(kind, four, organises=True)


def test_who_said_nothing_last_time_is_asked_once_and_after_three_silences_not_at_all():
    introduced = [Kind.INTRODUCTION]
    assert enough(Kind.NUDGE, introduced, silences=1, organises=True)
    assert not enough(Kind.ASK, introduced, silences=SILENT - 1)
    assert enough(Kind.ASK, [*introduced, Kind.ASK], silences=1)
    assert enough(Kind.ASK, introduced, silences=SILENT)


@pytest.mark.parametrize("kind", sorted(set(Kind) - set(FOLLOW_UPS)))
def test_nothing_else_is_left_out(kind):
    assert not enough(kind, RANKED, silences=SILENT)


NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_somebody_is_asked_as_often_in_seven_days_as_they_chose(limit):
    had = [NOW - DAY] * limit
    assert not has_room(limit, had, NOW)
    assert has_room(limit, had[1:], NOW)


def test_what_they_had_a_week_ago_counts_no_more_and_what_waits_counts_already():
    assert WITHIN == 7 * DAY
    assert has_room(1, [NOW - WITHIN], NOW)
    assert not has_room(1, [NOW - WITHIN + SECOND], NOW)
    assert not has_room(1, [NOW + 3 * DAY], NOW)


def test_who_wants_no_limit_has_none():
    assert has_room(None, [NOW] * 50, NOW)
