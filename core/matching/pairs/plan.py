"""Rounds of two: draw, prove that the cycle can still be completed, then commit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from core.matching.kept import MOST_KEPT, pack, unpack
from core.matching.pairs.blossom import FREE
from core.matching.pairs.board import Board
from core.matching.pairs.trios import Trio, fairest
from core.matching.past.ledger import STEPS, price
from core.matching.setting import Groups, Setting

TRIES = 16  # rounds drawn before the best of them is taken
UNEVEN_TRIES = 3  # of which proofs are sought when people have come and gone
KEPT_TRIES = 4  # and without a wish, when the kept plan holds a round as good that is proven
TRIO_TRIES, TRIO_MORE, TRIO_FEW = 8, 60, 64  # trios tried; more when there are few people


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


def plan_pairs(setting: Setting) -> Groups:
    """Pairs, and a trio if there must be one. Who is in no group sits out or has no partner."""
    board = Board(setting)
    if board.n % 2:
        return _with_trio(board)
    option = _best(board)
    _keep(board, option)
    return _groups(board, option.mate)


def _groups(board: Board, mate: list[int]) -> Groups:
    return [[v, w] for v, w in enumerate(mate) if v < w < board.people]


def _best(board: Board) -> Option:
    setting = board.setting
    rnd = setting.rnd
    kept = list(_from_kept(board))
    safe = [] if board.wishing else [option.score for option in kept]
    best: Option | None = None
    for attempt in range(TRIES):
        mate, surely = board.draw(rnd, board.wishing and attempt % 4 < 3)
        board.spare(mate)
        missing, rest, even = board.prove(mate, rnd)
        score, wished = board.score(mate), board.wished(mate)
        option = Option(mate, score, missing, wished, rest, board.burn(mate))
        best = option if best is None or option.key < best.key else best
        proven = not missing or (not even and attempt >= UNEVEN_TRIES)
        if (surely and proven) or setting.limit.spend(board.n):
            break
        if attempt >= KEPT_TRIES and safe and min(safe) <= best.score:
            break
    assert best is not None
    return min([best, *kept], key=lambda option: option.key)


def _from_kept(board: Board) -> Iterator[Option]:
    """The rounds of the plan kept from last time, if it still holds."""
    setting = board.setting
    rounds = [_mates(places) for places in unpack(setting, [2] * (board.n // 2))]
    for i, mate in enumerate(rounds):
        rest = rounds[:i] + rounds[i + 1 :]
        level = setting.history.kept.level if setting.history.kept else 0
        yield Option(mate, board.score(mate), 0, board.wished(mate), rest, level)


def _mates(places: list[int]) -> list[int]:
    mate = [FREE] * len(places)
    for seat, v in enumerate(places):
        mate[v] = places[seat ^ 1]
    return mate


def _keep(board: Board, option: Option) -> None:
    """Save the proven rest for next time."""
    if not option.missing and option.rest and board.n <= MOST_KEPT:
        rounds = [[u for v, w in enumerate(mate) if v < w for u in (v, w)] for mate in option.rest]
        sizes = [2] * (board.n // 2)
        board.setting.still_kept = pack(board.setting, sizes, rounds, option.level)


def _with_trio(board: Board) -> Groups:
    """Try the fairest trios; keep the one that leaves the best round."""
    setting = board.setting
    wishes = setting.soft is not None
    tries = TRIO_MORE if board.people <= TRIO_FEW else TRIO_TRIES
    best: tuple[tuple[int, int, int], int, list[int], Trio] | None = None
    if not any(board.steps[0][1]):
        tries = TRIO_TRIES  # everybody has met everybody: there is no clean round to look for
    for trio in fairest(board, setting.rnd, tries):
        mate, _ = board.draw(setting.rnd, wishes, sum(1 << v for v in trio))
        key = _with_inside(board, board.score(mate), trio)
        wished = board.wished(mate) + 2 * board.wished_within(trio)
        if best is None or (key, wished) < best[:2]:
            best = (key, wished, mate, trio)
        if setting.limit.spend(board.n * 4) or not (key[2] or wishes):
            break
    if best is None:  # any trio would hold a blocked pair
        return _groups(board, board.draw(setting.rnd, False)[0])
    mate, trio = best[2:]
    board.spare(mate)
    return [*_groups(board, mate), list(trio)]


def _with_inside(board: Board, score: tuple[int, int, int], trio: Trio) -> tuple[int, int, int]:
    """The score of a round together with that of its trio."""
    inside = [board.levels[a].get(b, 0) for a, b in combinations(trio, 2)]
    worst = max(score[1], max(inside) // STEPS)
    return score[0], worst, score[2] + 2 * sum(map(price, inside))
