"""The heartbeat: three jobs by interval. What is due lives in the database, not here."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps

from apscheduler.schedulers.background import BackgroundScheduler

from bot import tick, tidy
from bot.checkins.after import results
from bot.outbox.worker import Worker
from bot.platform.log import get
from bot.platform.services import Services
from storage.platform import rows

log = get("heartbeat")
TICK_SECONDS = 10  # an impromptu coffee is matched within the minute
DELIVER_SECONDS = 2
TIDY_HOURS = 6
NOTED = timedelta(minutes=1)
LOOK_SECONDS = 5  # between looks at whether somebody has set the clock
TOLERANCE = 2.0  # seconds by which two clocks may part in that time without anybody's doing


class Heart:
    """Three jobs that beat whatever the machine's clock does.

    APScheduler notes when a job runs next by the wall clock, so a clock that is set back three
    hours would stop it for three hours. A second clock, which nobody can set, shows that.
    """

    def __init__(
        self,
        jobs: dict[Callable[[], object], float],
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """`jobs`: what to do every so many seconds."""
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for job, seconds in jobs.items():
            self._scheduler.add_job(job, "interval", seconds=seconds)
        self._wall, self._steady = wall, steady
        self._ahead = wall() - steady()
        self._stopping = threading.Event()
        self._watch = threading.Thread(target=self._look, name="clock-watch", daemon=True)

    def start(self) -> None:
        """Begin to beat. Missed beats are made up for by one, however late."""
        self._scheduler.start()
        self._watch.start()

    def pause(self) -> None:
        """Beat no more until `resume`; what runs just now goes on."""
        self._scheduler.pause()

    def resume(self) -> None:
        """Beat again."""
        self._scheduler.resume()

    def shutdown(self, wait: bool = True) -> None:
        """Stop beating; with `wait` once what runs just now is done."""
        self._stopping.set()
        self._watch.join()
        self._scheduler.shutdown(wait=wait)

    def look(self) -> bool:
        """Whether the clock was set since the last look; then every job runs now."""
        ahead = self._wall() - self._steady()
        moved, self._ahead = ahead - self._ahead, ahead
        if abs(moved) <= TOLERANCE:
            return False
        log.warning("the clock was set seconds=%+.0f", moved)
        for job in self._scheduler.get_jobs():
            job.modify(next_run_time=datetime.fromtimestamp(self._wall(), UTC))
        return True

    def _look(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            self.look()


class Noted:
    """That the heart beats, noted down once a minute: so it is seen whether that can be stored."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._at: datetime | None = None

    def beat(self) -> None:
        """Look whether the database is still the one that was opened, and note a beat.

        While the database is away every beat tries, to see it come back.
        """
        db, now = self._services.db, self._services.clock.now()
        db.look()
        if db.presence.away or self._at is None or now - self._at >= NOTED:
            with db.transaction() as tx:
                rows.beat(tx, now)
            self._at = now


def start(worker: Worker) -> Heart:
    """The app's heart, beating."""
    heart = Heart(jobs(worker))
    heart.start()
    # Whoever presses for the first picture does not wait for what draws it to be loaded.
    threading.Thread(target=results.make_ready, name="make-ready", daemon=True).start()
    return heart


def jobs(worker: Worker) -> dict[Callable[[], object], float]:
    """What the app's heart does, and every how many seconds; none of them raises."""

    services, noted = worker.services, Noted(worker.services)

    def beat() -> None:
        noted.beat()
        tick.run_due(services)

    def deliver() -> None:
        worker.deliver_due()

    def clear_away() -> None:
        tidy.run(services)

    return {
        _lasting(beat): TICK_SECONDS,
        _lasting(deliver): DELIVER_SECONDS,
        _lasting(clear_away): TIDY_HOURS * 3600,
    }


def _lasting(job: Callable[[], None]) -> Callable[[], None]:
    """A job that says what broke, and is done again next time."""

    @wraps(job)
    def run() -> None:
        try:
            job()
        except Exception:  # one broken beat must not stop the next
            log.exception("%s failed", job.__name__)

    return run
