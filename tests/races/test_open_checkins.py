"""Check-ins that are asked, answered, drawn and closed by two at once."""

from datetime import timedelta
from functools import partial

import pytest

from bot.checkins.after import closing, items
from bot.checkins.answering import answers, refreshing
from bot.checkins.answering.answers import Given
from bot.checkins.asking import opening, prompts, schedules, wishes
from bot.checkins.asking.views import hosts as prompt_view
from bot.checkins.asking.wishes import Wish
from bot.checkins.ids import OfItem, Reworded
from bot.checkins.refusals import Refused
from bot.platform.errors import Beside
from core.actions import ItemKind, State
from core.cadence import Cadence, Every
from core.checkins import Kind, Phase, Question
from core.outbox.kinds import DeliveryKind
from storage.checkins import answers as stored_answers
from storage.checkins import checkins, pulses
from storage.checkins import items as stored_items
from storage.checkins import schedules as stored_schedules
from tests.races.racing import as_of, in_the_midst
from tests.still import PLACE, TEAM, who

DAY = timedelta(days=1)
QUESTION = (Question("How is it?"),)


@pytest.fixture
def team(still):
    """Four people in a channel; Ana asks."""
    for user_id in ("UANA", "UBO", "UCEM", "UDIA"):
        still.person(user_id)
        still.joins(user_id)
    return still


def wish(kind=Kind.OPEN, **columns):
    return Wish("UANA", kind, QUESTION, line="Fine.", **columns)


def asking(still, **columns):
    return partial(wishes.ask, still.services, still.channel, wish(**columns))


def opened(still, **columns):
    made = asking(still, **columns)()
    opening.open_due(still.services)
    return again(still, made)


def again(still, checkin):
    with still.db.reading() as tx:
        return checkins.get(tx, TEAM, checkin.id)


def of_channel(still):
    with still.db.reading() as tx:
        return checkins.of_channel(tx, PLACE, list(Phase))


# -- asking -------------------------------------------------------------------


def test_a_form_that_is_sent_twice_at_once_is_one_check_in(team):
    with in_the_midst(team.db, "INSERT INTO checkins", asking(team)) as second:
        first = asking(team)()
    assert second.result().id == first.id
    assert len(of_channel(team)) == 1


def test_a_schedule_that_is_sent_twice_at_once_is_one(team):
    daily = Cadence(Every.DAYS)
    save = partial(schedules.save, team.services, team.channel, wish(), daily)
    with in_the_midst(team.db, "INSERT INTO checkin_schedules", save) as second:
        first = save()
    assert second.result() == first
    with team.db.reading() as tx:
        assert len(stored_schedules.of_channel(tx, PLACE)) == 1


def test_a_prompt_that_is_sent_twice_at_once_is_there_once(team):
    values = {prompt_view.words_field(Kind.OPEN).id: "What did you learn from a customer?"}
    which = Reworded(team.channel.id, Kind.OPEN, None)
    save = partial(prompts.save, team.services, team.channel, "UHOST", which, values)
    with (
        pytest.raises(Beside),
        in_the_midst(team.db, "INSERT INTO checkin_prompts", save),
    ):
        save()
    assert len(prompts.shelf_of(team.services, team.channel, Kind.OPEN).own) == 1


def test_two_beats_plan_and_open_one_check_in(team):
    schedules.save(team.services, team.channel, wish(), Cadence(Every.DAYS))
    team.at += DAY

    def beat():
        schedules.plan_due(team.services)
        opening.open_due(team.services)

    with in_the_midst(team.db, "INSERT INTO checkins", beat):
        beat()
    opens = [made.opens_at for made in of_channel(team)]
    assert len(set(opens)) == len(opens)
    assert len(team.laid(DeliveryKind.CHECKIN)) == 1


def test_a_schedule_that_is_stopped_while_a_beat_plans_asks_nothing(team):
    made, _ = schedules.save(team.services, team.channel, wish(), Cadence(Every.DAYS))
    team.at += DAY
    stop = partial(schedules.stop, team.services, who("UANA"), made.id)
    with in_the_midst(team.db, "INSERT INTO checkins", stop):
        schedules.plan_due(team.services)
    assert [one.phase for one in of_channel(team)] == [Phase.CANCELLED]


# -- answering and drawing ----------------------------------------------------


def test_two_who_joined_late_open_the_form_at_once(team):
    team.joins("UELI", "UFAY", "UGUS")  # enough for answers without names
    checkin = opened(team, named=False)
    team.joins("ULEA", "UMAX")
    form = partial(answers.form, team.services, who("UMAX"), checkin.id)
    with in_the_midst(team.db, "INSERT INTO checkin_people", form):
        answers.form(team.services, who("ULEA"), checkin.id)
    with team.db.reading() as tx:
        found = [pulses.has_answered(tx, checkin.id, one) for one in ("ULEA", "UMAX")]
    assert found == [False, False]


def test_two_beats_draw_a_post_once_and_the_drawing_is_sent(team):
    checkin = opened(team)
    with team.db.transaction() as tx:
        checkins.change(tx, checkin.id, posted_ts="1.1")
        checkins.touch(tx, checkin.id)
    refresh = partial(refreshing.refresh_due, team.services)
    with in_the_midst(team.db, "UPDATE deliveries", refresh):
        refresh()
    assert len(team.laid(DeliveryKind.CHECKIN_DRAW)) == 1


# -- closing ------------------------------------------------------------------


def closing_now(still, checkin):
    """The beat that closes it, a day later."""
    still.at += DAY
    return partial(closing.close_one, still.services, checkin)


def test_two_beats_close_a_check_in_once_and_keep_each_worry_once(team, elsewhere):
    checkin = opened(team, kind=Kind.KICKOFF)
    with team.db.transaction() as tx:
        checkins.count_answer(tx, checkin.id, team.at)
        stored_answers.put(tx, checkin.id, "UBO", {"worries": "The date"})
    close = closing_now(team, checkin)
    other = partial(closing.close_one, elsewhere, checkin)
    with in_the_midst(team.db, "UPDATE checkins", other):
        close()
    with team.db.reading() as tx:
        assert [item.text for item in stored_items.of_channel(tx, PLACE)] == ["The date"]


def test_who_answers_while_it_closes_was_too_late(team, elsewhere):
    checkin, before = opened(team), as_of(elsewhere, team.at)
    late = partial(answers.answer, before, who("UBO"), checkin.id, Given({"answer": "Heather"}))
    close = closing_now(team, checkin)
    with pytest.raises(Refused), in_the_midst(team.db, "UPDATE checkins", late):
        close()
    with team.db.reading() as tx:
        assert stored_answers.everyone(tx, checkin.id) == {}


def test_what_an_owner_says_while_a_check_in_closes_stands(team):
    with team.db.transaction() as tx:
        item = stored_items.add(tx, PLACE, ItemKind.ACTION, "Call", "UBO")
    checkin = opened(team, kind=Kind.RETRO)
    assert checkin.items == (item.id,)
    named = OfItem(checkin.id, item.id)
    settle = partial(items.settle, team.services, who("UBO"), named, State.DONE)
    with in_the_midst(team.db, "checkin_items.id = ", settle):
        closing_now(team, checkin)()
    with team.db.reading() as tx:
        assert stored_items.some(tx, [item.id])[0].state is State.DONE
