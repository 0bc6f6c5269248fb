"""The receipt of a round, and the preview of one, for hosts (P14, P15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Message
from core.outbox.kinds import CHANGED, NEVER_ARRIVED, TOO_LATE, UNSURE
from core.receipt import Failed, Preview, Receipt, Regrouped, tellable
from core.values import Channel

ON_THEIR_WAY, NOBODY_LEFT = "Still on their way", "I found no other group this time"
NOT_IN_IT, JOINING = "Not in this round", "People join with `/coffee join`."
LATE = "It was held late: I was not running then, or could not reach Slack."
LONGEST_LIST = 30  # groups listed by name; Slack's section holds 3,000 characters

# Reasons that say nothing about a person's private choices are told with names.
NAMED = {"guest", "stranger", "deactivated"}
# Of some, not even the number is told: a bot is no colleague.
SILENT = {"bot", "left_channel", "not_opted_in"}
REASONS = {
    "deactivated": "deactivated in Slack",
    "stranger": "of another company",
    "guest": "a guest, and guests are not included here",
    "opted_out": "chose not to take part",
    "paused": "on a pause",
    "skipping": "skipping this round",
    "away_status": "away by their status",
    "pace": "at a slower pace",
    "in_another_round": "in another channel's round now",
    "alone": "nobody to meet was there",
    "no_partner": "no partner was found",
    "sits_out": "sitting out, in rotation",
    "unreachable": "could not be reached",
}
CAUSES = {
    "messages_tab_disabled": "this app's messages are switched off in Slack",
    "user_disabled": "the account is deactivated",
    "user_not_found": "Slack does not know the account",
    "user_not_visible": "Slack does not let me see the account",
    "channel_not_found": "the conversation is gone",
    "is_archived": "the conversation is archived",
    "not_in_channel": "I am not in the channel any more",
    "busy": "Slack had no room for it in time",
    CHANGED: "something changed for the group before it began",
    NEVER_ARRIVED: "somebody has looked, and it is not there",
    TOO_LATE: "the round was over before it could be sent",
    "internal": "something went wrong on my side; the log has more",
    "account_inactive": "Slack has switched my token off",
    "token_revoked": "my token was revoked",
    "token_expired": "my token has expired",
    "invalid_auth": "Slack does not accept my token",
    "missing_scope": "I lack a permission in Slack",
}


def receipt(channel: Channel, due_at: datetime, told: Receipt) -> Message:
    """What a round did."""
    when = words.moment(due_at, channel.settings.cadence.zone)
    head = f"*Round {told.number} of {words.channel(channel.id)}, {when}*"
    parts = [f"{head}\n{_summary(told)}"]
    parts += _group_lines(told)
    parts += _left_out_lines(told.left_out)
    parts += [f"• {_replanned(change)}" for change in told.replanned]
    parts += [_missing(failure) for failure in told.failed]
    if told.on_their_way:
        late = words.count(told.on_their_way, "introduction")
        parts.append(f"• {ON_THEIR_WAY}: {late}, each for the first good moment of its group")
    if told.capped:
        parts.append("• The search for the best groups ended at its limit; this is the best found.")
    notice = f"Round {told.number} of {words.channel(channel.id)}: {_summary(told)}"
    return b.message(notice, b.paragraphs(*parts))


def failed_later(channel_id: str, failure: Failed) -> Message:
    """To the host: an introduction that was still on its way when the receipt went out."""
    what = f"An introduction in {words.channel(channel_id)} was not delivered"
    text = f"{what} after all: {_failed(failure)}. It doesn't count as an introduction."
    return b.message(f"{what}.", [b.section(text)])


def doubted_later(channel_id: str, failure: Failed) -> Message:
    """To the host: it is not known whether an introduction arrived after the receipt."""
    what = f"An introduction in {words.channel(channel_id)} has perhaps not arrived"
    return b.message(f"{what}.", [b.section(f"{what}: {_doubtful(failure)}")])


def replanned_later(channel_id: str, changes: Sequence[Regrouped]) -> Message:
    """To the host: a group changed after the receipt went out."""
    said = [f"• {_replanned(change)}" for change in changes]
    what = f"A group in {words.channel(channel_id)} has changed since its receipt"
    return b.message(f"{what}.", b.paragraphs(f"{what}:", *said))


def preview(channel: Channel, planned: Preview) -> Message:
    """A dry run: nothing was sent and nothing stored."""
    zone, due_at, told = channel.settings.cadence.zone, channel.next_due_at, planned.receipt
    when = f" Next round: {words.moment(due_at, zone)}." if due_at else ""
    parts = [f"*Preview of {words.channel(channel.id)}.* Nothing is sent or stored.{when}"]
    if not planned.started:
        parts.append("The rounds begin when a host saves the settings; people join after that.")
    if planned.everyone_from:
        parts.append(everyone_later(planned.everyone_from, zone))
    if told.groups:
        parts.append("If the round were held now:")
    elif planned.started:
        parts.append(f"If the round were held now, I could introduce nobody. {JOINING}")
    parts += _group_lines(told)
    parts += _left_out_lines(told.left_out)
    ahead = forecast(told.meeting, channel.settings.size, planned.rounds_needed)
    parts += [ahead] if ahead else []
    dates = [words.moment(instant, zone) for instant in planned.dates]
    parts += [f"The next dates: {'; '.join(dates)}."] if dates else []
    return b.message(
        f"Preview of {words.channel(channel.id)}: nothing is sent or stored.", b.paragraphs(*parts)
    )


def everyone_later(since: datetime, zone: str) -> str:
    """To hosts, where the next round is not everyone's yet."""
    return (
        f"Everyone takes part from the round on {words.moment(since, zone)} on, since people hear "
        "of it at least a day before. Until then rounds are for those who press “I'm in”."
    )


def forecast(people: int, size: int, rounds: int | None) -> str:
    """ "12 people in pairs: everyone has met everyone after 11 rounds.\""""
    if rounds is None or people < 2:
        return ""
    how = "in pairs" if size == 2 else f"in groups of {size}"
    return (
        f"{words.count(people, 'person', 'people')} {how}: everyone has met everyone after about "
        f"{words.count(rounds, 'round')}."
    )


def _summary(told: Receipt) -> str:
    late_note = f" {LATE}" if told.late else ""
    return (
        f"{words.count(len(told.groups), 'introduction')}, "
        f"{words.count(told.people, 'person', 'people')}.{late_note}"
    )


def _group_lines(told: Receipt) -> list[str]:
    lines = []
    for index, group in enumerate(told.groups[:LONGEST_LIST]):
        mark = " (the odd group this time)" if index in told.odd else ""
        lines.append(f"• {words.people(group)}{mark}")
    if len(told.groups) > LONGEST_LIST:
        lines.append(f"• … and {len(told.groups) - LONGEST_LIST} more")
    return lines


def _left_out_lines(left_out: Mapping[str, tuple[str, ...]]) -> list[str]:
    lines, may_tell = [], tellable(left_out)
    for reason, user_ids in may_tell.reasons.items():
        if reason in SILENT or not user_ids:
            continue
        if reason in NAMED and len(user_ids) <= LONGEST_LIST:
            lines.append(f"• Left out: {words.people(user_ids)}, {REASONS[reason]}")
        else:
            lines.append(f"• Left out: {len(user_ids)} × {REASONS[reason]}")
    if may_tell.others:
        who = words.count(may_tell.others, "person", "people")
        lines.append(f"• {NOT_IN_IT}: {who}. Why is theirs to tell.")
    return lines


def _replanned(change: Regrouped) -> str:
    gone, cause = words.person(change.gone), CAUSES.get(change.cause, change.cause)
    if change.now:
        return f"{gone} could not be reached ({cause}); instead: {words.people(change.now)}"
    return f"{gone} could not be reached ({cause}); {NOBODY_LEFT}"


def _missing(failure: Failed) -> str:
    if failure.cause == UNSURE:
        return f"• Perhaps not delivered: {_doubtful(failure)}"
    return f"• Not delivered: {_failed(failure)}"


def _doubtful(failure: Failed) -> str:
    return (
        f"{words.people(failure.users)}. Slack never told me whether it arrived, so I will not "
        "send it again on my own. Please ask one of them; whoever runs Kettle can then send it "
        "again or close it (`kettle outbox`)."
    )


def _failed(failure: Failed) -> str:
    if failure.cause == CHANGED:  # a name would say that one of two changed something, or both
        return f"{len(failure.users)} people, because {CAUSES[CHANGED]}"
    whom = words.people(failure.users) if failure.users else "the channel"
    return f"{whom}, because {CAUSES.get(failure.cause, 'Slack said ' + failure.cause)}"
