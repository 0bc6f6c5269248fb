"""Speaking slowly enough, so that Slack need not say so."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.platform.pacing import CHANNEL_GAP, MINUTE, OTHERS, PER_MINUTE, Pacer

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OPEN = "conversations.open"


def calls(pacer, method, times, channel=None, team="T1"):
    return [pacer.wait_until(team, method, NOW, channel) for _ in range(times)]


def test_a_minutes_worth_of_calls_goes_out_at_once_and_the_next_one_waits_for_the_minute():
    pacer = Pacer()
    assert set(calls(pacer, OPEN, PER_MINUTE[OPEN])) == {None}
    assert calls(pacer, OPEN, 1) == [NOW + MINUTE]
    assert pacer.wait_until("T1", OPEN, NOW + MINUTE) is None


def test_a_method_nobody_named_is_called_sparingly():
    pacer = Pacer()
    assert calls(pacer, "reactions.add", OTHERS + 1)[-1] == NOW + MINUTE


def test_one_workspace_does_not_slow_another():
    pacer = Pacer()
    calls(pacer, OPEN, PER_MINUTE[OPEN])
    assert calls(pacer, OPEN, 1, team="T2") == [None]


def test_one_conversation_hears_one_message_a_second():
    pacer = Pacer()
    post = "chat.postMessage"
    assert calls(pacer, post, 2, "C1") == [None, NOW + CHANNEL_GAP]
    assert calls(pacer, post, 1, "C2") == [None]
    assert pacer.wait_until("T1", post, NOW + CHANNEL_GAP, "C1") is None


def test_retry_after_is_obeyed_to_the_second():
    pacer = Pacer()
    until = NOW + timedelta(seconds=30)
    pacer.block("T1", OPEN, until)
    assert calls(pacer, OPEN, 1) == [until]
    assert pacer.wait_until("T1", OPEN, until) is None


def test_a_refused_booking_costs_nothing():
    pacer = Pacer()
    pacer.block("T1", OPEN, NOW + timedelta(seconds=1))
    calls(pacer, OPEN, 500)
    later = NOW + timedelta(seconds=2)
    assert pacer.wait_until("T1", OPEN, later) is None


@pytest.mark.parametrize("back", [timedelta(minutes=2), timedelta(hours=3)])
def test_a_clock_that_was_set_back_makes_nobody_wait_for_it(back):
    pacer = Pacer()
    calls(pacer, OPEN, PER_MINUTE[OPEN], "C1")
    pacer.block("T1", "chat.update", NOW + timedelta(seconds=30))
    assert pacer.wait_until("T1", OPEN, NOW - back, "C1") is None
    assert pacer.wait_until("T1", "chat.update", NOW - back) is None
    pacer.block("T1", OPEN, NOW)
    assert pacer.wait_until("T1", OPEN, NOW - back) == NOW  # what is said from then on counts
