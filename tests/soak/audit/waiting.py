"""Whoever waits for somebody, or was promised a word, hears in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import combinations

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


def a_second_partner(seen: Seen) -> Iterator[str]:
    """Who looks has pressed for it, is introduced or hears of the end, once; then it is over."""
    told = Counter((row["meeting_id"], row["users"][0]) for row in _once(seen, "searched"))
    for row in seen.rows("searches"):
        key = row["meeting_id"], row["user_id"]
        pressed = [begins for _, begins in seen.known.looked.get(key, [])]
        if not any(pressed):
            yield f"{key} is looked for, and nobody pressed"
        if not row["ended"] and seen.overdue(row["until"], SOON):
            yield f"{key} is looked for beyond {row['until']}"
        if told[key] and (row["found_id"] is not None or not row["ended"]):
            yield f"{key} reads that nobody was found: {dict(row)}"
    yield from (f"{key} hears {n} times that nobody was found" for key, n in told.items() if n > 1)


def _once(seen: Seen, kind: str) -> list[Row]:
    """The rows of what was said, each once: doubles are counted elsewhere."""
    return list({row["id"]: row for row, _ in seen.said_of_kind(kind)}.values())


def second_introductions(seen: Seen) -> Iterator[str]:
    """A second partner is another one, one in a round, and neither is in two groups with them."""
    for row in seen.rows("searches"):
        if row["found_id"] is None:
            continue
        found, first = seen.meetings[row["found_id"]], seen.meetings[row["meeting_id"]]
        group = seen.groups[found["id"]]
        if found["round_id"] is not None or (group and row["user_id"] not in group):
            yield f"meeting {found['id']} is no second one for {row['user_id']}"
        for other in seen.rows("meetings"):
            current = other["created_at"] < found["created_at"] < other["ends_at"]
            if current and len(set(group) & set(seen.groups[other["id"]])) > 1:
                yield f"meeting {found['id']} is of people who are in meeting {other['id']}"
        if not first["created_at"] < found["created_at"] < first["ends_at"]:
            yield f"meeting {found['id']} is of another round than {first['id']}"


def one_second(seen: Seen) -> Iterator[str]:
    """Nobody has two second partners beside one introduction's round."""
    rows = [row for row in seen.rows("searches") if row["found_id"] is not None]
    for one, other in combinations(rows, 2):
        same = one["user_id"] == other["user_id"] and one["found_id"] != other["found_id"]
        ends = {seen.meetings[row["meeting_id"]]["ends_at"] for row in (one, other)}
        if same and len(ends) == 1:
            yield f"{one['user_id']} has two second ones: {one['found_id']}, {other['found_id']}"


CHECKS = (a_coffee_now, queue, a_hand, agreed, a_second_partner, second_introductions, one_second)
