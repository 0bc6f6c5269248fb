"""What came of a check-in: results, the reply of the asker, and who is told."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import PlainTextInputElement

from bot import checkin_ids as ids
from bot.views import blocks as b
from bot.views import checkin_words, words
from core.checkins import ARC, Answer, CheckIn, Kind, Phase, Reply
from core.pulse import MOODS, Lean

SHOWN = 40  # answers in one view; a modal ends at 100 blocks
PIECE = 2800  # characters of one paragraph; Slack ends at 3000
POST, POST_BLOCKS = 11_500, 48  # and of one post; Slack ends at 12,000 and 50
HEARD, WILL = "heard", "will"  # blocks of the reply
REPLY_MAX = 800


def note(text: str) -> dict[str, Any]:
    """A message that only says something."""
    return b.message(text.splitlines()[0][:150], [b.section(text)])


def closed_for_asker(checkin: CheckIn) -> dict[str, Any]:
    """To the asker: it has closed, and now they owe a word (C6)."""
    label = checkin_words.KINDS[checkin.kind]
    text = (
        f"“{label}” in {words.channel(checkin.channel_id)} has closed with "
        f"{words.count(checkin.answers, 'answer')}. {_outcome(checkin)}\n"
        "People told you something. Tell them what you heard and what you will do, even if it is "
        "little: the next check-in there shows your reply, or that none was given."
    )
    value = str(checkin.id)
    row = [
        b.button("See the results", ids.RESULTS, value),
        b.button("What I heard, what I will do", ids.REPLY_OPEN, value, style="primary"),
    ]
    if checkin.kind in ARC:
        row.append(b.button("Where things stand", ids.ITEMS_OPEN, checkin.channel_id))
    return b.message(f"“{label}” has closed.", [b.section(text), b.actions(*row)])


def still_owed(checkin: CheckIn) -> dict[str, Any]:
    """To the asker, once, two days later."""
    label = checkin_words.KINDS[checkin.kind]
    text = (
        f"People in {words.channel(checkin.channel_id)} have not heard from you yet about "
        f"“{label}”. Two sentences are enough. I will not ask again."
    )
    button = b.button("What I heard, what I will do", ids.REPLY_OPEN, str(checkin.id))
    return b.message("A word is still owed.", [b.section(text), b.actions(button)])


def _outcome(checkin: CheckIn) -> str:
    result = checkin.result or {}
    if result.get("shown"):
        return "The results are ready."
    return checkin_words.withheld(checkin.contract, str(result.get("why", "too_few_answers")))


def in_channel(checkin: CheckIn, named: Mapping[str, Answer]) -> dict[str, Any]:
    """The results as a post in the channel."""
    label = checkin_words.KINDS[checkin.kind]
    parts = [b.section(f"*{label}: what came of it*"), *body(checkin, named)]
    return b.message(f"{label}: what came of it.", _fitting(parts))


def _fitting(parts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """As many of the parts as one post holds."""
    kept: list[dict[str, Any]] = []
    room = POST
    for part in parts:
        room -= len(json.dumps(part, ensure_ascii=False))
        if room < 0 or len(kept) == POST_BLOCKS:
            return [*kept, b.small("More was said than fits into one message.")]
        kept.append(part)
    return kept


def modal(checkin: CheckIn, named: Mapping[str, Answer], asker: bool) -> dict[str, Any]:
    """The results for somebody who may see them; `asker` or host may do more."""
    value = str(checkin.id)
    label = checkin_words.KINDS[checkin.kind]
    where = f"{words.channel(checkin.channel_id)}, {words.moment_for_all(checkin.closes_at)}"
    parts = [b.section(f"*{label}* in {where}"), *body(checkin, named)]
    row = []
    if asker and checkin.contract.lets_post():
        row.append(b.button("Post in the channel", ids.RESULTS_POST, value))
    if checkin.kind is Kind.PULSE:
        row.append(b.button("Trend as a picture", ids.RESULTS_TREND, checkin.channel_id))
    if asker:
        row.append(b.button("Counts as a file", ids.RESULTS_CSV, checkin.channel_id))
        row.append(b.button("What I heard, what I will do", ids.REPLY_OPEN, value))
    if row:
        parts.append(b.actions(*row))
    return b.modal("checkin.results.view", "Results", parts)


def body(checkin: CheckIn, named: Mapping[str, Answer]) -> list[dict[str, Any]]:
    """The results themselves, as far as the contract shows them."""
    result = checkin.result or {}
    answers = words.count(checkin.answers, "answer")
    parts = [b.small(f"{answers} of {words.count(checkin.invited, 'person', 'people')} asked")]
    parts += [b.section(f"_{b.escape(q.text)}_") for q in checkin.questions if not q.section]
    if not result.get("shown"):
        parts.append(b.section(checkin_words.withheld(checkin.contract, str(result.get("why")))))
    elif checkin.kind is Kind.PULSE:
        parts += _pulse(checkin, result)
    elif checkin.contract.named:
        parts += _named(checkin, named)
    else:
        parts += _unnamed(checkin, result)
    if account := result.get("account"):
        parts.append(b.section(_account(account)))
    if checkin.reply is not None:
        parts.append(b.section(reply_text(checkin, checkin.reply)))
    return parts


def _pulse(checkin: CheckIn, result: Mapping[str, Any]) -> list[dict[str, Any]]:
    lean = checkin_words.LEANS[Lean(result["lean"])]
    parts = [b.section(f"Together it feels *{lean}*.")]
    if bars := result.get("bars"):
        block = int(bars["block"])
        lines = [
            f"{'▇' * count or '·'}  {checkin_words.MOODS[mood]}"
            for mood, count in zip(MOODS, bars["blocks"], strict=True)
        ]
        parts.append(b.section("\n".join(lines)))
        parts.append(b.small(f"▇ is {block} people who agree. Some are never drawn."))
    comments = result.get("comments") or []
    if comments:
        parts.append(b.section("*Comments,* in no order:"))
        parts += _paragraphs([f"• {b.escape(comment)}" for comment in comments])
    else:
        floor = checkin.contract.floor
        parts.append(b.small(f"Comments are shown when at least {floor} people wrote one."))
    return parts


def _named(checkin: CheckIn, named: Mapping[str, Answer]) -> list[dict[str, Any]]:
    if not named:
        return [b.section("Nobody answered, or the answers are deleted by now.")]
    lines = []
    for user_id, answer in list(named.items())[:SHOWN]:
        lines.append(f"{words.person(user_id)}{_worded(checkin, answer)}")
    return _paragraphs([*lines, *_left(len(named))])


def _unnamed(checkin: CheckIn, result: Mapping[str, Any]) -> list[dict[str, Any]]:
    answers = result.get("answers") or []
    if not answers:
        return [b.section("The answers are deleted by now.")]
    lines = [f"•{_worded(checkin, answer)}" for answer in answers[:SHOWN]]
    return _paragraphs([*lines, *_left(len(answers))])


def _worded(checkin: CheckIn, answer: Answer) -> str:
    pieces = []
    for question in checkin.questions:
        if text := answer.get(question.key):
            name = checkin_words.SECTIONS.get(question.key, question.key)
            head = f"\n   _{name}:_ " if question.section else " "
            pieces.append(head + b.escape(text))
    return "".join(pieces)


def _left(number: int) -> list[str]:
    return [f"… and {number - SHOWN} more."] if number > SHOWN else []


def _paragraphs(lines: Sequence[str]) -> list[dict[str, Any]]:
    """Lines as paragraphs that Slack accepts, whatever their number."""
    parts, current = [], ""
    for line in lines:
        if current and len(current) + len(line) > PIECE:
            parts.append(b.section(current))
            current = ""
        current = f"{current}\n{line[:PIECE]}" if current else line[:PIECE]
    return [*parts, b.section(current)] if current else parts


def _account(account: Mapping[str, int]) -> str:
    names = (
        ("done", "done"),
        ("still_open", "still open"),
        ("dropped", "dropped"),
        ("unanswered", "without a word"),
    )
    told = [f"{account[key]} {name}" for key, name in names if account.get(key)]
    return f"*From before:* {', '.join(told)}." if told else "*From before:* nothing was open."


def reply_text(checkin: CheckIn, reply: Reply) -> str:
    """The asker's reply."""
    return (
        f"*What {words.person(checkin.asker)} heard:* {b.escape(reply.heard)}\n"
        f"*What follows:* {b.escape(reply.will)}"
    )


def reply_post(checkin: CheckIn, reply: Reply) -> dict[str, Any]:
    """The reply in the channel, under the check-in."""
    label = checkin_words.KINDS[checkin.kind]
    parts = [b.section(f"*{label}*\n{reply_text(checkin, reply)}")]
    return b.message(f"{label}: what was heard, what follows.", parts)


def reply_form(checkin: CheckIn) -> dict[str, Any]:
    """The modal "What I heard, what I will do"."""
    given = checkin.reply
    heard = PlainTextInputElement(
        action_id=HEARD,
        multiline=True,
        max_length=REPLY_MAX,
        initial_value=given.heard if given else None,
    )
    will = PlainTextInputElement(
        action_id=WILL,
        multiline=True,
        max_length=REPLY_MAX,
        initial_value=given.will if given else None,
    )
    hint = "One small thing that you really do is worth more than a plan."
    parts = [
        b.section(f"Posted in {words.channel(checkin.channel_id)}, under your name."),
        b.field(HEARD, "What I heard", heard),
        b.field(WILL, "What I will do", will, hint),
    ]
    return b.modal(
        ids.REPLY_FORM,
        "Close the loop",
        parts,
        submit="Post",
        close="Cancel",
        private_metadata=str(checkin.id),
    )


def overview(channel_id: str, found: Sequence[CheckIn], host: bool) -> dict[str, Any]:
    """`/checkin results`: the channel's newest check-ins that this person may see."""
    if not found:
        text = f"There are no results in {words.channel(channel_id)} that you may see yet."
        return b.modal("checkin.results.list", "Results", [b.section(text)])
    parts: list[dict[str, Any]] = []
    for checkin in found:
        label = checkin_words.KINDS[checkin.kind]
        state = (
            f"closed {words.moment_for_all(checkin.closes_at)}"
            if checkin.phase is Phase.CLOSED
            else f"open until {words.moment_for_all(checkin.closes_at)}"
        )
        text = f"*{label}*, {state}, {words.count(checkin.answers, 'answer')}"
        see = b.button("See", f"{ids.RESULTS}.{checkin.id}", str(checkin.id))
        parts.append(b.section(text, see if checkin.phase is Phase.CLOSED else None))
    row = [b.button("Where things stand", ids.ITEMS_OPEN, channel_id)]
    if any(checkin.kind is Kind.PULSE for checkin in found):
        row.append(b.button("Trend as a picture", ids.RESULTS_TREND, channel_id))
    if host:
        row.append(b.button("Counts as a file", ids.RESULTS_CSV, channel_id))
    return b.modal("checkin.results.list", "Results", [*parts, b.actions(*row)])
