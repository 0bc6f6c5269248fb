"""A check-in as people meet it: the post in the channel, the form behind it, the thanks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.checkins import ids
from bot.checkins.views import words as checkin_words
from bot.checkins.views.kinds import name_of
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Message, ModalView
from bot.views.fields import Colleague, Lines, Radio
from core.actions import Item, ItemKind, State
from core.checkins import ACTIONS, Answer, Before, CheckIn, Phase, Question

COMMENT_MAX, WORDS_MAX, ACTION_MAX = 300, 600, 300
ACTIONS_AT_ONCE = 5
LISTED = 12  # worries and actions that a post names; the rest is counted
STATES: Mapping[State, str] = {
    State.OPEN: "no word yet",
    State.STILL_OPEN: "still open",
    State.DONE: "done",
    State.DROPPED: "dropped",
}


def post(checkin: CheckIn, items: Sequence[Item] = ()) -> Message:
    """The message in the channel, drawn from what is known now."""
    label = name_of(checkin.kind)
    parts = [b.section(f"*{label}*{_line(checkin)}")]
    if checkin.before is not None:
        parts += [b.section(text) for text in checkin_words.pieces(last_time(checkin.before))]
    if items:
        parts += [b.section(text) for text in checkin_words.pieces(came_back(items))]
    parts += [b.section(f"*{_heading(q)}:* {b.escape(q.text)}") for q in checkin.questions]
    if checkin.phase is Phase.CLOSED:
        parts.append(b.small(f"Closed. {_so_far(checkin)}."))
        return b.message(f"{label}: closed.", parts)
    promise = checkin_words.promise(checkin.contract, checkin.asker, checkin.closes_at)
    parts.append(
        b.actions(b.button("Answer", ids.ANSWER, ids.OfCheckIn(checkin.id), style="primary"))
    )
    closing = words.moment_for_all(checkin.closes_at)
    parts.append(b.small(f"{_so_far(checkin)} · open until {closing}"))
    parts.append(b.small(promise))
    return b.message(f"{label}: a question to this channel.", parts)


def _line(checkin: CheckIn) -> str:
    if not checkin.line:
        return f"\nasked by {words.person(checkin.asker)}"
    first = " goes first" if checkin.kind.rules.goes_first else ""
    quoted = "\n".join(f"> {line}" for line in b.escape(checkin.line).splitlines())
    return f"\n{words.person(checkin.asker)}{first}:\n{quoted}"


def _heading(question: Question) -> str:
    section = question.section
    return checkin_words.SECTIONS.get(section, section.capitalize()) if section else "Question"


def _so_far(checkin: CheckIn) -> str:
    if checkin.answers == 0:
        return "No answers" if checkin.phase is Phase.CLOSED else "No answers yet"
    so_far = "" if checkin.phase is Phase.CLOSED else " so far"
    return f"{words.count(checkin.answers, 'answer')}{so_far}"


def last_time(before: Before) -> str:
    """What became of the check-in before this one (C6)."""
    on = words.moment_for_all(before.closed_at)
    if before.reply is None:
        return (
            f"*Last time* ({name_of(before.kind)}, closed {on}): "
            f"{words.person(before.asker)} has not said yet what came of it."
        )
    return (
        f"*Last time* ({name_of(before.kind)}, closed {on}), "
        f"{words.person(before.asker)} heard: {b.escape(before.reply.heard)}\n"
        f"And will do: {b.escape(before.reply.will)}"
    )


def came_back(items: Sequence[Item]) -> str:
    """Worries and actions from before, and where they stand (C7)."""
    lines = []
    worries = [item for item in items if item.kind is ItemKind.WORRY]
    actions = [item for item in items if item.kind is ItemKind.ACTION]
    if worries:
        lines.append("*What worried us at the start:*")
        lines += [f"• {b.escape(item.text)}{_settled(item)}" for item in worries[:LISTED]]
        lines += _and_more(worries)
    if actions:
        lines.append("*What we said we would do:*")
        lines += [f"• {b.escape(i.text)}{_owner(i)}: {STATES[i.state]}" for i in actions[:LISTED]]
        lines += _and_more(actions)
    return "\n".join(lines)


def _settled(item: Item) -> str:
    return "" if item.state is State.OPEN else f": {STATES[item.state]}"


def _owner(item: Item) -> str:
    return f" ({words.person(item.owner)})" if item.owner else ""


def _and_more(items: Sequence[Item]) -> list[str]:
    left = len(items) - LISTED
    return [f"• and {left} more"] if left > 0 else []


def reminder(checkin: CheckIn) -> Message:
    """The one reminder, in the channel, to nobody in particular."""
    label = name_of(checkin.kind)
    text = (
        f"*{label}* closes {words.moment_for_all(checkin.closes_at)}. {_so_far(checkin)}. "
        "If you meant to answer, now is a good moment; if not, that is fine."
    )
    row = b.actions(b.button("Answer", ids.ANSWER, ids.OfCheckIn(checkin.id)))
    return b.message(f"{label} closes soon.", [b.section(text), row])


def answer_form(checkin: CheckIn, given: Answer | None = None) -> ModalView:
    """The modal behind "Answer"; `given` is what the person said before, with their name."""
    parts = [b.section(b.escape(q.text)) for q in checkin.questions if q.section is None]
    if checkin.kind.rules.by_mood:
        parts.append(MOOD.draw(""))
    parts += [field.draw((given or {}).get(field.id, "")) for field in fields_of(checkin)]
    if checkin.kind.rules.collects is ItemKind.ACTION:
        parts.append(OWNER.draw((given or {}).get(OWNER.id)))
    promise = checkin_words.promise(checkin.contract, checkin.asker, checkin.closes_at)
    parts.append(b.small(promise))
    return b.modal(
        ids.ANSWER_FORM.id,
        name_of(checkin.kind),
        parts,
        submit="Send",
        close="Not now",
        private_metadata=ids.OfCheckIn(checkin.id).text(),
    )


MOOD = Radio(
    id="mood",
    label="How heavy or light?",
    options=tuple((label, str(mood)) for mood, label in checkin_words.MOODS.items()),
    wrong=checkin_words.PICK_A_MOOD,
)
COMMENT = Lines(
    id="comment",
    label="Anything to add?",
    hint="Shown word for word, without your name, if enough people write something. "
    "Your own words can still give you away: write as if everyone reads them.",
    optional=True,
    longest=COMMENT_MAX,
    too_long=checkin_words.too_long(COMMENT_MAX),
)
OWNER = Colleague(
    id="owner",
    label="Who takes these actions on?",
    hint="Ask them first. The channel reads their name beside the action; they are told, and can "
    "say no.",
    placeholder="Nobody yet",
    optional=True,
)


def fields_of(checkin: CheckIn) -> tuple[Lines, ...]:
    """The fields of the form that take words."""
    if checkin.kind.rules.by_mood:
        return (COMMENT,)
    return tuple(_field(question) for question in checkin.questions)


def _field(question: Question) -> Lines:
    most, hint = WORDS_MAX, question.text if question.section else None
    if question.section == ACTIONS:
        most = ACTION_MAX
        hint = (
            f"{question.text} One action a line, {ACTIONS_AT_ONCE} at most. They come back next "
            "time, until they are settled."
        )
    return Lines(
        id=question.key,
        label=checkin_words.SECTIONS.get(question.key, question.key.capitalize()),
        hint=hint,
        optional=True,
        longest=most,
        too_long=checkin_words.too_long(most),
    )


def thanks(checkin: CheckIn, counted: str) -> ModalView:
    """After answering: a private choice that nobody has to make (C5). To be read, not changed.

    Where nothing weighs, nothing is offered.
    """
    if not checkin.kind.rules.may_weigh:
        return b.modal("checkin.thanked", "Thank you", [b.section(counted)])
    return _thanks(checkin.id, counted)


@lru_cache(maxsize=64)  # thousands may be thanked within seconds, all with the same words
def _thanks(checkin_id: int, counted: str) -> ModalView:
    text = (
        f"{counted}\n\nIs there something you would like to do with it? This is between you and "
        "me. Your name goes to somebody only if you choose so here."
    )
    value = ids.OfCheckIn(checkin_id)
    row = b.actions(
        b.button("Nothing, thank you", ids.AFTER_NOTHING, value),
        b.button("Talk to a colleague", ids.AFTER_TALK, value),
        b.button("Move a task", ids.AFTER_MOVE, value),
        b.button("Tell my manager", ids.AFTER_TELL, value),
    )
    return b.modal(
        "checkin.thanks", "Thank you", [b.section(text), row], private_metadata=value.text()
    )


COUNTED = "Your answer is counted. I keep no link between you and what you said."
NOTED = "Your answer is noted. You can change it until the check-in closes: press Answer again."
WITHOUT_NAME = "Your answer is in the box, without your name."


def said(title: str, text: str) -> ModalView:
    """A modal that only says something."""
    return b.modal("checkin.said", title, [b.section(text)])
