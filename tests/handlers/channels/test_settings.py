"""The settings of a channel, as its host and everyone else meet them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.channels.errors import NotAHost
from bot.channels.ids import (
    SETTINGS,
    SETTINGS_DETAIL,
    SETTINGS_MORE,
    SETTINGS_OPEN,
    SETTINGS_READ_ONLY,
)
from bot.channels.views import form
from bot.channels.views.detail import unreadable_day
from bot.trouble import sentence
from bot.views.rhythm import unknown_zone
from bot.views.words import day
from core.cadence import Every
from core.outbox.kinds import DeliveryKind as Kind
from core.values import Notice, TakingPart
from handlers.platform.redrawing import Newest
from tests.words import labels
from tests.words.reading import on_top, received, stored


@pytest.fixture
def coffee(town):
    """A channel of three; the bot is not in it yet."""
    people = [town.person(name) for name in ("Ana Ruiz", "Bo Lind", "Cy Oh")]
    return town.channel("coffee", people)


@pytest.fixture
def ana(town, coffee):
    return town.sim.person("Ana Ruiz")


@pytest.fixture
def bo(town, coffee):
    return town.sim.person("Bo Lind")


def test_nobody_hears_anything_until_the_host_saves(town, ana, bo, coffee):
    ana.invites_bot(coffee)
    ana.presses("Settings")
    assert "no rounds yet. They begin once a host saves this." in ana.modal
    assert f"{labels.ZONE}: {{Europe/Berlin}}" in ana.modal
    assert received(town, bo, Kind.OPENING) == []
    assert ana.fills("Settings", {"How often": "Every 2 weeks", "Group size": "3"}) == {}
    bo.sees("every 2 weeks on Monday at 10:00 (Europe/Berlin)", in_=coffee)
    bo.sees("groups of 3", in_=coffee)
    ana.sees("Saved. #coffee: every 2 weeks on Monday at 10:00 (Europe/Berlin).")
    ana.sees("The first round is on Monday 2 March, 10:00.")


def test_the_opening_of_a_round_this_morning_is_not_followed_by_a_notice(town, ana, bo, coffee):
    town.sets_up(coffee, ana)
    town.forward(seconds=5)
    assert [len(received(town, bo, kind)) for kind in (Kind.OPENING, Kind.NOTICE)] == [1, 0]


def test_saving_again_says_nothing_to_the_channel(town, ana, bo, coffee):
    town.sets_up(coffee, ana)
    before = bo.transcript(coffee)
    ana.types("/coffee settings", in_=coffee)
    assert ana.fills(SETTINGS, {"Time": "15:00", "Weekday": "Thursday"}) == {}
    ana.sees("Thursday 5 March, 15:00")
    assert bo.transcript(coffee) == before


def test_everyone_is_announced_before_anyone_is_introduced(town, ana, bo, coffee):
    town.sets_up(coffee, ana)
    ana.types("/coffee settings", in_=coffee)
    ana.fills(SETTINGS, {"Who takes part": "Everyone in this channel", labels.WEEKDAY: "3"})
    town.forward(seconds=5)
    bo.sees("Everyone in this channel takes part, unless you would rather not", in_=coffee)
    ana.sees("I'll tell the channel now that everyone takes part")


def test_the_fields_and_the_dates_follow_the_rhythm(town, ana, coffee):
    ana.invites_bot(coffee)
    ana.presses(SETTINGS_OPEN)
    ana.fills(SETTINGS, {labels.OFTEN: "Every month", "Week of the month": "Last"}, submit=False)
    assert "• Monday 30 March, 10:00\n• Monday 27 April, 10:00" in ana.modal
    ana.chooses(labels.OFTEN, "Several weekdays, every week")
    ana.chooses("Weekdays", ["1", "4"])
    assert "• Tuesday 3 March, 10:00\n• Friday 6 March, 10:00" in ana.modal
    assert "Week of the month" not in ana.modal
    ana.chooses(labels.OFTEN, "Several weekdays, every few weeks")
    ana.fills(SETTINGS, {"How many weeks": "3"}, submit=False)
    assert "• Tuesday 3 March, 10:00\n• Friday 6 March, 10:00\n• Tuesday 24 March" in ana.modal
    ana.chooses(labels.OFTEN, "Every few months")
    values = {"How many months": "2", "Week of the month": "Last", labels.WEEKDAY: "0"}
    ana.fills(SETTINGS, values, submit=False)
    assert "• Monday 30 March, 10:00\n• Monday 25 May, 10:00" in ana.modal
    ana.chooses(labels.OFTEN, "Every few days")
    ana.fills(SETTINGS, {"How many days": "10", labels.AT: "09:30"}, submit=False)
    assert "• Monday 2 March, 09:30\n• Thursday 12 March, 09:30" in ana.modal


def test_an_unknown_zone_is_told_beside_its_field_and_nothing_is_saved(town, ana, bo, coffee):
    ana.invites_bot(coffee)
    ana.presses(SETTINGS_OPEN)
    complaints = ana.fills(SETTINGS, {"Time zone": "Berlyn", labels.SIZE: "4"})
    assert complaints == {
        labels.ZONE: unknown_zone("Berlyn", "Europe/Berlin")
    }  # fmt: skip
    ana.closes_modal()
    assert received(town, bo, Kind.OPENING) == []
    ana.types("/coffee settings", in_=coffee)
    assert f"{labels.SIZE}: {{2 people}}" in ana.modal
    assert not stored(town, coffee).started


def test_a_form_sent_before_it_was_redrawn_asks_for_the_missing_field(town, ana, coffee):
    ana.invites_bot(coffee)
    ana.presses(SETTINGS_OPEN)
    view: Any = town.sim.world.top_view(ana.id)
    option = {"text": {"type": "plain_text", "text": "-"}, "value": "weekdays:1"}
    where, name = {"view_id": view.id}, "settings.often"
    town.sim.actions.set_value(ana.id, where, name, name, option)
    ana.submits()
    assert f"{form.RHYTHM.weekdays.label}: {{Monday}}" in ana.modal
    assert ana.submits() == {}
    assert stored(town, coffee).settings.cadence.kind is Every.WEEKDAYS


def test_a_colleague_reads_the_settings_and_whom_to_ask(town, ana, bo, coffee):
    town.sets_up(coffee, ana, taking_part=TakingPart.EVERYONE)
    shown = bo.types("/coffee settings", in_=coffee)
    assert f"*{labels.TAKING_PART}:* everyone" in shown
    ana.types("/coffee settings", in_=coffee)
    ana.fills(SETTINGS, {labels.TAKING_PART: "Those who press “I'm in”"}, submit=False)
    assert ana.submits() == {}
    ana.types("/coffee settings", in_=coffee)
    ana.presses("More")
    values = {"Days off": "2026-12-24 – 2027-01-02", "Public holidays of": "Germany"}
    ana.fills("More settings", {**values, "Rather introduce": ["People who share few channels"]})
    bo.closes_modal()
    shown = bo.types("/coffee settings", in_=coffee)
    assert "those who press “I'm in”" in shown
    assert "*Among equals, rather introduced:* people who share few channels" in shown
    assert "Germany; Thursday 24 December to Saturday 2 January" in shown
    assert "Only hosts change this. To suggest something, ask @Ana or a workspace admin." in shown
    assert on_top(bo) == SETTINGS_READ_ONLY.id


def test_an_admin_may_change_what_another_host_set_up(town, ana, coffee):
    boss = town.person("Di Ng", admin=True)
    boss.joins(coffee)
    town.sets_up(coffee, ana)
    boss.types("/coffee settings", in_=coffee)
    assert boss.fills(SETTINGS, {form.NOTICE.label: Notice.OFF}) == {}
    assert "Notice the day before: {Off}" in ana.types("/coffee settings", in_=coffee)


def test_an_admin_who_is_none_any_more_cannot_save(town, ana, coffee):
    boss = town.person("Di Ng", admin=True)
    ana.invites_bot(coffee)
    boss.joins(coffee)
    boss.types("/coffee settings", in_=coffee)
    boss.changes(is_admin=False)
    boss.fills(SETTINGS, {})
    boss.sees(boss.text_of(sentence(NotAHost([ana.id]))))
    assert received(town, ana, Kind.OPENING) == []


def test_days_off_and_holidays_leave_dates_out(town, ana, coffee):
    ana.invites_bot(coffee)
    ana.presses(SETTINGS_OPEN)
    ana.chooses(labels.WEEKDAY, "3")
    ana.presses(SETTINGS_MORE)
    values = {labels.DAYS_OFF: "2026-03-05\n2026-03-11 – 2026-03-20"}
    ana.fills(SETTINGS_DETAIL, values | {labels.HOLIDAYS: "Germany"}, submit=False)
    assert ana.fills(SETTINGS_DETAIL, {"Region": "Bayern"}) == {}
    assert f"{labels.WEEKDAY}: {{Thursday}}" in ana.modal
    assert "• Thursday 26 March, 10:00\n• Thursday 2 April, 10:00" in ana.modal
    assert ana.submits() == {}
    ana.sees("Thursday 26 March, 10:00")


def test_nonsense_under_more_is_told_beside_its_field(town, ana, coffee):
    ana.invites_bot(coffee)
    ana.presses(SETTINGS_OPEN)
    ana.presses(SETTINGS_MORE)
    values = {labels.DAYS_OFF: "soon", "From": "13:00", "Under pressure until": "2026-03-01"}
    assert ana.fills(SETTINGS_DETAIL, values) == {
        labels.DAYS_OFF: unreadable_day("soon"),
        "Until": "A time to begin, a time to end, and at least one weekday belong together.",
        "Under pressure until": "Sunday 1 March has passed already. Choose a later day, or clear "
        "the field.",
    }


def test_a_named_host_may_change_the_settings_from_then_on(town, ana, bo, coffee):
    town.sets_up(coffee, ana)
    ana.types("/coffee settings", in_=coffee)
    ana.presses(SETTINGS_MORE)
    assert ana.fills(SETTINGS_DETAIL, {"Hosts": [bo], "Guests": "May take part"}) == {}
    ana.sees("Saved for #coffee.")
    bo.types("/coffee settings", in_=coffee)
    assert on_top(bo) == SETTINGS.id


def test_a_host_who_takes_themselves_off_the_list_is_none_from_then_on(town, ana, bo, coffee):
    town.sets_up(coffee, ana)
    ana.types("/coffee settings", in_=coffee)
    ana.presses(SETTINGS_MORE)
    ana.fills(SETTINGS_DETAIL, {labels.HOSTS: [bo]})
    bo.types("/coffee settings", in_=coffee)
    bo.presses(SETTINGS_MORE)
    assert bo.fills(SETTINGS_DETAIL, {labels.HOSTS: []}) == {}
    bo.sees("Saved for #coffee.")
    bo.submits()
    bo.sees(bo.text_of(sentence(NotAHost([ana.id]))))


def test_an_app_cannot_be_a_host(town, ana, coffee):
    bot = town.person("Robo", bot=True)
    town.sets_up(coffee, ana)
    ana.types("/coffee settings", in_=coffee)
    ana.presses(SETTINGS_MORE)
    complaints = ana.fills(SETTINGS_DETAIL, {labels.HOSTS: [bot]})
    assert complaints[labels.HOSTS].startswith("Hosts are colleagues of this workspace")


def test_a_channel_without_rounds_gets_its_line_of_support_too(town, ana, bo, coffee):
    ana.invites_bot(coffee)
    for _ in range(2):
        ana.types("/coffee settings", in_=coffee)
        ana.presses(SETTINGS_MORE)
        assert ana.fills(SETTINGS_DETAIL, {labels.PRESSED: "2026-03-20"}) == {}
        ana.closes_modal(everything=True)
    town.forward(seconds=5)
    assert len(received(town, bo, Kind.SUPPORT)) == 1
    bo.types("/coffee settings", in_=coffee)
    assert day(date(2026, 3, 20)) in bo.modal
    assert not stored(town, coffee).started


def test_quiet_mode_posts_one_line_and_slows_the_rounds(town, ana, bo, coffee):
    town.sets_up(coffee, ana)
    for _ in range(2):
        ana.types("/coffee settings", in_=coffee)
        ana.presses(SETTINGS_MORE)
        ana.fills(SETTINGS_DETAIL, {labels.PRESSED: "2026-03-20"})
        assert "• Monday 9 March, 10:00\n• Monday 23 March, 10:00" in ana.modal
        ana.closes_modal()
        town.forward(seconds=5)
    assert bo.transcript(coffee).count("A lot is going on here until Friday 20 March") == 1
    shown = ana.types("/coffee preview", in_=coffee)
    assert "Monday 9 March, 10:00; Monday 23 March, 10:00;" in shown


def test_of_two_hurried_changes_the_later_one_counts():
    newest = Newest()
    assert newest.is_newest("V1", 10.0)
    assert newest.is_newest("V1", 11.0)
    assert not newest.is_newest("V1", 10.0)
    assert newest.is_newest("V2", 9.0)
