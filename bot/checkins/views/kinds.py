"""The words of each kind of check-in: what it is called, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from core.checkins import EachKind, Kind

WORRIES_LISTED = (
    "Worries are listed in this channel, without names, until a look back settles them. "
)
ACTIONS_LISTED = (
    "Actions are listed in this channel, with the name of who takes them on, until they are "
    "settled. "
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWords:
    """`name` is a title of 24 characters at most; `about` explains its word in `/checkin help`.

    `listed` says in the promise what of the answers is listed for all, if anything is.
    """

    name: str
    about: str
    listed: str = ""


WORDS = EachKind(
    open=KindWords(
        name="What is on your mind",
        about="what is on people's minds beyond tasks",
    ),
    pulse=KindWords(
        name="Pulse",
        about="how heavy or light work feels, without names",
    ),
    pressure=KindWords(
        name="What is heavy",
        about="name what is heavy, so that something can be done",
    ),
    motivation=KindWords(
        name="What moves us",
        about="what gives energy and meaning",
    ),
    kickoff=KindWords(
        name="Kickoff",
        about="purpose, priorities, worries, support",
        listed=WORRIES_LISTED,
    ),
    retro=KindWords(
        name="Looking back",
        about="look back on a period: outcome, experience, actions",
        listed=ACTIONS_LISTED,
    ),
    aar=KindWords(
        name="After an event",
        about="after an event: what happened, how it was, what follows",
        listed=ACTIONS_LISTED,
    ),
    celebrate=KindWords(
        name="Celebrate",
        about="finished work and unseen work",
    ),
)


def name_of(kind: Kind) -> str:
    """What this kind is called."""
    return WORDS[kind].name
