"""Check-ins from planned to emptied, and which of them are due for what."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from core.checkins import Before, Kind, Phase, Question, Reply, Result
from storage.checkins import checkins
from storage.checkins.rows import CheckInRow
from tests.storage.checkins.box import (
    ELSEWHERE,
    HERE,
    HOUR,
    NOW,
    THERE,
    draft,
    found,
    planned,
    row,
)

PHASES = (Phase.PLANNED, Phase.OPEN, Phase.CLOSED, Phase.CANCELLED)


def test_a_check_in_comes_back_as_it_was_planned(tx: Session):
    questions = (Question("What was good?", "p1", "good"), Question("And bad?"))
    wanted = draft(Kind.RETRO, questions=questions, schedule_id=3)
    made = checkins.plan(tx, HERE, wanted)
    assert made is not None
    assert made == found(tx, made.id)
    assert (made.place, made.asker, made.line) == (HERE, wanted.asker, wanted.line)
    assert (made.questions, made.contract, made.kind) == (questions, wanted.contract, Kind.RETRO)
    assert (made.opens_at, made.closes_at, made.schedule_id) == (NOW, NOW + HOUR, 3)
    assert (made.phase, made.invited, made.answers, made.items) == (Phase.PLANNED, 0, 0, ())
    assert (made.posted_ts, made.before, made.result, made.reply) == (None,) * 4
    assert checkins.get(tx, "T2", made.id) is None


def test_a_schedule_has_one_check_in_at_a_time(tx: Session):
    planned(tx, schedule_id=3)
    assert checkins.plan(tx, HERE, draft(schedule_id=3)) is None
    planned(tx, schedule_id=4, opens_at=NOW + HOUR)
    asked = [(3, NOW), (3, NOW + HOUR), (4, NOW), (4, NOW + HOUR)]
    assert [checkins.scheduled_at(tx, *of) for of in asked] == [True, False, False, True]


def test_it_opens_once_with_whom_it_asks_and_what_came_back(tx: Session):
    first = row(tx, phase=Phase.CLOSED, reply={"heard": "A lot.", "will": "Rest."})
    of, other = planned(tx).id, planned(tx).id
    assert checkins.open_it(tx, of, 5, ["i1"], first)
    assert not checkins.open_it(tx, of, 6, [], None)
    now = found(tx, of)
    assert (now.phase, now.invited, now.items) == (Phase.OPEN, 5, ("i1",))
    assert now.before == Before("U1", Kind.OPEN, NOW + HOUR, Reply("A lot.", "Rest."))
    assert found(tx, other).phase is Phase.PLANNED


def test_it_closes_once_with_what_is_shown(tx: Session):
    of, other = row(tx, phase=Phase.OPEN), row(tx, phase=Phase.OPEN)
    result = Result(count=4, invited=5, answers=({"answer": "Fine."},))
    assert checkins.close_it(tx, of, result, traced=True)
    assert not checkins.close_it(tx, of, Result(1, 1), traced=False)
    assert (found(tx, of).phase, found(tx, of).result) == (Phase.CLOSED, result)
    kept = tx.get_one(CheckInRow, of)
    assert (kept.traced, kept.changes) == (True, 1)
    assert (found(tx, other).phase, found(tx, other).result) == (Phase.OPEN, None)


@pytest.mark.parametrize("phase", PHASES)
def test_only_what_is_planned_is_cancelled_unless_said_otherwise(tx: Session, phase: Phase):
    of = row(tx, phase=phase)
    assert checkins.cancel(tx, of) == (phase is Phase.PLANNED)
    open_one = row(tx, phase=Phase.OPEN)
    assert checkins.cancel(tx, open_one, Phase.OPEN)
    assert found(tx, open_one).phase is Phase.CANCELLED


def test_answers_count_while_it_is_open_and_its_time_is_not_over(tx: Session):
    of, other = row(tx, phase=Phase.OPEN), row(tx, phase=Phase.CLOSED)
    assert checkins.count_answer(tx, of, NOW)
    assert not checkins.count_answer(tx, of, NOW + HOUR)
    assert not checkins.count_answer(tx, other, NOW)
    tx.expire_all()
    assert (found(tx, of).answers, tx.get_one(CheckInRow, of).changes) == (1, 1)
    assert found(tx, other).answers == 0


def test_a_check_in_is_known_by_its_post(tx: Session):
    of = row(tx, delivery_id="d1")
    row(tx, delivery_id="d2")
    assert checkins.of_delivery(tx, "d1") == of
    assert checkins.of_delivery(tx, "d3") is None


def test_what_is_changed_comes_back(tx: Session):
    of, other = planned(tx).id, planned(tx).id
    checkins.change(tx, of, line="Still fine.", posted_ts="1.2", reply={"heard": "A", "will": "B"})
    now = found(tx, of)
    assert (now.line, now.posted_ts, now.reply) == ("Still fine.", "1.2", Reply("A", "B"))
    assert found(tx, other).line == "I am fine."


def test_planned_ones_open_and_open_ones_close_in_their_order(tx: Session):
    late, early = (planned(tx, closes_at=NOW + hours * HOUR).id for hours in (3, 2))
    planned(tx, opens_at=NOW + HOUR)
    row(tx, phase=Phase.CANCELLED)
    assert [c.id for c in checkins.planned_until(tx, NOW)] == [early, late]
    for of in (late, early):
        checkins.open_it(tx, of, 1, [], None)
    assert [c.id for c in checkins.open_until(tx, NOW + 2 * HOUR)] == [early]
    assert [c.id for c in checkins.open_now(tx)] == [early, late]


def test_a_post_is_stale_when_it_shows_less_than_is_known(tx: Session):
    of = row(tx, posted_ts="1.2", changes=1)
    other = row(tx, posted_ts="1.3", changes=2, shown=1, refreshed_at=NOW)
    row(tx, posted_ts=None, changes=1)
    row(tx, posted_ts="1.4", changes=1, shown=1)
    assert [c.id for c in checkins.stale_posts(tx, NOW - HOUR)] == [of]
    assert [c.id for c in checkins.stale_posts(tx, NOW)] == [of, other]
    checkins.touch(tx, of)
    assert checkins.redrawn(tx, of, NOW + HOUR) == 2
    assert [c.id for c in checkins.stale_posts(tx, NOW + HOUR)] == [other]
    checkins.touch(tx, of)
    assert [c.id for c in checkins.stale_posts(tx, NOW)] == [other]


def test_open_posts_are_reminded_of_once(tx: Session):
    of = [row(tx, phase=Phase.OPEN, posted_ts="1.2") for _ in range(2)]
    row(tx, phase=Phase.OPEN, posted_ts="1.3", reminded=True)
    row(tx, phase=Phase.OPEN)
    row(tx, phase=Phase.CLOSED, posted_ts="1.4")
    assert [c.id for c in checkins.due_reminders(tx)] == of


def test_what_is_kept_of_closed_ones_is_found_again(tx: Session):
    closed = {"phase": Phase.CLOSED}
    of = row(tx, **closed)
    traced = row(tx, **closed, emptied=True, traced=True)
    elsewhere = row(tx, ELSEWHERE, phase=Phase.CLOSED, emptied=True, traced=True)
    row(tx, phase=Phase.OPEN)
    assert [c.id for c in checkins.closed_before(tx, NOW + HOUR)] == [of]
    assert checkins.closed_before(tx, NOW) == []
    assert [c.id for c in checkins.traced(tx, "T1")] == [traced]
    assert [c.id for c in checkins.all_traced(tx)] == [traced, elsewhere]


def test_a_channel_s_newest_come_first(tx: Session):
    ids = [planned(tx, opens_at=NOW + hours * HOUR).id for hours in (0, 2, 1, 2)]
    other = planned(tx, kind=Kind.RETRO, opens_at=NOW + 3 * HOUR).id
    row(tx, phase=Phase.OPEN)
    for place in (THERE, ELSEWHERE):
        planned(tx, place)
    newest = [other, ids[3], ids[1], ids[2], ids[0]]
    phases = [Phase.PLANNED]
    assert [c.id for c in checkins.of_channel(tx, HERE, phases)] == newest
    assert [c.id for c in checkins.of_channel(tx, HERE, phases, Kind.RETRO)] == [other]
    assert [c.id for c in checkins.of_channel(tx, HERE, phases, count=2)] == newest[:2]


def test_prompts_a_channel_has_had_come_oldest_first(tx: Session):
    for hours, prompt in ((1, "p2"), (0, "p1"), (2, None)):
        planned(tx, opens_at=NOW + hours * HOUR, questions=(Question("Well?", prompt),))
    for place, kind in ((THERE, Kind.OPEN), (ELSEWHERE, Kind.OPEN), (HERE, Kind.RETRO)):
        planned(tx, place, kind, questions=(Question("Well?", "p9"),))
    checkins.cancel(tx, planned(tx, questions=(Question("Well?", "p8"),)).id)
    assert checkins.used_prompts(tx, HERE, Kind.OPEN) == ["p1", "p2"]


def test_what_is_kept_is_a_kind_and_a_phase_again_when_it_is_read(db):
    with db.transaction() as tx:
        made = planned(tx, kind=Kind.RETRO)
    with db.reading() as tx:
        row = tx.get_one(CheckInRow, made.id)
        assert (type(row.kind), type(row.phase)) == (Kind, Phase)
        assert found(tx, made.id).contract.kind is Kind.RETRO
