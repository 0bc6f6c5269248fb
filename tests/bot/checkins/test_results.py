"""Results as a post: however much was said, Slack takes it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.checkins.after.views import results
from core.checkins import Audience, CheckIn, Contract, Kind, Phase, Question, Result
from simulator.blocks import message_problems
from simulator.changes.content import check_length

WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
OPEN = CheckIn(
    id=1,
    team_id="T1",
    channel_id="C1",
    asker="U1",
    line="Two releases at once.",
    questions=(Question("How are things?"),),
    contract=Contract(Kind.OPEN, named=True, audience=Audience.CHANNEL, floor=None),
    phase=Phase.CLOSED,
    opens_at=WHEN,
    closes_at=WHEN,
    result=Result(0, 0),
)


@pytest.mark.parametrize(("people", "letters"), [(3, 20), (40, 280), (40, 3000), (300, 50)])
def test_results_fit_into_one_message_and_say_when_there_were_more(people, letters):
    named = {f"U{n}": {"answer": "x" * letters} for n in range(people)}
    blocks = results.in_channel(replace(OPEN, answers=people), named)["blocks"]
    assert message_problems(blocks) == []
    check_length(blocks)
    cut = "More was said than fits" in str(blocks[-1])
    assert cut == (min(people, results.SHOWN) * letters > 11_000)
