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


def open_for(services: Services, team_id: str, user_id: str) -> None:
    """The person looks at the Home tab: draw it now, and from now on after every change."""
    directory.meet(services, team_id, user_id)
    with services.db.transaction() as tx:
        people.change(tx, team_id, user_id, home_opened=True)
    publish(services, team_id, user_id)


def publish(services: Services, team_id: str, user_id: str) -> None:
    """Draw the Home tab from what is stored. Raises SlackTrouble."""
    drawn = view.home(page(services, team_id, user_id))
    services.slack(team_id).call("views.publish", user_id=user_id, view=drawn)


def refresh_quietly(services: Services, team_id: str, user_id: str) -> None:
    """Draw the Home tab again for somebody who has looked at it before; never raises.

    Costs one query for everyone else; two Slack calls and a few queries otherwise.
    """
    try:
        with services.db.reading() as tx:
            if not homes.was_opened(tx, team_id, user_id):
                return
        publish(services, team_id, user_id)
    except SlackTrouble as trouble:
        log.warning("home not refreshed team=%s trouble=%r", team_id, trouble)
    except Exception:  # what the person did is done; the page is drawn again on the next change
        log.exception("home not refreshed team=%s", team_id)


def refresh_readers(services: Services, delivery: Delivery) -> None:
    """Whoever has just been written to sees it on Home too; never raises."""
    for user_id in delivery.users:
        refresh_quietly(services, delivery.team_id, user_id)


def page(services: Services, team_id: str, user_id: str) -> Page:
    """Everything that the page shows."""
    person = directory.meet(services, team_id, user_id)
    now = services.clock.now()
    with services.db.reading() as tx:
        met = meetings.of_person(tx, Who(team_id, user_id), LOOKED_AT)
        waiting = queue.get(tx, Who(team_id, user_id))
        known = channels.known(tx, team_id)
    own = hosts.hosted(services, Who(team_id, user_id), known)
    with services.db.reading() as tx:
        newest = {c.id: rounds.latest(tx, c.place, 1) for c in own[: view.MOST_HOSTED]}
    current = [meeting for meeting in met if meeting.under_way(now)]
    return Page(
        person=person,
        today=standing.today(services, team_id, user_id),
        zone=zones.known(person.zone),
        standings=standing.overview(services, team_id, user_id),
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
