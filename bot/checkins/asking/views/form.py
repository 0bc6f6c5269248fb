"""What the asker fills in: a check-in now, or one that comes again and again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from slack_sdk.models.blocks import PlainTextInputElement, RadioButtonsElement

from bot.checkins import ids
from bot.checkins.views import words as checkin_words
from bot.views import blocks as b
from bot.views import inputs, rhythm, words
from bot.views.fields import Choice, Clock, Several
from bot.views.rhythm import Often, RhythmForm, ZoneLine
from core.cadence import Every
from core.checkins import ARC, LINE_NEEDED, CheckIn, Kind, Question

LINE_MAX, OWN_MAX = 500, 300
# Blocks of both forms.
LINE, OWN, NAMES, AUDIENCE, HOURS, WHEN = "line", "own", "names", "audience", "hours", "when"

OPEN_FOR: inputs.Pairs = (
    ("4 hours", "4"), ("1 day", "24"), ("2 days", "48"), ("3 days", "72"), ("5 days", "120"),
)  # fmt: skip
AUDIENCES: inputs.Pairs = (("Me and the hosts", "asker"), ("Everyone in this channel", "channel"))
WITH_NAMES: inputs.Pairs = (("With names", "yes"), ("Without names", "no"))
NOW = ("Now", "now")
RHYTHMS = (
    Often("Every day", "days:1", Every.DAYS, 1),
    Often("Every week", "weeks:1", Every.WEEKS, 1),
    Often("Every 2 weeks", "weeks:2", Every.WEEKS, 2),
    Often("Every 4 weeks", "weeks:4", Every.WEEKS, 4),
    Often("Several weekdays, every week", "weekdays:1", Every.WEEKDAYS, 1),
    Often("Every month, first such day", "monthly:1", Every.MONTHLY, 1, nth=1),
    Often("Every month, last such day", "monthly:-1", Every.MONTHLY, 1, nth=-1),
)
RHYTHM = RhythmForm(
    offered=RHYTHMS,
    often=Choice(id="often", label="How often", options=rhythm.options(RHYTHMS)),
    weekday=Choice(id="weekday", label="Weekday", options=rhythm.WEEKDAYS, wrong=rhythm.CHOOSE_DAY),
    weekdays=Several(
        id="weekdays",
        label="Weekdays, if several",
        hint="Only for “Several weekdays”.",
        options=rhythm.WEEKDAYS,
        optional=True,
        wrong=rhythm.CHOOSE_DAY,
    ),
    at=Clock(id="time", label="Time", wrong=rhythm.NO_TIME),
    zone=ZoneLine(id="zone", label="Time zone"),
)


@dataclass(frozen=True, slots=True)
class Form:
    """The asker's form as it stands. `questions` come from the library."""

    channel_id: str
    kind: Kind
    questions: tuple[Question, ...]
    host: bool = False
    notes: tuple[str, ...] = ()  # what should be known first, such as why it cannot be asked
    zone: str = "UTC"
    running: tuple[tuple[int, str], ...] = ()  # schedules: id and words
    planned: tuple[tuple[int, str], ...] = ()  # single check-ins to come: id and words

    def but(self, **changes: Any) -> Form:
        """The same form with changes."""
        return replace(self, **changes)


def ask(form: Form, metadata: str) -> dict[str, Any]:
    """The modal of `/checkin`."""
    parts = [_kind(ids.KIND, form)]
    parts += [b.section(note) for note in form.notes]
    if form.questions:
        parts.append(b.section(_questions(form.questions)))
        parts.append(b.actions(b.loose_button("Another one", ids.ANOTHER)))
    parts += [_own(), _line(form.kind), *_names(form.kind), _audience()]
    parts.append(inputs.choice(HOURS, "Open for", OPEN_FOR, "24"))
    parts.append(inputs.choice(WHEN, "When", _whens(form.kind), "now"))
    row = [
        b.loose_button("Ask again and again", ids.SCHEDULE_OPEN, form.channel_id),
        b.loose_button("Prompts", ids.PROMPTS_OPEN, f"{form.channel_id}|{form.kind.value}"),
    ]
    if form.host:
        row.append(b.loose_button("Pulse in this channel", ids.PULSE_OPEN, form.channel_id))
    parts.append(b.actions(*row))
    return b.modal(
        ids.ASK_FORM, "Check-in", parts, submit="Ask", close="Cancel", private_metadata=metadata
    )


def schedule(form: Form, metadata: str) -> dict[str, Any]:
    """The modal of `/checkin schedule`: what runs already, and a new one."""
    parts: list[dict[str, Any]] = []
    for schedule_id, text in form.running:
        stop = b.loose_button("Stop", f"{ids.SCHEDULE_STOP}.{schedule_id}", str(schedule_id))
        parts.append(b.section(text, stop))
    for checkin_id, text in form.planned:
        back = b.loose_button("Take back", f"{ids.TAKE_BACK}.{checkin_id}", str(checkin_id))
        parts.append(b.section(text, back))
    if parts:
        parts.append(b.line())
    parts.append(_kind(ids.SCHEDULE_KIND, form))
    parts += [b.section(note) for note in form.notes]
    parts += [_own(), _line(form.kind), *_names(form.kind), _audience()]
    parts += [
        RHYTHM.often.draw("weeks:1"),
        RHYTHM.weekday.draw("0"),
        RHYTHM.weekdays.draw(()),
        RHYTHM.at.draw(time(10)),
        RHYTHM.zone.draw(form.zone),
        inputs.choice(HOURS, "Open for", OPEN_FOR, "24"),
    ]
    return b.modal(
        ids.SCHEDULE_FORM,
        "Recurring check-ins",
        parts,
        submit="Save",
        close="Close",
        private_metadata=metadata,
    )


def _whens(kind: Kind) -> inputs.Pairs:
    asked = ": action owners are asked before" if kind in ARC else ""
    return (NOW, (f"In a day{asked}", "later"))


def _kind(action_id: str, form: Form) -> dict[str, Any]:
    options = tuple((checkin_words.KINDS[kind], kind.value) for kind in Kind)
    return inputs.choice(action_id, "What about", options, form.kind.value, dispatch=True)


def _questions(questions: Sequence[Question]) -> str:
    lines = []
    for question in questions:
        name = checkin_words.SECTIONS.get(question.section or "", "From the library")
        lines.append(f"*{name}:* {b.escape(question.text)}")
    return "\n".join(lines)


def _own() -> dict[str, Any]:
    element = PlainTextInputElement(action_id=OWN, multiline=True, max_length=OWN_MAX)
    return b.field(OWN, "Or in your own words", element, optional=True)


def _line(kind: Kind) -> dict[str, Any]:
    needed = kind in LINE_NEEDED
    element = PlainTextInputElement(action_id=LINE, multiline=True, max_length=LINE_MAX)
    hint = (
        "You go first: one honest line of how it is for you. It stands on top of the question."
        if needed
        else "It stands on top of the question."
    )
    return b.field(LINE, "Your own line", element, hint, optional=not needed)


def _names(kind: Kind) -> list[dict[str, Any]]:
    if kind is Kind.PULSE:
        return []
    options = [b.option(*pair) for pair in WITH_NAMES]
    element = RadioButtonsElement(action_id=NAMES, options=options, initial_option=options[0])
    return [b.field(NAMES, "Answers", element, "Without names needs enough answers to be shown.")]


def _audience() -> dict[str, Any]:
    return inputs.choice(AUDIENCE, "Who sees the results", AUDIENCES, "asker")


NO_PROMPT = (
    "The library has no question of this kind for this channel just now: hosts have retired them. "
    "Please use your own words, or bring some back under “Prompts”."
)
ASKED_MEANWHILE = (
    "Somebody asked that question here a moment ago, so here is another one. Press *Ask* again if "
    "it suits you."
)
# Beside "How often" and "Open for" of a schedule.
PULSE_TOO_OFTEN = (
    "Results of a pulse need six days between them, or they could give somebody away. Every week, "
    "or more rarely, please."
)
STILL_OPEN_THEN = (
    "It would still be open when the next one comes: a shorter time, or a rarer rhythm, please."
)


def two_pulses(rhythm: str) -> str:
    """Beside "How often": another pulse of the channel is in the way."""
    return (
        f"A pulse is asked here {rhythm} already, and two results less than six days apart could "
        "give somebody away. Stop that one first, or choose other days."
    )


def quiet(channel_id: str, until: date) -> str:
    """On top of the form in a channel under pressure."""
    return (
        f"{words.channel(channel_id)} is under pressure until {words.day(until)}: only calm "
        "questions are offered, and nobody is reminded."
    )


def asked(kind: Kind, opens_at: datetime | None) -> str:
    """The word to the asker after "Ask"."""
    label = checkin_words.KINDS[kind]
    if opens_at is None:
        return f"“{label}” is on its way to the channel. I tell you here when it has closed."
    return f"“{label}” opens {words.moment_for_all(opens_at)}. I tell you here when it has closed."


def scheduled(kind: Kind, rhythm: str, first: datetime | None) -> str:
    """The word after saving a schedule."""
    start = f" The first time is {words.moment_for_all(first)}." if first else ""
    return f"“{checkin_words.KINDS[kind]}” is asked {rhythm}.{start}"


def running(kind: Kind, rhythm: str, upcoming: datetime | None, asker: str) -> str:
    """A schedule in the list."""
    start = f" The next time is {words.moment_for_all(upcoming)}." if upcoming else ""
    return f"“{checkin_words.KINDS[kind]}” is asked {rhythm}.{start} By {words.person(asker)}."


def refused(why: str, facts: Mapping[str, object], kind: Kind) -> str:
    """To the asker of a schedule: it is not asked this time."""
    label = checkin_words.KINDS[kind]
    return f"“{label}” is not asked this time. {checkin_words.refusal(why, facts)}"


def not_held(kind: Kind, channel_id: str, due_at: datetime) -> dict[str, Any]:
    """To the asker: a scheduled check-in came too late to be of use."""
    text = (
        f"“{checkin_words.KINDS[kind]}” in {words.channel(channel_id)}, due "
        f"{words.moment_for_all(due_at)}, was not asked: I was not running, and more than a day "
        "has passed. The next one comes as planned."
    )
    return b.message("A check-in was not asked.", [b.section(text)])


def planned(checkin: CheckIn) -> str:
    """A single check-in that is to come, in the list."""
    opens = words.moment_for_all(checkin.opens_at)
    return f"“{checkin_words.KINDS[checkin.kind]}” opens {opens}. By {words.person(checkin.asker)}."


def taken_back(checkin: CheckIn, user_id: str) -> str:
    """To the asker: a host has taken it back."""
    return f"{_which(checkin)} is not asked: {words.person(user_id)} has taken it back."


def too_late(checkin: CheckIn) -> str:
    """To the asker: its whole time went by while Kettle was not running."""
    return f"{_which(checkin)} was not asked: I was not running until its time was over."


def not_there(checkin: CheckIn) -> str:
    """To the asker: Kettle is no longer in the channel."""
    return (
        f"{_which(checkin)} was not asked: I am not in that channel any more. Somebody can bring "
        "me in with `/invite`."
    )


def not_posted(checkin: CheckIn, cause: str) -> str:
    """To the asker: Slack does not let Kettle post there."""
    return (
        f"{_which(checkin)} was not asked: Slack does not let me post there (`{cause}`). Nobody "
        "has seen it."
    )


def _which(checkin: CheckIn) -> str:
    label = checkin_words.KINDS[checkin.kind]
    return f"“{label}” in {words.channel(checkin.channel_id)}"


def asker_gone(asker: str, kind: Kind, channel_id: str) -> str:
    """To the hosts: a schedule has ended with its asker."""
    return (
        f"{words.person(asker)} is not in {words.channel(channel_id)} any more, so "
        f"“{checkin_words.KINDS[kind]}” is not asked there again. Whoever wants to go first can "
        "start it anew with `/checkin schedule`."
    )
