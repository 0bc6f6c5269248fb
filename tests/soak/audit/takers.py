"""Who is in a round: everybody who takes part and can be placed, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.soak.audit.hours import reads
from tests.soak.audit.seen import Row, Seen
from tests.soak.known import UNSURE, Cause, Fact, Value

TOLD = {"without", "alone", "expired"}
TELLING, DAY = timedelta(hours=3), timedelta(days=1)


def once_each(seen: Seen) -> Iterator[str]:
    """Nobody is in two groups of a round, and nobody is in one alone."""
    for round_id, groups in seen.together.items():
        people = [user for group in groups.values() for user in group]
        if len(people) != len(set(people)):
            yield f"somebody is in two groups of round {round_id}: {groups}"
        for meeting_id, group in groups.items():
            if len(group) == 1 and not seen.meetings[meeting_id]["closed"]:
                yield f"{group} is alone in meeting {meeting_id}"


def nobody_else(seen: Seen) -> Iterator[str]:
    """Nobody on a pause, skipping, gone, or out by their own wish is introduced."""
    for row in seen.rounds:
        for group in seen.together[row["id"]].values():
            for user in group:
                reasons = [r for r in _reasons(seen, user, row) if r is not None]
                if reasons and _sure(seen, user, row, reasons[0]):
                    yield f"round {row['number']} takes {user}, who is {reasons[0]}"


def everybody(seen: Seen) -> Iterator[str]:
    """Whoever takes part is introduced, or hears that they are not."""
    for row in seen.rounds:
        inside = _present(seen, row) | _given_up(seen, row)  # of whom `given_up_is_told` asks
        if not seen.overdue(row["held_at"], TELLING):
            continue
        for user in seen.known.zones:
            gone = seen.known.fact(user, Fact.GONE, seen.now) is not False
            told = gone or user in _told(seen, row["held_at"])
            if user not in inside and not told and _takes_part(seen, user, row):
                yield f"round {row['number']} forgets {user}"


def _told(seen: Seen, held_at: datetime) -> set[str]:
    return {
        user
        for row in seen.rows("deliveries")
        if row["kind"] in TOLD
        for user in row["users"]
        if held_at <= row["due_at"] <= reads(seen, user, held_at + DAY)
    }


def each_with_a_reason(seen: Seen) -> Iterator[str]:
    """Of everybody in the channel who is not in a round, its account has a reason."""
    for row in seen.rounds:
        at = row["held_at"]
        told = {user for users in row["receipt"].get("left_out", {}).values() for user in users}
        told |= _present(seen, row) | _given_up(seen, row)
        changed = row["receipt"].get("replanned") or not seen.known.calm(at, at)
        for user in seen.known.zones:
            inside = seen.known.fact(user, Fact.INSIDE, at) is True
            gone = seen.known.fact(user, Fact.GONE, seen.now) is not False
            if inside and not gone and not changed and user not in told:
                yield f"round {row['number']} has no account of {user}"


def _given_up(seen: Seen, row: Row) -> set[str]:
    """Those whose introduction of this round was given up before it began."""
    lost = [d for d in seen.deliveries.values() if d["round_id"] == row["id"]]
    return {u for d in lost if d["kind"] == "introduction" and d["error"] for u in d["users"]}


def nobody_left_over(seen: Seen) -> Iterator[str]:
    """Where nobody avoids anybody and two or more take part, nobody stays behind."""
    for row in seen.rounds:
        left = [u for users in row["receipt"].get("left_out", {}).items() for u in _rest(*users)]
        present = {u for g in seen.together[row["id"]].values() for u in g} | set(left)
        foes = [
            pair
            for pair in seen.known.avoided
            if pair <= present and seen.known.avoid(pair, row["held_at"]) is not False
        ]
        if left and not foes and len(present) > 1:
            yield f"round {row['number']} leaves {left} over"


def _rest(reason: str, users: list[str]) -> list[str]:
    return users if reason in {"alone", "no_partner", "sits_out"} else []


def _takes_part(seen: Seen, user: str, row: Row) -> bool:
    at = row["held_at"]
    if not seen.known.calm(at, at, Cause.TROUBLE) or len(_present(seen, row)) < 2:
        return False
    sure = all(seen.known.fact(user, fact, at) is not UNSURE for fact in Fact)
    sure = sure and _skips(seen, user, row) is False
    return sure and all(reason is None for reason in _reasons(seen, user, row))


def _present(seen: Seen, row: Row) -> set[str]:
    return {user for group in seen.together[row["id"]].values() for user in group}


def _reasons(seen: Seen, user: str, row: Row) -> Iterator[str | None]:
    """Why this person is surely not in this round; None for each reason that does not hold."""
    at: datetime = row["held_at"]
    facts = {fact: seen.known.fact(user, fact, at) for fact in Fact}
    yield "not in the channel" if facts[Fact.INSIDE] is False else None
    yield "out" if facts[Fact.OPTED] is not True and facts[Fact.OPTED] is not UNSURE else None
    yield "gone" if facts[Fact.GONE] is True else None
    yield "skipping" if _skips(seen, user, row) is True else None
    until = facts[Fact.PAUSED]
    today = at.astimezone(ZoneInfo(seen.known.zones[user])).date()
    yield "on a pause" if isinstance(until, date) and today < until else None
    yield "slower" if _too_soon(seen, user, row) else None


def _sure(seen: Seen, user: str, row: Row, reason: str) -> bool:
    """Slack told of the account's end; where it did not answer, the app may not know yet."""
    at = row["held_at"]
    return reason != "gone" or seen.known.calm(at, at, Cause.TROUBLE)


def _skips(seen: Seen, user: str, row: Row) -> Value:
    """A skip holds for the first round that is not out of turn, and is over with it."""
    timeline = seen.known.facts.get((user, Fact.SKIPPING), [])
    at = row["held_at"]
    value = seen.known.fact(user, Fact.SKIPPING, at)
    if value is not True:
        return value
    since = next(moment for moment, _ in reversed(timeline) if moment < at)
    gaps = [s for s in seen.known.spans if s.cause in {Cause.OFF, Cause.OUT}]
    if any(span.touches(since, at) for span in gaps):
        return UNSURE  # a round that nobody could hold ends it, too
    return not [r for r in seen.scheduled if since <= r["held_at"] < at]


def _too_soon(seen: Seen, user: str, row: Row) -> bool:
    """Whether somebody at a slower pace was in the round before."""
    pace = seen.known.fact(user, Fact.PACE, row["held_at"])
    if not isinstance(pace, int) or pace < 2:
        return False
    before = [
        r["number"]
        for r in seen.rows("rounds")
        if r["number"] < row["number"] and user in _present(seen, r)
    ]
    return bool(before) and row["number"] - max(before) < pace


CHECKS = (once_each, nobody_else, everybody, each_with_a_reason, nobody_left_over)
