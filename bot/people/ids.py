"""What can be pressed on a person's own pages and what is sent, and what each carries."""

from __future__ import annotations

from bot.views.carried import Action, Modal, Nothing

PAUSE_END = Action("pause.end", Nothing)
MUTE = Action("mute", Nothing)
UNMUTE = Action("mute.end", Nothing)
PREFERENCES_OPEN = Action("preferences.open", Nothing)
HOME_REFRESH = Action("home.refresh", Nothing)
PREFERENCES = Modal("preferences", Nothing)
PAUSE = Modal("pause", Nothing)
AVOID = Modal("avoid", Nothing)
