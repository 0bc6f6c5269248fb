"""What was promised about time: after ninety days what people wrote is gone, in Slack too."""

from pathlib import Path

from bot import tidy
from bot.checkins.answering import answers
from bot.checkins.answering.answers import Given
from bot.checkins.asking.views.form import LATER, NAMES, WITHOUT
from bot.checkins.ids import ANSWER, ANSWER_FORM, ASK_FORM, ITEM_DONE, PULSE_FORM
from bot.checkins.views.words import LEANS
from core.checkins import Audience
from core.pulse import Lean
from core.values import Place, Who
from storage.checkins import items as checkin_items
from storage.people import people as stored
from tests.words import labels


def ask(town, asker, channel, word, filled):
    asker.types(f"/checkin {word}", in_=channel)
    assert asker.fills(ASK_FORM, filled) == {}
    town.forward(seconds=5)


def say(town, checkin_id, people, given):
    for person in people:
        who = Who(town.parts.team_id, person.id)
        answers.answer(town.parts.services, who, checkin_id, given)


def held(town):
    """Everything that the database's file and its log hold."""
    path = Path(town.db.url.database)
    return path.read_bytes() + path.with_name(path.name + "-wal").read_bytes()


def test_after_ninety_days_nobody_can_read_what_people_wrote(town, people, channel):
    ana, bo, *others = people
    ana.types("/checkin pulse", in_=channel)
    ana.fills(PULSE_FORM, {"Pulse in this channel": "On"})
    everyone = {"Who sees the results": Audience.CHANNEL}
    ask(town, ana, channel, "celebrate", everyone)
    ask(town, ana, channel, "motivation", {**everyone, NAMES.label: WITHOUT[1]})
    ask(town, ana, channel, "pulse", {**everyone, "Your own line": "I go first."})
    ask(town, ana, channel, "retro", {})
    say(town, 1, people, Given({"answer": "VIOLETS with a name"}))
    say(town, 2, people, Given({"answer": "VIOLETS without one"}))
    say(town, 3, people, Given({"comment": "VIOLETS in a comment"}, mood=4))
    actions = {"actions": "Grow TULIPS\nGrow CARROTS", "experience": "VIOLETS everywhere"}
    say(town, 4, [bo], Given(actions, owner=bo.id))
    zoe = town.person("Zoe Klein")  # joins late, and is counted among those who were asked
    zoe.joins(channel)
    zoe.presses(ANSWER, in_=channel, n=1)
    assert (
        zoe.fills(ANSWER_FORM, {"How heavy or light?": "Light", "Anything to add?": "VIOLETS"})
        == {}
    )
    town.forward(days=1, minutes=1)
    assert "7 answers of 7 people asked" in channel.transcript()
    ask(town, ana, channel, "aar", {labels.WHEN: LATER})
    bo.presses(ITEM_DONE)  # one of the two actions; the other one stays
    with town.db.transaction() as tx:
        stored.change(tx, Who(town.parts.team_id, others[0].id), open_to_ask=True)
    bo.types("/coffee hand watering VIOLETS")
    town.forward(days=2, minutes=1)
    assert channel.transcript().count("VIOLETS") == 19
    assert held(town).count(b"VIOLETS") > 18

    town.forward(days=91)
    tidy.run(town.parts.services)
    town.forward(days=1)
    assert b"VIOLETS" not in held(town)
    assert "VIOLETS" not in channel.transcript()
    assert channel.transcript().count("What people wrote is deleted by now.") == 2
    assert f"*{LEANS[Lean.MOSTLY_LIGHT]}*" in channel.transcript()
    assert "Comments are deleted by now, if any were shown." in channel.transcript()
    with town.db.reading() as tx:
        (left,) = checkin_items.of_channel(tx, Place(town.parts.team_id, channel.id))
    done = "CARROTS" if "TULIPS" in left.text else "TULIPS"
    assert done.encode() not in held(town)
    ana.types("/checkin results", in_=channel)
    ana.presses("See", n=3)
    assert "What people wrote is deleted by now." in ana.modal
