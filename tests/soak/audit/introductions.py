"""Every group is introduced, once, to the right people and in time; and what ends is ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.soak.audit.hours import AHEAD, begins, is_replanned, is_second, reads, together
from tests.soak.audit.seen import Row, Said, Seen
from tests.soak.known import Cause, Fact

SOON = timedelta(minutes=20)
CLOSED = timedelta(hours=1)


def introduced(seen: Seen) -> Iterator[str]:
    """Every group has its introduction, or it was given up with a cause."""
    arrived = {row["meeting_id"] for row, _ in seen.said_of_kind("introduction")}
    given_up = {
        row["meeting_id"]
        for row in seen.rows("deliveries")
        if row["kind"] == "introduction" and row["state"] in {"failed", "in_doubt"}
    }
    for meeting in seen.rows("meetings"):
        group = seen.groups[meeting["id"]]
        known = meeting["id"] in arrived or meeting["id"] in given_up
        if len(group) > 1 and not known and seen.overdue(_begins(seen, meeting), SOON):
            yield f"meeting {meeting['id']} of {group} was never introduced"


def _begins(seen: Seen, meeting: Row) -> datetime:
    """When a group has to be introduced; those who pressed for each other are at once."""
    created: datetime = meeting["created_at"]
    if meeting["channel_id"] is None:
        return created
    # Who takes the place of whom, and when that was found out, is not known here.
    if is_replanned(seen, meeting) or is_second(seen, meeting):
        return created + AHEAD
    due = begins(seen, meeting)
    zones = [seen.known.zones[user] for user in seen.groups[meeting["id"]]]
    over = [s.until for s in seen.known.spans if s.until and s.touches(due, due + SOON)]
    # An outage carried it past its moment: the next one that suits them.
    return max([due, *(together(zones, at, meeting["ends_at"]) for at in over)])


def once(seen: Seen) -> Iterator[str]:
    """A group is introduced a second time only where an answer was lost, or it was changed."""
    said: dict[int, list[tuple[Row, Said]]] = {}
    for row, message in seen.said_of_kind("introduction"):
        said.setdefault(row["meeting_id"], []).append((row, message))
    for meeting_id, found in said.items():
        created, last = seen.meetings[meeting_id]["created_at"], found[-1][1].at
        if len(found) > 1 and seen.known.calm(created, last, Cause.TROUBLE, Cause.OFF):
            yield f"meeting {meeting_id} was introduced {len(found)} times"


def to_themselves(seen: Seen) -> Iterator[str]:
    """An introduction stands where its people are, and nobody else, and names all of them."""
    for row, said in seen.said_of_kind("introduction"):
        there = set(seen.conversations[said.channel].members) - {seen.bot}
        if there != set(row["users"]) or not there <= said.mentions:
            yield f"the introduction of {row['users']} stands before {sorted(there)}"


def where_it_stands(seen: Seen) -> Iterator[str]:
    """The meeting knows where its introduction stands."""
    newest: dict[int, Said] = {}
    for row, said in seen.said_of_kind("introduction"):
        if row["state"] == "sent" and row["posted_ts"] == said.message.ts:
            newest[row["meeting_id"]] = said
    for meeting_id, said in newest.items():
        meeting = seen.meetings[meeting_id]
        if meeting["message_ts"] is None or meeting["conversation_id"] is None:
            yield f"meeting {meeting_id} does not know of {said.channel} {said.message.ts}"


def over(seen: Seen) -> Iterator[str]:
    """A meeting whose time is over is closed, and none is before that."""
    for meeting in seen.rows("meetings"):
        if meeting["channel_id"] is None:
            continue
        if not meeting["closed"] and seen.overdue(meeting["ends_at"], CLOSED):
            yield f"meeting {meeting['id']} should have ended at {meeting['ends_at']}"
        early = meeting["closed"] and meeting["ends_at"] > seen.now
        if early and len(seen.groups[meeting["id"]]) > 1:
            yield f"meeting {meeting['id']} is closed before {meeting['ends_at']}"


def as_long_as_the_round(seen: Seen) -> Iterator[str]:
    """The meetings of a round end with it."""
    ends = {row["id"]: row["ends_at"] for row in seen.rows("rounds")}
    for meeting in seen.rows("meetings"):
        if meeting["round_id"] is not None and meeting["ends_at"] != ends[meeting["round_id"]]:
            yield f"meeting {meeting['id']} ends at {meeting['ends_at']}, its round does not"


def given_up_is_told(seen: Seen) -> Iterator[str]:
    """Of an introduction that was given up, each of its people hears, and nobody remembers it."""
    told = {
        (user, said.at)
        for row, said in seen.said_of_kind("without", "alone")
        for user in row["users"]
    }
    for row in seen.deliveries.values():
        lost = row["kind"] == "introduction" and row["state"] == "failed"
        for user in row["users"] if lost else ():
            if chose_otherwise(seen, user, row["due_at"]):
                continue  # whoever is out by their own wish knows it
            if not seen.overdue(reads(seen, user, row["due_at"]), SOON):
                continue
            if not any(who == user and at >= row["due_at"] for who, at in told):
                yield f"{user} never heard that meeting {row['meeting_id']} is none"


def chose_otherwise(seen: Seen, user: str, at: datetime) -> bool:
    """Whether they are surely or perhaps on a break, out, or not in the channel then."""
    facts = {fact: seen.known.fact(user, fact, at) for fact in (Fact.INSIDE, Fact.OPTED)}
    paused = seen.known.fact(user, Fact.PAUSED, at) is not None
    return paused or any(value is not True for value in facts.values())


def as_told(seen: Seen) -> Iterator[str]:
    """What somebody said last about a meeting is what is stored."""
    stored = {(r["meeting_id"], r["user_id"]): r["outcome"] for r in seen.rows("meeting_people")}
    for key, told in seen.known.said.items():
        last = told[-1][1]
        if last and key in stored and stored[key] != last:
            yield f"{key[1]} said {last} about meeting {key[0]}, stored is {stored[key]}"
    for key, outcome in stored.items():
        if outcome is not None and key not in seen.known.said:
            yield f"{key[1]} said nothing about meeting {key[0]}, stored is {outcome}"


CHECKS = (
    introduced,
    once,
    to_themselves,
    where_it_stands,
    over,
    as_long_as_the_round,
    given_up_is_told,
    as_told,
)
