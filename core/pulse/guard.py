"""When the result of a pulse may be shown: the rule, and why nobody's answer follows from it.

The rule
1. A result is shown after its pulse has closed, once, and never changes afterwards.
2. It needs at least `floor` answers. Comments are shown only if there are `floor` of them.
3. It says only what `picture` allows: a lean in five steps; bars in blocks of `floor` people if
   three blocks answered and no answer is shared with another result (see 4).
4. New voices. Two pulses ask for the same mood if they were open at the same time or closed less
   than six days apart. Someone who answered both gives a shared answer. Of the n answers of a
   result, at least n // 2 + 3 (and the floor) must come from people in no result shown before that
   asks for the same mood; if nobody is shared, n is enough. Else nothing is shown.
5. Whether something is shown, and in which form, depends on who answered and never on what they
   said. So a withheld result tells nothing about moods.

Why it holds. Take the worst reader: sees every result ever shown, knows exactly who answered what
pulse, answered some himself, and is right that nobody's mood changed between two pulses that ask
for the same one. With n // 2 + 3 new voices every lean can come about *whatever the shared people
said*. So a later result rules out nothing about anyone in an earlier one: not by nesting (a team in
its department), not by complement (department minus team), not by succession (the same people and
one more), and not by any sum of many results, because each step adds nothing. About the new voices
it says what one lean says about a group that is larger than the floor: with five or more answers
everyone in it could still have answered in at least two of the three ways heavy, in between, light,
even for a reader who is one of them. New voices are interchangeable, so what is open for one is
open for each, and no smaller group's set of answers is settled either.
`tests/core/pulse/test_attack.py` plays this reader over all possible answers.

What it does not promise
- Under five answers (an operator chose a floor of 3 or 4) the reader must be an outsider: of three
  people, one who answered differently from both others may know what both said.
- Several people who tell each other their answers know more together than one of them.
- A guess stays possible: "mostly heavy" makes it likely that a given person is.
- Pulses further apart ask for a new mood. A step between two weeks settles a newcomer's answer
  only for someone who knows that at most two others changed their mind; it is a guess for the rest.
  Withholding every week in which somebody joined, left or was away would leave no results at all,
  so the weeks are kept apart by the coarse steps, and the trend shows these steps and no averages.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from core.pulse.picture import Bars, Lean, bars_of, lean_of
from core.pulse.scale import Counters

# Shorter than a week, so that a weekly pulse is always a new question, also when clocks change.
SAME_MOOD = timedelta(days=6)


class Withheld(StrEnum):
    """Why nothing is shown. None of these depends on a mood."""

    STILL_OPEN = "still_open"
    ALREADY_SHOWN = "already_shown"
    TOO_FEW_ANSWERS = "too_few_answers"
    TOO_FEW_NEW_VOICES = "too_few_new_voices"


@dataclass(frozen=True, slots=True)
class Request:
    """A pulse whose result is asked for. Times are aware; `answered` holds person ids.

    `answered` comes from the receipts and `counters` from the counts: nothing joins the two.
    `seed` orders the comments.
    """

    pulse: str
    opens_at: datetime
    closes_at: datetime
    now: datetime
    invited: int
    counters: Counters = field(repr=False)
    answered: frozenset[str] = field(repr=False)
    comments: tuple[str, ...] = field(default=(), repr=False)
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Trace:
    """What the guard remembers of a shown result: who answered, never what.

    `count` may exceed `answered` when someone was forgotten since.
    """

    pulse: str
    opens_at: datetime
    closes_at: datetime
    count: int
    answered: frozenset[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Published:
    """A result as everyone may see it. Keep it as it is: it is never computed again."""

    pulse: str
    closed_at: datetime
    invited: int
    count: int
    lean: Lean
    bars: Bars | None = None
    comments: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """Either a result to show, or the reason why there is none."""

    show: Published | None = None
    withheld: Withheld | None = None


def decide(request: Request, history: Sequence[Trace], floor: int) -> Decision:
    """Whether and how a pulse's result is shown, given every result shown in the workspace.

    Decide once, when the pulse closes, one pulse after another: keep the Published and the trace
    (`trace_of`) together, or keep the reason. `floor` is the one promised when the pulse was asked.
    ValueError if there are more receipts than answers, which no order of events can cause.
    """
    withheld = _why_not(request, history, floor)
    if withheld is not None:
        return Decision(withheld=withheld)
    counters = request.counters
    alone = _new_voices(request, history) == counters.total
    return Decision(
        show=Published(
            pulse=request.pulse,
            closed_at=request.closes_at,
            invited=request.invited,
            count=counters.total,
            lean=lean_of(counters),
            bars=bars_of(counters, floor) if alone else None,
            comments=_shown_comments(request.comments, floor, request.seed),
        )
    )


def trace_of(request: Request) -> Trace:
    """What to remember beside a shown result, for the decisions that follow."""
    return Trace(
        pulse=request.pulse,
        opens_at=request.opens_at,
        closes_at=request.closes_at,
        count=request.counters.total,
        answered=request.answered,
    )


def new_voices_needed(total: int, floor: int) -> int:
    """How many of `total` answers must be in no other result that asks for the same mood."""
    return max(floor, min(total, total // 2 + 3))


def shares_answers(
    opens_at: datetime, closes_at: datetime, other_opens_at: datetime, other_closes_at: datetime
) -> bool:
    """Whether two pulses ask for the same mood; also for a warning before one is posted."""
    open_together = opens_at < other_closes_at and other_opens_at < closes_at
    return open_together or abs(closes_at - other_closes_at) < SAME_MOOD


def may_forget(trace: Trace, now: datetime, oldest_open: datetime | None) -> bool:
    """Whether no decision to come needs this trace, so that the list of who answered can go.

    `oldest_open` is when the oldest pulse that is still open, or closed and undecided, opened.
    """
    if oldest_open is not None and oldest_open < trace.closes_at + SAME_MOOD:
        return False
    return now >= trace.closes_at + SAME_MOOD


def _why_not(request: Request, history: Sequence[Trace], floor: int) -> Withheld | None:
    total = request.counters.total
    if len(request.answered) > total:
        raise ValueError("more receipts than answers: this pulse cannot be counted")
    if request.now < request.closes_at:
        return Withheld.STILL_OPEN
    if any(trace.pulse == request.pulse for trace in history):
        return Withheld.ALREADY_SHOWN
    if total < floor:
        return Withheld.TOO_FEW_ANSWERS
    if _new_voices(request, history) < new_voices_needed(total, floor):
        return Withheld.TOO_FEW_NEW_VOICES
    return None


def _near(request: Request, history: Sequence[Trace]) -> list[Trace]:
    return [
        trace
        for trace in history
        if shares_answers(request.opens_at, request.closes_at, trace.opens_at, trace.closes_at)
    ]


def _new_voices(request: Request, history: Sequence[Trace]) -> int:
    """How many answers are surely in no other result that asks for the same mood.

    Answers of people forgotten since count against it: any of them may be back under a new id.
    """
    near = _near(request, history)
    new = request.answered.difference(*(trace.answered for trace in near))
    forgotten = sum(trace.count - len(trace.answered) for trace in near)
    return len(new) - forgotten


def _shown_comments(comments: tuple[str, ...], floor: int, seed: int) -> tuple[str, ...]:
    """All comments or none. Sorted first, so that the order they were written in leaves no mark."""
    if len(comments) < floor:
        return ()
    shuffled = sorted(comments)
    random.Random(seed).shuffle(shuffled)
    return tuple(shuffled)
