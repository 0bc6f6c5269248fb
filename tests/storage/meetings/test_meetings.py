"""Who was put together, and what came of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from core.matching import PairWhy
from core.starters import Tag
from core.values import Companion, Meeting, MeetingKind, Outcome, Place, Who
from storage.meetings import meetings
from storage.meetings.meetings import NewMeeting
from storage.rounds.rows import RoundPack, RoundRow

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def new(*people: str, at: datetime = NOW, **fields: Any) -> NewMeeting:
    return NewMeeting(people, people[0], at, fields.pop("ends_at", at + DAY), **fields)


def met(tx: Session, *people: str, team: str = "T1", **fields: Any) -> int:
    return meetings.add(tx, team, new(*people, **fields)).id


def found(tx: Session, meeting_id: int) -> Meeting:
    meeting = meetings.get(tx, "T1", meeting_id)
    assert meeting is not None
    return meeting


def a_round(tx: Session, number: int) -> int:
    due = NOW + number * DAY
    tx.add(
        RoundRow(
            id=number,
            number=number,
            team_id="T1",
            channel_id="C1",
            due_at=due,
            held_at=due,
            ends_at=due,
        )
    )
    tx.flush()
    return number


def pack(tx: Session, **of: int) -> RoundPack:
    empty = {"members": b"", "sizes": b"", "outcomes": b""}
    row = RoundPack(team_id="T1", held_at=NOW, **of, **empty)
    tx.add(row)
    tx.flush()
    return row


def test_a_meeting_comes_back_as_it_was_begun(tx: Session):
    why = (PairWhy("U1", "U2", times=2, met=1, rounds_ago=3),)
    special = {"odd": True, "why": why, "round_id": a_round(tx, 7), "kind": MeetingKind.IMPROMPTU}
    times = {"starter_id": "s1", "proposals": (NOW, NOW + DAY)}
    begun = meetings.add(tx, "T1", new("U2", "U1", channel_id="C1", **special, **times))
    assert begun == found(tx, begun.id)
    assert [companion.user_id for companion in begun.people] == ["U2", "U1"]
    assert (begun.organiser, begun.created_at, begun.ends_at) == ("U2", NOW, NOW + DAY)
    assert (begun.kind, begun.channel_id) == (MeetingKind.IMPROMPTU, "C1")
    assert (begun.starter_id, begun.proposals) == ("s1", (NOW, NOW + DAY))
    assert (begun.closed, begun.agreed_at, begun.conversation_id) == (False, None, None)
    assert (meetings.why(tx, begun.id), meetings.is_odd(tx, begun.id)) == (list(why), True)
    assert meetings.round_of(tx, begun.id) == 7


def test_a_plain_meeting_has_nothing_special(tx: Session):
    of = met(tx, "U1", "U2")
    assert (found(tx, of).kind, found(tx, of).channel_id) == (MeetingKind.ROUND, None)
    assert (meetings.why(tx, of), meetings.is_odd(tx, of)) == ([], False)
    assert meetings.round_of(tx, of) is None


def test_a_meeting_is_seen_in_its_own_workspace(tx: Session):
    of = met(tx, "U1", "U2")
    assert meetings.get(tx, "T2", of) is None
    assert meetings.get(tx, "T1", of + 1) is None


def test_many_are_begun_in_the_order_given(tx: Session):
    assert meetings.add_many(tx, "T1", []) == []
    groups = [new(f"U{number}", f"V{number}") for number in range(20)]
    begun = meetings.add_many(tx, "T1", groups)
    assert [meeting.organiser for meeting in begun] == [f"U{number}" for number in range(20)]
    assert [found(tx, meeting.id) for meeting in begun] == begun


def test_what_is_changed_comes_back(tx: Session):
    of, other = met(tx, "U1", "U2"), met(tx, "U3", "U4")
    before = found(tx, other)
    meetings.change(
        tx, of, organiser="U2", odd=True, conversation_id="G1", message_ts="1.2", starter_id="s2",
        starter_tag=Tag.DEEP, proposals=(NOW,), agreed_at=NOW, closed=True,
    )  # fmt: skip
    now = found(tx, of)
    assert (now.organiser, now.conversation_id, now.message_ts) == ("U2", "G1", "1.2")
    assert (now.starter_id, now.starter_tag, now.proposals) == ("s2", Tag.DEEP, (NOW,))
    assert (now.agreed_at, now.closed, meetings.is_odd(tx, of)) == (NOW, True, True)
    assert found(tx, other) == before


def test_answers_and_picks_are_each_person_s_own(tx: Session):
    of, other = met(tx, "U1", "U2"), met(tx, "U1", "U3")
    meetings.answer(tx, of, "U1", Outcome.MET)
    meetings.pick(tx, of, "U2", [NOW + DAY, NOW])
    assert found(tx, of).people == (
        Companion("U1", Outcome.MET),
        Companion("U2", None, (NOW, NOW + DAY)),
    )
    assert found(tx, other).people == (Companion("U1"), Companion("U3"))


@pytest.mark.parametrize("in_a_round", [True, False])
def test_an_answer_makes_its_own_pack_stale_and_no_other(tx: Session, in_a_round: bool):
    rounds = [a_round(tx, number) if in_a_round else None for number in (7, 8)]
    mine, other = (met(tx, "U1", "U2", round_id=round_id) for round_id in rounds)
    packs = [
        pack(tx, round_id=round_id) if round_id else pack(tx, meeting_id=of)
        for round_id, of in zip(rounds, (mine, other), strict=True)
    ]
    meetings.answer(tx, mine, "U1", Outcome.MET)
    tx.expire_all()
    assert [row.stale for row in packs] == [True, False]


def test_people_leave_and_join_a_meeting(tx: Session):
    of, other = met(tx, "U1", "U2", "U3"), met(tx, "U1", "U2")
    meetings.drop(tx, of, ["U1", "U9", "U3"])
    meetings.join(tx, of, "U0")
    assert [companion.user_id for companion in found(tx, of).people] == ["U2", "U0"]
    assert [companion.user_id for companion in found(tx, other).people] == ["U1", "U2"]
    assert of in [meeting.id for meeting in meetings.of_person(tx, Who("T1", "U0"))]


def test_times_together_are_counted_for_every_other(tx: Session):
    met(tx, "U1", "U2", "U3")
    met(tx, "U1", "U2")
    met(tx, "U2", "U3")
    met(tx, "U1", "U2", team="T2")
    who = Who("T1", "U1")
    assert meetings.times_together(tx, who, ["U2"]) == 2
    assert meetings.times_together(tx, who, ["U1", "U2", "U3"]) == 3
    assert meetings.times_together(tx, who, []) == 0


def test_the_meetings_of_a_round_come_in_the_order_of_its_groups(tx: Session):
    here, other = a_round(tx, 7), a_round(tx, 8)
    for position in (1, 0, 2):
        met(tx, f"U{position}", "U9", round_id=here, position=position)
    met(tx, "U8", "U9", round_id=other)
    assert [m.organiser for m in meetings.of_round(tx, here)] == ["U0", "U1", "U2"]


def test_a_person_s_meetings_come_newest_first(tx: Session):
    ids = [met(tx, "U1", "U2", at=NOW + days * DAY) for days in (0, 2, 1, 2)]
    met(tx, "U2", "U3", at=NOW + 9 * DAY)
    met(tx, "U1", "U2", team="T2", at=NOW + 9 * DAY)
    newest = [ids[3], ids[1], ids[2], ids[0]]
    assert [m.id for m in meetings.of_person(tx, Who("T1", "U1"))] == newest
    assert [m.id for m in meetings.of_person(tx, Who("T1", "U1"), 2)] == newest[:2]


def test_meetings_that_are_over_wait_to_be_settled(tx: Session):
    here = {"channel_id": "C1"}
    over = [met(tx, "U1", "U2", ends_at=NOW, **here) for _ in range(2)]
    met(tx, "U1", "U2", ends_at=NOW + DAY, **here)
    met(tx, "U1", "U2", ends_at=NOW, channel_id="C2")
    met(tx, "U1", "U2", ends_at=NOW, team="T2", **here)
    meetings.change(tx, met(tx, "U1", "U2", ends_at=NOW, **here), closed=True)
    assert [m.id for m in meetings.hold_unclosed_before(tx, Place("T1", "C1"), NOW)] == over
    waiting = [meetings.any_unclosed_before(tx, Place("T1", c), NOW) for c in ("C1", "C3")]
    assert waiting == [True, False]


def test_a_crowd_of_meetings_has_all_its_people(tx: Session):
    here = a_round(tx, 7)
    groups = [new(f"U{n}", f"V{n}", round_id=here, position=n) for n in range(501)]
    meetings.add_many(tx, "T1", groups)
    assert {len(meeting.people) for meeting in meetings.of_round(tx, here)} == {2}
