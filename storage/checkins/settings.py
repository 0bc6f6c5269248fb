"""What hosts decide about check-ins: the pulse of a channel, and its prompts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.checkins import CheckInSettings, Kind
from core.prompts import Prompt
from core.values import Place
from storage.checkins.rows import CheckInPromptRow, CheckInSettingsRow
from storage.platform.claims import found_or_new


@dataclass(frozen=True, slots=True)
class OwnPrompts:
    """A channel's own and reworded prompts of one kind, and the ids of retired ones."""

    own: tuple[Prompt, ...] = ()
    retired: frozenset[str] = frozenset()


def get(tx: Session, place: Place) -> CheckInSettings:
    """The channel's settings; a pulse is off at first."""
    row = tx.get(CheckInSettingsRow, (place.team, place.channel))
    return CheckInSettings(row.pulse, row.floor) if row else CheckInSettings()


def decide(tx: Session, place: Place, settings: CheckInSettings) -> None:
    """A host saved these."""
    blank = CheckInSettingsRow(team_id=place.team, channel_id=place.channel)
    row = found_or_new(tx, blank)
    row.pulse, row.floor = settings.pulse, settings.floor
    tx.add(row)
    tx.flush()


def prompts(tx: Session, place: Place, kind: Kind) -> OwnPrompts:
    """What the channel's hosts changed in the library of this kind."""
    query = select(CheckInPromptRow).where(
        CheckInPromptRow.team_id == place.team,
        CheckInPromptRow.channel_id == place.channel,
        CheckInPromptRow.kind == kind,
    )
    rows = list(tx.exec(query.order_by(col(CheckInPromptRow.prompt_id))))
    return OwnPrompts(
        # A host's own words are theirs to judge: they may be posted in a quiet time too.
        own=tuple(
            Prompt(row.prompt_id, row.text, section=row.section, quiet=True)
            for row in rows
            if row.text is not None
        ),
        retired=frozenset(row.prompt_id for row in rows if row.retired),
    )


def save_prompt(
    tx: Session,
    place: Place,
    kind: Kind,
    prompt: Prompt,
) -> None:
    """Add a prompt, or set a channel's wording of one."""
    row = _row(tx, place, kind, prompt)
    row.text = prompt.text
    row.retired = False
    tx.add(row)
    tx.flush()


def retire(tx: Session, place: Place, kind: Kind, prompt: Prompt, retired: bool) -> None:
    """Never post this prompt in the channel again; or do, after all."""
    row = _row(tx, place, kind, prompt)
    row.retired = retired
    tx.add(row)
    tx.flush()


def _row(tx: Session, place: Place, kind: Kind, prompt: Prompt) -> CheckInPromptRow:
    blank = CheckInPromptRow(
        team_id=place.team,
        channel_id=place.channel,
        prompt_id=prompt.id,
        kind=kind,
        section=prompt.section,
    )
    return found_or_new(tx, blank)
