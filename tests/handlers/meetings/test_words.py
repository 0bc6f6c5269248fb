"""Everything that a button of an introduction does, typed behind `/coffee`."""

from bot.channels import ids as channels
from bot.meetings import ids as meetings
from bot.meetings.ids import Question
from bot.meetings.views.followups import SAID
from bot.meetings.views.introductions import SUITS_ME, TAGS
from bot.people import ids as people
from bot.rounds import ids as rounds
from bot.views.carried import Action
from core.values import Outcome
from handlers.coffee import COFFEE
from tests.gathering import a_channel, opened

# What each button of the coffee part is behind `/coffee`. Modals are opened by command as well.
BY_COMMAND = {
    "settings": {channels.SETTINGS_OPEN, channels.SETTINGS_MORE},
    "join": {rounds.CHANNEL_JOIN},
    "leave": {rounds.CHANNEL_LEAVE, rounds.QUIET_STOP},
    "skip": {rounds.CHANNEL_SKIP, rounds.CHANNEL_UNSKIP},
    "met": {meetings.MEETING_MET},
    "planning": {meetings.MEETING_PLANNING},
    "not": {meetings.MEETING_NOT},
    "question": {meetings.MEETING_SHUFFLE, meetings.MEETING_TAG},
    "times": {meetings.MEETING_TIME, meetings.PLAN_AGAIN},
    "why": {meetings.MEETING_WHY},
    "pause": {rounds.PAUSE_OPEN, rounds.QUIET_PAUSE, rounds.STATUS_AWAY},
    "resume": {people.PAUSE_END},
    "preferences": {
        people.PREFERENCES_OPEN, rounds.QUIET_SLOWER, rounds.QUIET_BIGGER, rounds.STATUS_ALWAYS
    },
    "now": {meetings.NOW_JOIN, meetings.NOW_LEAVE, meetings.NOW_ACCEPT},
    "run": {rounds.ROUND_RUN},
    "preview": {rounds.ROUND_PREVIEW},
    "mute": {people.MUTE},
    "unmute": {people.UNMUTE},
    "move": {meetings.PLAN_CHANGE, meetings.PLAN_MOVE, meetings.PLAN_YES, meetings.PLAN_NO},
    "cancel": {meetings.PLAN_OFF},
    "second": {meetings.SECOND_FIND, meetings.SECOND_STOP},
}  # fmt: skip
# They leave everything as it is, or only open or redraw a page.
NOTHING_TO_TYPE = {rounds.QUIET_STAY, rounds.STATUS_HERE, people.HOME_REFRESH, meetings.LINK}
DEEP = next(label for label, kind in TAGS if kind is Question.DEEP)


def introduction(town, person):
    return person.transcript(town.group_of(person))


def test_every_button_has_its_command():
    assert BY_COMMAND.keys() <= set(COFFEE.names())
    rooms = (channels, meetings, people, rounds)
    named = {value for room in rooms for name, value in vars(room).items() if name.isupper()}
    buttons = {value for value in named if isinstance(value, Action)}
    assert buttons == set().union(*BY_COMMAND.values()) | NOTHING_TO_TYPE


def test_an_introduction_is_dealt_with_by_command_alone(town):
    _, (ana, bo) = a_channel(town, 2)
    assert "You have not been introduced to anybody yet. `/coffee` shows" in ana.types(
        "/coffee times"
    )
    town.move_to("Monday 10:00")
    shown = ana.types("/coffee question deep")
    assert shown.startswith("You and @Bo now have this to start with: ")
    assert shown.partition("with: ")[2] in introduction(town, bo)
    assert f"{{{DEEP}}}" in introduction(town, bo)
    assert ana.types("/coffee question") != shown
    assert "no questions of the kind “silly”" in ana.types("/coffee question silly")

    listed = ana.types("/coffee times").splitlines()
    assert listed[0] == "Half an hour with @Bo:"
    assert [line[:2] for line in listed[1:4]] == ["1.", "2.", "3."]
    assert "2." in (line := ana.types("/coffee times 2").splitlines()[2])
    assert line.endswith("suits @Ana")
    assert "suits @Ana" in introduction(town, bo)
    assert "suits @Ana" not in ana.types("/coffee times 2")
    assert "“4” as one of the times" in ana.types("/coffee times 4")
    ana.types("/coffee times 3")
    assert bo.types("/coffee times 3").startswith("Agreed with @Ana: ")
    assert SUITS_ME not in introduction(town, ana)
    assert bo.types("/coffee times").startswith("Agreed with @Ana: ")

    assert bo.types("/coffee planning") == "Noted: you are still planning to meet @Ana."
    said = SAID[Outcome.NOT_THIS_TIME]
    assert bo.types("/coffee not this time") == said.format(others="@Ana")
    said = bo.types("/coffee met Cem")
    assert "I could not find a person in “Cem”. Pick them with @, as in `/coffee met @name`" in said
    assert bo.types(f"/coffee met with <@{ana.id}|ana>") == "Noted: you met @Ana. Thank you."
    town.forward(days=30)  # other rounds came since, and nobody pressed anything
    assert "Noted: you met @Bo." in ana.types("/coffee met")


def test_of_several_introductions_the_one_meant_is_asked_for(town):
    people = [town.person(name) for name in ("Ana", "Bo", "Cem", "Dia")]
    for name in ("coffee", "lunch", "walks"):
        opened(town, people, name)
    zoe = town.person("Zoe")
    town.move_to("Monday 10:00")
    ana, bo, cem, dia = people
    town.move_to("Wednesday 10:01")  # one introduction a day
    said = ana.types("/coffee met")
    assert said.startswith("More than one introduction of yours is under way: ")
    assert all(f"@{name}" in said for name in ("Bo", "Cem", "Dia"))
    assert said.endswith("Say which one, as in `/coffee met @name`.")
    said = SAID[Outcome.NOT_THIS_TIME]
    assert ana.types(f"/coffee not <@{cem.id}>") == said.format(others="@Cem")
    assert "@Dia" in ana.types(f"/coffee why <@{dia.id}>")
    assert "I have not introduced you to @Zoe lately." in ana.types(f"/coffee met <@{zoe.id}>")
    with_bo = next(c for c in town.group_conversations() if set(c.members) >= {ana.id, bo.id})
    assert ana.types("/coffee met", in_=with_bo) == "Noted: you met @Bo. Thank you."
