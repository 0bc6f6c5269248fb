"""Check-ins: asked and closed in time, and nothing is read that was not to be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

from tests.soak.audit.hours import reads
from tests.soak.audit.seen import Row, Seen
from tests.soak.known import Answer, Asked, Cause, Fact

SOON = timedelta(minutes=20)
FLOOR = 5  # answers, under which nothing without names is shown
CLOSE_TO = timedelta(minutes=2)
WORD = "Quince"  # how all begin that people write


def of_asked(seen: Seen, asked: Asked) -> Row | None:
    """The row of what somebody asked for."""
    for row in seen.rows("checkins"):
        near = abs(row["opens_at"] - asked.opens_at) <= CLOSE_TO
        if row["asker"] == asked.asker and row["kind"] == asked.kind and near:
            return row
    return None


def kept(seen: Seen) -> Iterator[str]:
    """What was asked for is there, as it was asked for."""
    for asked in seen.known.asked:
        row = of_asked(seen, asked)
        if row is None:
            yield f"{asked} is not there"
            continue
        contract = row["contract"]
        promised = (contract["named"], contract["audience"])
        wanted = (asked.named, "channel" if asked.everyone else "asker")
        open_for = row["closes_at"] - row["opens_at"]
        if promised != wanted or open_for != timedelta(hours=asked.hours):
            yield f"check-in {row['id']} promises {promised} for {open_for}, wanted: {asked}"
        if not asked.named and (contract["floor"] or 0) < FLOOR:
            yield f"check-in {row['id']} has the floor {contract['floor']}"


def posted(seen: Seen) -> Iterator[str]:
    """What is open is posted in the channel, once; what could not be asked is told its asker."""
    posts = {row["id"]: said for row, said in seen.said_of_kind("checkin")}
    channel = seen.rows("channels")[0]["channel_id"]
    stand = {said.message.ts for said in posts.values() if said.channel == channel}
    for row in seen.rows("checkins"):
        if row["phase"] in {"open", "closed"} and seen.overdue(row["opens_at"], SOON):
            nowhere = row["posted_ts"] not in stand
            if nowhere and not _lost(seen, row):
                yield f"check-in {row['id']} was never posted"
        if row["phase"] == "planned" and seen.overdue(row["opens_at"], SOON):
            yield f"check-in {row['id']} should have opened at {row['opens_at']}"
        called_off = row["phase"] == "cancelled" and not seen.forgotten(row["opens_at"])
        if called_off and not _told_since(seen, row):
            yield f"{row['asker']} never read that check-in {row['id']} is not asked"


def _lost(seen: Seen, row: Row) -> bool:
    """Whether nobody knows if the post arrived, or it came too late."""
    return not seen.known.calm(row["opens_at"], row["closes_at"], Cause.TROUBLE, Cause.OFF)


def _told_since(seen: Seen, row: Row) -> bool:
    """Whether the asker had a note, or took it back by a press of their own or a host's."""
    if any("checkin.take_back" in act or "checkin.skip" in act for act in seen.known.acts):
        return True
    notes = seen.said_of_kind("checkin_note")
    since = row["opens_at"] - timedelta(days=2)
    return any(note["users"] == [row["asker"]] and said.at >= since for note, said in notes)


def closed(seen: Seen) -> Iterator[str]:
    """A check-in closes when it was promised to, not before, and its asker reads so, once."""
    notes = seen.said_of_kind("checkin_note")
    for row in seen.rows("checkins"):
        if row["phase"] == "open" and seen.overdue(row["closes_at"], SOON):
            yield f"check-in {row['id']} should have closed at {row['closes_at']}"
        if row["phase"] != "closed":
            continue
        if row["closes_at"] > seen.now:
            yield f"check-in {row['id']} closed before {row['closes_at']}"
        if row["result"] is None:
            yield f"check-in {row['id']} closed without a result"
        told = {n["id"] for n, s in notes if n["users"] == [row["asker"]] and _after(s.at, row)}
        read_at = reads(seen, row["asker"], row["closes_at"])
        gone = seen.known.fact(row["asker"], Fact.GONE, read_at) is not False
        if not told and not gone and seen.overdue(read_at, SOON):
            yield f"{row['asker']} never read that check-in {row['id']} has closed"


def _after(at: object, row: Row) -> bool:
    return bool(row["closes_at"] - CLOSE_TO <= at)  # type: ignore[operator]


def counted(seen: Seen) -> Iterator[str]:
    """Each answer that was surely taken counts once; so does its mood, and nothing else does."""
    for row in seen.rows("checkins"):
        told = seen.known.answers.get(row["id"], [])
        sure = [answer for answer in told if answer is not None]
        people = {answer.user for answer in sure}
        if len(sure) == len(told) and row["answers"] != len(people):
            yield f"check-in {row['id']} has {len(people)} answers and counts {row['answers']}"
        if row["answers"] > row["invited"] and row["phase"] == "closed":
            yield f"check-in {row['id']}: {row['answers']} answers of {row['invited']} asked"
        result = row["result"] or {}
        if row["phase"] == "closed" and result and result["count"] != row["answers"]:
            yield f"check-in {row['id']} tells of {result['count']} answers"


def words_of(answer: Answer, where: str) -> bool:
    """Whether what somebody wrote can be read there; no other word has this in it."""
    return answer.word in where


def _newest(told: list[Answer | None]) -> dict[str, Answer]:
    return {answer.user: answer for answer in told if answer is not None}


def named_are_kept(seen: Seen) -> Iterator[str]:
    """An answer with a name is there as it was said last."""
    stored = {(r["checkin_id"], r["user_id"]): json.dumps(r["words"]) for r in
              seen.rows("checkin_answers")}  # fmt: skip
    for row in seen.rows("checkins"):
        told = seen.known.answers.get(row["id"], [])
        if not row["contract"]["named"] or None in told:
            continue
        if row["closes_at"] + timedelta(days=80) < seen.now:
            continue
        for user, answer in _newest(told).items():
            if not words_of(answer, stored.get((row["id"], user), "")):
                yield f"check-in {row['id']} has lost what {user} said last: {answer.word}"


def floors(seen: Seen) -> Iterator[str]:
    """Nothing without names is shown of fewer answers than the floor; above it, all of them are."""
    for row in seen.rows("checkins"):
        result = row["result"] or {}
        if row["contract"]["named"] or row["phase"] != "closed":
            continue
        shown = bool(result.get("shown"))
        if shown and (result["count"] < FLOOR or row["answers"] < FLOOR):
            yield f"check-in {row['id']} shows {result['count']} answers"
        if shown and result.get("comments") and len(result["comments"]) < FLOOR:
            yield f"check-in {row['id']} shows {len(result['comments'])} comments"
        if not shown and row["kind"] != "pulse" and row["answers"] >= FLOOR:
            yield f"check-in {row['id']} withholds {row['answers']} answers"
        yield from _complete(seen, row, result)


def _complete(seen: Seen, row: Row, result: dict[str, object]) -> Iterator[str]:
    """What is shown without names is everything that was written, and nothing else."""
    told = seen.known.answers.get(row["id"], [])
    if row["kind"] == "pulse" or not result.get("shown") or None in told or result.get("emptied"):
        return
    shown = json.dumps(result.get("answers", []))
    for answer in _newest(told).values():
        if not words_of(answer, shown) and row["kind"] not in {"retro", "aar"}:
            yield f"check-in {row['id']} does not show {answer.word}"


def pulse_comments(seen: Seen) -> Iterator[str]:
    """A shown pulse shows the comments, all of them, where they are enough."""
    for row in seen.rows("checkins"):
        result, told = row["result"] or {}, seen.known.answers.get(row["id"], [])
        if row["kind"] != "pulse" or not result.get("shown") or None in told:
            continue
        words = [answer.word for answer in _newest(told).values()]
        shown = json.dumps(result.get("comments", []))
        missing = [word for word in words if word not in shown]
        if len(words) >= FLOOR and missing and not result.get("emptied"):
            yield f"pulse {row['id']} does not show {missing}"


def unread(seen: Seen) -> Iterator[str]:
    """What was written is nowhere in Slack before the end, nor for those who may not see it."""
    words = _kept_back(seen)
    if not words:
        return
    for message in seen.messages:
        body = seen.memory.text(message)
        if WORD not in body:
            continue
        for word, (row, why) in words.items():
            if word in body and not _may_read(seen, row, message.channel):
                yield f"{word} of check-in {row['id']} is read in {message.channel}: {why}"


def _kept_back(seen: Seen) -> dict[str, tuple[Row, str]]:
    """What nobody (but the asker and hosts, alone) may read in Slack, and why."""
    found: dict[str, tuple[Row, str]] = {}
    for row in seen.rows("checkins"):
        contract, result = row["contract"], row["result"] or {}
        if row["phase"] != "closed":
            why = "it has not closed"
        elif contract["named"] and contract["audience"] != "channel":
            why = "it is for the asker"
        elif not contract["named"] and not result.get("shown"):
            why = "they are too few"
        else:
            continue
        for answer in seen.known.answers.get(row["id"], []):
            if answer is not None:
                found[answer.word] = (row, why)
    return found


def _may_read(seen: Seen, row: Row, channel: str) -> bool:
    """Named answers may come to their asker alone; kickoff's worries and actions to all."""
    if row["kind"] in {"kickoff", "retro", "aar"} and row["phase"] == "closed":
        return True
    there = set(seen.conversations[channel].members) - {seen.bot}
    return bool(row["contract"]["named"]) and there == {row["asker"]}


def results_for_all(seen: Seen) -> Iterator[str]:
    """Where everybody was promised the results, they come into the channel, once."""
    posts = seen.said_of_kind("checkin_results")
    for row in seen.rows("checkins"):
        everybody = row["contract"]["audience"] == "channel"
        if row["phase"] != "closed" or not everybody or not row["answers"]:
            continue
        there = seen.known.calm(row["closes_at"], row["closes_at"] + SOON, Cause.OUT)
        if not there or not seen.overdue(row["closes_at"], SOON):
            continue
        if not any(said.at >= row["closes_at"] - CLOSE_TO for _, said in posts):
            yield f"the results of check-in {row['id']} never came into the channel"


def asked_again(seen: Seen) -> Iterator[str]:
    """A check-in that comes every week comes."""
    for schedule in seen.rows("checkin_schedules"):
        at = schedule["next_due_at"]
        if schedule["active"] and (at is None or seen.overdue(at, timedelta(hours=1))):
            yield f"schedule {schedule['id']} should have asked at {at}"


CHECKS = (
    kept, posted, closed, counted, named_are_kept, floors, pulse_comments, unread, results_for_all,
    asked_again,
)  # fmt: skip
