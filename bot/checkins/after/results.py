"""Results: seen by whom the contract names, posted on request, counted in a file, drawn."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.channels import hosts
from bot.checkins import access, keys
from bot.checkins.after.views import results as view
from bot.checkins.asking import wishes
from bot.checkins.refusals import Refused, Why
from bot.checkins.views import loop
from bot.checkins.views import words as checkin_words
from bot.platform.services import Services
from bot.views.blocks import Message, ModalView
from bot.views.forms import Reading, Values
from core.checkins import Answer, CheckIn, Kind, Phase, Reply
from core.outbox.kinds import DeliveryKind, DeliveryState, Method
from core.outbox.outgoing import Outgoing
from core.pulse import Published, Trend, TrendPoint, trend
from core.values import Channel, Who
from storage.checkins import answers, checkins, later
from storage.outbox import deliveries, endings

LISTED = 10
COUNTED = 200  # check-ins in a file of counts
ASKED_LAST = 5  # pulses whose questions stand beside the trend
COLUMNS = ("closed_utc", "kind", "asked", "answers", "shown", "lean")


def modal(services: Services, who: Who, checkin_id: int, page: int = 0) -> ModalView:
    """The results of one check-in. Raises Refused."""
    checkin = access.checkin_of(services, who.team, checkin_id)
    access.require_sight(services, checkin, who.user)
    with services.db.reading() as tx:
        named = _named(tx, checkin)
    return view.modal(checkin, named, access.asks_or_hosts(services, checkin, who.user), page)


def overview(services: Services, channel: Channel, user_id: str) -> ModalView:
    """The channel's newest check-ins that this person may see."""
    with services.db.reading() as tx:
        newest = checkins.of_channel(
            tx, channel.place, [Phase.OPEN, Phase.CLOSED], None, 3 * LISTED
        )
    host = hosts.is_host(services, channel, user_id)
    seen = [c for c in newest if _may_see(services, c, user_id, host)][:LISTED]
    return view.overview(channel.id, seen, host)


def _may_see(services: Services, checkin: CheckIn, user_id: str, host: bool) -> bool:
    if host or checkin.asker == user_id:
        return True
    try:
        access.require_sight(services, checkin, user_id)
    except Refused as refused:
        return refused.why is Why.NOT_YET
    return True


def post(services: Services, who: Who, checkin_id: int) -> str:
    """Post the results in the channel, because the asker or a host wants it. Raises Refused."""
    checkin = access.checkin_of(services, who.team, checkin_id)
    access.require_sight(services, checkin, who.user)
    if not access.asks_or_decides(services, checkin, who.user):
        raise access.not_the_asker(services, checkin, who.user)
    if not checkin.contract.lets_post():
        audience = checkin_words.audience(checkin.contract, checkin.asker)
        raise Refused(Why.NAMES_CONFIDED, audience=audience)
    with services.db.transaction() as tx:
        fresh = checkins.hold(tx, who.team, checkin_id)  # not while answers are deleted
        new = post_results(tx, fresh or checkin, who.user, services.clock.now())
        laid = deliveries.by_key(tx, who.team, keys.results(checkin))
    there = not new and laid is not None and laid.state is DeliveryState.SENT
    return view.posted(checkin.channel_id, there)


def post_results(tx: Session, checkin: CheckIn, asked_by: str, now: datetime) -> bool:
    """Lay the post of the results; False for a second one, which is not laid.

    `asked_by` hears it when the channel does not take them.
    """
    laid = deliveries.put(
        tx,
        Outgoing(
            checkin.team_id,
            keys.results(checkin),
            DeliveryKind.CHECKIN_RESULTS,
            view.in_channel(checkin, _named(tx, checkin)),
            now,
            channel_id=checkin.channel_id,
            asked_by=asked_by,
        ),
    )
    return laid is not None


def _named(tx: Session, checkin: CheckIn) -> Mapping[str, Answer]:
    return answers.everyone(tx, checkin.id) if checkin.contract.named else {}


def reply_form(services: Services, who: Who, checkin_id: int) -> ModalView:
    """The modal "What I heard, what I will do", for the asker alone. Raises Refused."""
    return loop.reply_form(_own(services, who, checkin_id))


def _own(services: Services, who: Who, checkin_id: int) -> CheckIn:
    checkin = access.checkin_of(services, who.team, checkin_id)
    if who.user != checkin.asker:
        raise access.not_the_asker(services, checkin, who.user)
    return checkin


def reply(services: Services, who: Who, checkin_id: int, values: Values) -> None:
    """Record the asker's reply and post it; a later one replaces it. Raises Refused, Beside."""
    checkin, reading = _own(services, who, checkin_id), Reading(values)
    said = Reply(reading.take(loop.HEARD, ""), reading.take(loop.WILL, ""))
    reading.finish()
    now = services.clock.now()
    with services.db.transaction() as tx:
        checkins.change(tx, checkin.id, reply={"heard": said.heard, "will": said.will})
        later.touch_followers(tx, checkin.id)
        deliveries.cancel_by_key(tx, who.team, keys.owed_still(checkin))
        for asked in endings.open_under(tx, who.team, [keys.owed(checkin)]):
            endings.end(tx, asked, now)
        deliveries.put(
            tx,
            Outgoing(
                who.team,
                keys.reply(checkin, said),
                DeliveryKind.CHECKIN_REPLY,
                {**loop.reply_post(checkin, said), **_under(checkin)},
                now,
                channel_id=checkin.channel_id,
                asked_by=who.user,
            ),
        )


def _under(checkin: CheckIn) -> Message:
    if checkin.posted_ts is None:
        return {}
    return {"thread_ts": checkin.posted_ts, "reply_broadcast": True}


def send_counts(services: Services, channel: Channel, user_id: str) -> str:
    """The counts of the check-ins this person asked or hosts, as a CSV file by DM."""
    host = hosts.is_host(services, channel, user_id)
    with services.db.reading() as tx:
        closed = checkins.of_channel(tx, channel.place, [Phase.CLOSED], None, COUNTED)
    own = [checkin for checkin in reversed(closed) if host or checkin.asker == user_id]
    if not own:
        access.require_member(services, channel, user_id, ask_slack=True)
    if not closed:
        raise Refused(Why.NOTHING_CLOSED)
    if not own:
        raise Refused(Why.HOST_ONLY, hosts=access.ask_hosts(services, channel))
    file = {"filename": "check-ins.csv", "title": "Check-ins"}
    _send_file(services, channel, user_id, file, counts_csv(own).encode())
    return view.FILE_ON_ITS_WAY


def counts_csv(closed: list[CheckIn]) -> str:
    """One line a check-in: how many were asked and answered, and the lean of a shown pulse."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for checkin in closed:
        leaned = checkin.result.lean if checkin.result else None
        lean = leaned.key if leaned is not None else ""
        shown = "yes" if checkin.is_shown else "no"
        row = (checkin.kind.value, checkin.invited, checkin.answers, shown, lean)
        writer.writerow((f"{checkin.closes_at:%Y-%m-%d %H:%M}", *row))
    return text.getvalue()


def make_ready() -> None:
    """Load what draws, so that the first picture takes no longer than the next."""
    from bot.checkins.after import trend_picture

    assert trend_picture.SIZE


def send_trend(services: Services, channel: Channel, user_id: str) -> str:
    """The channel's pulse over time as a picture by DM; only what this person may see."""
    # It loads what draws, and most processes never need it.
    from bot.checkins.after import trend_picture

    access.require_member(services, channel, user_id, ask_slack=True)
    points = trend_for(services, channel, user_id)
    if not points.enough:
        raise Refused(Why.NO_TREND)
    zone = channel.settings.cadence.zone
    picture = trend_picture.pulse_trend(points, zone)
    asked = _questions(services, channel.team_id, points.points[-ASKED_LAST:])
    file = {"filename": "pulse.png", "title": "The pulse over time"}
    file |= view.beside_trend(channel.id, points.points, zone, asked)
    _send_file(services, channel, user_id, file, picture)
    return view.ON_ITS_WAY


def trend_for(services: Services, channel: Channel, user_id: str) -> Trend:
    """The points of the trend that this person may see."""
    with services.db.reading() as tx:
        closed = checkins.of_channel(tx, channel.place, [Phase.CLOSED], Kind.PULSE, COUNTED)
        floor = wishes.floor_of(services, tx, channel)
    host = hosts.is_host(services, channel, user_id)
    seen = [c for c in closed if host or _may_see(services, c, user_id, host)]
    return trend([p for c in seen if (p := published(c)) is not None], floor)


def _questions(services: Services, team_id: str, points: Sequence[TrendPoint]) -> Mapping[str, str]:
    """What these pulses asked."""
    with services.db.reading() as tx:
        found = [checkins.get(tx, team_id, int(point.pulse)) for point in points]
    return {str(c.id): c.questions[0].text for c in found if c is not None and c.questions}


def published(checkin: CheckIn) -> Published | None:
    """A shown pulse as the trend takes it; None for one that was not shown."""
    result = checkin.result
    if result is None or result.lean is None:
        return None
    return Published(
        pulse=str(checkin.id),
        closed_at=checkin.closes_at,
        invited=checkin.invited,
        count=result.count,
        lean=result.lean,
    )


def _send_file(
    services: Services, channel: Channel, user_id: str, file: Mapping[str, str], content: bytes
) -> None:
    """By DM; `file` has its filename and title, and perhaps the comment and alt beside it."""
    now = services.clock.now()
    with services.db.transaction() as tx:
        deliveries.put(
            tx,
            Outgoing(
                channel.team_id,
                keys.file(file["filename"], channel.id, Who(channel.team_id, user_id), now),
                DeliveryKind.CHECKIN_FILE,
                {**file, "content": base64.b64encode(content).decode()},
                now,
                users=(user_id,),
                method=Method.FILE,
                asked_by=user_id,
            ),
        )
