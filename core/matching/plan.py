"""plan_round: from the people who are here to groups, organisers and reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import compress, count
from random import Random

from core.matching.columns import column, in_order, numbers_of, take
from core.matching.crowd import plan_crowd
from core.matching.groups import plan_groups
from core.matching.introductions import Introducer, Introductions
from core.matching.ledger import Ledger
from core.matching.pairs import plan_pairs
from core.matching.rescue import rescue
from core.matching.setting import STEPS, STEPS_EACH, VAST, Limit, Setting, foes_of
from core.matching.sizes import SMALLEST, check, split
from core.matching.soft import soft_cost
from core.matching.tables import Groups
from core.matching.values import (
    Candidate,
    Group,
    History,
    LeftOut,
    Odd,
    Plan,
    Reason,
    Rules,
)

EXACT = 256  # up to here every pair is looked at


def plan_round(
    people: Sequence[Candidate],
    history: History,
    rules: Rules,
    seed: int,
    timer: Callable[[], float] | None = None,
) -> Plan:
    """Put people into groups: never a blocked pair, then fewest repeats, then wishes, then chance.

    The same people, history, rules and seed give the same plan everywhere; the order of `people`
    does not matter. Somebody listed twice counts once, as first listed. `timer` returns seconds
    of any clock; with it, and a `time_cap` in the rules, the search stops there with the best
    found. Raises MatchingError for rules that cannot be followed.
    """
    check(rules, people)
    rnd = Random(seed)
    order = _drawn(in_order(people), rnd)
    resting = _resting(order, history)
    present = order
    if resting:
        present = take(order, [v for v in range(len(order)) if v not in resting])
    setting = _setting(present, history, rules, rnd, timer)
    groups, left = _arrange(setting, history)
    left_out = [LeftOut(order[v].id, Reason.PACE) for v in resting] + left
    return Plan(
        groups=groups,
        left_out=tuple(sorted(left_out, key=lambda one: one.person)),
        kept=setting.still_kept,
        capped=setting.limit.hit,
        seed=seed,
    )


def _drawn(people: Sequence[Candidate], rnd: Random) -> Sequence[Candidate]:
    """People in random order; in a vast crowd they keep theirs, and chance comes with the seats."""
    if len(people) > VAST:
        return people
    places = list(range(len(people)))
    rnd.shuffle(places)
    return take(people, places)


def _resting(people: Sequence[Candidate], history: History) -> set[int]:
    """The places of those who asked for fewer rounds and were in a recent one."""
    unhurried = compress(count(), map((1).__lt__, column(people, "pace")))
    slow = {v: people[v].pace for v in unhurried}
    if not slow:
        return set()
    numbers = numbers_of(people, history)
    own = [past for past in history.rounds if past.own][-max(slow.values()) + 1 :]
    resting = set()
    for ago, past in enumerate(reversed(own), start=1):
        seen = {numbers[v] for v in slow}.intersection(past.members)
        resting |= {v for v, pace in slow.items() if ago < pace and numbers[v] in seen}
    return resting


def _setting(
    present: Sequence[Candidate],
    history: History,
    rules: Rules,
    rnd: Random,
    timer: Callable[[], float] | None,
) -> Setting:
    n = len(present)
    cycle = max(n - 1, 1) / (rules.size - 1)
    numbers = numbers_of(present, history)
    ledger = Ledger(numbers, history, rules.window * cycle, None if n <= EXACT else ())
    limit = Limit(steps=STEPS + STEPS_EACH * n)
    if timer is not None and rules.time_cap is not None:
        limit = replace(limit, timer=timer, until=timer() + rules.time_cap)
    named = set().union(*rules.blocks)
    found = compress(
        enumerate(column(present, "id")), map(named.__contains__, column(present, "id"))
    )
    place = {name: v for v, name in found}
    return Setting(
        people=present if n > EXACT else list(present),  # few are looked at again and again
        numbers=numbers,
        rules=rules,
        ledger=ledger,
        soft=soft_cost(present, rules.prefer),
        foes=foes_of(place, rules.blocks),
        rnd=rnd,
        limit=limit,
        kept=history.kept,
    )


def _arrange(setting: Setting, history: History) -> tuple[Sequence[Group], list[LeftOut]]:
    people = setting.people
    n = len(people)
    if n < SMALLEST:
        return (), [LeftOut(person.id, Reason.ALONE) for person in people]
    sizes, out = split(n, setting.rules)
    if n > EXACT:
        seating, resting, lonely = plan_crowd(setting, sizes, out, history)
        groups: Sequence[Group] = Introductions(Introducer.of(setting), seating)
    else:
        found, resting, lonely = _few(setting, sizes, out)
        groups = tuple(map(Introducer.of(setting).group, found))
    reasons = [LeftOut(people[v].id, Reason.SITS_OUT) for v in resting]
    return groups, reasons + [LeftOut(people[v].id, Reason.NO_PARTNER) for v in lonely]


def _few(setting: Setting, sizes: Sequence[int], out: int) -> tuple[Groups, list[int], list[int]]:
    """Groups for a channel of usual size, who sits out, and whom no group could take."""
    if setting.rules.size == SMALLEST and len(setting.people) > SMALLEST + 1:
        groups = plan_pairs(setting)
    else:
        groups = plan_groups(setting, sizes)
    seated = {v for group in groups for v in group}
    left = [v for v in range(len(setting.people)) if v not in seated]
    resting = left if out and len(left) == out else []
    groups, lonely = rescue(setting, groups, [v for v in left if v not in resting])
    return groups, resting, lonely


def credit_changes(plan: Plan, odd: Odd = Odd.LARGER) -> dict[str, float]:
    """What to add to each person's `credit` once the plan is held.

    Being in the odd group (or sitting out) counts one; everybody loses the fair share of that.
    """
    seated = [(name, group.odd) for group in plan.groups for name in group.people]
    sat = [one.person for one in plan.left_out if one.reason is Reason.SITS_OUT]
    turns = [(name, True) for name in sat] if odd is Odd.SIT_OUT else []
    turns += [(name, was_odd and odd is not Odd.SIT_OUT) for name, was_odd in seated]
    share = sum(turn for _, turn in turns) / max(1, len(turns))
    return {name: turn - share for name, turn in turns}
