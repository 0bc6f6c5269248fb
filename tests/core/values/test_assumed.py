"""What is assumed as long as nobody has said anything: the defaults of values, by field."""

from datetime import UTC, date, datetime, time

import pytest

from core import eligibility, matching
from core.actions import Item, ItemKind, State
from core.cadence import Cadence, Every
from core.checkins import Audience, CheckIn, CheckInSettings, Contract, Kind, Phase, Question
from core.outbox.kinds import DeliveryKind, Method
from core.outbox.outgoing import Key, Outgoing
from core.prompts import Prompt
from core.slots import WorkingHours
from core.values import (
    ChannelSettings,
    Companion,
    Hours,
    Meeting,
    MeetingKind,
    Membership,
    Notice,
    Person,
    TakingPart,
    Window,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
NINE, FIVE, WORKDAYS = time(9), time(17), (0, 1, 2, 3, 4)
OPEN = Contract(Kind.OPEN, named=True, audience=Audience.ASKER, floor=None)
ASSUMED = [
    (
        Person("U1", 1),
        {"zone": "UTC", "is_bot": False, "deleted": False, "guest": False, "stranger": False}
        | {"team": None, "status_emoji": "", "status_text": "", "status_until": None}
        | {"paused_until": None, "pace": 1, "hours": Hours(), "mode": None, "size": None}
        | {"ask_about": "", "obeys_status": False, "open_to_ask": False, "muted": False}
        | {"requests": 2}
        | {"credit": 0.0, "organised": 0, "unanswered": 0},
    ),
    (
        Membership("C1", "U1"),
        {"present": True, "opted": None, "skipping": False, "waiting_since": None}
        | {"last_round": None},
    ),
    (
        eligibility.PersonState("U1"),
        {"is_bot": False, "deleted": False, "left_channel": False, "stranger": False}
        | {"guest": False, "opted": None, "skipping": False, "obeys_status": False, "pace": 1}
        | {"rounds_since_last": None},
    ),
    (eligibility.Participation((), ()), {"to_ask": ()}),
    (
        ChannelSettings(),
        {"size": 2, "odd": "larger", "taking_part": TakingPart.OPT_IN, "guests": False}
        | {"notice": Notice.CHANNEL, "country": None, "subdivision": None, "blackout": ()}
        | {"window": None, "prefer": {}}
        | {"cadence": Cadence(Every.WEEKS, 1, (0,), None, time(10), "UTC", date(2024, 1, 1))},
    ),
    (
        Cadence(Every.DAYS),
        {"interval": 1, "weekdays": (0,), "nth": None, "at": time(10), "zone": "UTC"}
        | {"anchor": date(2024, 1, 1)},
    ),
    (Hours(), {"start": NINE, "end": FIVE, "weekdays": WORKDAYS}),
    (Window(NINE, FIVE), {"weekdays": WORKDAYS}),
    (WorkingHours(), {"start": NINE, "end": FIVE, "weekdays": WORKDAYS, "zone": "UTC"}),
    (Companion("U1"), {"outcome": None, "picks": ()}),
    (
        Meeting(1, "T", "C", MeetingKind.ROUND, (), "U1", NOW, NOW),
        {"conversation_id": None, "message_ts": None, "starter_id": None, "starter_tag": None}
        | {"proposals": (), "agreed_at": None, "closed": False},
    ),
    (
        CheckIn(1, "T", "C", "U1", "", (), OPEN, Phase.OPEN, NOW, NOW),
        {"invited": 0, "answers": 0, "posted_ts": None, "schedule_id": None, "before": None}
        | {"items": (), "result": None, "reply": None},
    ),
    (CheckInSettings(), {"pulse": False, "floor": None}),
    (Question("Why?"), {"prompt_id": None, "section": None}),
    (Prompt("p", "Why?"), {"tags": (), "section": None, "quiet": False}),
    (
        Item("i", ItemKind.WORRY, "too much"),
        {"owner": None, "state": State.OPEN, "carried": 0, "asked": False},
    ),
    (
        Outgoing("T", Key("k"), DeliveryKind.NUDGE, {}, NOW),
        {"users": (), "channel_id": None, "method": Method.POST, "meeting_id": None}
        | {"round_id": None, "expires_at": None},
    ),
    (
        matching.Candidate("U1"),
        {"team": None, "hours": 0, "mode": None, "site": None, "size": None}
        | {"channels": frozenset(), "credit": 0.0, "organised": 0},
    ),
    (
        matching.Rules(),
        {"size": 2, "odd": matching.Odd.LARGER, "blocks": frozenset(), "window": 0.5}
        | {"prefer": matching.Preferences(0, 0, 0, 0, 0)},
    ),
    (matching.PastRound((), b"", b""), {"own": True}),
    (matching.KeptPlan((), b"", ()), {"level": 0}),
    (matching.History({}), {"rounds": (), "kept": None}),
    (
        matching.PairWhy("a", "b"),
        {"times": 0, "met": 0, "rounds_ago": None, "longest_for_a": True, "longest_for_b": True}
        | {"all_met_by_a": False, "all_met_by_b": False},
    ),
]


@pytest.mark.parametrize(
    ("value", "assumed"), ASSUMED, ids=[type(value).__name__ for value, _ in ASSUMED]
)
def test_until_somebody_says_more(value, assumed):
    assert {name: getattr(value, name) for name in assumed} == assumed
    assert [type(getattr(value, name)) for name in assumed] == list(map(type, assumed.values()))
