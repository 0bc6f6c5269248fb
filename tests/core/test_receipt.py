"""The account of a round, as it is kept."""

from core.receipt import Receipt, Regrouped

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


def test_what_is_missing_is_as_in_a_round_with_nothing_to_tell():
    assert Receipt.from_json({}) == Receipt(0, (), (), {}, False, False, 0, (), (), 0)
    kept = {"replanned": [{"gone": "U8", "cause": "user_disabled"}]}
    assert Receipt.from_json(kept).replanned == (Regrouped("U8", "user_disabled", ()),)
    assert Receipt(0) == Receipt.from_json({})
