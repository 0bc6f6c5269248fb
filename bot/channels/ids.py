"""What can be pressed in a channel's settings and what is sent, and what each carries."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import time
from typing import Self

from bot.channels.views.form import Draft
from bot.views.carried import Action, Carried, InChannel, Modal, StaleValue
from bot.views.rhythm import RhythmDraft


@dataclass(frozen=True, slots=True)
class OverDraft(Carried):
    """A channel, and the main modal as it was filled in when the second one was opened on top."""

    channel: str
    draft: Draft

    def text(self) -> str:
        """As JSON: a draft has more parts than a plain value should have."""
        flat = asdict(self.draft)
        rhythm = flat.pop("rhythm")
        at = rhythm.pop("at")
        drawn = {**rhythm, "time": f"{at:%H:%M}" if at else "", **flat}
        return json.dumps({"channel": self.channel, "draft": drawn})

    @classmethod
    def read(cls, text: str) -> Self:
        """The value that this text stands for. Raises StaleValue."""
        try:
            data = json.loads(text)
            flat = {name: held or "" for name, held in data["draft"].items()}
            days, at = tuple(map(str, flat.pop("weekdays"))), flat.pop("time")
            texts = {name: str(held) for name, held in flat.items()}
            own = {field.name for field in fields(Draft)}
            rest = {name: texts.pop(name) for name in own & texts.keys()}
            clock = time.fromisoformat(at) if at else None
            rhythm = RhythmDraft(**texts, weekdays=days, at=clock)
            return cls(str(data["channel"]), Draft(rhythm, **rest))
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise StaleValue(text) from error


SETTINGS_OPEN = Action("settings.open", InChannel)
SETTINGS_MORE = Action("settings.more", InChannel)
SETTINGS = Modal("settings", InChannel)
SETTINGS_DETAIL = Modal("settings.detail", OverDraft)
SETTINGS_READ_ONLY = Modal("settings.read_only", InChannel)
