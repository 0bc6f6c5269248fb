"""A second partner in the round: offered in mid-round to all alike, looked for, found or not."""

from datetime import time

import pytest

from bot.channels.views.form import ODDS
from bot.meetings import introductions, keys
from bot.meetings.ids import MEETING_MET, MEETING_NOT, MEETING_PLANNING, SECOND_FIND, SECOND_STOP
from bot.meetings.second import searching
from bot.meetings.views import followups
from bot.meetings.views import second as view
from bot.meetings.views.followups import SAID
from bot.meetings.views.past import why
from core.outbox.kinds import DeliveryKind as Kind
from core.values import Hours, MeetingKind, Outcome, Who
from storage.meetings import meetings
from storage.outbox import deliveries
from storage.people import people
from tests.gathering import a_channel, introduced
from tests.words.reading import gist, received

MID_ROUND, END = "Wednesday 10:05", "Friday 10:05"


@pytest.fixture
def four(town):
    """Ana, Bo, Cem and Dia, in two pairs, in mid-round: each has been asked."""
    _, everybody = a_channel(town, 4)
    town.move_to(MID_ROUND)
    return everybody


def with_partner(town, person, people):
    """Whoever they were introduced to first."""
    names = next(group for group in introduced(town) if person.name in group)
    return next(p for p in people if p.name in names and p is not person)


def two_apart(town, people):
    """One of each pair."""
    first = people[0]
    other = with_partner(town, first, people)
    return first, next(p for p in people if p not in (first, other))


def test_in_mid_round_everybody_without_a_time_is_offered_somebody_else_in_one_sentence(town, four):
    asked = [received(town, person, Kind.ASK) for person in four]
    assert all(len(messages) == 1 for messages in asked)
    assert all(gist(view.offer) in messages[0] for messages in asked)


def test_two_who_press_are_introduced_and_their_first_partners_hear_nothing(town, four):
    one, other = two_apart(town, four)
    rest = [person for person in four if person not in (one, other)]
    before = [person.transcript() for person in rest]
    one.presses(SECOND_FIND)
    assert gist(view.search) in one.transcript()
    other.presses(SECOND_FIND)
    assert view.FOUND in other.transcript()
    assert introduced(town)[-1] == {one.name, other.name}
    assert other.types("/coffee why") == why(None, MeetingKind.ROUND, late=True, changed=False)
    assert [person.transcript() for person in rest] == before


def test_what_was_found_is_told_as_coming_until_it_is_there_and_stays(town, four):
    one, other = two_apart(town, four)
    one.presses(SECOND_FIND)
    town.move_to("Wednesday 19:55")
    other.presses(SECOND_FIND)
    assert view.FOUND in other.transcript()
    town.move_to("Thursday 10:05")
    first = f"<@{with_partner(town, other, four).id}>"
    assert view.INTRODUCED in other.types(f"/coffee second {first}")
    assert other.types(f"/coffee second {first} stop") == view.FOUND_ALREADY


def test_the_two_of_one_introduction_are_not_introduced_to_each_other_again(town, four):
    one = four[0]
    for person in (one, with_partner(town, one, four)):
        person.presses(SECOND_FIND)
        assert gist(view.search) in person.transcript()
    assert len(introduced(town)) == 2


def test_who_avoids_the_other_is_not_introduced_to_them_and_both_read_the_same(town, four):
    one, other = two_apart(town, four)
    one.types(f"/coffee avoid <@{other.id}>")
    for person in (one, other):
        person.presses(SECOND_FIND)
        assert gist(view.search) in person.transcript()
    town.move_to(END)
    assert len(introduced(town)) == 2
    assert len(received(town, one, Kind.SEARCHED)) == len(received(town, other, Kind.SEARCHED)) == 1


def test_a_search_that_finds_nobody_ends_with_one_word_in_place_of_the_question(town, four):
    one = four[0]
    partner = with_partner(town, one, four)
    one.presses(SECOND_FIND)
    town.move_to(END)
    [told] = received(town, one, Kind.SEARCHED)
    assert told.startswith(
        "A second introduction didn't work out this time. The next round is Monday, "
        f"March 9, 2026, 10:00 AM. If you and @{partner.name} got to talk after all, tell me."
    )
    assert len(received(town, one, Kind.ASK)) == 1
    assert len(received(town, partner, Kind.ASK)) == 2
    one.presses(MEETING_MET)
    said = SAID[Outcome.MET].format(others=f"@{partner.name}")
    assert said in received(town, one, Kind.SEARCHED)[0]


def test_who_stops_looking_is_not_introduced_and_may_begin_again(town, four):
    one, other = two_apart(town, four)
    one.presses(SECOND_FIND)
    one.presses(SECOND_STOP)
    assert gist(view.offer) in received(town, one, Kind.ASK)[0]
    other.presses(SECOND_FIND)
    assert len(introduced(town)) == 2
    one.presses(SECOND_FIND)
    assert introduced(town)[-1] == {one.name, other.name}
    town.move_to(END)
    assert received(town, one, Kind.SEARCHED) == []


def test_pressed_again_or_typed_it_is_the_same_search(town, four):
    one = four[0]
    one.presses(SECOND_FIND)
    assert gist(view.search) in one.types("/coffee second")
    assert one.types("/coffee second stop") == view.STOPPED
    assert one.types("/coffee second stop") == view.NOT_LOOKING
    assert gist(view.search) in one.types("/coffee second")
    one.presses(SECOND_STOP)
    town.move_to(END)
    assert received(town, one, Kind.SEARCHED) == []


def test_not_this_time_leaves_the_offer_and_we_met_takes_it_away(town, four):
    one = four[0]
    one.presses(MEETING_NOT)
    assert gist(view.offer) in received(town, one, Kind.ASK)[0]
    one.presses(MEETING_MET)
    assert gist(view.offer) not in received(town, one, Kind.ASK)[0]


def test_a_latecomer_who_waits_is_introduced_to_who_looks(town):
    coffee, everybody = a_channel(town, 4)
    town.move_to("Tuesday 12:00")
    eli = town.person("Eli")
    eli.joins(coffee)
    eli.types("/coffee join", in_=coffee)
    town.move_to(MID_ROUND)
    everybody[0].presses(SECOND_FIND)
    assert introduced(town)[-1] == {"Ana", "Eli"}
    town.move_to("Monday 10:05")
    assert len(received(town, eli, Kind.ASK)) == 1


def test_who_looks_is_introduced_to_a_latecomer(town):
    coffee, everybody = a_channel(town, 4)
    town.move_to(MID_ROUND)
    everybody[0].presses(SECOND_FIND)
    eli = town.person("Eli")
    eli.joins(coffee)
    eli.types("/coffee join", in_=coffee)
    assert introduced(town)[-1] == {"Ana", "Eli"}


def test_who_has_found_a_time_meanwhile_is_introduced_to_nobody_else(town, four):
    one, other = two_apart(town, four)
    one.presses(SECOND_FIND)
    for person in (one, with_partner(town, one, four)):
        person.types("/coffee times 3")
    other.presses(SECOND_FIND)
    assert gist(view.search) in other.transcript()
    town.move_to(END)
    assert received(town, one, Kind.SEARCHED) == []


def test_before_mid_round_and_at_its_end_nobody_looks(town):
    _, everybody = a_channel(town, 4)
    ana = everybody[0]
    town.move_to("Tuesday 10:00")
    assert "from tomorrow, 10:00 AM on" in ana.types("/coffee second")
    town.move_to(END)
    shown = "I can't look for anybody else in this round. The next one is Monday, March 9,"
    assert shown in ana.types("/coffee second")


def test_with_a_time_agreed_or_on_a_break_nobody_looks(town, four):
    one, other = two_apart(town, four)
    one.types("/coffee pause 2w")
    assert "`/coffee resume` or `/coffee join` changes that" in one.types("/coffee second")
    for person in (other, with_partner(town, other, four)):
        person.types("/coffee times 3")
    assert "I'm not looking for anybody else" in other.types("/coffee second")


def test_a_second_introduction_is_asked_about_once_and_leads_to_no_third(town, four):
    one, other = two_apart(town, four)
    for person in (one, other):
        person.presses(SECOND_FIND)
    one.types(f"/coffee second <@{other.id}>")
    assert len(introduced(town)) == 3
    town.move_to("Monday 09:55")
    assert len(received(town, one, Kind.ASK)) == 2
    assert gist(view.offer) not in received(town, one, Kind.ASK)[1]


def test_whoever_looks_for_somebody_else_has_not_been_silent(town, four):
    one, partner = four[0], with_partner(town, four[0], four)
    one.presses(SECOND_FIND)
    town.move_to("Monday 10:05")
    with town.db.reading() as tx:
        known = people.some(tx, town.sim.team_id, [one.id, partner.id])
    assert (known[one.id].unanswered, known[partner.id].unanswered) == (0, 1)


def test_who_leaves_the_channel_while_looking_hears_no_more(town, four):
    one, other = two_apart(town, four)
    one.presses(SECOND_FIND)
    one.types("/coffee pause 2w")
    other.presses(SECOND_FIND)
    assert len(introduced(town)) == 2
    town.move_to(END)
    assert received(town, one, Kind.SEARCHED) == []


def test_who_is_left_without_an_introduction_waits_for_who_looks(town):
    _, everybody = a_channel(town, 5, odd=next(label for label, odd in ODDS if odd == "sit_out"))
    town.move_to(MID_ROUND)
    [left] = [p for p in everybody if received(town, p, Kind.WITHOUT)]
    looks = next(person for person in everybody if person is not left)
    looks.presses(SECOND_FIND)
    assert introduced(town)[-1] == {left.name, looks.name}


def test_who_was_found_and_pauses_before_it_begins_leaves_the_other_looking_on(town, four):
    one, other = two_apart(town, four)
    one.presses(SECOND_FIND)
    town.move_to("Wednesday 21:05")
    other.presses(SECOND_FIND)
    other.types("/coffee pause 2w")
    town.move_to("Thursday 10:05")
    assert len(introduced(town)) == 2
    assert gist(view.search) in one.types("/coffee second")
    town.move_to(END)
    assert len(received(town, one, Kind.SEARCHED)) == 1
    assert received(town, other, Kind.SEARCHED) == []


def test_whoever_works_to_thursday_reads_on_monday_how_their_search_ended(town, four):
    one = four[0]
    with town.db.transaction() as tx:
        to_thursday = Hours(time(8), time(17), (0, 1, 2, 3)).to_json()
        people.change(tx, Who(town.sim.team_id, one.id), hours=to_thursday)
    one.presses(SECOND_FIND)
    town.move_to(END)
    assert received(town, one, Kind.SEARCHED) == []
    town.move_to("Monday 08:05")
    assert len(received(town, one, Kind.SEARCHED)) == 1


def test_a_search_that_cannot_be_ended_holds_up_no_other(town, four, monkeypatch):
    broken, other = four[0], with_partner(town, four[0], four)
    ends = searching._tell_over

    def fails_for_one(tx, channel, meeting, search, now):
        if search.who.user == broken.id:
            raise ValueError("a bug")
        ends(tx, channel, meeting, search, now)

    monkeypatch.setattr(searching, "_tell_over", fails_for_one)
    for person in (broken, other):
        person.presses(SECOND_FIND)
    town.move_to(END)
    told = [len(received(town, person, Kind.SEARCHED)) for person in (broken, other)]
    assert told == [0, 1]


def test_who_is_still_planning_is_asked_whether_it_worked_out(town, four):
    one, partner = four[0], with_partner(town, four[0], four)
    one.presses(MEETING_PLANNING)
    town.move_to(END)
    with town.db.reading() as tx:
        meeting = meetings.get(tx, town.sim.team_id, 1)
    asked = one.text_of(followups.question(meeting, one.id)["text"])
    assert received(town, one, Kind.ASK)[-1].startswith(asked)
    assert f"@{partner.name}" in asked
    one.presses(MEETING_PLANNING)
    assert received(town, one, Kind.ASK)[-1].startswith(one.text_of(said(meeting, one)))


def said(meeting, person):
    return followups.said_to(meeting, person.id, Outcome.PLANNING)


def test_a_question_that_goes_out_late_offers_nobody_any_more(town, four):
    with town.db.reading() as tx:
        meeting = meetings.get(tx, town.sim.team_id, 1)
        key = keys.ask(meeting, introductions.MID_ROUND, meeting.user_ids[0])
        asked = deliveries.by_key(tx, meeting.team_id, key)
    assert SECOND_FIND.id in str(searching.as_asked(town.parts.services, asked))
    town.move_to(END)
    assert SECOND_FIND.id not in str(searching.as_asked(town.parts.services, asked))
