"""The Home tab: one page with everything that is a person's own, and the channels they host."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from slack_sdk.models.blocks import ButtonElement

from bot.channels.ids import SETTINGS_OPEN
from bot.channels.views import settings
from bot.checkins import ids as checkin_ids
from bot.meetings.ids import NOW_JOIN, PLAN_CHANGE, AtTime, Minutes
from bot.meetings.views.followups import COMING, TOOK_PLACE, answers
from bot.meetings.views.impromptu import stop_button
from bot.meetings.views.introductions import CAME_UP
from bot.people import ids as own
from bot.people.views import coffee, muting, preferences
from bot.rounds import ids as round_ids
from bot.rounds.views import receipts
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Blocks, Message, ModalView
from bot.views.carried import InChannel, Nothing
from core.receipt import Receipt
from core.values import Channel, Meeting, MeetingKind, Person

HOSTED, EARLIER = "Channels you host", "Earlier introductions"
NOBODY_YET = "Nobody yet: this fills by itself, one coffee at a time."
# Slack draws 100 blocks at most; with these caps the page has 81.
MOST_MEETINGS, MOST_HOSTED, MOST_RECENT = 6, 10, 10


@dataclass(frozen=True, slots=True)
class Hosted:
    """A channel the person may decide for, and the account of its newest round."""

    channel: Channel
    receipt: Receipt | None = None
    held_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page shows, as it is now."""

    person: Person
    today: date
    zone: str
    standings: Sequence[coffee.Standing] = ()
    current: Sequence[Meeting] = ()
    recent: Sequence[Meeting] = ()
    hosted: Sequence[Hosted] = ()
    waiting_until: datetime | None = None


def home(page: Page) -> ModalView:
    """The view for `views.publish`."""
    blocks = [
        *_break(page),
        *muting.shown(page.person),
        *_current(page),
        *_channels(page),
        *_preferences(page),
        *_recent(page),
        *_hosted(page),
        b.actions(b.button("Refresh", own.HOME_REFRESH, Nothing())),
        b.small("All of this works by command too: `/coffee help`. I cannot read messages."),
    ]
    return {"type": "home", "blocks": blocks}


def _break(page: Page) -> Blocks:
    until = page.person.pause(page.today)
    if until is None:
        return []
    return [
        b.section(f"*You are on a pause.* I count you in again from {words.day(until)}."),
        b.actions(
            b.button("End the pause", own.PAUSE_END, Nothing(), style="primary"),
            b.button("Another date…", round_ids.PAUSE_OPEN, Nothing()),
        ),
    ]


def _current(page: Page) -> Blocks:
    blocks: Blocks = []
    arrived = [meeting for meeting in page.current if meeting.conversation_id]
    if arrived:
        blocks.append(b.header("You have been introduced"))
    for meeting in arrived[:MOST_MEETINGS]:
        blocks += [b.section(_meeting(page, meeting), _came_up(page, meeting)), answers(meeting)]
    if len(arrived) < len(page.current):
        blocks.append(b.section(COMING))
    if page.waiting_until:
        text = coffee.waiting(page.waiting_until)
        blocks += [b.section(text), b.actions(stop_button())]
    return blocks


def _meeting(page: Page, meeting: Meeting) -> str:
    others = [user_id for user_id in meeting.user_ids if user_id != page.person.id]
    where = f", in {words.channel(meeting.channel_id)}" if meeting.channel_id else ""
    lines = [f"*{words.people(others)}*{where}"]
    if meeting.agreed_at:
        lines.append(f"Agreed: {words.moment_for_all(meeting.agreed_at)}.")
    lines.append(_became(meeting, page.person.id))
    return "\n".join(lines)


def _came_up(page: Page, meeting: Meeting) -> ButtonElement | None:
    """Beside an agreed time, until its day is over."""
    at = meeting.agreed_at
    if at is None or at.astimezone(words.zone(page.zone)).date() < page.today:
        return None
    return b.button(CAME_UP, PLAN_CHANGE, AtTime(meeting.id, at))


def _became(meeting: Meeting, user_id: str) -> str:
    if said := meeting.answer_of(user_id):
        return f"You said: {TOOK_PLACE[said]}."
    return "One of you said you met." if meeting.told_to(user_id) else "Did you get to talk?"


def _channels(page: Page) -> Blocks:
    blocks = [b.header("Your next rounds")]
    for standing in page.standings[: coffee.MOST_CHANNELS]:
        blocks += coffee.in_channel(page.person, page.zone, standing)
    if not page.standings:
        blocks.append(b.section(coffee.NOWHERE))
    if len(page.standings) > coffee.MOST_CHANNELS:
        blocks.append(b.small(coffee.more_channels(len(page.standings) - coffee.MOST_CHANNELS)))
    buttons = [b.button("A coffee now", NOW_JOIN, Minutes(15))]
    buttons.append(b.button("I could use a hand…", checkin_ids.HAND_OPEN, Nothing()))
    if page.person.pause(page.today) is None:
        buttons.append(b.button("Pause…", round_ids.PAUSE_OPEN, Nothing()))
    return [*blocks, b.actions(*buttons, *muting.switch(page.person))]


def _preferences(page: Page) -> Blocks:
    return [
        b.header("Your preferences"),
        b.section(preferences.summary(page.person)),
        b.actions(b.button("Preferences", own.PREFERENCES_OPEN, Nothing())),
    ]


def _recent(page: Page) -> Blocks:
    if not page.recent and page.current:
        return []  # whom they are introduced to now stands above
    blocks = [b.header(EARLIER)]
    if not page.recent:
        return [*blocks, b.section(NOBODY_YET)]
    lines = [_past(page, meeting) for meeting in page.recent[:MOST_RECENT]]
    return [*blocks, b.section("\n".join(lines))]


def _past(page: Page, meeting: Meeting) -> str:
    others = [user_id for user_id in meeting.user_ids if user_id != page.person.id]
    on = words.day(meeting.created_at.astimezone(words.zone(page.zone)).date())
    how = {MeetingKind.IMPROMPTU: ", impromptu", MeetingKind.CHECK_IN: ", after a check-in"}
    who = words.people(others) or "nobody could be reached"
    return (
        f"• {on}: {who}{how.get(meeting.kind, '')} – {TOOK_PLACE[meeting.told_to(page.person.id)]}"
    )


def _hosted(page: Page) -> Blocks:
    if not page.hosted:
        return []
    blocks = [b.header(HOSTED)]
    for hosted in page.hosted[:MOST_HOSTED]:
        blocks += _hosted_channel(hosted)
    if len(page.hosted) > MOST_HOSTED:
        more = coffee.more_channels(len(page.hosted) - MOST_HOSTED)
        blocks.append(b.small(f"{more} Type `/coffee settings` there."))
    return blocks


def _hosted_channel(hosted: Hosted) -> Blocks:
    channel = hosted.channel
    text = settings.state(channel)
    if hosted.receipt is not None and hosted.held_at is not None:
        text += f"\n{_receipt(channel, hosted.receipt, hosted.held_at)}"
    buttons = [
        b.button("Settings", SETTINGS_OPEN, InChannel(channel.id)),
        b.button("Preview", round_ids.ROUND_PREVIEW, InChannel(channel.id)),
    ]
    if channel.started:
        sure = b.confirm(
            "Hold a round now?",
            f"Everyone who takes part in {words.channel(channel.id)} is introduced at once. "
            "The next round comes as planned.",
            "Hold it",
            "Not now",
        )
        buttons.append(
            b.button("Run now", round_ids.ROUND_RUN, InChannel(channel.id), confirm=sure)
        )
    return [b.section(text), b.actions(*buttons)]


def _receipt(channel: Channel, receipt: Receipt, held_at: datetime) -> str:
    """The newest round in a line; numbers only, names are in the receipt itself."""
    out = sum(
        len(user_ids)
        for reason, user_ids in receipt.left_out.items()
        if reason not in receipts.SILENT
    )
    on = words.moment(held_at, channel.settings.cadence.zone)
    left_out = f", {out} left out" if out else ""
    return (
        f"Round {receipt.number}, {on}: "
        f"{words.count(len(receipt.groups), 'introduction')}, "
        f"{words.count(receipt.people, 'person', 'people')}"
        f"{left_out}."
    )


def passed() -> Message:
    """In the place of what answered a press here, a day later."""
    text = "That answer was for the moment. The Home tab shows how things stand now."
    return b.message(text, [b.section(text)])
