"""What breaks: lost answers, outages, restarts, a machine that is off, a closed account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.lasting import goes_to
from tests.soak.known import Cause, Fact
from tests.soak.life.world import Life

POSTING = ("chat.postMessage", "conversations.open", "chat.update", "users.info")
DOWN = ("server_error", "unavailable", "cut", "lose")
POSTS_LOST = 9  # so that of several messages each is said twice, and none three times
LASTING = (20, 120, 120, 2_400, 2_400, 36_000)  # seconds


def trouble(life: Life) -> None:
    """The next call of a method, or the next event, goes wrong."""
    faults, method = life.town.sim.faults, life.chance.choice(POSTING)
    life.known.troubles += 1
    life.known.begin(Cause.TROUBLE, life.now)
    orders: dict[str, Callable[[], None]] = {
        "an answer is lost": lambda: faults.lose_next_answer(method),
        "busy": lambda: faults.rate_limit(method, seconds=life.chance.randint(1, 90)),
        "HTTP 500": lambda: faults.server_error_next(method),
        "answers are lost": lambda: _loses_each_post(life),
        "an event is lost": faults.lose_next_event,
        "an event comes twice": faults.duplicate_next_event,
    }
    chosen = life.chance.choice(list(orders))
    life.notes(f"trouble: {chosen} {method}")
    if chosen == "an answer is lost" and method == POSTING[0]:
        life.known.lost_posts.append(life.now)
    orders[chosen]()


def _loses_each_post(life: Life) -> None:
    """Each post is made and never answered, and whoever looks in between finds Slack answering."""
    life.known.troubles += POSTS_LOST
    life.known.lost_posts.append(life.now)
    for _ in range(POSTS_LOST):
        life.town.sim.faults.lose_next_answer("chat.postMessage")
        life.town.sim.faults.delay_next("chat.postMessage", 0)


def outage(life: Life) -> None:
    """Slack is away, or half away, for a while in which life goes on."""
    if life.outage_until is not None:
        return
    kind, method = life.chance.choice(DOWN), life.chance.choice(("*", *POSTING[:2]))
    seconds = life.chance.choice(LASTING)
    life.notes(f"outage: {kind} {method} for {seconds} s")
    life.known.begin(Cause.TROUBLE, life.now)
    life.known.troubles += 1
    life.town.sim.faults.outage(kind, method)
    life.outage_until = life.now + timedelta(seconds=seconds)
    if method in {"*", POSTING[0]} and kind in {"lose", "cut"}:
        life.known.lost_posts.append(life.now)


def lost_at_a_round(life: Life) -> None:
    """What a round says arrives, and again when it is said again, and Slack never answers."""
    _at_a_round(life, "answers are lost", lambda: _loses_each_post(life))


def refused_at_a_round(life: Life) -> None:
    """One of the conversations may not be had, for good."""
    faults = life.town.sim.faults
    _at_a_round(
        life, "refused", lambda: faults.fail_next("conversations.open", "restricted_action")
    )


def _at_a_round(life: Life, what: str, orders: Callable[[], None]) -> None:
    due = life.town.next_due(life.channel)
    if life.outage_until is None and timedelta(0) < due - life.now < timedelta(days=4):
        life.until(due - timedelta(minutes=1))
        life.notes(what)
        life.known.begin(Cause.TROUBLE, life.now)
        life.known.troubles += 1
        orders()
        life.until(due + timedelta(hours=2))


def outage_at_a_round(life: Life) -> None:
    """The same, from a minute before the next round on: what was laid down then has to wait."""
    due = life.town.next_due(life.channel)
    if due - life.now < timedelta(days=2):
        life.until(max(due - timedelta(minutes=1), life.now))
        outage(life)


def restarts(life: Life) -> None:
    """All objects are dropped, and the database is opened anew."""
    if life.outage_until is not None:
        return  # nothing starts without Slack
    life.notes("restart")
    life.town.sim.faults.clear()
    _stops(life)
    _starts(life)


def is_off(life: Life) -> None:
    """Nobody runs it for hours, or for days; people press all the same."""
    if life.outage_until is not None:
        return
    hours = life.chance.choice((1, 5, 20, 50, 80))
    life.notes(f"off for {hours} h")
    _stops(life)
    life.known.begin(Cause.OFF, life.now)
    person = life.anybody()
    if buttons := life.buttons(person):
        life.press(person, life.chance.choice(buttons))
    life.town.clock.forward(hours=hours)
    life.town.sim.faults.clear()
    _starts(life)
    life.known.end(Cause.OFF, life.now)


def _stops(life: Life) -> None:
    life.town.stop_app()
    life.running = False


def _starts(life: Life) -> None:
    """What the engine has compiled is all that outlives a restart: it costs seconds."""
    db = life.town.db
    life.town.start_app(goes_to(db, life.town.settings.database_url))
    life.running = True


def is_deactivated(life: Life) -> None:
    """An account is closed; Slack tells, unless that event is lost."""
    able = [p for p in life.inside if p not in (life.host, life.second)]
    if len(able) < 5 or len(life.away) > 1:
        return
    person = life.chance.choice(able)
    life.notes(f"{person.name} is deactivated")
    life.inside.remove(person)
    life.away.append(person)
    life.learn(person, Fact.GONE, True)
    person.is_deactivated()


def is_gone_at_a_round(life: Life) -> None:
    """A round is held, its conversations cannot be opened yet, and then somebody is gone."""
    due = life.town.next_due(life.channel)
    if life.outage_until is not None or due - life.now > timedelta(days=3) or due < life.now:
        return
    life.until(due - timedelta(minutes=1))
    life.notes("nothing can be opened")
    life.known.begin(Cause.TROUBLE, life.now)
    life.known.troubles += 1
    life.town.sim.faults.outage(life.chance.choice(("unavailable", "lose")), "conversations.open")
    life.outage_until = life.now + timedelta(minutes=30)
    life.until(life.now + timedelta(minutes=5))
    is_deactivated(life)
    life.until(life.now + timedelta(minutes=30))


ACTS: dict[Callable[[Life], None], int] = {trouble: 3, outage: 1, restarts: 1}
RARE: dict[Callable[[Life], None], int] = {
    is_off: 2, is_deactivated: 1, is_gone_at_a_round: 2, outage_at_a_round: 2,
    lost_at_a_round: 3, refused_at_a_round: 2,
}  # fmt: skip
