"""An attacker sees every published pulse result, knows who answered what, and learns nobody's mood.

He reasons exactly: he lists every way people can have answered (a world), asks the publisher what
it would have shown in each, and keeps the worlds that show what he saw. Someone is exposed when
all worlds left give that person the same answer. He may also have answered himself. People who
answered the same set of pulses are interchangeable, so a world is counted per such part.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import product
from math import comb, prod
from operator import add

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from core.pulse import (
    Bars,
    Counters,
    Decision,
    Lean,
    Published,
    Request,
    Trace,
    Withheld,
    bars_of,
    decide,
    lean_of,
    new_voices_needed,
    trace_of,
)
from tests import scale

OPENS = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLOSES = datetime(2026, 3, 4, 9, tzinfo=UTC)
Publisher = Callable[[Request, Sequence[Trace], int], Decision]
Split = tuple[int, ...]  # answers per mood, or per side (heavy, in between, light), in one part
MOST_TOTALS = 12_000  # of all pulses together; far more worlds lead to them


@dataclass(frozen=True)
class Part:
    """People who answered exactly the pulses in `pulses`."""

    name: str
    size: int
    pulses: frozenset[int]

    @property
    def people(self) -> frozenset[str]:
        return frozenset(f"{self.name}{i}" for i in range(self.size))


@cache
def splits(size: int, ways: int) -> tuple[Split, ...]:
    """Every way `size` people can spread over `ways` answers."""
    if ways == 1:
        return ((size,),)
    return tuple(
        (first, *rest) for first in range(size + 1) for rest in splits(size - first, ways - 1)
    )


def counters_of(split: Split) -> Counters:
    return Counters(*split) if len(split) == 5 else Counters(0, split[0], split[1], split[2], 0)


def asked(pulse: int, people: frozenset[str], counters: Counters) -> Request:
    return Request(
        pulse=f"p{pulse}",
        opens_at=OPENS,
        closes_at=CLOSES,
        now=CLOSES,
        invited=len(people),
        counters=counters,
        answered=people,
    )


Totals = tuple[int, ...]  # per pulse; the answers per mood are the digits of one number
DIGIT = 64  # more than the people of any audience here


def packed(split: Split) -> int:
    return sum(count * DIGIT**mood for mood, count in enumerate(split))


def unpacked(total: int, ways: int) -> Split:
    return tuple(total // DIGIT**mood % DIGIT for mood in range(ways))


class Watcher:
    """Plays the pulses through a publisher; tells what is seen when they have these totals."""

    def __init__(self, publisher: Publisher, parts: Sequence[Part], floor: int) -> None:
        self.publisher, self.floor = publisher, floor
        self.pulses = sorted(set().union(*(part.pulses for part in parts)))
        self.people = {
            pulse: frozenset().union(*(p.people for p in parts if pulse in p.pulses))
            for pulse in self.pulses
        }
        self._seen: dict[object, tuple[int, bool]] = {}
        self._known: dict[Decision, int] = {}

    def sees(self, totals: Totals, ways: int) -> tuple[int, ...]:
        """One number for each pulse: the same for decisions that nobody can tell apart."""
        shown: tuple[bool, ...] = ()
        seen: tuple[int, ...] = ()
        for pulse, total in zip(self.pulses, totals, strict=True):
            key = (pulse, total, shown)
            if key not in self._seen:
                decision = self._decide(pulse, unpacked(total, ways), shown)
                number = self._known.setdefault(decision, len(self._known))
                self._seen[key] = (number, decision.show is not None)
            number, is_shown = self._seen[key]
            seen, shown = (*seen, number), (*shown, is_shown)
        return seen

    def _decide(self, pulse: int, total: Split, shown_before: Sequence[bool]) -> Decision:
        history = [
            trace_of(asked(earlier, people, Counters(heavy=len(people))))
            for (earlier, people), shown in zip(self.people.items(), shown_before, strict=False)
            if shown
        ]
        request = asked(pulse, self.people[pulse], counters_of(total))
        return self.publisher(request, history, self.floor)


def outcomes(pulses: Sequence[int], parts: Sequence[Part], ways: int) -> dict[Totals, int]:
    """All totals that some world leads to, and who can have answered what in those worlds.

    The latter is one bit for each part and mood. Worlds with the same totals look the same to every
    reader, so they are put together part by part, and none is left out.
    """
    found = {(0,) * len(pulses): 0}
    for number, part in enumerate(parts):
        moves = []
        for split in splits(part.size, ways):
            given = packed(split)
            step = tuple(given if pulse in part.pulses else 0 for pulse in pulses)
            said = sum(1 << (number * ways + mood) for mood in range(ways) if split[mood])
            moves.append((step, said))
        fresh: dict[Totals, int] = {}
        for totals, known in found.items():
            for step, said in moves:
                reached = tuple(map(add, totals, step))
                fresh[reached] = fresh.get(reached, 0) | known | said
        found = fresh
    return found


def exposed(
    publisher: Publisher,
    parts: Sequence[Part],
    floor: int,
    insider: int | None = None,
    ways: int = 3,
) -> list[str]:
    """Parts in which someone's answer is settled in at least one possible run of events.

    With `insider`, one person of that part is the attacker and knows the own answer.
    """
    parts = [part for part in parts if part.size]
    watcher = Watcher(publisher, parts, floor)
    own: Sequence[tuple[Totals, Split | None]] = [((0,) * len(watcher.pulses), None)]
    if insider is not None:
        home = parts[insider % len(parts)]
        rest = Part(home.name, home.size - 1, home.pulses)
        parts = [p if p is not home else rest for p in parts]
        own = [
            (tuple(packed(mine) if p in home.pulses else 0 for p in watcher.pulses), mine)
            for mine in splits(1, ways)
        ]
    possible: dict[object, int] = {}
    for totals, said in outcomes(watcher.pulses, parts, ways).items():
        for step, mine in own:
            key = (watcher.sees(tuple(map(add, totals, step)), ways), mine)
            possible[key] = possible.get(key, 0) | said
    mask = (1 << ways) - 1
    return sorted(
        {
            part.name
            for said in possible.values()
            for number, part in enumerate(parts)
            if (said >> number * ways & mask).bit_count() == 1
        }
    )


def naive(request: Request, history: Sequence[Trace], floor: int) -> Decision:
    """What most mood boards do: the exact counts, from the floor on."""
    total = request.counters.total
    if total < floor:
        return Decision(withheld=Withheld.TOO_FEW_ANSWERS)
    return shown(request, comments=(repr(request.counters),))


def lean_without_guard(request: Request, history: Sequence[Trace], floor: int) -> Decision:
    """The real picture, but nobody looks at other results."""
    if request.counters.total < floor:
        return Decision(withheld=Withheld.TOO_FEW_ANSWERS)
    return shown(request)


def floor_on_differences(request: Request, history: Sequence[Trace], floor: int) -> Decision:
    """The textbook rule: audiences must differ by nobody or by at least the floor, both ways."""
    for trace in history:
        for apart in (request.answered - trace.answered, trace.answered - request.answered):
            if 0 < len(apart) < floor:
                return Decision(withheld=Withheld.TOO_FEW_NEW_VOICES)
    return lean_without_guard(request, history, floor)


def silent_when_alike(request: Request, history: Sequence[Trace], floor: int) -> Decision:
    """Exact counts, unless everyone agrees: the silence itself then speaks."""
    if max(request.counters.as_tuple()) == request.counters.total:
        return Decision(withheld=Withheld.TOO_FEW_ANSWERS)
    return naive(request, history, floor)


def shown(request: Request, comments: tuple[str, ...] = ()) -> Decision:
    total = request.counters.total
    lean = lean_of(request.counters)
    return Decision(
        show=Published(
            request.pulse, request.closes_at, request.invited, total, lean, None, comments
        )
    )


def part(name: str, size: int, *pulses: int) -> Part:
    return Part(name, size, frozenset(pulses))


ONE_MORE_PERSON = [part("team", 5, 1, 2), part("new", 1, 2)]
A_TEAM_IN_A_DEPARTMENT = [part("team", 5, 1, 2), part("others", 3, 2)]
A_DEPARTMENT_THEN_A_TEAM = [part("team", 5, 1, 2), part("others", 3, 1)]
FOUR_SUMS = [
    part("p", 3, 1, 3), part("q", 3, 1, 4), part("r", 2, 2, 3), part("s", 2, 2, 4), part("x", 2, 1)
]  # fmt: skip


@pytest.mark.parametrize(
    ("publisher", "parts", "victim"),
    [
        (naive, [part("team", 5, 1)], "team"),
        (naive, ONE_MORE_PERSON, "new"),
        (naive, A_TEAM_IN_A_DEPARTMENT, "others"),
        (lean_without_guard, ONE_MORE_PERSON, "new"),
        (silent_when_alike, ONE_MORE_PERSON, "new"),
    ],
)
def test_the_attacker_breaks_publishers_without_guards(publisher, parts, victim):
    assert victim in exposed(publisher, parts, floor=5)


def test_the_attacker_who_dissents_breaks_exact_counts_even_when_not_unanimous():
    assert exposed(silent_when_alike, [part("team", 6, 1)], floor=5, insider=0) == ["team"]


def test_a_floor_on_differences_alone_is_not_enough():
    pieces = [part("team", 5, 1, 2), part("others", 5, 2)]
    assert exposed(floor_on_differences, pieces, floor=5, insider=1) != []


@pytest.mark.parametrize("size", range(5, 13))
@pytest.mark.parametrize("insider", [None, 0])
def test_one_result_exposes_nobody_even_to_someone_who_answered(size, insider):
    assert exposed(decide, [part("team", size, 1)], floor=5, insider=insider) == []


@pytest.mark.parametrize("size", [3, 4])
def test_under_five_answers_a_result_exposes_nobody_to_an_outsider(size):
    assert exposed(decide, [part("team", size, 1)], floor=3) == []


def test_under_five_answers_a_participant_may_know_more_and_the_rule_says_so():
    assert exposed(decide, [part("team", 3, 1)], floor=3, insider=0) == ["team"]


@cache
def pictures(floor: int, size: int) -> list[tuple[Split, tuple[Bars | None, Lean]]]:
    """What is drawn of every way in which so many people can have answered."""
    every = [(split, Counters(*split)) for split in splits(size, 5)]
    return [(split, (bars_of(one, floor), lean_of(one))) for split, one in every]


@pytest.mark.parametrize(("floor", "size"), [(3, 9), (3, 10), (3, 13), (4, 12), (5, 15), (5, 16)])
@pytest.mark.parametrize("insider", [None, 0])
def test_bars_expose_nobody_not_even_which_side_someone_is_on(floor, size, insider):
    me = 1 if insider is not None else 0
    sides_left: dict[object, set[int]] = {}
    for split, seen in pictures(floor, size):
        for mine in (m for m in range(5) if split[m] or not me):
            others = [m for m in range(5) if split[m] > (me and m == mine)]
            key = (seen, mine if me else None)
            sides_left.setdefault(key, set()).update((m > 1) + (m > 2) for m in others)
    assert any(bars is not None for (bars, _), _ in sides_left)
    assert [seen for seen, sides in sides_left.items() if len(sides) < 2] == []


@settings(max_examples=scale.of(15, 500))
@given(
    sizes=st.tuples(
        *[st.sampled_from([0, 0, 1, 2, 5, 6, 7])] * 3, *[st.sampled_from([0, 1, 2])] * 4
    ),
    floor=st.sampled_from([3, 5]),
    insider=st.one_of(st.none(), st.integers(0, 6)),
)
@example(sizes=(6, 6, 0, 1, 0, 0, 0), floor=5, insider=2)
@example(sizes=(6, 6, 0, 1, 0, 0, 0), floor=5, insider=0)
@example(sizes=(5, 6, 0, 1, 0, 0, 0), floor=3, insider=None)
@example(sizes=(0, 7, 0, 5, 0, 0, 0), floor=5, insider=None)
def test_no_family_of_overlapping_results_exposes_anyone(sizes, floor, insider):
    """Three pulses, every overlap of three: own parts, shared by two, shared by all."""
    overlaps = [(1,), (2,), (3,), (1, 2), (1, 3), (2, 3), (1, 2, 3)]
    parts = [part(f"in{o}", size, *o) for size, o in zip(sizes, overlaps, strict=True) if size]
    assume(parts)
    audiences = [sum(p.size for p in parts if pulse in p.pulses) for pulse in (1, 2, 3)]
    worlds = prod(len(splits(p.size, 3)) for p in parts)
    assume(min(worlds, prod(comb(size + 2, 2) for size in audiences)) <= MOST_TOTALS)
    if floor < 5:
        insider = None  # a participant is only held off from five answers on
    assert exposed(decide, parts, floor, insider) == []


@pytest.mark.parametrize(
    "parts", [ONE_MORE_PERSON, A_TEAM_IN_A_DEPARTMENT, A_DEPARTMENT_THEN_A_TEAM, FOUR_SUMS]
)
def test_known_tricks_expose_nobody(parts):
    assert exposed(decide, parts, floor=5) == []


def every_lean_stays_possible(total: int, new: int) -> bool:
    """Whether the new voices can bring about each lean, whatever the shared people and one said."""
    return all(
        len({lean_of(counters_of(tuple(map(sum, zip(*known, free, strict=True))))) for free in
             splits(new - 1, 3)}) == 5
        for known in product(splits(total - new, 3), splits(1, 3))
    )  # fmt: skip


@pytest.mark.parametrize("total", range(6, 15))
def test_new_voices_alone_can_bring_about_any_result_and_one_fewer_could_not(total):
    needed = new_voices_needed(total, floor=3)
    assert every_lean_stays_possible(total, needed)
    assert not every_lean_stays_possible(total, needed - 1)


def test_what_earlier_people_said_stays_exactly_as_open_after_a_later_result():
    """Two teams share a lead: the second result rules out nothing about the first team."""
    first, lead, second = part("a", 6, 1), part("lead", 1, 1, 2), part("b", 7, 2)
    watcher = Watcher(decide, [first, lead, second], 5)
    after_one: dict[object, set[object]] = {}
    after_two: dict[object, set[object]] = {}
    for world in product(*(splits(part.size, 3) for part in (first, lead, second))):
        team, shared, other = map(packed, world)
        one, two = watcher.sees((team + shared, shared + other), 3)
        after_one.setdefault(one, set()).add(world[:2])
        after_two.setdefault((one, two), set()).add(world[:2])
    assert all(left == after_one[one] for (one, _), left in after_two.items())
    assert len({two for _, two in after_two}) == 5  # and it was shown, with every lean


def two_weeks(team: int, movers: int) -> list[set[int]]:
    """What a newcomer may have said, per pair of leans, if up to `movers` others changed."""
    newcomer: dict[object, set[int]] = {}
    for before in splits(team, 3):
        reached = {before}
        for _ in range(movers):
            reached |= {moved(split, *change) for split in reached for change in CHANGES} - {None}
        for after, new in product(reached, range(3)):
            joined = tuple(count + (band == new) for band, count in enumerate(after))
            seen = (lean_of(counters_of(before)), lean_of(counters_of(joined)))
            newcomer.setdefault(seen, set()).add(new)
    return list(newcomer.values())


CHANGES = [(old, new) for old in range(3) for new in range(3) if old != new]


def moved(split: Split, old: int, new: int) -> Split | None:
    if not split[old]:
        return None
    return tuple(count - (band == old) + (band == new) for band, count in enumerate(split))


@pytest.mark.parametrize("team", range(5, 13))
def test_two_weeks_never_settle_a_newcomers_answer_if_three_others_may_have_changed(team):
    assert min(map(len, two_weeks(team, movers=3))) > 1


def test_two_weeks_can_settle_it_for_someone_who_knows_that_nobody_changed_and_the_rule_says_so():
    assert min(map(len, two_weeks(8, movers=0))) == 1
