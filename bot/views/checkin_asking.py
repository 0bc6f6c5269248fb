"""What the asker fills in: a check-in now, or one that comes again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import PlainTextInputElement, RadioButtonsElement

from bot import checkin_ids as ids
from bot.views import blocks as b
from bot.views import checkin_words, inputs, words
from core.checkins import LINE_NEEDED, Kind, Question

LINE_MAX, OWN_MAX = 500, 300
# Blocks of both forms.
LINE, OWN, NAMES, AUDIENCE, HOURS, WHEN = "line", "own", "names", "audience", "hours", "when"
OFTEN, WEEKDAY, WEEKDAYS, TIME, ZONE = "often", "weekday", "weekdays", "time", "zone"

OPEN_FOR: inputs.Pairs = (
    ("4 hours", "4"), ("1 day", "24"), ("2 days", "48"), ("3 days", "72"), ("5 days", "120"),
)  # fmt: skip
AUDIENCES: inputs.Pairs = (("Me and the hosts", "asker"), ("Everyone in this channel", "channel"))
WITH_NAMES: inputs.Pairs = (("With names", "yes"), ("Without names", "no"))
WHENS: inputs.Pairs = (("Now", "now"), ("In a day: action owners are asked before", "later"))
RHYTHMS: inputs.Pairs = (
    ("Every day", "days:1"), ("Every week", "weeks:1"), ("Every 2 weeks", "weeks:2"),
    ("Every 4 weeks", "weeks:4"), ("Several weekdays, every week", "weekdays:1"),
    ("Every month, first such day", "monthly:1"), ("Every month, last such day", "monthly:-1"),
)  # fmt: skip
DAYS: inputs.Pairs = tuple((name, str(number)) for number, name in enumerate(words.WEEKDAYS))


@dataclass(frozen=True, slots=True)
class Form:
    """The asker's form as it stands. `questions` come from the library."""

    channel_id: str
    kind: Kind
    questions: tuple[Question, ...]
    host: bool = False
    note: str = ""  # why this kind cannot be asked here, if so
    zone: str = "UTC"
    running: tuple[tuple[int, str], ...] = field(default=())  # schedules: id and words

    def but(self, **changes: Any) -> Form:
        """The same form with changes."""
        return replace(self, **changes)


def ask(form: Form, metadata: str) -> dict[str, Any]:
    """The modal of `/checkin`."""
    parts = [_kind(ids.KIND, form)]
    if form.note:
        parts.append(b.section(form.note))
    parts.append(b.section(_questions(form.questions)))
    parts.append(b.actions(b.button("Another one", ids.ANOTHER)))
    parts += [_own(), _line(form.kind), *_names(form.kind), _audience()]
    parts.append(inputs.choice(HOURS, "Open for", OPEN_FOR, "24"))
    parts.append(inputs.choice(WHEN, "When", WHENS, "now"))
    row = [
        b.button("Ask again and again", ids.SCHEDULE_OPEN, form.channel_id),
        b.button("Prompts", ids.PROMPTS_OPEN, f"{form.channel_id}|{form.kind.value}"),
    ]
    if form.host:
        row.append(b.button("Pulse in this channel", ids.PULSE_OPEN, form.channel_id))
    parts.append(b.actions(*row))
    return b.modal(
        ids.ASK_FORM, "Check-in", parts, submit="Ask", close="Cancel", private_metadata=metadata
    )


def schedule(form: Form, metadata: str) -> dict[str, Any]:
    """The modal of `/checkin schedule`: what runs already, and a new one."""
    parts: list[dict[str, Any]] = []
    for schedule_id, text in form.running:
        stop = b.button("Stop", f"{ids.SCHEDULE_STOP}.{schedule_id}", str(schedule_id))
        parts.append(b.section(text, stop))
    if form.running:
        parts.append(b.line())
    parts.append(_kind(ids.SCHEDULE_KIND, form))
    if form.note:
        parts.append(b.section(form.note))
    parts += [_own(), _line(form.kind), *_names(form.kind), _audience()]
    parts += [
        inputs.choice(OFTEN, "How often", RHYTHMS, "weeks:1"),
        inputs.choice(WEEKDAY, "Weekday", DAYS, "0"),
        inputs.several(
            WEEKDAYS, "Weekdays, if several", DAYS, (), "Only for “Several weekdays”.", True
        ),
        inputs.clock(TIME, "Time", "10:00"),
        inputs.line(ZONE, "Time zone", form.zone, 60),
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


def not_held(kind: Kind, channel_id: str, due_at: datetime) -> dict[str, Any]:
    """To the asker: a scheduled check-in came too late to be of use."""
    text = (
        f"“{checkin_words.KINDS[kind]}” in {words.channel(channel_id)}, due "
        f"{words.moment_for_all(due_at)}, was not asked: I was not running, and more than a day "
        "has passed. The next one comes as planned."
    )
    return b.message("A check-in was not asked.", [b.section(text)])
