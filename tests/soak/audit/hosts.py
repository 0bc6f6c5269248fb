"""What hosts and the channel are told: of each round, of a missed one, of the next one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.soak.audit.calendar import Due, dues
from tests.soak.audit.hours import FRIDAY, LEEWAY, begins, reads
from tests.soak.audit.seen import Row, Said, Seen
from tests.soak.known import UNSURE, Cause, Fact

SOON = timedelta(minutes=30)
PATIENCE = timedelta(hours=4)
WAITS = timedelta(hours=2)  # a receipt, for introductions that are still to come
DAY = timedelta(days=1)


def hosts_at(seen: Seen, at: datetime) -> frozenset[str]:
    """The hosts who are there; all of them where none is."""
    everyone = next(who for since, who in reversed(seen.known.hosts) if since <= at)
    here = frozenset(u for u in everyone if seen.known.fact(u, Fact.INSIDE, at) is not False)
    return here or everyone


def told_of_each_round(seen: Seen) -> Iterator[str]:
    """Each host who is there reads what a round did, and with whom."""
    receipts = seen.said_of_kind("receipt")
    for row in seen.rounds:
        for host in hosts_at(seen, row["held_at"]):
            if not seen.overdue(_reads(seen, host, row), SOON):
                continue
            found = [said for receipt, said in receipts if _is_of(seen, receipt, row, host)]
            if not found and not _lately_changed(seen, host, row["held_at"]):
                yield f"{host} never read what round {row['number']} did"
            if found and not _names_everybody(seen, row, found):
                yield f"{host} read of round {row['number']} without all who were in it"
        if not row["receipted"] and seen.overdue(row["held_at"], PATIENCE):
            yield f"round {row['number']} has no receipt"


def _reads(seen: Seen, host: str, row: Row) -> datetime:
    """When the host reads what a round did: once its groups are introduced, and at work."""
    held_at: datetime = row["held_at"]
    later = any(begins(seen, m) > held_at for m in seen.of_round[row["id"]] if _is_group(seen, m))
    return reads(seen, host, held_at + (WAITS if later else timedelta(0)))


def _is_group(seen: Seen, meeting: Row) -> bool:
    return len(seen.groups[meeting["id"]]) > 1


def _is_of(seen: Seen, receipt: Row, row: Row, host: str) -> bool:
    latest = reads(seen, host, row["held_at"] + PATIENCE + DAY)
    return bool(
        receipt["users"] == [host] and row["held_at"] <= receipt["due_at"] <= latest + LEEWAY
    )


def _lately_changed(seen: Seen, host: str, at: datetime) -> bool:
    """Whether the host came or went about then: who is told depends on minutes."""
    changes = [when for when, _ in seen.known.facts[host, Fact.INSIDE]]
    return any(abs(when - at) < DAY for when in changes) or not seen.known.calm(at, at)


def _names_everybody(seen: Seen, row: Row, found: list[Said]) -> bool:
    people = {user for group in seen.together[row["id"]].values() for user in group}
    if row["receipt"].get("replanned"):
        return True
    return any(people <= said.mentions for said in found)


def receipts_are_true(seen: Seen) -> Iterator[str]:
    """What is kept for the hosts are the groups that there are."""
    for row in seen.rounds:
        told = sorted(sorted(group) for group in row["receipt"].get("groups", []))
        found = sorted(sorted(group) for group in seen.together[row["id"]].values())
        lost = any(m["closed"] and not seen.groups[m["id"]] for m in seen.of_round[row["id"]])
        if told != found and not lost and not row["receipt"].get("replanned"):
            yield f"of round {row['number']} hosts read {told}, and there are {found}"


def told_of_tomorrow(seen: Seen) -> Iterator[str]:
    """The channel reads of a round on its last working day before, once."""
    notices = [said for _, said in seen.said_of_kind("notice")]
    openings = [said for _, said in seen.said_of_kind("opening")]
    for due in dues(seen):
        if seen.known.under_pressure(due.at) or seen.forgotten(due.at):
            continue
        noticed, leave = _noticed(due), due.at - _noticed(due) + DAY
        found = [s for s in notices if noticed - SOON <= s.at <= due.at]
        if found and not seen.known.calm(noticed, due.at):
            continue
        several = len({s.delivery for s in found}) > 1
        if several and not _chosen_lately(seen, due.at, leave):
            yield f"the channel reads {len(found)} notices of {due.at}"
        opened = any(noticed - DAY - SOON <= s.at <= due.at for s in openings)
        settled = not _chosen_lately(seen, due.at, leave) and _calm_throughout(seen, due.at, leave)
        if not found and settled and not opened and _somebody_may_come(seen, due.at):
            yield f"nobody read the day before that a round comes at {due.at}"


def _chosen_lately(seen: Seen, at: datetime, leave: timedelta) -> bool:
    changes = [when for when, _ in seen.known.rhythms]
    return any(at - leave <= when <= at for when in changes) or any(
        at - leave <= run <= at for run in seen.known.runs
    )


def _noticed(due: Due) -> datetime:
    """The hour of the round on the last day before it that the channel works."""
    zone = ZoneInfo(due.rhythm.zone)
    local = due.at.astimezone(zone)
    day = local.date() - DAY
    while day.weekday() > FRIDAY and day.weekday() != due.rhythm.weekday:
        day -= DAY
    return datetime.combine(day, local.time(), zone).astimezone(due.at.tzinfo)


def _calm_throughout(seen: Seen, at: datetime, leave: timedelta) -> bool:
    return at < seen.now and seen.known.calm(at - leave, at)


def _somebody_may_come(seen: Seen, at: datetime) -> bool:
    takers = [
        user
        for user in seen.known.zones
        if seen.known.fact(user, Fact.INSIDE, at) is True
        and seen.known.fact(user, Fact.OPTED, at) is True
        and seen.known.fact(user, Fact.PAUSED, at) is None
        and seen.known.fact(user, Fact.SKIPPING, at) is False
        and seen.known.fact(user, Fact.STATUS, at) is not UNSURE
    ]
    return len(takers) > 2


def told_of_what_was_missed(seen: Seen) -> Iterator[str]:
    """Of a round that nobody could hold for a day or longer, each host who is there reads why."""
    missed = [(row, said) for row, said in seen.said_of_kind("missed")]
    for span in seen.known.spans:
        if span.cause is not Cause.OFF or span.until is None:
            continue
        lost = [d.at for d in dues(seen) if span.since < d.at <= span.until - DAY]
        out = any(
            s.cause is Cause.OUT and s.touches(span.since, span.until) for s in seen.known.spans
        )
        if lost and not out:
            readers = {row["users"][0] for row, said in missed if said.at >= span.until}
            absent = {
                host
                for host in hosts_at(seen, span.until) - readers
                if seen.overdue(reads(seen, host, span.until), SOON)
            }
            if absent:
                yield f"{sorted(absent)} never read that the round of {lost[-1]} was missed"


CHECKS = (told_of_each_round, receipts_are_true, told_of_tomorrow, told_of_what_was_missed)
