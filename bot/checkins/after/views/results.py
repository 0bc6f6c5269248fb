"""What came of a check-in: its results in a modal, in the channel, and all of them in a list."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import ButtonElement

from bot.checkins import ids
from bot.checkins.views import loop
from bot.checkins.views import words as checkin_words
from bot.views import blocks as b
from bot.views import words
from core.checkins import Answer, CheckIn, Kind, Phase
from core.pulse import MOODS, Lean, TrendPoint

SHOWN, MODAL_BLOCKS = 40, 95  # answers in one view, and its blocks; a modal ends at 100
DELETED = "What people wrote is deleted by now."
PIECE = 2800  # characters of one paragraph; Slack ends at 3000
TOLD = 30  # results in the text for who cannot see the picture; Slack ends at 1000 characters
POST, POST_BLOCKS = 11_500, 48  # and of one post; Slack ends at 12,000 and 50


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


def posted(channel_id: str, new: bool) -> str:
    """The word back to whoever had the results posted."""
    where = words.channel(channel_id)
    if new:
        return f"The results are on their way to {where}."
    return f"The results were posted in {where} already; once is enough."


def modal(
    checkin: CheckIn, named: Mapping[str, Answer], asker: bool, page: int = 0
) -> dict[str, Any]:
    """The results for somebody who may see them; `asker` or host may do more."""
    value = str(checkin.id)
    label = checkin_words.KINDS[checkin.kind]
    where = f"{words.channel(checkin.channel_id)}, {words.moment_for_all(checkin.closes_at)}"
    parts = [b.section(f"*{label}* in {where}"), *body(checkin, named, page)]
    row = _pages(checkin, _how_many(checkin, named), page)
    if asker and checkin.contract.lets_post():
        row.append(b.loose_button("Post in the channel", ids.RESULTS_POST, value))
    if checkin.kind is Kind.PULSE:
        row.append(b.loose_button("Trend as a picture", ids.RESULTS_TREND, checkin.channel_id))
    if asker:
        row.append(b.loose_button("Counts as a file", ids.RESULTS_CSV, checkin.channel_id))
        row.append(b.loose_button("What I heard, what I will do", ids.REPLY_OPEN, value))
    buttons = [b.actions(*row)] if row else []
    return b.modal("checkin.results.view", "Results", [*parts[:MODAL_BLOCKS], *buttons])


def _how_many(checkin: CheckIn, named: Mapping[str, Answer]) -> int:
    return len(named) or len((checkin.result or {}).get("answers") or [])


def _pages(checkin: CheckIn, answers: int, page: int) -> list[ButtonElement]:
    """Where there are more answers than one view holds."""
    there = [("Back", page - 1), ("Further answers", page + 1)]
    return [
        b.loose_button(label, f"{ids.RESULTS_PAGE}.{number}", f"{checkin.id}|{number}")
        for label, number in there
        if 0 <= number * SHOWN < answers
    ]


def body(checkin: CheckIn, named: Mapping[str, Answer], page: int = 0) -> list[dict[str, Any]]:
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
        parts += _named(checkin, named, page)
    else:
        parts += _unnamed(checkin, result, page)
    if any((account := result.get("account") or {}).values()):
        parts.append(b.section(_account(account)))
    if checkin.reply is not None:
        parts.append(b.section(loop.reply_text(checkin, checkin.reply)))
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
    elif result.get("emptied"):
        parts.append(b.small("Comments are deleted by now, if any were shown."))
    else:
        floor = checkin.contract.floor
        parts.append(b.small(f"Comments are shown when at least {floor} people wrote one."))
    return parts


def _named(checkin: CheckIn, named: Mapping[str, Answer], page: int) -> list[dict[str, Any]]:
    if not named:
        return [b.section(DELETED if checkin.answers else "Nobody answered.")]
    lines = [f"{words.person(u)}{_worded(checkin, answer)}" for u, answer in named.items()]
    return _paragraphs(_on(page, lines))


def _unnamed(checkin: CheckIn, result: Mapping[str, Any], page: int) -> list[dict[str, Any]]:
    answers = result.get("answers") or []
    if not answers:
        return [b.section(DELETED)]
    return _paragraphs(_on(page, [f"•{_worded(checkin, answer)}" for answer in answers]))


def _on(page: int, lines: Sequence[str]) -> list[str]:
    shown = list(lines[page * SHOWN : (page + 1) * SHOWN])
    left = len(lines) - (page + 1) * SHOWN
    return [*shown, f"… and {left} more."] if left > 0 else shown


def _worded(checkin: CheckIn, answer: Answer) -> str:
    pieces = []
    for question in checkin.questions:
        if text := answer.get(question.key):
            name = checkin_words.SECTIONS.get(question.key, question.key)
            head = f"\n   _{name}:_ " if question.section else " "
            pieces.append(head + b.escape(text))
    return "".join(pieces)


def _paragraphs(lines: Sequence[str]) -> list[dict[str, Any]]:
    """Lines as paragraphs that Slack accepts, whatever their number."""
    texts = [""]
    for piece in (piece for line in lines for piece in checkin_words.pieces(line, PIECE)):
        if texts[-1] and len(texts[-1]) + len(piece) > PIECE:
            texts.append("")
        texts[-1] = f"{texts[-1]}\n{piece}" if texts[-1] else piece
    return [b.section(text) for text in texts if text]


def _account(account: Mapping[str, int]) -> str:
    names = (
        ("done", "done"),
        ("still_open", "still open"),
        ("dropped", "dropped"),
        ("unanswered", "without a word"),
    )
    told = [f"{account[key]} {name}" for key, name in names if account.get(key)]
    return f"*From before:* {', '.join(told)}."


def beside_trend(
    channel_id: str, points: Sequence[TrendPoint], zone: str, asked: Mapping[str, str]
) -> dict[str, str]:
    """The words beside the picture of a trend, and those for who cannot see it.

    `asked` has the questions of the newest pulses, by pulse; days are those in `zone`.
    """
    days = {point.pulse: point.closed_at.astimezone(words.zone(zone)).date() for point in points}
    span = f"{_dated(days[points[0].pulse])} to {_dated(days[points[-1].pulse])}"
    results = words.count(len(points), "result")
    scale = [f"*{checkin_words.on_scale(lean)}* {checkin_words.LEANS[lean]}" for lean in Lean]
    newest = [
        f"• {days[point.pulse]}, {checkin_words.LEANS[point.lean]}: "
        f"_{b.escape(asked[point.pulse])}_"
        for point in reversed(points)
        if point.pulse in asked
    ]
    told = [f"{days[point.pulse]} {checkin_words.LEANS[point.lean]}" for point in points[-TOLD:]]
    text = (
        f"*How work feels in {words.channel(channel_id)}:* {results}, {span} ({zone}). A dot is "
        f"one result that was shown, on the day it closed: {', '.join(reversed(scale))}. "
        "On days without a dot nothing was asked, or nothing could be shown."
    )
    if newest:
        text = "\n".join((text, "Each pulse asks its own question. The newest:", *newest))
    which = f"; the newest {TOLD}" if len(points) > TOLD else ""
    alt = f"Which way the pulse leaned, {results}, {span}{which}: {', '.join(told)}."
    return {"comment": text, "alt": alt}


def _dated(on: date) -> str:
    return f"{on.day} {words.MONTHS[on.month - 1]} {on.year}"


def overview(channel_id: str, found: Sequence[CheckIn], host: bool) -> dict[str, Any]:
    """`/checkin results`: the channel's newest check-ins that this person may see."""
    parts: list[dict[str, Any]] = []
    if not found:
        text = f"There are no results in {words.channel(channel_id)} that you may see yet."
        parts.append(b.section(text))
    for checkin in found:
        label = checkin_words.KINDS[checkin.kind]
        state = (
            f"closed {words.moment_for_all(checkin.closes_at)}"
            if checkin.phase is Phase.CLOSED
            else f"open until {words.moment_for_all(checkin.closes_at)}"
        )
        text = f"*{label}*, {state}, {words.count(checkin.answers, 'answer')}"
        see = b.loose_button("See", f"{ids.RESULTS}.{checkin.id}", str(checkin.id))
        parts.append(b.section(text, see if checkin.phase is Phase.CLOSED else None))
    closed = [checkin for checkin in found if checkin.phase is Phase.CLOSED]
    row = [b.loose_button("Where things stand", ids.ITEMS_OPEN, channel_id)]
    if any(checkin.kind is Kind.PULSE for checkin in closed):
        row.append(b.loose_button("Trend as a picture", ids.RESULTS_TREND, channel_id))
    if host and closed:
        row.append(b.loose_button("Counts as a file", ids.RESULTS_CSV, channel_id))
    return b.modal("checkin.results.list", "Results", [*parts, b.actions(*row)])
