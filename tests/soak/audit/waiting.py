"""Whoever waits for somebody, or was promised a word, hears in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.soak.audit.seen import Row, Seen

SOON = timedelta(minutes=20)
WEEKEND = timedelta(days=4)  # what was over before it is told after it
BEFORE = timedelta(minutes=10)  # an agreed time is recalled


def a_coffee_now(seen: Seen) -> Iterator[str]:
    """Who has time now meets somebody before that time is over, or reads that nobody had any."""
    for since, until, user in seen.known.calls:
        if user and seen.overdue(until, SOON) and not _met_or_told(seen, user, since, until):
            yield f"{user} had time from {since} to {until}, and heard nothing"


def _met_or_told(seen: Seen, user: str, since: datetime, until: datetime) -> bool:
    met = any(
        meeting["kind"] == "impromptu"
        and since <= meeting["created_at"] <= until + timedelta(hours=3)
        and user in seen.groups[meeting["id"]]
        for meeting in seen.rows("meetings")
    )
    told = any(
        row["users"] == [user] and since <= said.at for row, said in seen.said_of_kind("expired")
    )
    return met or told


def queue(seen: Seen) -> Iterator[str]:
    """Nobody stays in the queue for longer than they have time."""
    for row in seen.rows("impromptu_queue"):
        if seen.overdue(row["until"], SOON):
            yield f"{row['user_id']} waits for a coffee since {row['since']}"


def a_hand(seen: Seen) -> Iterator[str]:
    """Who looks for a hand meets somebody, or reads within a day that nobody could."""
    over = seen.said_of_kind("hand_over")
    for row in seen.rows("hands"):
        if row["state"] == "waiting" and seen.overdue(row["until"], SOON):
            yield f"{row['user_id']} looks for a hand since the day before {row['until']}"
        if row["state"] == "met" and row["meeting_id"] not in seen.meetings:
            yield f"{row['user_id']} found a hand and no meeting"
    told = [(row["users"][0], said.at) for row, said in over]
    for user, at in told:
        if seen.forgotten(at - WEEKEND):
            continue
        if not any(r["user_id"] == user and r["until"] <= at + SOON for r in seen.rows("hands")):
            yield f"{user} reads at {at} that nobody had a hand, and asked for none"


def _picks(seen: Seen, meeting: Row) -> list[set[str]]:
    people = [r for r in seen.rows("meeting_people") if r["meeting_id"] == meeting["id"]]
    return [set(row["picks"] or []) for row in people]


def agreed(seen: Seen) -> Iterator[str]:
    """A time is agreed when it suits all of a group, and only then; then they read so."""
    said = {row["meeting_id"]: message for row, message in seen.said_of_kind("agreed")}
    recalled = {row["meeting_id"]: message.at for row, message in seen.said_of_kind("reminder")}
    for meeting in seen.rows("meetings"):
        picks = _picks(seen, meeting)
        common = set.intersection(*picks) if len(picks) > 1 else set()
        if common and meeting["agreed_at"] is None:
            yield f"meeting {meeting['id']}: {common} suits all, and nothing is agreed"
        if meeting["agreed_at"] is None:
            continue
        if not common and not _changed(seen, meeting):
            yield f"meeting {meeting['id']}: {meeting['agreed_at']} is agreed and suits nobody"
        unread = meeting["conversation_id"] and meeting["id"] not in said
        if unread and seen.known.calm(meeting["created_at"], meeting["agreed_at"]):
            yield f"meeting {meeting['id']} never read what was agreed"
        yield from _recalled(seen, meeting, recalled.get(meeting["id"]))


def _changed(seen: Seen, meeting: Row) -> bool:
    rounds = {row["id"]: row for row in seen.rows("rounds")}
    row = rounds.get(meeting["round_id"])
    return bool(row and row["receipt"].get("replanned"))


def _recalled(seen: Seen, meeting: Row, at: datetime | None) -> Iterator[str]:
    time = meeting["agreed_at"]
    told = any((meeting["id"], user) in seen.known.said for user in seen.groups[meeting["id"]])
    owed = at is None and seen.overdue(time, SOON) and not told
    if owed and seen.known.calm(meeting["created_at"], time):
        yield f"meeting {meeting['id']} was not reminded of {time}"
    if at is not None and not time - BEFORE - SOON <= at <= time + SOON:
        yield f"meeting {meeting['id']} was reminded at {at} of {time}"


CHECKS = (a_coffee_now, queue, a_hand, agreed)
