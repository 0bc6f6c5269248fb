"""The words of check-ins: moods, what was promised, and why something is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.checkins.views.kinds import WORDS
from bot.views import words
from core.checkins import Audience, Contract, Kind
from core.prompts import OwnProblem
from core.pulse import Lean, Withheld

MOODS: Mapping[int, str] = {
    1: "Very heavy",
    2: "Heavy",
    3: "In between",
    4: "Light",
    5: "Very light",
}
LEANS: Mapping[Lean, str] = {
    Lean.MOSTLY_HEAVY: "mostly heavy",
    Lean.LEANING_HEAVY: "leaning heavy",
    Lean.EVEN: "even",
    Lean.LEANING_LIGHT: "leaning light",
    Lean.MOSTLY_LIGHT: "mostly light",
}
SECTIONS: Mapping[str, str] = {
    "answer": "Your answer",
    "purpose": "Purpose",
    "priorities": "Priorities",
    "worries": "Worries",
    "support": "Support",
    "outcome": "Outcome",
    "experience": "Experience",
    "actions": "Actions",
}
WITHHELD: Mapping[Withheld, str] = {
    Withheld.TOO_FEW_ANSWERS: "Nothing is shown: fewer than {floor} answered, and that is the "
    "promise.",
    Withheld.TOO_FEW_NEW_VOICES: "Nothing is shown: most of those who answered are part of another "
    "result of the same days, and the two side by side could give somebody away.",
}
OWN_PROBLEMS: Mapping[OwnProblem, str] = {
    OwnProblem.EMPTY: "A few words, please.",
    OwnProblem.TOO_LONG: "At most 300 characters, please: short questions get honest answers.",
    OwnProblem.MENTIONS: "Without @here, @channel or @names, please: nobody should be called out.",
    OwnProblem.NOT_PLAIN: "Plain text only, please.",
    OwnProblem.ALREADY_THERE: "The library has almost the same question already.",
}
LINE_NEEDED = "You go first: a line of your own, please. Nobody opens up to a form."
WRITE_SOMETHING = "A few words, please; or close this form, that is fine too."
NOT_IN_CHANNEL = "They are not in this channel; please choose somebody who is."
PICK_A_MOOD = "Please pick one of the five."


def too_long(most: int) -> str:
    """Beside a field that holds too much."""
    return f"That is too long: at most {most:,} characters, please."


def too_many(most: int) -> str:
    """Beside a field with more lines than it takes."""
    return f"That's more than {most} actions. Please keep the {most} that matter most."


def on_scale(lean: Lean) -> str:
    """The lean as a number, as pictures have it: "+2", "0", "-1"."""
    return f"{int(lean):+d}" if lean else "0"


def pieces(text: str, most: int = 2900) -> list[str]:
    """Escaped text in parts that a section holds (Slack ends at 3,000); no `&amp;` is halved."""
    parts = []
    while len(text) > most:
        cut = text.rfind("&", most - 5, most)
        cut = cut if cut >= 0 else most
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text]


def audience(contract: Contract, asker: str) -> str:
    """Who sees the results, as whoever is asked reads it."""
    if contract.audience is Audience.CHANNEL:
        return "everyone in this channel"
    return f"{words.person(asker)}, the hosts of this channel and workspace admins"


def promise(contract: Contract, asker: str, closes_at: datetime) -> str:
    """The privacy contract in one line (C3), from the object that is obeyed."""
    who, close = audience(contract, asker), words.moment_for_all(closes_at)
    listed, days = WORDS[contract.kind].listed, f"{contract.keep_days} days"
    kept = f"{listed}{'The rest is kept' if listed else 'Kept'} for {days}, then deleted."
    if contract.named:
        return (
            f"*What happens with your answer:* {who} can read it with your name, after it closes "
            f"({close}). {kept}"
        )
    may_post = "" if contract.audience is Audience.CHANNEL else ", who may post it here"
    if contract.kind.rules.by_mood:
        return (
            f"*What happens with your answer:* it is only counted, no one sees it or who answered. "
            f"A summary goes to {who}{may_post}, after it closes ({close}) and only with at least "
            f"{contract.floor} answers; comments, without names, only with at least "
            f"{contract.floor} of them. The counts are deleted then, comments after {days}; only "
            "the summary stays."
        )
    return (
        f"*What happens with your answer:* {who}{may_post}, can read it without your name, after "
        f"it closes ({close}) and only with at least {contract.floor} answers. {kept}"
    )


def withheld(contract: Contract, why: Withheld) -> str:
    """Why there is no result."""
    return WITHHELD[why].format(floor=contract.floor)


def too_small(people: int, floor: int, kind: Kind) -> str:
    """To the asker of a team that is too small for answers without names."""
    what = "an anonymous pulse" if kind.rules.by_mood else "answers without names"
    return (
        f"This channel is too small for {what}: {words.count(people, 'person', 'people')} could "
        f"answer, and I show nothing under {floor} answers. In a group this small everybody could "
        "guess who said what, so I will not pretend. What works instead: ask with names "
        "(`/checkin open`), or talk to each other; `/checkin pressure` with your own line first "
        "is a good start."
    )


def unknown(word: str, nearest: str | None, behind: Sequence[tuple[str, str]]) -> str:
    """`/checkin` with a word that is not known; `behind` are those that are."""
    short = word if len(word) <= 30 else word[:29] + "…"
    safe = short.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    meant = f" Did you mean `/checkin {nearest}`?" if nearest else ""
    return f"I do not know “{safe}”.{meant}\n{help_text(behind)}"


def help_text(behind: Sequence[tuple[str, str]]) -> str:
    """Every shortcut with a few words: what to type behind the command, and what that does."""
    lines = [f"• `/checkin {typed}`: {about}" for typed, about in behind]
    return "\n".join(["`/checkin` alone lets you choose. Or at once:", *lines])


def refusal(why: str, facts: Mapping[str, object]) -> str:
    """The sentence for a refusal."""
    if why == "too_small":
        return too_small(
            int(str(facts["people"])), int(str(facts["floor"])), Kind(str(facts["kind"]))
        )
    return _REFUSALS[why].format(**facts)


_REFUSALS: Mapping[str, str] = {
    "no_channel": "Type `/checkin` in a channel that I am in. Somebody can bring me in with "
    "`/invite`.",
    "not_a_member": "This check-in is for the people in its channel, and you are not in it just "
    "now. Nothing was recorded.",
    "guest": "Check-ins are for the members of this workspace; guests and people from other "
    "companies are not asked here. Nothing was recorded.",
    "gone": "I cannot find that check-in in this workspace.",
    "closed": "This check-in has closed, so your answer was not recorded. If it matters, tell "
    "{asker} directly.",
    "too_late": "That check-in is in the channel already; it cannot be taken back any more.",
    "answered": "You have answered this already; without names, an answer cannot be found again "
    "to change it. Your first one counts.",
    "pulse_off": "The pulse is off in this channel until a host turns it on: `/checkin`, then "
    "“Pulse in this channel”. {hosts}",
    "still_open": "A pulse is open or planned in this channel already, until {until}. One at a "
    "time.",
    "too_soon": "The last pulse here closed only a few days ago. Two results so close together "
    "could give somebody away, so the next one must close on {until} or later.",
    "not_yours_to_see": "These results are for {audience}: that is what people were promised.",
    "not_yet": "Results appear after the check-in has closed, on {until}. Nobody sees them before.",
    "names_confided": "These answers carry names and were given to {audience} alone. I cannot "
    "post them here.",
    "not_the_asker": "Only {asker} can do that: it is their check-in.",
    "not_your_item": "That question was for the person who took it on.",
    "settled": "That one is settled already.",
    "no_trend": "A trend needs two results that could be shown; there are not that many yet.",
    "nothing_closed": "No check-in has closed here yet, so there is nothing to count.",
    "no_prompt": "There is no prompt left to ask here: all of this kind are retired, or too lively "
    "for a quiet time. A host can bring some back with `/checkin`, “Prompts”; or write your own "
    "words.",
    "host_only": "Only a host of this channel can do that. {hosts}",
}
