"""What lies behind a person: whom they were introduced to, and why they were put together."""

from __future__ import annotations

from collections.abc import Sequence

from bot.meetings.views.followups import TOOK_PLACE
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Message
from core.matching import Explanation, Partner
from core.values import Meeting, MeetingKind

INTRODUCED = "Whom you were introduced to"
NOBODY_YET = "You have not been introduced to anybody yet."
ODD = "Your group is of another size than usual this time; I keep count of whose turn that is."
NOT_MET = "and nobody said that you met"
CHANGED = "Somebody could not be reached, so this group is not the one I had planned at first."


def history(user_id: str, met: Sequence[Meeting], zone: str) -> Message:
    """`/coffee history`: only the person's own meetings."""
    if not met:
        return b.message(NOBODY_YET, [b.section(NOBODY_YET)])
    lines = []
    for meeting in met:
        others = words.people([u for u in meeting.user_ids if u != user_id])
        on = words.day(meeting.created_at.astimezone(words.zone(zone)).date())
        how = {MeetingKind.IMPROMPTU: ", impromptu", MeetingKind.CHECK_IN: ", after a check-in"}
        lines.append(
            f"• {on}: {others or 'nobody could be reached'}{how.get(meeting.kind, '')} – "
            f"{TOOK_PLACE[meeting.told_to(user_id)]}"
        )
    return b.message(f"{INTRODUCED}.", b.paragraphs(f"*{INTRODUCED}*", *lines))


def why(explanation: Explanation | None, kind: MeetingKind, late: bool, changed: bool) -> str:
    """`/coffee why`: the truth, without anybody's private wishes (P13).

    `late`: introduced in the middle of a round. `changed`: the group was another one at first.
    """
    if kind is MeetingKind.CHECK_IN:
        return "One of you asked for somebody to talk to, and the other had agreed to be asked."
    if late:
        return (
            "The round was under way already, and both of you had room for a coffee, so I "
            "introduced you two."
        )
    lines = []
    if kind is MeetingKind.IMPROMPTU:
        both = "You all" if explanation and len(explanation.partners) > 1 else "You both"
        lines.append(f"{both} had time for a coffee just then.")
    if changed:
        lines.append(CHANGED)
    for partner in explanation.partners if explanation else ():
        lines.append(_why_partner(partner, kind))
    if explanation and explanation.odd and not changed:
        lines.append(ODD)
    lines.append("Among equals, chance decides.")
    return " ".join(lines)


def _why_partner(partner: Partner, kind: MeetingKind) -> str:
    who = words.person(partner.person)
    if partner.times == 0:
        return f"You and {who} had not been introduced before."
    in_round = kind is MeetingKind.ROUND and partner.rounds_ago is not None
    since = words.ago(partner.rounds_ago or 1) if in_round else "before"
    if partner.met == 0:
        first = f"You and {who} were introduced {since}, {NOT_MET}."
    else:
        first = f"You and {who} were {'last ' if in_round else ''}introduced {since}."
    if partner.nobody_longer and in_round:
        return f"{first} With everyone else here it is more recent, or as long ago."
    return first
