"""Buttons that an older version drew, or that somebody forged: answered, and nothing happens."""

import pytest

from bot.meetings.ids import AtTime, Minutes, OfKind, OfMeeting, Question, Until
from bot.rounds.ids import FirstDayBack
from bot.views.carried import InChannel, StaleValue

FORGED = (
    ("meeting.met", "first"), ("meeting.planning", "-"), ("meeting.not", "1e3"),
    ("meeting.shuffle", "٣"), ("meeting.why", "9" * 30), ("meeting.time.5", "5"),
    ("meeting.time.6", "5|soon"), ("now.join", "a while"), ("now.accept", "9" * 18),
    ("status.away", "2026-02-30"), ("status.always", "tomorrow"),
)  # fmt: skip


def test_a_button_whose_value_cannot_be_read_says_that_it_is_too_old(town):
    ana = town.person("Ana")
    slack = town.parts.services.slack(town.parts.team_id)
    for number, (action_id, value) in enumerate(FORGED):
        text = {"type": "plain_text", "text": f"Old {number}"}
        button = {"type": "button", "action_id": action_id, "value": value, "text": text}
        blocks = [{"type": "actions", "elements": [button]}]
        slack.call("chat.postMessage", channel=ana.id, text=f"Message {number}", blocks=blocks)
        assert "too old" in ana.presses(f"Old {number}"), action_id
        town.forward(seconds=2)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (OfMeeting(12), "12"),
        (OfKind(12, Question.LIGHT), "12|light"),
        (InChannel("C012"), "C012"),
        (Minutes(15), "15"),
    ],
)
def test_values_are_written_as_the_first_version_wrote_them_and_read_back(value, text):
    assert value.text() == text
    assert type(value).read(text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [(AtTime, "12|1772445600"), (Until, "1772445600"), (FirstDayBack, "2026-03-04")],
)
def test_instants_and_days_are_read_as_the_first_version_wrote_them(kind, text):
    assert kind.read(text).text() == text
    for forged in ("", "|", f"{text}|1", f"x{text}"):
        with pytest.raises(StaleValue):
            kind.read(forged)
