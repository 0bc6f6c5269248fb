"""`/coffee` and its buttons, as people type and press them."""

from datetime import date, timedelta

import pytest

from bot.channels.ids import SETTINGS_DETAIL, SETTINGS_MORE
from bot.meetings import impromptu
from bot.meetings.errors import NoMeeting
from bot.meetings.ids import MEETING_MET, MEETING_TIME
from bot.meetings.views.impromptu import STOP
from bot.meetings.views.past import NOBODY_YET
from bot.people.views.coffee import (
    AWAY_THEN,
    IN_IT,
    NO_GUESTS,
    NOT_IN_IT,
    NOWHERE,
    SKIPPED,
    paused,
    ran,
    unskipped,
)
from bot.platform.errors import OtherCompany
from bot.rounds.errors import NobodyAvailable
from bot.rounds.ids import CHANNEL_JOIN, CHANNEL_LEAVE, CHANNEL_UNSKIP
from bot.trouble import sentence
from core.outbox.kinds import DeliveryKind as Kind
from core.values import Who
from storage.people import people
from tests.gathering import a_channel, newest, opened
from tests.words import labels
from tests.words.reading import received, stands, stored


def test_the_inviter_is_greeted_privately_and_nobody_else_hears_a_thing(town):
    ana, bo = town.person("Ana"), town.person("Bo")
    coffee = town.channel("coffee", [ana, bo])
    ana.invites_bot(coffee)
    ana.sees("Hello @Ana, thank you for inviting me to #coffee.")
    bo.does_not_see("Kettle:")


def test_before_a_host_saved_settings_joining_is_noted_and_says_what_is_missing(town):
    ana, bo = town.person("Ana"), town.person("Bo")
    coffee = town.channel("coffee", [ana, bo])
    ana.invites_bot(coffee)
    assert "Nobody has set up the rounds of #coffee yet" in bo.types("/coffee join", in_=coffee)
    assert "Nobody has set up #coffee yet" in ana.types("/coffee run", in_=coffee)
    shown = ana.types("/coffee preview", in_=coffee)
    assert "The rounds begin when a host saves the settings; people join after that." in shown
    assert "too few" not in shown


def test_join_skip_and_leave_say_where_a_person_stands(town):
    coffee, (_ana, bo) = a_channel(town, 2)
    assert f"10:00 AM. {IN_IT}" in bo.types("/coffee")
    assert "You are in #coffee already." in bo.types("/coffee join", in_=coffee)
    assert "You skip the next round of #coffee" in bo.types("/coffee skip", in_=coffee)
    assert SKIPPED in bo.types("/coffee")
    bo.presses(CHANNEL_UNSKIP)
    assert IN_IT in bo.types("/coffee")
    assert "You are out of the rounds of #coffee" in bo.types("/coffee leave", in_=coffee)
    assert NOT_IN_IT in bo.types("/coffee")
    assert "there is nothing to skip" in bo.types("/coffee skip", in_=coffee)


def test_skip_twice_takes_it_back(town):
    coffee, (_, bo) = a_channel(town, 2)
    bo.types("/coffee skip", in_=coffee)
    again = bo.types("/coffee skip", in_=coffee)
    assert again == bo.text_of(unskipped(stored(town, coffee)))


ANSWERS = (
    ("pause until 1 Feb", "“until 1 Feb” has passed"),
    ("pause until never", "A pause needs an end. To stop for good, type /coffee leave."),
    ("pause forever", "A pause needs an end."),
    ("pause until 30 Feb", "“until 30 Feb” as a date. Try 2w"),
    ("pause 99y", "“99y” is more than a year away"),
    ("now 1", "A few minutes more, please"),
    ("now 9999", "That is long for a quick coffee"),
    ("now {0} <@U1>", "“{0} <@U1>” as minutes. Try /coffee now 15."),
    ("avoid nobody", "in “nobody”. Pick them with @, as in /coffee avoid @name."),
    ("avoid @ghost", "in “@ghost”."),
    ("jion", "mean /coffee join?"),
    ("🫖🫖", "“🫖🫖”. /coffee help lists what I can do."),
    ("why", sentence(NoMeeting()).replace("`", "")),
    ("history", NOBODY_YET),
    ("resume", "You are not on a pause."),
    ("help", "take part in this channel's rounds"),
)


def test_whatever_is_typed_gets_one_clear_answer(town):
    coffee, (_, bo) = a_channel(town, 2)
    for typed, answer in ANSWERS:  # none of these changes anything
        said = bo.types(f"/coffee {typed}", in_=coffee)
        said = said.replace("`", "").replace("&lt;", "<").replace("&gt;", ">")
        assert answer in said, typed


def test_a_person_in_several_channels_is_asked_which_one_they_mean(town):
    coffee, (ana, bo) = a_channel(town, 2)
    lunch = opened(town, [ana, bo], "lunch")
    assert "You are in several: #coffee and #lunch." in bo.types("/coffee leave")
    bo.types("/coffee leave", in_="lunch")
    assert not stands(town, bo, lunch).opted
    # An old button of a channel that Kettle has left does not act on the other one.
    bo.types("/coffee join", in_="lunch")
    bo.types("/coffee")
    ana.removes_bot(lunch)
    assert "I am not in #lunch any more." in bo.presses(CHANNEL_LEAVE, n=1)
    assert stands(town, bo, coffee).opted


def test_somebody_who_shares_no_channel_with_kettle_is_told_what_to_do(town):
    zoe = town.person("Zoe")
    assert "I am in no channel that this could be about." in zoe.types("/coffee join")
    assert NOWHERE in zoe.types("/coffee")


def test_guests_and_people_of_other_companies_read_why_they_cannot_join(town):
    coffee, (ana, _bo) = a_channel(town, 2)
    guest, stranger = town.person("Gil", restricted=True), town.person("Sol", stranger=True)
    for person in (guest, stranger):
        ana.invites(person, coffee)
    for word in ("join", "now"):
        said = guest.types(f"/coffee {word}", in_=coffee)
        assert "have not opened the rounds to guests" in said
    assert NO_GUESTS in guest.types("/coffee")
    assert "for people of one company" in stranger.presses("I'm in", in_=coffee)
    ana.types("/coffee settings", in_=coffee)
    ana.presses(SETTINGS_MORE)
    assert ana.fills(SETTINGS_DETAIL, {labels.GUESTS: "yes"}) == {}
    assert f"[{STOP}]" in guest.types("/coffee now", in_=coffee)
    sol, later = Who(town.sim.team_id, stranger.id), town.clock.now() + timedelta(hours=1)
    with pytest.raises(OtherCompany):  # Slack gives a stranger no command, but buttons
        impromptu.accept(town.parts.services, sol, later)


def test_an_old_button_of_a_channel_one_has_left_enrols_nobody(town):
    coffee, (_, bo) = a_channel(town, 2)
    bo.types("/coffee leave", in_=coffee)
    bo.types("/coffee")
    bo.leaves(coffee)
    assert bo.presses(CHANNEL_JOIN).startswith("You are not in #coffee. Join the channel first")


def test_only_a_host_may_run_or_preview(town):
    coffee, (_ana, bo, *_) = a_channel(town, 4)
    for word in ("run", "preview"):
        said = bo.types(f"/coffee {word}", in_=coffee)
        assert said.startswith("Only a host can do that. Ask @Ana or a workspace admin.")
    assert town.group_conversations() == []


def test_preview_sends_and_stores_nothing_and_looks_ahead(town):
    coffee, (ana, *_) = a_channel(town, 4)
    posted = [m for m in town.sim.messages(coffee) if not m.ephemeral_to]
    said = ana.types("/coffee preview", in_=coffee)
    assert "Preview of #coffee." in said
    assert "4 people in pairs: everyone has met everyone after about 3 rounds." in said
    assert "The next dates: Monday 2 March, 10:00; Monday 9 March, 10:00" in said
    town.forward(minutes=5)
    assert posted == [m for m in town.sim.messages(coffee) if not m.ephemeral_to]
    assert town.group_conversations() == []
    town.move_to("Monday 10:00")
    ana.sees("Round 1 of #coffee, Monday 2 March, 10:00")


def test_run_holds_a_round_at_once_and_a_second_press_holds_no_other(town):
    coffee, (ana, *_) = a_channel(town, 4)
    assert ana.types("/coffee run", in_=coffee) == ran(2)
    town.forward(seconds=20)
    assert "A round was held a moment ago" in ana.types("/coffee run", in_=coffee)
    assert len(town.group_conversations()) == 2


def test_run_does_not_use_up_somebodys_skip(town):
    coffee, (ana, bo, *_) = a_channel(town, 4)
    bo.types("/coffee skip", in_=coffee)
    ana.types("/coffee run", in_=coffee)
    assert SKIPPED in bo.types("/coffee")


def test_run_with_too_few_people_says_so_and_sends_nothing(town):
    coffee, (ana,) = a_channel(town, 1)
    said = ana.types("/coffee run", in_=coffee)
    assert said == sentence(NobodyAvailable())


def test_a_pause_is_said_back_and_ends_by_itself(town):
    coffee, (_ana, bo) = a_channel(town, 2)
    said = bo.types("/coffee pause 2w", in_=coffee)
    assert said == paused(date(2026, 3, 16))
    assert "You are on a pause then." in bo.types("/coffee")
    town.move_to("Monday 10:00")
    town.move_to("Monday 10:00")
    assert town.group_conversations() == []
    town.move_to("Monday 10:00")
    assert len(town.group_conversations()) == 1
    assert AWAY_THEN not in bo.types("/coffee")


def test_during_a_pause_nobody_is_asked_or_counted_as_silent(town):
    coffee, (ana, bo) = a_channel(town, 2)
    town.move_to("Monday 10:00")
    bo.types("/coffee skip", in_=coffee)
    said = bo.types("/coffee pause until 20 March")
    assert "What is under way stays, and I do not ask about it before you are back." in said
    town.forward(days=7, minutes=1)
    assert received(town, ana, Kind.ASK) != []
    assert received(town, bo, Kind.ASK, Kind.NUDGE) == []
    with town.db.reading() as tx:
        known = people.some(tx, town.sim.team_id, [ana.id, bo.id])
    assert [known[p.id].unanswered for p in (ana, bo)] == [1, 0]


def test_whoever_went_on_a_pause_is_not_asked_about_a_time_that_was_agreed_since(town):
    _, (ana, bo) = a_channel(town, 2)
    town.move_to("Monday 10:00")
    bo.presses(MEETING_TIME, n=1)
    bo.types("/coffee pause until 20 March")
    ana.presses(MEETING_TIME, n=1)
    town.move_to("Friday 18:00")
    assert received(town, ana, Kind.ASK) != []
    assert received(town, bo, Kind.ASK) == []


def test_joining_during_a_pause_says_that_the_pause_goes_on(town):
    coffee, (_, bo) = a_channel(town, 2)
    bo.types("/coffee leave", in_=coffee)
    bo.types("/coffee pause until 20 March")
    said = bo.types("/coffee join", in_=coffee)
    assert "You are on a pause until Friday 20 March, though" in said
    assert "From now on I count you in again." in bo.types("/coffee resume")


def test_leaving_in_the_middle_of_a_round_keeps_the_introduction(town):
    coffee, (_ana, bo) = a_channel(town, 2)
    town.move_to("Monday 10:00")
    assert "introduction stays: see whether" in bo.types("/coffee leave", in_=coffee)
    town.move_to("Wednesday 10:00")
    assert newest(bo) == received(town, bo, Kind.ASK)[-1]
    town.move_to("Monday 10:01")
    assert len(town.group_conversations()) == 1


def test_somebody_who_has_no_answer_yet_can_answer_from_the_status(town):
    _, (_, bo) = a_channel(town, 2)
    town.move_to("Monday 10:00")
    assert "Your current introduction: @Ana (you haven't said)." in bo.types("/coffee")
    assert "Noted: you met @Ana." in bo.presses(MEETING_MET)
    assert "Your current introduction: @Ana (met)." in bo.types("/coffee")
    assert "Monday 2 March: @Ana – met" in bo.types("/coffee history")
