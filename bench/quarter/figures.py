"""What is counted of a quarter: hours, introductions at night, how much a round, how much a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bench.quarter.company import Colleague, Habit, disturbs, fewest, moments
from bench.quarter.play import Quarter
from bench.quarter.watch import Reading
from core.outbox.kinds import DeliveryKind as Kind

AHEAD = timedelta(hours=72)
ON_TIME = timedelta(minutes=20)  # what Slack's pace may hold up
# What somebody has agreed to, or waits for since they pressed: at that time, whatever the hour.
AGREED = {Kind.AGREED, Kind.CALENDAR, Kind.REMINDER, Kind.EXPIRED}
# Not counted besides: what follows from a press, and requests, of which each sets how many.
ANSWERS = {Kind.GREETING, Kind.HAND_WISH, Kind.HAND_OVER, Kind.CHECKIN_FILE, Kind.CHECKIN_REPLY}
REQUESTS = {Kind.ASKED, Kind.HAND}
# Nor what somebody answers for as a host or an asker, has asked for, or a colleague writes to them.
OFFICE = {Kind.RECEIPT, Kind.MISSED, Kind.UNSAID, Kind.CHECKIN_NOTE, Kind.TOOK_ON}
OFFICE |= {Kind.CHECKIN_REMINDER}  # to its asker, that it opens tomorrow; the channel's is a post
WANTED = {Kind.SEARCHED, Kind.CARRIED, Kind.SAID, Kind.ENDED}
# Where many read it, and nobody pressed for it: in the hours of its channel.
POSTS = {Kind.NOTICE, Kind.STATUS, Kind.CHECKIN_REMINDER, Kind.CHECKIN_RESULTS}
Turn = tuple[str, int | None]  # a person's part in a round: their id, and the round's


@dataclass
class Figures:
    """What was found; the lists are of what should not be, in words."""

    alone: int = 0  # messages to one person
    outside: list[str] = field(default_factory=list)
    posts: int = 0  # messages to a channel, by themselves
    posted_at_night: list[str] = field(default_factory=list)  # of these, in the channel's night
    groups: int = 0  # introductions of rounds
    at_night: list[str] = field(default_factory=list)
    no_moment: list[str] = field(default_factory=list)  # night for somebody, and no help for it
    not_best: list[str] = field(default_factory=list)  # and not at the moment that disturbs least
    turns: dict[Turn, Counter[Kind]] = field(default_factory=dict)
    organisers: set[Turn] = field(default_factory=set)
    host: str = ""
    silent: set[str] = field(default_factory=set)
    busy: list[str] = field(default_factory=list)  # days with more than one unasked message
    both_go: list[str] = field(default_factory=list)  # second introductions without a free day
    busiest: int = 0
    overdue: Counter[str] = field(default_factory=Counter)  # live buttons, by kind of message

    def sizes(self, turns: Iterable[Turn]) -> list[int]:
        """How many counted messages each of these parts in a round has brought."""
        return [self.turns[turn].total() for turn in turns]

    def by_role(self) -> dict[str, list[int]]:
        """The same, for participants, for organisers of their group, for the host."""
        host = {turn for turn in self.turns if turn[0] == self.host}
        organising = self.organisers & self.turns.keys() - host
        rest = self.turns.keys() - organising - host
        quiet = {turn for turn in self.turns if turn[0] in self.silent}
        return {
            "participant": self.sizes(rest),
            "organiser": self.sizes(organising),
            "host": self.sizes(host),
            "silent": self.sizes(quiet),
        }


def is_unasked(reading: Reading) -> bool:
    """Whether it counts (P18): nobody pressed for it, and it is no channel's."""
    out = reading.out
    if out is None or reading.where == "channel" or out.asked_by == reading.user:
        return False
    return out.kind not in AGREED | ANSWERS | REQUESTS | OFFICE | WANTED


class Counting:
    """Counts one quarter that was played."""

    def __init__(self, quarter: Quarter) -> None:
        self._quarter, self._watch, self._people = quarter, quarter.watch, quarter.people
        self._readings = list(quarter.watch.readings())
        self._found = Figures(host=quarter.host)

    def figures(self) -> Figures:
        """Everything."""
        people = self._people.items()
        self._found.silent = {user for user, who in people if who.habit is Habit.SILENT}
        self._hours()
        self._channels()
        self._nights()
        self._rounds()
        self._days()
        for kind, _ in self._watch.overdue.values():
            self._found.overdue[kind.value if kind else "answer"] += 1
        return self._found

    # -- hours ------------------------------------------------------------------

    def _hours(self) -> None:
        for one in self._readings:
            out = one.out
            if one.where != "im" or out is None or out.kind in AGREED or out.asked_by == one.user:
                continue
            self._found.alone += 1
            who = self._people[one.user]
            if not who.works(one.at):
                self._found.outside.append(f"{out.kind} to {said(who, one.at)}")

    def _channels(self) -> None:
        here = self._people[self._quarter.host]  # the channels' zone is the host's
        for one in self._readings:
            own = one.user == self._quarter.host and one.where == "channel"  # each post once
            if not own or one.out is None or one.out.kind not in POSTS or one.out.asked_by:
                continue
            self._found.posts += 1
            if not here.is_awake(one.at):
                local = f"{one.at.astimezone(here.zone):%a %d %b %H:%M}"
                self._found.posted_at_night.append(f"{one.out.kind} on {local}")

    def _nights(self) -> None:
        for number, at in self._introduced().items():
            meeting = self._watch.meetings[number]
            group = [self._people[user] for user in self._watch.members[number]]
            until = meeting.created_at + min(AHEAD, (meeting.ends_at - meeting.created_at) / 2)
            least, now = fewest(group, meeting.created_at, until), disturbs(group, at)
            self._found.groups += 1
            line = f"introduction of {', '.join(said(who, at) for who in group)}"
            if least:
                self._found.no_moment.append(line)
            elif now:
                self._found.at_night.append(line)
            if now > least:
                self._found.not_best.append(line)

    def _introduced(self) -> dict[int, datetime]:
        """When the introduction of each meeting of a round was first read."""
        found: dict[int, datetime] = {}
        for one in self._readings:
            number = one.out.meeting if one.out and _introduces(one) else None
            if number and self._watch.meetings[number].round_id is not None:
                found.setdefault(number, one.at)
        return found

    # -- rounds -----------------------------------------------------------------

    def _rounds(self) -> None:
        rounds = self._watch.rounds.items()
        over: set[int | None] = {number for number, row in rounds if row.ends_at < self._watch.now}
        for number, meeting in self._watch.meetings.items():
            if meeting.round_id in over:
                for user in self._watch.members.get(number, ()):
                    self._found.turns.setdefault((user, meeting.round_id), Counter())
                self._found.organisers.add((meeting.organiser, meeting.round_id))
        for one in filter(is_unasked, self._readings):
            which = self._round_of(one)
            if which in over and one.out:
                self._found.turns.setdefault((one.user, which), Counter())[one.out.kind] += 1

    def _round_of(self, one: Reading) -> int | None:
        """The round that a message belongs to: its own; the next one; the one under way."""
        out, rounds = one.out, self._watch.rounds.values()
        if out is None:
            return None
        if out.meeting and out.meeting in self._watch.meetings:
            return self._watch.meetings[out.meeting].round_id
        if out.round:
            return out.round
        channel = out.about or self._quarter.coffee.id
        ours = sorted((r for r in rounds if r.channel_id == channel), key=lambda r: r.due_at)
        if not ours:
            ours = sorted(rounds, key=lambda row: row.due_at)
        if out.kind is Kind.NOTICE:
            return next((row.id for row in ours if row.due_at > one.at), None)
        return next((row.id for row in reversed(ours) if row.due_at <= one.at), None)

    # -- days -------------------------------------------------------------------

    def _days(self) -> None:
        days: dict[tuple[str, date], list[Reading]] = defaultdict(list)
        for one in filter(is_unasked, self._readings):
            days[one.user, self._people[one.user].day(one.at)].append(one)
        introduced = {key: [*filter(_introduces, day)] for key, day in days.items()}
        for (user, day), read in days.items():
            self._found.busiest = max(self._found.busiest, len(read))
            if len(read) < 2:
                continue
            kinds = " and ".join(str(one.out and one.out.kind) for one in read)
            line = f"{self._people[user].name}, {day:%a %d %b}: {kinds}"
            if all(map(_introduces, read)) and not self._had_a_free_day(read[1:], introduced):
                self._found.both_go.append(line)
            else:
                self._found.busy.append(line)

    def _had_a_free_day(
        self, later: Sequence[Reading], introduced: dict[tuple[str, date], list[Reading]]
    ) -> bool:
        """Whether one of these introductions could have come on a day of its own, for all."""
        for one in later:
            number = one.out.meeting if one.out else None
            if number is None:
                continue
            meeting, users = self._watch.meetings[number], self._watch.members[number]
            until = meeting.created_at + min(AHEAD, (meeting.ends_at - meeting.created_at) / 2)
            for moment in moments(meeting.created_at, until):
                if disturbs([self._people[user] for user in users], moment):
                    continue
                others = [
                    other
                    for user in users
                    for other in introduced.get((user, self._people[user].day(moment)), ())
                    if other.out and other.out.meeting != number
                ]
                if not others:
                    return True
        return False


def said(who: Colleague, at: datetime) -> str:
    """Somebody, and what time it is for them."""
    return f"{who.name} ({who.city}, {at.astimezone(who.zone):%a %d %b %H:%M})"


def _introduces(one: Reading) -> bool:
    return one.out is not None and one.out.kind is Kind.INTRODUCTION
