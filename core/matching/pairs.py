"""Rounds of two: draw, prove that the cycle can still be completed, then commit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest
from itertools import combinations
from random import Random

from core.matching.blossom import FREE
from core.matching.board import Board
from core.matching.setting import Setting
from core.matching.values import KeptPlan

TRIES = 16  # rounds drawn before the best of them is taken
UNEVEN_TRIES = 3  # of which proofs are sought when people have come and gone
TRIO_POOL, TRIO_TRIES = 40, 8


@dataclass(slots=True)
class Option:
    """A round that could be held, and what speaks against it."""

    mate: list[int]
    score: tuple[int, int, int]
    missing: int  # rounds that a proof of the cycle lacks
    wished: int
    rest: list[list[int]]
    level: int

    @property
    def key(self) -> tuple[tuple[int, int, int], int, int]:
        """Smaller is better."""
        return self.score, self.missing, self.wished


def plan_pairs(setting: Setting) -> list[list[int]]:
    """Pairs, and a trio if there must be one. Who is in no group sits out or has no partner."""
    board = Board(setting)
    if board.n % 2:
        return _with_trio(board)
    option = _best(board)
    keep(setting, option, board)
    return _groups(board, option.mate)


def _groups(board: Board, mate: list[int]) -> list[list[int]]:
    return [[v, w] for v, w in enumerate(mate) if v < w < board.people]


def _best(board: Board) -> Option:
    setting = board.setting
    rnd = setting.rnd
    best: Option | None = None
    for attempt in range(TRIES):
        wishes = setting.soft is not None and attempt % 4 < 3
        mate, surely = board.draw(rnd, wishes)
        score = board.score(mate)
        if best is None or score <= best.score:
            missing, rest, even = board.prove(mate, rnd)
            option = Option(mate, score, missing, board.wished(mate), rest, board.burn(mate))
            best = option if best is None or option.key < best.key else best
            proven = not missing or (not even and attempt >= UNEVEN_TRIES)
            if surely and proven:
                break
        if setting.limit.spend(board.n):
            break
    assert best is not None
    return min([best, *_from_kept(board)], key=lambda option: option.key)


def _from_kept(board: Board) -> Iterator[Option]:
    """The rounds of the plan kept from last time, if it still holds."""
    kept = board.setting.kept
    rounds = unpack(board, kept) if kept is not None else []
    for i, mate in enumerate(rounds):
        rest = rounds[:i] + rounds[i + 1 :]
        assert kept is not None
        yield Option(mate, board.score(mate), 0, board.wished(mate), rest, kept.level)


def unpack(board: Board, kept: KeptPlan) -> list[list[int]]:
    """The kept rounds in today's places; nothing when any of them would break a promise."""
    place = {person.id: v for v, person in enumerate(board.setting.people)}
    if set(kept.people) != set(place) or kept.sizes != b"\x02" * (board.n // 2):
        return []
    seats = [place[person] for person in kept.people] + [board.n - 1] * board.chair
    rounds = []
    for packed in kept.rounds:
        if sorted(packed) != list(range(board.n)):
            return []
        mate = [FREE] * board.n
        for a, b in zip(packed[::2], packed[1::2], strict=True):
            mate[seats[a]], mate[seats[b]] = seats[b], seats[a]
        rounds.append(mate)
    free = board.unused(list(range(board.n)), kept.level) if rounds else []
    holds = all(free[v] >> w & 1 for mate in rounds for v, w in enumerate(mate))
    board.setting.rnd.shuffle(rounds)
    return rounds if holds else []


def keep(setting: Setting, option: Option, board: Board) -> None:
    """Save the proven rest for next time."""
    if option.missing or not option.rest:
        return
    order = sorted(range(board.people), key=lambda v: setting.people[v].id)
    seat = {v: k for k, v in enumerate(order)} | (
        {board.people: board.people} if board.chair else {}
    )
    rounds = tuple(
        bytes(seat[u] for v, w in enumerate(mate) if v < w for u in (v, w)) for mate in option.rest
    )
    people = tuple(setting.people[v].id for v in order)
    setting.still_kept = KeptPlan(people, b"\x02" * (board.n // 2), rounds, option.level)


def _with_trio(board: Board) -> list[list[int]]:
    """Try the fairest trios; keep the one that leaves the best round."""
    setting = board.setting
    best: tuple[tuple[int, int, int], int, list[int], tuple[int, ...]] | None = None
    for trio in _trios(board, setting.rnd):
        without = sum(1 << v for v in trio)
        wishes = setting.soft is not None
        mate, _ = board.draw(setting.rnd, wishes, without)
        lonely, worst, total = board.score(mate)
        inside = [board.levels[a].get(b, 0) for a, b in combinations(trio, 2)]
        worst, total = max(worst, *inside), total + 2 * sum(level * level for level in inside)
        key = (lonely, worst, total)
        wished = board.wished(mate)
        if best is None or (key, wished) < best[:2]:
            best = (key, wished, mate, trio)
        if setting.limit.spend(board.n * 4):
            break
    if best is None:
        return _groups(board, board.draw(setting.rnd, False)[0])
    return [*_groups(board, best[2]), list(best[3])]


def _trios(board: Board, rnd: Random) -> list[tuple[int, ...]]:
    """Trios of people whose turn it is (credit within one of the lowest), best first."""
    people = board.setting.people
    turn = sorted(range(board.people), key=lambda v: (people[v].credit, rnd.random()))
    limit = people[turn[0]].credit + 1 + 1e-9
    pool = [v for v in turn if people[v].credit <= limit or people[v].size == 3][:TRIO_POOL]
    if len(pool) < 3:
        pool = turn[:TRIO_POOL]

    def rank(trio: tuple[int, ...]) -> tuple[int, int, int, float, float]:
        inside = [board.levels[a].get(b, 0) for a, b in combinations(trio, 2)]
        unwilling = sum(people[v].size not in (None, 3) for v in trio)
        willing = sum(people[v].size == 3 for v in trio)
        turns = sum(people[v].credit for v in trio)
        squares = sum(level * level for level in inside)
        return max(inside), squares, unwilling - willing, turns, rnd.random()

    friendly = (
        trio
        for trio in combinations(pool, 3)
        if all(board.allowed[a] >> b & 1 for a, b in combinations(trio, 2))
    )
    return nsmallest(TRIO_TRIES, friendly, key=rank)
