"""plan_round: from the people who are here to groups, organisers and reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from random import Random

from core.matching.crowd import look_up, plan_crowd
from core.matching.explanation import PairWhy
from core.matching.groups import plan_groups
from core.matching.ledger import Ledger, Tie
from core.matching.pairs import plan_pairs
from core.matching.rescue import rescue
from core.matching.setting import STEPS, STEPS_EACH, Limit, Setting, foes_of
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
    check(rules, list(people))
    once = {person.id: person for person in reversed(people)}
    order = [once[name] for name in sorted(once)]
    rnd = Random(seed)
    rnd.shuffle(order)
    present, resting = _paced(order, history)
    setting = _setting(present, history, rules, rnd, timer)
    groups, left = _arrange(setting, history)
    left_out = [LeftOut(person.id, Reason.PACE) for person in resting] + left
    return Plan(
        groups=tuple(_group(setting, group) for group in groups),
        left_out=tuple(sorted(left_out, key=lambda one: one.person)),
        kept=setting.still_kept,
        capped=setting.limit.hit,
        seed=seed,
    )


def _paced(order: list[Candidate], history: History) -> tuple[list[Candidate], list[Candidate]]:
    """Those due now, and those who asked for fewer rounds and were in a recent one."""
    slow = {person.id: person.pace for person in order if person.pace > 1}
    if not slow:
        return order, []
    own = [past for past in history.rounds if past.own][-max(slow.values()) + 1 :]
    resting = set()
    for ago, past in enumerate(reversed(own), start=1):
        seen = set(past.members)
        for name, pace in slow.items():
            if ago < pace and history.numbers.get(name) in seen:
                resting.add(name)
    due = [person for person in order if person.id not in resting]
    return due, [person for person in order if person.id in resting]


def _setting(
    present: list[Candidate],
    history: History,
    rules: Rules,
    rnd: Random,
    timer: Callable[[], float] | None,
) -> Setting:
    n = len(present)
    cycle = max(n - 1, 1) / (rules.size - 1)
    known = [person.id for person in present] if n <= EXACT else []
    ledger = Ledger(known, history, rules.window * cycle)
    if n > EXACT:
        ledger.ties = [{}] * n
    limit = Limit(steps=STEPS + STEPS_EACH * n)
    if timer is not None and rules.time_cap is not None:
        limit = replace(limit, timer=timer, until=timer() + rules.time_cap)
    place = {person.id: v for v, person in enumerate(present)} if rules.blocks else {}
    return Setting(
        people=present,
        rules=rules,
        ledger=ledger,
        soft=soft_cost(present, rules.prefer),
        foes=foes_of(place, rules.blocks),
        rnd=rnd,
        limit=limit,
        kept=history.kept,
    )


def _arrange(setting: Setting, history: History) -> tuple[Groups, list[LeftOut]]:
    people = setting.people
    n = len(people)
    if n < SMALLEST:
        return [], [LeftOut(person.id, Reason.ALONE) for person in people]
    sizes, out = split(n, setting.rules)
    if n > EXACT:
        groups = plan_crowd(setting, sizes, history)
    elif setting.rules.size == SMALLEST and n > SMALLEST + 1:
        groups = plan_pairs(setting)
    else:
        groups = plan_groups(setting, sizes)
    seated = {v for group in groups for v in group}
    left = [v for v in range(n) if v not in seated]
    resting = left if out and len(left) == out else []
    before = {tuple(group) for group in groups} if setting.foes and n > EXACT else set()
    groups, lonely = rescue(setting, groups, [v for v in left if v not in resting])
    if before:
        look_up(setting, [group for group in groups if tuple(group) not in before], history)
    reasons = [LeftOut(people[v].id, Reason.SITS_OUT) for v in resting]
    return groups, reasons + [LeftOut(people[v].id, Reason.NO_PARTNER) for v in lonely]


def _group(setting: Setting, group: list[int]) -> Group:
    people = setting.people
    seats = sorted([(people[v].id, v) for v in group])
    order = [v for _, v in seats]
    organiser = min([(people[v].organised, v) for v in group])[1]
    return Group(
        people=tuple([name for name, _ in seats]),
        organiser=people[organiser].id,
        odd=len(group) != setting.rules.size,
        why=tuple([_why(setting, a, b) for a, b in combinations(order, 2)]),
    )


def _why(setting: Setting, a: int, b: int) -> PairWhy:
    tie = setting.ledger.ties[a].get(b)
    name_a, name_b = setting.people[a].id, setting.people[b].id
    if tie is None:
        return PairWhy(name_a, name_b)
    return PairWhy(
        name_a,
        name_b,
        times=tie.times,
        met=tie.met,
        rounds_ago=setting.ledger.rounds_ago(tie),
        longest_for_a=_longest(setting, a, tie),
        longest_for_b=_longest(setting, b, tie),
        all_met_by_a=_all_met(setting, a),
        all_met_by_b=_all_met(setting, b),
    )


def _all_met(setting: Setting, v: int) -> bool:
    return len(setting.ledger.ties[v]) == len(setting.people) - 1


def _longest(setting: Setting, v: int, tie: Tie) -> bool:
    """Blocked or not, everybody present counts here: see explanation.py."""
    ties = setting.ledger.ties[v]
    return _all_met(setting, v) and all(other.last >= tie.last for other in ties.values())


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
