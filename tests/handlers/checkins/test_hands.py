"""Ask and offer: a hand, a colleague to talk to, a task or a word that is carried (C5)."""

import pytest

from bot.checkins.after.views.hands import CLOSED
from bot.checkins.ids import ANSWER, HAND_OPEN, HAND_YES
from core.outbox.kinds import DeliveryKind as Kind
from core.values import Who
from storage.checkins import hands
from storage.people import people as stored
from tests.words import labels
from tests.words.reading import received


@pytest.fixture
def people(town):
    return [town.person(name) for name in ("Ana Ruiz", "Bo Lind", "Cem Aydin", "Dia Roy")]


def volunteer(town, *people):
    with town.db.transaction() as tx:
        for person in people:
            stored.change(tx, Who(town.parts.team_id, person.id), open_to_ask=True, requests=None)


def newest(person):
    return person.transcript().rpartition("Kettle: ")[2]


NOBODY = "I found nobody for you this time. That says nothing about you: few people are asked"


def test_volunteers_may_decline_or_be_late_and_the_seeker_is_never_left_waiting(
    town, people, channel
):
    _, bo, cem, dia = people
    assert "Nobody has agreed to be asked yet" in bo.types("/coffee hand an ear")
    volunteer(town, cem, dia)
    bo.types("/coffee")
    bo.presses("I could use a hand…")
    wish = "reading a contract <!channel>"
    assert bo.fills("A hand", {"I could use a hand with …": wish}) == {}
    assert "I'm looking for somebody among the colleagues who offered to be asked." in bo.modal
    assert "If somebody can, you'll hear from me by tomorrow, 9:00 AM." in bo.modal
    town.forward(seconds=3)
    for person in (cem, dia):
        assert newest(person).startswith(f"@Bo could use a hand with: {wish}")
        assert NOBODY not in bo.transcript()
        person.presses("Not now")
        assert newest(person) == "That is fine. Nobody is told."
    assert not any(town.sim.mentions(message) for message in cem.messages if "here" in message.text)
    town.forward(days=1)
    bo.sees(NOBODY)

    bo.types("/coffee hand reading a contract")
    town.forward(seconds=3)
    asked = cem.messages[-1]
    town.forward(days=1, minutes=1)
    assert bo.transcript().count(NOBODY) == 2
    assert newest(cem).startswith("This one isn't open any more.")
    cem.presses_old("I have time", asked)
    assert newest(cem).startswith("This one isn't open any more.")
    assert town.group_conversations() == []

    bo.types("/coffee hand reading a contract")
    assert "I'm looking for somebody for you already." in bo.types("/coffee hand something else")
    town.forward(seconds=3)
    dia.presses("I have time")
    cem.presses("I have time")
    assert newest(cem) == CLOSED
    town.forward(seconds=5)
    (group,) = town.group_conversations()
    assert set(group.members) >= {bo.id, dia.id}
    assert group.transcript().count("reading a contract") == 1
    assert bo.transcript().count(NOBODY) == 2


def test_a_volunteer_who_has_muted_takes_nobody_elses_place(town, people, channel):
    _, bo, cem, dia = people
    volunteer(town, cem, dia)
    dia.types("/coffee mute")
    bo.types("/coffee hand an ear")
    with town.db.reading() as tx:
        assert hands.waiting_of(tx, Who(town.parts.team_id, bo.id)).asked == (cem.id,)


def test_whoever_had_their_share_takes_nobody_elses_place(town, people, channel):
    _, bo, cem, dia = people
    volunteer(town, cem, dia)
    with town.db.transaction() as tx:
        stored.change(tx, Who(town.parts.team_id, dia.id), requests=1)
    for read in ([1, 1], [2, 1], [3, 1]):
        bo.types("/coffee hand an ear")
        town.forward(seconds=3)
        assert [len(received(town, one, Kind.HAND)) for one in (cem, dia)] == read
        bo.types("/coffee hand stop")


def test_the_three_who_are_asked_are_those_who_were_asked_longest_ago(town, people, channel):
    _, bo, cem, dia = people
    more = [town.person(name) for name in ("Eli Okoro", "Fay Wong")]
    volunteer(town, cem, dia, *more)
    asked = []
    for _ in range(2):
        bo.types("/coffee hand an ear")
        with town.db.reading() as tx:
            asked.append(set(hands.waiting_of(tx, Who(town.parts.team_id, bo.id)).asked))
        bo.types("/coffee hand stop")
        town.forward(minutes=1)
    assert len(asked[0]) == 3
    assert asked[1] > {one.id for one in (cem, dia, *more)} - asked[0]


def test_who_wants_fewer_by_the_time_they_are_at_work_reads_fewer(town, people, channel):
    _, bo, cem, dia = people
    volunteer(town, cem)
    town.move_to("Monday 20:00")
    for person in (bo, dia):
        person.types("/coffee hand an ear")
    with town.db.transaction() as tx:
        stored.change(tx, Who(town.parts.team_id, cem.id), requests=1)
    town.move_to("Tuesday 09:30")
    assert len(received(town, cem, Kind.HAND)) == 1


def test_who_no_longer_wants_a_hand_or_is_on_a_private_list_by_then_is_not_introduced(
    town, people, channel
):
    _, bo, cem, *_ = people
    volunteer(town, cem)
    assert "I'm not looking for anybody for you" in bo.types("/coffee hand stop")
    bo.types("/coffee hand an ear")
    bo.types("/coffee")
    bo.presses(HAND_OPEN)
    bo.presses("Stop asking")
    assert "I've stopped looking, and nobody is told." in bo.modal
    bo.closes_modal()
    cem.presses(HAND_YES)
    assert newest(cem) == CLOSED
    bo.types("/coffee hand an ear")
    town.forward(seconds=3)
    cem.types(f"/coffee avoid <@{bo.id}>")
    cem.presses(HAND_YES)
    assert cem.transcript().count(CLOSED) == 2
    assert town.group_conversations() == []


def test_what_is_carried_goes_once_to_the_chosen_colleague_with_the_senders_name(
    town, people, channel
):
    ana, bo, cem, dia = people
    ana.types("/checkin pressure", in_=channel)
    ana.fills("Check-in", {labels.LINE: "The release weighs on me."})
    town.forward(seconds=3)
    bo.presses(ANSWER, in_=channel)
    bo.fills("What is heavy", {"Your answer": "Three projects at once"})
    bo.presses("Move a task")
    itself = bo.fills("Move a task", {"To": bo, "Which task, and why": "The report"})
    assert itself == {"To": "Please choose a colleague who is not you and not a bot."}
    assert bo.fills("Move a task", {"To": cem, "Which task, and why": "The <!here> report"}) == {}
    form = next(e for e in reversed(town.sim.hub.sent) if e["type"] == "interactive")
    town.sim.hub.send_interaction("interactive", form["payload"], True).result(10)
    town.forward(seconds=5)
    carried = "@Bo asks whether you could take something off them"
    assert cem.transcript().count(carried) == 1
    assert "> The <!here> report" in cem.transcript()
    assert all(carried not in person.transcript() for person in (ana, bo, dia))
    assert "Three projects" not in cem.transcript()
