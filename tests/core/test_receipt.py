"""The account of a round, as it is kept."""

import pytest

from core import eligibility, matching
from core.receipt import FEWEST, PERSONAL, Receipt, Regrouped, Tellable, tellable

WHOLE = Receipt(
    7,
    groups=(("U1", "U2"), ("U3", "U4", "U5")),
    odd=(1,),
    left_out={"paused": ("U6", "U7")},
    late=True,
    capped=True,
    present=5,
    replanned=(Regrouped("U8", "user_disabled", ("U1", "U2")), Regrouped("U9", "is_bot")),
)


def test_what_is_kept_is_what_was_told():
    assert Receipt.from_json(WHOLE.to_json()) == WHOLE
    assert WHOLE.people == 5


def test_rows_of_an_earlier_version_are_read():
    """These words are in databases."""
    assert WHOLE.to_json() == {
        "number": 7,
        "groups": [["U1", "U2"], ["U3", "U4", "U5"]],
        "odd": [1],
        "left_out": {"paused": ["U6", "U7"]},
        "late": True,
        "capped": True,
        "present": 5,
        "replanned": [
            {"gone": "U8", "cause": "user_disabled", "now": ["U1", "U2"]},
            {"gone": "U9", "cause": "is_bot", "now": []},
        ],
    }


def out(**counts):
    return {
        reason: tuple(f"U{reason}{n}" for n in range(count)) for reason, count in counts.items()
    }


@pytest.mark.parametrize("reason", sorted(PERSONAL))
def test_a_private_reason_is_told_only_of_enough_people(reason):
    assert tellable(out(**{reason: FEWEST - 1})) == Tellable({}, FEWEST - 1)
    enough = out(**{reason: FEWEST})
    assert tellable(enough) == Tellable(enough, 0)


def test_private_reasons_are_counted_together_and_the_others_are_told():
    few = out(paused=2, guest=7, no_partner=1, sits_out=1)
    assert tellable(few) == Tellable(out(guest=7, sits_out=1), 3)
    many = out(paused=2, guest=1, no_partner=1, skipping=2)
    assert tellable(many) == Tellable(many, 0)
    assert tellable({}) == Tellable({}, 0)


def test_every_reason_there_is_is_private_or_a_fact_that_all_can_see():
    facts = {"bot", "deactivated", "left_channel", "stranger", "guest", "not_opted_in", "sits_out"}
    reasons = {str(reason) for reason in (*eligibility.Reason, *matching.Reason)}
    assert reasons == facts | PERSONAL


def test_who_takes_turns_in_meeting_does_not_tell_who_cannot_meet_anybody():
    left_out = out(no_partner=2, sits_out=1, paused=1)
    assert Receipt(1, groups=(("U1", "U2"),), left_out=left_out, present=5).meeting == 3


def test_what_is_missing_is_as_in_a_round_with_nothing_to_tell():
    assert Receipt.from_json({}) == Receipt(0, (), (), {}, False, False, 0, (), (), 0)
    kept = {"replanned": [{"gone": "U8", "cause": "user_disabled"}]}
    assert Receipt.from_json(kept).replanned == (Regrouped("U8", "user_disabled", ()),)
    assert Receipt(0) == Receipt.from_json({})
