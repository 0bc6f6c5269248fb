"""What the asker fills in: a check-in now, or one that comes again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from bot.checkins import ids
from bot.checkins.views import words as checkin_words
from bot.checkins.views.kinds import name_of
from bot.views import blocks as b
from bot.views import rhythm, words
from bot.views.blocks import Blocks, ModalView
from bot.views.carried import Action, InChannel, Nothing
from bot.views.fields import Choice, Clock, Lines, Pairs, Radio, Several
from bot.views.forms import Wrong
from bot.views.rhythm import Often, RhythmForm, ZoneLine
from core.cadence import Every
from core.checkins import Audience, Kind, Question
from core.prompts import OWN_MAX, OwnProblem, check_own

LINE_MAX = 500
FROM_LIBRARY = "From the library"
DAY = "24"  # hours that a check-in is open for, if nothing else is chosen
FIRST = "You go first: one honest line of how it is for you. It stands on top of the question."

OPEN_FOR: Pairs = (
    ("4 hours", "4"), ("1 day", "24"), ("2 days", "48"), ("3 days", "72"), ("5 days", "120"),
)  # fmt: skip
AUDIENCES: Pairs = (
    ("Me and the hosts", Audience.ASKER.value),
    ("Everyone in this channel", Audience.CHANNEL.value),
)
WITH, WITHOUT = ("With names", "yes"), ("Without names", "no")
NOW, LATER = "now", "later"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords(Lines):
    """A question that calls nobody out."""

    def check(self, value: str) -> str:
        problem = check_own(value, ()) if value else None
        if problem is not None:
            raise Wrong(checkin_words.OWN_PROBLEMS[problem])
        return value


OWN = OwnWords(
    id="own",
    label="Or in your own words",
    optional=True,
    longest=OWN_MAX,
    too_long=checkin_words.OWN_PROBLEMS[OwnProblem.TOO_LONG],
)
NAMES = Radio(
    id="names",
    label="Answers",
    hint="Without names needs enough answers to be shown.",
    options=(WITH, WITHOUT),
)
AUDIENCE = Choice(id="audience", label="Who sees the results", options=AUDIENCES)
HOURS = Choice(id="hours", label="Open for", options=OPEN_FOR)


def line_field(kind: Kind) -> Lines:
    """The asker's own line: where they go first, it is needed (C2)."""
    needed = kind.rules.goes_first
    return Lines(
        id="line",
        label="Your own line",
        hint=FIRST if needed else "It stands on top of the question.",
        optional=not needed,
        longest=LINE_MAX,
        wrong=checkin_words.LINE_NEEDED,
        too_long=checkin_words.too_long(LINE_MAX),
    )


def audience_field(kind: Kind) -> Choice:
    """Who sees the results, beginning with whom the kind is meant for.

    Slack keeps what an input holds when a form is drawn anew: another beginning, another id.
    """
    return replace(AUDIENCE, id="audience.all") if kind.rules.for_all else AUDIENCE


def when_field(kind: Kind) -> Choice:
    """Now or in a day."""
    asked = ": action owners are asked before" if kind.rules.occasion else ""
    options = (("Now", NOW), (f"In a day{asked}", LATER))
    return Choice(id="when", label="When", options=options)


def kind_field(chosen: Action[ids.OfKind]) -> Choice:
    """What it is about; the form is drawn anew when that changes."""
    options = tuple((name_of(kind), ids.OfKind(kind).text()) for kind in Kind)
    return Choice(id=chosen.id, label="What about", options=options, dispatch=True)


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


def ask(form: Form, behind: ids.Asked) -> ModalView:
    """The modal of `/checkin`."""
    parts = [kind_field(ids.KIND).draw(form.kind.value)]
    parts += [b.section(note) for note in form.notes]
    if form.questions:
        parts.append(b.section(_questions(form.questions)))
        parts.append(b.actions(b.button("Another one", ids.ANOTHER, Nothing())))
    parts += _what(form.kind)
    parts += [HOURS.draw(DAY), when_field(form.kind).draw(NOW)]
    here = InChannel(form.channel_id)
    row = [
        b.button("Ask again and again", ids.SCHEDULE_OPEN, here),
        b.button("Prompts", ids.PROMPTS_OPEN, ids.KindHere(form.channel_id, form.kind)),
    ]
    if form.host:
        row.append(b.button("Pulse in this channel", ids.PULSE_OPEN, here))
    parts.append(b.actions(*row))
    return b.modal(
        ids.ASK_FORM.id,
        "Check-in",
        parts,
        submit="Ask",
        close="Cancel",
        private_metadata=behind.text(),
    )


def schedule(form: Form) -> ModalView:
    """The modal of `/checkin schedule`: what runs already, and a new one."""
    parts: Blocks = []
    for schedule_id, text in form.running:
        which = ids.OfSchedule(schedule_id)
        stop = b.button("Stop", ids.SCHEDULE_STOP, which, suffix=schedule_id)
        parts.append(b.section(text, stop))
    for checkin_id, text in form.planned:
        back = b.button("Take back", ids.TAKE_BACK, ids.OfCheckIn(checkin_id), suffix=checkin_id)
        parts.append(b.section(text, back))
    if parts:
        parts.append(b.line())
    parts.append(kind_field(ids.SCHEDULE_KIND).draw(form.kind.value))
    parts += [b.section(note) for note in form.notes]
    parts += _what(form.kind)
    parts += [
        RHYTHM.often.draw("weeks:1"),
        RHYTHM.weekday.draw("0"),
        RHYTHM.weekdays.draw(()),
        RHYTHM.at.draw(time(10)),
        RHYTHM.zone.draw(form.zone),
        HOURS.draw(DAY),
    ]
    return b.modal(
        ids.SCHEDULE_FORM.id,
        "Recurring check-ins",
        parts,
        submit="Save",
        close="Close",
        private_metadata=ids.Asked(form.channel_id, form.kind).text(),
    )


def _what(kind: Kind) -> Blocks:
    """What both forms ask for."""
    names = [] if kind.rules.by_mood else [NAMES.draw("yes")]
    seen_by = Audience.CHANNEL if kind.rules.for_all else Audience.ASKER
    audience = audience_field(kind).draw(seen_by.value)
    return [OWN.draw(""), line_field(kind).draw(""), *names, audience]


def _questions(questions: Sequence[Question]) -> str:
    lines = []
    for question in questions:
        name = checkin_words.SECTIONS.get(question.section or "", FROM_LIBRARY)
        lines.append(f"*{name}:* {b.escape(question.text)}")
    return "\n".join(lines)


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
