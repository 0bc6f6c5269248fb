"""A result is kept as it was decided, and those that 0.1.0 kept are read."""

from dataclasses import replace

import pytest

from core.actions import State
from core.checkins import EachKind, Kind, Result, Tally, Told
from core.pulse import Bars, Lean, Withheld

TOLD = Told({"a": State.DONE, "b": State.OPEN}, ("a",), Tally(done=1, unanswered=1))
PULSE = Result(15, 20, lean=Lean.EVEN, bars=Bars(5, (1, 0, 1, 0, 0)), comments=("So", "so"))


@pytest.mark.parametrize(
    "result",
    [
        Result(3, 8, Withheld.TOO_FEW_ANSWERS),
        Result(3, 8, Withheld.TOO_FEW_NEW_VOICES, told=TOLD),
        Result(6, 8, answers=({"answer": "Fine"},)),
        Result(2, 6, told=TOLD),
        replace(PULSE, bars=None),
        PULSE,
        PULSE.without_words(),
    ],
)
def test_a_result_is_read_as_it_was_kept(result):
    assert Result.from_json(result.to_json()) == result


def test_results_of_the_first_version_are_read():
    base = {"count": 6, "invited": 8}
    withheld = {**base, "shown": False, "why": "too_few_answers"}
    pulse = {**base, "shown": True, "lean": 2, "bars": None, "comments": ["So"]}
    arc = {"told": {"a": "done"}, "over": ["a"], "account": {"done": 1, "still_open": 0}}
    assert Result.from_json(withheld) == Result(6, 8, Withheld.TOO_FEW_ANSWERS)
    assert Result.from_json(pulse) == Result(6, 8, lean=Lean.MOSTLY_LIGHT, comments=("So",))
    told = Told({"a": State.DONE}, ("a",), Tally(done=1))
    assert Result.from_json({**base, "shown": True, **arc}) == Result(6, 8, told=told)


def test_what_people_wrote_goes_and_what_was_counted_stays():
    left = replace(PULSE, answers=({"answer": "Fine"},), told=TOLD).without_words()
    assert (left.comments, left.answers, left.emptied) == ((), (), True)
    assert (left.count, left.lean, left.bars, left.told) == (15, Lean.EVEN, PULSE.bars, TOLD)


def test_there_is_one_of_each_for_every_kind():
    assert list(EachKind.__annotations__) == list(Kind)
    assert [kind for kind in Kind if kind.rules.by_mood] == [Kind.PULSE]
    assert not any(kind.rules.collects and not kind.rules.occasion for kind in Kind)
