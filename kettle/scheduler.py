"""The heartbeat: three jobs by interval. What is due lives in the database, not here."""

from __future__ import annotations

from apscheduler.schedulers.background import BackgroundScheduler

from bot import tick, tidy
from bot.outbox.worker import Worker

TICK_SECONDS = 10  # an impromptu coffee is matched within the minute
DELIVER_SECONDS = 2
TIDY_HOURS = 6


def start(worker: Worker) -> BackgroundScheduler:
    """Begin to beat. Missed beats are made up for by one, however late."""
    services = worker.services
    scheduler = BackgroundScheduler(
        timezone="UTC",
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.add_job(tick.run_due, "interval", args=[services], seconds=TICK_SECONDS)
    scheduler.add_job(worker.deliver_due, "interval", seconds=DELIVER_SECONDS)
    scheduler.add_job(tidy.run, "interval", args=[services], hours=TIDY_HOURS)
    scheduler.start()
    return scheduler
