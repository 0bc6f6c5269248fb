"""What stands around check-ins: answers with names, items, searches, schedules, hosts' choices."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from core.actions import ItemKind, State
from core.checkins import (
    Audience,
    CheckInSettings,
    HandState,
    Kind,
    Phase,
    Recurring,
    Result,
    Told,
)
from core.prompts import Prompt
from core.values import ChannelSettings, Who
from storage.checkins import answers, checkins, hands, items, later, pulses, schedules, settings
from storage.checkins.rows import CheckInRow
from storage.people import people
from tests.storage.checkins.box import ELSEWHERE, HERE, HOUR, NOW, THERE, found, row

ANA, BO = Who("T1", "U1"), Who("T1", "U2")
WEEKLY = Recurring(
    "U1", Kind.CELEBRATE, "A line", "Well?", True, Audience.CHANNEL, timedelta(hours=30),
    ChannelSettings().cadence,
)  # fmt: skip


def test_an_answer_with_a_name_replaces_an_earlier_one(tx: Session):
    of, other = row(tx), row(tx)
    assert answers.put(tx, of, "U1", {"answer": "Bad."}) is None
    assert answers.put(tx, of, "U1", {"answer": "Good."}) == {"answer": "Bad."}
    assert answers.put(tx, other, "U1", {"answer": "Else."}) is None
    assert answers.everyone(tx, of) == {"U1": {"answer": "Good."}}
    assert answers.of_person(tx, of, "U1") == {"answer": "Good."}
    assert answers.of_person(tx, of, "U2") is None


def test_what_is_left_of_an_emptied_check_in_is_counts(tx: Session):
    result = Result(count=2, invited=3, comments=("Hm.",), answers=({"answer": "Good."},))
    of, other = (row(tx, phase=Phase.CLOSED, result=result.to_json()) for _ in range(2))
    for each in (of, other):
        answers.put(tx, each, "U1", {"answer": "Good."})
    answers.empty(tx, of)
    tx.expire_all()
    assert (answers.everyone(tx, of), found(tx, of).result) == ({}, Result(2, 3, emptied=True))
    assert tx.get_one(CheckInRow, of).emptied
    assert (len(answers.everyone(tx, other)), found(tx, other).result) == (1, result)


def test_items_come_back_longest_carried_first_and_as_they_were_saved(tx: Session):
    first, second = (items.add(tx, HERE, ItemKind.ACTION, text, "U1") for text in ("Tea", "Cake"))
    for place in (THERE, ELSEWHERE):
        items.add(tx, place, ItemKind.WORRY, "Noise")
    saved = replace(second, owner=None, state=State.DONE, carried=2, asked=True)
    items.save(tx, [saved])
    assert items.of_channel(tx, HERE) == [saved, first]
    assert (first.kind, first.text, first.owner) == (ItemKind.ACTION, "Tea", "U1")
    assert (first.state, first.carried, first.asked) == (State.OPEN, 0, False)


def test_what_is_said_in_a_check_in_is_seen_when_it_has_closed(tx: Session):
    of, other = row(tx, phase=Phase.OPEN), row(tx, phase=Phase.CLOSED)
    hidden = items.add(tx, HERE, ItemKind.WORRY, "Noise", checkin_id=of)
    shown = items.add(tx, HERE, ItemKind.WORRY, "Dust", checkin_id=other)
    assert items.of_channel(tx, HERE) == [shown]
    assert (items.of_checkin(tx, of), items.of_checkin(tx, other)) == ([hidden], [shown])
    checkins.close_it(tx, of, Result(1, 1), traced=False)
    assert len(items.of_channel(tx, HERE)) == 2


def test_items_are_found_by_id_in_their_workspace_and_dropped(tx: Session):
    first, second = (items.add(tx, HERE, ItemKind.ACTION, text) for text in ("Tea", "Cake"))
    assert items.some(tx, [second.id, "gone", first.id]) == [second, first]
    assert items.get(tx, "T1", first.id) == (first, HERE)
    assert items.get(tx, "T2", first.id) is None
    items.drop(tx, [first.id])
    assert items.some(tx, [second.id, first.id]) == [second]


def test_old_items_are_those_of_check_ins_that_closed_before(tx: Session):
    of, open_one = row(tx, phase=Phase.CLOSED), row(tx, phase=Phase.OPEN)
    old = items.add(tx, HERE, ItemKind.ACTION, "Tea", checkin_id=of)
    items.add(tx, HERE, ItemKind.ACTION, "Cake", checkin_id=open_one)
    items.add(tx, HERE, ItemKind.ACTION, "Bread")
    assert items.older_than(tx, NOW + 2 * HOUR) == [old.id]
    assert items.older_than(tx, NOW + HOUR) == []


def test_a_search_waits_until_it_is_over(tx: Session):
    first = hands.add(tx, ANA, "", ["U2"], NOW)
    second = hands.add(tx, BO, "a talk", ["U2", "U3"], NOW + HOUR)
    assert hands.add(tx, ANA, "once more", ["U2"], NOW + HOUR) is None
    hands.add(tx, Who("T2", "U1"), "", [], NOW + HOUR)
    assert (second.who, second.wish, second.asked) == (BO, "a talk", ("U2", "U3"))
    assert (second.state, second.until) == (HandState.WAITING, NOW + HOUR)
    assert hands.hold(tx, "T1", first.id) == first
    assert hands.hold(tx, "T2", first.id) is None
    assert (hands.waiting_of(tx, ANA), hands.waiting_of(tx, BO)) == (first, second)
    assert hands.over(tx, NOW) == [first]
    hands.change(tx, second.id, state=HandState.MET, asked=["U3"])
    assert hands.waiting_of(tx, BO) is None
    assert hands.hold(tx, "T1", second.id) == replace(second, state=HandState.MET, asked=("U3",))


def test_searches_that_ended_are_forgotten_and_waiting_ones_never(tx: Session):
    whose, ends = (ANA, BO, Who("T1", "U9")), (NOW, NOW, NOW + HOUR)
    ended, waiting, late = (
        hands.add(tx, who, "", [], until) for who, until in zip(whose, ends, strict=True)
    )
    for of in (ended, late):
        hands.change(tx, of.id, state=HandState.OVER)
    hands.forget_before(tx, NOW + HOUR)
    left = [hands.hold(tx, "T1", of.id) is not None for of in (ended, waiting, late)]
    assert left == [False, True, True]


def test_volunteers_are_colleagues_who_agreed_to_be_asked(tx: Session):
    for user in ("U2", "U1", "U3", "U4", "U5"):
        people.change(tx, Who("T1", user), open_to_ask=True)
    people.change(tx, Who("T2", "U6"), open_to_ask=True)
    people.require(tx, Who("T1", "U7"))
    people.refresh(tx, "T1", {"U3": {"deleted": True}, "U4": {"is_bot": True}}, NOW)
    people.refresh(tx, "T1", {"U5": {"stranger": True}}, NOW)
    assert hands.volunteers(tx, "T1") == ["U1", "U2"]


def test_a_schedule_comes_back_until_it_is_stopped(tx: Session):
    first = schedules.add(tx, HERE, WEEKLY, NOW + HOUR)
    second = schedules.add(tx, HERE, replace(WEEKLY, named=False), NOW)
    for place in (THERE, ELSEWHERE):
        schedules.add(tx, place, WEEKLY, None)
    assert (first.place, first.wanted, first.next_due_at) == (HERE, WEEKLY, NOW + HOUR)
    assert schedules.get(tx, "T1", first.id) == first
    assert schedules.get(tx, "T2", first.id) is None
    assert schedules.of_channel(tx, HERE) == [first, second]
    assert schedules.running(tx) == [second, first]
    schedules.change(tx, first.id, active=False)
    assert schedules.get(tx, "T1", first.id) is None
    assert (schedules.of_channel(tx, HERE), schedules.running(tx)) == ([second], [second])


def test_a_schedule_s_line_and_its_next_time_change(tx: Session):
    first, second = schedules.add(tx, HERE, WEEKLY, NOW), schedules.add(tx, HERE, WEEKLY, NOW)
    schedules.change(tx, first.id, line="Another", next_due_at=NOW + HOUR)
    changed = replace(first, wanted=replace(WEEKLY, line="Another"), next_due_at=NOW + HOUR)
    assert schedules.of_channel(tx, HERE) == [changed, second]


def test_a_pulse_is_off_until_a_host_turns_it_on(tx: Session):
    assert settings.get(tx, HERE) == CheckInSettings()
    settings.decide(tx, HERE, CheckInSettings(pulse=True, floor=6))
    assert settings.get(tx, HERE) == CheckInSettings(True, 6)
    settings.decide(tx, HERE, CheckInSettings(pulse=False, floor=5))
    assert settings.get(tx, HERE) == CheckInSettings(False, 5)
    assert settings.get(tx, THERE) == settings.get(tx, ELSEWHERE) == CheckInSettings()


def test_hosts_word_prompts_and_retire_them(tx: Session):
    mine, other = Prompt("p2", "How is it?", section="good"), Prompt("p1", "And you?")
    for prompt in (mine, other):
        settings.save_prompt(tx, HERE, Kind.RETRO, prompt)
    settings.retire(tx, HERE, Kind.RETRO, Prompt("p3", "Never"), True)
    found = settings.prompts(tx, HERE, Kind.RETRO)
    assert found.own == (replace(other, quiet=True), replace(mine, quiet=True))
    assert found.retired == {"p3"}
    for place, kind in ((THERE, Kind.RETRO), (ELSEWHERE, Kind.RETRO), (HERE, Kind.AAR)):
        assert settings.prompts(tx, place, kind) == settings.OwnPrompts()
    settings.retire(tx, HERE, Kind.RETRO, mine, True)
    settings.save_prompt(tx, HERE, Kind.RETRO, replace(mine, text="Well?"))
    settings.retire(tx, HERE, Kind.RETRO, Prompt("p3", "Never"), False)
    again = settings.prompts(tx, HERE, Kind.RETRO)
    assert ([prompt.text for prompt in again.own], again.retired) == (["And you?", "Well?"], set())


def test_what_is_over_was_told_by_a_closed_check_in_of_the_arc(tx: Session):
    def told(*over: str, **columns: object) -> None:
        result = Result(1, 1, told=Told(over=over)).to_json()
        row(tx, **{"kind": Kind.RETRO, "phase": Phase.CLOSED, "result": result} | columns)

    told("a", "b")
    told("c", kind=Kind.OPEN)
    told("d", emptied=True)
    told("e", place=THERE)
    told("f", place=ELSEWHERE)
    told("g", phase=Phase.OPEN)
    told("h", result=Result(1, 1).to_json())
    assert later.over(tx, HERE) == {"a", "b"}


def test_receipts_are_counted_and_followers_touched(tx: Session):
    of, other = row(tx), row(tx)
    pulses.invite(tx, of, ["U1", "U2"], 8)
    pulses.invite(tx, other, ["U3"], 8)
    follower = row(tx, before_id=of)
    later.touch_followers(tx, of)
    tx.expire_all()
    assert later.receipts(tx, of) == 2
    assert [tx.get_one(CheckInRow, each).changes for each in (of, other, follower)] == [0, 0, 1]
