"""One function per target: measures, and says what was measured and whether it was reached."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from statistics import mean, median

from bench.matching import chance, wishes
from bench.matching.hindsight import fewest_repeats
from bench.matching.reference import exact
from bench.matching.town import Town, churn, comings_and_goings, taken_over
from core.matching import Odd, Preferences, Rules
from core.matching.groups.starters import STARTERS


@dataclass
class Row:
    what: str
    target: str
    measured: str
    reached: bool


CYCLES = {6: 300, 8: 300, 10: 300, 12: 100, 14: 60, 16: 60, 18: 60, 20: 40, 24: 20}
CYCLES |= {30: 12, 40: 4, 60: 2, 80: 1, 100: 1}


def full_cycles() -> Iterator[Row]:
    for people, seeds in CYCLES.items():
        towns = [Town(people, seed=s).hold_many(2 * people - 2) for s in range(seeds)]
        traps = sum(town.first_repeat != people for town in towns)
        uneven = sum(set(town.met.values()) != {2} for town in towns)
        slow = max(town.slowest for town in towns) * 1000
        yield Row(
            f"1 two cycles, n={people}, {seeds} seeds",
            "0 traps, all pairs exactly 2",
            f"{traps} traps, {uneven} uneven, slowest round {slow:.0f} ms",
            traps == uneven == 0,
        )


def two_teams() -> Iterator[Row]:
    across = Rules(prefer=Preferences(cross_team=1))
    for people, seeds in {10: 40, 14: 40, 22: 10, 30: 5, 50: 2, 70: 1, 98: 1}.items():
        half = people // 2
        traps, shares, slow = 0, [], 0.0
        for seed in range(seeds):
            town = Town(people, across, seed, lambda i, half=half: {"team": str(i < half)})
            early = [town.hold() for _ in range(half)]
            town.hold_many(half)
            traps += town.first_repeat not in (None, people)
            shares.append(mean((a < half) != (b < half) for one in early for a, b in one))
            slow = max(slow, town.slowest * 1000)
        least = 0.9 if people >= 22 else 0.8
        yield Row(
            f"2 two odd teams, cross-team wish, n={people}, {seeds} seeds",
            f"0 traps, early share >= {least}",
            f"{traps} traps, share {mean(shares):.3f}, slowest {slow:.0f} ms",
            traps == 0 and mean(shares) >= least,
        )


def recency() -> Iterator[Row]:
    for people, seeds in {6: 20, 10: 10, 20: 3, 30: 2}.items():
        towns = [Town(people, seed=s).hold_many(3 * people - 3) for s in range(seeds)]
        gap = min(town.shortest_gap for town in towns)
        yield Row(
            f"3 rounds until a pair meets again, n={people}, 3 cycles",
            f">= {people // 2}",
            str(gap),
            gap >= people // 2,
        )


def odd_counts() -> Iterator[Row]:
    for people, seeds in {9: 6, 11: 6, 15: 4, 21: 3, 31: 2, 51: 1}.items():
        bound = people * (people - 1) // (people + 3) + 1
        towns = [Town(people, seed=s).hold_many(100) for s in range(seeds)]
        first = min(town.first_repeat or 999 for town in towns)
        turns = max(max(t.odd.values()) - min(t.odd.values()) for t in towns)
        spread = max(town.spread for town in towns)
        yield Row(
            f"4 trios, n={people}, 100 rounds",
            f"repeat >= {bound - 3}, turns <= 2, pairs <= 1",
            f"repeat {first}, turns {turns}, pairs {spread}",
            first >= bound - 3 and turns <= 2 and spread <= 1,
        )
    for people in (7, 15, 31, 51):
        town = Town(people, Rules(odd=Odd.SIT_OUT)).hold_many(2 * people)
        turns = max(town.sat_out.values()) - min(town.sat_out.values())
        yield Row(
            f"4 sitting out, n={people}",
            f"repeat {people + 1}, turns <= 1",
            f"repeat {town.first_repeat}, turns {turns}",
            town.first_repeat == people + 1 and turns <= 1,
        )


def churning() -> Iterator[Row]:
    for people, seeds in {10: 60, 12: 60, 20: 120, 30: 12, 50: 2}.items():
        extra, meets, worse, firsts = 0, 0, 0, []
        for seed in range(seeds):
            town = Town(people, seed=seed)

            def step(here: list[int], town: Town = town) -> None:
                nonlocal extra, meets, worse
                if len(here) % 2:
                    town.hold(here)
                    return
                before = town.met.copy()
                best = [before[min(pair), max(pair)] for pair in exact(here, town)]
                ours = [before[tuple(sorted(pair))] for pair in town.hold(here)]
                extra += sum(k > 0 for k in ours) - sum(k > 0 for k in best)
                meets += len(ours)
                worse += max(ours) > max(best)

            churn(town, 2 * people - 2, Random(seed), step)
            firsts.append(town.first_repeat or 2 * people)
        excess = 100 * extra / meets
        yield Row(
            f"5 churn, n={people}, {seeds} seeds, against the exact optimum of even rounds",
            f"excess <= 0.1 %, worst never worse, first >= {people - 2}",
            f"excess {excess:.2f} %, worse {worse}, median first {median(firsts):g}",
            excess <= 0.1 and worse == 0 and median(firsts) >= people - 2,
        )


def against_hindsight() -> Iterator[Row]:
    towns = (("places taken over", taken_over, 1.1), ("churn", comings_and_goings, None))
    for what, history, most in towns:
        for people, seeds in {12: 24, 20: 12, 30: 24}.items():
            ours, least = 0, 0.0
            for seed in range(seeds):
                rounds = history(people, seed)
                town = Town(people, seed=seed)
                for here in rounds:
                    town.hold(here)
                ours += town.repeats
                least += fewest_repeats(rounds)
            yield Row(
                f"5 {what}, n={people}, {seeds} seeds: all repeats against a bound of hindsight",
                "at most 10 % more" if most else "(no target)",
                f"{ours / seeds:.1f} against {least / seeds:.1f}, {100 * (ours / least - 1):.1f} %",
                most is None or ours <= most * least,
            )


def turns_in_churn() -> Iterator[Row]:
    for people, seeds in {15: 4, 25: 2}.items():
        credit: list[float] = []
        for seed in range(seeds):
            town = Town(people, seed=seed)
            churn(town, 100, Random(seed), town.hold)
            credit += town.credit.values()
        yield Row(
            f"5 churn, n={people}, {seeds} seeds, 100 rounds: trios minus the fair share",
            "within 2",
            f"{min(credit):+.2f} to {max(credit):+.2f}",
            max(map(abs, credit)) <= 2,
        )


def soft_gain() -> Iterator[Row]:
    for people, kind, least in (
        (50, "one", 98.5),
        (100, "one", 98.5),
        (200, "one", 98.5),
        (1000, "one", 97),
        (1000, "many", 97),
        (2000, "one", 97),
        (2000, "many", 97),
    ):
        got = wishes.gain(people, kind, 1)
        yield Row(
            f"7 soft gain, n={people}, teams: {kind}",
            f">= {least} %, 0 repeats",
            f"{100 * got.captured:.2f} %, {got.repeats} repeats, {got.seconds:.2f} s",
            100 * got.captured >= least and got.repeats == 0,
        )


def groups_stable() -> Iterator[Row]:
    for people, size in sorted(STARTERS, key=lambda key: key[::-1]):
        bound = (people - 1) // (size - 1)
        town = Town(people, Rules(size=size)).hold_many(bound + 1)
        clean = (town.first_repeat or bound + 2) - 1
        least = WHOLE_SCHEDULE.get((people // size, size), 0)
        yield Row(
            f"8 {people // size} groups of {size}, same people",
            f">= {least} clean rounds (bound {bound})" if least else f"(bound {bound})",
            f"{clean} clean, slowest {town.slowest * 1000:.0f} ms",
            clean >= least,
        )


# Rounds without a repeat of a schedule annealed as a whole (the prototypes' table C).
WHOLE_SCHEDULE = {(5, 3): 7, (6, 3): 7, (7, 3): 9, (8, 3): 10, (10, 3): 12, (5, 4): 5, (6, 4): 5}
WHOLE_SCHEDULE |= {(7, 4): 6, (8, 4): 7, (9, 4): 8, (10, 4): 9, (5, 5): 6, (6, 5): 5, (8, 5): 6}


def groups_changing() -> Iterator[Row]:
    # The small ones: the share of the bound that annealing round by round promised (.57, .5).
    for people, size, least in ((31, 3, 8), (41, 4, 6), (300, 3, 50), (300, 4, 50)):
        rounds = 50 if people == 300 else 16
        town = Town(people, Rules(size=size)).hold_many(rounds)
        clean = (town.first_repeat or rounds + 1) - 1
        yield Row(
            f"8 n={people} in groups of {size}, no schedule, {rounds} rounds",
            f">= {least} clean rounds",
            f"{clean} clean, slowest {town.slowest * 1000:.0f} ms",
            clean >= least,
        )


def uniformity() -> Iterator[Row]:
    p = chance.first_round_p(10, 20_000)
    yield Row("9 first round uniform, n=10, 20,000 seeds", "p > 0.0001", f"p = {p:.3f}", p > 1e-4)
    for people, rounds in ((12, 1), (12, 6), (20, 2), (20, 14)):
        share = chance.guesses(people, rounds, 600)
        yield Row(
            f"9 choices for the next partner, n={people} after {rounds} rounds",
            ">= 0.95 of those not met",
            f"{share:.3f}",
            share >= 0.95,
        )


ALL = [
    full_cycles,
    two_teams,
    recency,
    odd_counts,
    churning,
    against_hindsight,
    turns_in_churn,
    soft_gain,
    groups_stable,
    groups_changing,
    uniformity,
]
