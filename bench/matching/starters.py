"""How groups/starters.py was found: `python -m bench.matching.starters 15 3 7 2 1 0 30`.

People, group size, hours, rows, people who stay put, extra rounds, seconds to search. Everybody
sits at row * hours + hour. When all rows turn together, two people meet twice exactly if two pairs
of the first round lie equally far apart in the same two rows; annealing trades seats until none do.
"""

import sys
from math import exp
from random import Random
from time import process_time

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH"
TRADES, HOT, COLD = 400_000, 1.2, 0.12
FORBIDDEN = 3  # what a pair costs that would meet in every round


class Search:
    """The first round and the extra groups, with a count of how often each distance occurs."""

    def __init__(self, people, size, hours, rows, extras, rnd):
        self.size, self.hours, self.moving = size, hours, rows * hours
        self.seats = rnd.sample(range(people), people)
        self.extras = [[0, *(rnd.randrange(hours) for _ in range(size - 1))] for _ in range(extras)]
        self.seen = {}
        self.cost = 0
        for place in range(people):
            for other in range(place // size * size, place):
                self.count(self.distance(self.seats[place], self.seats[other]), 1)
        for extra in self.extras:
            for row in range(size):
                self.count_extra(extra, row, 1, range(row))

    def distance(self, a, b):
        """What decides whether two pairs coincide in some round; None: they always do."""
        a, b = min(a, b), max(a, b)
        if b >= self.moving:
            return None if a >= self.moving else (b, a // self.hours)
        step = (b - a) % self.hours
        if a // self.hours == b // self.hours:
            step = min(step, self.hours - step)
            return None if 2 * step == self.hours else (a // self.hours, a // self.hours, step)
        return a // self.hours, b // self.hours, step

    def count(self, key, sign):
        if key is None:
            self.cost += sign * FORBIDDEN
            return
        before = self.seen.get(key, 0)
        self.seen[key] = before + sign
        self.cost += sign * (max(before, before + sign) > 1)

    def count_extra(self, extra, row, sign, others):
        for other in others:
            if other != row:
                a, b = min(row, other), max(row, other)
                self.count((a, b, (extra[b] - extra[a]) % self.hours), sign)

    def count_seat(self, place, sign):
        start = place // self.size * self.size
        for other in range(start, start + self.size):
            if other != place:
                self.count(self.distance(self.seats[place], self.seats[other]), sign)

    def trade(self, p, q):
        seats = self.seats
        self.count_seat(p, -1)
        self.count_seat(q, -1)
        seats[p], seats[q] = seats[q], seats[p]
        self.count_seat(p, 1)
        self.count_seat(q, 1)

    def turn(self, extra, row, hour):
        everyone = range(self.size)
        self.count_extra(extra, row, -1, everyone)
        extra[row] = hour
        self.count_extra(extra, row, 1, everyone)

    def anneal(self, rnd):
        """True when no distance occurs twice."""
        people, turns = len(self.seats), len(self.extras) * (self.size - 1)
        for step in range(TRADES):
            if self.cost == 0:
                return True
            heat = HOT * (COLD / HOT) ** (step / TRADES)
            before = self.cost
            if rnd.randrange(people) < turns:
                extra, row = rnd.choice(self.extras), rnd.randrange(1, self.size)
                undo = (self.turn, extra, row, extra[row])
                self.turn(extra, row, rnd.randrange(self.hours))
            else:
                p, q = rnd.randrange(people), rnd.randrange(people)
                if p // self.size == q // self.size:
                    continue
                undo = (self.trade, p, q)
                self.trade(p, q)
            if self.cost > before and rnd.random() >= exp((before - self.cost) / heat):
                undo[0](*undo[1:])
        return False


def main(numbers):
    """people, size, hours, rows, still, extras and seconds, in this order."""
    people, size, hours, rows, still, extras, seconds = numbers
    assert people == rows * hours + still
    rnd = Random(people * 100 + size)
    start = process_time()
    while process_time() - start < seconds:
        search = Search(people, size, hours, rows, extras, rnd)
        if search.anneal(rnd):
            digits = "".join(DIGITS[seat] for seat in search.seats)
            first = " ".join(digits[k : k + size] for k in range(0, people, size))
            more = " ".join("".join(DIGITS[hour] for hour in extra) for extra in search.extras)
            print(f'({people}, {size}): ({rows}, {hours}, "{first}", "{more}"),')
            return
    print("nothing found")


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]])
