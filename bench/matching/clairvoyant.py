"""How late the first repeat could come if one knew who comes and goes.

Run: `python -m bench.matching.clairvoyant`.

Kettle decides each round knowing only the past. Here all rounds up to one are seated together, by
annealing, with everybody's comings and goings known: whatever is found was possible.
"""

from collections import Counter
from itertools import combinations
from math import exp
from random import Random
from statistics import mean, median

from bench.matching.town import Town, comings_and_goings

MOVES = 150_000
HOT, COLD = 0.6, 0.12


def counting_allows(rounds: list[list[int]]) -> int:
    """A round before which, or in which, arithmetic alone forces the first repeat."""
    possible: set[tuple[int, int]] = set()
    needed, rounds_of = 0, Counter[int]()
    for number, here in enumerate(rounds, start=1):
        possible.update(combinations(sorted(here), 2))
        needed += len(here) // 2 + 2 * (len(here) % 2)
        rounds_of.update(here)
        partners = Counter(person for pair in possible for person in pair)
        if needed > len(possible) or any(rounds_of[p] > partners[p] for p in here):
            return number
    return len(rounds) + 1


class Schedule:
    """Rounds seated at random, and the pairs that meet in them; two people trade seats."""

    def __init__(self, rounds: list[list[int]], rnd: Random) -> None:
        self.rnd = rnd
        self.seats = [rnd.sample(here, len(here)) for here in rounds]
        self.met = Counter(pair for k in range(len(rounds)) for pair in self.pairs(k))
        self.repeats = sum(times - 1 for times in self.met.values())

    def group(self, k: int, seat: int) -> range:
        """The seats of this seat's group: two, or the last three of an odd round."""
        n = len(self.seats[k])
        start = min(seat - seat % 2, n - 2 - n % 2)
        return range(start, n if start + 3 == n else start + 2)

    def pairs(self, k: int, *seats: int) -> list[tuple[int, int]]:
        """The pairs of these seats' groups, or of all."""
        row = self.seats[k]
        groups = {self.group(k, seat) for seat in seats or range(len(row))}
        return [
            (min(a, b), max(a, b))
            for group in groups
            for a, b in combinations([row[seat] for seat in group], 2)
        ]

    def trade(self, k: int, one: int, other: int) -> int:
        """Trade two seats; how many repeats that adds."""
        before = self.repeats
        self._count(k, one, other, -1)
        row = self.seats[k]
        row[one], row[other] = row[other], row[one]
        self._count(k, one, other, 1)
        return self.repeats - before

    def _count(self, k: int, one: int, other: int, by: int) -> None:
        for pair in self.pairs(k, one, other):
            self.repeats -= max(0, self.met[pair] - 1)
            self.met[pair] += by
            self.repeats += max(0, self.met[pair] - 1)

    def settle(self) -> bool:
        """Anneal; whether no repeat is left."""
        rnd, heat = self.rnd, HOT
        for _ in range(MOVES):
            if not self.repeats:
                return True
            heat *= (COLD / HOT) ** (1 / MOVES)
            k = rnd.randrange(len(self.seats))
            one, other = (rnd.randrange(len(self.seats[k])) for _ in range(2))
            worse = self.trade(k, one, other)
            if worse > 0 and rnd.random() >= exp(-worse / heat):
                self.trade(k, one, other)
        return not self.repeats


def with_hindsight(rounds: list[list[int]], start: int) -> int:
    """The first repeat when all is known: at least this, found from `start` clean rounds on."""
    for clean in range(start, len(rounds) + 1):
        if not any(Schedule(rounds[:clean], Random(turn)).settle() for turn in range(2)):
            return clean
    return len(rounds) + 1


def main(people: int = 12, seeds: int = 12) -> None:
    firsts, knowing, limits = [], [], []
    for seed in range(seeds):
        rounds = comings_and_goings(people, seed)
        town = Town(people, seed=seed)
        for here in rounds:
            town.hold(here)
        firsts.append(town.first_repeat or len(rounds) + 1)
        knowing.append(with_hindsight(rounds, firsts[-1]))
        limits.append(counting_allows(rounds))
    for what, found in (("Kettle", firsts), ("knowing all", knowing), ("counting", limits)):
        print(f"{what:12} first repeat: median {median(found):g}, mean {mean(found):.1f}")
    print(f"({people} people who come and go, {seeds} seeds; by counting, no later than that.)")


if __name__ == "__main__":
    main()
