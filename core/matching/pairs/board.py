"""The graph of one round of pairs: who may meet whom, level by level, and how good a round is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import combinations
from operator import and_, or_
from random import Random

from core.matching.pairs.blossom import FREE, bits, extend
from core.matching.pairs.chains import improve, nearest
from core.matching.pairs.peeling import peel
from core.matching.pairs.sparing import sparing
from core.matching.past.ledger import BURN_UNKNOWN, STEPS, price
from core.matching.setting import Setting
from core.matching.soft import SoftCost
from core.matching.values import Odd

NEVER = price(STEPS * 1000)  # the price of a blocked pair
HORIZON = 12  # without wishes a cycle only goes wrong in its last rounds


class Board:
    """Everybody present, plus an empty chair when one person has to sit out.

    Sitting out counts as meeting the chair, so that its turns rotate like any other meeting.
    """

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.people = len(setting.people)
        self.chair = self.people % 2 == 1 and setting.rules.odd is Odd.SIT_OUT
        self.n = self.people + self.chair
        everyone = (1 << self.n) - 1
        self.allowed = [everyone ^ (1 << v) for v in range(self.n)]
        for v, foes in setting.foes.items():
            for w in foes:
                self.allowed[v] &= ~(1 << w)
        self.levels: list[dict[int, int]] = [{} for _ in range(self.n)]
        self.burns: list[dict[int, int]] = [{} for _ in range(self.n)]
        self._read_ties()
        self.steps = self._level_rows()
        self.wishing = setting.soft is not None
        self.wish = [[0] * self.n for _ in range(self.n)]
        self.classes: list[list[int]] = []
        if setting.soft is not None:
            self._read_wishes(setting.soft)
        self.sparing = self._price_need()

    def _read_ties(self) -> None:
        ledger = self.setting.ledger
        for v, ties in ledger.ties.items():
            for w, tie in ties.items():
                self.levels[v][w] = ledger.level(tie)
                self.burns[v][w] = tie.burn
        if self.chair:
            chair = self.n - 1
            credits = [person.credit for person in self.setting.people]
            for v, credit in enumerate(credits):
                if turns := int(credit - min(credits) + 0.5):
                    burn = BURN_UNKNOWN * turns
                    self.levels[v][chair] = self.levels[chair][v] = STEPS * burn
                    self.burns[v][chair] = self.burns[chair][v] = burn

    def _level_rows(self) -> list[tuple[int, list[int]]]:
        """For every level that occurs, the pairs of that level or below."""
        by_level: dict[int, list[int]] = {}
        rows = list(self.allowed)
        for v, levels in enumerate(self.levels):
            for w, level in levels.items():
                if level and self.allowed[v] >> w & 1:
                    by_level.setdefault(level, [0] * self.n)[v] |= 1 << w
                    rows[v] &= ~(1 << w)
        steps = [(0, rows)]
        for level in sorted(by_level):
            rows = list(map(or_, rows, by_level[level]))
            steps.append((level, rows))
        return steps

    def _read_wishes(self, soft: SoftCost) -> None:
        """Classes of wishes, best first, each including the better ones; the last is all."""
        for v, w in combinations(range(self.people), 2):
            self.wish[v][w] = self.wish[w][v] = soft(v, w)
        values = sorted({value for row in self.wish for value in row})
        cuts = [values[len(values) * k // 4] for k in range(4)]
        for cut in sorted(set(cuts)):
            rows = [0] * self.n
            for v, row in enumerate(self.wish):
                rows[v] = sum(1 << w for w, value in enumerate(row) if value <= cut)
            self.classes.append(rows)

    def _price_need(self) -> bool:
        """Price below all wishes what a pair is needed for later; whether there is a difference.

        Blocks are not looked at: whose list is long must not show in whom they meet.
        """
        known = [sum(map(bool, levels.values())) for levels in self.levels]
        spare = sparing([self.n - 1 - met for met in known])
        if spare is None:
            return False
        big = 1 + self.n * max(map(max, spare))
        for v, row in enumerate(self.wish):
            row[:] = [wish * big + spare[v][w] for w, wish in enumerate(row)]
        return True

    def spare(self, mate: list[int]) -> None:
        """Hold another round that is as good, if it spares those who have few partners left."""
        if self.sparing and not self.wishing:
            self._improve(mate)

    def _improve(self, mate: list[int]) -> None:
        """Fewer repeats, then fewer unmet wishes, then sparing, by trading partners."""
        improve(mate, self.costs, self.near, self.setting.limit.spend)

    @cached_property
    def costs(self) -> list[list[int]]:
        """What each pair costs, repeats, wishes and need in one number."""
        big = 1 + self.n * max(map(max, self.wish))
        costs = [list(row) for row in self.wish]
        for v, levels in enumerate(self.levels):
            for w, level in levels.items():
                costs[v][w] += big * price(level)
        for v, foes in self.setting.foes.items():
            for w in foes:
                costs[v][w] = big * NEVER
        return costs

    @cached_property
    def near(self) -> list[list[int]]:
        """Whom each person could be paired with at the least cost."""
        return nearest(self.costs)

    def empty(self, without: int = 0) -> list[int]:
        """A matching without pairs; who is in `without` takes no part (is their own mate)."""
        mate = [FREE] * self.n
        for v in bits(without):
            mate[v] = v
        return mate

    def draw(self, rnd: Random, wishes: bool, without: int = 0) -> tuple[list[int], bool]:
        """A round with as few repeats as can be, at random; and whether it is surely the best.

        Level by level: as many pairs as possible among those who never met, then as many as
        possible with the mildest repeats added, and so on. People left free have no partner.
        """
        mate = self.empty(without)
        shortfalls = []
        for level, rows in self.steps:
            if without:
                rows = [row & ~without for row in rows]
            if wishes:
                for rank in self.classes:
                    extend(list(map(and_, rows, rank)), mate, rnd)
            free = extend(rows, mate, rnd)
            shortfalls.append((level, free))
            if not free or self.setting.limit.spend(self.n * 8):
                break
        surely = self._as_few(mate, shortfalls)
        if wishes or not (surely or without):
            self._improve(mate)
        return mate, surely or self._as_few(mate, shortfalls)

    def _as_few(self, mate: list[int], shortfalls: list[tuple[int, int]]) -> bool:
        """Whether no more pairs are above any level than people were left free below it."""
        used = [self.levels[v].get(w, 0) for v, w in enumerate(mate) if w not in (FREE, v)]
        last = shortfalls[-1][1]
        return all(sum(one > level for one in used) <= free - last for level, free in shortfalls)

    def score(self, mate: list[int]) -> tuple[int, int, int]:
        """How bad a round is: people without a partner, the worst repeat, the price of all."""
        used = [self.levels[v].get(w, 0) for v, w in enumerate(mate) if w not in (FREE, v)]
        worst = max(used, default=0) // STEPS
        return mate.count(FREE), worst, sum(map(price, used))

    def wished(self, mate: list[int]) -> int:
        """The cost of the wishes not granted."""
        return sum(self.wish[v][w] for v, w in enumerate(mate) if w >= 0)

    def wished_within(self, group: Sequence[int]) -> int:
        """The cost of the wishes not granted inside one group."""
        return sum(self.wish[a][b] for a, b in combinations(group, 2))

    def burn(self, mate: list[int]) -> int:
        """The most that any pair of this round had met before."""
        return max((self.burns[v].get(w, 0) for v, w in enumerate(mate)), default=0)

    def unused(self, mate: list[int], level: int) -> list[int]:
        """Pairs that may still meet in this cycle once `mate` has."""
        rows = [row & ~(1 << mate[v]) for v, row in enumerate(self.allowed)]
        for v, burns in enumerate(self.burns):
            for w, burn in burns.items():
                if burn > level:
                    rows[v] &= ~(1 << w)
        return rows

    def prove(self, mate: list[int], rnd: Random) -> tuple[int, list[list[int]], bool]:
        """Try to complete the cycle after `mate`.

        How many rounds are missing from a proof (0: proven), the rounds found, and whether the
        pairs left are spread evenly, as they are as long as the same people take part.
        """
        if FREE in mate:
            return 0, [], True
        rows = self.unused(mate, self.burn(mate))
        degrees = [row.bit_count() for row in rows]
        needed = min(degrees)
        if not self.wishing and needed > HORIZON:
            return 0, [], True
        late = None
        if self.wishing and rnd.random() < 0.75:
            late = [row & ~self.classes[0][v] for v, row in enumerate(rows)]
        found = peel(rows, needed, rnd, late, self.setting.limit.spend)
        return needed - len(found), found, needed == max(degrees)
