"""Who may be written to when and how much, reckoned plainly; and that nobody is otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.soak.audit.seen import Row, Seen

# Nobody in these lives chooses other hours: nine to five, Monday to Friday, where they are.
WORK, DAY = (time(9), time(17)), (time(8), time(20))
AHEAD = timedelta(hours=72)
WEEK = timedelta(days=7)
STEP = timedelta(minutes=15)  # the clocks of all zones of today differ by so much, or several
FRIDAY = 4
ON_TIME = timedelta(minutes=20)  # what Slack's pace may hold up, and a beat
LEEWAY = timedelta(minutes=1)
# What one person reads without having pressed for it.
UNASKED = {
    "ask", "nudge", "status", "receipt", "missed", "without", "alone", "silences", "newcomer",
    "welcome", "item", "took_on", "hand", "carried", "asked", "searched",
}  # fmt: skip
# What counts besides the introduction itself, which comes whatever else does.
COUNTED = (
    "without", "alone", "newcomer", "status", "notice", "item", "silences", "ask", "nudge",
    "welcome",
)  # fmt: skip


def at_work(zone: str, at: datetime) -> datetime:
    """The first instant from `at` on at which somebody there is at work."""
    day = at.astimezone(ZoneInfo(zone)).date()
    for _ in range(5):
        if day.weekday() <= FRIDAY:
            begins, ends = (datetime.combine(day, t, ZoneInfo(zone)) for t in WORK)
            if at < ends:
                return max(at, begins.astimezone(at.tzinfo))
        day += timedelta(days=1)
    raise AssertionError("a week has working days")


def reads(seen: Seen, user: str, at: datetime) -> datetime:
    """When what this person is owed at `at` reaches them: once nothing is in its way, at work."""
    free = seen.known.deadline(at, timedelta(0)) or seen.now  # something is in its way still
    return at_work(seen.known.zones[user], free)


def together(zones: Sequence[str], at: datetime, ends_at: datetime) -> datetime:
    """The first moment from `at` on that is night or weekend for the fewest of a group."""
    until = at + min(AHEAD, (ends_at - at) / 2)
    quarter = at.replace(minute=0, second=0, microsecond=0)
    moments, best = [at], (len(zones) + 1, at)
    while (quarter := quarter + STEP) <= until:
        moments += [quarter] if quarter > at else []
    for moment in moments:
        cost = sum(not _awake(zone, moment) for zone in zones)
        if cost < best[0]:
            best = (cost, moment)
    return best[1]


def _awake(zone: str, at: datetime) -> bool:
    local = at.astimezone(ZoneInfo(zone))
    return local.weekday() <= FRIDAY and DAY[0] <= local.time() < DAY[1]


def begins(seen: Seen, meeting: Row) -> datetime:
    """When the introduction of a round's group is to come, as it was first planned."""
    zones = [seen.known.zones[user] for user in seen.groups[meeting["id"]]]
    return together(zones, meeting["created_at"], meeting["ends_at"])


def is_second(seen: Seen, meeting: Row) -> bool:
    """Whether one of the group has an introduction of another round within a day of it."""
    for other, said in seen.said_of_kind("introduction"):
        own = set(other["users"]) & set(seen.groups[meeting["id"]])
        near = abs(said.at - begins(seen, meeting)) < timedelta(days=1)
        if own and near and other["round_id"] not in (None, meeting["round_id"]):
            return True
    return False


def is_replanned(seen: Seen, meeting: Row) -> bool:
    """Whether its round was planned again in part: then groups begin later than at first."""
    rounds = {row["id"]: row for row in seen.rows("rounds")}
    row = rounds.get(meeting["round_id"])
    return bool(row and row["receipt"].get("replanned"))


def nobody_at_night(seen: Seen) -> Iterator[str]:
    """What one person did not press for reaches them in their own hours."""
    for row, said in seen.said_of_kind(*sorted(UNASKED)):
        if len(row["users"]) != 1 or row["channel_id"] or row["asked_by"] == row["users"][0]:
            continue
        zone = seen.known.zones[row["users"][0]]
        if at_work(zone, said.at - LEEWAY) > said.at:
            local = said.at.astimezone(ZoneInfo(zone))
            yield f"a {row['kind']} reaches {row['users'][0]} on {local:%A at %H:%M}"


def no_group_at_night(seen: Seen) -> Iterator[str]:
    """The introductions of a round come at the first moment that disturbs the fewest."""
    for row, said in seen.said_of_kind("introduction"):
        meeting = seen.meetings[row["meeting_id"]]
        moved = is_replanned(seen, meeting) or is_second(seen, meeting)
        if meeting["round_id"] is None or moved:
            continue
        due = begins(seen, meeting)
        late = said.at > due + ON_TIME and seen.known.calm(meeting["created_at"], said.at)
        if said.at + LEEWAY < due or late:
            yield f"meeting {meeting['id']} was introduced at {said.at}, its moment was {due}"


def silences_before(seen: Seen, user: str, at: datetime) -> int:
    """How many meetings in channels are over by then of which they said nothing since their last
    word: what the app counts is no more than that."""
    told = [when for (_, who), said in seen.known.said.items() if who == user for when, _ in said]
    since = max((when for when in told if when < at), default=None)
    over = [
        meeting
        for meeting in seen.rows("meetings")
        if user in seen.groups[meeting["id"]]
        and meeting["channel_id"] is not None
        and meeting["ends_at"] <= at
    ]
    return len([m for m in over if since is None or m["ends_at"] >= since])


def one_a_day(seen: Seen) -> Iterator[str]:
    """Of what counts one person gets one message a day, and none after an introduction."""
    days: dict[tuple[str, date], dict[str, tuple[datetime, str]]] = defaultdict(dict)
    for row, said in seen.said_of_kind("introduction", *COUNTED):
        alone = row["kind"] in COUNTED and not row["channel_id"]
        if not alone and row["round_id"] is None:
            continue
        for user in row["users"]:
            if row["asked_by"] == user or user not in seen.known.zones:
                continue
            day = said.at.astimezone(ZoneInfo(seen.known.zones[user])).date()
            days[user, day].setdefault(row["id"], (said.at, row["kind"]))
    for (user, day), found in days.items():
        kinds = [kind for _, kind in sorted(found.values())]
        after = kinds[kinds.index("introduction") + 1 :] if "introduction" in kinds else []
        if (
            any(kind != "introduction" for kind in after)
            or sum(kind != "introduction" for kind in kinds) > 1
        ):
            yield f"{user} has {kinds} on {day}"


def few_requests(seen: Seen) -> Iterator[str]:
    """Nobody reads more calls for a coffee or a hand in seven days than they want to."""
    wanted = {row["user_id"]: row["requests"] for row in seen.rows("people")}
    read: dict[str, dict[str, datetime]] = defaultdict(dict)
    for row, said in seen.said_of_kind("asked", "hand"):
        read[row["users"][0]].setdefault(row["id"], said.at)
    for user, found in read.items():
        times, limit = sorted(found.values()), wanted[user]
        for first, over in zip(times, times[limit:] if limit else (), strict=False):
            if over - first < WEEK - ON_TIME:
                yield f"{user} reads more than {limit} requests from {first} to {over}"


CHECKS = (nobody_at_night, no_group_at_night, one_a_day, few_requests)
