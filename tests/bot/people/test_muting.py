"""One switch for everything optional: what it keeps away, what it lets through, its end (P24)."""

from datetime import timedelta

import pytest

from bot.people.ids import MUTE, PREFERENCES, UNMUTE
from bot.people.views.muting import ALREADY, IS_MUTED, MUTED, NOT_MUTED, UNMUTED
from bot.people.views.preferences import MUTED as TICK
from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.kinds import DeliveryState
from core.outbox.muting import MUTED as WHY
from core.outbox.muting import WHEN_MUTED
from core.outbox.outgoing import Key, Outgoing
from core.values import Notice, Who
from storage.outbox import deliveries
from storage.people import people
from tests.gathering import a_channel
from tests.words.reading import received

OPTIONAL = {"nudge", "ask", "asked", "notice", "status", "silences", "item", "hand", "welcome"}
QUESTIONS = (Kind.NUDGE, Kind.ASK, Kind.SILENCES)


def each_kind_to(town, person):
    """What becomes of a plain message of each kind to this person, by the kind's word."""
    team, now = town.sim.team_id, town.clock.now()
    with town.db.transaction() as tx:
        for kind in Kind:
            key, users = Key(f"each:{person.id}:{kind}"), (person.id,)
            deliveries.put(tx, Outgoing(team, key, kind, {"text": kind.value}, now, users=users))
    town.forward(minutes=5)
    with town.db.reading() as tx:
        keys = {kind: Key(f"each:{person.id}:{kind}") for kind in Kind}
        return {kind: deliveries.by_key(tx, team, key) for kind, key in keys.items()}


def is_muted(town, person):
    with town.db.reading() as tx:
        return people.require(tx, Who(town.sim.team_id, person.id)).muted


def test_every_kind_of_message_says_whether_it_is_optional():
    assert set(WHEN_MUTED) == set(Kind)


def test_who_has_muted_hears_all_but_what_is_optional(town):
    ana, bo = town.person("Ana"), town.person("Bo")
    bo.types("/coffee mute")
    for person, dropped in ((ana, set()), (bo, OPTIONAL)):
        became = each_kind_to(town, person)
        cancelled = {k.value for k, d in became.items() if d.state is DeliveryState.CANCELLED}
        assert cancelled == dropped
        assert {d.error for d in became.values() if d.kind.value in dropped} <= {WHY}


def test_introductions_come_and_nothing_asks_what_became_of_them(town):
    _, (ana, bo) = a_channel(town, 2, notice=Notice.DM)
    bo.types("/coffee mute")
    town.move_to("Monday 10:01")
    town.move_to("Monday 9:59")
    assert [len(received(town, one, Kind.NOTICE)) for one in (ana, bo)] == [1, 0]
    assert received(town, bo, *QUESTIONS) == []
    assert received(town, ana, Kind.ASK)
    assert len(received(town, bo, Kind.INTRODUCTION)) == 1


def test_what_stayed_away_does_not_come_after_all_and_what_is_new_does(town):
    _, (_, bo) = a_channel(town, 2)
    bo.types("/coffee mute")
    town.move_to("Monday 10:01")
    town.move_to("Sunday 12:00")
    bo.types("/coffee unmute")
    town.forward(hours=3)
    assert received(town, bo, *QUESTIONS) == []
    town.move_to("Sunday 12:00")
    assert received(town, bo, Kind.ASK)


def test_what_could_not_go_out_meanwhile_does_not_come_later_either(town):
    bo, now, team = town.person("Bo"), town.clock.now(), town.sim.team_id
    bo.types("/coffee mute")
    town.parts.services.pacer.block(team, "chat.postMessage", now + timedelta(minutes=10))
    with town.db.transaction() as tx:
        question = Outgoing(team, Key("ask:1"), Kind.ASK, {"text": "Well?"}, now, users=(bo.id,))
        deliveries.put(tx, question)
    town.forward(minutes=1)
    bo.types("/coffee unmute")
    town.forward(minutes=20)
    assert received(town, bo, Kind.ASK) == []


def test_nobody_is_asked_about_silences_that_nobody_asked_into(town):
    _, (ana, bo) = a_channel(town, 2)
    bo.types("/coffee mute")
    for _ in range(5):
        town.move_to("Monday 10:01")
    bo.types("/coffee unmute")
    town.move_to("Monday 10:01")
    assert received(town, ana, Kind.SILENCES)
    assert received(town, bo, Kind.SILENCES) == []


def test_silences_of_before_count_no_more(town):
    ana = town.person("Ana")
    ana.types("/coffee")
    with town.db.transaction() as tx:
        people.change(tx, Who(town.sim.team_id, ana.id), unanswered=2)
    ana.types("/coffee mute")
    with town.db.reading() as tx:
        assert people.require(tx, Who(town.sim.team_id, ana.id)).unanswered == 0


@pytest.mark.parametrize("surface", ["/coffee", "Home"])
def test_it_shows_while_it_is_so_with_the_way_back(town, surface):
    ana = town.person("Ana")

    def shown():
        return ana.opens_home() if surface == "Home" else ana.types(surface)

    assert IS_MUTED.replace("*", "") not in shown().replace("*", "")
    ana.presses(MUTE)
    assert IS_MUTED.replace("*", "") in shown().replace("*", "")
    ana.presses(UNMUTE)
    assert IS_MUTED.replace("*", "") not in shown().replace("*", "")


def test_typed_twice_it_says_what_is_so(town):
    ana = town.person("Ana")
    typed = ("mute", "mute", "unmute", "unmute", "unmtue")
    said = [ana.types(f"/coffee {word}") for word in typed]
    assert said[:4] == [MUTED, ALREADY, UNMUTED, NOT_MUTED]
    assert "`/coffee unmute`" in said[4]


def test_the_preferences_have_it_as_a_box(town):
    ana, (label, _) = town.person("Ana"), TICK.options[0]
    ana.types("/coffee preferences")
    ana.presses(label)
    assert ana.fills(PREFERENCES, {}) == {}
    assert is_muted(town, ana)
    assert f"[x] {label}" in ana.types("/coffee preferences")


def test_who_leaves_the_company_and_returns_has_muted_nothing(town):
    ana, bo = town.person("Ana"), town.person("Bo")
    for person in (ana, bo):
        person.types("/coffee mute")
    ana.changes(deleted=True)
    ana.changes(deleted=False)
    assert [is_muted(town, one) for one in (ana, bo)] == [False, True]
