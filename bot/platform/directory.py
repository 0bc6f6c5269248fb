"""Who is there, as Slack says: people looked up once, remembered, and refreshed when old."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlmodel import Session

from bot.platform.errors import OtherCompany
from bot.platform.log import get
from bot.platform.services import Services
from bot.platform.slack import Seen, SlackBusy, SlackRefused
from core.values import Channel, Person, Place, TakingPart, Who
from storage.channels import channels
from storage.people import memberships, people
from storage.people.memberships import ToTell

log = get("directory")
FRESH = timedelta(hours=6)  # how old Slack's word on a person may be when a round is held
ONE_BY_ONE = 40  # above this many unknown people, the whole list is read in pages instead
AT_ONCE = 10  # what was learned of so many people is kept, whatever happens next


def meet(services: Services, who: Who) -> Person:
    """The person as stored; Slack is asked about somebody new."""
    with services.db.reading() as tx:
        found = people.get(tx, who)
    if found is not None:
        return found
    seen = services.slack(who.team).person(who.user)
    with services.db.transaction() as tx:
        people.refresh(tx, who.team, {who.user: seen.columns}, services.clock.now())
        return people.require(tx, who)


def admit(services: Services, named: Sequence[str], own: str, user_id: str) -> str:
    """The workspace whose Kettle this person has before them; "" where there is none.

    `named`: the workspaces that an interaction names, the likeliest first. In a channel shared
    with another company Slack may name theirs; where Kettle lives in one only, that one is meant.
    `own`: the person's own workspace, as Slack tells it with each interaction.

    Raises OtherCompany: nothing that can be pressed or typed is for them.
    """
    with services.db.reading() as tx:
        home = people.installed(tx, named)
        person = people.get(tx, Who(home, user_id))
    if (own and own != home) or (person is not None and person.stranger):
        raise OtherCompany()
    return home


def is_known_in(services: Services, channel: Channel, user_id: str) -> bool:
    """Whether the person is in the channel, as far as is stored."""
    with services.db.reading() as tx:
        return memberships.get(tx, channel.place, user_id).present


def is_in(services: Services, channel: Channel, user_id: str) -> bool:
    """Whether the person is in the channel. Raises SlackTrouble.

    Slack is only asked when what is stored says no, since an event can be lost: its list of a
    large channel takes many calls.
    """
    if is_known_in(services, channel, user_id):
        return True
    if user_id not in services.slack(channel.team_id).members(channel.id):
        return False
    with services.db.transaction() as tx:
        arrives(tx, channel, user_id)
    return True


def arrives(tx: Session, channel: Channel, user_id: str) -> None:
    """The person is in the channel now; somebody new there waits to be told what happens there."""
    memberships.arrive(tx, channel.place, user_id, to_tell(channel))


def to_tell(channel: Channel, listed: bool = True) -> ToTell:
    """Who hears what happens there: nobody before the rounds begin, for that post is theirs.

    `listed`: who is in it was read before, so that whoever is on no list came since. Where
    everyone takes part, whoever may have missed that hears it; elsewhere it is a welcome alone.
    """
    everyone = channel.settings.taking_part is TakingPart.EVERYONE
    return ToTell(new=channel.started and (listed or everyone), back=channel.started and everyone)


def is_channel_known(services: Services, place: Place) -> Channel | None:
    """The channel, if Kettle is in it now."""
    with services.db.reading() as tx:
        found = channels.get(tx, place)
    return found if found and found.active else None


def look(services: Services, channel: Channel) -> list[str]:
    """Slack's member list; its word on each person is kept, the list is not.

    Raises SlackRefused when the bot is not in the channel any more.
    """
    present = services.slack(channel.team_id).members(channel.id)
    with services.db.reading() as tx:
        bot = people.bot_user_id(tx, channel.team_id)
    if bot and bot not in present:
        raise SlackRefused("not_in_channel")
    _refresh(services, channel.team_id, present)
    return present


def _refresh(services: Services, team_id: str, user_ids: list[str]) -> None:
    now = services.clock.now()
    with services.db.reading() as tx:
        stale = people.stale(tx, team_id, user_ids, now - FRESH)
    try:
        for part in _ask(services, team_id, stale):
            with services.db.transaction() as tx:
                people.refresh(tx, team_id, {seen.id: seen.columns for seen in part}, now)
    except SlackBusy:
        with services.db.reading() as tx:
            known = people.some(tx, team_id, user_ids)
        if not known.keys() >= set(user_ids):
            raise  # the heartbeat comes again, and goes on where this one stopped
        log.warning("slack is busy: went on with what is known team=%s", team_id)


def _ask(services: Services, team_id: str, user_ids: set[str]) -> Iterator[list[Seen]]:
    """Slack's word on these people, in parts."""
    missing = set(user_ids)
    if len(missing) > ONE_BY_ONE:
        for page in services.slack(team_id).people():
            if found := [seen for seen in page if seen.id in missing]:
                missing -= {seen.id for seen in found}
                yield found
    rest = sorted(missing)  # people of other workspaces are not in the list
    for i in range(0, len(rest), AT_ONCE):
        yield [_one(services, Who(team_id, user_id)) for user_id in rest[i : i + AT_ONCE]]


def _one(services: Services, who: Who) -> Seen:
    try:
        return services.slack(who.team).person(who.user)
    except SlackRefused as refusal:
        if refusal.code not in {"user_not_found", "user_not_visible"}:
            raise
        return Seen(who.user, is_admin=False, columns={"deleted": True})
