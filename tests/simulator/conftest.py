"""A tiny app of its own for the simulator's tests: real Bolt, real sockets, nothing of Kettle."""

import pytest
from slack_sdk import WebClient

from simulator import Simulator
from tests.simulator.tiny_app import TinyApp, tiny_manifest


@pytest.fixture
def sim():
    with Simulator(tiny_manifest()) as running:
        running.patience = 15.0
        running.answer_patience = 0.5
        yield running


@pytest.fixture
def web(sim):
    """A client as the app holds it, without any retries."""
    return WebClient(sim.bot_token, base_url=sim.api_url, retry_handlers=[])


@pytest.fixture
def ana(sim):
    return sim.add_person("Ana Ruiz", tz="Europe/Madrid")


@pytest.fixture
def bo(sim):
    return sim.add_person("Bo Lind", tz="Europe/Stockholm", admin=True)


@pytest.fixture
def coffee(sim, ana, bo):
    return sim.add_channel("coffee", members=[ana, bo])


@pytest.fixture
def tiny(sim):
    with TinyApp(sim) as app:
        yield app
