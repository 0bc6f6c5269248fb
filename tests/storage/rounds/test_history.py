"""The matcher's input comes back as it was packed, with what people said since."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from core.matching import MET, NOT_MET, UNKNOWN
from core.values import Outcome, Place
from storage.meetings import meetings
from storage.meetings.meetings import NewMeeting
from storage.people import people
from storage.platform.database import Database
from storage.rounds import history, rounds
from storage.rounds.rounds import NewRound

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def held(tx: Session, groups: list[list[str]], channel: str = "C1", week: int = 0) -> list[int]:
    """Hold a round of these groups; the ids of its meetings."""
    numbers = {name: people.require(tx, "T1", name).number for group in groups for name in group}
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
        number = {f"U{i}": people.require(tx, "T1", f"U{i}").number for i in range(1, 6)}
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
