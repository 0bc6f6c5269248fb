"""Closing decides once what is shown, tells who must hear, and keeps nothing it need not."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.checkins import keys
from bot.checkins.after import closing, results
from bot.checkins.asking import opening
from bot.checkins.ids import RESULTS
from core.checkins import Audience, Kind, Phase
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from core.pulse import Withheld
from core.values import Place, Who
from storage.checkins import checkins, items, pulses
from storage.checkins import settings as checkin_settings
from storage.checkins.rows import CheckInPersonRow, CheckInSlipRow
from storage.outbox import deliveries
from tests.handlers.checkins.asking import answered, asked, laid, stored

DAY = timedelta(days=1)


@pytest.fixture
def ana(people):
    return people[0]


@pytest.fixture
def closes(town):
    """A day goes by and what is due is closed."""

    def close(checkin):
        town.clock.forward(days=1)
        closing.close_due(town.parts.services)
        return stored(town, checkin)

    return close


@pytest.fixture
def pulse_on(town, channel):
    with town.db.transaction() as tx:
        settings = checkin_settings.CheckInSettings(pulse=True)
        checkin_settings.decide(tx, Place(town.parts.team_id, channel.id), settings)


@pytest.mark.parametrize(("said", "withheld"), [(4, Withheld.TOO_FEW_ANSWERS), (5, None)])
def test_answers_without_names_are_shown_from_the_promised_number_on(
    town, people, channel, closes, said, withheld
):
    checkin = asked(town, channel, people[0], Kind.MOTIVATION, named=False)
    answered(town, checkin, people[:said])
    result = closes(checkin).result
    assert (result.withheld, result.count, result.invited) == (withheld, said, 6)
    assert result.answers == (() if withheld else ({"answer": "Heather"},) * 5)


def test_one_answer_with_its_name_is_enough(town, people, channel, closes):
    checkin = asked(town, channel, people[0], Kind.MOTIVATION)
    answered(town, checkin, people[:1])
    closed = closes(checkin)
    assert closed.is_shown
    assert (closed.result.answers, closed.result.lean) == ((), None)  # they are kept apart


def test_nothing_is_closed_before_its_time(town, people, channel):
    checkin = asked(town, channel, people[0], Kind.MOTIVATION)
    town.clock.forward(hours=23, minutes=59)
    closing.close_due(town.parts.services)
    assert stored(town, checkin).phase is Phase.OPEN


def test_closing_again_changes_and_tells_nothing(town, people, channel, closes):
    checkin = asked(town, channel, people[0], Kind.MOTIVATION, named=False)
    answered(town, checkin, people)
    closed, before = closes(checkin), laid(town)
    closing.close_one(town.parts.services, checkin)
    assert stored(town, checkin).result == closed.result
    assert laid(town) == before


def test_the_asker_hears_at_once_and_owes_a_word_two_days_later(town, people, channel, closes, ana):
    checkin = asked(town, channel, ana, Kind.MOTIVATION)
    town.forward(seconds=5)  # it is posted
    answered(town, checkin, people)
    closes(checkin)
    with town.db.reading() as tx:
        done = deliveries.by_key(tx, checkin.team_id, keys.done(checkin))
        owed = deliveries.by_key(tx, checkin.team_id, keys.owed(checkin))
    assert done.users == owed.users == (ana.id,)
    town.forward(minutes=1)
    assert "has closed with 6 answers" in ana.transcript()
    town.forward(days=1, hours=23)
    assert "have not heard from you yet" not in ana.transcript()
    town.forward(hours=2)
    assert "have not heard from you yet" in ana.transcript()


def test_who_has_replied_owes_nothing_more(town, people, channel, closes, ana):
    checkin = asked(town, channel, ana, Kind.MOTIVATION)
    answered(town, checkin, people)
    closes(checkin)
    who, said = Who(checkin.team_id, ana.id), {"heard": "Much.", "will": "Rest."}
    results.reply(town.parts.services, who, checkin.id, said)
    assert laid(town)[keys.owed(checkin)] == "cancelled"
    assert laid(town)[keys.done(checkin)] == "waiting"
    assert (stored(town, checkin).reply.heard, stored(town, checkin).reply.will) == (
        "Much.",
        "Rest.",
    )


def test_who_asked_in_vain_owes_nothing_and_nothing_is_posted(town, channel, closes, ana):
    checkin = asked(town, channel, ana, Kind.MOTIVATION, audience=Audience.CHANNEL)
    closes(checkin)
    assert keys.done(checkin) in laid(town)
    assert keys.owed(checkin) not in laid(town)
    assert keys.results(checkin) not in laid(town)


@pytest.mark.parametrize("audience", list(Audience))
def test_results_for_everyone_are_posted_and_those_for_the_asker_are_not(
    town, people, channel, closes, audience
):
    checkin = asked(town, channel, people[0], Kind.MOTIVATION, audience=audience)
    answered(town, checkin, people[:1])
    closes(checkin)
    assert (keys.results(checkin) in laid(town)) is (audience is Audience.CHANNEL)


def test_what_still_waits_to_be_said_before_the_closing_is_not_said_after(
    town, channel, closes, ana
):
    checkin = asked(town, channel, ana, Kind.MOTIVATION)
    with town.db.transaction() as tx:
        key, now = keys.reminder(checkin), town.clock.now()
        kind, body = DeliveryKind.CHECKIN_REMINDER, {"text": "Soon"}
        deliveries.put(tx, Outgoing(checkin.team_id, key, kind, body, now + 2 * DAY))
    closes(checkin)
    assert laid(town)[keys.reminder(checkin)] == "cancelled"


def kept(town, checkin):
    """How many receipts and how many slips there are."""
    with town.db.reading() as tx:
        rows = (
            tx.exec(select(row).where(row.checkin_id == checkin.id)).all()
            for row in (CheckInPersonRow, CheckInSlipRow)
        )
        return tuple(len(found) for found in rows)


@pytest.mark.parametrize(("said", "receipts"), [(4, 0), (6, 6)])
def test_receipts_are_kept_for_a_pulse_that_was_shown_and_for_no_other(
    town, people, channel, pulse_on, closes, said, receipts
):
    checkin = asked(town, channel, people[0], Kind.PULSE, named=False)
    assert kept(town, checkin) == (6, 6)
    answered(town, checkin, people[:said], words={}, mood=4)
    closed = closes(checkin)
    assert closed.is_shown is bool(receipts)
    assert kept(town, checkin) == (receipts, 0)
    with town.db.reading() as tx:
        assert [one.id for one in checkins.all_traced(tx)] == [checkin.id] * bool(receipts)
        assert len(pulses.answered(tx, checkin.id)) == receipts


def test_receipts_of_other_answers_without_names_go_at_once(town, people, channel, closes):
    checkin = asked(town, channel, people[0], Kind.MOTIVATION, named=False)
    answered(town, checkin, people)
    closes(checkin)
    assert kept(town, checkin) == (0, 0)


@pytest.mark.parametrize(("said", "worries"), [(4, []), (5, ["Tempo", "Tools"])])
def test_worries_of_too_few_are_never_listed(town, people, channel, closes, said, worries):
    checkin = asked(town, channel, people[0], Kind.KICKOFF, named=False)
    with town.db.transaction() as tx:  # as if its question were of that part
        questions = [{"text": "What worries you?", "prompt_id": None, "section": "worries"}]
        tx.get_one(checkins.CheckInRow, checkin.id).questions = questions
    answered(town, checkin, people[:said], words={"worries": "- Tools\nTempo\nTools"})
    closes(checkin)
    with town.db.reading() as tx:
        assert sorted(item.text for item in items.of_channel(tx, checkin.place)) == worries


def test_a_check_in_that_breaks_does_not_keep_the_next_one_open(town, people, channel):
    broken = asked(town, channel, people[0], Kind.PRESSURE, named=False)
    fine = asked(town, channel, people[0], Kind.MOTIVATION)
    with town.db.transaction() as tx:
        slip = tx.get_one(CheckInSlipRow, (broken.id, 0))
        slip.filled, slip.body = True, b"not what it should be"
    town.clock.forward(days=1)
    closing.close_due(town.parts.services)
    assert stored(town, broken).phase is Phase.OPEN
    assert stored(town, fine).phase is Phase.CLOSED


def test_an_open_check_in_is_not_taken_back(town, channel, ana):
    checkin = asked(town, channel, ana, Kind.MOTIVATION)
    with town.db.transaction() as tx:
        assert not opening.drop(tx, checkin)
    assert stored(town, checkin).phase is Phase.OPEN
    assert laid(town)[keys.post(checkin)] == "waiting"


def test_the_results_open_with_the_first_answers(town, people, channel, ana):
    made = asked(town, channel, ana, Kind.OPEN)
    answered(town, made, people[1:2])
    town.forward(days=2)
    ana.presses(RESULTS)
    assert "Heather" in ana.modal
