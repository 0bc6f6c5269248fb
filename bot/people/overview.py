"""What `/coffee` and `/coffee history` show: gathered from what is stored."""

from __future__ import annotations

from bot.meetings.views import past
from bot.people import standing
from bot.people.views import coffee as view
from bot.platform import directory, zones
from bot.platform.services import Services
from bot.views.blocks import Message
from core.values import Who
from storage.meetings import meetings, queue

LOOKED_AT = 6  # newest meetings, of which those under way are shown


def status(services: Services, who: Who) -> Message:
    """The person's own state with buttons."""
    person = directory.meet(services, who)
    standings = standing.overview(services, who)
    with services.db.reading() as tx:
        latest = meetings.of_person(tx, who, LOOKED_AT)
        waiting = queue.get(tx, who)
    now = services.clock.now()
    current = [meeting for meeting in latest if meeting.under_way(now)]
    today = standing.today(services, who)
    until = waiting.until if waiting and waiting.until > now else None
    zone = zones.known(person.zone)
    return view.status(person, zone, standings, current, today, until)


def history(services: Services, who: Who) -> Message:
    """The person's newest meetings; nobody else's."""
    person = directory.meet(services, who)
    with services.db.reading() as tx:
        met = meetings.of_person(tx, who, 12)
    return past.history(who.user, met, zones.known(person.zone))
