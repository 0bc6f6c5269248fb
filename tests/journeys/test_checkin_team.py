"""A team of twelve: a kickoff, four weekly pulses, a hard week, a look back; and a team of four."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from bot import tidy
from bot.checkins.after.views.hands import asking
from bot.checkins.answering import answers as answering
from bot.checkins.answering.answers import Given
from bot.checkins.ids import (
    AFTER_NOTHING,
    ANSWER,
    ANSWER_FORM,
    ASK_FORM,
    HAND_YES,
    ITEM_DONE,
    ITEMS_OPEN,
    RESULTS,
    RESULTS_POST,
    SCHEDULE_FORM,
)
from bot.checkins.views.items import NO_ITEMS
from bot.checkins.views.kinds import WORRIES_LISTED, name_of
from bot.checkins.views.words import LEANS
from core.checkins import Audience, Kind
from core.outbox.kinds import DeliveryKind as Box
from core.pulse import Lean
from core.values import Place, Who
from storage.checkins import checkins
from storage.people import people
from tests.handlers.checkins.asking import turns_the_pulse_on
from tests.linking import links_in
from tests.words import labels
from tests.words.reading import gist, received

NAMES = (
    "Ana Ruiz", "Bo Lind", "Cem Aydin", "Dia Roy", "Eli Stern", "Fay Wong", "Gus Berg",
    "Hal Ito", "Ida Holm", "Jo Park", "Kim Vu", "Lea Maro",
)  # fmt: skip


@pytest.fixture
def team(town):
    people = [town.person(name) for name in NAMES]
    channel = town.channel("team", people)
    people[0].invites_bot(channel)
    return people, channel


def ask(town, asker, channel, word, values):
    asker.types(f"/checkin {word}", in_=channel)
    problems = asker.fills(ASK_FORM, values)
    assert problems == {}, problems
    town.forward(seconds=3)  # one message a second in one place: Slack's pace


def answers(person, channel, title, values, offered=True):
    person.presses(ANSWER, in_=channel)
    problems = person.fills(title, values)
    assert problems == {}, problems
    if offered:
        person.presses(AFTER_NOTHING)
    person.closes_modal(everything=True)


def quickly(town, person, checkin_id, mood):
    """The same as the form does, without drawing it."""
    who = Who(town.parts.team_id, person.id)
    answering.answer(town.parts.services, who, checkin_id, Given({}, mood=mood))


def newest_id(town, channel):
    with town.db.reading() as tx:
        phases = list(checkins.Phase)
        return checkins.of_channel(tx, Place(town.parts.team_id, channel.id), phases, None, 1)[0].id


def test_a_kickoff_its_worries_and_the_reply(town, team):
    (ana, bo, *_), channel = team
    ask(town, ana, channel, "kickoff", {labels.LINE: "I want us to start calmly."})
    ana.sees("> I want us to start calmly.", in_=channel)
    ana.sees(WORRIES_LISTED.strip(), in_=channel)
    answers(bo, channel, "Kickoff", {"Purpose": "Fewer calls", "Worries": "Too little time"})
    town.forward(days=1, minutes=1)
    assert "1 answer" in received(town, ana, Box.CHECKIN_NOTE)[-1]
    ana.presses("What I heard, what I will do")

    ask(town, ana, channel, "aar", {})
    last_time, worry = "@Ana has not said yet what came of it.", "• Too little time"
    assert last_time in channel.transcript()
    assert f"*What worried us at the start:*\n{worry}" in channel.transcript()
    ana.presses("What I heard, what I will do")  # better late than never
    said = {"What I heard": "Time is short.", "What I will do": "Drop one topic."}
    assert ana.fills("Close the loop", said) == {}
    town.forward(seconds=5)
    bo.sees("*What @Ana heard:* Time is short.", in_=channel)
    assert "@Ana heard: Time is short.\nAnd will do: Drop one topic." in channel.transcript()
    assert last_time not in channel.transcript()
    answers(bo, channel, ANSWER_FORM, {"Experience": "Hectic"})
    town.forward(days=1, minutes=1)
    ask(town, ana, channel, "retro", {})
    assert channel.transcript().count(worry) == 1


def where_things_stand(person, channel):
    person.types("/checkin results", in_=channel)
    person.presses(ITEMS_OPEN)
    return person.modal


def test_actions_come_back_with_what_became_of_them(town, team):
    (ana, bo, cem, *_), channel = team
    ask(town, ana, channel, "aar", {})
    actions = "Write the plan\nCall the client\nThank the crew\nBook a room"
    filled = {"Actions": actions, "Who takes these actions on?": cem}
    answers(bo, channel, "After an event", {labels.EXPERIENCE: "Hectic", **filled})
    assert NO_ITEMS in where_things_stand(ana, channel)  # until it has closed
    town.forward(days=1, minutes=1)
    cem.sees("in #team has closed, and you are down for this. The channel reads it with your name")
    cem.presses("Not mine")
    cem.sees("has no name beside it now.")
    assert where_things_stand(ana, channel).count("of @Cem") == 3
    (nobodys,) = re.findall(r"\*Action:\* (.*)", ana.modal)
    assert ana.fills("Where things stand", {"Where it stands": "Done"}) == {}  # in between

    ask(town, ana, channel, "retro", {labels.WHEN: "In a day: action owners are asked before"})
    cem.sees("#team looks back at what was agreed.")
    cem.presses(ITEM_DONE)
    cem.presses("Dropped", n=0)
    cem.presses("Still open")
    assert received(town, bo, Box.ITEM) == []
    town.forward(days=2, minutes=2)
    retro = channel.transcript().rpartition("*Looking back*\nasked")[2].partition("↳")[0]
    told = {line.rpartition("(@Cem)")[2] for line in retro.splitlines() if "(@Cem)" in line}
    assert told == {": done", ": dropped", ": still open"}, retro  # also when it has closed
    assert f"• {nobodys}: done" in retro

    ask(town, ana, channel, "kickoff", {})
    kickoff = channel.transcript().rpartition(f"*{name_of(Kind.KICKOFF)}*\nasked")[2]
    assert kickoff.count("(@Cem): no word yet") == kickoff.count("• ") == 1
    cem.leaves(channel)
    assert "of @Cem" not in where_things_stand(ana, channel)  # anybody may settle it now
    for days, left in ((300, "*Action:*"), (90, NO_ITEMS)):  # a year, all in all
        town.forward(days=days)
        tidy.run(town.parts.services)
        assert left in where_things_stand(ana, channel)


def test_four_weekly_pulses_and_a_hard_week(town, team):
    (ana, bo, *others), channel = team
    turns_the_pulse_on(ana, channel)
    ana.types("/checkin schedule", in_=channel)
    ana.chooses("What about", Kind.PULSE)
    schedule = {labels.LINE: "I am curious how you are.", labels.AGAIN_ZONE: "Europe/Berlin"}
    assert ana.fills(SCHEDULE_FORM, schedule) == {}
    ana.sees("on Monday at 10:00 (Europe/Berlin).")
    ana.closes_modal(everything=True)
    questions = set()
    for week in range(4):
        town.move_to("Monday 10:01")
        checkin_id = newest_id(town, channel)
        with town.db.reading() as tx:
            questions.add(checkins.get(tx, town.parts.team_id, checkin_id).questions[0].text)
        hard = week == 2
        for number, person in enumerate([bo, *others][:7]):
            quickly(town, person, checkin_id, mood=1 + number % 2 if hard else 3 + number % 3)
        town.forward(days=1, minutes=1)
    assert len(questions) == 4  # never the same question twice
    overview = ana.types("/checkin results", in_=channel)
    assert overview.count(f"*{name_of(Kind.PULSE)}*, ") == 4
    ana.presses("Counts as a file")
    counts = next(file for file in ana.files if file.name == "check-ins.csv")
    rows = counts.content.decode().splitlines()
    assert rows[0] == "closed_utc,kind,asked,answers,shown,lean"
    assert [row.rpartition(",")[2] for row in rows[1:]] == [
        *["mostly_light"] * 2, "mostly_heavy", "mostly_light"
    ]  # fmt: skip
    ana.closes_modal(everything=True)
    ana.types("/checkin results", in_=channel)
    ana.presses("Trend as a picture")
    town.forward(seconds=5)
    picture = next(file for file in ana.files if file.name == "pulse.png")
    assert Image.open(io.BytesIO(picture.content)).size[0] > 600
    assert picture.alt.count(LEANS[Lean.MOSTLY_LIGHT]) == 3
    assert picture.alt.count(LEANS[Lean.MOSTLY_HEAVY]) == 1
    assert [file.name for file in bo.files] == []


def test_a_hard_week_is_named_and_leads_to_something(town, team):
    (ana, bo, cem, dia, *others), channel = team
    turns_the_pulse_on(ana, channel)
    ask(town, ana, channel, "pulse", {labels.LINE: "This week is too much for me too."})
    shown = channel.transcript()
    assert "> This week is too much for me too." in shown
    assert "at least 5 answers" in shown
    for person in (bo, cem, dia, *others[:3]):
        filled = {labels.MOOD: "Very heavy", labels.COMMENT: f"Too much {person.id}"}
        answers(person, channel, ANSWER_FORM, filled)
        assert links_in(Path(town.db.url.database)) == {}
    bo.does_not_see("Too much U")
    town.forward(days=1, minutes=1)
    ana.presses(RESULTS)
    assert "6 answers of 12 people asked" in ana.modal
    assert "Together it feels *mostly heavy*." in ana.modal
    assert ana.modal.count("• Too much") == 6
    ana.presses(RESULTS_POST)
    bo.sees(f"*{LEANS[Lean.MOSTLY_HEAVY]}*", in_=channel)


def test_after_answering_somebody_finds_a_colleague_or_tells_the_manager(town, team):
    (ana, bo, cem, dia, *_), channel = team
    ask(town, ana, channel, "pressure", {labels.LINE: "The release weighs on me."})
    services, team_id = town.parts.services, town.parts.team_id
    with services.db.transaction() as tx:
        people.change(tx, Who(team_id, cem.id), open_to_ask=True)
    bo.presses(ANSWER, in_=channel)
    assert bo.fills(ANSWER_FORM, {labels.ANSWER: "Three projects at once"}) == {}
    bo.presses("Talk to a colleague")
    assert gist(asking) in bo.modal
    bo.closes_modal(everything=True)
    cem.sees("A colleague would like to talk to somebody")
    assert "@Bo" not in cem.transcript()
    cem.presses(HAND_YES)
    assert "One of you asked for somebody to talk to" in town.sim.transcript([bo, cem])

    dia.presses(ANSWER, in_=channel)
    dia.fills(ANSWER_FORM, {labels.ANSWER: "The night shifts"})
    dia.presses("Tell my manager")
    assert dia.fills("Tell my manager", {"What to tell": "I need a week off."}) == {}
    town.forward(seconds=5)
    ana.sees("@Dia chose to tell you something with their name")
    ana.sees("> I need a week off.")
    assert "Three projects" not in ana.transcript()


def test_a_team_of_four_is_told_honestly(town):
    people = [town.person(name) for name in NAMES[:4]]
    channel = town.channel("small", people)
    ana, bo = people[:2]
    ana.invites_bot(channel)
    turns_the_pulse_on(ana, channel)
    said = ana.types("/checkin pulse", in_=channel)
    assert "This channel is too small for an anonymous pulse: 4 people could answer" in said
    assert "I show nothing under 5 answers" in said
    assert "I will not pretend" in said
    ask(town, ana, channel, "open", {labels.LINE: "I sleep badly.", "Answers": "Without names"})
    town.forward(seconds=5)
    ana.sees("This channel is too small for answers without names")
    assert received(town, bo, Box.CHECKIN) == []
    ask(town, ana, channel, "open", {labels.LINE: "I sleep badly."})
    bo.sees("can read it with your name, after it closes", in_=channel)


def test_a_reminder_comes_once_and_a_restart_loses_nothing(town, team):
    (ana, bo, cem, *_), channel = team
    town.move_to("Monday 11:00")  # so that it is reminded of in the morning
    ask(town, ana, channel, "celebrate", {labels.AUDIENCE: Audience.CHANNEL})
    answers(bo, channel, ANSWER_FORM, {labels.ANSWER: "The docs <!here>"}, offered=False)
    town.restart()
    answers(cem, channel, "Celebrate", {labels.ANSWER: "A quiet release"}, offered=False)
    town.forward(hours=23)
    assert channel.transcript().count("If you meant to answer, now is a good moment") == 1
    town.forward(hours=1, minutes=1)
    shown = channel.transcript()
    assert "@Bo The docs <!here>" in shown
    assert "@Cem A quiet release" in shown
    assert "Closed. 2 answers." in shown
