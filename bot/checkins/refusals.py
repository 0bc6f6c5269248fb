"""Why something about a check-in is refused; the sentences are in its views."""

from __future__ import annotations

from enum import StrEnum

from bot.platform.errors import ForThePerson


class Why(StrEnum):
    """One reason, one sentence."""

    NO_CHANNEL = "no_channel"
    NOT_A_MEMBER = "not_a_member"
    GUEST = "guest"
    GONE = "gone"
    CLOSED = "closed"
    TOO_LATE = "too_late"
    ANSWERED = "answered"
    PULSE_OFF = "pulse_off"
    TOO_SMALL = "too_small"
    STILL_OPEN = "still_open"
    TOO_SOON = "too_soon"
    NOT_YOURS_TO_SEE = "not_yours_to_see"
    NOT_YET = "not_yet"
    NAMES_CONFIDED = "names_confided"
    NOT_THE_ASKER = "not_the_asker"
    NOT_YOUR_ITEM = "not_your_item"
    SETTLED = "settled"
    NO_TREND = "no_trend"
    NOTHING_CLOSED = "nothing_closed"
    NO_PROMPT = "no_prompt"
    HOST_ONLY = "host_only"


class Refused(ForThePerson):
    """A refusal about check-ins; `why` and the facts make the sentence."""

    def __init__(self, why: Why, **facts: object) -> None:
        super().__init__(why.value)
        self.why, self.facts = why, facts
