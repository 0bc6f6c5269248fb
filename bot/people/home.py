"""The Home tab: gathered from what is stored, published, and again after every change."""

from __future__ import annotations

from bot.channels import hosts
from bot.channels import settings as channel_settings
from bot.people import standing
from bot.people.views import home as view
from bot.people.views.home import Hosted, Page
from bot.platform import directory, zones
from bot.platform.log import get
from bot.platform.services import Services
from bot.platform.slack import SlackTrouble
from core.values import Channel, Meeting, Who
from storage.channels import channels
from storage.meetings import meetings, queue
from storage.outbox.deliveries import Delivery
from storage.people import homes, people
from storage.rounds import rounds

log = get("home")
LOOKED_AT = view.MOST_MEETINGS + view.MOST_RECENT  # meetings read for one page


def open_for(services: Services, who: Who) -> None:
    """The person looks at the Home tab: draw it now, and from now on after every change."""
    directory.meet(services, who)
    with services.db.transaction() as tx:
        people.change(tx, who, home_opened=True)
    publish(services, who)


def publish(services: Services, who: Who) -> None:
    """Draw the Home tab from what is stored. Raises SlackTrouble."""
    drawn = view.home(page(services, who))
    services.slack(who.team).call("views.publish", user_id=who.user, view=drawn)


def refresh_quietly(services: Services, who: Who) -> None:
    """Draw the Home tab again for somebody who has looked at it before; never raises.

    Costs one query for everyone else; two Slack calls and a few queries otherwise.
    """
    try:
        with services.db.reading() as tx:
            if not homes.was_opened(tx, who):
                return
        publish(services, who)
    except SlackTrouble as trouble:
        log.warning("home not refreshed team=%s trouble=%r", who.team, trouble)
    except Exception:  # what the person did is done; the page is drawn again on the next change
        log.exception("home not refreshed team=%s", who.team)


def refresh_readers(services: Services, delivery: Delivery) -> None:
    """Whoever has just been written to sees it on Home too; never raises."""
    for user_id in delivery.users:
        refresh_quietly(services, Who(delivery.team_id, user_id))


def page(services: Services, who: Who) -> Page:
    """Everything that the page shows."""
    person = directory.meet(services, who)
    now = services.clock.now()
    with services.db.reading() as tx:
        met = meetings.of_person(tx, who, LOOKED_AT)
        waiting = queue.get(tx, who)
        known = channels.known(tx, who.team)
    own = hosts.hosted(services, who, known)
    with services.db.reading() as tx:
        newest = {c.id: rounds.latest(tx, c.place, 1) for c in own[: view.MOST_HOSTED]}
    current = [meeting for meeting in met if meeting.under_way(now)]
    return Page(
        person=person,
        today=standing.today(services, who),
        zone=zones.known(person.zone),
        standings=standing.overview(services, who),
        current=current,
        recent=[meeting for meeting in met if not _among(meeting, current)],
        hosted=[_hosted(services, channel, newest.get(channel.id, [])) for channel in own],
        waiting_until=waiting.until if waiting and waiting.until > now else None,
    )


def _hosted(services: Services, channel: Channel, latest: list[rounds.Round]) -> Hosted:
    shown = channel_settings.quiet_only_now(services, channel)
    if not latest:
        return Hosted(shown)
    return Hosted(shown, latest[0].receipt, latest[0].held_at)


def _among(meeting: Meeting, others: list[Meeting]) -> bool:
    return any(meeting.id == other.id for other in others)
