"""Hanging up always ends, whatever the SDK's receiving thread is about to do."""

import threading

import pytest
from slack_sdk.socket_mode.interval_runner import IntervalRunner


@pytest.fixture
def forgetful(town):
    """The receiving thread takes back, once, that it shall end: as it does just behind a look."""
    client = town.parts.socket.client
    client.current_session_state.terminated = True
    client.current_session_runner.shutdown()
    state, taken_back = client.current_session_state, threading.Event()
    state.terminated = False

    def receive():
        while not state.terminated:
            taken_back.wait(0.01)
        if not taken_back.is_set():
            state.terminated = False
            taken_back.set()
            while not state.terminated:
                threading.Event().wait(0.01)

    client.current_session_runner = IntervalRunner(receive, 0.01).start()
    return taken_back


def hung_up(deed):
    closing = threading.Thread(target=deed, daemon=True)
    closing.start()
    closing.join(20)
    return not closing.is_alive()


def test_kettle_hangs_up(town, forgetful):
    town.sim.settle = None
    assert hung_up(town.parts.close)
    assert forgetful.is_set()


def test_the_simulator_hangs_up(town, forgetful):
    assert hung_up(lambda: town.sim.close_client(town.parts.socket))
    assert forgetful.is_set()
