"""What Slack refuses for good, of any kind: who answers for it hears so once, and nobody else."""

from dataclasses import replace

import pytest
from sqlmodel import select

from bot.channels.ids import SETTINGS, SETTINGS_OPEN
from bot.channels.views.undelivered import ungreeted
from bot.checkins.after import hands, results
from bot.checkins.after.views import results as results_view
from bot.checkins.after.views.hands import WHOM, WORD
from bot.checkins.ids import HAND_YES
from bot.meetings.ids import MEETING_TIME
from bot.meetings.views.introductions import not_together
from bot.policies import POLICIES
from core.checkins import Audience
from core.checkins import Kind as CheckInKind
from core.outbox.kinds import DeliveryKind, DeliveryState
from core.outbox.outgoing import Key, Outgoing
from core.values import Place, Who
from storage.channels import channels
from storage.outbox import deliveries
from storage.outbox.rows import DeliveryRow
from storage.people import people as stored_people
from tests.gathering import a_channel, newest
from tests.handlers.checkins.asking import answered, asked
from tests.words.reading import gist, received, stored

POST, FILES = "chat.postMessage", "files.getUploadURLExternal"
HOST, ASKER, READER, CHANNEL = "Ana", "Bo", "Cem", "there"
# Where each kind goes, and who hears that it never arrived; the host is Ana, Bo pressed for it.
HEARD: dict[DeliveryKind, tuple[str, set[str]]] = {
    **dict.fromkeys(
        (DeliveryKind.OPENING, DeliveryKind.SUPPORT, DeliveryKind.CHECKIN_RESULTS,
         DeliveryKind.CHECKIN_REPLY, DeliveryKind.NOTICE, DeliveryKind.CHECKIN_REMINDER),
        (CHANNEL, {HOST, ASKER}),
    ),
    **dict.fromkeys((DeliveryKind.CARRIED, DeliveryKind.CHECKIN_FILE), (READER, {ASKER})),
    **dict.fromkeys((DeliveryKind.RECEIPT, DeliveryKind.MISSED, DeliveryKind.CHECKIN_NOTE,
                     DeliveryKind.GREETING), (READER, {HOST})),
    **dict.fromkeys(
        (DeliveryKind.NUDGE, DeliveryKind.ASK, DeliveryKind.EXPIRED, DeliveryKind.ASKED,
         DeliveryKind.STATUS, DeliveryKind.WITHOUT, DeliveryKind.ALONE, DeliveryKind.SILENCES,
         DeliveryKind.NEWCOMER, DeliveryKind.ITEM, DeliveryKind.HAND, DeliveryKind.HAND_WISH,
         DeliveryKind.HAND_OVER, DeliveryKind.UNSAID, DeliveryKind.WELCOME, DeliveryKind.TOOK_ON,
         DeliveryKind.SEARCHED, DeliveryKind.SAID),
        (READER, set()),
    ),
    DeliveryKind.CHECKIN_DRAW: (CHANNEL, set()),
    DeliveryKind.ENDED: (CHANNEL, set()),
}  # fmt: skip
# These belong to something that is stored; their own tests are below and beside this one.
OF_SOMETHING = {
    DeliveryKind.INTRODUCTION, DeliveryKind.AGREED, DeliveryKind.CALENDAR, DeliveryKind.REMINDER,
    DeliveryKind.CHECKIN,
}  # fmt: skip

# These are looked at before they are said; as laid by a version before, they are needed always.
IF_NEEDED = {DeliveryKind.STATUS, DeliveryKind.WITHOUT, DeliveryKind.ALONE, DeliveryKind.NEWCOMER}
FOR_ANY_HOST = {DeliveryKind.RECEIPT, DeliveryKind.MISSED}


@pytest.fixture
def coffee(town):
    return a_channel(town, 4)


def lay(town, channel, people, kind, number=0):
    """A message of this kind, as the features lay them."""
    where, _ = HEARD[kind]
    _, bo, cem, *_ = people
    message = Outgoing(
        town.parts.team_id,
        Key(f"test:{kind}:{number}:{cem.id}"),
        kind,
        {"text": "A private word.", "title": "file"},
        town.clock.now(),
        users=() if where == CHANNEL else (cem.id,),
        channel_id=channel.id if where == CHANNEL else None,
        about=None if where == CHANNEL or kind in IF_NEEDED else channel.id,
        asked_by=bo.id,
    )
    with town.db.transaction() as tx:
        known = channels.get(tx, Place(message.team_id, channel.id))
        if kind is DeliveryKind.NOTICE:
            message = replace(message, expires_at=known.next_due_at)
        laid = deliveries.put(tx, message)
    assert laid is not None
    return laid


def told(town):
    """Who has been told what because something was refused, by name."""
    with town.db.reading() as tx:
        rows = tx.exec(select(DeliveryRow).where(DeliveryRow.kind == DeliveryKind.UNSAID)).all()
        return [(town.sim.person(user).name, row) for row in rows for user in row.users]


def test_the_table_of_this_test_has_every_kind():
    assert set(HEARD) | OF_SOMETHING == set(POLICIES)


@pytest.mark.parametrize("kind", sorted(HEARD))
def test_whoever_answers_for_it_hears_it_and_nobody_else(town, kind):
    channel, people = a_channel(town, 4, weekday="2")  # no round today, for which others wait
    before = {person.name: len(person.messages) for person in people}
    code = "restricted_action" if HEARD[kind][0] == CHANNEL else "user_disabled"
    town.sim.faults.fail_next(POST, code)
    one = lay(town, channel, people, kind)
    town.parts.settle()
    town.forward(seconds=10)
    with town.db.reading() as tx:
        row = tx.get(DeliveryRow, one)
        assert (row.state, row.error) == (DeliveryState.FAILED, code)
    heard = {person.name for person in people if len(person.messages) > before[person.name]}
    assert heard == HEARD[kind][1]
    read = any("A private word." in newest(person) for person in people)
    assert read == (kind in FOR_ANY_HOST)


def test_a_note_that_is_refused_is_not_told_about(town, coffee):
    channel, people = coffee
    town.sim.faults.fail_next(POST, "restricted_action", n=20)
    lay(town, channel, people, DeliveryKind.NOTICE)
    town.forward(hours=2)
    assert {row.state for _, row in told(town)} == {DeliveryState.FAILED}
    assert [name for name, _ in told(town)] == [ASKER, HOST]


def test_one_cause_is_told_once_until_something_got_through(town, coffee):
    channel, people = coffee
    ana, bo, *_ = people
    with town.db.transaction() as tx:
        channels.name_hosts(tx, Place(town.parts.team_id, channel.id), [bo.id])
    for week in range(2):
        ana.restricts(channel)
        for _ in range(2):
            town.move_to("Sunday 10:00")
        assert [name for name, _ in told(town)] == ["Ana", "Bo"] * (week + 1)
        ana.restricts(channel, "")
        town.move_to("Sunday 10:00")  # this one arrives
        assert len(told(town)) == 2 * (week + 1)
    assert "I could not post the notice of the next round in #coffee." in ana.transcript()
    assert "The channel lets only some people post." in ana.transcript()


def test_the_post_that_starts_a_channel_is_said_to_come_and_comes_once_it_can(town):
    ana, bo, cem = (town.person(name) for name in ("Ana", "Bo", "Cem"))
    channel = town.channel("coffee", [ana, bo, cem])
    ana.restricts(channel)
    town.sets_up(channel, ana)
    assert not stored(town, channel).announced
    town.forward(seconds=5)
    assert len(received(town, ana, DeliveryKind.UNSAID)) == 1
    ana.restricts(channel, "")
    town.forward(minutes=1)
    ana.presses(SETTINGS_OPEN)
    assert ana.fills(SETTINGS, {}) == {}
    town.forward(seconds=5)
    assert channel.transcript().count("[I'm in]") == 1
    assert stored(town, channel).announced


def test_an_admin_who_pressed_hears_it_and_so_does_who_invited(town):
    ana, kit = town.person("Ana"), town.person("Kit", admin=True)
    channel = town.channel("coffee", [ana, kit])
    ana.invites_bot(channel)
    ana.restricts(channel)
    kit.types("/coffee settings", channel)
    assert kit.fills(SETTINGS, {}) == {}
    town.forward(seconds=5)
    assert "Then save the settings once more" in newest(kit)
    assert "You'll hear this once, not for every message." in newest(ana)


def test_results_and_a_reply_that_were_refused_can_be_posted_again(town, coffee):
    channel, people = coffee
    ana, bo, *_ = people
    checkin = asked(town, channel, bo, CheckInKind.CELEBRATE, audience=Audience.CHANNEL)
    town.forward(seconds=3)
    answered(town, checkin, people)
    ana.restricts(channel)
    town.forward(days=1, minutes=1)
    assert newest(bo).startswith("I could not post the results of a check-in in #coffee.")
    who = Who(checkin.team_id, bo.id)
    said = results.post(town.parts.services, who, checkin.id)
    assert said == results_view.posted(channel.id, there=False)
    ana.restricts(channel, "")
    town.forward(minutes=1)
    results.post(town.parts.services, who, checkin.id)
    town.forward(minutes=1)
    assert len(received(town, ana, DeliveryKind.CHECKIN_RESULTS)) == 1
    said = results.post(town.parts.services, who, checkin.id)
    assert said == results_view.posted(channel.id, there=True)


def test_where_a_bot_invited_kettle_the_channel_reads_how_it_begins(town):
    ana, robot = town.person("Ana"), town.person("Robot", bot=True)
    channel = town.channel("coffee", [ana, robot])
    robot.invites_bot(channel)
    town.forward(minutes=1)
    assert channel.transcript().count(gist(ungreeted)) == 1
    assert ana.presses(SETTINGS_OPEN)


@pytest.fixture
def agreed(town):
    """Ana and Bo are about to agree on a time."""
    _, (ana, bo) = a_channel(town, 2)
    town.move_to("Monday 10:00")
    ana.presses(MEETING_TIME, n=1)
    return ana, bo


def test_an_agreed_time_reaches_each_alone_where_their_conversation_is_closed(town, agreed):
    ana, bo = agreed
    town.sim.faults.fail_next(POST, "is_archived")
    bo.presses(MEETING_TIME, n=1)
    town.forward(minutes=1)
    for person in (ana, bo):
        assert len(received(town, person, DeliveryKind.AGREED)) == 1


def test_a_calendar_file_that_does_not_follow_is_told(town, agreed):
    ana, bo = agreed
    town.sim.faults.fail_next(FILES, "file_uploads_disabled")
    bo.presses(MEETING_TIME, n=1)
    town.forward(minutes=1)
    assert "The calendar file does not follow after all" in ana.transcript(town.group_of(ana))


def test_two_who_were_to_talk_hear_that_it_did_not_come_about_and_not_of_whom(town, coffee):
    _, (_, bo, cem, _) = coffee
    with town.db.transaction() as tx:
        stored_people.change(tx, Who(town.parts.team_id, cem.id), open_to_ask=True)
    bo.types("/coffee hand an ear")
    town.forward(seconds=3)
    town.sim.faults.fail_next("conversations.open", "restricted_action")
    cem.presses(HAND_YES)
    town.forward(minutes=1)
    assert town.group_conversations() == []
    for person in (bo, cem):
        assert newest(person).startswith(gist(not_together).split(":")[0])


def test_a_word_that_was_not_carried_is_told_to_its_sender(town, coffee):
    channel, (_, bo, cem, _) = coffee
    checkin = asked(town, channel, bo, CheckInKind.OPEN)
    town.forward(seconds=3)
    town.sim.faults.fail_next(POST, "user_disabled")
    who, values = Who(checkin.team_id, bo.id), {WHOM.id: cem.id, WORD.id: "A secret."}
    hands.carry(town.parts.services, who, checkin.id, values, move=False)
    town.parts.settle()
    assert newest(bo).startswith("Your message did not reach @Cem, and nobody has read it.")
    assert "A secret." not in "".join(person.transcript() for person in (bo, cem))
    hands.carry(town.parts.services, who, checkin.id, values, move=False)
    town.forward(seconds=5)
    assert "A secret." in newest(cem)
