"""The introduction, the agreed time, and everything else that is said inside a group DM."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import urlencode

from bot.meetings import ids
from bot.meetings.ids import AtTime, OfKind, OfMeeting, Question
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Block, Blocks, Message
from core.starters import Starter, Tag
from core.values import Meeting, MeetingKind

LENGTH = timedelta(minutes=30)
STARTER, SUITS_ME, AGREED = "*Something to start with*", "Suits me", "*Agreed: "
CAME_UP = "Something came up"
KINDS = {Tag.LIGHT: "light", Tag.WORK: "about work", Tag.DEEP: "deeper"}
CHANGED = "A change of plan: somebody could not be reached."
RIGHT_NOW = "have a few minutes now: enjoy your coffee."
NEVER_MEET = (
    "Your hours don't overlap, so I won't suggest a time. Writing works well too: answer the "
    "question above, each when it suits you."
)
NO_TIME = (
    "I found no half hour before the next round that suits everyone. Say hello, and find a time "
    "of your own."
)
TAGS = (
    ("Anything", Question.ANY),
    ("Light", Question.LIGHT),
    ("About work", Question.WORK),
    ("Deeper", Question.DEEP),
)


def introduction(
    meeting: Meeting,
    starter: Starter | None,
    lines: Mapping[str, str],
    overlap: bool = True,
    changed: bool = False,
) -> Message:
    """Who meets whom, what to ask, a question to start with, and times that suit everyone.

    `lines` are the "ask me about" lines by user id. `overlap` is False when the working hours
    of the people never meet. `changed`: the plan was another one at first.
    """
    names = words.people(meeting.user_ids)
    note = f"{CHANGED}\n" if changed else ""
    opening = _opening(meeting, names, overlap)
    parts = b.paragraphs(f"{note}{opening}", *_ask_about(meeting, lines))
    if starter is not None:
        parts.append(b.section(f"{STARTER}\n{_question(starter)}"))
    parts.append(_numbered(_starter_row(meeting.starter_tag), meeting))
    parts += _times(meeting, overlap)
    parts.append(_numbered(_outcome_row(), meeting))
    return b.message(f"{names}: a coffee together?", parts)


def _opening(meeting: Meeting, names: str, overlap: bool) -> str:
    if meeting.kind is MeetingKind.IMPROMPTU:
        who = "both" if len(meeting.people) == 2 else "all"
        return f"Hello {names}. You {who} {RIGHT_NOW}"
    if meeting.kind is MeetingKind.CHECK_IN:
        return (
            f"Hello {names}. One of you asked for somebody to talk to, the other offered an ear. "
            "What you say here stays here; I cannot read it."
        )
    where = f" in {words.channel(meeting.channel_id)}" if meeting.channel_id else ""
    verb = "you two meet" if len(meeting.people) == 2 else "you meet"
    begin = "suggest a time, or just say hello" if overlap else "answer the question below"
    return (
        f"Hello {names}, {verb} in this round{where}. "
        f"{words.person(meeting.organiser)} gets it going this time: {begin}."
    )


def _ask_about(meeting: Meeting, lines: Mapping[str, str]) -> list[str]:
    return [
        f"• Ask {words.person(user_id)} about {b.escape(lines[user_id])}"
        for user_id in meeting.user_ids
        if lines.get(user_id)
    ]


# A large round draws thousands of these rows, alike but for the meeting's number: each is drawn
# (and its lengths are checked) once, with a number that no meeting has.
NO_MEETING = 2**53


def _numbered(row: str, meeting: Meeting) -> Block:
    block: Block = json.loads(row.replace(str(NO_MEETING), str(meeting.id)))
    return block


@lru_cache(maxsize=16)
def _starter_row(tag: Tag | None) -> str:
    options = [(label, OfKind(NO_MEETING, kind).text()) for label, kind in TAGS]
    chosen = OfKind(NO_MEETING, Question(tag or Question.ANY)).text()
    row = b.actions(
        b.button("Another question", ids.MEETING_SHUFFLE, OfMeeting(NO_MEETING)),
        b.select(ids.MEETING_TAG.id, options, chosen, "Kind of question"),
    )
    return json.dumps(row)


@lru_cache(maxsize=1)
def _outcome_row() -> str:
    row = b.actions(
        b.button("We met", ids.MEETING_MET, OfMeeting(NO_MEETING)),
        b.button("Why us?", ids.MEETING_WHY, OfMeeting(NO_MEETING)),
    )
    return json.dumps(row)


@lru_cache(maxsize=1024)
def _time_row(instant: datetime, who: str) -> str:
    value, epoch = AtTime(NO_MEETING, instant), int(instant.timestamp())
    press = b.button(SUITS_ME, ids.MEETING_TIME, value, suffix=epoch)
    return json.dumps(b.section(f"{words.moment_for_all(instant)}{who}", press))


def _times(meeting: Meeting, overlap: bool) -> Blocks:
    if meeting.agreed_at is not None:
        return [b.section(f"{AGREED}{words.moment_for_all(meeting.agreed_at)}.*")]
    if meeting.kind is MeetingKind.IMPROMPTU:
        return []
    if not overlap:
        return [b.section(NEVER_MEET)]
    if not meeting.proposals:
        return [b.section(NO_TIME)]
    rows = [b.section("*When suits you?* Half an hour, in your own time zone:")]
    for instant in meeting.proposals:
        rows.append(_numbered(_time_row(instant, suits(meeting, instant)), meeting))
    return rows


def suits(meeting: Meeting, instant: datetime) -> str:
    """Behind a time: whom it suits so far."""
    chosen = [person.user_id for person in meeting.people if instant in person.picks]
    return f"  ·  suits {words.people(chosen)}" if chosen else ""


def agreed(meeting: Meeting, at: datetime) -> Message:
    """Everyone picked the same time: the confirmed message with calendar links."""
    when = words.moment_for_all(at)
    who = "You can both" if len(meeting.people) == 2 else "Everyone can"
    text = (
        f"{who} make *{when}*. The calendar file follows, or add it with one press. I'll "
        "remind you here ten minutes before."
    )
    notice = f"{words.people(meeting.user_ids)}: your coffee is {when}."
    return b.message(notice, [b.section(text), agreed_row(meeting, at)])


def agreed_row(meeting: Meeting, at: datetime) -> Block:
    """Under an agreed time: into the calendar, and what to do when something comes up."""
    return b.actions(
        b.link("Google Calendar", ids.LINK, "google", google_link(at)),
        b.link("Outlook", ids.LINK, "outlook", outlook_link(at)),
        b.button(CAME_UP, ids.PLAN_CHANGE, AtTime(meeting.id, at)),
    )


def no_calendar_file(at: datetime) -> Message:
    """Where the calendar file was to follow: Slack does not take it."""
    when = words.moment_for_all(at)
    text = (
        "The calendar file does not follow after all: Slack takes no files from me here. The two "
        f"buttons above put {when} into your calendar as well."
    )
    return b.message(f"No calendar file for {when}: use the buttons above.", [b.section(text)])


def times_of(meeting: Meeting, user_id: str) -> str:
    """To one person, by command: the times, and how to say that one suits."""
    others = words.people([other for other in meeting.user_ids if other != user_id])
    if meeting.agreed_at is not None:
        return f"Agreed with {others}: {words.moment_for_all(meeting.agreed_at)}."
    if meeting.kind is MeetingKind.IMPROMPTU:
        return f"Your coffee with {others} is for right now, so I proposed no times."
    if not meeting.proposals:
        return f"I proposed no times to you and {others}. Suggest one in your conversation."
    lines = [f"Half an hour with {others}:"]
    for number, instant in enumerate(meeting.proposals, start=1):
        lines.append(f"{number}. {words.moment_for_all(instant)}{suits(meeting, instant)}")
    lines.append("`/coffee times 2` says that the second one suits you; again takes it back.")
    return "\n".join(lines)


def question_now(meeting: Meeting, user_id: str, starter: Starter) -> str:
    """To whoever asked for another question by command."""
    others = words.people([other for other in meeting.user_ids if other != user_id])
    return f"You and {others} now have this to start with: {_question(starter)}"


def _question(starter: Starter) -> str:
    """With what kind it is, so that nobody is deeper in than they wished."""
    return f"{b.escape(starter.text)}  _({KINDS[starter.tag]})_"


def nobody_left(channel_id: str | None) -> Message:
    """To somebody whose partner cannot be reached, when everybody else has a group."""
    where = f" of {words.channel(channel_id)}" if channel_id else ""
    text = (
        f"I wanted to introduce you to a colleague in this round{where}, but could not reach them, "
        "and found nobody else so far. You are in the next one again, and they are not counted as "
        "somebody you met. If somebody has room for a coffee before that, I may introduce you two."
    )
    return b.message(f"No introduction for you in this round{where}.", [b.section(text)])


def not_together() -> Message:
    """To who wanted somebody to talk to, and to who had time: neither learns who the other is."""
    text = (
        "I could not bring the two of you together: Slack does not open your conversation. That is "
        "nobody's fault. If you were looking for somebody, `/coffee hand` asks anew."
    )
    return b.message("A talk did not come about.", [b.section(text)])


def event_title() -> str:
    """What the meeting is called in a calendar."""
    return "Coffee"


def event_text() -> str:
    """What the calendar entry says."""
    return "A short talk, arranged in Slack. No agenda needed."


def reminder(meeting: Meeting, at: datetime) -> Message:
    """Ten minutes before."""
    names, time = words.people(meeting.user_ids), words.clock_for_all(at)
    text = f"{names}, your coffee begins at {time}. A huddle in this conversation will do."
    return b.message(f"{names}: coffee at {time}.", [b.section(text)])


def google_link(at: datetime) -> str:
    """A link that opens a filled-in Google Calendar entry."""
    span = f"{at:%Y%m%dT%H%M%SZ}/{at + LENGTH:%Y%m%dT%H%M%SZ}"
    query = {
        "action": "TEMPLATE",
        "text": event_title(),
        "dates": span,
        "details": event_text(),
    }
    return f"https://calendar.google.com/calendar/render?{urlencode(query)}"


def outlook_link(at: datetime) -> str:
    """A link that opens a filled-in Outlook calendar entry."""
    query = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": event_title(),
        "body": event_text(),
        "startdt": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "enddt": f"{at + LENGTH:%Y-%m-%dT%H:%M:%SZ}",
    }
    return f"https://outlook.office.com/calendar/0/deeplink/compose?{urlencode(query)}"
