"""The matcher's input comes back as it was packed, with what people said since."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, select

from core.matching import MET, NOT_MET, UNKNOWN
from core.values import Outcome, Place, Who
from storage.meetings import meetings
from storage.meetings.meetings import NewMeeting
from storage.people import people
from storage.platform.database import Database
from storage.rounds import history, rounds
from storage.rounds.rounds import NewRound
from storage.rounds.rows import RoundPack

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def held(tx: Session, groups: list[list[str]], channel: str = "C1", week: int = 0) -> list[int]:
    """Hold a round of these groups; the ids of its meetings."""
    numbers = {
        name: people.require(tx, Who("T1", name)).number for group in groups for name in group
    }
    at = NOW + week * WEEK
    place = Place("T1", channel)
    round_id = rounds.open_round(tx, place, NewRound(week, at, at, at + WEEK, seed=7))
    assert round_id is not None
    packed = [[numbers[name] for name in group] for group in groups]
    history.pack_round(tx, place, round_id, packed, at)
    begun = [
        NewMeeting(tuple(group), group[0], at, at + WEEK, round_id=round_id, position=position)
        for position, group in enumerate(groups)
    ]
    return [meeting.id for meeting in meetings.add_many(tx, "T1", begun)]


def outcomes(tx: Session) -> list[bytes]:
    return [past.outcomes for past in history.load(tx, "T1", "C1")]


def test_rounds_come_back_oldest_first_and_other_channels_are_not_our_own(any_db: Database) -> None:
    with any_db.transaction() as tx:
        held(tx, [["U1", "U2"], ["U3", "U4", "U5"]], week=1)
        held(tx, [["U5", "U1"]], channel="C2", week=0)
        number = {f"U{i}": people.require(tx, Who("T1", f"U{i}")).number for i in range(1, 6)}
    with any_db.reading() as tx:
        elsewhere, ours = history.load(tx, "T1", "C1")
    assert list(elsewhere.members) == [number["U5"], number["U1"]]
    assert list(ours.members) == [number[f"U{i}"] for i in range(1, 6)]
    assert ours.sizes == bytes([2, 3])
    assert (elsewhere.own, ours.own) == (False, True)


def test_answers_show_at_once_and_stay_when_packed_again(any_db: Database) -> None:
    with any_db.transaction() as tx:
        first, second, _ = held(tx, [["U1", "U2"], ["U3", "U4"], ["U5", "U6"]])
        meetings.answer(tx, first, "U1", Outcome.NOT_THIS_TIME)
        meetings.answer(tx, first, "U2", Outcome.MET)
        meetings.answer(tx, second, "U3", Outcome.NOT_THIS_TIME)
        meetings.answer(tx, second, "U4", Outcome.NOT_THIS_TIME)
    expected = [bytes([MET, NOT_MET, UNKNOWN])]
    with any_db.reading() as tx:
        assert outcomes(tx) == expected
    with any_db.transaction() as tx:
        history.repack(tx, "T1")
    with any_db.reading() as tx:
        assert outcomes(tx) == expected


def test_many_rounds_are_read_in_small_portions(any_db: Database) -> None:
    """More packs than are fetched at once, a stale one among them."""
    count = 3 * history.FETCHED + 1
    with any_db.transaction() as tx:
        ids = [held(tx, [["U1", "U2"]], week=week)[0] for week in range(count)]
        meetings.answer(tx, ids[4], "U1", Outcome.MET)
    with any_db.reading() as tx:
        assert outcomes(tx) == [bytes([MET if week == 4 else UNKNOWN]) for week in range(count)]


def test_an_empty_workspace_has_no_history(any_db: Database) -> None:
    with any_db.reading() as tx:
        assert history.load(tx, "T1") == []


def alone(tx: Session, *group: str, team: str = "T1") -> int:
    """A meeting outside the rounds, packed; its id."""
    numbers = [people.require(tx, Who(team, name)).number for name in group]
    meeting = meetings.add(tx, team, NewMeeting(group, group[0], NOW, NOW, channel_id="C1"))
    history.pack_meeting(tx, meeting, numbers)
    return meeting.id


def test_a_meeting_outside_the_rounds_counts_and_makes_no_round_older(any_db: Database) -> None:
    with any_db.transaction() as tx:
        of = alone(tx, "U1", "U2")
        alone(tx, "U1", "U2", team="T2")
        meetings.answer(tx, of, "U2", Outcome.MET)
        (past,) = history.load(tx, "T1", "C1")
    assert (list(past.members), past.sizes, past.outcomes) == ([0, 1], bytes([2]), bytes([MET]))
    assert not past.own


def test_a_meeting_that_did_not_come_about_never_was(any_db: Database) -> None:
    with any_db.transaction() as tx:
        held(tx, [["U1", "U2"]])
        gone, kept = alone(tx, "U1", "U3"), alone(tx, "U1", "U4")
        meetings.answer(tx, kept, "U1", Outcome.NOT_THIS_TIME)
        history.remove(tx, gone)
        assert outcomes(tx) == [bytes([UNKNOWN]), bytes([NOT_MET])]


def test_a_round_is_packed_again_after_its_groups_have_changed(any_db: Database) -> None:
    with any_db.transaction() as tx:
        first, second, third = held(tx, [["U1", "U2"], ["U3", "U4"], ["U5", "U6"]])
        held(tx, [["U1", "U3"]], week=1)
        meetings.answer(tx, third, "U5", Outcome.MET)
        (round_id,) = {meetings.round_of(tx, of) for of in (first, second, third)}
        assert round_id is not None
        meetings.drop(tx, second, ["U3", "U4"])
        meetings.join(tx, first, "U3")
        history.rewrite(tx, round_id)
        changed, untouched = history.load(tx, "T1", "C1")
    assert (list(changed.members), changed.sizes) == ([0, 1, 2, 4, 5], bytes([3, 2]))
    assert changed.outcomes == bytes([UNKNOWN, MET])
    assert list(untouched.members) == [0, 2]


def test_only_stale_packs_of_the_workspace_are_packed_again(any_db: Database) -> None:
    with any_db.transaction() as tx:
        here, elsewhere = alone(tx, "U1", "U2"), alone(tx, "U1", "U2", team="T2")
        held(tx, [["U1", "U2"]])
        for of in (here, elsewhere):
            meetings.answer(tx, of, "U1", Outcome.MET)
        history.repack(tx, "T1")
        rows = tx.exec(select(RoundPack).order_by(col(RoundPack.id))).all()
    assert [(row.stale, row.outcomes) for row in rows] == [
        (False, bytes([MET])),
        (True, bytes([UNKNOWN])),
        (False, bytes([UNKNOWN])),
    ]
