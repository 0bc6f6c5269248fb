"""What people read when something is refused or went wrong: one clear sentence, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.checkins.views import words as checkin_words
from bot.platform import errors
from bot.views import words

_WHEN = {
    "past": "“{text}” has passed already. Try `2w`, `until 12 Dec` or `next monday`.",
    "never": "A pause needs an end. To stop for good, type `/coffee leave`.",
    "too_far": "“{text}” is more than a year away. To stop for good, type `/coffee leave`.",
    "too_short": "A few minutes more, please: from 5 to 120, such as `/coffee now 15`.",
    "too_long": "That is long for a quick coffee: from 5 to 120 minutes, such as `/coffee now 30`.",
    "minutes": "I could not read “{text}” as minutes. Try `/coffee now 15`.",
    "not_understood": "I could not read “{text}” as a date. Try `2w`, `until 12 Dec` or "
    "`next monday`.",
    "person": "I could not find a person in “{text}”. Pick them with @, as in "
    "`/coffee {word} @name`.",
    "time": "I could not read “{text}” as one of the times. `/coffee times` lists them; "
    "`/coffee times 2` says that the second one suits you.",
    "question": "I have no questions of the kind “{text}”. Try `/coffee question light`, `work`, "
    "`deep` or `any`.",
    "yourself": "You cannot put yourself on that list.",
}


def sentence(error: errors.ForThePerson) -> str:
    """The sentence for a refusal."""
    if isinstance(error, errors.AboutACheckIn):
        return checkin_words.refusal(str(error.facts["why"]), error.facts)
    told = _TOLD.get(type(error))
    return told(error.facts) if told else _PLAIN[type(error)]


Facts = Mapping[str, object]


def _not_here(facts: Facts) -> str:
    if "channel" in facts:
        where = words.channel(str(facts["channel"]))
        return f"I am not in {where} any more. `/coffee` shows where things stand."
    return (
        "I am in no channel that this could be about. Somebody can invite me with `/invite` in a "
        "channel; then type the command there."
    )


def _which_channel(facts: Facts) -> str:
    listed = words.join([words.channel(c) for c in _list(facts["channels"])])
    return f"You are in several: {listed}. Type the command in the one you mean."


def _which_meeting(facts: Facts) -> str:
    groups = facts["groups"]
    listed = [words.people(_list(group)) for group in (groups if isinstance(groups, list) else [])]
    return (
        f"More than one introduction of yours is under way: {'; '.join(listed)}. Say which one, "
        f"as in `/coffee {facts['word']} @name`."
    )


def _not_introduced(facts: Facts) -> str:
    whom = words.people(_list(facts["people"]))
    return f"I have not introduced you to {whom} lately. `/coffee history` lists whom you met."


def _not_started(facts: Facts) -> str:
    return (
        f"Nobody has set up {words.channel(str(facts['channel']))} yet. A host does that "
        "with `/coffee settings` in the channel."
    )


def _not_a_host(facts: Facts) -> str:
    hosts = [words.person(host) for host in _list(facts["hosts"])]
    whom = words.join([*hosts, "a workspace admin"])
    return f"Only a host can do that. Ask {whom.replace(' and ', ' or ')}."


def _not_understood(facts: Facts) -> str:
    text, word = _quoted(str(facts.get("text", ""))), facts.get("word", "avoid")
    return _WHEN[str(facts["kind"])].format(text=text, word=word)


def _nobody_available(facts: Facts) -> str:
    present = int(str(facts["count"]))
    if present > 1:
        return "I could introduce nobody just now. Nothing was sent."
    return (
        f"{words.count(present, 'person is', 'people are')} taking part just now: too few to "
        "introduce anybody. Nothing was sent. People join with `/coffee join`."
    )


def _not_in_channel(facts: Facts) -> str:
    where = words.channel(str(facts["channel"]))
    return f"You are not in {where}. Join the channel first, then press again."


_TOLD: dict[type[errors.ForThePerson], Callable[[Facts], str]] = {
    errors.NotHere: _not_here,
    errors.WhichChannel: _which_channel,
    errors.WhichMeeting: _which_meeting,
    errors.NotIntroduced: _not_introduced,
    errors.NotStarted: _not_started,
    errors.NotAHost: _not_a_host,
    errors.NotUnderstood: _not_understood,
    errors.NobodyAvailable: _nobody_available,
    errors.NotInChannel: _not_in_channel,
}
_PLAIN: dict[type[errors.ForThePerson], str] = {
    errors.NotYourMeeting: "That button belongs to the people who were introduced.",
    errors.NothingToSkip: "You are not in these rounds, so there is nothing to skip. "
    "`/coffee join` brings you in.",
    errors.NoMeeting: "You have not been introduced to anybody yet. `/coffee` shows when the "
    "next round is.",
    errors.JustHeld: "A round was held a moment ago, so I did not hold another one. Its receipt "
    "is on its way.",
    errors.TimeGone: "That time has gone by. Another one below may still suit you.",
    errors.OtherCompany: "These rounds are for people of one company, and you are here from "
    "another one. You are welcome in the channel all the same.",
    errors.CannotTakePart: "The hosts of this channel have not opened the rounds to guests. "
    "Ask one of them.",
}


def stale() -> str:
    """A button from another time."""
    return "That button is too old to work. `/coffee` shows where things stand."


def slack_is_away() -> str:
    """Slack did not answer while Kettle asked it something."""
    return "Slack did not answer me just now. Nothing was changed; please try again in a minute."


def internal(reference: str) -> str:
    """Something that nobody foresaw."""
    return (
        "Something went wrong on my side, and nothing was changed. If it happens again, give "
        f"your admin this reference: `{reference}`."
    )


def unknown_button() -> str:
    """Something was pressed that this version of Kettle does not draw any more."""
    return "That does not do anything any more. `/coffee` shows where things stand."


def _quoted(text: str) -> str:
    short = text if len(text) <= 60 else text[:59] + "…"
    return short.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _list(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else []
