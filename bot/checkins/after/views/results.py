"""What came of a check-in: its results in a modal, in the channel, and all of them in a list."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

from slack_sdk.models.blocks import ButtonElement

from bot.checkins import ids
from bot.checkins.views import loop
from bot.checkins.views import words as checkin_words
from bot.checkins.views.kinds import name_of
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Blocks, Message, ModalView
from bot.views.carried import InChannel
from core.checkins import Answer, CheckIn, Contract, Phase, Result, Tally
from core.pulse import MOODS, Lean, TrendPoint

SHOWN, MODAL_BLOCKS = 40, 95  # answers in one view, and its blocks; a modal ends at 100
NO_COMMENTS = "Comments are deleted by now, if any were shown."
DELETED = "What people wrote is deleted by now."
PIECE = 2800  # characters of one paragraph; Slack ends at 3000
TOLD = 30  # results in the text for who cannot see the picture; Slack ends at 1000 characters
POST, POST_BLOCKS = 11_500, 48  # and of one post; Slack ends at 12,000 and 50


def in_channel(checkin: CheckIn, named: Mapping[str, Answer]) -> Message:
    """The results as a post in the channel."""
    label = name_of(checkin.kind)
    parts = [b.section(f"*{label}: what came of it*"), *body(checkin, named)]
    return b.message(f"{label}: what came of it.", _fitting(parts))


def _fitting(parts: Blocks) -> Blocks:
    """As many of the parts as one post holds."""
    kept: Blocks = []
    room = POST
    for part in parts:
        room -= len(json.dumps(part, ensure_ascii=False))
        if room < 0 or len(kept) == POST_BLOCKS:
            return [*kept, b.small("More was said than fits into one message.")]
        kept.append(part)
    return kept


DRAWING = "Drawing the picture…"
ON_ITS_WAY = "The picture is on its way to our direct messages."
FILE_ON_ITS_WAY = "The file is on its way to our direct messages."


def posted(channel_id: str, there: bool) -> str:
    """The word back to whoever had the results posted; `there`: they stood there before."""
    where = words.channel(channel_id)
    if there:
        return f"The results were posted in {where} already; once is enough."
    return f"The results are on their way to {where}."


def modal(checkin: CheckIn, named: Mapping[str, Answer], asker: bool, page: int = 0) -> ModalView:
    """The results for somebody who may see them; `asker` or host may do more."""
    value, here = ids.OfCheckIn(checkin.id), InChannel(checkin.channel_id)
    label = name_of(checkin.kind)
    where = f"{words.channel(checkin.channel_id)}, {words.moment_for_all(checkin.closes_at)}"
    parts = [b.section(f"*{label}* in {where}"), *body(checkin, named, page)]
    row = _pages(checkin, _how_many(checkin, named), page)
    if asker and checkin.contract.lets_post():
        row.append(b.button("Post in the channel", ids.RESULTS_POST, value))
    if checkin.kind.rules.by_mood:
        row.append(b.button("Trend as a picture", ids.RESULTS_TREND, here))
    if asker:
        row.append(b.button("Counts as a file", ids.RESULTS_CSV, here))
        row.append(b.button("What I heard, what I will do", ids.REPLY_OPEN, value))
    buttons = [b.actions(*row)] if row else []
    return b.modal("checkin.results.view", "Results", [*parts[:MODAL_BLOCKS], *buttons])


def _how_many(checkin: CheckIn, named: Mapping[str, Answer]) -> int:
    return len(named) or (len(checkin.result.answers) if checkin.result else 0)


def _pages(checkin: CheckIn, answers: int, page: int) -> list[ButtonElement]:
    """Where there are more answers than one view holds."""
    there = [("Back", page - 1), ("Further answers", page + 1)]
    return [
        b.button(label, ids.RESULTS_PAGE, ids.Page(checkin.id, number), suffix=number)
        for label, number in there
        if 0 <= number * SHOWN < answers
    ]


def body(checkin: CheckIn, named: Mapping[str, Answer], page: int = 0) -> Blocks:
    """The results themselves, as far as the contract shows them."""
    result = checkin.result
    assert result is not None  # it has closed
    answers = words.count(checkin.answers, "answer")
    parts = [b.small(f"{answers} of {words.count(checkin.invited, 'person', 'people')} asked")]
    parts += [b.section(f"_{b.escape(q.text)}_") for q in checkin.questions if not q.section]
    if result.withheld is not None:
        parts.append(b.section(checkin_words.withheld(checkin.contract, result.withheld)))
    elif result.lean is not None:
        parts += _pulse(checkin.contract, result, result.lean)
    elif checkin.contract.named:
        parts += _named(checkin, named, page)
    else:
        parts += _unnamed(checkin, result, page)
    if result.told is not None and result.told.account.total:
        parts.append(b.section(_account(result.told.account)))
    if checkin.reply is not None:
        parts.append(b.section(loop.reply_text(checkin, checkin.reply)))
    return parts


def _pulse(contract: Contract, result: Result, lean: Lean) -> Blocks:
    parts = [b.section(f"Together it feels *{checkin_words.LEANS[lean]}*.")]
    if bars := result.bars:
        lines = [
            f"{'▇' * count or '·'}  {checkin_words.MOODS[mood]}"
            for mood, count in zip(MOODS, bars.blocks, strict=True)
        ]
        parts.append(b.section("\n".join(lines)))
        parts.append(b.small(f"▇ is {bars.block} people who agree. Some are never drawn."))
    if result.comments:
        parts.append(b.section("*Comments,* in no order:"))
        parts += _paragraphs([f"• {b.escape(comment)}" for comment in result.comments])
    elif result.emptied:
        parts.append(b.small(NO_COMMENTS))
    else:
        least = contract.floor
        parts.append(b.small(f"Comments are shown when at least {least} people wrote one."))
    return parts


def _named(checkin: CheckIn, named: Mapping[str, Answer], page: int) -> Blocks:
    if not named:
        return [b.section(DELETED if checkin.answers else "Nobody answered.")]
    lines = [f"{words.person(u)}{_worded(checkin, answer)}" for u, answer in named.items()]
    return _paragraphs(_on(page, lines))


def _unnamed(checkin: CheckIn, result: Result, page: int) -> Blocks:
    if not result.answers:
        return [b.section(DELETED)]
    return _paragraphs(_on(page, [f"•{_worded(checkin, answer)}" for answer in result.answers]))


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


def _paragraphs(lines: Sequence[str]) -> Blocks:
    """Lines as paragraphs that Slack accepts, whatever their number."""
    texts = [""]
    for piece in (piece for line in lines for piece in checkin_words.pieces(line, PIECE)):
        if texts[-1] and len(texts[-1]) + len(piece) > PIECE:
            texts.append("")
        texts[-1] = f"{texts[-1]}\n{piece}" if texts[-1] else piece
    return [b.section(text) for text in texts if text]


def _account(account: Tally) -> str:
    counts = (
        (account.done, "done"),
        (account.still_open, "still open"),
        (account.dropped, "dropped"),
        (account.unanswered, "without a word"),
    )
    told = [f"{count} {name}" for count, name in counts if count]
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


def overview(channel_id: str, found: Sequence[CheckIn], host: bool) -> ModalView:
    """`/checkin results`: the channel's newest check-ins that this person may see."""
    parts: Blocks = []
    here = InChannel(channel_id)
    if not found:
        text = f"There are no results in {words.channel(channel_id)} that you may see yet."
        parts.append(b.section(text))
    for checkin in found:
        label = name_of(checkin.kind)
        state = (
            f"closed {words.moment_for_all(checkin.closes_at)}"
            if checkin.phase is Phase.CLOSED
            else f"open until {words.moment_for_all(checkin.closes_at)}"
        )
        text = f"*{label}*, {state}, {words.count(checkin.answers, 'answer')}"
        see = b.button("See", ids.RESULTS, ids.OfCheckIn(checkin.id), suffix=checkin.id)
        parts.append(b.section(text, see if checkin.phase is Phase.CLOSED else None))
    closed = [checkin for checkin in found if checkin.phase is Phase.CLOSED]
    row = [b.button("Where things stand", ids.ITEMS_OPEN, here)]
    if any(checkin.kind.rules.by_mood for checkin in closed):
        row.append(b.button("Trend as a picture", ids.RESULTS_TREND, here))
    if host and closed:
        row.append(b.button("Counts as a file", ids.RESULTS_CSV, here))
    return b.modal("checkin.results.list", "Results", [*parts, b.actions(*row)])
