"""Plans that stay alike for ever: `python -m tests.core.matching.goldens.stories` notes them anew.

Who changes the matcher without meaning to change its plans must not touch goldens.txt. Whoever
means to says in the commit which plans changed, and why that is better.
"""

import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product
from pathlib import Path
from random import Random
from zlib import crc32

from core.matching import (
    Candidate,
    Crowd,
    History,
    KeptPlan,
    Odd,
    PastRound,
    Plan,
    Preferences,
    Rules,
    credit_changes,
)
from core.matching.plan import arrange, setting_of
from tests.core.matching.town import names, past_round

Told = tuple[Plan, bytes]
FILE = Path(__file__).with_name("goldens.txt")
WISHES = {
    "no wish": Preferences(),
    "across teams": Preferences(cross_team=1),
    "within teams": Preferences(within_team=2),
    "all wishes": Preferences(cross_team=3, hours=1, mode=2, few_shared_channels=1),
}


def somebody(name: str, **more: float) -> Candidate:
    """The same person whenever they come."""
    rnd = Random(name)
    return Candidate(
        name,
        team=rnd.choice([None, "a", "b", "c"]),
        hours=rnd.choice([0, 0xFF, 0xFF00, 0xFFF]),
        mode=rnd.choice([None, "in_person", "virtual"]),
        site=rnd.choice([None, "x", "y"]),
        size=rnd.choice([None, None, 2, 3, 4]),
        channels=frozenset(rnd.sample("cdefgh", rnd.randrange(5))),
        **more,
    )


def told(people: Sequence[Candidate], history: History, rules: Rules, seed: int) -> Told:
    """A plan, and all that it says as bytes, with the work that was left: it counts, too."""
    setting = setting_of(people, history, rules, seed)
    plan = arrange(setting, seed)
    groups = [[group.people, group.organiser, group.odd, group.why] for group in plan.groups]
    left = [[one.person, one.reason] for one in plan.left_out]
    kept = plan.kept and plan.kept.to_json()
    everything = [groups, left, kept, plan.capped, plan.seed, setting.limit.steps]
    return plan, json.dumps(everything).encode()


def channel(
    people: int, rounds: int, rules: Rules, changing: bool = False, outcomes: str = "\0"
) -> int:
    """A checksum of some rounds of one channel. `changing`: people come and go."""
    rnd, check = Random(people), 0
    number = {name: i for i, name in enumerate(names(people + rounds))}
    credit, organised = Counter(), Counter()
    past: list[PastRound] = []
    kept: KeptPlan | None = None
    for k in range(rounds):
        here = names(people + k * changing)[k // 2 * changing :]
        here = [name for name in here if not (changing and rnd.random() < 0.1)]
        who = [somebody(name, credit=credit[name], organised=organised[name]) for name in here]
        plan, said = told(who, History(number, past, kept), rules, 10 * people + k)
        check = crc32(said, check)
        kept = plan.kept and KeptPlan.from_json(plan.kept.to_json())
        credit.update(credit_changes(plan, rules.odd))
        organised.update(group.organiser for group in plan.groups)
        members = array("i", [number[name] for group in plan.groups for name in group.people])
        turned_out = bytes(ord(rnd.choice(outcomes)) for _ in plan.groups)
        sizes = bytes(len(group.people) for group in plan.groups)
        past.append(PastRound(members, sizes, turned_out, own=k % 4 != 2))
    return check


def imported(people: int, seeds: int, rules: Rules) -> int:
    """A checksum of a round each after pasts that Kettle would not have planned."""
    check, number = 0, {name: i for i, name in enumerate(names(people))}
    who = [somebody(name) for name in number]
    for seed in range(seeds):
        rnd = Random(seed)
        past = []
        for _ in range(rnd.randrange(people)):
            order = rnd.sample(range(people), people)
            past.append(past_round([order[k : k + 2] for k in range(0, people - 1, 2)]))
        check = crc32(told(who, History(number, past), rules, seed)[1], check)
    return check


def crowd(people: int, rounds: int, rules: Rules, spread: int, size: int = 2) -> int:
    """A checksum of one round of many, who met at random in groups of up to `spread` more."""
    rnd = Random(people)
    past = []
    for k in range(rounds):
        sizes = bytes(size + rnd.randrange(spread + 1) for _ in range(people // (size + spread)))
        members = array("i", rnd.sample(range(people), sum(sizes)))
        past.append(PastRound(members, sizes, bytes(k % 3 for _ in sizes)))
    who = [somebody(f"U{i:06d}", credit=i % 4 / 2, organised=i % 3) for i in range(people)]
    everybody = Crowd(
        [one.id for one in who],
        array("i", [i if i % 9 else -1 for i in range(people)]),
        team=[one.team for one in who],
        size=[one.size for one in who],
        credit=array("d", [one.credit for one in who]),
        organised=array("i", [one.organised for one in who]),
    )
    return crc32(told(everybody, History({}, past), rules, people)[1])


def blocks(count: int, of: int, name: Callable[[int], str]) -> frozenset[tuple[str, str]]:
    """So many pairs who must not meet, drawn from all pairs."""
    rnd = Random(of)
    return frozenset(tuple(map(name, rnd.sample(range(of), 2))) for _ in range(count))


Stories = Iterator[tuple[str, Callable[[], int]]]


def stories() -> Stories:
    """What is played, each with its name."""
    yield from pairs()
    yield from groups()
    yield from crowds()


def pairs() -> Stories:
    for people, odd in product(range(2, 13), Odd):
        rules = Rules(2, odd, blocks(people // 3, people, lambda i: f"P{i:03d}"))
        yield f"pairs {people} {odd}", partial(channel, people, 5, rules, True, "\0\1\1\2")
    for people, wish in product((8, 9, 10, 14), WISHES):
        rules = Rules(prefer=WISHES[wish])
        yield f"pairs {people} {wish}", partial(channel, people, people // 2, rules)
        yield f"pairs {people} {wish} changing", partial(channel, people, 4, rules, True)
    yield "pairs 16", partial(channel, 16, 5, Rules())
    across = Rules(prefer=WISHES["across teams"])
    yield "pairs 40 across teams", partial(channel, 40, 2, across)
    yield "pairs 65 across teams", partial(channel, 65, 1, across)
    for people in (43, 63):
        yield f"pairs {people} changing", partial(channel, people, 3, Rules(), True)
    for people, rules in product((6, 9, 10), (Rules(), across)):
        wish = "across teams" if rules is across else "no wish"
        yield f"pairs {people} imported, {wish}", partial(imported, people, 25, rules)


def groups() -> Stories:
    yield "groups 31 of 3", partial(channel, 31, 2, Rules(3), True)
    for people, size in ((3, 4), (7, 3), (9, 3), (10, 4), (11, 3), (13, 5), (16, 4), (14, 6)):
        for odd, wish in zip(Odd, list(WISHES)[1:], strict=True):
            rules = Rules(size, odd, blocks(3, people, lambda i: f"P{i:03d}"), WISHES[wish])
            yield f"groups {people} of {size} {odd}", partial(channel, people, 2, rules, True)
    for people, size in ((9, 3), (15, 3), (16, 4), (25, 5), (36, 6)):
        rules = Rules(size, blocks=blocks(people // 9, people, lambda i: f"P{i:03d}"))
        yield f"schedule {people} of {size}", partial(channel, people, 3, rules, False, "\1\2")


def crowds() -> Stories:
    many = ((260, 2, 3, 2), (261, 3, 30, 1), (301, 2, 90, 0), (402, 2, 2, 3), (1_030, 4, 9, 1))
    for people, size, rounds, spread in many:
        some = blocks(people // 5, people, lambda i: f"U{i:06d}")
        for odd, wish in zip(Odd, list(WISHES)[:3], strict=True):
            rules = Rules(size, odd, some, WISHES[wish])
            yield f"crowd {people} of {size} {wish}", partial(crowd, people, rounds, rules, spread)
    yield "crowd 257 of 2", partial(crowd, 257, 1, Rules(), 0)
    yield "crowd 260 of 2 that has met", partial(crowd, 260, 420, Rules(), 0)
    yield "crowd 1025 of 2 that has met", partial(crowd, 1_025, 2, Rules(), 0, 240)
    picky = Rules(3, blocks=frozenset(("U000000", f"U{i:06d}") for i in range(1, 200)))
    yield "crowd 300 of 3 with somebody picky", partial(crowd, 300, 3, picky, 0)
    for people, size, wish in ((4_001, 2, "across teams"), (6_004, 3, "no wish")):
        some = blocks(people // 9, people, lambda i: f"U{i:06d}")
        rules = Rules(size, blocks=some, prefer=WISHES[wish])
        yield f"vast {people} of {size} {wish}", partial(crowd, people, 4, rules, 1)


def main() -> None:
    """Write down the checksums of today's plans."""
    FILE.write_text("".join(f"{name}: {play():08x}\n" for name, play in stories()))


if __name__ == "__main__":
    main()
