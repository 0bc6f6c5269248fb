"""The Home tab as a page: never too long, never telling what is private."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.people.views import coffee
from bot.people.views import home as view
from bot.people.views.coffee import Standing
from bot.people.views.home import Hosted, Page
from bot.rounds.ids import CHANNEL_JOIN
from core.eligibility import Reason
from core.receipt import Receipt
from core.values import (
    Channel,
    ChannelSettings,
    Companion,
    Meeting,
    MeetingKind,
    Outcome,
    Person,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANA = Person("UANA", 1, ask_about="x" * 150, team="y" * 60)
PAGE = Page(ANA, NOW.date(), "Europe/Berlin")


def channel(number: int, **columns) -> Channel:
    """A channel with rounds."""
    made = Channel(
        "T1", f"C{number}", f"coffee-{number}", True, True, "UANA", ChannelSettings(),
        NOW + timedelta(days=7), 4, None, True, date(2026, 4, 1),
    )  # fmt: skip
    return replace(made, **columns)


def meeting(number: int, **columns) -> Meeting:
    """Ana in a group of six."""
    people = tuple(Companion(f"UPERSON{n}", Outcome.MET) for n in range(5))
    made = Meeting(
        number, "T1", "C1", MeetingKind.ROUND, (Companion("UANA"), *people), "UANA", NOW,
        NOW + timedelta(days=7), agreed_at=NOW, conversation_id="G1",
    )  # fmt: skip
    return replace(made, **columns)


def words_of(page: Page) -> str:
    """Everything written on the page."""
    return "\n".join(str(block) for block in view.home(page)["blocks"])


def test_the_fullest_page_stays_under_slacks_limits():
    receipt = Receipt(4, groups=(("U1", "U2"),) * 40, left_out={"paused": ("U3",)})
    full = replace(
        PAGE,
        person=replace(ANA, paused_until=date(2026, 3, 9)),
        standings=[Standing(channel(n), True, False, False) for n in range(40)],
        current=[*(meeting(n) for n in range(40)), meeting(40, conversation_id=None)],
        recent=[meeting(n) for n in range(40)],
        hosted=[Hosted(channel(n), receipt, NOW) for n in range(40)],
        waiting_until=NOW,
    )
    blocks = view.home(full)["blocks"]
    assert len(blocks) < 100
    assert all(len(str(block.get("text", ""))) < 3000 for block in blocks)
    assert coffee.more_channels(28) in words_of(full)
    assert "… and 30 more channels. Type `/coffee settings` there." in words_of(full)


def test_somebody_in_forty_channels_gets_a_message_that_slack_takes():
    standings = [Standing(channel(n), True, False, False) for n in range(40)]
    six = [meeting(n) for n in range(6)]
    until = NOW + timedelta(minutes=15)
    person = replace(ANA, paused_until=date(2026, 3, 9))
    shown = coffee.status(person, "Europe/Berlin", standings, six, NOW.date(), until)["blocks"]
    assert len(shown) <= 50
    assert "… and 28 more channels." in str(shown)
    assert coffee.AWAY_THEN not in str(shown)  # the rounds are on the day they are back


def test_a_receipt_is_numbers_only():
    left_out = {"paused": ("UCY",), "no_partner": ("UDI",), "not_opted_in": ("UED",)}
    receipt = Receipt(4, groups=(("UBO", "UANA"), ("UFI", "UGO")), left_out=left_out)
    shown = words_of(replace(PAGE, hosted=[Hosted(channel(1), receipt, NOW)]))
    assert "Round 4, Monday 2 March, 09:00: 2 introductions, 4 people, 2 left out." in shown
    assert not any(name in shown for name in ("UCY", "UDI", "UED", "UBO"))


def test_a_guest_is_not_offered_what_would_be_refused():
    guest = replace(PAGE, person=replace(ANA, guest=True))
    page = replace(guest, standings=[Standing(channel(1), False, False, False)])
    assert "It is not open to guests." in words_of(page)
    assert CHANNEL_JOIN.id not in words_of(page)


@pytest.mark.parametrize("reason", [Reason.PACE, Reason.AWAY_STATUS])
def test_somebody_reads_what_leaves_them_out_of_the_next_round(reason):
    standing = Standing(channel(1), True, False, False, reason)
    shown = words_of(replace(PAGE, standings=[standing]))
    assert coffee.SITTING_OUT[reason] in shown
    assert coffee.IN_IT not in shown


def test_a_pause_covers_the_next_round_only_if_it_lasts_until_then():
    def note(until: date) -> str:
        person = replace(ANA, paused_until=until)
        standings = [Standing(channel(1), True, False, False)]
        return words_of(replace(PAGE, person=person, standings=standings))

    assert coffee.AWAY_THEN in note(date(2026, 3, 10))
    assert coffee.IN_IT in note(date(2026, 3, 9))
