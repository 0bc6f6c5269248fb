"""What was laid down is said: once, where and when it should be, and what is not has a cause."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

from tests.soak.audit.introductions import chose_otherwise
from tests.soak.audit.seen import Row, Said, Seen
from tests.soak.known import Cause, Fact

SORRY = "Something went wrong on my side"
SOON = timedelta(minutes=20)  # Slack's pace holds a message up for seconds, never so long
MOST_TIMES = 2
OVER = timedelta(minutes=1)
WITHIN, JUST_NOW = timedelta(hours=24), timedelta(minutes=5)  # of its end, of its redraw
PASSING = {"introduction", "nudge", "ask", "notice", "reminder", "agreed", "checkin", "asked"}
# Of what may be given up while all is well: to whom it went is gone, or what it is about is over.
EXCUSED = {"too_late", "user_disabled", "user_not_found", "is_archived", "channel_not_found",
           "not_in_channel", "cannot_dm_bot", "message_not_found"}  # fmt: skip


def nothing_is_stuck(seen: Seen) -> Iterator[str]:
    """No message waits for long after it was due."""
    for row in seen.deliveries.values():
        if row["state"] == "waiting" and seen.overdue(row["due_at"], SOON):
            yield f"{row['kind']} of {row['due_at']} still waits ({row['error']})"


def said_is_said(seen: Seen) -> Iterator[str]:
    """What counts as sent stands in Slack, where and as the row has it."""
    for row in seen.deliveries.values():
        if row["state"] != "sent" or row["method"] != "post" or row["kind"] == "said":
            continue
        found = [
            said for said in seen.said.get(row["id"], []) if said.message.ts == row["posted_ts"]
        ]
        if not found:
            yield f"{row['kind']} {row['id']} counts as sent and is not there"
        elif found[0].channel != row["posted_channel"]:
            yield f"{row['kind']} {row['id']} stands in {found[0].channel}"


def said_is_known(seen: Seen) -> Iterator[str]:
    """Nothing is said that nobody has laid down, or that was called back before."""
    for name, found in seen.said.items():
        row = seen.deliveries.get(name)
        first = found[0].at
        if row is None and seen.now - first < timedelta(days=80):
            yield f"nobody has laid down what says {found[0].message.text[:60]!r}"
        if row and row["state"] == "waiting" and seen.known.calm(first, seen.now):
            yield f"{row['kind']} {name} was said and still waits"
        if row and row["state"] in {"cancelled", "failed"} and seen.known.calm(first, first):
            yield f"{row['kind']} {name} was said and counts as {row['state']}"


def not_too_often(seen: Seen) -> Iterator[str]:
    """Nothing is said three times; doubles only where an answer was lost; no crash is read."""
    doubles = 0
    for name, found in seen.said.items():
        if len(found) > MOST_TIMES:
            yield f"delivery {name} was said {len(found)} times"
        if len(found) == MOST_TIMES:
            doubles += 1
            if seen.known.calm(found[0].at, found[1].at, Cause.TROUBLE, Cause.OFF):
                yield f"delivery {name} was said twice, and no answer was lost"
    if doubles > MOST_TIMES * seen.known.troubles:
        yield f"{doubles} messages doubled by {seen.known.troubles} troubles"


def no_crash_is_read(seen: Seen) -> Iterator[str]:
    """Nobody reads that something went wrong."""
    for message in seen.messages:
        if SORRY in seen.memory.text(message):
            yield f"somebody reads: {message.text}"


def in_its_time(seen: Seen) -> Iterator[str]:
    """Nothing is said before it is due, nor when it helps no more, nor late for nothing."""
    for name, found in seen.said.items():
        row = seen.deliveries.get(name)
        if row is None:
            continue
        for said in found:
            sure = row["attempts"] == 1 and not row["doubts"]  # else it was put off afterwards
            if sure and said.at + OVER < row["due_at"]:
                yield f"{row['kind']} {name} was said at {said.at}, due at {row['due_at']}"
            if row["expires_at"] and said.at > row["expires_at"] + OVER:
                yield f"{row['kind']} {name} came at {said.at}, of use until {row['expires_at']}"
            late = said.at > row["due_at"] + SOON
            if late and seen.known.calm(row["due_at"], said.at):
                yield f"{row['kind']} {name} was due at {row['due_at']}, said at {said.at}"


def of_use_until(seen: Seen) -> Iterator[str]:
    """What helps for a while only has an end: an introduction and a nudge that of their round."""
    for row in seen.deliveries.values():
        if row["kind"] in PASSING and row["expires_at"] is None:
            yield f"{row['kind']} {row['id']} would be said whenever Slack is back"
        if row["kind"] in {"introduction", "nudge"} and row["expires_at"] is not None:
            ends = seen.meetings[row["meeting_id"]]["ends_at"]
            if row["expires_at"] != ends:
                yield f"{row['kind']} {row['id']} is of use until {row['expires_at']}, not {ends}"


def to_whom_it_is_for(seen: Seen) -> Iterator[str]:
    """A message stands in the conversation of those it is for, or in the channel it is for."""
    for name, found in seen.said.items():
        row = seen.deliveries.get(name)
        for said in found if row else []:
            there = set(seen.conversations[said.channel].members) - {seen.bot}
            right = said.channel == row["channel_id"] if row["channel_id"] else False
            if row and not right and there != set(row["users"]):
                yield f"{row['kind']} for {row['users']} stands before {sorted(there)}"


def given_up_for_a_reason(seen: Seen) -> Iterator[str]:
    """Nothing is given up, or left in doubt, while Slack answers."""
    for row in seen.deliveries.values():
        if row["state"] not in {"failed", "in_doubt"}:
            continue
        gone = any(seen.known.fact(user, Fact.GONE, seen.now) is not False for user in row["users"])
        late = row["error"] in EXCUSED and (gone or not _calm_from(seen, row["due_at"]))
        if row["error"] == "changed" and _has_changed(seen, row):
            continue
        if not late and _calm_from(seen, row["due_at"]):
            yield f"{row['kind']} of {row['due_at']} is {row['state']}: {row['error']}"


def _has_changed(seen: Seen, row: Row) -> bool:
    """Whether one of the group has a break, is out, or avoids another since it was made."""
    at, made = row["due_at"], seen.meetings[row["meeting_id"]]["created_at"]
    pairs = [frozenset(pair) for pair in combinations(row["users"], 2)]
    avoided = any(seen.known.avoid(pair, at) is not False for pair in pairs)
    return at > made and (avoided or any(chose_otherwise(seen, u, at) for u in row["users"]))


def doubted_for_a_reason(seen: Seen) -> Iterator[str]:
    """Only what was posted and not answered is in doubt."""
    for row in seen.deliveries.values():
        since = row["due_at"] - timedelta(days=1)
        lost = any(at >= since for at in seen.known.lost_posts)
        if row["state"] == "in_doubt" and not lost and not seen.said.get(row["id"]):
            yield f"{row['kind']} of {row['due_at']} is in doubt, and nothing was ever posted"


def _calm_from(seen: Seen, due_at: datetime) -> bool:
    return seen.known.calm(due_at, due_at + timedelta(hours=6))


# -- everything with buttons ends -------------------------------------------------


def everything_ends(seen: Seen) -> Iterator[str]:
    """What can be pressed has an end to come, or is being drawn as over."""
    drawn = {row["dedupe_key"]: row for row in seen.deliveries.values() if row["kind"] == "ended"}
    for row, said in _live(seen):
        if row["kind"] == "checkin" or row["ends_at"] is not None:
            continue
        over = drawn.get(f"ended:{row['id']}")
        if over is None:
            yield f"{row['kind']} {row['id']} of {said.at} can be pressed for ever"
        elif over["state"] == "sent" and seen.now > over["sent_at"] + JUST_NOW:
            yield f"{row['kind']} {row['id']} was drawn as over, and can be pressed again"


def nothing_outlives_its_end(seen: Seen) -> Iterator[str]:
    """What is over looks so a day later."""
    closes = {row["posted_ts"]: row["closes_at"] for row in seen.rows("checkins")}
    for row, _ in _live(seen):
        over: datetime | None = row["ends_at"]
        if row["kind"] == "checkin":
            over = closes.get(row["posted_ts"])
        if over and seen.now > over + WITHIN and seen.known.calm(over, seen.now):
            yield f"{row['kind']} {row['id']} can be pressed, and was over at {over}"


def _live(seen: Seen) -> Iterator[tuple[Row, Said]]:
    """What stands in Slack with something to press, and the row that has laid it down."""
    for name, found in seen.said.items():
        row = seen.deliveries.get(name)
        for said in found:
            known = row is not None and row["state"] == "sent" and row["posted_ts"]
            if row and known == said.message.ts and any(map(_can_be_pressed, said.message.blocks)):
                yield row, said


def _can_be_pressed(block: dict[str, Any]) -> bool:
    elements = [*block.get("elements", ()), block.get("accessory") or {}]
    return any("action_id" in element and "url" not in element for element in elements)


CHECKS = (
    nothing_is_stuck, said_is_said, said_is_known, not_too_often, no_crash_is_read, in_its_time,
    of_use_until, to_whom_it_is_for, given_up_for_a_reason, doubted_for_a_reason,
    everything_ends, nothing_outlives_its_end,
)  # fmt: skip
