"""The day before, statuses, and three silences: what the heartbeat says by itself."""

from datetime import timedelta

import pytest

from bot.meetings.ids import MEETING_MET
from bot.people.views.coffee import skipped
from bot.rounds.ids import STATUS_AWAY
from bot.rounds.views.receipts import NOT_IN_IT
from bot.rounds.views.silences import three_silences
from core.outbox.kinds import DeliveryKind as Kind
from core.values import Notice
from tests.gathering import a_channel, introduced, newest, opened
from tests.words.reading import gist, received, stored


def away(person, town, days):
    person.sets_status(":palm_tree:", "Vacation", until=town.clock.now() + timedelta(days=days))


def test_the_day_before_the_channel_reads_one_notice_with_two_ways_out(town):
    coffee, (_, bo, *_) = a_channel(town, 4)
    town.move_to("Monday 10:01")
    town.move_to("Sunday 10:01")
    said = coffee.transcript()
    assert said.count("The next coffee introductions in #coffee are") == 1
    assert "[Skip this one] [Away until…]" in said
    said = bo.presses("Skip this one", in_=coffee)
    assert said == bo.text_of(skipped(stored(town, coffee)))
    town.move_to("Monday 10:01")
    assert "Bo" not in set().union(*introduced(town)[2:])


def test_a_channel_that_was_told_of_its_first_round_today_is_not_told_twice(town):
    _, (ana, *_) = a_channel(town, 4)
    town.move_to("Monday 10:01")
    assert [len(received(town, ana, kind)) for kind in (Kind.OPENING, Kind.NOTICE)] == [1, 0]


@pytest.mark.parametrize(("notice", "told"), [("As a direct message", 1), (Notice.OFF, 0)])
def test_the_notice_can_be_private_or_off(town, notice, told):
    coffee, (_, bo, cem, *_) = a_channel(town, 4, notice=notice)
    cem.types("/coffee skip", in_=coffee)
    town.move_to("Monday 10:01")
    cem.types("/coffee skip", in_=coffee)
    town.move_to("Sunday 10:01")
    assert bo.transcript().count("You are in the next round of #coffee:") == told
    assert received(town, cem, Kind.NOTICE) == []


def test_with_nobody_in_the_rounds_there_is_no_notice(town):
    ana = town.person("Ana")
    coffee = town.channel("coffee", [ana])
    town.sets_up(coffee, ana)
    town.move_to("Sunday 10:01")
    assert received(town, ana, Kind.NOTICE) == []


def test_a_status_is_asked_about_and_silence_means_in(town):
    _coffee, (_, bo, *_) = a_channel(town, 4)
    town.move_to("Monday 10:01")
    away(bo, town, days=12)
    town.move_to("Sunday 10:01")
    bo.sees("Your Slack status says that you are away until Saturday 14 March.")
    town.move_to("Monday 10:01")
    assert "Bo" in set().union(*introduced(town)[2:])


def test_yes_leaves_out_until_the_day_back_and_no_keeps_in(town):
    _, (_, bo, cem, *_) = a_channel(town, 4)
    town.move_to("Monday 10:01")
    for person in (bo, cem):
        away(person, town, days=12)
    town.move_to("Sunday 10:01")
    bo.presses("Yes, until I am back")
    cem.presses("No, I am in")
    assert "Good. I count you in again from Saturday 14 March." in bo.transcript()
    assert "Good, you are in the next round." in cem.transcript()
    town.move_to("Monday 10:01")
    names = set().union(*introduced(town)[2:])
    assert ("Bo" in names, "Cem" in names) == (False, True)
    town.move_to("Monday 10:01")
    assert "Bo" in set().union(*introduced(town)[-2:])


def test_always_go_by_my_status_asks_no_more(town):
    _coffee, (ana, bo, *_) = a_channel(town, 4)
    town.move_to("Monday 10:01")
    away(bo, town, days=12)
    town.move_to("Sunday 10:01")
    bo.presses("Always go by my status")
    assert "From now on I go by your status" in newest(bo)
    town.move_to("Monday 10:01")
    ana.sees(f"{NOT_IN_IT}: 1 person.")
    assert "Bo" not in set().union(*introduced(town)[-1:])
    bo.sets_status("", "")
    town.move_to("Monday 10:01")
    assert "Bo" in set().union(*introduced(town)[-2:])


def test_a_late_yes_to_a_status_that_is_over_pauses_nobody(town):
    _, (_, bo, *_) = a_channel(town, 4)
    town.move_to("Monday 10:01")
    away(bo, town, days=8)
    town.move_to("Sunday 10:01")
    asked = next(m for m in bo.messages if STATUS_AWAY.id in str(m.blocks))
    town.forward(days=9)
    bo.presses_old(STATUS_AWAY, asked)
    bo.sees("You are back already, so I count you in.")


def test_somebody_in_three_channels_is_asked_about_one_absence_once(town):
    people = [town.person(name) for name in ("Ana", "Bo", "Cem", "Dia")]
    for name in ("coffee", "lunch", "walks"):
        opened(town, people, name)
    town.move_to("Monday 10:01")
    away(people[1], town, days=20)
    town.move_to("Sunday 10:05")
    town.forward(days=7)
    assert len(received(town, people[1], Kind.STATUS)) == 1


def test_a_status_without_an_end_or_about_lunch_is_no_hint(town):
    _, (_, bo, cem, *_) = a_channel(town, 4)
    town.move_to("Monday 10:01")
    bo.sets_status(":palm_tree:", "Vacation")
    cem.sets_status(":sandwich:", "Lunch", until=town.clock.now() + timedelta(days=9))
    town.move_to("Sunday 10:05")
    assert [received(town, person, Kind.STATUS) for person in (bo, cem)] == [[], []]


# -- three silences -----------------------------------------------------------


STAYS = "It is fine as it is"
ANSWERS = {  # what is pressed, what is said to it, and whether the next rounds include them
    "Fewer rounds": ("you are in every second round at most", [False, True, False]),
    "Bigger groups": ("Noted: bigger groups", [True, True, True]),
    "A break": ("You have a break of four weeks.", [False, False, False]),
    "Stop": ("You are out of this channel's rounds.", [False, False, False]),
    STAYS: ("everything stays as it is", [True, True, True]),
}
QUESTION = gist(three_silences)


def test_three_silences_bring_a_friendly_question_and_never_a_removal(town):
    _, (_, bo, *others) = a_channel(town, 10)
    for _ in range(4):
        town.move_to("Monday 10:01")
    town.move_to("Tuesday 10:01")  # on Monday they are introduced
    bo.sees("went by without a word from you. That is fine.")
    answering = dict(zip(ANSWERS, others, strict=False))
    for pressed, person in answering.items():
        assert person.transcript().count(QUESTION) == 1
        person.presses(pressed)
        assert ANSWERS[pressed][0] in newest(person)
    fine = answering[STAYS]
    seen = []
    for _ in range(3):
        assert fine.transcript().count(QUESTION) == 0  # the count began anew
        before = len(introduced(town))
        town.move_to("Monday 10:01")
        seen.append(set().union(*introduced(town)[before:]))
    town.move_to("Tuesday 10:01")
    fine.sees(QUESTION)
    for pressed, person in answering.items():
        assert [person.name in names for names in seen] == ANSWERS[pressed][1], pressed
    assert all("Bo" in names for names in seen)
    assert len(received(town, bo, Kind.SILENCES)) == 1


def test_met_by_anybody_of_the_group_is_no_silence(town):
    _, people = a_channel(town, 2)
    for _ in range(4):
        town.move_to("Monday 10:01")
        people[0].types("/coffee")
        people[0].presses(MEETING_MET)
    assert received(town, people[1], Kind.SILENCES) == []
