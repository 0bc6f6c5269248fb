"""What a person sets for themselves: the modals, and the words back; seen by nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.people import ids
from bot.people.views import holidays
from bot.views import blocks as b
from bot.views import rhythm, words
from bot.views.blocks import Blocks, ModalView
from bot.views.fields import (
    Boxes,
    Calendar,
    Choice,
    Clock,
    Colleagues,
    Line,
    Pairs,
    Several,
)
from core.values import (
    LARGEST_GROUP,
    LONGEST_PACE,
    SHORTEST_PACE,
    SMALLEST_GROUP,
    Hours,
    Mode,
    Person,
)
from core.when import Trouble

TITLE, PAUSE_TITLE, AVOID_TITLE = "Preferences", "Pause", "Not with"
ANY, YES = "any", "yes"
LONGEST_LINE, LONGEST_TEAM, MOST_AVOIDED = 150, 60, 50
NO_TIME = "Choose a time of day, such as 9:00."
NO_DATE = "Choose the day on which you are back."

_NTH = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth"}
PACES: Pairs = tuple(
    ("Every round" if pace == 1 else f"Every {_NTH[pace]} round", str(pace))
    for pace in range(SHORTEST_PACE, LONGEST_PACE + 1)
)
SIZES: Pairs = (
    ("No preference", ANY),
    *((f"{size} people", str(size)) for size in range(SMALLEST_GROUP, LARGEST_GROUP + 1)),
)
LIMITS: Pairs = (
    ("Once a week", "1"),
    ("Twice a week", "2"),
    ("Five times a week", "5"),
    ("No limit", ANY),
)
MODES: Pairs = (("Either", ANY), ("In person", Mode.IN_PERSON), ("Virtual", Mode.VIRTUAL))

PACE = Choice(id="prefer.pace", label="At most", options=PACES)
SIZE = Choice(id="prefer.size", label="Group size", options=SIZES)
MODE = Choice(id="prefer.mode", label="In person or virtual", options=MODES)
HOURS_FROM = Clock(id="prefer.from", label="Working hours from", wrong=NO_TIME)
HOURS_UNTIL = Clock(id="prefer.until", label="Working hours until", wrong=NO_TIME)
DAYS = Several(
    id="prefer.days",
    label="Working days",
    options=rhythm.WEEKDAYS,
    wrong="Choose at least one day.",
)
ASK_ABOUT = Line(
    id="prefer.ask_about",
    label="Ask me about",
    hint="A line for whoever you are introduced to, such as “sourdough, or our data model”.",
    longest=LONGEST_LINE,
    optional=True,
    wrong=f"{LONGEST_LINE} characters at most, please.",
)
TEAM = Line(
    id="prefer.team",
    label="Your team",
    hint="Used only where a host wants people of different teams, or of one team, to meet.",
    longest=LONGEST_TEAM,
    optional=True,
    wrong=f"{LONGEST_TEAM} characters at most, please.",
)
STATUS = Boxes(
    id="prefer.status",
    label="Slack status",
    options=(("When my status says that I am away, leave me out without asking", YES),),
)
OPEN_TO_ASK = Boxes(
    id="prefer.open",
    label="Out of turn",
    hint="Only if you tick it; saying no is always fine.",
    options=(("I may be asked for a coffee right now, or for a hand", YES),),
)
REQUESTS = Choice(
    id="prefer.requests",
    label="Asked at most",
    hint="Coffees and hands together, in any seven days. Nobody can tell when you have had yours.",
    options=LIMITS,
)
MUTED = Boxes(
    id="prefer.muted",
    label="Mute",
    hint="You'll still get your introductions, agreed times, and whatever you ask for.",
    options=(("No nudges, questions, notices or requests, please", YES),),
)
NOT_WITH = Colleagues(
    id="prefer.not_with",
    label="Not with",
    hint="I will not introduce you to each other, whoever of you is on the other's list. "
    "Nobody but you ever sees it.",
    most=MOST_AVOIDED,
    wrong=f"{MOST_AVOIDED} people at most.",
)
UNTIL = Calendar(
    id="pause.until",
    label="Back on",
    hint="The first day on which you are back. The break ends by itself.",
    wrong=NO_DATE,
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the modal says, filled in and found right; `not_with` are ids."""

    pace: int
    size: int | None
    mode: Mode | None
    hours: Hours
    team: str | None
    ask_about: str
    obeys_status: bool
    open_to_ask: bool
    requests: int | None
    muted: bool
    not_with: tuple[str, ...]


def modal(person: Person, not_with: Sequence[str]) -> ModalView:
    """Everything a person may choose, as it is now."""
    blocks = [*_meeting(person), *_about(person), *_asked(person), NOT_WITH.draw(tuple(not_with))]
    return b.modal(ids.PREFERENCES.id, TITLE, blocks, "Save", "Cancel")


def pause_modal(paused_until: date | None) -> ModalView:
    """A break until a date."""
    said = "A break is a break: I leave you out of every round, and nobody is told."
    blocks = [b.section(said), UNTIL.draw(paused_until)]
    return b.modal(ids.PAUSE.id, PAUSE_TITLE, blocks, "Pause", "Cancel")


def avoid_modal(not_with: Sequence[str]) -> ModalView:
    """The private list alone."""
    blocks = [NOT_WITH.draw(tuple(not_with))]
    return b.modal(ids.AVOID.id, AVOID_TITLE, blocks, "Save", "Cancel")


def done(title: str, said: str) -> ModalView:
    """The modal after saving, where there is something to say about it."""
    return b.modal(f"{ids.PREFERENCES.id}.done", title, [b.section(said)])


def _meeting(person: Person) -> Blocks:
    hours = person.hours
    zone = f"In your Slack time zone, {person.zone}. I propose times within these hours."
    return [
        PACE.draw(str(person.pace)),
        SIZE.draw(str(person.size or ANY)),
        MODE.draw(person.mode or ANY),
        HOURS_FROM.draw(hours.start),
        HOURS_UNTIL.draw(hours.end),
        replace(DAYS, hint=zone).draw(tuple(str(day) for day in hours.weekdays)),
        *holidays.drawn(hours),
    ]


def _about(person: Person) -> Blocks:
    return [ASK_ABOUT.draw(person.ask_about), TEAM.draw(person.team or "")]


def _asked(person: Person) -> Blocks:
    return [
        STATUS.draw((YES,) if person.obeys_status else ()),
        OPEN_TO_ASK.draw((YES,) if person.open_to_ask else ()),
        REQUESTS.draw(str(person.requests or ANY)),
        MUTED.draw((YES,) if person.muted else ()),
    ]


def summary(person: Person) -> str:
    """The preferences in a few lines; without the private list."""
    hours, days = person.hours, [words.WEEKDAYS[day][:3] for day in person.hours.weekdays]
    size = f"; groups of {person.size}" if person.size else ""
    where = {None: "", Mode.IN_PERSON: "; in person", Mode.VIRTUAL: "; virtual"}[person.mode]
    pace = "every round" if person.pace == 1 else f"every {_NTH[person.pace]} round at most"
    lines = [
        f"In {pace}{size}{where}",
        f"Working hours {hours.start:%H:%M} to {hours.end:%H:%M}, {', '.join(days)}",
        *([holidays.told(hours.holidays)] if hours.holidays is not None else []),
    ]
    if person.ask_about:
        lines.append(f"Ask me about: {b.escape(person.ask_about)}")
    if person.team:
        lines.append(f"Team: {b.escape(person.team)}")
    if person.open_to_ask:
        lines.append(f"May be asked for a coffee right now, or for a hand{_often(person)}")
    return "\n".join(lines)


def _often(person: Person) -> str:
    often = {value: label.lower() for label, value in LIMITS if value != ANY}
    return f", {often[str(person.requests)]} at most" if str(person.requests) in often else ""


# -- what is said about what was filled in ------------------------------------

NO_HOURS = "Working hours that end when they begin are none; choose another time."
YOURSELF = "You cannot put yourself on that list."
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
