"""Who takes part in a round, and the reason why each other person does not."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from core.values import TakingPart


class Reason(StrEnum):
    """Why somebody is left out, in the order in which reasons are looked for."""

    BOT = "bot"
    DEACTIVATED = "deactivated"
    LEFT_CHANNEL = "left_channel"
    STRANGER = "stranger"
    GUEST = "guest"
    OPTED_OUT = "opted_out"
    NOT_OPTED_IN = "not_opted_in"
    PAUSED = "paused"
    SKIPPING = "skipping"
    AWAY_STATUS = "away_status"
    PACE = "pace"


@dataclass(frozen=True, slots=True)
class PersonState:
    """What is known of one person when a round is about to be held."""

    id: str
    is_bot: bool = False
    deleted: bool = False
    left_channel: bool = False
    stranger: bool = False  # of another company, through Slack Connect
    guest: bool = False
    opted: bool | None = None  # True: said “I'm in”; False: left; None: said nothing
    just_told: bool = False  # that everyone takes part: too late to be in it without a press
    paused: bool = False  # on that day of their own calendar
    skipping: bool = False  # this one round
    away: bool = False  # on that day of their own calendar, says the Slack status (`away_hint`)
    obeys_status: bool = False  # chose that the status counts without being asked
    pace: int = 1  # at most every n rounds
    rounds_since_last: int | None = None  # 1: was in the round just before; None: in none yet


@dataclass(frozen=True, slots=True)
class Rules:
    """What the host decided."""

    mode: TakingPart = TakingPart.OPT_IN
    guests_allowed: bool = False


@dataclass(frozen=True, slots=True)
class Participation:
    """The decision on everyone, by id in alphabetical order.

    `to_ask` are those among `taking_part` whose status says that they are away: a hint, so they
    are asked and not left out.
    """

    taking_part: tuple[str, ...]
    left_out: tuple[tuple[str, Reason], ...]
    to_ask: tuple[str, ...] = ()

    def counts(self) -> dict[Reason, int]:
        """How many are left out for each reason that occurs, in the order of Reason."""
        found = Counter(reason for _, reason in self.left_out)
        return {reason: found[reason] for reason in Reason if found[reason]}


def who_takes_part(people: Iterable[PersonState], rules: Rules) -> Participation:
    """Sort people into those who take part and those left out with the first reason that applies.

    Somebody listed twice (Slack's pages can overlap) counts once, as listed first.
    """
    once: dict[str, PersonState] = {}
    for person in people:
        once.setdefault(person.id, person)
    decided = [(once[id], standing(once[id], rules)) for id in sorted(once)]
    taking_part = [person for person, reason in decided if reason is None]
    return Participation(
        taking_part=tuple(person.id for person in taking_part),
        left_out=tuple((person.id, reason) for person, reason in decided if reason),
        to_ask=tuple(person.id for person in taking_part if person.away),
    )


def standing(person: PersonState, rules: Rules) -> Reason | None:
    """The first reason that leaves a person out, or None for someone who takes part."""
    answers = {
        Reason.BOT: person.is_bot,
        Reason.DEACTIVATED: person.deleted,
        Reason.LEFT_CHANNEL: person.left_channel,
        Reason.STRANGER: person.stranger,
        Reason.GUEST: person.guest and not rules.guests_allowed,
        Reason.OPTED_OUT: person.opted is False,
        Reason.NOT_OPTED_IN: not person.opted
        and (rules.mode is TakingPart.OPT_IN or person.just_told),
        Reason.PAUSED: person.paused,
        Reason.SKIPPING: person.skipping,
        Reason.AWAY_STATUS: person.obeys_status and person.away,
        Reason.PACE: not _pace_allows(person),
    }
    return next((reason for reason in Reason if answers[reason]), None)


def _pace_allows(person: PersonState) -> bool:
    return person.rounds_since_last is None or person.rounds_since_last >= person.pace


# Travel alone is no hint: an aeroplane is a business trip as often as not.
ON_VACATION = {"palm_tree", "desert_island", "beach", "beach_with_umbrella", "camping", "ski"}
AWAY_EMOJI = ON_VACATION | {"cruise_ship", "face_with_thermometer", "baby", "breast-feeding"}
"""Status emoji (Slack's names) that hint at a vacation, a leave or an illness."""

# English, German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish and Norwegian,
# Finnish, Polish, Czech, Ukrainian, Russian, Turkish.
AWAY_WORDS = (
    "vacation|vacationing|holiday|holidays|annual leave|on leave|sick leave|parental leave|"
    "maternity leave|paternity leave|out of office|out of the office|ooo|pto|day off|days off|"
    "time off|off sick|out sick|sabbatical|honeymoon|away until|"
    "urlaub|abwesend|nicht im buro|elternzeit|mutterschutz|krank|krankgeschrieben|"
    "vacances|en conge|conges|conge maternite|conge parental|absent|absente|malade|"
    "vacaciones|de baja|de permiso|ausente|enfermo|enferma|"
    "ferias|licenca|ferie|malattia|malato|malata|"
    "vakantie|verlof|afwezig|pa semester|foraldraledig|sjuk|"
    "barsel|lomalla|loma|urlop|na urlopie|chory|chora|dovolena|na dovolene|"
    "відпустка|відпустці|отпуск|отпуске|на больничном|tatil|tatilde|izinli|yıllık izin"
)
# Scripts without spaces between words, or with endings that grow on them.
AWAY_PARTS = (
    "休暇",
    "お休み",
    "夏休み",
    "冬休み",
    "休假",
    "度假",
    "放假",
    "휴가",
    "إجازة",
    "חופשה",
    "छुट्टी",
    "ลาพักร้อน",
    "nghỉ phép",
)

NOON = time(12, 0)


def away_hint(
    status_emoji: str, status_text: str, status_expiration: int, now: datetime
) -> date | None:
    """The first day back that a Slack status hints at, or None.

    `status_expiration` is Slack's Unix time (0: never ends); only one ahead of `now` counts. `now`
    is aware and in the person's own zone: the answer is a date there, the day of the expiry if
    that is before noon and the day after it otherwise.
    """
    if status_expiration <= now.timestamp() or not _says_away(status_emoji, status_text):
        return None
    ends = datetime.fromtimestamp(status_expiration, now.tzinfo)
    return ends.date() if ends.time() < NOON else ends.date() + timedelta(days=1)


def _says_away(emoji: str, text: str) -> bool:
    name = emoji.strip(":").partition("::")[0]  # :baby::skin-tone-3:
    said = _folded(text)
    if _NO_LONGER.search(said):
        return False
    return name in AWAY_EMOJI or bool(_AWAY.search(said))


def _folded(text: str) -> str:
    """Lower case without accents, so that “Congés” and “conges” are one word."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(_folded(word)) for word in AWAY_WORDS.split("|"))
    parts = "|".join(re.escape(_folded(part)) for part in AWAY_PARTS)
    return re.compile(rf"\b(?:{words})\b|{parts}")


_AWAY = _pattern()
_NO_LONGER = re.compile(r"\b(?:back from|no longer on|not on|zuruck aus|de retour de)\b")
