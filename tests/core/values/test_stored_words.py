"""What a row says today is what it said when it was written: the words that databases hold."""

import pytest

from core import actions, checkins, eligibility, matching, starters, values
from core.cadence import Every
from core.outbox.kinds import DeliveryKind, DeliveryState, Method
from core.pulse import Lean, Withheld

WORDS = {
    values.TakingPart: "opt_in everyone",
    values.Notice: "channel dm off",
    values.MeetingKind: "round impromptu check_in",
    values.Mode: "in_person virtual",
    values.Outcome: "met planning not_this_time",
    checkins.Kind: "open pulse pressure motivation kickoff retro aar celebrate",
    checkins.Audience: "asker channel",
    checkins.Phase: "planned open closed cancelled",
    checkins.HandState: "waiting met over",
    actions.ItemKind: "worry action",
    actions.State: "open still_open done dropped",
    eligibility.Reason: "bot deactivated left_channel stranger guest opted_out not_opted_in paused"
    " skipping away_status pace",
    matching.Odd: "larger smaller sit_out",
    matching.Reason: "alone no_partner sits_out",
    starters.Tag: "light work deep",
    Every: "days weeks weekdays monthly",
    actions.Occasion: "kickoff retro aar",
    Withheld: "still_open already_shown too_few_answers too_few_new_voices",
    DeliveryState: "waiting sent failed cancelled",
    Method: "post ephemeral update file",
    DeliveryKind: "introduction nudge ask agreed calendar reminder expired asked notice status"
    " receipt missed without alone silences newcomer greeting opening support checkin"
    " checkin_note checkin_draw checkin_reminder checkin_results checkin_reply checkin_file item"
    " hand hand_wish hand_over carried unsaid took_on welcome searched ended said",
}


@pytest.mark.parametrize("kept", WORDS)
def test_rows_of_an_earlier_version_are_read(kept):
    assert {kept(word).value for word in WORDS[kept].split()} == set(WORDS[kept].split())


def test_a_lean_is_kept_by_its_key():
    assert {lean.key: int(lean) for lean in Lean} == {
        "mostly_heavy": -2,
        "leaning_heavy": -1,
        "even": 0,
        "leaning_light": 1,
        "mostly_light": 2,
    }
