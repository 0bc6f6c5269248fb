"""From the invitation to the first coffee and what is said about it, as two people read it."""

from datetime import UTC, datetime, timedelta

import icalendar
import ics

from bot.channels.ids import SETTINGS, SETTINGS_OPEN
from bot.meetings.ids import MEETING_MET, MEETING_TIME
from bot.people.ids import PREFERENCES
from bot.rounds.ids import CHANNEL_JOIN
from core.outbox.kinds import DeliveryKind as Kind
from tests.gathering import newest
from tests.words import labels
from tests.words.reading import received, stands


def test_the_first_week(any_town):
    town = any_town
    ana = town.person("Ana Ruiz", tz="Europe/Berlin")
    bo = town.person("Bo Lind", tz="Europe/Lisbon")
    coffee = town.channel("coffee", [ana, bo])

    invites_and_sets_up(town, ana, bo, coffee)
    town.move_to("Monday 10:00")
    together = town.group_of(ana)
    reads_the_introduction(bo, together)
    agree_on_a_time(town, ana, bo, together)
    are_asked_afterwards(town, ana, bo)

    # The next round: there is nobody else, and `why` says so truthfully
    town.move_to("Monday 10:00")
    why = ana.types("/coffee why")
    assert "@Bo were last introduced" in why
    assert "With everyone else here it is more recent, or as long ago." in why


def invites_and_sets_up(town, ana, bo, coffee):
    """Monday morning: an invitation, settings, "I'm in"."""
    ana.invites_bot(coffee)
    assert [newest(ana)] == received(town, ana, Kind.GREETING)
    bo.does_not_see("Kettle")
    ana.presses(SETTINGS_OPEN)
    assert ana.fills(SETTINGS, {labels.ZONE: "Europe/Berlin", labels.AT: "10:00"}) == {}
    assert "I'll post an “I'm in” button in the channel now." in newest(ana)
    for person in (ana, bo):
        person.presses(CHANNEL_JOIN, in_=coffee)
        assert stands(town, person, coffee).opted
    bo.types("/coffee preferences")
    assert bo.fills(PREFERENCES, {labels.ASK_ABOUT: "sourdough & <rye>"}) == {}


def reads_the_introduction(bo, together):
    """Monday at ten."""
    said = bo.transcript(together)
    assert "Hello @Ana and @Bo, you two meet in this round in #coffee." in said
    assert "Ask @Bo about sourdough & <rye>" in said
    assert "*When suits you?* Half an hour, in your own time zone:" in said


def agree_on_a_time(town, ana, bo, together):
    """Both pick the same time, and are reminded ten minutes before."""
    for person in (ana, bo):
        person.presses(MEETING_TIME)
    town.forward(seconds=3)
    assert len(received(town, bo, Kind.AGREED)) == 1
    begins = same_time_in_both_calendars(bo, together)
    town.move_to(begins - timedelta(minutes=11))
    assert received(town, ana, Kind.REMINDER) == []
    town.forward(minutes=1)
    assert len(received(town, ana, Kind.REMINDER)) == 1


def are_asked_afterwards(town, ana, bo):
    """Afterwards: asked, answered."""
    town.move_to("Tuesday 10:01")  # on Monday they were introduced
    assert [newest(bo)] == received(town, bo, Kind.ASK)
    bo.presses(MEETING_MET)
    assert newest(bo).startswith("Noted: you met @Ana. Thank you.")
    town.move_to("Monday 9:59")
    assert len(received(town, ana, Kind.ASK)) == 1  # Bo's word is enough
    assert "Monday 2 March: @Bo – met" in ana.types("/coffee history")


def same_time_in_both_calendars(person, conversation):
    """The instant at which the coffee begins, as two calendar programs and two links read it."""
    file = person.files[-1]
    assert file.name == "coffee.ics"
    [event] = [e for e in icalendar.Calendar.from_ical(file.content).walk("VEVENT")]
    [other] = ics.Calendar(file.content.decode()).events
    begins = event.decoded("dtstart")
    assert begins == other.begin.datetime
    assert event.decoded("dtend") - begins == timedelta(minutes=30) == other.duration
    assert begins.tzinfo == UTC or begins.utcoffset() == timedelta(0)
    assert "Ana" not in file.content.decode()  # a file travels: it names nobody
    links = str([m.blocks for m in person.messages if m.channel == conversation.id])
    assert f"{begins:%Y%m%dT%H%M%SZ}" in links.replace("%2F", "/")
    assert begins.strftime("%Y-%m-%dT%H%%3A%M") in links
    return datetime.fromtimestamp(begins.timestamp(), UTC)
