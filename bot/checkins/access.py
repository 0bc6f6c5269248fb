"""Who may ask, answer and see: decided on the server, for the person who pressed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlmodel import Session

from bot.channels import hosts
from bot.checkins.refusals import Refused, Why
from bot.checkins.views import words as checkin_words
from bot.platform import directory
from bot.platform.services import Services
from bot.rounds import participants
from bot.views import words
from core.checkins import CheckIn, Phase
from core.values import Channel, Person, Place, Who
from storage.channels import channels
from storage.checkins import checkins
from storage.people import memberships, people


def channel_of(services: Services, place: Place | None) -> Channel:
    """The channel, when Kettle is in it. Raises Refused."""
    if place is None:
        raise Refused(Why.NO_CHANNEL)
    known = directory.is_channel_known(services, place)
    if known is None:
        raise Refused(Why.NO_CHANNEL)
    return known


def inside(services: Services, place: Place | None, user_id: str) -> Channel:
    """The channel, for somebody who is in it. Raises Refused."""
    channel = channel_of(services, place)
    require_member(services, channel, user_id, ask_slack=True)
    return channel


def checkin_of(services: Services, team_id: str, checkin_id: int) -> CheckIn:
    """The check-in, in this workspace. Raises Refused."""
    with services.db.reading() as tx:
        found = checkins.get(tx, team_id, checkin_id)
    if found is None or found.phase is Phase.CANCELLED:
        raise Refused(Why.GONE)
    return found


def require_member(services: Services, channel: Channel, user_id: str, ask_slack: bool) -> Person:
    """The person, who is in the channel and belongs to the company. Raises Refused.

    Slack is only asked (`ask_slack`) when what is stored says no: an event can be lost.
    """
    with services.db.reading() as tx:
        present = memberships.get(tx, channel.place, user_id).present
        person = people.get(tx, Who(channel.team_id, user_id))
    if not present and ask_slack:
        present = directory.is_in(services, channel, user_id)
    if person is None:
        person = directory.meet(services, Who(channel.team_id, user_id))
    if not belongs(person, channel.settings.guests):
        raise Refused(Why.GUEST)
    if not present:
        raise Refused(Why.NOT_A_MEMBER)
    return person


def standing(tx: Session, who: Who, checkin_id: int) -> CheckIn:
    """The check-in, for somebody of its channel, from what is stored. Raises Refused.

    Many look at the same check-in in one transaction; it is read once.
    """
    team_id, known = who.team, tx.info.setdefault("checkins", {})
    if (team_id, checkin_id) not in known:
        checkin = checkins.get(tx, team_id, checkin_id)
        if checkin is None or checkin.phase is Phase.CANCELLED:
            raise Refused(Why.GONE)
        known[team_id, checkin_id] = checkin, channels.get(tx, Place(team_id, checkin.channel_id))
    checkin, channel = known[team_id, checkin_id]
    if channel is None or not channel.active:
        raise Refused(Why.NO_CHANNEL)
    known_as = memberships.standing(tx, Place(team_id, channel.id), who.user)
    if known_as is not None and not belongs(known_as, channel.settings.guests):
        raise Refused(Why.GUEST)
    if known_as is None or not known_as.present:
        raise Refused(Why.NOT_A_MEMBER)
    found: CheckIn = checkin
    return found


def belongs(person: Person | memberships.Standing, guests: bool) -> bool:
    """Whether check-ins are meant for such a person at all."""
    if person.is_bot or person.deleted or person.stranger:
        return False
    return guests or not person.guest


def invited(services: Services, channel: Channel) -> list[str]:
    """Everyone in the channel whom a check-in asks; Slack's list is read first."""
    participants.reconcile(services, channel)
    with services.db.reading() as tx:
        members = memberships.of_channel(tx, channel.place)
        known = people.some(tx, channel.team_id, members)
    return sorted(
        user_id
        for user_id, person in known.items()
        if members[user_id].present and belongs(person, channel.settings.guests)
    )


def require_host(services: Services, channel: Channel, user_id: str) -> None:
    """Raise Refused unless this person hosts the channel, or SlackTrouble.

    Who its hosts are is told inside the channel alone.
    """
    if hosts.decides(services, channel, user_id):
        return
    require_member(services, channel, user_id, ask_slack=True)
    raise Refused(Why.HOST_ONLY, hosts=ask_hosts(services, channel))


def not_the_asker(services: Services, checkin: CheckIn, user_id: str) -> Refused:
    """The refusal for somebody else: who asked is told inside the channel alone.

    Raises Refused for who is not in there.
    """
    channel = channel_of(services, Place(checkin.team_id, checkin.channel_id))
    require_member(services, channel, user_id, ask_slack=True)
    return Refused(Why.NOT_THE_ASKER, asker=words.person(checkin.asker))


def ask_hosts(services: Services, channel: Channel) -> str:
    """ "Ask <@U1> or a workspace admin."."""
    named = [words.person(user_id) for user_id in hosts.named(services, channel)]
    return f"Ask {' or '.join([*named, 'a workspace admin'])}."


def asks_or_hosts(services: Services, checkin: CheckIn, user_id: str) -> bool:
    """Whether the person asked this check-in, or hosts its channel, to show it."""
    return _asks_or(hosts.is_host, services, checkin, user_id)


def asks_or_decides(services: Services, checkin: CheckIn, user_id: str) -> bool:
    """The same, to refuse it. Raises SlackTrouble."""
    return _asks_or(hosts.decides, services, checkin, user_id)


def _asks_or(
    hosting: Callable[[Services, Channel, str], bool],
    services: Services,
    checkin: CheckIn,
    user_id: str,
) -> bool:
    if user_id == checkin.asker:
        return True
    with services.db.reading() as tx:
        channel = channels.get(tx, Place(checkin.team_id, checkin.channel_id))
    return channel is not None and hosting(services, channel, user_id)


def require_sight(services: Services, checkin: CheckIn, user_id: str) -> None:
    """Raise Refused unless the contract lets this person see the results now, or SlackTrouble."""
    with services.db.reading() as tx:
        standing = memberships.get(tx, Place(checkin.team_id, checkin.channel_id), user_id)
        person = people.get(tx, Who(checkin.team_id, user_id))
        channel = channels.get(tx, Place(checkin.team_id, checkin.channel_id))
    guests = channel is not None and channel.settings.guests
    member = standing.present and person is not None and belongs(person, guests)
    sees = partial(checkin.contract.lets_see, member=member)
    if not sees(asks_or_hosts=False) and not sees(
        asks_or_hosts=asks_or_decides(services, checkin, user_id)
    ):
        if channel is not None:  # who asked is told inside the channel alone
            require_member(services, channel, user_id, ask_slack=False)
        audience = checkin_words.audience(checkin.contract, checkin.asker)
        raise Refused(Why.NOT_YOURS_TO_SEE, audience=audience)
    if checkin.phase is not Phase.CLOSED:
        raise Refused(Why.NOT_YET, until=words.moment_for_all(checkin.closes_at))
