"""The heart beats whatever the machine's clock does."""

import sys
import threading

import pytest

from bot.checkins import after
from kettle import scheduler
from kettle.scheduler import Heart

HOURS = 3600.0


class Clocks:
    """A clock that somebody sets, and one that nobody can."""

    def __init__(self):
        self.wall_time, self.steady_time = 1_800_000_000.0, 50.0

    def wall(self):
        return self.wall_time

    def steady(self):
        return self.steady_time

    def pass_(self, seconds, set_by=0.0):
        self.wall_time += seconds + set_by
        self.steady_time += seconds


@pytest.fixture
def clocks():
    return Clocks()


@pytest.fixture
def beaten():
    return threading.Event()


@pytest.fixture
def heart(clocks, beaten):
    """It would beat in three hours, as it does when the clock is set back by so much."""
    it = Heart({beaten.set: 3 * HOURS}, clocks.wall, clocks.steady)
    it.start()
    yield it
    it.shutdown()


@pytest.mark.parametrize("seconds", [-150, -600, -3 * HOURS, 3 * HOURS])
def test_a_clock_that_was_set_makes_the_heart_beat_at_once(heart, clocks, beaten, seconds):
    clocks.pass_(5, set_by=seconds)
    clocks.wall_time = min(clocks.wall_time, 1_000_000_000.0)  # due by the scheduler's own clock
    assert heart.look()
    assert beaten.wait(30)


def test_time_that_passes_is_no_clock_that_was_set(heart, clocks, beaten):
    for _ in range(1000):
        clocks.pass_(5, set_by=0.001)
        assert not heart.look()
    assert not beaten.is_set()


def test_it_is_noticed_once(heart, clocks):
    clocks.pass_(5, set_by=-600)
    assert heart.look()
    clocks.pass_(5)
    assert not heart.look()


def test_what_draws_a_picture_is_loaded_at_the_start(town, monkeypatch):
    """Else whoever presses first waits for it."""
    monkeypatch.delitem(sys.modules, "bot.checkins.after.trend_picture", raising=False)
    monkeypatch.delattr(after, "trend_picture", raising=False)
    beats = scheduler.start(town.parts.worker)
    for thread in threading.enumerate():
        if thread.name == "make-ready":
            thread.join()
    beats.shutdown(wait=True)
    assert "bot.checkins.after.trend_picture" in sys.modules
