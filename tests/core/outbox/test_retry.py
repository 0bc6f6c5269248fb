"""What follows a message that was not sent."""

from datetime import UTC, datetime, timedelta

import pytest

from core.outbox.retry import (
    FIRST_WAIT,
    LOCKED_WAIT,
    LONGEST_WAIT,
    MOST_ATTEMPTS,
    AskSomebody,
    GiveUp,
    LookFirst,
    Trouble,
    TryAgain,
    after_failure,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_when_slack_asks_to_wait_the_worker_waits_exactly_so_long():
    assert after_failure(Trouble.BUSY, 1, NOW, timedelta(seconds=37)) == TryAgain(
        NOW + timedelta(seconds=37)
    )


def test_busy_without_a_figure_waits_a_little_and_never_gives_up():
    assert after_failure(Trouble.BUSY, 500, NOW) == TryAgain(NOW + FIRST_WAIT)


def test_what_slack_refuses_for_good_is_given_up_at_once():
    assert after_failure(Trouble.NEVER, 1, NOW) == GiveUp()


@pytest.mark.parametrize("attempts", [1, 5, 60])
@pytest.mark.parametrize(("wait", "pause"), [(None, FIRST_WAIT), (LONGEST_WAIT, LONGEST_WAIT)])
def test_one_lost_answer_is_followed_by_a_look_whatever_came_before_it(attempts, wait, pause):
    assert after_failure(Trouble.UNSURE, attempts, NOW, wait, doubts=1) == LookFirst(NOW + pause)


def test_after_a_second_lost_answer_somebody_has_to_look():
    assert after_failure(Trouble.UNSURE, 2, NOW, doubts=2) == AskSomebody()


@pytest.mark.parametrize(("trouble", "attempts"), [(Trouble.NEVER, 2), (Trouble.NOT_NOW, 12)])
def test_what_may_be_there_is_not_said_to_be_lost_when_it_is_refused_later(trouble, attempts):
    assert after_failure(trouble, attempts, NOW, doubts=1) == AskSomebody()


@pytest.mark.parametrize("doubts", [0, 1, 2])
def test_while_slack_is_away_nothing_is_used_up(doubts):
    for attempts in (1, 1000):
        assert after_failure(Trouble.AWAY, attempts, NOW, doubts=doubts) == TryAgain(
            NOW + FIRST_WAIT
        )


def test_what_may_work_later_is_tried_with_growing_pauses_up_to_an_hour():
    waits = []
    for attempt in range(1, MOST_ATTEMPTS):
        decision = after_failure(Trouble.NOT_NOW, attempt, NOW)
        assert isinstance(decision, TryAgain)
        waits.append(decision.at - NOW)
    assert waits == sorted(waits)
    assert (waits[0], waits[1], waits[-1]) == (FIRST_WAIT, FIRST_WAIT * 2, LONGEST_WAIT)


def test_and_is_given_up_after_a_dozen_tries():
    assert after_failure(Trouble.NOT_NOW, MOST_ATTEMPTS, NOW) == GiveUp()


def test_a_revoked_token_is_waited_for_as_long_as_the_message_is_of_use():
    assert after_failure(Trouble.LOCKED_OUT, 1000, NOW) == TryAgain(NOW + LOCKED_WAIT)
