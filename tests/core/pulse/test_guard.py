"""The pulse: the scale, the floors, what a result says and when one is shown."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest

from core.pulse import (
    MOOD_KEYS,
    MOODS,
    Counters,
    Decision,
    Lean,
    Published,
    Request,
    Trace,
    Withheld,
    add,
    bars_of,
    decide,
    effective_floor,
    lean_of,
    may_forget,
    new_voices_needed,
    shares_answers,
    trace_of,
    trend,
)

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
TEAM = frozenset(f"person{i}" for i in range(12))


def people(count: int, kind: str = "person", start: int = 0) -> frozenset[str]:
    return frozenset(f"{kind}{i}" for i in range(start, start + count))


def asked(answered=TEAM, pulse="first", opens=MONDAY, days=2, counters=None, **rest) -> Request:
    counters = counters or Counters(in_between=len(answered))
    closes = opens + days * DAY
    rest = {"now": closes, "invited": len(answered), **rest}
    return Request(pulse, opens, closes, counters=counters, answered=answered, **rest)


def test_each_answer_raises_one_counter_and_nothing_else():
    counters = Counters()
    for mood in (1, 2, 2, 3, 4, 5):
        counters = add(counters, mood)
    assert counters.as_tuple() == (1, 2, 1, 1, 1)
    assert counters.total == 6
    assert tuple(MOOD_KEYS) == MOODS


@pytest.mark.parametrize("mood", [0, 6, -1, 35])
def test_a_mood_outside_the_scale_is_refused(mood):
    with pytest.raises(ValueError, match="1 to 5"):
        add(Counters(), mood)


def test_counters_never_go_below_nothing():
    with pytest.raises(ValueError, match="negative"):
        Counters(light=-1)


@pytest.mark.parametrize(
    ("operator", "host", "floor"),
    [(None, None, 5), (None, 8, 8), (None, 4, 5), (3, None, 3), (3, 4, 4), (4, 3, 4), (7, 5, 7)],
)
def test_a_host_may_raise_the_floor_and_only_an_operator_may_lower_it(operator, host, floor):
    assert effective_floor(operator, host) == floor


def test_nobody_may_lower_the_floor_under_three():
    with pytest.raises(ValueError, match="lower than 3"):
        effective_floor(2, 10)


@pytest.mark.parametrize(
    ("counts", "lean"),
    [
        ((5, 0, 0, 0, 0), Lean.MOSTLY_HEAVY),
        ((1, 2, 1, 0, 1), Lean.MOSTLY_HEAVY),
        ((1, 1, 2, 0, 1), Lean.LEANING_HEAVY),
        ((0, 0, 5, 0, 0), Lean.EVEN),
        ((3, 0, 0, 0, 3), Lean.EVEN),
        ((0, 0, 4, 1, 0), Lean.LEANING_LIGHT),
        ((1, 1, 0, 2, 1), Lean.MOSTLY_LIGHT),
    ],
)
def test_a_result_says_which_side_weighs_more(counts, lean):
    assert lean_of(Counters(*counts)) is lean
    assert lean.key == lean.name.lower()


@pytest.mark.parametrize(
    ("counts", "blocks"),
    [
        ((7, 8, 6, 2, 0), (1, 1, 1, 0, 0)),
        ((20, 0, 0, 0, 0), (3, 0, 0, 0, 0)),
        ((10, 10, 0, 0, 0), (1, 2, 0, 0, 0)),
        ((4, 4, 4, 4, 4), (0, 0, 0, 0, 0)),
        ((0, 0, 40, 11, 4), (0, 0, 8, 2, 0)),
    ],
)
def test_bars_are_drawn_in_blocks_of_people_and_never_account_for_everyone(counts, blocks):
    bars = bars_of(Counters(*counts), floor=5)
    assert bars is not None
    assert (bars.block, bars.blocks) == (5, blocks)


def test_a_small_group_gets_no_bars():
    assert bars_of(Counters(3, 4, 4, 3, 0), floor=5) is None


def test_enough_answers_are_shown_after_closing_with_nothing_but_counts_of_people():
    decision = decide(asked(people(6), counters=Counters(0, 4, 1, 1, 0), invited=9), [], 5)
    assert decision == Decision(
        show=Published("first", MONDAY + 2 * DAY, invited=9, count=6, lean=Lean.MOSTLY_HEAVY)
    )


def test_an_open_pulse_shows_nothing_however_many_answered():
    early = asked(now=MONDAY + DAY)
    assert decide(early, [], 5).withheld is Withheld.STILL_OPEN


@pytest.mark.parametrize("count", range(5))
def test_too_few_answers_show_nothing(count):
    decision = decide(asked(people(count)), [], 5)
    assert decision == Decision(withheld=Withheld.TOO_FEW_ANSWERS)


def test_a_raised_floor_is_respected():
    assert decide(asked(people(7)), [], 8).withheld is Withheld.TOO_FEW_ANSWERS
    assert decide(asked(people(8)), [], 8).show is not None


def test_a_result_is_never_shown_again_after_a_late_answer():
    first = asked(people(8))
    late = asked(people(9), counters=Counters(very_heavy=9))
    assert decide(late, [trace_of(first)], 5).withheld is Withheld.ALREADY_SHOWN


def test_receipts_that_outnumber_the_answers_are_an_error():
    with pytest.raises(ValueError, match="more receipts"):
        decide(asked(people(8), counters=Counters(light=7)), [], 5)


@pytest.mark.parametrize(
    "second",
    [
        people(13),  # the same people and one more
        people(8),  # a team inside
        people(12, start=8),  # four shared of twelve: eight new voices, nine needed
        TEAM,
    ],
)
def test_a_second_result_for_nearly_the_same_people_is_withheld(second):
    later = asked(second, pulse="second", opens=MONDAY + 2 * DAY)
    assert decide(later, [trace_of(asked())], 5).withheld is Withheld.TOO_FEW_NEW_VOICES


@pytest.mark.parametrize(
    "second",
    [
        people(12, start=9),  # three shared of twelve
        people(40),  # the department around a team
        people(8, "other"),
    ],
)
def test_a_second_result_made_of_new_voices_is_shown(second):
    later = asked(second, pulse="second", opens=MONDAY + 2 * DAY)
    assert decide(later, [trace_of(asked())], 5).show is not None


def test_many_earlier_results_count_together():
    earlier = [trace_of(asked(people(2, start=i) | people(5, "x"), f"p{i}")) for i in (0, 2)]
    later = asked(pulse="last")
    assert decide(later, earlier[:1], 5).show is not None
    assert decide(later, earlier, 5).withheld is Withheld.TOO_FEW_NEW_VOICES


def test_next_weeks_pulse_of_the_same_team_is_a_new_question():
    next_week = asked(pulse="second", opens=MONDAY + 7 * DAY - timedelta(hours=1))
    assert decide(next_week, [trace_of(asked())], 5).show is not None


def test_pulses_that_are_open_together_share_answers_even_when_they_close_far_apart():
    long_one = asked(pulse="second", days=30)
    assert decide(long_one, [trace_of(asked())], 5).withheld is Withheld.TOO_FEW_NEW_VOICES
    assert not shares_answers(MONDAY, MONDAY + DAY, MONDAY + DAY, MONDAY + 8 * DAY)


def test_bars_are_drawn_only_when_no_answer_is_in_another_result():
    history = [trace_of(asked())]
    apart = asked(people(30, "x"), pulse="apart")
    sharing = asked(people(30, "x") | people(1), pulse="sharing")
    assert decide(apart, history, 5).show.bars is not None
    assert decide(sharing, history, 5).show.bars is None


def test_someone_forgotten_since_counts_against_new_voices():
    before = trace_of(asked(people(6)))
    forgotten = replace(before, answered=before.answered - {"person0"})
    big = people(30, "x")
    barely = people(9, "y") | {"person1", "person2", "person3"}
    assert decide(asked(big, "second"), [forgotten], 5).show.bars is None
    assert decide(asked(barely, "second"), [before], 5).show is not None
    assert decide(asked(barely, "second"), [forgotten], 5).show is None


def test_what_people_said_never_decides_whether_something_is_shown():
    history = [trace_of(asked(people(3)))]
    for size in (4, 8, 20):
        outcomes = {
            (decision.withheld, decision.show is None, decision.show and decision.show.bars is None)
            for mood in MOOD_KEYS.values()
            for decision in [
                decide(asked(people(size), "p", counters=Counters(**{mood: size})), history, 5)
            ]
        }
        assert len(outcomes) == 1


def test_comments_under_the_floor_are_not_shown():
    four = asked(comments=("one", "two", "three", "four"))
    assert decide(four, [], 5).show.comments == ()


def test_the_order_of_comments_does_not_depend_on_when_they_were_written():
    words = ("one", "two", "three", "four", "five", "six")
    shown = decide(asked(comments=words, seed=3), [], 5).show.comments
    backwards = decide(asked(comments=words[::-1], seed=3), [], 5).show.comments
    other_seed = decide(asked(comments=words, seed=4), [], 5).show.comments
    assert shown == backwards
    assert sorted(shown) == sorted(words)
    assert other_seed != shown


def test_comments_of_a_withheld_result_stay_unseen():
    assert decide(asked(people(4), comments=("a",) * 9), [], 5).show is None


def test_new_voices_are_all_of_a_small_group_and_more_than_half_of_a_large_one():
    assert [new_voices_needed(n, 5) for n in (5, 6, 8, 12, 100)] == [5, 6, 7, 9, 53]
    assert new_voices_needed(12, 10) == 10


def test_who_answered_can_be_forgotten_once_no_decision_can_need_it():
    trace = trace_of(asked())
    after = trace.closes_at + 6 * DAY
    assert not may_forget(trace, after - DAY, None)
    assert may_forget(trace, after, None)
    assert not may_forget(trace, after, oldest_open=MONDAY + DAY)
    assert may_forget(trace, after, oldest_open=after)


def test_what_the_guard_remembers_holds_no_mood_and_logs_nobody():
    assert {f.name for f in fields(Trace)} == {
        "pulse",
        "opens_at",
        "closes_at",
        "count",
        "answered",
    }
    assert "person" not in repr(trace_of(asked()))
    assert "person" not in repr(asked())


def test_a_trend_draws_shown_results_in_time_order_and_respects_a_raised_floor():
    shown = [
        decide(asked(people(size), f"p{week}", MONDAY + 7 * week * DAY), [], 5).show
        for week, size in ((2, 12), (0, 8), (1, 6))
    ]
    drawn = trend(shown, floor=7)
    assert [point.count for point in drawn.points] == [8, 12]
    assert drawn.enough
    assert not trend(shown, floor=10).enough
