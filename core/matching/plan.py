"""plan_round: from the people who are here to groups, organisers and reasons."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from core.matching.columns import column, in_order, numbers_of, take
from core.matching.crowd.introductions import Introductions
from core.matching.crowd.plan import plan_crowd
from core.matching.groups.plan import plan_groups
from core.matching.introductions import Introducer
from core.matching.pairs.plan import plan_pairs
from core.matching.past.ledger import Ledger
from core.matching.rescue import rescue
from core.matching.setting import VAST, WORK, WORK_EACH, Groups, Limit, Setting, foes_of
from core.matching.sizes import SMALLEST, check, split
from core.matching.soft import soft_cost
from core.matching.values import Candidate, Group, History, LeftOut, Odd, Plan, Reason, Rules

EXACT = 256  # people up to whom every pair is looked at


def plan_round(people: Sequence[Candidate], history: History, rules: Rules, seed: int) -> Plan:
    """Put people into groups: never a blocked pair, then fewest repeats, then wishes, then chance.

    The same people, history, rules and seed give the same plan everywhere; the order of `people`
    does not matter. Somebody listed twice counts once, as first listed. Raises MatchingError for
    rules that cannot be followed.
    """
    check(rules)
    return arrange(setting_of(people, history, rules, seed), seed)


def setting_of(people: Sequence[Candidate], history: History, rules: Rules, seed: int) -> Setting:
    """What is known before anybody is seated."""
    rnd = Random(seed)
    people = _drawn(in_order(people), rnd)
    n = len(people)
    cycle = max(n - 1, 1) / (rules.size - 1)
    numbers = numbers_of(people, history)
    named = set().union(*rules.blocks)
    place = {name: v for v, name in enumerate(column(people, "id")) if name in named}
    return Setting(
        people=people if n > EXACT else list(people),  # few are looked at again and again
        numbers=numbers,
        history=history,
        rules=rules,
        ledger=Ledger(numbers, history, rules.window * cycle, None if n <= EXACT else ()),
        soft=soft_cost(people, rules.prefer),
        foes=foes_of(place, rules.blocks),
        rnd=rnd,
        limit=Limit(steps=WORK + WORK_EACH * n),
    )


def _drawn(people: Sequence[Candidate], rnd: Random) -> Sequence[Candidate]:
    """People in random order; in a vast crowd they keep theirs, and chance comes with the seats."""
    if len(people) > VAST:
        return people
    places = list(range(len(people)))
    rnd.shuffle(places)
    return take(people, places)


def arrange(setting: Setting, seed: int) -> Plan:
    """Seat everybody, and say who is left out and why."""
    groups, left_out = _groups(setting)
    return Plan(
        groups=groups,
        left_out=tuple(sorted(left_out, key=lambda one: one.person)),
        kept=setting.still_kept,
        capped=setting.limit.hit,
        seed=seed,
    )


def _groups(setting: Setting) -> tuple[Sequence[Group], list[LeftOut]]:
    people = setting.people
    n = len(people)
    if n < SMALLEST:
        return (), [LeftOut(person.id, Reason.ALONE) for person in people]
    sizes, out = split(n, setting.rules)
    groups: Sequence[Group]
    if n > EXACT:
        seating, resting, lonely = plan_crowd(setting, sizes, out)
        groups = Introductions(Introducer.of(setting), seating)
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
