"""The buttons of an introduction and of the questions that follow it."""

import itertools
from datetime import timedelta

import pytest

from bot.meetings.ids import (
    MEETING_MET,
    MEETING_NOT,
    MEETING_PLANNING,
    MEETING_SHUFFLE,
    MEETING_TAG,
    MEETING_TIME,
)
from bot.meetings.views import ended, followups
from bot.meetings.views.introductions import AGREED, NEVER_MEET, STARTER, SUITS_ME, agreed
from core.outbox.kinds import DeliveryKind as Kind
from core.values import Who
from storage.meetings import meetings
from tests.gathering import a_channel, newest, with_person
from tests.words.reading import gist, organiser_of, received


@pytest.fixture
def pair(town):
    """Ana and Bo, just introduced."""
    _, people = a_channel(town, 2)
    town.move_to("Monday 10:00")
    return people


def introduction(town, person):
    return person.transcript(town.group_of(person))


def over(town, person):
    """The question about their first meeting, as it reads once it is over."""
    with town.db.reading() as tx:
        meeting = meetings.of_person(tx, Who(town.parts.team_id, person.id), 20)[-1]
    return person.text_of(ended.ask(meeting, person.id)["text"])


def question(town, person):
    return introduction(town, person).partition(STARTER + "\n")[2].splitlines()[0]


def times(town, person):
    shown = introduction(town, person).splitlines()
    return [line for line, below in itertools.pairwise(shown) if below == f"[{SUITS_ME}]"]


def test_another_question_comes_at_a_press_and_never_twice_until_all_were_seen(town, pair):
    ana, bo = pair
    seen = [question(town, ana)]
    for presser in [ana, bo] * 6:
        presser.presses("Another question")
        seen.append(question(town, ana))
    assert len(set(seen)) == len(seen) == 13


def test_the_list_begins_anew_when_it_is_used_up(town, pair):
    ana, _ = pair
    ana.chooses("Kind of question", "Deeper")
    seen = [question(town, ana)]
    while (shown := (ana.presses(MEETING_SHUFFLE), question(town, ana))[1]) not in seen:
        seen.append(shown)
        assert len(seen) < 60
    assert len(seen) >= 25
    again = [shown]
    for _ in range(5):
        ana.presses(MEETING_SHUFFLE)
        again.append(question(town, ana))
    assert len(set(again)) == 6


def test_a_kind_of_question_is_kept_for_the_next_press(town, pair):
    ana, _ = pair
    ana.chooses(MEETING_TAG, "About work")
    first = question(town, ana)
    ana.presses(MEETING_SHUFFLE)
    assert "{About work}" in introduction(town, ana)
    assert first.endswith("_(about work)_")
    assert question(town, ana) != first


def test_nobody_gets_a_question_again_in_the_next_round(town):
    _, people = a_channel(town, 2)
    seen = []
    for _ in range(4):
        town.move_to("Monday 10:00")
        conversation = people[0].transcript(town.group_of(people[0]))
        seen.append(conversation.rpartition(STARTER + "\n")[2].splitlines()[0])
    assert len(set(seen)) == 4


def test_picks_are_shown_to_both_and_a_second_press_takes_one_back(town, pair):
    ana, bo = pair
    ana.presses("Suits me")
    assert "suits @Ana" in introduction(town, bo)
    ana.presses("Suits me")
    assert "suits @Ana" not in introduction(town, bo)


def test_when_everybody_picked_a_time_it_is_agreed_and_pressing_on_changes_nothing(town, pair):
    ana, bo = pair
    old = next(m for m in ana.messages if f"[{SUITS_ME}]" in ana.text_of(m))
    ana.presses(MEETING_TIME, n=1)
    bo.presses(MEETING_TIME, n=1)
    said = introduction(town, bo)
    assert "*Agreed: " in said
    assert gist(agreed) in said
    assert "[Google Calendar] [Outlook]" in said
    bo.presses_old(MEETING_TIME, old)
    assert len(received(town, bo, Kind.AGREED)) == 1


def test_a_time_that_has_gone_by_is_not_agreed_on(town, pair):
    ana, bo = pair
    town.move_to("Tuesday 20:00")
    assert "That time has gone by." in ana.presses(MEETING_TIME)
    assert "suits @Ana" not in introduction(town, bo)


def test_after_an_agreed_time_nobody_is_asked_before_it_is_over(town):
    _, (ana, bo) = a_channel(town, 2)
    town.move_to("Monday 10:00")
    assert len(times(town, ana)) == 3
    for person in (ana, bo):
        person.presses(MEETING_TIME, n=2)
    town.move_to("Wednesday 10:05")
    for person in (ana, bo):
        assert received(town, person, Kind.ASK, Kind.NUDGE) == []
    town.move_to("Wednesday 16:30")
    for person in (ana, bo):
        assert newest(person) == received(town, person, Kind.ASK)[-1]
    town.move_to("Monday 9:00")
    assert len(received(town, ana, Kind.ASK)) == 2  # two at most


def test_however_they_agree_nobody_is_asked_more_than_twice(town, pair):
    ana, bo = pair
    town.move_to("Wednesday 10:05")
    for person in (ana, bo):
        assert newest(person) == received(town, person, Kind.ASK)[-1]
        person.presses(MEETING_TIME, n=2)
    town.move_to("Monday 9:00")
    assert [len(received(town, p, Kind.ASK)) for p in pair] == [2, 2]


def test_the_organiser_is_nudged_once_if_nothing_happened(town, pair):
    organiser = next(p for p in pair if p.id == organiser_of(town))
    other = next(p for p in pair if p is not organiser)
    town.move_to("Tuesday 10:05")
    assert followups.FIRST_LINE in newest(organiser)
    town.move_to("Monday 9:00")
    assert [len(received(town, p, Kind.NUDGE)) for p in (organiser, other)] == [1, 0]


@pytest.mark.parametrize("happened", [MEETING_MET, MEETING_TIME])
def test_there_is_no_nudge_if_something_happened(town, pair, happened):
    for person in pair:
        person.presses(happened)
    town.move_to("Wednesday 9:00")
    for person in pair:
        assert received(town, person, Kind.NUDGE) == []


def test_the_organiser_rotates(town):
    _, people = a_channel(town, 2)
    said = []
    for _ in range(4):
        town.move_to("Monday 10:00")
        text = introduction(town, people[0]).rpartition("Hello ")[2]
        said.append("@Ana gets it going" in text)
    # Who did it less often is next; when both did it as often, chance decides.
    assert said[0] != said[1]
    assert said[2] != said[3]


def test_one_word_that_they_met_is_enough_for_both_and_answers_stay_private(town, pair):
    ana, bo = pair
    town.move_to("Wednesday 10:05")
    ana.presses("We met", in_=None)
    assert newest(ana).startswith("Noted: you met @Bo. Thank you.")
    town.move_to("Monday 9:00")
    assert len(received(town, bo, Kind.ASK)) == 1
    bo.does_not_see("Noted")
    assert "@Ana – met" in bo.types("/coffee history")


def test_still_planning_is_asked_again_and_not_this_time_is_not(town, pair):
    ana, bo = pair
    town.move_to("Wednesday 10:05")
    ana.presses("Still planning")
    bo.presses("Not this time")
    town.move_to("Monday 9:00")
    assert newest(ana).startswith("You were still planning to meet @Bo.")
    assert newest(bo) == over(town, bo)


def test_double_late_and_stale_clicks_converge_on_the_last_word(town, pair):
    ana, _ = pair
    town.move_to("Wednesday 10:05")
    asked = ana.messages[-1]
    for label in (MEETING_NOT, MEETING_NOT, MEETING_PLANNING):
        ana.presses(label, message=asked)
    town.forward(days=30)
    ana.presses_old(MEETING_MET, asked)
    assert "@Bo – met" in ana.types("/coffee history")
    assert ana.text_of(asked) == over(town, ana)


def test_a_button_of_other_peoples_meeting_does_nothing(town):
    _, people = a_channel(town, 4)
    town.move_to("Monday 10:00")
    ana = people[0]
    partner = with_person(town, ana)
    outsider = next(p for p in people[1:] if p.name not in partner)
    conversation = town.group_of(ana)
    message = next(m for m in ana.messages if m.channel == conversation.id)
    container = {"channel_id": message.channel, "message_ts": message.ts}
    row = next(b for b in message.blocks if b["type"] == "actions" and len(b["elements"]) == 2)
    for element in (row["elements"][0],):
        town.sim.actions.press(
            outsider.id, container, element["action_id"], row["block_id"], stale=True
        )
    assert question(town, ana) in message.blocks[1]["text"]["text"]
    assert "– met" not in ana.types("/coffee history")


def test_why_is_true_for_a_first_time_and_for_a_second(town, pair):
    ana, _ = pair
    said = ana.presses("Why us?")
    assert said == "You and @Bo had not been introduced before. Among equals, chance decides."
    town.move_to("Monday 10:00")
    assert "You and @Bo were introduced a round ago, and nobody said that you met." in ana.types(
        "/coffee why"
    )


def test_where_working_hours_never_meet_writing_is_proposed(town):
    ana, bo = town.person("Ana"), town.person("Bo", tz="Pacific/Auckland")
    from tests.gathering import opened

    opened(town, [ana, bo])
    town.move_to("Monday 10:00")
    said = introduction(town, ana)
    assert NEVER_MEET in said
    assert times(town, ana) == []


def test_where_hours_meet_but_not_before_the_round_ends_nobody_is_told_that_they_never_do(town):
    _, (ana, _) = a_channel(town, 2, often="days:1", at="23:00")
    town.move_to("Friday 23:00")
    said = introduction(town, ana).rpartition("Hello ")[2]
    assert "I found no half hour before the next round" in said
    assert NEVER_MEET not in said


def test_every_proposed_time_is_inside_everybodys_hours(town):
    ana, bo = town.person("Ana"), town.person("Bo", tz="America/New_York")
    from tests.gathering import opened

    opened(town, [ana, bo])
    town.move_to("Monday 14:01")  # eight in the morning in New York
    for line in times(town, bo):
        clock = line.rpartition(", ")[2]
        assert clock in {"9:00 AM", "9:30 AM", "10:00 AM", "10:30 AM"}, line


def test_the_reminder_comes_ten_minutes_before_and_says_when(town, pair):
    ana, bo = pair
    for person in pair:
        person.presses(MEETING_TIME)
    begins = town.clock.next("14:30", "Europe/Berlin")
    assert "2:30 PM" in times_agreed(town, ana)
    town.move_to(begins - timedelta(minutes=11))
    assert received(town, bo, Kind.REMINDER) == []
    town.forward(minutes=2)
    assert "@Ana and @Bo, your coffee begins at 2:30 PM." in introduction(town, bo)


def times_agreed(town, person):
    return introduction(town, person).partition(AGREED)[2].splitlines()[0]
