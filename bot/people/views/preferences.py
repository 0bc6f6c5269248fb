"""What a person sets for themselves: the modals, and the words back; seen by nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.views import blocks as b
from bot.views import ids, inputs, words
from core.values import LARGEST_GROUP, LONGEST_PACE, SHORTEST_PACE, SMALLEST_GROUP, Mode, Person
from core.when import Trouble

PACE, SIZE, MODE = "prefer.pace", "prefer.size", "prefer.mode"
HOURS_FROM, HOURS_UNTIL, DAYS = "prefer.from", "prefer.until", "prefer.days"
TEAM, ASK_ABOUT = "prefer.team", "prefer.ask_about"
STATUS, OPEN_TO_ASK = "prefer.status", "prefer.open"
NOT_WITH = "prefer.not_with"
UNTIL = "pause.until"
TITLE, PAUSE_TITLE, AVOID_TITLE = "Preferences", "Pause", "Not with"
ANY, YES = "any", "yes"
LONGEST_LINE, LONGEST_TEAM, MOST_AVOIDED = 150, 60, 50

_NTH = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth"}
PACES: inputs.Pairs = tuple(
    ("Every round" if pace == 1 else f"Every {_NTH[pace]} round", str(pace))
    for pace in range(SHORTEST_PACE, LONGEST_PACE + 1)
)
SIZES: inputs.Pairs = (
    ("No preference", ANY),
    *((f"{size} people", str(size)) for size in range(SMALLEST_GROUP, LARGEST_GROUP + 1)),
)
MODES: inputs.Pairs = (("Either", ANY), ("In person", Mode.IN_PERSON), ("Virtual", Mode.VIRTUAL))
_PRIVATE = (
    "I will not introduce you to each other, whoever of you is on the other's list. "
    "Nobody but you ever sees it."
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """The fields of the modal, filled in and found right."""

    pace: int
    size: int | None
    mode: Mode | None
    team: str | None
    ask_about: str
    obeys_status: bool
    open_to_ask: bool


def modal(person: Person, not_with: Sequence[str]) -> dict[str, Any]:
    """Everything a person may choose, as it is now."""
    return b.modal(
        ids.PREFERENCES, TITLE, [*_rhythm(person), *_about(person), *_asked(person, not_with)],
        "Save", "Cancel",
    )  # fmt: skip


def pause_modal(paused_until: date | None) -> dict[str, Any]:
    """A break until a date."""
    hint = "The first day on which you are back. The break ends by itself."
    return b.modal(
        ids.PAUSE,
        PAUSE_TITLE,
        [
            b.section("A break is a break: I leave you out of every round, and nobody is told."),
            inputs.calendar(UNTIL, "Back on", paused_until, hint),
        ],
        "Pause",
        "Cancel",
    )


def avoid_modal(not_with: Sequence[str]) -> dict[str, Any]:
    """The private list alone."""
    return b.modal(ids.AVOID, AVOID_TITLE, [_not_with(not_with)], "Save", "Cancel")


def done(title: str, said: str) -> dict[str, Any]:
    """The modal after saving, where there is something to say about it."""
    return b.modal(f"{ids.PREFERENCES}.done", title, [b.section(said)])


def _rhythm(person: Person) -> list[dict[str, Any]]:
    hours = person.hours
    days = tuple(str(day) for day in hours.weekdays)
    return [
        inputs.choice(PACE, "At most", PACES, str(person.pace)),
        inputs.choice(SIZE, "Group size", SIZES, str(person.size or ANY)),
        inputs.choice(MODE, "In person or virtual", MODES, person.mode or ANY),
        inputs.clock(HOURS_FROM, "Working hours from", f"{hours.start:%H:%M}"),
        inputs.clock(HOURS_UNTIL, "Working hours until", f"{hours.end:%H:%M}"),
        inputs.several(
            DAYS,
            "Working days",
            inputs.WEEKDAYS,
            days,
            f"In your Slack time zone, {person.zone}. I propose times within these hours.",
        ),
    ]


def _about(person: Person) -> list[dict[str, Any]]:
    return [
        inputs.line(
            ASK_ABOUT,
            "Ask me about",
            person.ask_about,
            LONGEST_LINE,
            "A line for whoever you are introduced to, such as “sourdough, or our data model”.",
            optional=True,
        ),
        inputs.line(
            TEAM,
            "Your team",
            person.team or "",
            LONGEST_TEAM,
            "Used only where a host wants people of different teams, or of one team, to meet.",
            optional=True,
        ),
    ]


def _asked(person: Person, not_with: Sequence[str]) -> list[dict[str, Any]]:
    status = (("When my status says that I am away, leave me out without asking", YES),)
    asking = (("I may be asked for a coffee right now, or for a hand", YES),)
    return [
        inputs.boxes(STATUS, "Slack status", status, [YES] if person.obeys_status else []),
        inputs.boxes(
            OPEN_TO_ASK, "Out of turn", asking, [YES] if person.open_to_ask else [],
            "Only if you tick it; saying no is always fine.",
        ),
        _not_with(not_with),
    ]  # fmt: skip


def _not_with(not_with: Sequence[str]) -> dict[str, Any]:
    return inputs.colleagues(NOT_WITH, "Not with", not_with, _PRIVATE, MOST_AVOIDED)


def summary(person: Person) -> str:
    """The preferences in a few lines; without the private list."""
    hours, days = person.hours, [words.WEEKDAYS[day][:3] for day in person.hours.weekdays]
    size = f"; groups of {person.size}" if person.size else ""
    where = {None: "", Mode.IN_PERSON: "; in person", Mode.VIRTUAL: "; virtual"}[person.mode]
    pace = "every round" if person.pace == 1 else f"every {_NTH[person.pace]} round at most"
    lines = [
        f"In {pace}{size}{where}",
        f"Working hours {hours.start:%H:%M} to {hours.end:%H:%M}, {', '.join(days)}",
    ]
    if person.ask_about:
        lines.append(f"Ask me about: {b.escape(person.ask_about)}")
    if person.team:
        lines.append(f"Team: {b.escape(person.team)}")
    return "\n".join(lines)


# -- what is said about what was filled in ------------------------------------

CHOOSE = "Please choose one."
NO_TIME = "Choose a time of day, such as 9:00."
NO_HOURS = "Working hours that end when they begin are none; choose another time."
NO_DAY = "Choose at least one day."
TOO_LONG = f"{LONGEST_LINE} characters at most, please."
TEAM_TOO_LONG = f"{LONGEST_TEAM} characters at most, please."
TOO_MANY = f"{MOST_AVOIDED} people at most."
YOURSELF = "You cannot put yourself on that list."
NO_DATE = "Choose the day on which you are back."
SAVED = "Saved."


def no_pause(trouble: Trouble) -> str:
    """Beside the date of a pause."""
    if trouble is Trouble.PAST:
        return "That day is here already. Choose a later one, on which you are back."
    if trouble is Trouble.TOO_FAR:
        return "That is more than a year away. To stop for good, type /coffee leave."
    return NO_DATE


def now_avoided(others: Sequence[str]) -> str:
    """After `/coffee avoid @name`."""
    return (
        f"Noted: I will not introduce you and {words.people(others)} to each other. Only you can "
        "see that. The same command takes it back."
    )


def avoided_no_more(others: Sequence[str]) -> str:
    """After the same command again."""
    return f"Noted: {words.people(others)} may be introduced to you again."


def list_saved(count: int) -> str:
    """After the list was saved."""
    if not count:
        return "Your list is empty: anyone may be introduced to you."
    return f"Your list holds {words.count(count, 'person', 'people')}. Only you can see it."


def nobody_left(channel_ids: Sequence[str]) -> str:
    """Everyone a person could meet is on their own list."""
    where = words.join([words.channel(channel_id) for channel_id in channel_ids])
    return (
        f"With this list, there is nobody left whom I could introduce to you in {where}. You stay "
        "in, and I try again in every round; nobody is told why."
    )
