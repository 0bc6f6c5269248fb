"""What is asked after an introduction: once early, once late, of who said nothing; silences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.soak.audit.hours import silences_before
from tests.soak.audit.seen import Row, Said, Seen
from tests.soak.known import UNSURE, Fact

MOST_ASKED, MOST_NUDGED = 2, 1
TO_ONE = {"nudge", "ask", "silences", "status", "without", "searched"}
LONG = timedelta(days=6)  # a round in which an organiser is nudged and everybody is asked
TO_ANSWER = timedelta(hours=4)  # who is asked later than that before the end has no time
SOON = timedelta(minutes=20)
WEDNESDAY = 2
SILENCES = 3  # in a row, after which nothing more is asked of somebody
HANDOVER = timedelta(days=1)  # the round before is over by then, had a host changed its hour, too


def _of_meetings(seen: Seen, kind: str) -> list[tuple[Row, Said]]:
    return [(row, said) for row, said in seen.said_of_kind(kind) if row["meeting_id"] is not None]


def not_too_often(seen: Seen) -> Iterator[str]:
    """Two questions a person and meeting at most, one nudge, to the organiser alone."""
    asked = Counter((row["meeting_id"], row["users"][0]) for row, _ in _unique(seen, "ask"))
    nudged = Counter(row["meeting_id"] for row, _ in _unique(seen, "nudge"))
    yield from (f"asked {n} times: {key}" for key, n in asked.items() if n > MOST_ASKED)
    yield from (f"nudged {n} times: {key}" for key, n in nudged.items() if n > MOST_NUDGED)
    for row, _ in _of_meetings(seen, "nudge"):
        if row["users"] != [seen.meetings[row["meeting_id"]]["organiser"]]:
            yield f"{row['users']} was nudged, who does not organise {row['meeting_id']}"


def _unique(seen: Seen, kind: str) -> list[tuple[Row, Said]]:
    """Without doubles, which only a lost answer makes; those are counted elsewhere."""
    once = {row["id"]: (row, said) for row, said in _of_meetings(seen, kind)}
    return list(once.values())


def not_in_vain(seen: Seen) -> Iterator[str]:
    """Nobody is asked or nudged who has said enough, or whose partner has said that they met."""
    for kind in ("ask", "nudge"):
        for row, said in _of_meetings(seen, kind):
            user, meeting = row["users"][0], row["meeting_id"]
            done = {"met", "not_this_time"} | ({"planning"} if kind == "nudge" else set())
            own = _said_before(seen, meeting, user, said.at)
            others = [_said_before(seen, meeting, u, said.at) for u in seen.groups[meeting]]
            if own in done or "met" in others:
                yield f"{user} gets a {kind} about meeting {meeting}: {own}, {others}"


def _said_before(seen: Seen, meeting: int, user: str, at: datetime) -> str | None:
    told = [said for when, said in seen.known.said.get((meeting, user), []) if when < at]
    return told[-1] if told and told[-1] else None


def within_the_round(seen: Seen) -> Iterator[str]:
    """A question or nudge comes while it can still help, and after the introduction."""
    first = {
        row["meeting_id"]: said.at for row, said in reversed(_of_meetings(seen, "introduction"))
    }
    for kind, leave in (("ask", timedelta(days=1)), ("nudge", timedelta(0))):
        for row, said in _of_meetings(seen, kind):
            meeting = seen.meetings[row["meeting_id"]]
            if seen.forgotten(meeting["created_at"]):
                continue
            begun = first.get(meeting["id"])
            late = said.at > meeting["ends_at"] + leave
            if begun is None or said.at < begun + timedelta(hours=1) or late:
                yield f"a {kind} about meeting {meeting['id']} comes at {said.at}"


def not_at_weekends(seen: Seen) -> Iterator[str]:
    """Nobody is nudged or asked about a round's meeting on their own weekend."""
    for kind in ("ask", "nudge"):
        for row, said in _of_meetings(seen, kind):
            meeting = seen.meetings[row["meeting_id"]]
            if meeting["channel_id"] is None or meeting["agreed_at"] is not None:
                continue
            long = meeting["ends_at"] - meeting["created_at"] >= LONG
            zone = ZoneInfo(seen.known.zones[row["users"][0]])
            punctual = said.at - row["due_at"] < SOON
            if long and punctual and said.at.astimezone(zone).weekday() >= 5:
                yield f"a {kind} about meeting {meeting['id']} comes at a weekend: {said.at}"


def everybody_is_asked(seen: Seen) -> Iterator[str]:
    """In a round of a week, who says nothing is asked at least once before it ends."""
    asked = {(row["meeting_id"], row["users"][0]) for row, _ in _of_meetings(seen, "ask")}
    nudged = {row["meeting_id"] for row, _ in _of_meetings(seen, "nudge")}
    for meeting in _ended(seen):
        begun, end = meeting["created_at"], meeting["ends_at"]
        for user in seen.groups[meeting["id"]]:
            lively = silences_before(seen, user, begun + HANDOVER) < SILENCES
            never = (meeting["id"], user) not in asked
            if lively and never and _silent(seen, meeting, user):
                yield f"{user} was never asked about meeting {meeting['id']}"
        quiet = all(_silent(seen, meeting, user) for user in seen.groups[meeting["id"]])
        spoke = not silences_before(seen, meeting["organiser"], begun + HANDOVER)
        if spoke and quiet and meeting["id"] not in nudged and meeting["agreed_at"] is None:
            zone = ZoneInfo(seen.known.rhythm(begun).zone)
            # Before a weekend the nudge and the first question would come on one day.
            early = begun.astimezone(zone).weekday() <= WEDNESDAY
            if early and not _picked(seen, meeting) and seen.known.calm(begun, end):
                yield f"nobody was nudged about meeting {meeting['id']}"


def _ended(seen: Seen) -> list[Row]:
    """Meetings of rounds of a week or so that ran their course with nothing in the way."""
    return [
        meeting
        for meeting in seen.rows("meetings")
        if meeting["round_id"] is not None
        and meeting["conversation_id"] is not None
        and meeting["ends_at"] < seen.now
        and meeting["ends_at"] - meeting["created_at"] >= LONG
        and seen.known.calm(meeting["created_at"], meeting["ends_at"])
        and len(seen.groups[meeting["id"]]) > 1
        and not seen.forgotten(meeting["created_at"])
    ]


def _silent(seen: Seen, meeting: Row, user: str) -> bool:
    """Whether this person surely was there all the time and nobody said a word."""
    if (meeting["id"], user) in seen.known.looked:
        return False  # for somebody else, which is a word
    if any((meeting["id"], one) in seen.known.said for one in seen.groups[meeting["id"]]):
        return False
    return not _rested(seen, user, meeting["created_at"], meeting["ends_at"])


def _rested(seen: Seen, user: str, begin: datetime, end: datetime) -> bool:
    """Whether this person was, or may have been, on a pause or gone at some instant between."""
    for fact in (Fact.PAUSED, Fact.GONE, Fact.MUTED):
        timeline = seen.known.facts[user, fact]
        values = [seen.known.fact(user, fact, begin), seen.known.fact(user, fact, end)]
        values += [value for at, value in timeline if begin <= at <= end]
        if any(value is UNSURE or value for value in values):
            return True
    return False


def _picked(seen: Seen, meeting: Row) -> bool:
    return any(
        row["picks"] for row in seen.rows("meeting_people") if row["meeting_id"] == meeting["id"]
    )


def not_on_a_pause(seen: Seen) -> Iterator[str]:
    """Nothing that nobody asked for reaches somebody on a pause."""
    for row, said in seen.said_of_kind(*TO_ONE):
        user = row["users"][0] if row["users"] else ""
        until = seen.known.fact(user, Fact.PAUSED, said.at) if user in seen.known.zones else None
        if isinstance(until, date):
            today = said.at.astimezone(ZoneInfo(seen.known.zones[user])).date()
            own = row["meeting_id"] and seen.meetings[row["meeting_id"]]["kind"] == "impromptu"
            if today < until and row["kind"] != "without" and not own:  # who asks is answered
                yield f"{user} is on a pause until {until} and gets a {row['kind']} on {today}"


def not_when_muted(seen: Seen) -> Iterator[str]:
    """Who has muted what is not needed is not nudged, asked, or asked about silences."""
    for row, said in seen.said_of_kind("nudge", "ask", "silences"):
        user = row["users"][0]
        if seen.known.fact(user, Fact.MUTED, said.at) is True:
            yield f"{user} has muted all that is not needed, and gets a {row['kind']}"


def silences(seen: Seen) -> Iterator[str]:
    """Who answers has a clean slate; who is asked about silences was silent three times."""
    asked = [(row["users"][0], said.at) for row, said in seen.said_of_kind("silences")]
    for user, at in asked:
        over = [
            meeting
            for meeting in seen.rows("meetings")
            if user in seen.groups[meeting["id"]]
            and meeting["channel_id"] is not None
            and meeting["ends_at"] <= at
            and not _answered(seen, meeting, user, at)
        ]
        if len(over) < 3:
            yield f"{user} is asked about three silences after {len(over)}"


def _answered(seen: Seen, meeting: Row, user: str, at: datetime) -> bool:
    return _said_before(seen, meeting["id"], user, at) is not None


def slates(seen: Seen) -> Iterator[str]:
    """How often somebody was silent in a row is no more than the meetings that ended since."""
    for person in seen.rows("people"):
        user = person["user_id"]
        told = [one for (_, who), said in seen.known.said.items() if who == user for one in said]
        out = _breaks(seen, user)
        since = max((at for at, word in told if word), default=None)
        perhaps = max([*(at for at, _ in told), *out], default=None)
        over = [
            meeting
            for meeting in seen.rows("meetings")
            if user in seen.groups[meeting["id"]]
            and meeting["channel_id"] is not None
            and meeting["conversation_id"] is not None
            and meeting["closed"]
            and meeting["ends_at"] <= seen.now
            and (since is None or _closing(seen, meeting) > since)
        ]
        if person["unanswered"] > len(over):
            yield f"{user} counts as silent {person['unanswered']} times, of {len(over)} meetings"
        later = [m for m in over if perhaps is None or m["ends_at"] > perhaps]
        least = [m for m in later if _counts_surely(seen, m, user)]
        if (
            user in seen.known.zones
            and not _pressed(seen, user)
            and person["unanswered"] < len(least)
        ):
            yield f"{user} was silent {len(least)} times and counts {person['unanswered']}"


def _breaks(seen: Seen, user: str) -> list[datetime]:
    """When this person paused, left or looked for somebody else, perhaps: that is a word, too."""
    looked = [
        at for (_, one), all_of in seen.known.looked.items() if one == user for at, _ in all_of
    ]
    paused, opted = (seen.known.facts.get((user, f), []) for f in (Fact.PAUSED, Fact.OPTED))
    breaks = [at for at, until in paused if until is not None]
    return looked + breaks + [at for at, value in opted if value is not True]


def _closing(seen: Seen, meeting: Row) -> datetime:
    """It is closed by the first beat after its end; a day is leave enough for all that can be."""
    end: datetime = meeting["ends_at"]
    return end + (timedelta(0) if seen.known.calm(end, end) else timedelta(days=5))


def _counts_surely(seen: Seen, meeting: Row, user: str) -> bool:
    end = meeting["ends_at"]
    if not _silent(seen, meeting, user) or not seen.known.calm(end, end):
        return False
    if not any(at <= end - TO_ANSWER for at in _asked(seen, meeting, user)):
        return False
    facts = {fact: seen.known.fact(user, fact, end) for fact in (Fact.INSIDE, Fact.OPTED)}
    return all(value is True for value in facts.values())


def _asked(seen: Seen, meeting: Row, user: str) -> list[datetime]:
    """When this person was asked about the meeting, alone; in doubt, no silence may count."""
    asked = _of_meetings(seen, "ask")
    return [
        said.at
        for row, said in asked
        if (row["meeting_id"], row["users"]) == (meeting["id"], [user]) and row["state"] == "sent"
    ]


def _pressed(seen: Seen, user: str) -> bool:
    """Whether this person was asked about silences, or has muted: the count may have begun anew."""
    muted = len(seen.known.facts[user, Fact.MUTED]) > 1
    return muted or any(row["users"] == [user] for row, _ in seen.said_of_kind("silences"))


CHECKS = (
    not_too_often, not_in_vain, within_the_round, not_at_weekends, everybody_is_asked,
    not_on_a_pause, not_when_muted, silences, slates,
)  # fmt: skip
